import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cancelHearing } from '../../src/hearings/cancel-hearing.ts';
import { recordHearing } from '../../src/hearings/record-hearing.ts';
import { hearingIntents, hearings } from '../../src/hearings/tables.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { latinWords, type Person, useTalk } from '../support/talk.ts';
import { HearingStage } from './hearing-stage.ts';

const world = useTalk();
const stage = new HearingStage(world);

/** Some tests plan a hearing for those that follow; the rest leave none behind. */
let keeps = false;
afterEach(async () => {
  if (!keeps) await stage.clear();
});

describe('hearings, for residents', () => {
  let person: Person;
  beforeAll(async () => {
    person = await stage.neighbour('aigul');
  });

  it('says that none is planned', async () => {
    await person.plays(`
      > Угуу
      Азырынча белгиленген угуу жок.
      > /hearings
      Азырынча белгиленген угуу жок.
    `);
  });

  it('shows the only one with all that is known of it, and what the person said', async () => {
    keeps = true;
    await stage.planned({
      convener: 'Айыл өкмөтү',
      agenda: { ky: 'кирешелер, чыгашалар' },
      draftUrl: 'https://karasuu.kg/byudzhet',
      contact: 'Айгүл, 0700 112233',
      proposalsUntil: new Date('2026-12-18T18:00:00+06:00'),
    });
    await person.plays(`
      > угуулар
      КООМДУК УГУУ
      Бюджеттин долбоору
      «2027-жылдын бюджети»
      Күнү: 20-декабрь, жекшемби, саат 10:00
      Жери: Мантыш айылы, Клуб
      Чакырат: Айыл өкмөтү
      Күн тартиби: кирешелер, чыгашалар
      Долбоор: https://karasuu.kg/byudzhet
      Суроо, сунуш жазууга акыркы мөөнөт: 18-декабрь, жума, саат 18:00
      Байланыш: Айгүл, 0700 112233 [Келем|Келе албайм|Долбоорду окуу|Суроо, сунуш жазуу]
      > [Келем]
      Рахмат, күтөбүз! Оюңуз өзгөрсө, «Келе албайм» дегенди тандаңыз.
      > [Долбоорду окуу]
      Долбоорду ушул жерден окуңуз: https://karasuu.kg/byudzhet
      > [Келе албайм]
      Түшүндүк. Сурооңуз же сунушуңуз болсо, ушул жерге жазыңыз, угууга жеткиребиз. [Өткөрүп жиберүү]
      > [Өткөрүп жиберүү]
      Түшүндүк. Оюңуз өзгөрсө, «Келем» дегенди тандаңыз.
    `);
    expect((await person.says('угуу')).join()).toContain('Сиз «Келе албайм» дедиңиз.');
  });

  it('lists what is coming, soonest first, then what took place with its result', async () => {
    keeps = false;
    const held = await stage.planned({
      kind: 'jap',
      topic: { ky: 'План' },
      startsAt: new Date('2026-11-23T10:00:00+06:00'),
    });
    await stage.planned({ startsAt: new Date('2027-01-15T14:30:00+06:00'), villageId: 'ortok', building: 'Мектеп' });
    const off = await stage.planned({
      kind: 'other',
      topic: { ky: 'Жайыт' },
      startsAt: new Date('2026-12-01T10:00:00+06:00'),
    });
    await cancelHearing(stage.ctx, { hearingId: off.id, reason: 'Кар жаады' });
    world.talk.clock.pass(3 * 24 * 60 * 60 * 1000);
    const result = { people: 45, women: 18, minutesUrl: 'https://karasuu.kg/p' };
    await recordHearing(stage.ctx, { hearingId: held.id, ...result });
    await person.plays(`
      > /hearings
      Коомдук угуулар. Кайсынысын ачалы?
      1. 1-декабрь, шейшемби, саат 10:00 · Мантыш айылы, Клуб · Башка маселе: «Жайыт» · болбойт
      2. 20-декабрь, жекшемби, саат 10:00 · Мантыш айылы, Клуб · Бюджеттин долбоору: «2027-жылдын бюджети»
      3. 2027-жылдын 15-январы, саат 14:30 · Орток айылы, Мектеп · Бюджеттин долбоору: «2027-жылдын бюджети»
      4. 23-ноябрь, дүйшөмбү, саат 10:00 · Мантыш айылы, Клуб · Биргелешкен аракеттер планы: «План» · өттү [01.12.2026 · Мантыш|20.12.2026 · Мантыш|15.01.2027 · Орток|23.11.2026 · Мантыш]
      > 4
      КООМДУК УГУУ
      Биргелешкен аракеттер планы
      «План»
      Күнү: 23-ноябрь, дүйшөмбү, саат 10:00
      Жери: Мантыш айылы, Клуб
      Коомдук угуу өттү. Катышты: 45 адам, анын ичинен 18 аял.
      Жыйынтыгы: https://karasuu.kg/p [Тизмеге кайтуу]
      > [Тизмеге кайтуу]
      Коомдук угуулар. Кайсынысын ачалы?
      1. 1-декабрь, шейшемби, саат 10:00 · Мантыш айылы, Клуб · Башка маселе: «Жайыт» · болбойт
      2. 20-декабрь, жекшемби, саат 10:00 · Мантыш айылы, Клуб · Бюджеттин долбоору: «2027-жылдын бюджети»
      3. 2027-жылдын 15-январы, саат 14:30 · Орток айылы, Мектеп · Бюджеттин долбоору: «2027-жылдын бюджети»
      4. 23-ноябрь, дүйшөмбү, саат 10:00 · Мантыш айылы, Клуб · Биргелешкен аракеттер планы: «План» · өттү [01.12.2026 · Мантыш|20.12.2026 · Мантыш|15.01.2027 · Орток|23.11.2026 · Мантыш]
      > 1
      КООМДУК УГУУ
      «Жайыт»
      Күнү: 1-декабрь, шейшемби, саат 10:00
      Жери: Мантыш айылы, Клуб
      Бул угуу болбойт. Себеби: Кар жаады [Тизмеге кайтуу]
    `);
  });

  it('speaks Kyrgyz throughout', () => {
    const links = /https:\S+/g;
    expect(latinWords(person).filter((word) => !'https karasuu kg byudzhet p'.split(' ').includes(word))).toEqual([]);
    expect(person.heard.join('\n').replace(links, '')).not.toMatch(/[a-z]{3,}\./);
  });
});

let writers = 0;

describe('hearing, one tap on a notice', () => {
  it('is recorded and answered with one sentence; another tap changes it', async () => {
    const person = await stage.neighbour('bermet');
    const one = await stage.planned({ draftUrl: 'https://karasuu.kg/d' });
    await stage.notify(person, one);
    expect(await person.taps('Келем')).toEqual(['Рахмат, күтөбүз! Оюңуз өзгөрсө, «Келе албайм» дегенди тандаңыз.']);
    expect(await stage.intentOf(person, one)).toBe('coming');
    await person.plays(`
      > [Келе албайм]
      Түшүндүк. Сурооңуз же сунушуңуз болсо, ушул жерге жазыңыз, угууга жеткиребиз. [Өткөрүп жиберүү]
      > Бюджетте жолго акча барбы?
      Рахмат, сурооңузду угууга жеткиребиз. Жообун ушул жерге жазабыз. [Бул жаңы сунуш]
      > (edit Бюджетте) Бюджетте көпүрөгө акча барбы?
      Сурооңуз оңдолду.
      > [Келем]
      Рахмат, күтөбүз! Оюңуз өзгөрсө, «Келе албайм» дегенди тандаңыз.
    `);
    expect(await stage.intentOf(person, one)).toBe('coming');
    expect(await stage.questions(one)).toMatchObject([{ text: 'Бюджетте көпүрөгө акча барбы?', villageId: 'mantysh' }]);
  });

  it('takes a voice message and an album as the question, all of it', async () => {
    const person = await stage.neighbour('cholpon');
    const one = await stage.planned();
    await stage.notify(person, one);
    await person.taps('Келе албайм');
    expect(await person.sendsVoice()).toEqual([
      'Рахмат, сурооңузду угууга жеткиребиз. Жообун ушул жерге жазабыз. [Бул жаңы сунуш]',
    ]);
    await person.taps('Келе албайм');
    expect(await person.sendsPhoto('Бул жолду качан оңдойсуздар?', 3)).toEqual([
      'Рахмат, сурооңузду угууга жеткиребиз. Жообун ушул жерге жазабыз. [Бул жаңы сунуш]',
    ]);
    expect(await stage.questions(one)).toMatchObject([
      { text: '', files: [{ kind: 'voice' }] },
      { text: 'Бул жолду качан оңдойсуздар?', files: [{ kind: 'photo' }, { kind: 'photo' }, { kind: 'photo' }] },
    ]);
  });

  it('takes thanks for thanks and «no» for no question', async () => {
    const person = await stage.neighbour('dinara');
    const one = await stage.planned();
    await stage.notify(person, one);
    await person.taps('Келе албайм');
    expect((await person.says('Рахмат сизге'))[0]).toContain('Сизге да рахмат!');
    await person.plays(`
      > [Келе албайм]
      Түшүндүк. Сурооңуз же сунушуңуз болсо, ушул жерге жазыңыз, угууга жеткиребиз. [Өткөрүп жиберүү]
      > ооба
      Түшүнбөй калдык. Төмөнкү суроого жооп бериңиз.
      Түшүндүк. Сурооңуз же сунушуңуз болсо, ушул жерге жазыңыз, угууга жеткиребиз. [Өткөрүп жиберүү]
      > жок
      Түшүндүк. Оюңуз өзгөрсө, «Келем» дегенди тандаңыз.
    `);
    expect(await stage.questions(one)).toEqual([]);
    expect(await stage.intentOf(person, one)).toBe('not_coming');
  });

  it('lets a question become a proposal that was meant as one, with its files', async () => {
    const person = await stage.neighbour('elmira');
    const one = await stage.planned();
    await stage.notify(person, one);
    await person.taps('Келе албайм');
    await person.sendsPhoto('Мантышта көчөдө жарык жок, караңгы', 2);
    const [card = ''] = await person.taps('Бул жаңы сунуш');
    expect(card).toContain('«Мантышта көчөдө жарык жок, караңгы»');
    expect(card).toContain('Сүрөт, файл: 2');
    expect(await stage.questions(one)).toEqual([]);
    await person.taps('Жөнөтүү');
    expect(await world.database.db.select().from(proposals)).toMatchObject([
      { text: 'Мантышта көчөдө жарык жок, караңгы' },
    ]);
  });

  it('keeps a draft that is open, and one whose person was asked what to do with it', async () => {
    const person = await stage.neighbour('farida');
    const one = await stage.planned();
    await person.says('Мектептин чатыры агып жатат');
    await stage.notify(person, one);
    const come = await person.taps('Келем');
    expect(come[0]).toBe('Рахмат, күтөбүз! Оюңуз өзгөрсө, «Келе албайм» дегенди тандаңыз.');
    expect(come[1]).toContain('«Мектептин чатыры агып жатат»');
    await person.taps('Келе албайм');
    const asked = await person.says('Чатырга акча барбы?');
    expect(asked[0]).toBe('Рахмат, сурооңузду угууга жеткиребиз. Жообун ушул жерге жазабыз.');
    expect(asked[1]).toContain('«Мектептин чатыры агып жатат»');
    world.talk.clock.pass(8 * 24 * 60 * 60 * 1000);
    await world.talk.sweep();
    expect(person.heard.at(-1)).toContain('текстин сактап койдук');
    expect((await person.taps('Келем')).at(-1)).toContain('текстин сактап койдук');
    expect((await person.taps('Улантуу')).join()).toContain('«Мектептин чатыры агып жатат»');
    await person.says('жокко чыгар');
  });

  it.each([
    ['Келем', 'coming', 'Рахмат, күтөбүз!'],
    ['келебиз', 'coming', 'Рахмат, күтөбүз!'],
    ['Буду!', 'coming', 'Рахмат, күтөбүз!'],
    ['келе албайм', 'not_coming', 'Түшүндүк. Сурооңуз'],
    ['не смогу', 'not_coming', 'Түшүндүк. Сурооңуз'],
  ])('is also what «%s» says, where one hearing is coming', async (words, intent, answer) => {
    const person = await stage.neighbour(`writes-${++writers}`);
    const one = await stage.planned();
    expect((await person.says(words))[0]).toContain(answer);
    expect(await stage.intentOf(person, one)).toBe(intent);
  });

  it('is a list where the word could mean several, and nothing where it can mean none', async () => {
    const person = await stage.neighbour('gulnara');
    expect((await person.says('Келем'))[0]).toContain('Түшүнбөй калдык.');
    await stage.planned();
    await stage.planned({ startsAt: new Date('2027-01-15T14:30:00+06:00') });
    expect((await person.says('Келем'))[0]).toContain('Коомдук угуулар. Кайсынысын ачалы?');
  });

  it('tells that it is too late, or called off, or gone', async () => {
    const person = await stage.neighbour('jamilya');
    const one = await stage.planned({ startsAt: new Date(world.talk.clock.now().getTime() + 60_000) });
    const off = await stage.planned();
    await stage.notify(person, one);
    world.talk.clock.pass(60_000);
    await person.plays(`
      > [Келем]
      Бул угуу өтүп кетти.
      > [Келе албайм]
      Бул угуу өтүп кетти.
    `);
    await stage.notify(person, off);
    await cancelHearing(stage.ctx, { hearingId: off.id, reason: 'Кар' });
    expect(await person.taps('Келем')).toEqual(['Бул угуу болбойт.']);
    expect(await person.does({ kind: 'pick', data: 'go:hearing:999.come', messageId: '1' })).toEqual([
      'Мындай угуу табылган жок.',
    ]);
    expect((await person.does({ kind: 'pick', data: 'go:hearing:nonsense', messageId: '2' }))[0]).toContain(
      'Бул баскыч эскирип калды.',
    );
  });

  it('takes what comes after the last moment for a proposal, so that it is not lost', async () => {
    const person = await stage.neighbour('kanykei');
    const until = new Date(world.talk.clock.now().getTime() + 60_000);
    const one = await stage.planned({ proposalsUntil: until });
    await stage.notify(person, one);
    await person.taps('Келе албайм');
    world.talk.clock.pass(60_000);
    const said = await person.says('Мантышта суу жок болуп жатат');
    expect(said[0]).toBe('Бул угууга суроо, сунуш алуу бүттү.');
    expect(said[1]).toContain('«Мантышта суу жок болуп жатат»');
    await person.says('жокко чыгар');
    expect(await person.taps('Келе албайм')).toEqual(['Түшүндүк. Оюңуз өзгөрсө, «Келем» дегенди тандаңыз.']);
  });

  it('registers a stranger first, and keeps nothing without consent', async () => {
    const stranger = world.as('stranger');
    await stage.planned();
    await stranger.says('/hearings');
    const shown = await stranger.taps('Кыргызча');
    expect(shown[0]).toContain('КООМДУК УГУУ');
    await stranger.taps('Келем');
    await stranger.taps('Орток');
    expect((await stranger.taps('Жок'))[0]).toContain('эч нерсе сакталган жок');
    expect(await world.database.db.select().from(hearingIntents).where(eq(hearingIntents.residentId, 0))).toEqual([]);
    await stranger.says('/hearings');
    await stranger.taps('Кыргызча');
    await stranger.taps('Келем');
    await stranger.taps('Орток');
    expect(await stranger.taps('Макулмун')).toEqual([
      'Рахмат, күтөбүз! Оюңуз өзгөрсө, «Келе албайм» дегенди тандаңыз.',
    ]);
  });
});

describe('the draft of a hearing', () => {
  it('comes into the chat with the hearing, and again at a tap', async () => {
    const person = await stage.neighbour('maria');
    await stage.planned({ draftMediaId: await stage.file() });
    const [file, card = ''] = await person.says('угуу');
    expect(file).toBe('Угуунун долбоору (Угуунун долбоору 20.12.2026.pdf)');
    expect(card).toContain('[Келем|Келе албайм|Долбоорду окуу|Суроо, сунуш жазуу]');
    expect(await person.taps('Долбоорду окуу')).toEqual(['Угуунун долбоору (Угуунун долбоору 20.12.2026.pdf)']);
  });

  it('is said to be on its way while it is, and not to be there where there is none', async () => {
    const person = await stage.neighbour('nurgul');
    const one = await stage.planned({ draftMediaId: await stage.file('pending') });
    expect(await person.says('угуу')).toHaveLength(1);
    expect((await person.taps('Долбоорду окуу'))[0]).toContain('файлы али келе элек');
    await world.database.db.update(hearings).set({ draftMediaId: null }).where(eq(hearings.id, one.id));
    expect(await person.does({ ...person.button('Долбоорду окуу'), messageId: 'other' })).toEqual([
      'Бул угуунун долбоору ушул жерде жок.',
    ]);
  });
});

describe('hearing, in the languages of those who get it', () => {
  it('speaks Russian', async () => {
    const person = await stage.neighbour('olga', { language: 'ru' });
    const one = await stage.planned({ draftUrl: 'https://karasuu.kg/d' });
    await stage.notify(person, one);
    await person.plays(`
      > [Приду]
      Спасибо, ждём! Если передумаете, выберите «Не смогу».
      > слушания
      ОБЩЕСТВЕННЫЕ СЛУШАНИЯ
      Проект бюджета
      «Бюджет 2027 года»
      Когда: 20 декабря, воскресенье, 10:00
      Где: село Мантыш, Клуб
      Проект: https://karasuu.kg/d
      Вы ответили: «Приду». [Приду|Не смогу|Читать проект|Вопрос, предложение]
      > не смогу
      Понятно. Если есть вопрос или предложение, напишите сюда, передадим на слушания. [Пропустить]
      > Есть ли деньги на мост?
      Спасибо, передадим вопрос на слушания. Ответ напишем сюда. [Это новое предложение]
    `);
    expect(await stage.questions(one)).toMatchObject([{ language: 'ru' }]);
  });

  it('speaks English, and shows the topic in the language that it has', async () => {
    const person = await stage.neighbour('ann', { language: 'en' });
    const one = await stage.planned({ topic: { ru: 'Бюджет 2027 года' } });
    await stage.notify(person, one);
    await person.plays(`
      > [I cannot come]
      All right. If you have a question or proposal, write it here; we will bring it to the hearing. [Skip]
      > skip
      All right. If you change your mind, choose “I will come”.
      > hearings
      PUBLIC HEARING
      Draft budget
      “Бюджет 2027 года”
      When: Sunday 20 December, 10:00
      Where: Mantysh, Клуб
      You said: “I cannot come”. [I will come|I cannot come|Ask or propose]
      > Ask or propose
      Write your question or proposal; a voice message or photo will do too. We will bring it to the hearing. [Skip]
      > Is there money for the bridge?
      Thank you, we will bring it to the hearing. The answer will come here. [A new proposal]
    `);
  });
});
