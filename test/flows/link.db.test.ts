import { desc, eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import { translator } from '../../src/core/texts.ts';
import { dialogs } from '../../src/messaging/tables.ts';
import { findGroup } from '../../src/residents/groups.ts';
import { addresses } from '../../src/residents/tables.ts';
import { removeStaff } from '../../src/staff/remove-staff.ts';
import { staff } from '../../src/staff/tables.ts';
import type { FakePerson } from '../support/bot-api/person.ts';
import type { Chat } from '../support/bot-api/world.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenMunicipality, givenResident } from '../support/given.ts';
import { everything } from '../support/talk.ts';
import { GroupStage } from './group-stage.ts';

const database = useDatabase();
const t = translator('ky');
let stage: GroupStage;
let officer: FakePerson;
let neighbour: FakePerson;
/** What an officer reads who has linked a group. */
const linked = (village: string) => `${t('group-linked', { village })}\n\n${READS}`;
const READS = [
  'Сунушуңузду ушул жерге жазсаңыз болот: /propose көчөдө жарык жок. Номерин бот дароо жазат.',
  'Бот «/propose» же «#сунуш» деген билдирүүлөрдү жана өзүнө жазылганды гана окуйт. Башканын сөзүнө кызматкер /propose деп жооп берсе, ал да сунуш болуп катталат. Калган сөздөр сакталбайт.',
  '«#сунуш» деген белгини жана «сунуш:» деп башталганды бот администратор болгондо гана көрөт.',
].join('\n');
const VILLAGES = 'Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа';

beforeAll(async () => {
  // the bot is an administrator of some groups: it hears everything
  stage = await GroupStage.start(database, false);
  officer = await stage.member(501, 'officer');
  neighbour = stage.api.user(601);
});
afterAll(() => stage.stop());

const addressOf = (chat: Chat) =>
  ({ channel: 'telegram', account: String(stage.api.bot.id), id: String(chat.id) }) as const;
const villageOf = async (chat: Chat) => (await findGroup(database.db, addressOf(chat)))?.villageId ?? null;
const talkIn = (chat: Chat) => (person: FakePerson, text: string) => () => person.sends(text, { chat });
const denials = () => database.db.select().from(auditLog).where(eq(auditLog.action, 'right.denied'));

describe('link in a group', () => {
  it('is explained to an officer who asks alone while there is none', async () => {
    expect(await stage.hears(officer.chat, () => officer.sends('группалар'))).toEqual([
      [
        'Кулактандыруулар келүүчү группа же канал азырынча жок.',
        '',
        'Группа кошуу үчүн ботту ошол группага кошуңуз, анан ал жакка /link деп жазыңыз.',
        'https://t.me/sunush_test_bot?startgroup=link',
        '',
        'Канал болсо, ботту администратор кылыңыз, анан каналга /link деп жазып, чыккан баскычты өзүңүз басыңыз.',
      ].join('\n'),
    ]);
  });

  it('asks the officer which village, and says in the same message what is kept', async () => {
    const chat = stage.group();
    expect(await stage.hears(chat, () => officer.sends('/link@sunush_test_bot', { chat }))).toEqual([
      `Бул жерге кайсы айылдын кулактандыруулары келсин? [${VILLAGES}|Жокко чыгаруу]`,
    ]);
    expect(await stage.hears(chat, () => officer.taps('Кызыл-Дөбө', chat))).toEqual([
      `~ Болду. Эми Кызыл-Дөбө айылынын кулактандыруулары ушул жерге келет.\n\n${READS}`,
    ]);
    const [row] = await database.db
      .select()
      .from(addresses)
      .where(eq(addresses.externalId, String(chat.id)));
    expect(row).toMatchObject({ groupVillageId: 'kyzyl-dobo', groupTitle: 'Мантыш айылы', linkedBy: 'staff:1' });
  });

  it('takes the name of a village that answers its question, and no other word', async () => {
    const chat = stage.group();
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    const replyTo = chat.messages().at(-1)?.id ?? 0;
    expect(await stage.hears(chat, () => officer.sends('Орток', { chat }))).toEqual([]);
    expect(await stage.hears(chat, () => neighbour.sends('Орток', { chat, replyTo }))).toEqual([]);
    expect(await stage.hears(chat, () => officer.sends('орток', { chat, replyTo }))).toEqual([linked('Орток')]);
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    const toLast = () => ({ chat, replyTo: chat.messages().at(-1)?.id ?? 0 });
    expect(await stage.hears(chat, () => officer.sends('2', toLast()))).toEqual([
      `${t('groups-unlink-ask', { group: 'Мантыш айылы' })} [Тизмеден чыгаруу|Жок, калсын]`,
    ]);
    expect(await stage.hears(chat, () => officer.sends('жок', toLast()))).toEqual([t('group-unchanged')]);
    expect(await villageOf(chat)).toBe('ortok');
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    await stage.hears(chat, () => officer.sends('2', toLast()));
    expect(await stage.hears(chat, () => officer.sends('ооба', toLast()))).toEqual([t('group-unlinked')]);
  });

  it('is left by going back from its question, without a menu', async () => {
    const chat = stage.group();
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    const replyTo = chat.messages().at(-1)?.id ?? 0;
    expect(await stage.hears(chat, () => officer.sends('артка', { chat, replyTo }))).toEqual([t('group-unchanged')]);
    expect(await villageOf(chat)).toBeNull();
  });

  it('speaks the language of the officer', async () => {
    const chat = stage.group('Село Орток');
    const asel = await stage.member(502, 'admin', 'ru');
    expect(await stage.hears(chat, () => asel.sends('/link', { chat }))).toEqual([
      'Объявления какого села присылать сюда? [Мантыш|Кызыл-Добо|Кара-Мойнок|Орток|Ак-Талаа|Отмена]',
    ]);
    expect(await stage.hears(chat, () => asel.taps('Орток', chat))).toEqual([
      expect.stringContaining('«/propose» или «#предложение»'),
    ]);
    const kate = await stage.member(503, 'officer', 'en');
    expect(await stage.hears(chat, () => kate.sends('/link', { chat }))).toEqual([
      'Announcements for Ortok come here. [Change the village|Remove from the list]',
    ]);
    expect(await stage.hears(chat, () => kate.taps('Remove from the list', chat))).toEqual([
      '~ Село Орток. Remove it from the list? [Remove from the list|No, keep]',
    ]);
    expect(await stage.hears(chat, () => kate.taps('Remove from the list', chat))).toEqual([
      '~ Done; announcements no longer come here.',
    ]);
  });

  it.each([
    ['by its id', '/link kara-moinok', 'kara-moinok'],
    ['by its name', '/link Кызыл Добо', 'kyzyl-dobo'],
    ['by its name, misspelled', '/link  мантиш', 'mantysh'],
  ])('takes a village that is named with it %s', async (_, text, village) => {
    const chat = stage.group();
    const [said] = await stage.hears(chat, () => officer.sends(text, { chat }));
    expect(said).toContain('Болду. Эми');
    expect(await villageOf(chat)).toBe(village);
  });

  it('asks where a name is none of a village', async () => {
    const chat = stage.group();
    const [said] = await stage.hears(chat, () => officer.sends('/link Бишкек', { chat }));
    expect(said).toContain(t('group-ask-village'));
  });

  it('begins by the link that adds the bot', async () => {
    const chat = stage.group();
    const [said] = await stage.hears(chat, () => officer.sends('/start@sunush_test_bot link', { chat }));
    expect(said).toContain(t('group-ask-village'));
  });

  it('shows to which village a group is linked, changes it and takes it back', async () => {
    const chat = stage.group();
    await stage.hears(chat, () => officer.sends('/link mantysh', { chat }));
    const shown = 'Бул жерге Мантыш айылынын кулактандыруулары келет. [Айылды өзгөртүү|Тизмеден чыгаруу]';
    expect(await stage.hears(chat, () => officer.sends('/link', { chat }))).toEqual([shown]);
    await stage.hears(chat, () => officer.taps('Айылды өзгөртүү', chat));
    expect(await stage.hears(chat, () => officer.taps('Ак-Талаа', chat))).toEqual([`~ ${linked('Ак-Талаа')}`]);
    expect(await villageOf(chat)).toBe('ak-talaa');
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    await stage.hears(chat, () => officer.taps('Айылды өзгөртүү', chat));
    expect(await stage.hears(chat, () => officer.taps('Жокко чыгаруу', chat))).toEqual([`~ ${t('group-unchanged')}`]);
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    await stage.hears(chat, () => officer.taps('Тизмеден чыгаруу', chat));
    expect(await villageOf(chat)).toBe('ak-talaa');
    expect(await stage.hears(chat, () => officer.taps('Тизмеден чыгаруу', chat))).toEqual([`~ ${t('group-unlinked')}`]);
    expect(await villageOf(chat)).toBeNull();
    const done = await database.db.select().from(auditLog).where(like(auditLog.action, 'group.%')).orderBy(auditLog.id);
    expect(done.slice(-3).map(({ actor, action, after }) => [actor, action, after])).toEqual([
      ['staff:1', 'group.link', { village: 'mantysh' }],
      ['staff:1', 'group.link', { village: 'ak-talaa' }],
      ['staff:1', 'group.unlink', { village: null }],
    ]);
  });

  it('counts the presses of the one who asked alone, and each once', async () => {
    const chat = stage.group();
    const colleague = await stage.member(504, 'officer');
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    for (const other of [colleague, neighbour])
      expect(await stage.hears(chat, () => other.taps('Орток', chat))).toEqual([]);
    expect(await villageOf(chat)).toBeNull();
    const twice = () => [officer.taps('Орток', chat), officer.taps('Орток', chat)];
    expect(await stage.hears(chat, twice)).toHaveLength(1);
    expect(await villageOf(chat)).toBe('ortok');
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    const again = () => [officer.taps('Айылды өзгөртүү', chat), officer.taps('Айылды өзгөртүү', chat)];
    expect(await stage.hears(chat, again)).toHaveLength(1);
  });

  it('tells whoever has no right so, once a day, and begins no talk with them', async () => {
    const chat = stage.group();
    const before = (await denials()).length;
    const ask = (who: FakePerson) => stage.hears(chat, () => who.sends('/link mantysh', { chat }));
    const resident = stage.api.user(602);
    await givenResident(testContext(database.db), { address: { ...addressOf(chat), id: '602' } });
    const deputy = await stage.member(505, 'deputy', 'ru');
    for (const who of [neighbour, resident]) {
      expect(await ask(who)).toEqual([t('no-right')]);
      expect(await ask(who)).toEqual([]);
    }
    expect(await ask(deputy)).toEqual([translator('ru')('no-right')]);
    expect(await ask(deputy)).toEqual([]);
    stage.clock.pass(24 * 60 * 60 * 1000);
    expect(await ask(deputy)).toHaveLength(1);
    expect((await denials()).slice(before).map(({ subject, after }) => [subject, after])).toEqual([
      [expect.stringMatching(/^resident:/), { right: 'groups.link' }],
      [expect.stringMatching(/^staff:/), { right: 'groups.link' }],
      [expect.stringMatching(/^staff:/), { right: 'groups.link' }],
    ]);
    expect(await villageOf(chat)).toBeNull();
  });

  it('is for the office of the village alone once a group is linked', async () => {
    await givenMunicipality(testContext(database.db), { code: 'AB' });
    // a new catalogue is noticed within two seconds
    const foreign = await stage.member(506, 'admin', 'ky', 'AB');
    const chat = stage.group();
    await stage.hears(chat, () => officer.sends('/link mantysh', { chat }));
    expect(await stage.hears(chat, () => foreign.sends('/link ab-upper', { chat }))).toEqual([t('no-right')]);
    expect(await stage.hears(chat, () => officer.sends('/link ab-upper', { chat }))).toEqual([t('no-right')]);
    expect(await villageOf(chat)).toBe('mantysh');
  });

  it('ends for somebody who loses the right meanwhile', async () => {
    const chat = stage.group();
    const leaving = await stage.member(507, 'officer');
    await stage.hears(chat, () => leaving.sends('/link', { chat }));
    const [member] = await database.db.select().from(staff).orderBy(desc(staff.id)).limit(1);
    const operator = testContext(database.db, { actor: { type: 'operator', name: 'root' } });
    await removeStaff(operator, { municipalityId: member?.municipalityId ?? 0, staffId: member?.id ?? 0 });
    expect(await stage.hears(chat, () => leaving.taps('Орток', chat))).toEqual([`~ ${t('no-right')}`]);
    expect(await villageOf(chat)).toBeNull();
  });

  it('forgets a question that nobody answers for a day, without a word', async () => {
    const chat = stage.group();
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    stage.clock.pass(24 * 60 * 60 * 1000);
    expect(await stage.hears(chat, () => stage.sweep())).toEqual([]);
    const talks = database.db
      .select()
      .from(dialogs)
      .where(eq(dialogs.chatId, String(chat.id)));
    expect(await talks).toEqual([]);
    expect(await stage.hears(chat, () => officer.taps('Орток', chat))).toEqual([]);
  });

  it('leaves nothing of the people of a group behind', async () => {
    const chat = stage.group();
    await stage.hears(chat, () => officer.sends('/link mantysh', { chat }));
    await stage.hears(chat, () => officer.sends('/link', { chat }));
    await stage.hears(chat, () => officer.taps('Тизмеден чыгаруу', chat));
    await stage.hears(chat, () => officer.taps('Тизмеден чыгаруу', chat));
    const left = await database.db
      .select()
      .from(dialogs)
      .where(eq(dialogs.chatId, String(chat.id)));
    expect(left.filter(({ saved, memory }) => saved !== null || Object.keys(memory).length > 0)).toEqual([]);
  });
});

describe('link where it does not show who writes', () => {
  it('links a channel when an officer presses the button below its post', async () => {
    const chat = stage.group('Мантыш кабарлары', 'channel');
    const asked = await stage.hears(chat, () => stage.api.posts(chat, '/link'));
    expect(asked).toEqual([
      'Муну ким жазганы бизге көрүнбөйт. Укугу бар кызматкер төмөнкү баскычты бассын. [Айылды тандоо]',
    ]);
    expect(await stage.hears(chat, () => neighbour.taps('Айылды тандоо', chat))).toEqual([]);
    expect(await stage.hears(chat, () => officer.taps('Айылды тандоо', chat))).toEqual([
      `~ ${t('group-ask-village')} [${VILLAGES}|Жокко чыгаруу]`,
    ]);
    expect(await stage.hears(chat, () => neighbour.taps('Мантыш', chat))).toEqual([]);
    expect(await stage.hears(chat, () => officer.taps('Мантыш', chat))).toEqual([
      `~ ${t('group-linked', { village: 'Мантыш' })}\n\n${t('group-keeps-nothing')}`,
    ]);
    expect(await villageOf(chat)).toBe('mantysh');
    expect(chat.messages().filter(({ fromId }) => fromId === null)).toHaveLength(1);
  });

  it('links a group whose administrators write in its name, to the village that was named', async () => {
    const chat = stage.group();
    await stage.hears(chat, () => officer.sends('/link ortok', { chat, anonymous: true }));
    expect(await villageOf(chat)).toBeNull();
    expect(await stage.hears(chat, () => officer.taps('Айылды тандоо', chat))).toEqual([`~ ${linked('Орток')}`]);
    await stage.hears(chat, () => officer.sends('/link', { chat, anonymous: true }));
    await stage.hears(chat, () => officer.taps('Айылды тандоо', chat));
    await stage.hears(chat, () => officer.taps('Тизмеден чыгаруу', chat));
    await stage.hears(chat, () => officer.taps('Тизмеден чыгаруу', chat));
    expect(await villageOf(chat)).toBeNull();
  });
});

describe('all else in groups and channels', () => {
  it('is answered with silence, and no word of it is stored', async () => {
    const chat = stage.group();
    const channel = stage.group('Кабарлар', 'channel');
    await stage.hears(chat, () => officer.sends('/link mantysh', { chat }));
    const [own] = chat.messages().filter(({ fromId }) => fromId === null);
    const replyTo = own?.id ?? 0;
    const say = talkIn(chat);
    const said = [
      say(neighbour, 'Маектешүү: кечээ суу болгон жок'),
      say(neighbour, 'Маектешүү: сунуш жакшы экен'),
      say(officer, '/register Маектешүү'),
      say(officer, '/inbox Маектешүү'),
      say(neighbour, '/start Маектешүү'),
      say(neighbour, '/propose@other_bot Маектешүү'),
      say(officer, 'жазыңыз: /link Маектешүү'),
      say(neighbour, 'токтот'),
      () => neighbour.sends('Маектешүү жооп', { chat, replyTo }),
      () => officer.sendsPhoto(Buffer.from('x'), { chat, caption: 'Маектешүү' }),
      () => neighbour.sendsLocation(42, 75, { chat }),
      () => neighbour.tapsData('menu:menu:propose', replyTo, chat),
      () => neighbour.tapsData('go:inbox:1', replyTo, chat),
      () => stage.api.posts(channel, 'Маектешүү: жарыя'),
      () => stage.api.posts(channel, '/propose Маектешүү'),
    ];
    for (const act of said) {
      expect(await stage.hears(chat, act)).toEqual([]);
    }
    expect(channel.messages().filter(({ fromId }) => fromId === null)).toEqual([]);
    expect(neighbour.received()).toEqual([]);
    const stored = await everything({ db: database.db });
    expect(stored).not.toContain('Маектешүү');
    expect(stored).toContain('Мантыш айылы');
  });
});

describe('a bot that is put out of a linked group', () => {
  it('tells staff in their language, once for each time, and is back when it is brought back', async () => {
    const chat = stage.group('Мантыш суу');
    await stage.hears(chat, () => officer.sends('/link mantysh', { chat }));
    const asel = stage.api.user(502);
    const heard = (who: FakePerson) =>
      who
        .received()
        .map(({ text }) => text)
        .filter((text) => text.includes('Мантыш суу'));
    await stage.hears(chat, () => neighbour.putsOut(chat));
    expect(heard(officer)).toEqual([
      'Бот «Мантыш суу» деген группадан же каналдан чыгарылды. Мантыш айылынын кулактандыруулары ал жакка азыр барбайт.',
    ]);
    expect(heard(asel)).toEqual([
      'Бота удалили из группы или канала «Мантыш суу». Объявления для села Мантыш туда сейчас не приходят.',
    ]);
    expect(await findGroup(database.db, addressOf(chat))).toMatchObject({ unreachable: 'blocked' });
    await stage.hears(chat, () => neighbour.bringsIn(chat));
    expect(await findGroup(database.db, addressOf(chat))).toMatchObject({ unreachable: null });
    await stage.hears(chat, () => neighbour.putsOut(chat));
    expect(heard(officer)).toHaveLength(2);
    expect(heard(neighbour)).toEqual([]);
  });

  it('says nothing of a group that is linked to no village', async () => {
    const chat = stage.group('Бейтааныш');
    const before = officer.received().length;
    await stage.hears(chat, () => neighbour.putsOut(chat));
    await stage.hears(chat, () => neighbour.bringsIn(chat));
    expect(officer.received()).toHaveLength(before);
    expect(await everything({ db: database.db })).not.toContain('Бейтааныш');
  });
});

describe('a linked group that becomes a supergroup', () => {
  it('stays linked under its new id, also where it looked as if we had been put out', async () => {
    const chat = stage.group();
    const bigger = stage.group();
    await stage.hears(chat, () => officer.sends('/link mantysh', { chat }));
    await stage.hears(chat, () => neighbour.putsOut(chat));
    await stage.hears(chat, () => neighbour.sendsRaw({ migrate_to_chat_id: bigger.id }, { chat }));
    expect(await villageOf(chat)).toBeNull();
    expect(await findGroup(database.db, addressOf(bigger))).toMatchObject({ villageId: 'mantysh', unreachable: null });
    const [said] = await stage.hears(bigger, () => officer.sends('/link', { chat: bigger }));
    expect(said).toContain('Мантыш айылынын');
  });
});

describe('link in private', () => {
  it('lists groups and channels, and takes them off the list', async () => {
    const kate = stage.api.user(503);
    const [said = ''] = await stage.hears(kate.chat, () => kate.sends('/link'));
    expect(said).toContain('Groups and channels that announcements come to: ');
    expect(said).toContain('Мантыш суу — Mantysh (the bot is not there)');
    await stage.hears(kate.chat, () => kate.taps('Мантыш суу — Mantysh (the bot is not there)'));
    const [done = '', rest = ''] = await stage.hears(kate.chat, () => kate.taps('Remove from the list'));
    expect(done).toBe('Мантыш суу — Mantysh (the bot is not there). Announcements no longer go there.');
    expect(rest).not.toContain('Мантыш суу');
  });

  it('is not for whoever has no right', async () => {
    const deputy = stage.api.user(505);
    expect(await stage.hears(deputy.chat, () => deputy.sends('/link'))).toEqual([translator('ru')('no-right')]);
  });
});

describe('where staff choose the groups of each announcement', () => {
  it('promises the group none by itself', async () => {
    await database.db.execute(sql`
      update municipalities set revision = revision + 1, settings = jsonb_set(settings, '{preferGroups}', 'false')`);
    const chat = stage.group();
    const said = async () => (await stage.hears(chat, () => officer.sends('/link mantysh', { chat }))).join();
    await expect.poll(said).toContain('Кулактандыруу бул жерге кызматкер аны тандаганда келет.');
  });
});
