import { describe, expect, it } from 'vitest';
import { statement } from '../../src/db/statement.ts';
import { sqlState } from '../../src/db/transaction.ts';
import { rolledBack, useDatabase } from '../support/database.ts';

const database = useDatabase();

describe('statement', () => {
  it('puts each value where its name stands, however often', async () => {
    const greet = statement<{ text: string }>()`
      select ${'who'}::text || ', ' || ${'what'}::text || ', ' || ${'who'} as text`;
    expect(await greet(database.db, { what: "b'; --", who: 'a' })).toEqual([{ text: "a, b'; --, a" }]);
    expect(await greet(database.db, { who: '1', what: '2' })).toEqual([{ text: '1, 2, 1' }]);
  });

  it('takes lists, JSON as text and nothing', async () => {
    const count = statement<{ ids: number; name: string | null }>()`
      select cardinality(${'ids'}::bigint[]) as ids, ${'json'}::json ->> 'name' as name where ${'none'}::text is null`;
    const json = JSON.stringify({ name: 'сунуш' });
    expect(await count(database.db, { ids: [1, 2, 3], json, none: null })).toEqual([{ ids: 3, name: 'сунуш' }]);
  });

  it('runs in the transaction that it is given', async () => {
    const set = statement()`select set_config('sunush.test', ${'value'}, true)`;
    const get = statement<{ value: string | null }>()`select current_setting('sunush.test', true) as value`;
    const inside = await rolledBack(database.db, async (tx) => {
      await set(tx, { value: 'inside' });
      return get(tx, {});
    });
    expect(inside).toEqual([{ value: 'inside' }]);
    expect((await get(database.db, {}))[0]?.value || null).toBeNull();
  });

  it('fails with the state that the database tells', async () => {
    const divide = statement<{ result: number }>()`select 1 / ${'by'}::int as result`;
    const thrown: unknown = await divide(database.db, { by: 0 }).catch((error: unknown) => error);
    expect(sqlState(thrown)).toBe('22012');
  });
});
