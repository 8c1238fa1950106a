import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnnouncement } from '../../src/announcements/create-announcement.ts';
import { releaseAnnouncement } from '../../src/announcements/release-announcement.ts';
import { runAnnouncements } from '../../src/announcements/run-announcements.ts';
import { cancelHearing } from '../../src/hearings/cancel-hearing.ts';
import type { Hearing } from '../../src/hearings/queries.ts';
import { hearingIntents } from '../../src/hearings/tables.ts';
import { addresses } from '../../src/residents/tables.ts';
import type { FakePerson } from '../support/bot-api/person.ts';
import type { Chat } from '../support/bot-api/world.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenHearing, givenResident } from '../support/given.ts';
import { GroupStage } from './group-stage.ts';

const database = useDatabase();
let stage: GroupStage;
let chat: Chat;
let hearing: Hearing;
beforeAll(async () => {
  stage = await GroupStage.start(database);
  chat = stage.group();
});
afterAll(() => stage.stop());

const context = () => testContext(database.db, { clock: stage.clock });
const account = () => String(stage.api.bot.id);

/** The notice of a hearing stands in the group of a village. */
async function announcedIn(group: Chat): Promise<Hearing> {
  const ctx = context();
  const municipality = await stage.municipality();
  const externalId = String(group.id);
  await database.db.insert(addresses).values({
    ...{ channel: 'telegram', account: account(), externalId, groupVillageId: 'mantysh', groupTitle: 'Мантыш' },
    ...{ linkedBy: 'operator:test', linkedAt: ctx.clock.now() },
  });
  const one = await givenHearing(ctx, municipality, { draftUrl: 'https://karasuu.kg/d' });
  const { id: announcementId } = await createAnnouncement(ctx, {
    municipalityId: municipality.id,
    kind: 'hearing',
    hearingId: one.id,
    ladder: ['now'],
    audience: { groups: [`telegram:${externalId}`] },
  });
  const mediaDir = `${database.dataDir}/media`;
  await releaseAnnouncement(ctx, { announcementId, mediaDir });
  await runAnnouncements({ ctx, mediaDir });
  await expect.poll(() => stage.settled().then(() => group.happenings.length)).toBeGreaterThan(0);
  return one;
}

async function neighbour(id: number): Promise<FakePerson> {
  const [person] = stage.api.acquaintances([id]);
  if (person === undefined) throw new Error('nobody there');
  const address = { channel: 'telegram', account: account(), id: String(id) } as const;
  await givenResident(context(), { address, villageId: 'mantysh' });
  return person;
}

const intents = () => database.db.select().from(hearingIntents);

describe('a tap on a notice in a group', () => {
  it('is on the buttons that the notice has there too', async () => {
    hearing = await announcedIn(chat);
    expect(
      chat.happenings
        .at(-1)
        ?.message.buttons.flat()
        .map(({ text }) => text),
    ).toEqual(['Келем', 'Келе албайм', 'Долбоорду окуу']);
  });

  it('counts for the one who tapped, who hears of it apart; the group hears nothing', async () => {
    const person = await neighbour(701);
    const apart = stage.hears(person.chat, async () => {
      expect(await stage.hears(chat, () => person.taps('Келем', chat))).toEqual([]);
    });
    expect(await apart).toEqual([
      [
        'Коомдук угуу: Биргелешкен аракеттер планы, 20-декабрь, жекшемби',
        'Рахмат, күтөбүз! Оюңуз өзгөрсө, «Келе албайм» дегенди тандаңыз. [Келе албайм]',
      ].join('\n'),
    ]);
    expect(await intents()).toMatchObject([{ hearingId: hearing.id, intent: 'coming' }]);
    expect(await stage.hears(person.chat, () => person.taps('Келем', chat))).toEqual([]);
  });

  it('is taken back by another one; the question is asked in the chat of the person', async () => {
    const person = await neighbour(702);
    await stage.hears(chat, () => person.taps('Келем', chat));
    await stage.hears(chat, () => person.taps('Келе албайм', chat));
    // a chat gets one message a second
    const last = () => stage.settled().then(() => person.chat.happenings.at(-1)?.message);
    const offered = {
      text: expect.stringContaining('төмөндөн тандап'),
      buttons: [[{ text: 'Суроо, сунуш жазуу' }]],
    };
    await expect.poll(last).toMatchObject(offered);
    const [asked = ''] = await stage.hears(person.chat, () => person.taps('Суроо, сунуш жазуу'));
    expect(asked).toContain('Сурооңузду же сунушуңузду жазыңыз');
    const [kept = ''] = await stage.hears(person.chat, () => person.sends('Жолго акча барбы?'));
    expect(kept).toContain('Рахмат, сурооңузду угууга жеткиребиз.');
    expect((await intents()).at(-1)).toMatchObject({ intent: 'not_coming' });
  });

  it('brings the draft into the chat of the person', async () => {
    const person = await neighbour(703);
    const [told = ''] = await stage.hears(person.chat, () => person.taps('Долбоорду окуу', chat));
    expect(told).toContain('[Долбоорду окуу]');
    expect(await stage.hears(person.chat, () => person.taps('Долбоорду окуу'))).toEqual([
      'Долбоорду ушул жерден окуңуз: https://karasuu.kg/d',
    ]);
  });

  it('may be a number that answers the notice, also of an officer who is asked something else there', async () => {
    const officer = await stage.member(508, 'officer');
    const replyTo = chat.messages().find(({ fromId }) => fromId === null)?.id ?? 0;
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    const before = (await intents()).length;
    expect(await stage.hears(chat, () => officer.sends('2', { chat, replyTo }))).toEqual([]);
    expect((await intents()).slice(before)).toMatchObject([{ intent: 'not_coming' }]);
  });

  it('of a stranger is answered by nothing, and nothing of it is kept', async () => {
    const before = await intents();
    const stranger = stage.api.user(799);
    expect(await stage.hears(chat, () => stranger.taps('Келем', chat))).toEqual([]);
    expect(await intents()).toEqual(before);
  });

  it('of somebody who has proposed something there, but not consented, is a stranger’s', async () => {
    const author = stage.api.user(798);
    expect(await stage.hears(chat, () => author.sends('/propose Көчөдө жарык жок', { chat }))).toHaveLength(1);
    const before = await intents();
    expect(await stage.hears(chat, () => author.taps('Келем', chat))).toEqual([]);
    expect(await intents()).toEqual(before);
  });

  it('comes too late for a hearing that is called off: nobody is disturbed', async () => {
    const person = await neighbour(704);
    await cancelHearing(context(), { hearingId: hearing.id, reason: 'Кар' });
    const before = await intents();
    expect(await stage.hears(person.chat, () => person.taps('Келем', chat))).toEqual([]);
    expect(await intents()).toEqual(before);
  });
});
