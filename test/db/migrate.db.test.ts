import { afterEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const MANY_OPEN_MS = 300_000;

describe('openDatabase, on databases of all ages', () => {
  let fresh: FreshDatabase | undefined;
  afterEach(() => fresh?.drop());

  it('migrates an empty database once when six open it at the same moment', { timeout: MANY_OPEN_MS }, async () => {
    fresh = await freshDatabase('empty');
    const { open } = fresh;
    const opened = await Promise.all(Array.from({ length: 6 }, () => open({ role: 'command', poolSize: 1 })));
    try {
      const answers = await Promise.all(
        opened.map(({ sql }) => sql`select count(*)::int from drizzle.__drizzle_migrations`),
      );
      expect(new Set(answers.map(([row]) => row?.count))).toEqual(new Set([answers[0]?.[0]?.count]));
      expect(answers).toHaveLength(6);
    } finally {
      await Promise.all(opened.map((database) => database.close()));
    }
  });

  it('refuses a database that is newer than the program, in one sentence, and changes nothing', {
    timeout: MANY_OPEN_MS,
  }, async () => {
    fresh = await freshDatabase();
    const before = await fresh.open();
    await before.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.UTC(2100, 0)})`;
    await before.close();
    await expect(fresh.open()).rejects.toMatchObject({
      code: 'database-too-new',
      message: expect.stringMatching(
        /^The database is newer than this program \(.*2100-01-01.*\): install the newer program\.$/,
      ),
    });
    await expect(fresh.open({ migrations: 'skip' })).rejects.toMatchObject({ code: 'database-too-new' });
  });
});
