import { desc, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { sendNotice } from '../../src/deliveries/send-notice.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { findResidentByAddress } from '../../src/residents/queries.ts';
import { testContext } from '../support/database.ts';
import { everything, latinWords, type Person, useTalk } from '../support/talk.ts';

const world = useTalk();
let person: Person;
beforeAll(async () => {
  person = world.as('ky-resident');
  await person.registers();
});

async function lastStored(text?: string) {
  const found = text === undefined ? undefined : eq(proposals.text, text);
  const [proposal] = await world.database.db.select().from(proposals).where(found).orderBy(desc(proposals.id)).limit(1);
  if (proposal === undefined) throw new Error('nothing was stored');
  return proposal;
}

describe('my', () => {
  it('tells somebody without proposals so', () =>
    world.as('ky-none').plays(`
      > менин сунуштарым
      Сизде азырынча сунуш жок. [Сунуш жазуу]
      > [Сунуш жазуу]
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > 1
      Айылыңызга эмне керек? Бир билдирүү кылып жазыңыз же үн жибериңиз. Сүрөт кошсоңуз да болот.
    `));

  it('reads, corrects and keeps the first wording', async () => {
    await person.plays(`
      > менин сунуштарым
      Сиздин сунуштарыңыз: 1. Кайсынысын ачалы? [KS-NUMBER · Катталды]
      > 1
      KS-NUMBER · Катталды
      «Мантышта көчөдө жарык жок»
      Айыл: Мантыш
      Багыты: Көчө жарыгы
      Жөнөтүлгөн күнү: 2026-жылдын 22-ноябры [Текстти оңдоо|Кайтарып алуу|Тизмеге кайтуу]
      > [Текстти оңдоо]
      Сунушуңуздун жаңы текстин жазыңыз.
      > тил
      Бир аз кененирээк жазып бериңизчи: эмне керек, кайсы жерде?
      Сунушуңуздун жаңы текстин жазыңыз.
      > Мантыштын көчөсүнө он чырак керек
      Текст оңдолду. Сунуштун номери: KS-NUMBER.
    `);
    expect(await lastStored()).toMatchObject({
      text: 'Мантыштын көчөсүнө он чырак керек',
      firstText: 'Мантышта көчөдө жарык жок',
    });
  });

  it('opens a proposal by its number, and goes back to the list', async () => {
    await person.says('/my');
    const { number } = await lastStored();
    expect(await person.says(number)).toEqual([expect.stringContaining(`${number} · Катталды`)]);
    expect(await person.taps('Тизмеге кайтуу')).toEqual([expect.stringContaining('Сиздин сунуштарыңыз: 1')]);
  });

  it('does not withdraw what the person thinks better of, and withdraws what they confirm', async () => {
    await person.plays(`
      > /my
      Сиздин сунуштарыңыз: 1. Кайсынысын ачалы? [KS-NUMBER · Катталды]
      > 1
      KS-NUMBER · Катталды
      «Мантыштын көчөсүнө он чырак керек»
      Айыл: Мантыш
      Багыты: Көчө жарыгы
      Жөнөтүлгөн күнү: 2026-жылдын 22-ноябры [Текстти оңдоо|Кайтарып алуу|Тизмеге кайтуу]
      > [Кайтарып алуу]
      KS-NUMBER сунушуңузду кайтарып аласызбы? [Ооба, кайтарып алам|Жок]
      > жок
      Макул, сунушуңуз ордунда калды.
    `);
    expect((await lastStored()).status).toBe('received');
    await person.says('/my');
    await person.says('1');
    await person.taps('Кайтарып алуу');
    expect(await person.says('ооба')).toEqual([expect.stringContaining('кайтарып алынды')]);
    expect((await lastStored()).status).toBe('withdrawn');
    expect(await person.says('/my')).toEqual([expect.stringContaining('Кайтарып алынды')]);
    expect(await person.says('1')).toEqual([expect.stringMatching(/\[Тизмеге кайтуу\]$/)]);
  });

  it('shows the answer, and refuses a correction once somebody works on the proposal', async () => {
    await person.says('Ортокто таза суу жок');
    await person.taps('Жөнөтүү');
    await person.says('/my');
    await person.says('1');
    await person.taps('Текстти оңдоо');
    const { id } = await lastStored();
    await world.database.db
      .update(proposals)
      .set({ status: 'in_review', answer: 'Жазында баштайбыз' })
      .where(eq(proposals.id, id));
    expect(await person.says('Ортокто таза суу такыр жок')).toEqual([
      'Бул сунуш каралып жатат, текстин эми өзгөртүүгө болбойт. Кошумчаңыз болсо, жаңы сунуш кылып жазыңыз.',
    ]);
    await person.says('/my');
    expect(await person.says('1')).toEqual([
      expect.stringMatching(/ · Каралууда\n[\s\S]*Жооп: Жазында баштайбыз \[Тизмеге кайтуу\]$/),
    ]);
  });

  it('tells what has become of a proposal that can be neither changed nor taken back', async () => {
    await person.says('Ортокто мончо жок, кышында кыйын');
    await person.taps('Жөнөтүү');
    await person.says('/my');
    await person.says('1');
    await person.taps('Кайтарып алуу');
    const { id } = await lastStored();
    await world.database.db.update(proposals).set({ status: 'in_review' }).where(eq(proposals.id, id));
    await person.plays(`
      > [Ооба, кайтарып алам]
      Бул сунушту эми кайтарып алууга болбойт. Абалы: Каралууда.
    `);
    await world.database.db.update(proposals).set({ status: 'done' }).where(eq(proposals.id, id));
    await person.plays(`
      > (edit мончо жок) Ортокто мончо такыр жок
      Бул сунушту эми өзгөртүүгө болбойт. Абалы: Аткарылды. Кошумчаңыз болсо, жаңы сунуш кылып жазыңыз.
    `);
  });

  it('shows nobody the proposals of somebody else', async () => {
    const { id, number } = await lastStored();
    const stranger = world.as('ky-stranger');
    await stranger.registers();
    const [list] = await stranger.says('/my');
    expect(list).not.toContain(number);
    const { data, ...pick } = stranger.button(list?.match(/\[(.*)\]/)?.[1] ?? '');
    const said = await stranger.does({ ...pick, data: data.replace(/[^:]+$/, String(id)) });
    expect(said.join()).not.toContain('Ортокто');
  });
});

describe('settings', () => {
  it('change the language and the village', () =>
    person.plays(`
      > тил
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > кыргызча
      Болду, эми кыргызча жазабыз.
      > айыл
      Кайсы айылдансыз? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > Бишкек
      Мындай айыл тизмеде жок. Төмөнкүдөн тандаңыз.
      Кайсы айылдансыз? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > 4
      Болду. Айылыңыз: Орток.
      > Мектептин чатыры тешик, оңдоп бериңиздер
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер»
      Айыл: Орток
      Багыты: Мектеп
      Жөнөтөлүбү? [Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]
      > жокко чыгар
      Токтоттук, эч нерсе жөнөтүлгөн жок.
    `));

  it('stop announcements, then answers too, and start them again', () =>
    person.plays(`
      > токтот
      Билдирүүлөрдү токтотолубу? [Ооба, токтотулсун|Жок, келе берсин]
      > жок
      Макул, билдирүүлөр келе берет.
      > токтот
      Билдирүүлөрдү токтотолубу? [Ооба, токтотулсун|Жок, келе берсин]
      > токтот
      Болду, кулактандыруу жөнөтпөйбүз. Өз сунуштарыңызга жооп келе берет. [Жооптор да келбесин|Билдирүүлөрдү кайра алуу]
      > [Жооптор да келбесин]
      Болду, эми кулактандыруу да, жооп да жөнөтпөйбүз. Сунуштарыңыздын абалын «Менин сунуштарым» деп жазып көрө аласыз.
      > менин маалыматым
      Сиз жөнүндө сакталган маалымат:
      Чаттагы дарегиңиз: Симулятор, ky-resident
      Тилиңиз: Кыргызча
      Айылыңыз: Орток
      Жынысы: айтылган жок
      Жашыңыз: айтылган жок
      Макулдук берген күнүңүз: 2026-жылдын 22-ноябры
      Сунуштарыңыздын саны: 3
      Сүрөт, файл: 0
      Кулактандыруулар: токтотулган
      Сунуштарыңызга жооптор: токтотулган
      Баарын өчүрүү үчүн «маалыматымды өчүр» деп жазыңыз.

      Ден соолугуңуз, кирешеңиз же үй-бүлө шартыңыз боюнча колдоого муктаж болсоңуз, белгилеп койсоңуз болот. Бул жалпы санакка гана кирет, атыңыз көрсөтүлбөйт. [Колдоого муктажмын]
      > /stop
      Болду, эми кулактандыруу да, жооп да жөнөтпөйбүз. Сунуштарыңыздын абалын «Менин сунуштарым» деп жазып көрө аласыз. [Билдирүүлөрдү кайра алуу]
      > 1
      Макул, билдирүүлөр кайра келет.
    `));

  it('promise no news to whoever wants none', async () => {
    await person.says('/stop');
    await person.taps('Жооптор да келбесин');
    await person.says('Ортокто спорт аянтчасына тосмо керек');
    const [receipt] = await person.taps('Жөнөтүү');
    expect(receipt).toMatch(/Номери: KS-\d{4}-\d{4}\. Абалын «Менин сунуштарым» деп жазып көрө аласыз\.$/);
    await person.says('/stop');
    await person.taps('Билдирүүлөрдү кайра алуу');
  });

  it('stop what waits to be sent, too', async () => {
    const { db } = world.database;
    const { municipalityId } = await lastStored();
    const me = await findResidentByAddress(db, { channel: 'simulator', account: 'local', id: person.id });
    await db.transaction(async (tx) => {
      const about = { municipalityId, subject: 'proposal:1', audience: 'own' } as const;
      const write = () => ({ text: 'Сунушуңуз каралып жатат.' });
      await sendNotice(tx, testContext(db), { ...about, residentIds: [me?.id ?? 0], write });
      await tx.update(deliveries).set({ nextAttemptAt: sql`now() + interval '1 hour'` });
    });
    await person.says('/stop');
    await person.taps('Жооптор да келбесин');
    expect(await db.select().from(deliveries)).toMatchObject([{ status: 'skipped', reason: 'opted_out' }]);
    await person.says('/stop');
    await person.taps('Билдирүүлөрдү кайра алуу');
  });
});

describe('forget', () => {
  it('keeps everything when the person thinks better of it', () =>
    person.plays(`
      > маалыматымды өчүр
      Атыңыз, дарегиңиз жана жазышуубуз өчүрүлөт. Сунуштарыңыз атыңызсыз калат. Өчүрөлүбү? [Ооба, өчүрүлсүн|Жок, калсын]
      > токтот
      Макул, эч нерсе өчүрүлгөн жок.
    `));

  it('erases the person from every table and leaves the proposals without them', async () => {
    const text = 'Ортокто таза суу жок';
    const { number } = await lastStored(text);
    await person.says('Бул сөздөр эч качан жөнөтүлбөйт, ишенип коюңуз');
    await person.says('/forget');
    expect(await everything(world.database)).toContain('ky-resident');
    await person.plays(`
      > [Ооба, өчүрүлсүн]
      Маалыматыңыз өчүрүлдү. Камдык көчүрмөлөрдөн өчө турган күнү: 2026-жылдын 22-декабры. Кайра жазгыңыз келсе, «салам» деп жазыңыз.
    `);
    const left = await everything(world.database);
    expect(left).not.toContain('ky-resident');
    expect(left).not.toContain('ишенип коюңуз');
    expect(await lastStored(text)).toMatchObject({ number, residentId: null });
  });

  it('makes a stranger of the person, and never gives a number again', async () => {
    const before = await lastStored();
    await person.registers();
    const after = await lastStored();
    expect(after.sequence).toBeGreaterThan(before.sequence);
    expect(await person.says('/my')).toEqual([expect.stringContaining('Сиздин сунуштарыңыз: 1')]);
  });

  it('tells somebody of whom nothing is kept so', async () => {
    expect(await world.as('ky-unknown').says('/forget')).toEqual(['Сиз жөнүндө эч нерсе сакталган эмес.']);
  });
});

it('says no Latin word in Kyrgyz', () => {
  for (const id of ['ky-resident', 'ky-none', 'ky-stranger']) expect(latinWords(world.as(id))).toEqual([]);
});
