import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Context, Tx } from '../../src/core/context.ts';
import { AppError } from '../../src/core/errors.ts';
import { loadCatalogue } from '../../src/places/load-catalogue.ts';
import {
  listProposals,
  type ProposalFilter,
  parseProposalFilter,
  proposalPages,
} from '../../src/proposals/list-proposals.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { setDemographics } from '../../src/residents/set-demographics.ts';
import { fixedClock, rolledBack, testContext, useDatabase } from '../support/database.ts';
import { aCatalogue, as, givenMunicipality, givenProposal, givenResident } from '../support/given.ts';

const database = useDatabase();
const within = (work: (ctx: Context & { tx: Tx }) => Promise<void>) =>
  rolledBack(database.db, (tx) => work({ ...testContext(database.db), tx }));
const numbers = async (tx: Tx, filter: ProposalFilter) => (await listProposals(tx, filter)).map(({ number }) => number);

/** KS 1: roads in upper; 2: water in lower, in Russian, by WhatsApp; 3: declined; a test one; OS 1. */
async function givenVariety(ctx: Context & { tx: Tx }) {
  const ks = await givenMunicipality(ctx);
  const os = await givenMunicipality(ctx, { code: 'OS' });
  const resident = await givenResident(ctx);
  await givenProposal(ctx, resident, ks);
  await givenProposal(ctx, resident, ks, {
    villageId: 'ks-lower',
    sectorId: 'water',
    language: 'ru',
    channel: 'whatsapp',
  });
  const declined = await givenProposal(ctx, resident, ks);
  await ctx.tx.update(proposals).set({ status: 'declined' }).where(eq(proposals.id, declined.id));
  await givenProposal(ctx, resident, ks, { test: true, channel: 'simulator' });
  await givenProposal(ctx, resident, os);
  return { ks, os, resident };
}

describe('listProposals', () => {
  it.each<[string, ProposalFilter, string[]]>([
    ['all but the test ones', {}, ['KS-2026-0001', 'KS-2026-0002', 'KS-2026-0003', 'OS-2026-0001']],
    ['a village', { villageId: 'ks-lower' }, ['KS-2026-0002']],
    ['a sector', { sectorId: 'water' }, ['KS-2026-0002']],
    ['a status', { status: 'declined' }, ['KS-2026-0003']],
    ['a language', { language: 'ru' }, ['KS-2026-0002']],
    ['a channel', { channel: 'whatsapp' }, ['KS-2026-0002']],
    ['the channel of the test ones', { channel: 'simulator' }, ['TEST-2026-0001']],
    ['several at once', { status: 'received', sectorId: 'roads', villageId: 'ks-upper' }, ['KS-2026-0001']],
    ['nothing that fits', { villageId: 'ks-lower', sectorId: 'roads' }, []],
  ])('lists %s, oldest first', (_, filter, expected) =>
    within(async (ctx) => {
      await givenVariety(ctx);
      expect(await numbers(ctx.tx, filter)).toEqual(expected);
    }),
  );

  it('lists a municipality by the villages that belong to it today', () =>
    within(async (ctx) => {
      const { ks, os } = await givenVariety(ctx);
      expect(await numbers(ctx.tx, { municipalityId: os.id })).toEqual(['OS-2026-0001']);
      const withLower = aCatalogue('OS');
      const lower = { id: 'ks-lower', names: withLower.municipality.names, movedFrom: 'KS' };
      await loadCatalogue(ctx, { ...withLower, villages: [...withLower.villages, lower] });
      expect(await numbers(ctx.tx, { municipalityId: os.id })).toEqual(['KS-2026-0002', 'OS-2026-0001']);
      expect(await numbers(ctx.tx, { municipalityId: ks.id })).toEqual(['KS-2026-0001', 'KS-2026-0003']);
    }));

  it.each<[string, ProposalFilter, string[]]>([
    ['from a day', { from: '2026-03-02' }, ['0002', '0003', '0004']],
    ['to a day', { to: '2026-03-02' }, ['0001', '0002', '0003']],
    ['of one day', { from: '2026-03-02', to: '2026-03-02' }, ['0002', '0003']],
    ['between no days', { from: '2026-03-03', to: '2026-03-02' }, []],
  ])('counts days in the zone of the municipality: %s', (_, filter, expected) =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const resident = await givenResident(ctx);
      const instants = ['2026-03-01T17:59:59Z', '2026-03-01T18:00:00Z', '2026-03-02T17:59:59Z', '2026-03-02T18:00:00Z'];
      for (const instant of instants)
        await givenProposal({ ...ctx, clock: fixedClock(instant) }, resident, municipality);
      expect(await numbers(ctx.tx, filter)).toEqual(expected.map((sequence) => `KS-2026-${sequence}`));
    }),
  );

  it('tells sex and age band, what it was merged into, and nothing that says who wrote it', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const resident = await givenResident(ctx, { name: 'Айбек' });
      await setDemographics(as(ctx, resident.id), { residentId: resident.id, sex: 'man', ageBand: '14-28' });
      const kept = await givenProposal(ctx, resident, municipality);
      const merged = await givenProposal(ctx, resident, municipality);
      await ctx.tx
        .update(proposals)
        .set({ status: 'merged', mergedIntoId: kept.id })
        .where(eq(proposals.id, merged.id));
      const [, row] = await listProposals(ctx.tx, {});
      expect(row).toMatchObject({
        number: merged.number,
        sex: 'man',
        ageBand: '14-28',
        status: 'merged',
        mergedInto: kept.number,
      });
      expect(JSON.stringify(row)).not.toContain('Айбек');
      expect(Object.keys(row ?? {})).not.toContain('residentId');
    }));
});

describe('proposalPages', () => {
  it('gives every proposal once over several pages', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const resident = await givenResident(ctx);
      await ctx.tx.execute(sql`
        insert into proposals (municipality_id, number, year, sequence, test, channel, source, village_id, sector_id,
          resident_id, text, first_text, language, status, submitted_at, updated_at)
        select ${municipality.id}, 'KS-2026-' || n, 2026, n, false, 'telegram', 'chat', 'ks-upper', 'roads',
          ${resident.id}, 'сөз', 'сөз', 'ky', 'received', now(), now()
        from generate_series(1, 4001) n`);
      const pages = [];
      for await (const page of proposalPages(ctx.tx, {})) pages.push(page.map(({ id }) => id));
      expect(pages.map((page) => page.length)).toEqual([2000, 2000, 1]);
      const ids = pages.flat();
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    }));
});

describe('parseProposalFilter', () => {
  it('takes what fits', () => {
    expect(parseProposalFilter({ status: 'received', from: '2026-01-31' })).toEqual({
      status: 'received',
      from: '2026-01-31',
    });
  });

  it.each([
    ['a status that is none', { status: 'open' }, /status/],
    ['a day that is none', { from: '2026-02-30' }, /from/],
    ['a field that is none', { colour: 'red' }, /colour/],
    ['several mistakes at once', { language: 'fr', to: 'soon' }, /to: .*; language: /],
  ])('names %s', (_, input, message) => {
    expect(() => parseProposalFilter(input)).toThrow(AppError);
    expect(() => parseProposalFilter(input)).toThrow(message);
  });
});
