import { eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { villages } from '../places/tables.ts';
import { spellWords } from './fold.ts';
import { CLOSED_TO_STAFF, PROPOSAL_STATUSES, type ProposalStatus } from './rules.ts';
import { proposals } from './tables.ts';

/** What of the queue is looked at. `new`: nobody works on it; `open`: not settled yet; `hidden`: kept, not shown. */
export const INBOX_STATES = ['new', 'in_review', 'open', 'all', 'hidden'] as const;
export type InboxState = (typeof INBOX_STATES)[number];

export interface InboxFilter {
  readonly state: InboxState;
  readonly villageId?: string;
  readonly sectorId?: string;
  /** Only with a voice message. */
  readonly voice?: boolean;
  /** Words that all stand in it, or in what staff wrote down of its voice message; in any spelling. */
  readonly words?: string;
}

const STATUSES: Readonly<Record<InboxState, readonly ProposalStatus[]>> = {
  new: ['received'],
  in_review: ['in_review'],
  open: ['received', 'in_review', 'planned', 'funded'],
  all: PROPOSAL_STATUSES.filter((status) => !CLOSED_TO_STAFF.has(status)),
  hidden: PROPOSAL_STATUSES,
};

/** What of the queue is told by its index alone. */
type QueueFilter = Pick<InboxFilter, 'state' | 'villageId' | 'sectorId'>;

interface Behind<Filter> {
  readonly municipalityId: number;
  readonly filter: Filter;
  /** The queue goes on behind this id. */
  readonly after?: number;
}

/** So many are looked through one by one; what none of them holds is rare, and found by its own index. */
const NEAR = 500;
/** Nobody looks for more words at once; each one costs a look-up. */
const MOST_WORDS = 8;

/**
 * The id of the next proposal of the office's queue behind `after`, oldest first; null: none is left. Test proposals
 * are in no queue. An index is asked once a village and status, so the length of the queue is no matter.
 */
export async function nextInboxCard(db: Database, o: Behind<InboxFilter>): Promise<number | null> {
  const match = matching(o.filter);
  if (match === null) {
    const [next] = await db.execute<{ id: string }>(queue(o, 1));
    return next === undefined ? null : Number(next.id);
  }
  const [near] = await db.execute<{ id: string | null; seen: number }>(sql`
    select min(p.id) filter (where ${match}) as id, count(*)::int as seen
    from (${queue(o, NEAR)}) near join proposals p on p.id = near.id`);
  if (near?.id || (near?.seen ?? 0) < NEAR) return near?.id ? Number(near.id) : null;
  const [far] = await db.execute<{ id: string }>(farther(o, match));
  return far === undefined ? null : Number(far.id);
}

/** How many are in the queue behind `after`, counted up to `most`. */
export async function countInbox(db: Database, o: Behind<QueueFilter>, most: number): Promise<number> {
  const [found] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from (${queue(o, most)}) as queue`,
  );
  return found?.count ?? 0;
}

/** The first of the queue, in order. */
function queue(o: Behind<QueueFilter>, limit: number): SQL {
  return sql`
    select next.id from (${villagesOf(o)}) village
    cross join unnest(${statusesOf(o)}) as wanted (status)
    cross join lateral (
      select p.id from proposals p
      where p.village_id = village.id and p.status = wanted.status and ${stands(o)}
      order by p.id limit ${limit}
    ) next
    order by next.id limit ${limit}`;
}

/** The same by the words, or the voice messages, of all proposals: few have them, else the queue's head had shown one. */
function farther(o: Behind<InboxFilter>, match: SQL): SQL {
  const fits = sql`p.village_id in (${villagesOf(o)}) and p.status = any(${statusesOf(o)}) and ${stands(o)}`;
  if (wordsOf(o.filter).length === 0)
    return sql`select p.id from proposals p where ${fits} and ${match} order by p.id limit 1`;
  return sql`
    with found as materialized (select * from proposals p where ${match})
    select p.id from found p where ${fits} order by p.id limit 1`;
}

function villagesOf({ municipalityId, filter: { villageId } }: Behind<QueueFilter>): SQL {
  const all = sql`select v.id from villages v where v.municipality_id = ${municipalityId}`;
  return villageId === undefined ? all : sql`${all} and v.id = ${villageId}`;
}

function statusesOf({ filter: { state } }: Behind<QueueFilter>): SQL {
  return sql`${sql.param([...STATUSES[state]])}::text[]`;
}

function stands({ filter: { state, sectorId }, after = 0 }: Behind<QueueFilter>): SQL {
  const shown = state === 'hidden' ? sql`p.hidden_at is not null` : sql`p.hidden_at is null`;
  const of = sectorId === undefined ? sql`` : sql` and p.sector_id = ${sectorId}`;
  return sql`${shown} and not p.test and p.id > ${after}${of}`;
}

/** What an index of the queue does not tell; null: nothing of the kind is asked for. */
function matching(filter: InboxFilter): SQL | null {
  const parts = [...wordsOf(filter).map(wordBegins), ...(filter.voice === true ? [HEARD] : [])];
  return parts.length === 0 ? null : sql.join(parts, sql` and `);
}

function wordsOf({ words = '' }: InboxFilter): string[] {
  return spellWords(words).slice(0, MOST_WORDS);
}

/** Whether some word begins so: «суу» is found in «суунун», not in «досуу». Both halves are served by the trigrams. */
function wordBegins(word: string): SQL {
  return sql`(p.folded like ${`${word}%`} or p.folded like ${`% ${word}%`})`;
}

const HEARD = sql`exists (
  select 1 from proposal_attachments a join media m on m.id = a.media_id
  where a.proposal_id = p.id and m.kind in ('voice', 'audio')
)`;

/** What somebody typed as a proposal's number: «KS-2026-0042», «ks 2026 42», «№ 42». Null: it is none. */
export function readNumber(typed: string): { year: number | null; sequence: number; test: boolean } | null {
  const [, prefix = '', year, sequence] =
    /^\s*(?:№|#)?\s*(?:(\p{L}{2,8})[\s–-]*)?(?:(20\d\d)[\s–-]+)?0*([1-9]\d{0,8})\s*$/u.exec(typed) ?? [];
  if (sequence === undefined || (prefix !== '' && year === undefined)) return null;
  return { year: year === undefined ? null : Number(year), sequence: Number(sequence), test: /^test$/i.test(prefix) };
}

/** As many years back as a number without its year is looked for. */
const YEARS_BACK = 5;

/**
 * The proposal of the office's villages with that number, in any status, hidden too; without a year the newest one.
 * Null: the office has none such.
 */
export async function findByNumber(
  db: Database,
  o: { municipalityId: number; typed: string; year: number },
): Promise<number | null> {
  const read = readNumber(o.typed);
  if (read === null) return null;
  const years = read.year === null ? Array.from({ length: YEARS_BACK }, (_, back) => o.year - back) : [read.year];
  const tails = years.map((year) => `-${year}-${String(read.sequence).padStart(4, '0')}`);
  // a village that came from another municipality brought its numbers along
  const [found] = await db.execute<{ id: string }>(sql`
    select p.id from municipalities m
    cross join unnest(${sql.param(tails)}::text[]) as tail (number)
    join proposals p on p.municipality_id = m.id
      and p.number = case when ${read.test} then 'TEST' else m.code end || tail.number
    join villages v on v.id = p.village_id
    where v.municipality_id = ${o.municipalityId}
    order by p.municipality_id = ${o.municipalityId} desc, p.year desc limit 1`);
  return found === undefined ? null : Number(found.id);
}

/** The municipality whose office works on the proposal; null: there is no such proposal. */
export async function findOffice(db: Database, proposalId: number): Promise<number | null> {
  const [found] = await db
    .select({ municipalityId: villages.municipalityId })
    .from(proposals)
    .innerJoin(villages, eq(villages.id, proposals.villageId))
    .where(eq(proposals.id, proposalId));
  return found?.municipalityId ?? null;
}
