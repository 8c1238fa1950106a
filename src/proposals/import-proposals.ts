import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { getMeeting } from '../meetings/queries.ts';
import type { AgeBand, Sex } from '../residents/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import { foldProposal } from './fold.ts';

/** A row of a table that has been checked: the place is of the municipality, the text is clean and not empty. */
export interface ImportedProposal {
  readonly text: string;
  readonly villageId: string;
  readonly sectorId: string;
  /** `YYYY-MM-DD` in the municipality's zone; null: not told, so the day of the import. */
  readonly day: string | null;
  readonly sex: Sex | null;
  readonly ageBand: AgeBand | null;
  readonly language: Locale;
}

export interface ImportResult {
  readonly added: number;
  /** Rows that an earlier import has brought already. */
  readonly present: number;
  /** The block of numbers that was given; null where nothing was added. */
  readonly numbers: { readonly first: string; readonly last: string } | null;
}

/** Rows of one statement. */
const CHUNK = 1_000;

/**
 * Stores proposals of a table, all or none, under one block of numbers of this year. A row that was imported before is
 * left out: the same village, words (case and punctuation aside), day, sex and age, as many times as it stands in the
 * table. `dryRun` counts and changes nothing. Right `proposals.import`. Two imports wait for each other.
 * @throws {NoRightError} @throws {MeetingNotFoundError}
 */
export async function importProposals(
  ctx: Context,
  input: {
    municipalityId: number;
    rows: readonly ImportedProposal[];
    meetingId?: number | null;
    dryRun?: boolean;
  },
): Promise<ImportResult> {
  const { municipalityId, rows, meetingId = null, dryRun = false } = input;
  const keyed = withKeys(municipalityId, rows);
  const result = await withTransaction(ctx, async (tx): Promise<ImportResult> => {
    await requireRight(tx, ctx, 'proposals.import', municipalityId);
    if (meetingId !== null) await getMeeting(tx, municipalityId, meetingId);
    await tx.execute(sql`select 1 from municipalities where id = ${municipalityId} for no key update`);
    const known = await findKnown(tx, municipalityId, [...keyed.keys()]);
    const fresh = [...keyed].filter(([key]) => !known.has(key));
    const counts = { added: fresh.length, present: rows.length - fresh.length };
    if (dryRun || fresh.length === 0) return { ...counts, numbers: null };
    const at = ctx.clock.now().toISOString();
    const block = await takeNumbers(tx, municipalityId, fresh.length, at);
    const shared = { municipalityId, meetingId, at, year: block.year, enteredBy: actorName(ctx.actor) };
    for (let from = 0; from < fresh.length; from += CHUNK) {
      await insertRows(tx, fresh.slice(from, from + CHUNK), { ...shared, before: block.before + from });
    }
    const { first, last } = block;
    await recordAudit(tx, ctx, {
      action: 'proposal.import',
      subject: `municipality:${municipalityId}`,
      municipalityId,
      after: { ...counts, first, last, meetingId },
    });
    return { ...counts, numbers: { first, last } };
  });
  // so many new rows lead the planner astray until it counts them
  if (ctx.tx === undefined && result.numbers !== null && result.added >= CHUNK) {
    await ctx.db.execute(sql`analyze proposals`);
  }
  return result;
}

/** Each row by what tells it from all others, the second of two alike too. */
function withKeys(municipalityId: number, rows: readonly ImportedProposal[]): Map<string, ImportedProposal> {
  const seen = new Map<string, number>();
  const keyed = new Map<string, ImportedProposal>();
  for (const row of rows) {
    const { villageId, day, sex, ageBand } = row;
    const same = [municipalityId, villageId, day, sex, ageBand, plainWords(row.text)].join('\n');
    const occurrence = (seen.get(same) ?? 0) + 1;
    seen.set(same, occurrence);
    const key = createHash('sha256').update(`${same}\n${occurrence}`).digest('base64url');
    keyed.set(key, row);
  }
  return keyed;
}

/** Not the folding for comparing: that may get better, and what was imported before must be known for good. */
function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

async function findKnown(tx: Tx, municipalityId: number, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.execute<{ key: string }>(sql`
    select import_key as key from proposals
    where municipality_id = ${municipalityId} and import_key = any(${sql.param([...keys])}::text[])`);
  return new Set(rows.map(({ key }) => key));
}

/** A block of numbers without gaps; given back when the transaction rolls back. */
async function takeNumbers(tx: Tx, municipalityId: number, count: number, at: string) {
  const [block] = await tx.execute<{ year: number; last: number; first: string; last_number: string }>(sql`
    with counted as (
      insert into proposal_counters as c (municipality_id, year, series, last)
      select id, extract(year from ${at}::timestamptz at time zone time_zone)::int, 'main', ${count}::int
      from municipalities where id = ${municipalityId}
      on conflict (municipality_id, year, series) do update set last = c.last + excluded.last
      returning year, last
    )
    select counted.year, counted.last,
      m.code || '-' || year || '-' || lpad(n.first, greatest(4, length(n.first)), '0') as first,
      m.code || '-' || year || '-' || lpad(n.last, greatest(4, length(n.last)), '0') as last_number
    from counted, municipalities m, lateral (select (last - ${count}::int + 1)::text as first, last::text as last) n
    where m.id = ${municipalityId}`);
  if (block === undefined) throw new Error(`municipality ${municipalityId}: no numbers were given`);
  return { year: block.year, before: block.last - count, first: block.first, last: block.last_number };
}

async function insertRows(
  tx: Tx,
  rows: readonly (readonly [key: string, row: ImportedProposal])[],
  shared: {
    municipalityId: number;
    meetingId: number | null;
    at: string;
    year: number;
    enteredBy: string;
    before: number;
  },
): Promise<void> {
  const { municipalityId, meetingId, at, year, enteredBy, before } = shared;
  const values = rows.map(([key, row], index) => ({
    ...row,
    key,
    folded: foldProposal(row.text, null),
    sequence: before + index + 1,
  }));
  // what came on a day came at noon there: no other zone makes it another day's
  await tx.execute(sql`
    insert into proposals (
      municipality_id, number, year, sequence, test, source, village_id, sector_id, text, first_text, folded, language,
      status, author_sex, author_age_band, entered_by, meeting_id, import_key, submitted_at, updated_at
    )
    select m.id, m.code || '-' || ${year}::int || '-' || lpad(v.sequence::text, greatest(4, length(v.sequence::text)), '0'),
      ${year}::int, v.sequence, false, 'import', v."villageId", v."sectorId", v.text, v.text, v.folded, v.language,
      'received', v.sex, v."ageBand", ${enteredBy}::text, ${meetingId}::bigint, v.key,
      least(${at}::timestamptz, (v.day + time '12:00') at time zone m.time_zone), ${at}::timestamptz
    from municipalities m, json_to_recordset(${JSON.stringify(values)}::json) as v(
      key text, sequence int, "villageId" text, "sectorId" text, text text, folded text, language text,
      sex text, "ageBand" text, day date
    )
    where m.id = ${municipalityId}
    order by v.sequence`);
}
