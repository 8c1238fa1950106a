import { asc, desc } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { auditLog } from '../../../src/audit/tables.ts';
import { meetingMedia, meetings } from '../../../src/meetings/tables.ts';
import { media } from '../../../src/messaging/tables.ts';
import { loadPlaces } from '../../../src/places/places.ts';
import { proposalAttachments, proposals } from '../../../src/proposals/tables.ts';
import { testContext } from '../../support/database.ts';
import { givenStaff } from '../../support/given.ts';
import { latinWords, type Person, useTalk } from '../../support/talk.ts';

const world = useTalk();

async function givenColleague(id: string, role: Parameters<typeof givenStaff>[2]): Promise<Person> {
  const { db } = world.database;
  const municipality = (await loadPlaces(db)).municipalityByCode('KS');
  if (municipality === null) throw new Error('no municipality KS');
  await givenStaff(testContext(db), municipality, role, { channel: 'simulator', account: 'local', id });
  return world.as(id);
}

async function lastProposal() {
  const [row] = await world.database.db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
  return row;
}

const SECTORS = [
  ...['Жолдор, көпүрөлөр', 'Таза суу', 'Сугат суу, жайыт, айыл чарба', 'Таштанды, тазалык', 'Көчө жарыгы'],
  ...['Электр, свет', 'Мектеп', 'Бала бакча', 'Медицина, ФАП', 'Клуб, маданият', 'Китепкана', 'Спорт, жаштар'],
  ...['Социалдык колдоо', 'Ишкердик, жумуш орундары', 'Жер, муниципалдык менчик', 'Сел, кырсык'],
  ...['Унаа, байланыш, интернет', 'Абаттандыруу, парк, көрүстөн'],
];
/** All of them, those that the words speak of on top. */
const sectors = (...first: string[]) => `[${[...first, ...SECTORS.filter((one) => !first.includes(one))].join('|')}]`;
const WHO =
  '[Аял, 14–28|Аял, 29–54|Аял, 55 жана улуу|Эркек, 14–28|Эркек, 29–54|Эркек, 55 жана улуу|Аял|Эркек|Өткөрүп жиберүү]';
const CARD =
  '[Каттоо|Айылды өзгөртүү|Багытты өзгөртүү|Берген адам|Колдоого муктаж|Жыйын|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]';

describe('enterPaper', () => {
  let officer: Person;
  beforeAll(async () => {
    officer = await givenColleague('jyldyz', 'working-group');
  });

  it('takes a paper in four questions, and gives a number to write on it', async () => {
    await officer.plays(`
      > Кагаз сунуш
      Кагаздагы сунушту жазыңыз же сүрөтүн жибериңиз. Бир жолу бир сунуш.
      > Мантышта көчөгө жарык керек
      Сунуш кайсы айылдан келди? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > [Мантыш]
      Сунуш эмне жөнүндө? Багытын тандаңыз. ${sectors('Көчө жарыгы', 'Жолдор, көпүрөлөр', 'Башка')}
      > [Көчө жарыгы]
      Сунушту ким берди? Тандаңыз же жазыңыз, мисалы: «аял 34». ${WHO}
      > [Аял, 29–54]
      Текшерип көрүңүз:
      «Мантышта көчөгө жарык керек»
      Айыл: Мантыш
      Багыты: Көчө жарыгы
      Сунушту берген: Аял, 29–54 жаш
      Катталсынбы? ${CARD}
      > [Каттоо]
      Катталды. Номери: KS-NUMBER. Ушул номерди кагазга да жазып коюңуз.
      Дагы кагаз барбы? Кийинкисин жазыңыз же «Болду» деңиз. [Болду]
    `);
    expect(await lastProposal()).toMatchObject({
      source: 'paper',
      channel: null,
      residentId: null,
      villageId: 'mantysh',
      sectorId: 'lighting',
      authorSex: 'woman',
      authorAgeBand: '29-54',
      enteredBy: 'staff:1',
    });
  });

  it('keeps the village for the next one of the pile; a photo of it is kept; back leads back', async () => {
    await officer.plays(`
      > (photo)
      Сүрөттөгү сунушту кыскача жазып коюңуз, издегенде табылат. [Өткөрүп жиберүү]
      > Көпүрөнүн тактайлары чирип калган
      Сунуш эмне жөнүндө? Багытын тандаңыз. ${sectors('Жолдор, көпүрөлөр', 'Башка')}
      > 1
      Сунушту ким берди? Тандаңыз же жазыңыз, мисалы: «аял 34». ${WHO}
      > эркек 60 жашта
      Текшерип көрүңүз:
      «Көпүрөнүн тактайлары чирип калган»
      Айыл: Мантыш
      Багыты: Жолдор, көпүрөлөр
      Сунушту берген: Эркек, 55 жаш жана улуу
      Сүрөт, файл: 1
      Катталсынбы? ${CARD}
      > артка
      Сунушту ким берди? Тандаңыз же жазыңыз, мисалы: «аял 34». ${WHO}
      > өткөр
      Текшерип көрүңүз:
      «Көпүрөнүн тактайлары чирип калган»
      Айыл: Мантыш
      Багыты: Жолдор, көпүрөлөр
      Сунушту берген: айтылган жок
      Сүрөт, файл: 1
      Катталсынбы? ${CARD}
      > аял 20
      Текшерип көрүңүз:
      «Көпүрөнүн тактайлары чирип калган»
      Айыл: Мантыш
      Багыты: Жолдор, көпүрөлөр
      Сунушту берген: Аял, 14–28 жаш
      Сүрөт, файл: 1
      Катталсынбы? ${CARD}
      > [Колдоого муктаж]
      Текшерип көрүңүз:
      «Көпүрөнүн тактайлары чирип калган»
      Айыл: Мантыш
      Багыты: Жолдор, көпүрөлөр
      Сунушту берген: Аял, 14–28 жаш
      Колдоого муктаж топтон
      Сүрөт, файл: 1
      Катталсынбы? ${CARD.replace('муктаж|', 'муктаж эмес|')}
      > ортокто
      Текшерип көрүңүз:
      «Көпүрөнүн тактайлары чирип калган»
      Айыл: Орток
      Багыты: Жолдор, көпүрөлөр
      Сунушту берген: Аял, 14–28 жаш
      Колдоого муктаж топтон
      Сүрөт, файл: 1
      Катталсынбы? ${CARD.replace('муктаж|', 'муктаж эмес|')}
      > ооба
      Катталды. Номери: KS-NUMBER. Ушул номерди кагазга да жазып коюңуз.
      Дагы кагаз барбы? Кийинкисин жазыңыз же «Болду» деңиз. [Болду]
      > болду
      Бүттү. Катталган кагаздар: 2.
    `);
    const row = await lastProposal();
    expect(row).toMatchObject({
      villageId: 'ortok',
      authorSex: 'woman',
      authorAgeBand: '14-28',
      authorVulnerable: true,
    });
    expect(await world.database.db.select().from(proposalAttachments)).toMatchObject([{ proposalId: row?.id }]);
  });

  it('forgets a paper that is canceled, and keeps one that another conversation interrupts', async () => {
    await officer.says('/register');
    await officer.says('Мектептин чатыры агып жатат');
    await officer.taps('Орток');
    await officer.plays(`
      > /language
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > [Кыргызча]
      Болду, эми кыргызча жазабыз.
      Сунуш эмне жөнүндө? Багытын тандаңыз. ${sectors('Мектеп', 'Башка')}
      > жокко чыгар
      Токтоттук, эч нерсе жөнөтүлгөн жок.
    `);
    expect(await lastProposal()).toMatchObject({ villageId: 'ortok', sectorId: 'roads' });
  });

  it('is not for deputies: they are told, and it is written down', async () => {
    const deputy = await givenColleague('deputy', 'deputy');
    await deputy.plays(`
      > /register
      Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.
      > /meeting
      Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.
    `);
    const rows = await world.database.db.select().from(auditLog).orderBy(asc(auditLog.id));
    expect(rows.filter(({ action }) => action === 'right.denied').map(({ after }) => after)).toEqual([
      { right: 'proposals.enter' },
      { right: 'meetings.record' },
    ]);
  });

  it('speaks Kyrgyz throughout', () => {
    expect(latinWords(officer)).toEqual([]);
  });
});

describe('meeting', () => {
  let officer: Person;
  beforeAll(async () => {
    officer = await givenColleague('bakyt', 'officer');
  });

  it('records who came, with the sheets, and leads to the proposals', async () => {
    await officer.plays(`
      > Жыйын
      Жыйын кайсы айылда өттү? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > Орток
      Кандай жыйын болду? [ЖМБА|Айыл жыйыны|Башка жыйын]
      > жыйын
      Качан өттү? Күнүн жазыңыз, мисалы: «15.11». [Бүгүн|Кечээ]
      > 23.11.2026
      Бул күн келе элек. Өткөн жыйындын күнүн жазыңыз.
      Качан өттү? Күнүн жазыңыз, мисалы: «15.11». [Бүгүн|Кечээ]
      > 32.11
      Мындай күн жок окшойт. «15.11» же «15.11.2026» деп жазыңыз.
      Качан өттү? Күнүн жазыңыз, мисалы: «15.11». [Бүгүн|Кечээ]
      > 20.11
      Канча адам катышты, анын канчасы аял? Мисалы: «45, 18». Аялдар эсептелбесе, бир эле сан жазыңыз.
      > көп
      Сан менен жазыңыз, мисалы: «45, 18». Эң көбү 20 000 адам.
      Канча адам катышты, анын канчасы аял? Мисалы: «45, 18». Аялдар эсептелбесе, бир эле сан жазыңыз.
      > 45, 50
      Аялдар катышкандардан көп болуп калды. Катышканы: 45.
      Канча адам катышты, анын канчасы аял? Мисалы: «45, 18». Аялдар эсептелбесе, бир эле сан жазыңыз.
      > 45 адам, 18 аял
      Жашы боюнча канчадан: 14–28, 29–54, 55 жана улуу? Үч сан жазыңыз, мисалы: «12, 20, 8». [Өткөрүп жиберүү]
      > 20, 20, 6
      Үч сан кошулганда катышкандардан көп болуп калды. Катышканы: 45.
      Жашы боюнча канчадан: 14–28, 29–54, 55 жана улуу? Үч сан жазыңыз, мисалы: «12, 20, 8». [Өткөрүп жиберүү]
      > 12 20 8
      Барактардын сүрөтүн жибериңиз. Бүткөндө «Болду» деңиз. [Өткөрүп жиберүү]
      > (photo)
      Кошулду. Сүрөт, файл: 1. [Болду]
      > болду
      Айыл жыйыны, 20.11.2026
      Айыл: Орток
      Катышты: 45 адам
      Анын ичинен аялдар: 18
      14–28: 12, 29–54: 20, 55 жана улуу: 8
      Барактардын сүрөтү: 1
      Сакталсынбы? [Сактоо|Жокко чыгаруу]
      > [Сактоо]
      Жыйын сакталды. Сунуштарын азыр киргизесизби? [Сунуштарын киргизүү|Тизмеге кайтуу]
      > [Сунуштарын киргизүү]
      Кагаздагы сунушту жазыңыз же сүрөтүн жибериңиз. Бир жолу бир сунуш.
      > Сугат суу жетпейт, арык тазалансын
      Сунуш эмне жөнүндө? Багытын тандаңыз. ${sectors('Сугат суу, жайыт, айыл чарба', 'Таштанды, тазалык', 'Таза суу', 'Башка')}
      > 1
      Сунушту ким берди? Тандаңыз же жазыңыз, мисалы: «аял 34». ${WHO}
      > аял
      Текшерип көрүңүз:
      «Сугат суу жетпейт, арык тазалансын»
      Айыл: Орток
      Багыты: Сугат суу, жайыт, айыл чарба
      Сунушту берген: Аял
      Жыйын: Айыл жыйыны, 20.11.2026
      Катталсынбы? ${CARD}
      > [Каттоо]
      Катталды. Номери: KS-NUMBER. Ушул номерди кагазга да жазып коюңуз.
      Дагы кагаз барбы? Кийинкисин жазыңыз же «Болду» деңиз. [Болду]
      > жок
      Бүттү. Катталган кагаздар: 1.
    `);
    const [meeting] = await world.database.db.select().from(meetings);
    expect(meeting).toMatchObject({ villageId: 'ortok', kind: 'gathering', heldOn: '2026-11-20', women: 18 });
    expect(await world.database.db.select().from(meetingMedia)).toMatchObject([{ meetingId: meeting?.id }]);
    expect(await lastProposal()).toMatchObject({ meetingId: meeting?.id, villageId: 'ortok' });
  });

  it('is offered for papers of its village while it is fresh', async () => {
    await officer.says('/register');
    await officer.says('Клубга жылытуу керек болуп жатат');
    await officer.plays(`
      > [Орток]
      Бул сунуш жыйында айтылдыбы? [Айыл жыйыны, 20.11.2026|Жыйында эмес]
      > Кышында абдан суук болот
      Сунушуңузга кошулду.
      Бул сунуш жыйында айтылдыбы? [Айыл жыйыны, 20.11.2026|Жыйында эмес]
      > [Жыйында эмес]
      Сунуш эмне жөнүндө? Багытын тандаңыз. ${sectors('Клуб, маданият', 'Башка')}
      > (place)
      Сунушуңузга кошулду.
      Сунуш эмне жөнүндө? Багытын тандаңыз. ${sectors('Клуб, маданият', 'Башка')}
      > [Клуб, маданият]
      Сунушту ким берди? Тандаңыз же жазыңыз, мисалы: «аял 34». ${WHO}
      > [Аял]
      Текшерип көрүңүз:
      «Клубга жылытуу керек болуп жатат
      Кышында абдан суук болот»
      Айыл: Орток
      Багыты: Клуб, маданият
      Сунушту берген: Аял
      Жайгашкан жери кошулду
      Катталсынбы? ${CARD}
      > [Жыйын]
      Бул сунуш жыйында айтылдыбы? [Айыл жыйыны, 20.11.2026|Жыйында эмес]
      > 1
      Текшерип көрүңүз:
      «Клубга жылытуу керек болуп жатат
      Кышында абдан суук болот»
      Айыл: Орток
      Багыты: Клуб, маданият
      Сунушту берген: Аял
      Жыйын: Айыл жыйыны, 20.11.2026
      Жайгашкан жери кошулду
      Катталсынбы? ${CARD}
      > [Каттоо]
      Катталды. Номери: KS-NUMBER. Ушул номерди кагазга да жазып коюңуз.
      Дагы кагаз барбы? Кийинкисин жазыңыз же «Болду» деңиз. [Болду]
      > токтот
      Токтоттук, эч нерсе жөнөтүлгөн жок.
    `);
    expect(await lastProposal()).toMatchObject({ latitude: 42.2, longitude: 75.7, meetingId: 1 });
  });

  it('lists what was recorded, shows its sheets, and takes back what was a mistake', async () => {
    await vi.waitUntil(async () => (await world.database.db.select().from(media)).every(({ path }) => path !== null), {
      timeout: 60_000,
    });
    await officer.plays(`
      > /meeting
      Жазылган жыйындар: 1. Кайсынысын ачалы? [Жаңы жыйын|20.11.2026 · Орток · Айыл жыйыны]
      > 2
      Айыл жыйыны, 20.11.2026
      Айыл: Орток
      Катышты: 45 адам
      Анын ичинен аялдар: 18
      14–28: 12, 29–54: 20, 55 жана улуу: 8
      Барактардын сүрөтү: 1
      Жыйындан келген сунуштар: 2 [Сунуштарын киргизүү|Барактарды көрүү|Ката жазылган|Тизмеге кайтуу]
      > [Барактарды көрүү]
      Айыл жыйыны, 20.11.2026: файл 1 / 1 (2026-11-20-1.png)
      Айыл жыйыны, 20.11.2026
      Айыл: Орток
      Катышты: 45 адам
      Анын ичинен аялдар: 18
      14–28: 12, 29–54: 20, 55 жана улуу: 8
      Барактардын сүрөтү: 1
      Жыйындан келген сунуштар: 2 [Сунуштарын киргизүү|Барактарды көрүү|Ката жазылган|Тизмеге кайтуу]
      > [Ката жазылган]
      Бул жыйын ката жазылганбы? Тизмеден чыгарылат, андан келген сунуштар калат. [Ооба|Жок]
      > ооба
      Жыйын тизмеден чыгарылды.
    `);
    expect(await world.database.db.select().from(meetings)).toMatchObject([{ canceledAt: expect.any(Date) }]);
  });

  it('speaks Kyrgyz throughout', () => {
    expect(latinWords(officer)).toEqual(['png']);
  });
});
