import { count, desc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Tx } from '../../src/core/context.ts';
import { ensureDefaultCatalogue, loadCatalogue } from '../../src/places/load-catalogue.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { municipalities } from '../../src/places/tables.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { aCatalogue } from '../support/given.ts';

const database = useDatabase();

/** Runs with a context of its own whose changes are undone. */
function inContext(work: (ctx: ReturnType<typeof testContext> & { tx: Tx }) => Promise<void>): Promise<void> {
  return rolledBack(database.db, (tx) => work({ ...testContext(database.db), tx }));
}

describe('loadCatalogue', () => {
  it('adds a municipality with its villages and sectors, in the order of the file', () =>
    inContext(async (ctx) => {
      const result = await loadCatalogue(ctx, aCatalogue('KS'));
      expect(result).toEqual({
        municipality: 'KS',
        added: [
          'municipality:KS',
          'village:ks-upper',
          'village:ks-lower',
          'sector:roads',
          'sector:water',
          'sector:other',
        ],
        changed: [],
        retired: [],
      });
      const municipality = (await loadPlaces(ctx.tx)).municipalityByCode('KS');
      expect(municipality?.villages.map((village) => village.id)).toEqual(['ks-upper', 'ks-lower']);
      expect(municipality?.sectors.map((sector) => sector.id)).toEqual(['roads', 'water', 'other']);
    }));

  it('does nothing the second time', () =>
    inContext(async (ctx) => {
      await loadCatalogue(ctx, aCatalogue('KS'));
      const before = await loadPlaces(ctx.tx);
      expect(await loadCatalogue(ctx, aCatalogue('KS'))).toMatchObject({ added: [], changed: [], retired: [] });
      expect((await loadPlaces(ctx.tx)).revision).toBe(before.revision);
    }));

  it('changes names and order', () =>
    inContext(async (ctx) => {
      const file = aCatalogue('KS');
      await loadCatalogue(ctx, file);
      const [upper, lower] = file.villages;
      const names = { ky: 'Жаңы', ru: 'Новое', en: 'New' };
      const result = await loadCatalogue(ctx, { ...file, villages: [{ ...lower, names }, upper] });
      expect(result).toMatchObject({ added: [], changed: ['village:ks-lower', 'village:ks-upper'], retired: [] });
      expect((await loadPlaces(ctx.tx)).villages.map((village) => village.names.en)).toEqual(['New', 'ks-upper en']);
    }));

  it('retires what the file no longer names, and takes it back later', () =>
    inContext(async (ctx) => {
      const file = aCatalogue('KS');
      await loadCatalogue(ctx, file);
      const less = { ...file, villages: file.villages.slice(0, 1), sectors: file.sectors.slice(1) };
      expect(await loadCatalogue(ctx, less)).toMatchObject({ retired: ['village:ks-lower', 'sector:roads'] });
      const places = await loadPlaces(ctx.tx);
      expect(places.villages.map((village) => village.id)).toEqual(['ks-upper']);
      expect(places.village('ks-lower')).toMatchObject({ retired: true, names: { en: 'ks-lower en' } });
      expect(places.sector(places.municipalities[0]?.id ?? 0, 'roads')).toMatchObject({ retired: true });
      expect(await loadCatalogue(ctx, less)).toMatchObject({ retired: [] });
      expect(await loadCatalogue(ctx, file)).toMatchObject({ added: [], retired: [] });
      expect((await loadPlaces(ctx.tx)).villages).toHaveLength(2);
    }));

  it('refuses a village of another municipality, and loads nothing of the file', () =>
    inContext(async (ctx) => {
      await loadCatalogue(ctx, aCatalogue('KS'));
      const file = aCatalogue('JZ');
      const stolen = {
        ...file,
        villages: [...file.villages, { id: 'ks-upper', names: { ky: 'а', ru: 'а', en: 'a' } }],
      };
      await expect(ctx.tx.transaction((tx) => loadCatalogue({ ...ctx, tx }, stolen))).rejects.toMatchObject({
        code: 'catalogue',
        issues: [expect.stringMatching(/^villages\[2\]\.id: 'ks-upper' belongs to KS/)],
      });
      expect((await loadPlaces(ctx.tx)).municipalityByCode('JZ')).toBeNull();
    }));

  it('moves a village where the file says so', () =>
    inContext(async (ctx) => {
      await loadCatalogue(ctx, aCatalogue('KS'));
      const before = (await loadPlaces(ctx.tx)).revision;
      const file = aCatalogue('JZ');
      const moved = { id: 'ks-upper', names: { ky: 'а', ru: 'а', en: 'a' }, movedFrom: 'KS' };
      expect(await loadCatalogue(ctx, { ...file, villages: [...file.villages, moved] })).toMatchObject({
        changed: ['village:ks-upper'],
      });
      const places = await loadPlaces(ctx.tx);
      expect(places.municipalityOf('ks-upper')?.code).toBe('JZ');
      expect(places.municipalityByCode('KS')?.villages.map((village) => village.id)).toEqual(['ks-lower']);
      expect(places.revision).not.toBe(before);
      expect(await loadCatalogue(ctx, { ...file, villages: [...file.villages, moved] })).toMatchObject({ changed: [] });
    }));

  it('writes down who loaded what', () =>
    inContext(async (ctx) => {
      await loadCatalogue(ctx, aCatalogue('KS'));
      const [row] = await ctx.tx
        .select()
        .from(auditLog)
        .where(eq(auditLog.action, 'catalogue.load'))
        .orderBy(desc(auditLog.id));
      expect(row).toMatchObject({
        actor: 'system:test',
        after: { added: expect.arrayContaining(['village:ks-upper']) },
      });
    }));

  it('gives a new municipality the zone that is asked for, and keeps it', () =>
    inContext(async (ctx) => {
      const { municipality, ...rest } = aCatalogue('KS');
      const file = { municipality: { code: municipality.code, names: municipality.names }, ...rest };
      await loadCatalogue(ctx, file, { timeZone: 'Asia/Almaty' });
      await loadCatalogue(ctx, file, { timeZone: 'Asia/Tashkent' });
      expect((await loadPlaces(ctx.tx)).municipalityByCode('KS')?.timeZone).toBe('Asia/Almaty');
    }));
});

describe('ensureDefaultCatalogue', () => {
  it('loads nothing where there is a municipality', () =>
    inContext(async (ctx) => {
      await loadCatalogue(ctx, aCatalogue('JZ'));
      expect(await ensureDefaultCatalogue(ctx)).toBeNull();
    }));

  it('loads Kara-Suu once, however many start at the same time', async () => {
    const ctx = testContext(database.db);
    const results = await Promise.all([1, 2, 3, 4].map(() => ensureDefaultCatalogue(ctx)));
    expect(results.filter((result) => (result?.added.length ?? 0) > 0)).toHaveLength(1);
    const [rows] = await database.db.select({ count: count() }).from(municipalities);
    expect(rows?.count).toBe(1);
    expect((await loadPlaces(database.db)).municipalityByCode('KS')?.villages).toHaveLength(5);
  });
});
