import { sql } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import { statement } from '../db/statement.ts';
import { withTransaction } from '../db/transaction.ts';
import { foldProposal, spellWords } from './fold.ts';
import { beginningOf, differInNumber, likeness, numbersPattern, tellingWords } from './likeness.ts';
import { authorsOf, peopleOf } from './people.ts';
import { OPEN_STATUSES, type ProposalStatus } from './rules.ts';

/**
 * Of the words that tell something: it finds 44 of 50 labelled pairs of one need in other words
 * (`test/fixtures/similar.tsv`) and 1 of 44 pairs of different needs in like words. The figures stand in the test.
 */
const LEAST_LIKENESS = 0.7;

/** The need stands in the first words. */
const COMPARED_LETTERS = 300;
/** The longest words of a text are the rarest ones; those beyond would only cost the index time. */
const MOST_SOUGHT = 8;
/** Where many proposals share two words, so many are looked at for each word, and the best of them compared. */
const MOST_LOOKED_AT = 200;
const MOST_COMPARED = 40;
/** Nobody waits longer for a suggestion (PostgreSQL; the embedded database knows no time-outs). */
const PATIENCE_MS = 800;

export interface Similar {
  readonly id: number;
  readonly number: string;
  /** Its words; what was written down of a voice message where it has none. */
  readonly text: string;
  readonly supporterCount: number;
}

export interface SimilarTo {
  readonly text: string;
  readonly villageId: string;
  /** Of the TEST series, or of the others. */
  readonly test: boolean;
  readonly limit: number;
  /** Says nothing of what is needed: the names of the village. */
  readonly ignored?: readonly string[];
  /** Leaves out what this resident sent or supports already. */
  readonly residentId?: number;
  /** Leaves out this one, and what it is merged into. */
  readonly proposalId?: number;
}

/**
 * Proposals of the village that tell the same need in like words, the likest first: those that are worked on or wait,
 * in place of a merged one what it was merged into. Two texts that differ in a number are never similar. Only a
 * suggestion: where the look-up fails or takes too long there is none.
 */
export async function findSimilar(ctx: Context, to: SimilarTo): Promise<Similar[]> {
  const whole = foldProposal(to.text, null);
  const folded = beginning(whole);
  const ignored = (to.ignored ?? []).flatMap(spellWords);
  const telling = tellingWords(folded, ignored);
  if (telling.length === 0) return [];
  try {
    // a savepoint: a look-up that fails must not take the turn with it
    return await withTransaction(ctx, (tx) =>
      tx.transaction((inner) => look(inner, { ...to, whole, folded, ignored, telling })),
    );
  } catch (error) {
    ctx.log.warn({ err: toError(error) }, 'no similar proposals: the look-up failed');
    return [];
  }
}

function beginning(folded: string): string {
  if (folded.length <= COMPARED_LETTERS) return folded;
  return folded.slice(0, folded.lastIndexOf(' ', COMPARED_LETTERS) + 1 || COMPARED_LETTERS).trimEnd();
}

// Each word with any of those behind it: who looks at all trigrams of a text waits for the lists of the most frequent.
// The offset is a fence: the planner would rather read every text of the village, or of a status, than the trigrams.
const findNear = statement<{ id: string; folded: string }>()`
  select near.id, near.folded
  from unnest(${'words'}::text[], ${'others'}::text[]) sought (word, other)
  cross join lateral (
    select id, folded
    from (
      select id, folded, village_id, test, hidden_at, status
      from proposals
      where folded ~ sought.word and folded ~ sought.other
      offset 0
    ) with_words
    where village_id = ${'villageId'}::text and test = ${'test'}::boolean and hidden_at is null
      and status = any(${'statuses'}::text[]) and folded ~ ${'numbers'}
    limit ${'lookedAt'}::int
  ) near
  group by near.id, near.folded
  order by (count(*) + 1.0) / (length(near.folded) + ${'letters'}::int) desc, near.id
  limit ${'compared'}::int`;

/** The patterns of `findNear` for words that tell something: no text is similar that has not two of them, or the only one. */
function soughtOf(telling: readonly string[]): { readonly words: string[]; readonly others: string[] } {
  const beginnings = [...telling]
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_SOUGHT)
    .map(beginningOf);
  const words = beginnings.length === 1 ? beginnings : beginnings.slice(0, -1);
  const others = words.map((word, at) => (beginnings.length === 1 ? word : beginnings.slice(at + 1).join('|')));
  return { words: words.map((word) => `(^| )${word}`), others: others.map((any) => `(^| )(${any})`) };
}

/** Compared by how it begins, but for the numbers, which may stand anywhere. */
interface Spelled {
  readonly whole: string;
  readonly folded: string;
  readonly ignored: readonly string[];
  readonly telling: readonly string[];
}

async function look(tx: Tx, to: SimilarTo & Spelled): Promise<Similar[]> {
  const { whole, folded, ignored, telling } = to;
  const [before] = await tx.execute<{ timeout: string }>(sql`
    select current_setting('statement_timeout') as timeout,
      set_config('statement_timeout', ${String(PATIENCE_MS)}, true)`);
  const near = await findNear(tx, {
    ...soughtOf(telling),
    numbers: numbersPattern(whole),
    letters: folded.length,
    villageId: to.villageId,
    test: to.test,
    statuses: [...OPEN_STATUSES, 'merged'] satisfies ProposalStatus[],
    lookedAt: MOST_LOOKED_AT,
    compared: MOST_COMPARED,
  });
  const like = near
    .map((row) => ({ ...row, id: Number(row.id), likeness: likeness(folded, beginning(row.folded), ignored) }))
    .filter((row) => row.likeness >= LEAST_LIKENESS && !differInNumber(whole, row.folded))
    .sort((a, b) => b.likeness - a.likeness);
  const found = like.length === 0 ? [] : await offered(tx, like, to);
  await tx.execute(sql`select set_config('statement_timeout', ${before?.timeout ?? '0'}, true)`);
  return found;
}

/** What is offered in place of those: each root once. */
async function offered(tx: Tx, like: readonly { readonly id: number }[], to: SimilarTo): Promise<Similar[]> {
  const roots = await rootsOf(
    tx,
    like.map(({ id }) => id),
  );
  const found: Similar[] = [];
  for (const { id } of like) {
    const root = roots.get(id);
    if (root === undefined || root.id === to.proposalId || found.some((other) => other.id === root.id)) continue;
    if (to.residentId !== undefined && (await belongsTo(tx, root.id, to.residentId))) continue;
    found.push(root);
    if (found.length === to.limit) break;
  }
  return found;
}

/** By the id of each: what it was merged into in the end, or itself; only what may be supported. */
async function rootsOf(tx: Tx, ids: readonly number[]): Promise<Map<number, Similar>> {
  const rows = await tx.execute<{ from: string; id: string; number: string; text: string; supporterCount: number }>(sql`
    with recursive up as (
      select id as from_id, id, merged_into_id from proposals where id = any(${sql.param([...ids])}::bigint[])
      union all
      select up.from_id, p.id, p.merged_into_id from proposals p join up on p.id = up.merged_into_id
    )
    select up.from_id as "from", p.id, p.number, coalesce(nullif(p.text, ''), p.transcript, '') as text,
      p.supporter_count as "supporterCount"
    from up join proposals p on p.id = up.id
    where up.merged_into_id is null and p.hidden_at is null
      and p.status = any(${sql.param([...OPEN_STATUSES])}::text[])`);
  return new Map(rows.map(({ from, id, ...rest }) => [Number(from), { id: Number(id), ...rest }]));
}

async function belongsTo(tx: Tx, proposalId: number, residentId: number): Promise<boolean> {
  const people = await peopleOf(tx, proposalId);
  return [...authorsOf(people), ...people.supporterIds].includes(residentId);
}
