import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

describe('openDatabase', () => {
  const database = useDatabase();

  it('answers a statement', async () => {
    expect(await database.db.execute(sql`select ${'сунуш'}::text as word`)).toEqual([{ word: 'сунуш' }]);
  });

  it('brings a listener what is notified', async () => {
    const heard = new Promise(
      (resolve) => void database.open.listen('replies', resolve).then(() => database.open.notify('replies', '7')),
    );
    expect(await heard).toBe('7');
  });
});
