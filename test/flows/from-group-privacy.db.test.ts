import { desc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { proposals } from '../../src/proposals/tables.ts';
import type { FakePerson } from '../support/bot-api/person.ts';
import type { Chat } from '../support/bot-api/world.ts';
import { useDatabase } from '../support/database.ts';
import { GroupStage } from './group-stage.ts';

// Telegram shows a bot that is no administrator commands and answers to it only

const database = useDatabase();
let stage: GroupStage;
let officer: FakePerson;
let chat: Chat;

beforeAll(async () => {
  stage = await GroupStage.start(database);
  officer = await stage.member(501, 'officer');
});
afterAll(() => stage.stop());
beforeEach(async () => {
  chat = stage.group();
  await stage.hears(chat, () => officer.sends('/link mantysh', { chat }));
});

const inChat = (work: () => unknown) => stage.hears(chat, work);
async function last() {
  const [row] = await database.db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
  return row;
}

it('takes what stands behind the command', async () => {
  const person = stage.api.user(601);
  const [answer] = await inChat(() => person.sends('/propose Көчөдө жарык жок', { chat }));
  expect(await last()).toMatchObject({ text: 'Көчөдө жарык жок', source: 'group' });
  expect(answer).toContain((await last())?.number);
});

it('takes the message that an officer answers with the command', async () => {
  const person = stage.api.user(602);
  let id = 0;
  expect(
    await inChat(() => {
      id = person.sends('Мектептин чатыры агып атат', { chat });
    }),
  ).toEqual([]);
  await inChat(() => officer.sends('/propose@sunush_test_bot', { chat, replyTo: id }));
  expect(await last()).toMatchObject({ text: 'Мектептин чатыры агып атат', enteredBy: 'staff:1' });
});

it('takes an answer to the bot that is tagged', async () => {
  const person = stage.api.user(603);
  const own = chat.messages().find(({ fromId }) => fromId === null)?.id ?? 0;
  await inChat(() => person.sends('#сунуш Клубга эшик керек', { chat, replyTo: own }));
  expect(await last()).toMatchObject({ text: 'Клубга эшик керек' });
});

it('never hears a hashtag', async () => {
  const before = await last();
  expect(await inChat(() => stage.api.user(604).sends('#сунуш Көпүрө керек', { chat }))).toEqual([]);
  expect(await last()).toEqual(before);
});
