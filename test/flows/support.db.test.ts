import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPlaces } from '../../src/places/places.ts';
import { proposalCounters, proposals } from '../../src/proposals/tables.ts';
import { withdrawProposal } from '../../src/proposals/withdraw-proposal.ts';
import { testContext } from '../support/database.ts';
import { as, givenStaff } from '../support/given.ts';
import { latinWords, type Person, useTalk } from '../support/talk.ts';

const world = useTalk();
let author: Person;
let person: Person;
let officer: Person;

beforeAll(async () => {
  author = world.as('ky-author');
  person = world.as('ky-resident');
  officer = world.as('ky-officer');
  await author.registers();
  await person.registers();
  const { db } = world.database;
  const municipality = (await loadPlaces(db)).municipalityByCode('KS');
  if (municipality === null) throw new Error('there is no municipality KS');
  const address = { channel: 'simulator', account: 'local', id: 'ky-officer' } as const;
  await givenStaff(testContext(db, { clock: world.talk.clock }), municipality, 'officer', address);
});

/** What is sent is like nothing that was sent before. */
async function sends(text: string, by = author): Promise<typeof proposals.$inferSelect> {
  await by.says(text);
  await by.taps('Жөнөтүү');
  return lastStored();
}

async function lastStored() {
  const [proposal] = await world.database.db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
  if (proposal === undefined) throw new Error('nothing was stored');
  return proposal;
}

async function stored(id: number) {
  const [found] = await world.database.db.select().from(proposals).where(eq(proposals.id, id));
  return found;
}

/** As the office does, whose author reads English. */
async function answered(id: number, set: Pick<typeof proposals.$inferInsert, 'status'>) {
  const answers = { ky: 'Жер карап жатабыз', ru: 'Подбираем землю', en: 'We look for land' };
  await world.database.db
    .update(proposals)
    .set({ ...set, answer: answers.en, answers })
    .where(eq(proposals.id, id));
}

describe('offerSimilar', () => {
  it('lets a person support what is there already, which stands in the own list until it is taken back', async () => {
    const { id } = await sends('Мантышта мектептин чатыры агып жатат, оңдоп бериңиздер');
    await person.plays(`
      > мектептин чатыры агып атат, балдар үшүйт
      Текшерип көрүңүз:
      «мектептин чатыры агып атат, балдар үшүйт»
      Айыл: Мантыш
      Багыты: Мектеп
      Жөнөтөлүбү? [Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]
      > [Жөнөтүү]
      Мантыш айылынан окшош сунуштар бар. Бирин колдойсузбу же өзүңүздүкүн жөнөтөсүзбү?

      KS-NUMBER · колдогондор: 0
      «Мантышта мектептин чатыры агып жатат, оңдоп бериңиздер» [Колдойм: KS-NUMBER|Өзүмдүкүн жөнөтөм]
      > 1
      Рахмат, колдооңуз кошулду. Сунуш: KS-NUMBER. Колдогондор: 1.
    `);
    expect(await stored(id)).toMatchObject({ supporterCount: 1 });
    expect(await lastStored()).toMatchObject({ id });
    await answered(id, { status: 'in_review' });
    await person.plays(`
      > менин сунуштарым
      Сиздин сунуштарыңыз: 1. Кайсынысын ачалы? [KS-NUMBER · Катталды|Колдогонум: KS-NUMBER · Каралууда]
      > 2
      KS-NUMBER · Каралууда
      «Мантышта мектептин чатыры агып жатат, оңдоп бериңиздер»
      Айыл: Мантыш
      Багыты: Мектеп
      Колдогондор: 1
      Жооп: Жер карап жатабыз [Колдоону кайтарып алуу|Тизмеге кайтуу]
      > [Колдоону кайтарып алуу]
      Колдооңуз кайтарып алынды. Сунуш: KS-NUMBER. Колдогондор: 0.
      > менин сунуштарым
      Сиздин сунуштарыңыз: 1. Кайсынысын ачалы? [KS-NUMBER · Катталды]
    `);
    expect(await stored(id)).toMatchObject({ supporterCount: 0 });
  });

  it.each(['ооба', 'жөнөт', 'өзүмдүкүн эле жөнөтө бериңиз', 'жок', 'эмне?', 'рахмат'])(
    'stores the own one for whoever says «%s»',
    async (word) => {
      await sends('Колонкадан суу чыкпай калды');
      await person.says('биздин колонкадан суу чыкпайт');
      expect(await person.taps('Жөнөтүү')).toEqual([expect.stringContaining('окшош сунуштар бар')]);
      expect(await person.says(word)).toEqual([expect.stringContaining('катталды')]);
      expect(await lastStored()).toMatchObject({ text: 'биздин колонкадан суу чыкпайт' });
    },
  );

  it('takes more words and photos for the own one, and does not offer twice', async () => {
    await sends('Айылга китепкана керек');
    await person.says('айылыбызга китепкана ачып бериңиздер');
    await person.says('жөнөт');
    await person.plays(`
      > балдар китеп окугусу келет, китепкана алыс
      Текшерип көрүңүз:
      «айылыбызга китепкана ачып бериңиздер
      балдар китеп окугусу келет, китепкана алыс»
      Айыл: Мантыш
      Багыты: Китепкана
      Жөнөтөлүбү? [Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]
      > жөнөт
      Рахмат, сунушуңуз катталды. Номери: KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.
    `);
  });

  it('asks which one is meant where there are several', async () => {
    const first = await sends('Жайытка бара турган көпүрө бузулган');
    const second = world.as('ky-second');
    await second.registers();
    await world.database.db.update(proposals).set({ folded: first.folded }).where(eq(proposals.id, first.id));
    await second.says('Жайытка барган көпүрө сынып калды');
    await second.taps('Жөнөтүү');
    await second.says('өзүмдүкүн');
    await person.says('жайытка бара турган көпүрөнү оңдоп бергиле');
    await person.says('жөнөт');
    await person.plays(`
      > мен да колдойм
      Кайсынысын колдойсуз? Төмөнкүдөн тандаңыз.
      Мантыш айылынан окшош сунуштар бар. Бирин колдойсузбу же өзүңүздүкүн жөнөтөсүзбү?

      KS-NUMBER · колдогондор: 0
      «Жайытка бара турган көпүрө бузулган»

      KS-NUMBER · колдогондор: 0
      «Жайытка барган көпүрө сынып калды» [Колдойм: KS-NUMBER|Колдойм: KS-NUMBER|Өзүмдүкүн жөнөтөм]
      > 2
      Рахмат, колдооңуз кошулду. Сунуш: KS-NUMBER. Колдогондор: 1.
    `);
  });

  it('says that a photo was not sent', async () => {
    await sends('Айылда мончо жок');
    await person.sendsPhoto('айылга мончо керек');
    await person.says('жөнөт');
    await person.plays(`
      > мен да колдойм
      Рахмат, колдооңуз кошулду. Сунуш: KS-NUMBER, колдогондор: 1. Өзүңүз жазган сунуш, анын сүрөтү же үнү да жөнөтүлгөн жок.
    `);
  });

  it('sends the own one where the other was taken back meanwhile', async () => {
    const { id, residentId } = await sends('Айылга дарыкана керек');
    await person.says('айылга дарыкана ачып бергиле');
    await person.taps('Жөнөтүү');
    await withdrawProposal(as(testContext(world.database.db), residentId ?? 0), id);
    await person.plays(`
      > колдойм
      Бул сунушту азыр колдоого болбойт. Ошондуктан өзүңүздүкүн жөнөтөбүз.
      Рахмат, сунушуңуз катталды. Номери: KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.
    `);
  });

  it('offers for each part of a message that is sent apart, also when all of it is there already', async () => {
    await sends('Клубдун эшигин алмаштыруу керек');
    await sends('Бала бакчага оюнчук алып бергиле');
    await person.says('1. клубдун эшигин алмаштыргыла\n2. бала бакчага оюнчук керек');
    await person.taps('Өз-өзүнчө');
    const before = await lastStored();
    await person.says('жөнөт');
    expect(await person.says('колдойм')).toEqual([
      expect.stringContaining('колдооңуз кошулду'),
      expect.stringContaining('Сунуш 2 / 2'),
    ]);
    await person.says('жөнөт');
    expect(await person.says('колдойм')).toEqual([expect.stringContaining('колдооңуз кошулду')]);
    expect(await lastStored()).toMatchObject({ id: before.id });
  });

  it('counts two quick taps once', async () => {
    const { id } = await sends('Айылга автобус каттасын');
    await person.says('автобус каттасын айылга');
    await person.says('жөнөт');
    const { number } = (await stored(id)) ?? { number: '' };
    const tap = person.button(`Колдойм: ${number}`);
    await person.does(tap, tap);
    expect(await stored(id)).toMatchObject({ supporterCount: 1 });
  });
});

describe('mergeCard', () => {
  it('joins a card to another one and parts them again; people are told', async () => {
    const target = await sends('Айылга футбол талаасы керек');
    const { folded } = target;
    await world.talk.apart();
    const { number } = await sends('Жаштарга футбол талаасы керек', person);
    await world.database.db.update(proposals).set({ folded }).where(eq(proposals.id, target.id));
    await officer.says(`/inbox ${number}`);
    await officer.taps('Дагы');
    await officer.plays(`
      > [Бириктирүү]
      Кайсы сунушка бириктиребиз? Тандаңыз же номерин жазыңыз.

      KS-NUMBER · колдогондор: 0
      «Айылга футбол талаасы керек» [KS-NUMBER|Карточкага кайтуу]
      > 999
      Мындай номердеги сунуш табылган жок. Кайра жазыңыз.
      Кайсы сунушка бириктиребиз? Тандаңыз же номерин жазыңыз.

      KS-NUMBER · колдогондор: 0
      «Айылга футбол талаасы керек» [KS-NUMBER|Карточкага кайтуу]
      > 1
      KS-NUMBER · Мантыш
      «Жаштарга футбол талаасы керек»

      KS-NUMBER · Мантыш
      «Айылга футбол талаасы керек»

      KS-NUMBER сунушу KS-NUMBER сунушуна кошулат. Автор менен колдогондорго кабар барат. Бириктиребизби? [Бириктирүү|Жок]
      > [Бириктирүү]
      Бириктирилди. Эми номери: KS-NUMBER, колдогондор: 1.
      Сунуш KS-NUMBER · Бириктирилди
      Мантыш · Спорт, жаштар · 2026-жылдын 22-ноябры
      «Жаштарга футбол талаасы керек»
      Булагы: Симулятор
      Колдогондор: 0
      Кошулган сунушу: KS-NUMBER [Дагы|Кийинки|Фильтр]
    `);
    expect(person.heard.at(-1)).toBe(
      `Сунушуңуз окшош сунушка кошулду. Жаңы номери: ${target.number}. Анын абалы: Катталды.`,
    );
    await answered(target.id, { status: 'in_review' });
    await person.says('/my');
    expect(await person.says(number)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${number} · Бириктирилди\nКошулган сунушу: ${target.number} · Каралууда\n[^]*\nЖооп: Жер карап жатабыз`,
        ),
      ),
    ]);
    await officer.taps('Дагы');
    await officer.plays(`
      > [Ажыратуу]
      KS-NUMBER сунушу KS-NUMBER сунушунан ажыратылат. Автор менен колдогондорго кабар барат. Ажыратабызбы? [Ажыратуу|Жок]
      > [Ажыратуу]
      Ажыратылды. KS-NUMBER сунушу кайра өз алдынча каралат.
      Жаңы сунуш KS-NUMBER
      Мантыш · Спорт, жаштар · 2026-жылдын 22-ноябры
      «Жаштарга футбол талаасы керек»
      Булагы: Симулятор
      Колдогондор: 0 [Кароого алуу|Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
    `);
    expect(person.heard.at(-1)).toBe(`Сунушуңуз кайра өз алдынча каралат. Номери мурдагыдай: ${number}.`);
    expect(author.heard.filter((text) => text.includes('окшош сунушка'))).toEqual([]);
  });

  it('says that what was joined to an abuse is not hidden with it', async () => {
    const abuse = await sends('Клубдун директору акмак');
    await world.talk.apart();
    const { number } = await sends('Клубга жаңы директор керек', person);
    await officer.says(`/inbox ${number}`);
    await officer.taps('Дагы');
    await officer.taps('Бириктирүү');
    await officer.says(abuse.number);
    await officer.taps('Бириктирүү');
    await officer.says(`/inbox ${abuse.number}`);
    await officer.taps('Дагы');
    expect((await officer.taps('Жашыруу'))[0]).toBe(
      'Жашырылды: сакталып турат, бирок көрүнбөйт. Ага кошулган сунуштар кайра өз алдынча каралат.',
    );
    expect(person.heard.at(-1)).toContain(`Номери мурдагыдай: ${number}.`);
  });

  it('means by a bare number one of the year that has begun in the municipality', async () => {
    const newYear = new Date('2027-01-01T01:00:00+06:00').getTime();
    world.talk.clock.pass(newYear - world.talk.clock.now().getTime());
    const { municipalityId } = await lastStored();
    await world.database.db.insert(proposalCounters).values({ municipalityId, year: 2027, series: 'main', last: 41 });
    expect((await sends('Кышында жол тазаланбайт')).number).toBe('KS-2027-0042');
    await world.talk.apart();
    const { number } = await sends('Кышкысын жолду кардан тазалап бергиле', person);
    await officer.says(`/inbox ${number}`);
    await officer.taps('Дагы');
    await officer.taps('Бириктирүү');
    expect((await officer.says('42')).join()).toContain(`${number} сунушу KS-2027-0042 сунушуна кошулат.`);
  });
});

it('says no Latin word in Kyrgyz', () => {
  expect([author, person, officer].flatMap(latinWords)).toEqual([]);
});
