import { and, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import { translator } from '../../src/core/texts.ts';
import { inbox, media } from '../../src/messaging/tables.ts';
import { eraseUnagreed } from '../../src/privacy/erase-unagreed.ts';
import { getCard } from '../../src/proposals/read-card.ts';
import { proposalAttachments, proposals } from '../../src/proposals/tables.ts';
import { addresses, residents } from '../../src/residents/tables.ts';
import type { FakePerson } from '../support/bot-api/person.ts';
import type { Chat } from '../support/bot-api/world.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenResident } from '../support/given.ts';
import { everything } from '../support/talk.ts';
import { GroupStage } from './group-stage.ts';

const database = useDatabase();
const t = translator('ky');
const DAY_MS = 24 * 60 * 60 * 1000;
const LINK = 'https://t.me/sunush_test_bot?start=my';
let stage: GroupStage;
let officer: FakePerson;
let chat: Chat;
let people = 77_000_000;

beforeAll(async () => {
  // the bot is an administrator of the groups: it hears everything
  stage = await GroupStage.start(database, false);
  officer = await stage.member(501, 'officer');
  await stage.member(502, 'working-group');
  await stage.member(503, 'deputy');
});
afterAll(() => stage.stop());
beforeEach(async () => {
  chat = stage.group();
  await stage.hears(chat, () => officer.sends('/link kyzyl-dobo', { chat }));
});

/** Somebody who never wrote to the bot: it cannot write to them either. */
function stranger(): FakePerson {
  people += 1;
  return stage.api.user(people);
}
const keyOf = (person: FakePerson) =>
  ({ channel: 'telegram', account: String(stage.api.bot.id), id: String(person.id) }) as const;
/** Who consented in a chat of their own, in Ortok. */
async function villager(): Promise<FakePerson> {
  people += 1;
  const [person] = stage.api.acquaintances([people]);
  if (person === undefined) throw new Error('nobody there');
  await givenResident(testContext(database.db), { address: keyOf(person), villageId: 'ortok' });
  return person;
}
const inChat = (work: () => unknown) => stage.hears(chat, work);
const alone = (person: FakePerson, work: () => unknown) => stage.hears(person.chat, work);
const count = () => database.db.$count(proposals);
async function last() {
  const [row] = await database.db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
  if (row === undefined) throw new Error('there is no proposal');
  return row;
}
async function residentOf(person: FakePerson) {
  const { channel, account, id } = keyOf(person);
  const at = and(eq(addresses.channel, channel), eq(addresses.account, account), eq(addresses.externalId, id));
  const [found] = await database.db
    .select({ resident: residents })
    .from(addresses)
    .innerJoin(residents, eq(residents.id, addresses.residentId))
    .where(at);
  return found?.resident ?? null;
}
const sweep = () => eraseUnagreed({ ...testContext(database.db), clock: stage.clock });

describe('a tagged message in a linked group', () => {
  it.each([
    ['a hashtag', '#сунуш Көчөдө жарык жок', 'Көчөдө жарык жок'],
    ['a hashtag behind the words', 'Көчөдө жарык жок #Сунуш', 'Көчөдө жарык жок'],
    ['the word and a colon', 'Сунуш: Көчөдө жарык жок', 'Көчөдө жарык жок'],
    ['the command', '/propose Көчөдө жарык жок', 'Көчөдө жарык жок'],
    ['the command that names the bot', '/propose@sunush_test_bot Көчөдө жарык жок', 'Көчөдө жарык жок'],
  ])('becomes a proposal of its author in the village of the group: %s', async (_, said, text) => {
    const person = stranger();
    const [answer, ...more] = await inChat(() => person.sends(said, { chat }));
    const stored = await last();
    expect(answer).toBe(`Катталды: ${stored.number}. Толуктоо үчүн бизге жеке жазыңыз: ${LINK}`);
    expect(more).toEqual([]);
    expect(stored).toMatchObject({ source: 'group', channel: 'telegram', villageId: 'kyzyl-dobo', text });
    expect(stored).toMatchObject({ sectorId: 'lighting', sectorDue: false, status: 'received', language: 'ky' });
    expect(stored.residentId).toBe((await residentOf(person))?.id);
  });

  it('is answered in the language that it is written in, below it', async () => {
    const person = stranger();
    const [answer] = await inChat(() => person.sends('#предложение на улице нет света', { chat }));
    const { number, language } = await last();
    expect([language, answer]).toEqual(['ru', translator('ru')('group-receipt', { number, link: LINK })]);
    const [said, receipt] = chat.messages().slice(-2);
    expect(receipt?.replyTo).toBe(said?.id);
  });

  it('of somebody who has consented is complete at once, in the village of the group', async () => {
    const person = await villager();
    await inChat(() => person.sends('#сунуш Көпүрө бузулуп калды, жол жок', { chat }));
    expect(await last()).toMatchObject({ villageId: 'kyzyl-dobo', consentDueAt: null, sectorDue: false });
    expect(person.received()).toEqual([]);
  });

  it('is asked about alone where the words tell no sector', async () => {
    const person = await villager();
    await inChat(() => person.sends('#сунуш Баарыбыз үчүн жакшы иш кылалычы', { chat }));
    const { number } = await last();
    expect(await last()).toMatchObject({ sectorDue: true, consentDueAt: null });
    expect(person.received().map(({ text }) => text)).toEqual([t('group-sector-due', { number })]);
    expect(await alone(person, () => person.taps('Толуктоо'))).toEqual([expect.stringContaining(t('ask-sector'))]);
    const [done] = await alone(person, () => person.taps('Таза суу'));
    expect(done).toBe(t('group-complete', { numbers: number }));
    expect(await last()).toMatchObject({ sectorId: 'water', sectorDue: false });
  });

  it('takes the photo that comes with it', async () => {
    const person = stranger();
    await inChat(() => person.sendsPhoto(Buffer.from('x'), { chat, caption: '#сунуш Жол чуңкур, машина өтпөйт' }));
    const { id } = await last();
    const files = await database.db
      .select({ chatId: media.chatId, personId: media.personId, kind: media.kind })
      .from(proposalAttachments)
      .innerJoin(media, eq(media.id, proposalAttachments.mediaId))
      .where(eq(proposalAttachments.proposalId, id));
    expect(files).toEqual([{ chatId: String(person.id), personId: String(person.id), kind: 'photo' }]);
  });

  it('follows its edit without a word, until somebody works on it', async () => {
    const person = stranger();
    let id = 0;
    await inChat(() => {
      id = person.sends('#сунуш Көчөдө жарык жок', { chat });
    });
    const { number } = await last();
    const edited = '#сунуш Көчөдө жарык жок, үч столб керек';
    expect(await inChat(() => person.edits(id, edited, chat))).toEqual([`~ ${edited}`]);
    expect(await last()).toMatchObject({ number, text: 'Көчөдө жарык жок, үч столб керек' });
    expect((await last()).firstText).toBe('Көчөдө жарык жок');
    await database.db.update(proposals).set({ status: 'in_review' }).where(eq(proposals.number, number));
    await inChat(() => person.edits(id, '#сунуш Башка сөз жазылды', chat));
    expect((await last()).text).toBe('Көчөдө жарык жок, үч столб керек');
  });

  it('may get its tag by an edit', async () => {
    const person = stranger();
    let id = 0;
    expect(await inChat(() => (id = person.sends('Көчөдө жарык жок', { chat })))).toEqual([]);
    expect(await inChat(() => person.edits(id, 'Көчөдө жарык жок #сунуш', chat))).toEqual([
      '~ Көчөдө жарык жок #сунуш',
      expect.stringContaining((await last()).number),
    ]);
  });

  it('is stored once, whoever tags it and however often it comes', async () => {
    const person = stranger();
    const before = await count();
    let id = 0;
    await inChat(() => {
      id = person.sends('#сунуш Көчөдө жарык жок', { chat });
    });
    const colleague = await stage.member(504, 'admin');
    const twice = () => [officer, colleague].map((who) => who.sends('#сунуш', { chat, replyTo: id }));
    expect(await inChat(twice)).toEqual([]);
    const other = stranger();
    await inChat(() => {
      id = other.sends('Мектептин чатыры агып атат', { chat });
    });
    const both = () => [officer, colleague].map((who) => who.sends('#сунуш', { chat, replyTo: id }));
    expect(await inChat(both)).toHaveLength(1);
    expect(await count()).toBe(before + 2);
  });

  it('is stored once where the platform brings it again under another number', async () => {
    const person = stranger();
    const text = '#сунуш Көчөдө жарык жок';
    let id = 0;
    await inChat(() => {
      id = person.sends(text, { chat });
    });
    const before = await count();
    const from = { id: person.id, is_bot: false, first_name: 'Айгүл' };
    const again = { message_id: id, date: 1, chat: { id: chat.id, type: chat.type, title: chat.title }, from, text };
    expect(await inChat(() => stage.api.updates.add('message', again, chat.id))).toEqual([]);
    expect(await count()).toBe(before);
  });

  it('of a blocked sender is answered with silence', async () => {
    const person = await villager();
    const resident = await residentOf(person);
    await database.db
      .update(residents)
      .set({ blockedAt: new Date() })
      .where(eq(residents.id, resident?.id ?? 0));
    const before = await count();
    expect(await inChat(() => person.sends('#сунуш Көчөдө жарык жок', { chat }))).toEqual([]);
    expect(await count()).toBe(before);
  });

  it('of an administrator in the name of the group has no author', async () => {
    const person = stranger();
    const [answer] = await inChat(() => person.sends('/propose Көчөдө жарык жок', { chat, anonymous: true }));
    const { number, residentId, consentDueAt } = await last();
    expect([answer, residentId, consentDueAt]).toEqual([`Катталды: ${number}.`, null, null]);
  });

  it('without a need is told how, once a day', async () => {
    const person = stranger();
    const hint = 'Сунушту ушундай жазыңыз: /propose көчөдө жарык жок';
    expect(await inChat(() => person.sends('/propose', { chat }))).toEqual([hint]);
    expect(await inChat(() => person.sends('#сунуш рахмат', { chat }))).toEqual([]);
    stage.clock.pass(DAY_MS);
    expect(await inChat(() => person.sends('#сунуш', { chat }))).toEqual([hint]);
  });

  it('gets one answer each when many come at once', async () => {
    const crowd = Array.from({ length: 12 }, () => stranger());
    const before = await count();
    const said = () => crowd.forEach((person, n) => void person.sends(`#сунуш ${n}-үйдө суу жок`, { chat }));
    const answers = await inChat(said);
    expect(new Set(answers).size).toBe(12);
    expect(await count()).toBe(before + 12);
  });
});

describe('an answer of the tag', () => {
  it('by an officer makes a proposal of the message, by its author', async () => {
    const person = stranger();
    let id = 0;
    await inChat(() => {
      id = person.sends('Мектептин чатыры агып атат', { chat });
    });
    const [answer] = await inChat(() => officer.sends('#сунуш', { chat, replyTo: id }));
    const stored = await last();
    expect(answer).toContain(stored.number);
    expect(chat.messages().at(-1)?.replyTo).toBe(id);
    expect(stored).toMatchObject({ text: 'Мектептин чатыры агып атат', enteredBy: 'staff:1', source: 'group' });
    expect(stored.residentId).toBe((await residentOf(person))?.id);
    expect(officer.received().filter(({ text }) => text.includes(stored.number))).toEqual([]);
  });

  it('by its author counts too, by anybody else it does not', async () => {
    const person = stranger();
    let id = 0;
    await inChat(() => {
      id = person.sends('Мектептин чатыры агып атат', { chat });
    });
    const before = await count();
    for (const who of [stranger(), stage.api.user(502), stage.api.user(503)])
      expect(await inChat(() => who.sends('#сунуш', { chat, replyTo: id }))).toEqual([]);
    expect(await count()).toBe(before);
    expect(await inChat(() => person.sends('сунуш:', { chat, replyTo: id }))).toHaveLength(1);
    expect(await last()).toMatchObject({ text: 'Мектептин чатыры агып атат', enteredBy: null });
  });

  it('with words of its own is a proposal of whoever wrote it, and the other message is not stored', async () => {
    const person = stranger();
    let id = 0;
    await inChat(() => {
      id = person.sends('Мектептин чатыры агып атат', { chat });
    });
    await inChat(() => officer.sends('#сунуш Клубга жаңы эшик керек', { chat, replyTo: id }));
    expect((await last()).text).toBe('Клубга жаңы эшик керек');
    expect(await residentOf(person)).toBeNull();
  });

  it('to the bot is a proposal where it has words, else it is told how', async () => {
    const person = stranger();
    const own = chat.messages().find(({ fromId }) => fromId === null)?.id ?? 0;
    expect(await inChat(() => person.sends('#сунуш', { chat, replyTo: own }))).toEqual([
      t('group-how', { tag: '/propose' }),
    ]);
    const [answer] = await inChat(() => person.sends('сунуш: көчөдө жарык жок', { chat, replyTo: own }));
    expect(answer).toContain((await last()).number);
  });
});

describe('the author of a proposal from a group', () => {
  it('is asked alone for language, consent and sector, whatever they write first', async () => {
    const person = stranger();
    await inChat(() => person.sends('#сунуш Баарыбыз үчүн жакшы иш кылалычы', { chat }));
    const { number: numbers } = await last();
    const before = await residentOf(person);
    expect(before).toMatchObject({ name: null, consentAt: null, villageId: 'kyzyl-dobo' });
    stage.api.acquaintances([person.id]);
    expect(await alone(person, () => person.sends('/start my'))).toEqual([expect.stringContaining('Кыргызча')]);
    const [asked, consent] = await alone(person, () => person.taps('Русский'));
    expect(asked).toBe(translator('ru')('group-consent-ask', { numbers }));
    expect(consent).toContain('Согласен');
    const [sector] = await alone(person, () => person.taps(/^Соглас/));
    expect(sector).toContain(translator('ru')('ask-sector'));
    const [done, sex] = await alone(person, () => person.taps('Питьевая вода'));
    expect(done).toBe(translator('ru')('group-complete', { numbers }));
    expect(sex).toContain(translator('ru')('ask-sex'));
    expect(await residentOf(person)).toMatchObject({
      id: before?.id,
      language: 'ru',
      consentVersion: expect.anything(),
    });
    expect((await residentOf(person))?.name).not.toBeNull();
    expect(await last()).toMatchObject({ sectorId: 'water', sectorDue: false });
    stage.clock.pass(8 * DAY_MS);
    await sweep();
    expect(await last()).toMatchObject({ residentId: before?.id, consentDueAt: null });
  });

  it('may leave it for later, and is asked again', async () => {
    const person = stranger();
    await inChat(() => person.sends('#сунуш Көчөдө жарык жок', { chat }));
    await alone(person, () => person.sends('салам'));
    await alone(person, () => person.taps('Кыргызча'));
    expect(await alone(person, () => person.sends('токтот'))).toEqual([t('group-later')]);
    expect(await alone(person, () => person.sends('салам'))).toEqual([expect.stringContaining('Кыргызча')]);
  });

  it('consents as well by a proposal of their own, which goes first', async () => {
    const person = stranger();
    await inChat(() => person.sends('#сунуш Көчөдө жарык жок', { chat }));
    const { number, residentId } = await last();
    const asked = await alone(person, () => person.sends('Клубга жаңы эшик керек'));
    expect(asked).toEqual([expect.stringContaining('Макулмун')]);
    await alone(person, () => person.taps('Макулмун'));
    await alone(person, () => person.taps('Жөнөтүү'));
    stage.clock.pass(8 * DAY_MS);
    await sweep();
    const [kept] = await database.db.select().from(proposals).where(eq(proposals.number, number));
    expect(kept).toMatchObject({ residentId, consentDueAt: null });
  });

  it('who refuses is erased at once, and the words stay', async () => {
    const person = stranger();
    await inChat(() => person.sends('#сунуш Көчөдө жарык жок', { chat }));
    const { number, id } = await last();
    await alone(person, () => person.sends('салам'));
    await alone(person, () => person.taps('Кыргызча'));
    expect(await alone(person, () => person.taps(t('btn-no')))).toEqual([t('group-consent-no', { numbers: number })]);
    expect(await residentOf(person)).toBeNull();
    const [row] = await database.db.select().from(proposals).where(eq(proposals.id, id));
    expect(row).toMatchObject({ residentId: null, messageRef: null, text: 'Көчөдө жарык жок' });
    expect(await everything({ db: database.db })).not.toContain(String(person.id));
  });

  it('is erased when the days have passed without a consent, not before', async () => {
    const person = stranger();
    await inChat(() => person.sendsPhoto(Buffer.from('x'), { chat, caption: '#сунуш Көчөдө жарык жок' }));
    const { id, number } = await last();
    const municipality = await stage.municipality();
    const card = () => getCard(database.db, { proposalId: id, municipalityId: municipality.id });
    expect(await card()).toMatchObject({
      source: 'group',
      consentDueAt: expect.any(String),
      author: { blocked: false },
    });
    stage.clock.pass(7 * DAY_MS - 60_000);
    await sweep();
    expect((await card()).author).not.toBeNull();
    stage.clock.pass(2 * 60_000);
    await sweep();
    expect(await card()).toMatchObject({ number, text: 'Көчөдө жарык жок', author: null, consentDueAt: null });
    expect(await residentOf(person)).toBeNull();
    expect(await everything({ db: database.db })).not.toContain(String(person.id));
    const done = await database.db.select().from(auditLog).where(eq(auditLog.action, 'proposal.erase-author'));
    expect(done.map(({ subject }) => subject)).toContain(`proposal:${id}`);
  });

  it('of the staff is erased from the proposal alone', async () => {
    const colleague = await stage.member(506, 'officer');
    await inChat(() => colleague.sends('#сунуш Көчөдө жарык жок', { chat }));
    const { id, number } = await last();
    expect(colleague.received().map(({ text }) => text)).toContain(t('group-consent-due', { number, days: 7 }));
    stage.clock.pass(8 * DAY_MS);
    await sweep();
    const [row] = await database.db.select().from(proposals).where(eq(proposals.id, id));
    expect(row?.residentId).toBeNull();
    expect(await residentOf(colleague)).not.toBeNull();
  });

  it('may be forgotten before they have consented', async () => {
    const person = stranger();
    await inChat(() => person.sends('#сунуш Көчөдө жарык жок', { chat }));
    const { id } = await last();
    await alone(person, () => person.sends('/forget'));
    await alone(person, () => person.taps(/Ооба|өчүр/i));
    expect(await residentOf(person)).toBeNull();
    const [row] = await database.db.select().from(proposals).where(eq(proposals.id, id));
    expect(row).toMatchObject({ residentId: null, consentDueAt: null, text: 'Көчөдө жарык жок' });
  });
});

describe('the card of a proposal from a group', () => {
  const card = async () => {
    const { number } = await last();
    return (await alone(officer, () => officer.sends(`/inbox ${number}`))).join('\n');
  };

  it('says where it comes from, what nobody has told, and until when the author may consent', async () => {
    const person = stranger();
    await inChat(() => person.sends('#сунуш Баарыбыз үчүн жакшы иш кылалычы', { chat }));
    const shown = await card();
    expect(shown).toContain('Telegram, группа');
    expect(shown).toContain(`Кызыл-Дөбө · ${t('inbox-sector-due')} ·`);
    expect(shown).toMatch(/Автордун макулдугун күтөбүз. Акыркы күнү: 2026-жылдын \d+-\p{L}+/u);
  });

  it('says that nobody knows its author once that is so', async () => {
    const person = stranger();
    await inChat(() => person.sends('#сунуш Көчөдө жарык жок', { chat }));
    stage.clock.pass(8 * DAY_MS);
    await sweep();
    const shown = await card();
    expect(shown).toContain(t('inbox-author-group'));
    expect(shown).not.toContain('макулдугун');
  });
});

describe('a group that is linked to no village', () => {
  it('takes nothing, and says nothing', async () => {
    const unlinked = stage.group();
    const before = await count();
    for (const who of [stranger(), officer])
      expect(
        await stage.hears(unlinked, () => who.sends('#сунуш Көчөдө уламыш жарык жок', { chat: unlinked })),
      ).toEqual([]);
    expect(await count()).toBe(before);
    expect(await everything({ db: database.db })).not.toContain('уламыш');
  });
});

describe('all else that is said in a linked group', () => {
  it('is stored nowhere, in no table', async () => {
    const person = stranger();
    const say = (text: string, more = {}) => person.sends(text, { chat, ...more });
    let talk = 0;
    await inChat(() => {
      talk = say('Маектешүү: кечээ суу болгон жок');
      say('Маектешүү: сунуш жакшы экен');
      person.sendsPhoto(Buffer.from('x'), { chat, caption: 'Маектешүү сүрөтү' });
      person.sendsDocument(Buffer.from('x'), { chat, name: 'Маектешүү.pdf' });
      person.sendsLocation(42, 75, { chat });
      say('/inbox Маектешүү', { replyTo: talk });
      say('/propose@other_bot Маектешүү');
    });
    const other = stranger();
    // what stands before a tagged message goes with it only where the tag alone is said
    const [answer] = await inChat(() => other.sends('#сунуш Көчөдө жарык жок', { chat, replyTo: talk }));
    expect(answer).toContain((await last()).number);
    expect(await inChat(() => other.sends('#сунуш', { chat, replyTo: talk }))).toEqual([]);
    await inChat(() => person.edits(talk, 'Маектешүү: кечээ суу болду', chat));
    expect(await residentOf(person)).toBeNull();
    const stored = await everything({ db: database.db });
    expect(stored).not.toContain('Маектешүү');
    expect(stored).not.toContain(String(person.id));
    expect(await database.db.$count(inbox, eq(inbox.status, 'parked'))).toBe(0);
  });
});
