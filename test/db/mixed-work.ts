import { sql } from 'drizzle-orm';
import type { Database } from '../../src/core/context.ts';
import { inTransaction, sqlState } from '../../src/db/transaction.ts';

/** What went wrong in a loop of mixed work: an answer that belongs to another question, by its step. */
export type Mistake = string;

/**
 * Runs so many loops side by side, each of so many mixed steps: statements, transactions, savepoints, errors, large
 * answers. Writes to the table `mixed`, and tells which answers were wrong and which rows each writer must find.
 */
export async function runMixedWork(db: Database, args: { name: string; loops: number; steps: number }) {
  const mistakes: Mistake[] = [];
  const written = new Map<string, number[]>();
  const loop = async (writer: string, seed: number) => {
    const rows: number[] = [];
    written.set(writer, rows);
    for (let step = 0; step < args.steps; step += 1) {
      const work = kinds[(seed * 7 + step * 3) % kinds.length];
      const outcome = await work?.(db, writer, step, rows).catch((error: unknown) => String(error));
      if (outcome !== undefined) mistakes.push(`${writer} step ${step}: ${outcome}`);
    }
  };
  await Promise.all(Array.from({ length: args.loops }, (_, index) => loop(`${args.name}-${index}`, index)));
  return { mistakes, written };
}

type Step = (db: Database, writer: string, step: number, rows: number[]) => Promise<Mistake | undefined>;

const insert = (writer: string, step: number) =>
  sql`insert into mixed (writer, step) values (${writer}, ${step}) returning writer || ':' || step as made`;

const expectValue = (found: unknown, wanted: unknown) =>
  found === wanted ? undefined : `got ${String(found)} for ${String(wanted)}`;

const kinds: Step[] = [
  async function select(db, writer, step) {
    const [row] = await db.execute(sql`select ${`${writer}/${step}`}::text as echo`);
    return expectValue(row?.echo, `${writer}/${step}`);
  },
  async function insertOne(db, writer, step, rows) {
    const [row] = await db.execute(insert(writer, step));
    rows.push(step);
    return expectValue(row?.made, `${writer}:${step}`);
  },
  async function transaction(db, writer, step, rows) {
    const found = await inTransaction(db, async (tx) => {
      await tx.execute(insert(writer, step));
      await tx.execute(insert(writer, step + 1_000_000));
      const [row] = await tx.execute(
        sql`select count(*)::int as count from mixed where writer = ${writer} and step in (${step}, ${step + 1_000_000})`,
      );
      return row?.count;
    });
    rows.push(step, step + 1_000_000);
    return expectValue(found, 2);
  },
  async function rollBack(db, writer, step) {
    const thrown = await inTransaction(db, async (tx) => {
      await tx.execute(insert(writer, step));
      throw new Error('not this one');
    }).catch((error: unknown) => error);
    return expectValue(String(thrown), 'Error: not this one');
  },
  async function fail(db, writer, step) {
    const thrown = await db
      .execute(sql`select ${step}::int / 0 as ${sql.identifier(writer)}`)
      .catch((error: unknown) => error);
    return expectValue(sqlState(thrown), '22012');
  },
  async function savepoint(db, writer, step, rows) {
    await inTransaction(db, async (tx) => {
      await tx.execute(insert(writer, step));
      await tx
        .transaction(async (inner) => {
          await inner.execute(insert(writer, -step));
          throw new Error('only the inner one');
        })
        .catch(() => {});
    });
    rows.push(step);
    return undefined;
  },
  async function large(db, writer, step) {
    const found = await db.execute(
      sql`select ${writer}::text || g as text from generate_series(1, 500 + ${step}::int) g`,
    );
    return expectValue(found.length, 500 + step) ?? expectValue(found.at(-1)?.text, `${writer}${500 + step}`);
  },
  async function prepared(db, writer, step) {
    const query = db.select({ echo: sql<string>`${sql.placeholder('echo')}::text` }).from(sql`(values (1)) as one`);
    const [row] = await query.prepare('echo').execute({ echo: `${writer}=${step}` });
    return expectValue(row?.echo, `${writer}=${step}`);
  },
];
