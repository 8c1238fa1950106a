import { and, asc, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Database } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { LOCALES } from '../core/texts.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import { municipalities, villages } from '../places/tables.ts';
import { type AgeBand, residents, type Sex } from '../residents/tables.ts';
import { attachmentCount } from './queries.ts';
import { PROPOSAL_STATUSES } from './rules.ts';
import { proposals } from './tables.ts';

/** Rows of one statement: short enough that other clients of the embedded database do not wait. */
const PAGE_SIZE = 2_000;

export const ProposalFilter = z.strictObject({
  /** Of the villages that belong to it today. */
  municipalityId: z.int().optional(),
  villageId: z.string().optional(),
  sectorId: z.string().optional(),
  status: z.enum(PROPOSAL_STATUSES).optional(),
  /** First and last day of submission, both included, in the municipality's zone. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Test proposals are listed only when their channel is asked for. */
  channel: z.enum(CHANNEL_NAMES).optional(),
  language: z.enum(LOCALES).optional(),
  /** Without those that staff have hidden. */
  shownOnly: z.boolean().optional(),
});
export type ProposalFilter = z.input<typeof ProposalFilter>;

/** What a person typed as a filter, checked. @throws {AppError} `invalid`, naming every mistake */
export function parseProposalFilter(input: unknown): ProposalFilter {
  const parsed = ProposalFilter.safeParse(input);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new AppError('invalid', `filter of proposals: ${mistakes.join('; ')}`, { cause: parsed.error });
}

const mergedInto = alias(proposals, 'merged_into');
const row = {
  id: proposals.id,
  number: proposals.number,
  municipalityId: proposals.municipalityId,
  submittedAt: proposals.submittedAt,
  channel: proposals.channel,
  source: proposals.source,
  villageId: proposals.villageId,
  sectorId: proposals.sectorId,
  text: proposals.text,
  firstText: proposals.firstText,
  transcript: proposals.transcript,
  status: proposals.status,
  supporters: proposals.supporterCount,
  hiddenAt: proposals.hiddenAt,
  sex: sql<Sex | null>`coalesce(${residents.sex}, ${proposals.authorSex})`,
  ageBand: sql<AgeBand | null>`coalesce(${residents.ageBand}, ${proposals.authorAgeBand})`,
  language: proposals.language,
  attachmentCount,
  answer: proposals.answer,
  answers: proposals.answers,
  mergedInto: mergedInto.number,
};

/** A proposal as staff see it: nothing that names who wrote it. Of proposals on paper sex and age are the speaker's. */
export type ProposalRow = Awaited<ReturnType<typeof listProposals>>[number];

/** One page of proposals after the id `after`, oldest first; hidden and withdrawn ones too. One statement. */
export async function listProposals(db: Database, filter: ProposalFilter, after = 0, limit = PAGE_SIZE) {
  // The page is found first, on an index; only its rows are joined.
  const page = db.$with('page').as(
    db
      .select({ id: proposals.id })
      .from(proposals)
      .innerJoin(municipalities, eq(municipalities.id, proposals.municipalityId))
      .where(and(gt(proposals.id, after), ...conditions(db, filter)))
      .orderBy(asc(proposals.id))
      .limit(limit),
  );
  return db
    .with(page)
    .select(row)
    .from(page)
    .innerJoin(proposals, eq(proposals.id, page.id))
    .leftJoin(residents, eq(residents.id, proposals.residentId))
    .leftJoin(mergedInto, eq(mergedInto.id, proposals.mergedIntoId))
    .orderBy(asc(page.id));
}

/** All proposals that fit, oldest first, page by page: each page is a statement of its own, so no transaction stays open. */
export async function* proposalPages(db: Database, filter: ProposalFilter): AsyncGenerator<ProposalRow[]> {
  let after = 0;
  for (;;) {
    const rows = await listProposals(db, filter, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < PAGE_SIZE) return;
    after = last.id;
  }
}

/** How many proposals fit. */
export async function countProposals(db: Database, filter: ProposalFilter): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(proposals)
    .innerJoin(municipalities, eq(municipalities.id, proposals.municipalityId))
    .where(and(...conditions(db, filter)));
  return row?.count ?? 0;
}

function conditions(db: Database, filter: ProposalFilter) {
  const { municipalityId, villageId, sectorId, status, channel, language, shownOnly } = filter;
  return [
    municipalityId === undefined
      ? undefined
      : inArray(
          proposals.villageId,
          db.select({ id: villages.id }).from(villages).where(eq(villages.municipalityId, municipalityId)),
        ),
    villageId === undefined ? undefined : eq(proposals.villageId, villageId),
    sectorId === undefined ? undefined : eq(proposals.sectorId, sectorId),
    status === undefined ? undefined : eq(proposals.status, status),
    channel === undefined ? eq(proposals.test, false) : eq(proposals.channel, channel),
    language === undefined ? undefined : eq(proposals.language, language),
    shownOnly === true ? isNull(proposals.hiddenAt) : undefined,
    ...dayConditions(filter),
  ];
}

/** Each bound twice: exactly, by the zone of the row's municipality, and a day wider, by constants that an index serves. */
function dayConditions({ from, to }: ProposalFilter) {
  const at = proposals.submittedAt;
  const zone = municipalities.timeZone;
  return [
    from === undefined ? undefined : sql`${at} >= (${from}::date - 1)::timestamp at time zone 'UTC'`,
    from === undefined ? undefined : sql`${at} >= ${from}::date::timestamp at time zone ${zone}`,
    to === undefined ? undefined : sql`${at} < (${to}::date + 2)::timestamp at time zone 'UTC'`,
    to === undefined ? undefined : sql`${at} < (${to}::date + 1)::timestamp at time zone ${zone}`,
  ];
}
