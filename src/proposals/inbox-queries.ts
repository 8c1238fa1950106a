import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { foldWords } from '../core/folding.ts';
import { CLOSED_TO_STAFF, PROPOSAL_STATUSES, type ProposalStatus } from './rules.ts';

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

/**
 * The id of the next proposal of the office's queue behind `after`, oldest first; null: none is left. Test proposals
 * are in no queue. One statement: an index is asked once a village and status, so the length of the queue is no matter.
 */
export async function nextInboxCard(
  db: Database,
  o: { municipalityId: number; filter: InboxFilter; after?: number },
): Promise<number | null> {
  const [found] = await db.execute<{ id: string }>(queueQuery(o, 1));
  return found === undefined ? null : Number(found.id);
}

/** How many are in the queue behind `after`, counted up to `most`. */
export async function countInbox(
  db: Database,
  o: { municipalityId: number; filter: InboxFilter; after?: number },
  most: number,
): Promise<number> {
  const [found] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from (${queueQuery(o, most)}) as queue`,
  );
  return found?.count ?? 0;
}

/** Whether some word begins so: «суу» is found in «суунун», not in «досуу». Both halves are served by the trigrams. */
function wordBegins(word: string): SQL {
  return sql` and (p.folded like ${`${word}%`} or p.folded like ${`% ${word}%`})`;
}

function queueQuery(o: { municipalityId: number; filter: InboxFilter; after?: number }, limit: number): SQL {
  const { municipalityId, filter, after = 0 } = o;
  const { state, villageId, sectorId, voice } = filter;
  const words = foldWords(filter.words ?? '');
  const villages = sql`select v.id from villages v where v.municipality_id = ${municipalityId}
    ${villageId === undefined ? sql`` : sql`and v.id = ${villageId}`}`;
  const statuses = sql`${sql.param([...STATUSES[state]])}::text[]`;
  const fits = sql`${state === 'hidden' ? sql`p.hidden_at is not null` : sql`p.hidden_at is null and not p.test`}
    and p.id > ${after}
    ${sectorId === undefined ? sql`` : sql`and p.sector_id = ${sectorId}`}
    ${sql.join(words.map(wordBegins))}`;
  if (voice === true) {
    return sql`
      select p.id from proposals p
      where p.village_id in (${villages}) and p.status = any(${statuses}) and ${fits} and exists (
        select 1 from proposal_attachments a join media m on m.id = a.media_id
        where a.proposal_id = p.id and m.kind in ('voice', 'audio')
      )
      order by p.id limit ${limit}`;
  }
  if (words.length > 0 || state === 'hidden') {
    return sql`
      select p.id from proposals p
      where p.village_id in (${villages}) and p.status = any(${statuses}) and ${fits}
      order by p.id limit ${limit}`;
  }
  return sql`
    select queue.id from (${villages}) village
    cross join unnest(${statuses}) as wanted (status)
    cross join lateral (
      select p.id from proposals p
      where p.village_id = village.id and p.status = wanted.status and ${fits}
      order by p.id limit ${limit}
    ) queue
    order by queue.id limit ${limit}`;
}

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
