import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { spawnScript } from '../support/child.ts';
import { useDatabase } from '../support/database.ts';
import { runMixedWork } from './mixed-work.ts';

const childFile = new URL('./child.ts', import.meta.url);
const FREED_WITHIN_MS = 2_000;

describe('openDatabase, used by many at once', () => {
  const database = useDatabase();
  beforeAll(async () => {
    await database.sql`create table mixed (writer text not null, step int not null)`;
    await database.sql`create table held (by text not null)`;
    await database.sql`insert into held values ('nobody')`;
  });

  it('gives every question its own answer and every writer its own rows', { timeout: 300_000 }, async () => {
    const child = spawnScript(childFile, ['mixed'], database.env);
    const here = await runMixedWork(database.db, { name: 'here', loops: 20, steps: 75 });
    const there: { mistakes: string[]; written: [string, number[]][] } = JSON.parse(await child.line('{'));
    expect(await child.exited).toBe(0);
    expect([...here.mistakes, ...there.mistakes]).toEqual([]);

    const rows = await database.db.execute<{ writer: string; steps: number[] }>(
      sql`select writer, json_agg(step order by step) as steps from mixed group by writer`,
    );
    const stored = Object.fromEntries(rows.map((row) => [row.writer, row.steps]));
    const written = [...here.written, ...there.written].map(([writer, steps]) => [writer, steps.sort((a, b) => a - b)]);
    expect(stored).toEqual(Object.fromEntries(written));
    expect(written).toHaveLength(25);
  });

  it('is free at once when another process is killed in the middle of a transaction', async () => {
    const child = spawnScript(childFile, ['hold'], database.env);
    await child.line('holding');
    child.kill('SIGKILL');
    const killedAt = performance.now();
    await database.sql`update held set by = 'us' where by = 'nobody'`;
    expect(performance.now() - killedAt).toBeLessThan(FREED_WITHIN_MS);
    expect(await database.sql`select by from held`).toEqual([{ by: 'us' }]);
  });
});
