import { sql } from 'drizzle-orm';
import { integer, json, pgTable } from 'drizzle-orm/pg-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRepeatable, sqlState, withTransaction } from '../../src/db/transaction.ts';
import { spawnScript } from '../support/child.ts';
import { testContext, useDatabase } from '../support/database.ts';

const papers = pgTable('papers', { id: integer().primaryKey(), content: json().$type<unknown>() });

const database = useDatabase();
beforeAll(async () => {
  await database.sql`create table papers (id int primary key, content json)`;
});

describe('openDatabase', () => {
  it('answers a statement', async () => {
    expect(await database.db.execute(sql`select ${'сунуш'}::text as word`)).toEqual([{ word: 'сунуш' }]);
  });

  it('brings a listener what is notified', async () => {
    const heard = new Promise((resolve) => {
      void database.open.listen('replies', resolve).then(() => database.open.notify('replies', '7'));
    });
    expect(await heard).toBe('7');
  });

  it.each([
    ['an object with NUL and a lone surrogate', { text: 'a\u0000b\ud800c', nested: [1, null, 'сунуш'] }],
    ['a string of such characters', 'a\u0000b\ud800c'],
    ['a string that is itself JSON', '{"a":"1"}'],
    ['a string of digits', '42'],
    ['the word null as a string', 'null'],
    ['a number', 42],
  ])('stores %s in a json column and reads it back', async (_, content) => {
    await database.db.delete(papers);
    await database.db.insert(papers).values({ id: 1, content });
    expect(await database.db.select().from(papers)).toEqual([{ id: 1, content }]);
    const [row] = await database.db.execute(sql`select content::text as text from papers`);
    expect(row?.text).toBe(JSON.stringify(content));
  });

  it('stores a JSON text byte for byte', async () => {
    await database.db.delete(papers);
    const text = '{ "a" : "\\u0000\\ud800",  "a": 1.50 }';
    await database.db.execute(sql`insert into papers values (1, ${text}::json)`);
    const [row] = await database.db.execute(sql`select content::text as text from papers`);
    expect(row?.text).toBe(text);
  });
});

describe('openDatabase, when a connection is lost', () => {
  it('ends the process with one sentence and exit code 1', async () => {
    const child = spawnScript(new URL('./child.ts', import.meta.url), ['silent'], database.env);
    const pid = (await child.line('silent in')).split(' ').at(-1) ?? '';
    // The embedded server closes a connection that is silent in a transaction by itself.
    if (database.open.kind === 'postgres') await database.sql`select pg_terminate_backend(${pid}::int)`;
    expect(await child.exited).toBe(1);
    expect(child.output()).toContain('The connection to the database was lost');
  });
});

describe('withTransaction', () => {
  it('commits what resolves and rolls back what throws', async () => {
    const ctx = testContext(database.db);
    await database.db.delete(papers);
    await withTransaction(ctx, (tx) => tx.insert(papers).values({ id: 1 }));
    await withTransaction(ctx, async (tx) => {
      await tx.insert(papers).values({ id: 2 });
      throw new Error('no');
    }).catch(() => {});
    expect(await database.db.select({ id: papers.id }).from(papers)).toEqual([{ id: 1 }]);
  });

  it('joins the transaction of the context', async () => {
    const ctx = testContext(database.db);
    await withTransaction(ctx, async (tx) => {
      await withTransaction({ ...ctx, tx }, (joined) => joined.insert(papers).values({ id: 3 }));
      throw new Error('no');
    }).catch(() => {});
    expect(await database.db.select().from(papers).where(sql`id = 3`)).toEqual([]);
  });
});

describe('sqlState', () => {
  it('finds the state of a failed statement', async () => {
    const thrown = await database.db.execute(sql`select 1 / 0`).catch((error: unknown) => error);
    expect(sqlState(thrown)).toBe('22012');
    expect(isRepeatable(thrown)).toBe(false);
    expect(sqlState(new Error('something else'))).toBeNull();
  });
});
