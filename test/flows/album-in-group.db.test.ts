import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { media } from '../../src/messaging/tables.ts';
import { proposalAttachments, proposals } from '../../src/proposals/tables.ts';
import type { FakePerson } from '../support/bot-api/person.ts';
import { everything } from '../support/talk.ts';
import { useVillageGroup } from './village-group.ts';

const village = useVillageGroup();
const WORDS = 'Жол чуңкур, машина өтпөйт';
/** An album of three, whose part at `at` has the caption. */
const sends = (
  person: FakePerson,
  albumId: string,
  { at = 0, caption = `#сунуш ${WORDS}`, anonymous = false } = {},
) => {
  const whose = anonymous ? ({ anonymous: true } as const) : {};
  for (let n = 0; n < 3; n++) {
    const words = n === at ? { caption } : {};
    person.sendsPhoto(Buffer.from(`${albumId} ${n}`), { chat: village.chat, albumId, ...words, ...whose });
  }
};
const filesOf = async ({ id }: { id: number }) =>
  village.database.db
    .select({ chatId: media.chatId, personId: media.personId })
    .from(proposalAttachments)
    .innerJoin(media, eq(media.id, proposalAttachments.mediaId))
    .where(eq(proposalAttachments.proposalId, id));

describe('an album in a group whose caption has the tag', () => {
  it.each([0, 1, 2])('is one proposal with all its files and one receipt, the tag below part %i', async (at) => {
    const person = village.stranger();
    const before = await village.count();
    const answers = await village.inGroup(() => sends(person, `album-${at}`, { at }));
    const stored = await village.last();
    expect(answers).toEqual([expect.stringContaining(stored.number)]);
    expect(await village.count()).toBe(before + 1);
    expect(stored.text).toBe(WORDS);
    const alone = { chatId: String(person.id), personId: String(person.id) };
    expect(await filesOf(stored)).toEqual([alone, alone, alone]);
  });

  it('is whole too where an administrator writes in the name of the group', async () => {
    await village.inGroup(() => sends(village.stranger(), 'album-anonymous', { anonymous: true }));
    expect(await filesOf(await village.last())).toHaveLength(3);
  });

  it('leaves no file behind that comes when somebody works on the proposal already', async () => {
    const person = village.stranger();
    const photo = { chat: village.chat, albumId: 'album-late' };
    await village.inGroup(() => person.sendsPhoto(Buffer.from('1'), { ...photo, caption: `#сунуш ${WORDS}` }));
    const stored = await village.last();
    await village.database.db.update(proposals).set({ status: 'in_review' }).where(eq(proposals.id, stored.id));
    const before = await village.database.db.$count(media);
    expect(await village.inGroup(() => person.sendsPhoto(Buffer.from('2'), photo))).toEqual([]);
    expect(await village.database.db.$count(media)).toBe(before);
    expect(await filesOf(stored)).toHaveLength(1);
  });
});

describe('an album in a group without the tag', () => {
  it('is stored nowhere, also beside one of the same person that has it', async () => {
    const person = village.stranger();
    const talks = (albumId: string) => () => sends(person, albumId, { caption: 'Маектешүү сүрөтү' });
    expect(await village.inGroup(talks('Маектешүү 1'))).toEqual([]);
    expect(await everything({ db: village.database.db })).not.toContain(String(person.id));
    await village.inGroup(() => {
      sends(person, 'album-beside');
      talks('Маектешүү 2')();
    });
    expect(await filesOf(await village.last())).toHaveLength(3);
    expect(await everything({ db: village.database.db })).not.toContain('Маектешүү');
  });
});
