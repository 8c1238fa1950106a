import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { type Catalogue, CatalogueError, parseCatalogue } from './catalogue.ts';
import { municipalities, sectors, villages } from './tables.ts';

export interface LoadResult {
  /** The municipality's code. */
  readonly municipality: string;
  /** What the load did, as `village:mantysh`, `sector:roads`, `municipality:KS`; all empty when nothing was new. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly retired: readonly string[];
}

interface LoadOptions {
  /** Zone of a new municipality whose file names none. */
  readonly timeZone?: string;
}

type Changes = { added: string[]; changed: string[]; retired: string[]; leftMunicipalityIds: Set<number> };

/**
 * Makes a municipality what its catalogue file says, whole or not at all. What the file no longer names is retired,
 * never deleted. A village of another municipality moves here, with its history, only where the file says `movedFrom`.
 * @throws {CatalogueError} with every mistake of the file
 */
export async function loadCatalogue(ctx: Context, file: unknown, options: LoadOptions = {}): Promise<LoadResult> {
  const catalogue = parseCatalogue(file);
  return withTransaction(ctx, async (tx) => {
    const now = ctx.clock.now();
    const changes: Changes = { added: [], changed: [], retired: [], leftMunicipalityIds: new Set() };
    const municipality = await putMunicipality(tx, catalogue, options.timeZone ?? 'Asia/Bishkek', now, changes);
    await putVillages(tx, catalogue, municipality.id, now, changes);
    await putSectors(tx, catalogue, municipality.id, now, changes);
    const { added, changed, retired } = changes;
    if (added.length + changed.length + retired.length > 0) {
      await tx
        .update(municipalities)
        .set({ revision: sql`${municipalities.revision} + 1`, updatedAt: now })
        .where(inArray(municipalities.id, [municipality.id, ...changes.leftMunicipalityIds]));
      await recordAudit(tx, ctx, {
        action: 'catalogue.load',
        subject: `municipality:${municipality.id}`,
        municipalityId: municipality.id,
        after: { added, changed, retired },
      });
    }
    return { municipality: municipality.code, added, changed, retired };
  });
}

/** Loads the Kara-Suu catalogue where there is no municipality yet; null when there is one. Safe to run in parallel. */
export async function ensureDefaultCatalogue(ctx: Context, options: LoadOptions = {}): Promise<LoadResult | null> {
  const [any] = await (ctx.tx ?? ctx.db).select({ id: municipalities.id }).from(municipalities).limit(1);
  if (any !== undefined) return null;
  const text = await readFile(new URL('./catalogues/kara-suu.json', import.meta.url), 'utf8');
  return loadCatalogue(ctx, JSON.parse(text), options);
}

async function putMunicipality(tx: Tx, catalogue: Catalogue, zone: string, now: Date, changes: Changes) {
  const { code, names, timeZone } = catalogue.municipality;
  const wanted = { names, settings: catalogue.settings, legal: catalogue.legal, ...(timeZone && { timeZone }) };
  // The insert waits for a parallel load of the same code, and the lock keeps later ones in line.
  const [created] = await tx
    .insert(municipalities)
    .values({ timeZone: zone, ...wanted, code, revision: 0, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: municipalities.code })
    .returning();
  if (created !== undefined) {
    changes.added.push(`municipality:${code}`);
    return created;
  }
  const [found] = await tx.select().from(municipalities).where(eq(municipalities.code, code)).for('update');
  if (found === undefined) throw new Error(`municipality ${code} neither inserted nor found`);
  if (!isDeepStrictEqual({ ...found, ...wanted }, found)) {
    await tx.update(municipalities).set(wanted).where(eq(municipalities.id, found.id));
    changes.changed.push(`municipality:${code}`);
  }
  return found;
}

async function putVillages(tx: Tx, catalogue: Catalogue, municipalityId: number, now: Date, changes: Changes) {
  const ids = catalogue.villages.map((village) => village.id);
  const rows = await tx
    .select({ village: villages, code: municipalities.code })
    .from(villages)
    .innerJoin(municipalities, eq(municipalities.id, villages.municipalityId))
    .where(or(inArray(villages.id, ids), eq(villages.municipalityId, municipalityId)));
  const known = new Map(rows.map((row) => [row.village.id, row]));
  const foreign = catalogue.villages.flatMap((village, index) => {
    const row = known.get(village.id);
    if (row === undefined || row.village.municipalityId === municipalityId || row.code === village.movedFrom) return [];
    return [
      `villages[${index}].id: '${village.id}' belongs to ${row.code}; to move it here, add "movedFrom": "${row.code}"`,
    ];
  });
  if (foreign.length > 0) throw new CatalogueError(foreign);
  for (const [position, { movedFrom: _, cases = null, ...village }] of catalogue.villages.entries()) {
    const { id } = village;
    const wanted = { ...village, municipalityId, cases, position, retiredAt: null };
    const found = known.get(id)?.village;
    if (isDeepStrictEqual(found, wanted)) continue;
    if (found !== undefined && found.municipalityId !== municipalityId)
      changes.leftMunicipalityIds.add(found.municipalityId);
    (found === undefined ? changes.added : changes.changed).push(`village:${id}`);
    await tx.insert(villages).values(wanted).onConflictDoUpdate({ target: villages.id, set: wanted });
  }
  const gone = rows.flatMap(({ village }) =>
    ids.includes(village.id) || village.retiredAt !== null ? [] : [village.id],
  );
  if (gone.length > 0) await tx.update(villages).set({ retiredAt: now }).where(inArray(villages.id, gone));
  changes.retired.push(...gone.map((id) => `village:${id}`));
}

async function putSectors(tx: Tx, catalogue: Catalogue, municipalityId: number, now: Date, changes: Changes) {
  const rows = await tx.select().from(sectors).where(eq(sectors.municipalityId, municipalityId));
  const known = new Map(rows.map((row) => [row.id, row]));
  const ids = catalogue.sectors.map((sector) => sector.id);
  for (const [position, { id, labels, names, keywords }] of catalogue.sectors.entries()) {
    const wanted = { municipalityId, id, labels, names, keywords, position, retiredAt: null };
    const found = known.get(id);
    if (isDeepStrictEqual(found, wanted)) continue;
    (found === undefined ? changes.added : changes.changed).push(`sector:${id}`);
    await tx
      .insert(sectors)
      .values(wanted)
      .onConflictDoUpdate({ target: [sectors.municipalityId, sectors.id], set: wanted });
  }
  const gone = rows.flatMap((row) => (ids.includes(row.id) || row.retiredAt !== null ? [] : [row.id]));
  if (gone.length > 0) {
    await tx
      .update(sectors)
      .set({ retiredAt: now })
      .where(and(eq(sectors.municipalityId, municipalityId), inArray(sectors.id, gone)));
  }
  changes.retired.push(...gone.map((id) => `sector:${id}`));
}
