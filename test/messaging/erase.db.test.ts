import { describe, expect, it } from 'vitest';
import type { Tx } from '../../src/core/context.ts';
import { erasePerson } from '../../src/messaging/erase.ts';
import { dropMedia } from '../../src/messaging/media.ts';
import { dialogs, inbox, media, replies } from '../../src/messaging/tables.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';

const database = useDatabase();
const address = { channel: 'telegram', account: '1', id: '7' } as const;

/** Something in every table of messaging, of the person, of a neighbour, and of the same number elsewhere. */
async function givenChats(tx: Tx) {
  const keys = [
    { channel: 'telegram', account: '1', chatId: '7', personId: '7' },
    { channel: 'telegram', account: '1', chatId: '-100', personId: '7' },
    { channel: 'telegram', account: '1', chatId: '8', personId: '8' },
    { channel: 'simulator', account: 'local', chatId: '7', personId: '7' },
  ] as const;
  for (const [at, key] of keys.entries()) {
    await tx.insert(inbox).values({ ...key, eventId: String(at), payload: { text: 'words' } });
    await tx.insert(dialogs).values({ ...key, memory: { locale: 'ky' } });
    await tx
      .insert(replies)
      .values({ channel: key.channel, account: key.account, chatId: key.chatId, content: { text: 'hello' } });
  }
  const [own] = keys;
  const files = [
    { ref: 'kept', path: '1.png', status: 'stored' },
    { ref: 'stored', path: '2.png', status: 'stored' },
    { ref: 'pending', path: null, status: 'pending' },
  ] as const;
  const rows = await tx
    .insert(media)
    .values(files.map((file) => ({ ...own, ...file, kind: 'photo' as const, uniqueRef: file.ref })))
    .returning();
  return rows.map(({ id }) => id);
}

describe('erasePerson', () => {
  it('leaves nothing of the person in any table, and everything of everybody else', () =>
    rolledBack(database.db, async (tx) => {
      const [kept = 0] = await givenChats(tx);
      await erasePerson(tx, [address], [kept]);
      const events = await tx.select().from(inbox).orderBy(inbox.id);
      expect(events.map(({ chatId, payload }) => [chatId, payload !== null])).toEqual([
        ['', false],
        ['', false],
        ['8', true],
        ['7', true],
      ]);
      const talks = await tx.select().from(dialogs).orderBy(dialogs.id);
      expect(talks.map(({ memory }) => Object.keys(memory).length)).toEqual([1, 1]);
      expect((await tx.select().from(replies)).map(({ channel, chatId }) => `${channel}:${chatId}`).toSorted()).toEqual(
        ['simulator:7', 'telegram:-100', 'telegram:8'],
      );
    }));

  it('keeps the files of proposals without the person, and gives the others to the sweeper', () =>
    rolledBack(database.db, async (tx) => {
      const [kept = 0] = await givenChats(tx);
      await erasePerson(tx, [address], [kept]);
      const rows = await tx.select().from(media).orderBy(media.id);
      expect(rows.map(({ id, status }) => [id === kept, status])).toEqual([
        [true, 'stored'],
        [false, 'refused'],
      ]);
      // also not the platform's handles of them, which may name who sent them
      for (const { ref, uniqueRef, chatId, personId } of rows)
        expect([ref, uniqueRef, chatId, personId]).toEqual(['', '', '', '']);
    }));
});

describe('dropMedia', () => {
  it('takes back the files that are named, whether they were fetched or not', () =>
    rolledBack(database.db, async (tx) => {
      const [kept = 0, ...dropped] = await givenChats(tx);
      await dropMedia({ ...testContext(database.db), tx }, dropped);
      const rows = await tx.select().from(media).orderBy(media.id);
      expect(rows.map(({ id, status, chatId }) => [id, status, chatId])).toEqual([
        [kept, 'stored', '7'],
        [dropped[0], 'refused', ''],
      ]);
    }));
});
