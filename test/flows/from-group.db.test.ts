import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { translator } from '../../src/core/texts.ts';
import { inbox, media } from '../../src/messaging/tables.ts';
import { proposalAttachments, proposals } from '../../src/proposals/tables.ts';
import { residents } from '../../src/residents/tables.ts';
import { everything } from '../support/talk.ts';
import { useVillageGroup } from './village-group.ts';

const village = useVillageGroup();
const t = translator('ky');
const DAY_MS = 24 * 60 * 60 * 1000;
const LINK = 'https://t.me/sunush_test_bot?start=my';

describe('a tagged message in a linked group', () => {
  it.each([
    ['a hashtag', '#сунуш Көчөдө жарык жок', 'Көчөдө жарык жок'],
    ['a hashtag behind the words', 'Көчөдө жарык жок #Сунуш', 'Көчөдө жарык жок'],
    ['the word and a colon', 'Сунуш: Көчөдө жарык жок', 'Көчөдө жарык жок'],
    ['the command', '/propose Көчөдө жарык жок', 'Көчөдө жарык жок'],
    ['the command that names the bot', '/propose@sunush_test_bot Көчөдө жарык жок', 'Көчөдө жарык жок'],
  ])('becomes a proposal of its author in the village of the group: %s', async (_, said, text) => {
    const person = village.stranger();
    const [answer, ...more] = await village.inGroup(() => person.sends(said, { chat: village.chat }));
    const stored = await village.last();
    expect(answer).toBe(`Катталды: ${stored.number}. Толуктоо үчүн бизге жеке жазыңыз: ${LINK}`);
    expect(more).toEqual([]);
    expect(stored).toMatchObject({ source: 'group', channel: 'telegram', villageId: 'kyzyl-dobo', text });
    expect(stored).toMatchObject({ sectorId: 'lighting', sectorDue: false, status: 'received', language: 'ky' });
    expect(stored.residentId).toBe((await village.residentOf(person))?.id);
  });

  it('is answered in the language that it is written in, below it', async () => {
    const person = village.stranger();
    const [answer] = await village.inGroup(() =>
      person.sends('#предложение на улице нет света', { chat: village.chat }),
    );
    const { number, language } = await village.last();
    expect([language, answer]).toEqual(['ru', translator('ru')('group-receipt', { number, link: LINK })]);
    const [said, receipt] = village.chat.messages().slice(-2);
    expect(receipt?.replyTo).toBe(said?.id);
  });

  it('of somebody who has consented is complete at once, in the village of the group', async () => {
    const person = await village.villager();
    await village.inGroup(() => person.sends('#сунуш Көпүрө бузулуп калды, жол жок', { chat: village.chat }));
    expect(await village.last()).toMatchObject({ villageId: 'kyzyl-dobo', consentDueAt: null, sectorDue: false });
    expect(person.received()).toEqual([]);
  });

  it('is asked about alone where the words tell no sector', async () => {
    const person = await village.villager();
    await village.inGroup(() => person.sends('#сунуш Баарыбыз үчүн жакшы иш кылалычы', { chat: village.chat }));
    const { number } = await village.last();
    expect(await village.last()).toMatchObject({ sectorDue: true, consentDueAt: null });
    expect(person.received().map(({ text }) => text)).toEqual([t('group-sector-due', { number })]);
    expect(await village.alone(person, () => person.taps('Толуктоо'))).toEqual([
      expect.stringContaining(t('ask-sector')),
    ]);
    const [done] = await village.alone(person, () => person.taps('Таза суу'));
    expect(done).toBe(t('group-complete', { numbers: number }));
    expect(await village.last()).toMatchObject({ sectorId: 'water', sectorDue: false });
  });

  it('takes the photo that comes with it', async () => {
    const person = village.stranger();
    await village.inGroup(() =>
      person.sendsPhoto(Buffer.from('x'), { chat: village.chat, caption: '#сунуш Жол чуңкур, машина өтпөйт' }),
    );
    const { id } = await village.last();
    const files = await village.database.db
      .select({ chatId: media.chatId, personId: media.personId, kind: media.kind })
      .from(proposalAttachments)
      .innerJoin(media, eq(media.id, proposalAttachments.mediaId))
      .where(eq(proposalAttachments.proposalId, id));
    expect(files).toEqual([{ chatId: String(person.id), personId: String(person.id), kind: 'photo' }]);
  });

  it('follows its edit without a word, until somebody works on it', async () => {
    const person = village.stranger();
    let id = 0;
    await village.inGroup(() => {
      id = person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat });
    });
    const { number } = await village.last();
    const edited = '#сунуш Көчөдө жарык жок, үч столб керек';
    expect(await village.inGroup(() => person.edits(id, edited, village.chat))).toEqual([`~ ${edited}`]);
    expect(await village.last()).toMatchObject({ number, text: 'Көчөдө жарык жок, үч столб керек' });
    expect((await village.last()).firstText).toBe('Көчөдө жарык жок');
    await village.database.db.update(proposals).set({ status: 'in_review' }).where(eq(proposals.number, number));
    await village.inGroup(() => person.edits(id, '#сунуш Башка сөз жазылды', village.chat));
    expect((await village.last()).text).toBe('Көчөдө жарык жок, үч столб керек');
  });

  it('may get its tag by an edit', async () => {
    const person = village.stranger();
    let id = 0;
    expect(await village.inGroup(() => (id = person.sends('Көчөдө жарык жок', { chat: village.chat })))).toEqual([]);
    expect(await village.inGroup(() => person.edits(id, 'Көчөдө жарык жок #сунуш', village.chat))).toEqual([
      '~ Көчөдө жарык жок #сунуш',
      expect.stringContaining((await village.last()).number),
    ]);
  });

  it('is stored once, whoever tags it and however often it comes', async () => {
    const person = village.stranger();
    const before = await village.count();
    let id = 0;
    await village.inGroup(() => {
      id = person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat });
    });
    const colleague = await village.stage.member(504, 'admin');
    const twice = () =>
      [village.officer, colleague].map((who) => who.sends('#сунуш', { chat: village.chat, replyTo: id }));
    expect(await village.inGroup(twice)).toEqual([]);
    const other = village.stranger();
    await village.inGroup(() => {
      id = other.sends('Мектептин чатыры агып атат', { chat: village.chat });
    });
    const both = () =>
      [village.officer, colleague].map((who) => who.sends('#сунуш', { chat: village.chat, replyTo: id }));
    expect(await village.inGroup(both)).toHaveLength(1);
    expect(await village.count()).toBe(before + 2);
  });

  it('is stored once where the platform brings it again under another number', async () => {
    const person = village.stranger();
    const text = '#сунуш Көчөдө жарык жок';
    let id = 0;
    await village.inGroup(() => {
      id = person.sends(text, { chat: village.chat });
    });
    const before = await village.count();
    const from = { id: person.id, is_bot: false, first_name: 'Айгүл' };
    const again = {
      message_id: id,
      date: 1,
      chat: { id: village.chat.id, type: village.chat.type, title: village.chat.title },
      from,
      text,
    };
    expect(await village.inGroup(() => village.stage.api.updates.add('message', again, village.chat.id))).toEqual([]);
    expect(await village.count()).toBe(before);
  });

  it('of a blocked sender is answered with silence', async () => {
    const person = await village.villager();
    const resident = await village.residentOf(person);
    await village.database.db
      .update(residents)
      .set({ blockedAt: new Date() })
      .where(eq(residents.id, resident?.id ?? 0));
    const before = await village.count();
    expect(await village.inGroup(() => person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat }))).toEqual([]);
    expect(await village.count()).toBe(before);
  });

  it('of an administrator in the name of the group has no author', async () => {
    const person = village.stranger();
    const [answer] = await village.inGroup(() =>
      person.sends('/propose Көчөдө жарык жок', { chat: village.chat, anonymous: true }),
    );
    const { number, residentId, consentDueAt } = await village.last();
    expect([answer, residentId, consentDueAt]).toEqual([`Катталды: ${number}.`, null, null]);
  });

  it('without a need is told how, once a day', async () => {
    const person = village.stranger();
    const hint = 'Сунушту ушундай жазыңыз: /propose көчөдө жарык жок';
    expect(await village.inGroup(() => person.sends('/propose', { chat: village.chat }))).toEqual([hint]);
    expect(await village.inGroup(() => person.sends('#сунуш рахмат', { chat: village.chat }))).toEqual([]);
    village.stage.clock.pass(DAY_MS);
    expect(await village.inGroup(() => person.sends('#сунуш', { chat: village.chat }))).toEqual([hint]);
  });

  it('without a need leaves nothing of its author once a day has passed', async () => {
    const person = village.stranger();
    await village.inGroup(() => person.sends('#сунуш', { chat: village.chat }));
    const kept = () => everything({ db: village.database.db });
    expect(await kept()).toContain(String(person.id));
    village.stage.clock.pass(DAY_MS);
    await village.stage.sweep();
    expect(await kept()).not.toContain(String(person.id));
  });

  it('gets one answer each when many come at once', async () => {
    const crowd = Array.from({ length: 12 }, () => village.stranger());
    const before = await village.count();
    const said = () =>
      crowd.forEach((person, n) => void person.sends(`#сунуш ${n}-үйдө суу жок`, { chat: village.chat }));
    const answers = await village.inGroup(said);
    expect(new Set(answers).size).toBe(12);
    expect(await village.count()).toBe(before + 12);
  });
});

describe('a group that is linked to no village', () => {
  it('takes nothing, and says nothing', async () => {
    const unlinked = village.stage.group();
    const before = await village.count();
    for (const who of [village.stranger(), village.officer])
      expect(
        await village.stage.hears(unlinked, () => who.sends('#сунуш Көчөдө уламыш жарык жок', { chat: unlinked })),
      ).toEqual([]);
    expect(await village.count()).toBe(before);
    expect(await everything({ db: village.database.db })).not.toContain('уламыш');
  });
});

describe('all else that is said in a linked group', () => {
  it('is stored nowhere, in no table', async () => {
    const person = village.stranger();
    const say = (text: string, more = {}) => person.sends(text, { chat: village.chat, ...more });
    let talk = 0;
    await village.inGroup(() => {
      talk = say('Маектешүү: кечээ суу болгон жок');
      say('Маектешүү: сунуш жакшы экен');
      person.sendsPhoto(Buffer.from('x'), { chat: village.chat, caption: 'Маектешүү сүрөтү' });
      person.sendsDocument(Buffer.from('x'), { chat: village.chat, name: 'Маектешүү.pdf' });
      person.sendsLocation(42, 75, { chat: village.chat });
      say('/inbox Маектешүү', { replyTo: talk });
      say('/propose@other_bot Маектешүү');
      person.sendsRaw({ text: '#сунуш Маектешүү суу жок', forward_origin: {} }, { chat: village.chat });
    });
    const other = village.stranger();
    // what stands before a tagged message goes with it only where the tag alone is said
    const [answer] = await village.inGroup(() =>
      other.sends('#сунуш Көчөдө жарык жок', { chat: village.chat, replyTo: talk }),
    );
    expect(answer).toContain((await village.last()).number);
    expect(await village.inGroup(() => other.sends('#сунуш', { chat: village.chat, replyTo: talk }))).toEqual([]);
    await village.inGroup(() => person.edits(talk, 'Маектешүү: кечээ суу болду', village.chat));
    expect(await village.residentOf(person)).toBeNull();
    const stored = await everything({ db: village.database.db });
    expect(stored).not.toContain('Маектешүү');
    expect(stored).not.toContain(String(person.id));
    expect(await village.database.db.$count(inbox, eq(inbox.status, 'parked'))).toBe(0);
  });
});
