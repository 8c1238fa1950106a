import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPlaces } from '../../../src/places/places.ts';
import { changeStatus } from '../../../src/proposals/change-status.ts';
import { proposals } from '../../../src/proposals/tables.ts';
import { residents } from '../../../src/residents/tables.ts';
import type { Role } from '../../../src/staff/rights.ts';
import { staff } from '../../../src/staff/tables.ts';
import { eventually } from '../../channels/eventually.ts';
import { testContext } from '../../support/database.ts';
import { asStaffOf, givenMunicipality, givenStaff } from '../../support/given.ts';
import { latinWords, type Person, useTalk } from '../../support/talk.ts';

const world = useTalk();
let author: Person;
let officer: Person;
let second: Person;
let secondId: number;

async function joins(id: string, role: Role, name: string): Promise<number> {
  const { db } = world.database;
  const municipality = (await loadPlaces(db)).municipalityByCode('KS');
  if (municipality === null) throw new Error('there is no municipality KS');
  const address = { channel: 'simulator', account: 'local', id } as const;
  const { staffId } = await givenStaff(testContext(db, { clock: world.talk.clock }), municipality, role, address, {
    name,
  });
  return staffId;
}

async function last() {
  const [row] = await world.database.db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
  if (row === undefined) throw new Error('nothing was stored');
  return row;
}

async function proposes(person: Person, text: string): Promise<string> {
  await person.says(text);
  await person.taps('Жөнөтүү');
  return (await last()).number;
}

beforeAll(async () => {
  await joins('ky-officer', 'officer', 'Жылдыз');
  secondId = await joins('ky-second', 'officer', 'Марат');
  officer = world.as('ky-officer');
  second = world.as('ky-second');
  author = world.as('ky-author');
  await author.registers();
});

describe('inbox', () => {
  it('takes the oldest into review, and answers it with a sentence of the office', async () => {
    await officer.plays(`
      > жаңы сунуштар
      Кезекте: 1
      Жаңы сунуш KS-NUMBER
      Мантыш · Көчө жарыгы · 2026-жылдын 22-ноябры
      «Мантышта көчөдө жарык жок»
      Булагы: Симулятор
      Колдогондор: 0 [Кароого алуу|Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
      > [Кароого алуу]
      Кароого алынды, авторго кабар жөнөтүлөт.
      Сунуш KS-NUMBER · Каралууда
      Мантыш · Көчө жарыгы · 2026-жылдын 22-ноябры
      «Мантышта көчөдө жарык жок»
      Булагы: Симулятор
      Колдогондор: 0 [Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
      > [Жооп берүү]
      Жоопту тандаңыз же өзүңүз жазыңыз.
      1. Адистерибиз барып, ордунан карап чыгат.
      2. Канча каражат керек экенин эсептеп жатабыз. [Адистерибиз барып, ордунан карап чыгат.|Канча каражат керек экенин эсептеп жата…|Өзүм жазам|Карточкага кайтуу]
      > 1
      Авторго ушундай жөнөтүлөт, тили: кыргызча.

      Айыл өкмөтүнүн жообу, сунуш KS-NUMBER:
      «Адистерибиз барып, ордунан карап чыгат.»

      Ар бир адам өз тилинде алат. [Жөнөтүү|Жок]
      > ооба
      Жооп жөнөтүлөт.
      Сунуш KS-NUMBER · Каралууда
      Мантыш · Көчө жарыгы · 2026-жылдын 22-ноябры
      «Мантышта көчөдө жарык жок»
      Булагы: Симулятор
      Колдогондор: 0
      Жооп: «Адистерибиз барып, ордунан карап чыгат.» [Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
      > [Кийинки]
      Мындай сунуш калган жок. (жаңы сунуштар) [Башынан көрүү|Фильтр]
    `);
    const { number } = await last();
    expect(author.heard.slice(-2)).toEqual([
      `Сунушуңуз каралып жатат. Номери: ${number}.`,
      `Айыл өкмөтүнүн жообу, сунуш ${number}:\n«Адистерибиз барып, ордунан карап чыгат.»`,
    ]);
  });

  it('declines in own words, shown before they go', async () => {
    await author.says('Ортокто мектептин чатыры тешик');
    await author.taps('Жөнөтүү');
    await officer.says('/inbox');
    await officer.plays(`
      > [Абалын өзгөртүү]
      Жаңы абалын тандаңыз. [Каралууда|Планга кирди|Планга кирген жок|Карточкага кайтуу]
      > 3
      Себебин тандаңыз же өзүңүз жазыңыз.
      1. Бюджетте азыр каражат жок, кийинки жылы кайра карайбыз.
      2. Бул маселени айыл өкмөтү чече албайт, тиешелүү мекемеге жеткирдик.
      3. Бул иш башка планда бар экен, ошол боюнча жасалат. [Бюджетте азыр каражат жок, кийинки жылы…|Бул маселени айыл өкмөтү чече албайт, т…|Бул иш башка планда бар экен, ошол боюн…|Өзүм жазам|Карточкага кайтуу]
      > Чатыр былтыр эле алмашкан, комиссия карап чыкты
      Авторго ушундай жөнөтүлөт, тили: кыргызча.

      Сунушуңуз бул жолу планга кирген жок. Номери: KS-NUMBER. Себеби: Чатыр былтыр эле алмашкан, комиссия карап чыкты

      Жазганыңыз которулбай, ошол бойдон барат. [Жөнөтүү|Жок]
      > жок
      Макул, эч нерсе өзгөргөн жок.
      Жаңы сунуш KS-NUMBER
      Орток · Мектеп · 2026-жылдын 22-ноябры
      «Ортокто мектептин чатыры тешик»
      Булагы: Симулятор
      Колдогондор: 0 [Кароого алуу|Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
    `);
  });

  it('declines with a sentence that everybody reads in their own language, whatever the proposal was written in', async () => {
    await world.database.db
      .update(proposals)
      .set({ language: 'en' })
      .where(eq(proposals.id, (await last()).id));
    await officer.taps('Абалын өзгөртүү');
    await officer.says('планга кирген жок');
    await officer.says('1');
    const [, card] = await officer.taps('Жөнөтүү');
    expect(card).toContain('\nЖооп: «Бюджетте азыр каражат жок');
    expect(await last()).toMatchObject({ status: 'declined', answer: expect.stringMatching(/^There is no money/) });
    expect(author.heard.at(-1)).toMatch(/планга кирген жок\. .* Себеби: Бюджетте азыр каражат жок/);
    expect(await author.says('/my')).toEqual([expect.stringContaining('Планга кирген жок')]);
    expect(await author.says('1')).toEqual([expect.stringContaining('Жооп: Бюджетте азыр каражат жок')]);
  });

  it('says that a card has changed meanwhile, sends nothing, and shows the new one', async () => {
    const number = await proposes(author, 'Мантышта көпүрө бузулуп калды');
    await officer.says('/inbox');
    await officer.taps('Жооп берүү');
    await officer.says('1');
    const before = author.heard.length;
    const { id } = await last();
    const ctx = testContext(world.database.db, { clock: world.talk.clock });
    await changeStatus(asStaffOf(ctx, { staffId: secondId }), { proposalId: id, to: 'in_review' });
    const said = await officer.taps('Жөнөтүү');
    expect(said).toEqual([
      'Карточка ушул арада өзгөрүптүр, эч нерсе жөнөтүлгөн жок. Жаңысын карап көрүңүз.',
      expect.stringContaining(`${number} · Каралууда`),
    ]);
    await world.talk.settled();
    expect(author.heard.slice(before).filter((text) => text.includes('жообу'))).toEqual([]);
  });

  it('tells the second of two officers who has the card open, and keeps nobody out', async () => {
    const number = await proposes(author, 'Мантышта таза суу жок');
    await officer.says('/inbox');
    const said = await second.says('/inbox');
    expect(said).toContain('Бул карточканы азыр Жылдыз да ачып турат.');
    expect(said.at(-1)).toContain(`Жаңы сунуш ${number}`);
    await second.taps('Кароого алуу');
    expect((await last()).status).toBe('in_review');
  });

  it('never makes a proposal of what is typed, nor sends it to anybody unasked', async () => {
    const number = await proposes(author, 'Мантышта спорт аянтча керек');
    await officer.says(`/inbox ${number}`);
    const { id } = await last();
    await officer.plays(`
      > Аянтча кайсы көчөдө болот?
      «Аянтча кайсы көчөдө болот?» Муну эмне кылалы? [Жооп кылып жөнөтүү|Авторго суроо|Издөө|Карточкага кайтуу]
      > [Авторго суроо]
      Авторго ушундай жөнөтүлөт, тили: кыргызча.

      Айыл өкмөтүнөн суроо, сунуш KS-NUMBER:
      «Аянтча кайсы көчөдө болот?»
      Жообуңузду ушул жерге жазыңыз.

      Жазганыңыз которулбай, ошол бойдон барат. [Жөнөтүү|Жок]
      > [Жөнөтүү]
      Суроо авторго жөнөтүлөт. Жообу ушул жерге келет.
      Жаңы сунуш KS-NUMBER
      Мантыш · Спорт, жаштар · 2026-жылдын 22-ноябры
      «Мантышта спорт аянтча керек»
      Булагы: Симулятор
      Колдогондор: 0
      Суроо: «Аянтча кайсы көчөдө болот?»
      Автор жооп бере элек [Кароого алуу|Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
      > (photo)
      Карточка ачык турганда файл жиберүүгө болбойт.
      Жаңы сунуш KS-NUMBER
      Мантыш · Спорт, жаштар · 2026-жылдын 22-ноябры
      «Мантышта спорт аянтча керек»
      Булагы: Симулятор
      Колдогондор: 0
      Суроо: «Аянтча кайсы көчөдө болот?»
      Автор жооп бере элек [Кароого алуу|Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
    `);
    expect((await last()).id).toBe(id);
  });

  it('hands the author’s answer to the one who asked, with a button that opens the card', async () => {
    await author.plays(`
      > Борбордук көчөдө, мектептин жанында
      Рахмат, жообуңуз айыл өкмөтүнө жетти. Сунуш KS-NUMBER, суроо: «Аянтча кайсы көчөдө болот?» [Бул жаңы сунуш]
      > рахмат
      Сизге да рахмат! Дагы сунушуңуз болсо, ушул жерге жазыңыз. [Сунуш жазуу|Менин сунуштарым|Коомдук угуулар|Тилди өзгөртүү|Айылым|Менин маалыматым|Билдирүүлөрдү токтотуу]
    `);
    expect(officer.heard.at(-1)).toMatch(
      /^Автордун жообу, сунуш KS-2026-\d+:\n«Борбордук көчөдө, мектептин жанында» \[Карточканы ачуу\]$/,
    );
    expect((await officer.taps('Карточканы ачуу')).at(-1)).toContain(
      'Автордун жообу: «Борбордук көчөдө, мектептин жанында»',
    );
  });

  it('hides abuse and blocks the one who sent it', async () => {
    const rude = world.as('ky-rude');
    await rude.registers();
    const { number, id } = await last();
    await officer.says(`/inbox ${number}`);
    await officer.plays(`
      > [Дагы]
      Дагы эмне кылалы? [Айылды өзгөртүү|Багытты өзгөртүү|Бириктирүү|Авторду көрүү|Жашыруу|Авторду бөгөттөө|Карточкага кайтуу]
      > [Жашыруу]
      Жашырылды: сакталып турат, бирок көрүнбөйт.
      Жаңы сунуш KS-NUMBER
      Жашырылган: эч кимге көрүнбөйт
      Мантыш · Көчө жарыгы · 2026-жылдын 22-ноябры
      «Мантышта көчөдө жарык жок»
      Булагы: Симулятор
      Колдогондор: 0 [Кайра көрсөтүү|Авторду бөгөттөө|Кийинки|Фильтр]
      > Муну жазбаңыз, тартип сактаңыз
      «Муну жазбаңыз, тартип сактаңыз» Муну эмне кылалы? [Издөө|Карточкага кайтуу]
      > [Карточкага кайтуу]
      Жаңы сунуш KS-NUMBER
      Жашырылган: эч кимге көрүнбөйт
      Мантыш · Көчө жарыгы · 2026-жылдын 22-ноябры
      «Мантышта көчөдө жарык жок»
      Булагы: Симулятор
      Колдогондор: 0 [Кайра көрсөтүү|Авторду бөгөттөө|Кийинки|Фильтр]
      > [Авторду бөгөттөө]
      Бул адамдан мындан ары сунуш кабыл алынбайт. Бөгөттөйбүзбү? [Авторду бөгөттөө|Жок]
      > ооба
      Автор бөгөттөлдү.
      Жаңы сунуш KS-NUMBER
      Жашырылган: эч кимге көрүнбөйт
      Мантыш · Көчө жарыгы · 2026-жылдын 22-ноябры
      «Мантышта көчөдө жарык жок»
      Булагы: Симулятор
      Автор бөгөттөлгөн
      Колдогондор: 0 [Кайра көрсөтүү|Бөгөттөн чыгаруу|Кийинки|Фильтр]
    `);
    await rude.plays(`
      > Ортокто таза суу такыр жок
      Кечиресиз, сизден сунуш кабыл алынбай калган. Сурооңуз болсо, айыл өкмөтүнө барып сүйлөшүңүз.
      > сунуш
      Кечиресиз, сизден сунуш кабыл алынбай калган. Сурооңуз болсо, айыл өкмөтүнө барып сүйлөшүңүз.
    `);
    expect((await last()).id).toBe(id);
    await rude.plays(`
      > (edit көчөдө жарык жок) Мантышта баарыңар уурусуңар
      Кечиресиз, сизден сунуш кабыл алынбай калган. Сурооңуз болсо, айыл өкмөтүнө барып сүйлөшүңүз.
      > /my
      Сиздин сунуштарыңыз: 1. Кайсынысын ачалы? [KS-NUMBER · Каралбайт]
      > 1
      KS-NUMBER · Каралбайт
      Кечиресиз, бул сунуш каралбайт. Сурооңуз болсо, айыл өкмөтүнө барып сүйлөшүңүз.
      «Мантышта көчөдө жарык жок»
      Айыл: Мантыш
      Багыты: Көчө жарыгы
      Жөнөтүлгөн күнү: 2026-жылдын 22-ноябры [Кайтарып алуу|Тизмеге кайтуу]
    `);
    await officer.taps('Бөгөттөн чыгаруу');
    await rude.says('/my');
    expect((await rude.says('1')).join()).toMatch(/· Каралбайт\n[\s\S]* \[Кайтарып алуу\|Тизмеге кайтуу\]$/);
    await officer.plays(`
      > [Кайра көрсөтүү]
      Кайра көрүнөт.
      Жаңы сунуш KS-NUMBER
      Мантыш · Көчө жарыгы · 2026-жылдын 22-ноябры
      «Мантышта көчөдө жарык жок»
      Булагы: Симулятор
      Колдогондор: 0 [Кароого алуу|Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
    `);
    expect((await rude.says('/my')).join()).toContain('· Катталды');
    await proposes(rude, 'Ортокто таза суу такыр жок');
    expect((await last()).id).toBeGreaterThan(id);
  });

  it('shows the files of a voice message, writes it down, and finds it by a word', async () => {
    await author.sendsVoice();
    await author.taps('Жөнөтүү');
    const { id, number } = await last();
    await eventually(() => officer.says(`/inbox ${number}`)).toContain(`${number}: файл 1 / 1 (${number}-1.opus)`);
    await officer.taps('Үндү текст кылуу');
    await officer.plays(`
      > план
      Болду, үндөн жазылганы сакталды.
      Жаңы сунуш KS-NUMBER
      Мантыш · Башка · 2026-жылдын 22-ноябры
      Үн билдирүү
      Үнүнөн жазылды: «план»
      Булагы: Симулятор
      Колдогондор: 0
      Сүрөт, файл: 1 [Кароого алуу|Суроо берүү|Жооп берүү|Абалын өзгөртүү|Дагы|Кийинки|Фильтр]
    `);
    await officer.taps('Дагы');
    await officer.taps('Үндү текст кылуу');
    await officer.says('Клубдун эшиги сынып калды');
    await officer.taps('Фильтр');
    await officer.taps('Издөө');
    expect((await officer.says('клуб')).at(-1)).toContain(`Жаңы сунуш ${number}`);
    expect(await last()).toMatchObject({ id, text: '', transcript: 'Клубдун эшиги сынып калды' });
  });

  it('puts village and sector right, by name as well', async () => {
    await officer.taps('Дагы');
    await officer.taps('Багытты өзгөртүү');
    await officer.says('клуб, маданият');
    await officer.taps('Дагы');
    await officer.taps('Айылды өзгөртүү');
    expect((await officer.says('Ак-Талаада')).at(-1)).toContain('Ак-Талаа · Клуб, маданият');
    expect(await last()).toMatchObject({ villageId: 'ak-talaa', sectorId: 'culture' });
  });

  it('filters, and says by what', async () => {
    await officer.plays(`
      > [Фильтр]
      Азыркы фильтр: Бардыгы, сөзү «клуб». Эмнесин өзгөртөбүз? [Абалы|Айыл|Багыты|Үн менен|Издөө|Фильтрди тазалоо|Жооп үлгүлөрү|Карточкага кайтуу]
      > [Айыл]
      Сунуш кайсы айыл жөнүндө? [Бардык айылдар|Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > Кызыл-Дөбө
      Мындай сунуш калган жок. (Бардыгы, Кызыл-Дөбө, сөзү «клуб») [Фильтр]
      > [Фильтр]
      Азыркы фильтр: Бардыгы, Кызыл-Дөбө, сөзү «клуб». Эмнесин өзгөртөбүз? [Абалы|Айыл|Багыты|Үн менен|Издөө|Фильтрди тазалоо|Жооп үлгүлөрү|Карточкага кайтуу]
      > [Издөө]
      Номерин же текстиндеги сөздү жазыңыз.
      > 99999
      Мындай номердеги сунуш табылган жок.
      Мындай сунуш калган жок. (Бардыгы, Кызыл-Дөбө, сөзү «клуб») [Фильтр]
      > [Фильтр]
      Азыркы фильтр: Бардыгы, Кызыл-Дөбө, сөзү «клуб». Эмнесин өзгөртөбүз? [Абалы|Айыл|Багыты|Үн менен|Издөө|Фильтрди тазалоо|Жооп үлгүлөрү|Карточкага кайтуу]
      > [Абалы]
      Кайсы сунуштарды көрөбүз? [Жаңылары|Каралып жаткандар|Бүтпөгөндөрү|Бардыгы|Жашырылгандар]
      > бардыгы
      Мындай сунуш калган жок. (Бардыгы, Кызыл-Дөбө, сөзү «клуб») [Фильтр]
    `);
  });

  it('keeps what the office answers with', async () => {
    await officer.taps('Фильтр');
    await officer.plays(`
      > [Жооп үлгүлөрү]
      Кайсы абалдын жоопторун өзгөртөбүз? [Катталды|Каралууда|Планга кирди|Каражат бөлүндү|Аткарылды|Планга кирген жок|Карточкага кайтуу]
      > аткарылды
      Азыр даяр үлгүлөр колдонулат, абалы: Аткарылды. Өзүңүздүкүн кошсоңуз, ошолор гана чыгат.
      1. Кандай болгонун карап, пикириңизди жазып коюңуз. [Үлгү кошуу|Тизмеге кайтуу]
      > [Үлгү кошуу]
      Үлгүнү кыргызча жазыңыз.
      > Иш бүттү, көрүп алыңыз
      Ушул эле үлгүнү орусча жазыңыз. Өткөрүп жиберсеңиз, кыргызчасы барат. [Өткөрүп жиберүү]
      > Работа закончена
      Ушул эле үлгүнү англисче жазыңыз. Өткөрүп жиберсеңиз, кыргызчасы барат. [Өткөрүп жиберүү]
      > [Өткөрүп жиберүү]
      Үлгү сакталды.
      Жооп үлгүлөрү, абалы: Аткарылды. Кайсынысын ачалы?
      1. Иш бүттү, көрүп алыңыз [Иш бүттү, көрүп алыңыз|Үлгү кошуу|Тизмеге кайтуу]
      > 1
      Иш бүттү, көрүп алыңыз
      Работа закончена
      Иш бүттү, көрүп алыңыз
      Муну эмне кылалы? [Өзгөртүү|Алып салуу|Тизмеге кайтуу]
      > [Алып салуу]
      Үлгү өчүрүлдү.
      Азыр даяр үлгүлөр колдонулат, абалы: Аткарылды. Өзүңүздүкүн кошсоңуз, ошолор гана чыгат.
      1. Кандай болгонун карап, пикириңизди жазып коюңуз. [Үлгү кошуу|Тизмеге кайтуу]
    `);
  });

  it('tells nobody who the author is whose role became another one meanwhile', async () => {
    const staffId = await joins('ky-moved', 'officer', 'Бакыт');
    const moved = world.as('ky-moved');
    await moved.says(`/inbox ${(await last()).number}`);
    await moved.taps('Дагы');
    await world.database.db.update(staff).set({ role: 'working-group' }).where(eq(staff.id, staffId));
    const heard = await moved.taps('Авторду көрүү');
    expect(heard[0]).toBe('Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.');
    expect(heard.join()).not.toContain('Автору:');
  });

  it('offers each role what it may do, and strangers nothing', async () => {
    await joins('ky-group', 'working-group', 'Асан');
    await joins('ky-deputy', 'deputy', 'Үсөн');
    const { number } = await last();
    const buttons = async (id: string) =>
      /\[(.*)\]$/.exec((await world.as(id).says(`/inbox ${number}`)).at(-1) ?? '')?.[1];
    expect(await buttons('ky-group')).toBe('Дагы|Кийинки|Фильтр');
    expect(await buttons('ky-deputy')).toBe('Кийинки|Фильтр');
    expect(await author.says('/inbox')).toEqual(['Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.']);
    const forged = { ...officer.button('Жооп үлгүлөрү'), data: 'go:inbox:1' };
    expect((await author.does(forged)).join()).not.toContain('Колдогондор');
  });
});

describe('answer-question', () => {
  async function asks(question: string, about?: string): Promise<string> {
    const number = about ?? (await proposes(author, `Мантышта ${question.length} чырак керек, көчө караңгы`));
    await officer.says(`/inbox ${number}`);
    await officer.taps('Суроо берүү');
    await officer.says(question);
    await officer.taps('Жөнөтүү');
    return number;
  }

  it('becomes a proposal instead at one tap, and the question stays open', async () => {
    await asks('Канча чырак керек?');
    await author.plays(`
      > Ортокто көпүрө бузулуп калды
      Рахмат, жообуңуз айыл өкмөтүнө жетти. Сунуш KS-NUMBER, суроо: «Канча чырак керек?» [Бул жаңы сунуш]
      > [Бул жаңы сунуш]
      Текшерип көрүңүз:
      «Ортокто көпүрө бузулуп калды»
      Айыл: Орток
      Багыты: Жолдор, көпүрөлөр
      Жөнөтөлүбү? [Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]
    `);
    expect(officer.heard.at(-1)).toContain('суроо жоопсуз турат');
    await author.taps('Жөнөтүү');
    expect((await last()).text).toBe('Ортокто көпүрө бузулуп калды');
    expect((await author.says('он эки')).join()).toContain('жообуңуз айыл өкмөтүнө жетти');
    // what has arrived stays, and nobody is told otherwise
    expect(await author.says('стоп')).toEqual(['Токтоттук.']);
  });

  it('waits while a draft is open, and is answered from the own list', async () => {
    await author.says('Мантышта автобус аялдамасы керек');
    const { id } = await last();
    await world.database.db.update(proposals).set({ status: 'in_review' }).where(eq(proposals.id, id));
    const { number } = await last();
    await officer.says(`/inbox ${number}`);
    await officer.taps('Суроо берүү');
    await officer.says('Көпүрө кайсы сууда?');
    await officer.taps('Жөнөтүү');
    expect((await author.says('эртең менен')).join()).toContain('Мантышта автобус аялдамасы керек\nэртең менен');
    await author.says('жокко чыгаруу');
    await author.says('/my');
    expect((await author.says('1')).join()).toContain('Айыл өкмөтүнүн суроосу: «Көпүрө кайсы сууда?» [Жооп берүү|');
    await author.taps('Жооп берүү');
    expect((await author.says('тил')).join()).toContain('жообуңуз айыл өкмөтүнө жетти');
    expect((await officer.taps('Карточканы ачуу')).at(-1)).toContain('Автордун жообу: «тил»');
  });

  it('goes to the last of several questions, and to another one at a tap', async () => {
    const first = await proposes(author, 'Мантышта 91 чырак керек, көчө караңгы');
    const other = await proposes(author, 'Мантышта 92 чырак керек, көчө караңгы');
    await asks('Кайсы көчөдө турат?', first);
    await asks('Качан бузулган эле?', other);
    await author.plays(`
      > Кыштын аягында
      Рахмат, жообуңуз айыл өкмөтүнө жетти. Сунуш KS-NUMBER, суроо: «Качан бузулган эле?»
      Башка суроонун жообу болсо, тандаңыз:
      KS-NUMBER: «Кайсы көчөдө турат?» [Кайсы көчөдө турат?|Бул жаңы сунуш]
      > 1
      Рахмат, жообуңуз айыл өкмөтүнө жетти. Сунуш KS-NUMBER, суроо: «Кайсы көчөдө турат?»
      Башка суроонун жообу болсо, тандаңыз:
      KS-NUMBER: «Качан бузулган эле?» [Качан бузулган эле?|Бул жаңы сунуш]
      > бүгүн эрте менен
      Рахмат, жообуңуз айыл өкмөтүнө жетти. Сунуш KS-NUMBER, суроо: «Качан бузулган эле?» [Бул жаңы сунуш]
    `);
    expect((await officer.says(`/inbox ${first}`)).at(-1)).toContain('Автордун жообу: «Кыштын аягында»');
    expect((await officer.says(`/inbox ${other}`)).at(-1)).toContain('Автордун жообу: «бүгүн эрте менен»');
  });

  it('follows an edit of the message that it came in', async () => {
    const number = await asks('Канча метр?');
    await author.says('жүз метрдей');
    expect(await author.edits('жүз метрдей', 'эки жүз метрдей')).toEqual(['Жообуңуз оңдолду.']);
    expect((await officer.says(`/inbox ${number}`)).at(-1)).toContain('Автордун жообу: «эки жүз метрдей»');
  });

  it('takes a photo, which then stands on the card', async () => {
    const number = await asks('Сүрөтү барбы?');
    await author.sendsPhoto('мына', 2);
    const [card] = (await officer.says(`/inbox ${number}`)).slice(-1);
    expect(card).toContain('Сүрөт, файл: 2');
    expect(card).toContain('Автордун жообу: «мына»');
  });
});

it('says no Latin word in Kyrgyz', () => {
  const people = ['ky-officer', 'ky-second', 'ky-author', 'ky-rude', 'ky-group', 'ky-deputy'];
  const said = people.flatMap((id) => latinWords(world.as(id)));
  expect(said.filter((word) => !['png', 'opus', 'ogg'].includes(word))).toEqual([]);
});

it('keeps no name in the officers’ conversations', async () => {
  await world.database.db.update(residents).set({ name: 'Бермет Асанова' });
  await officer.says('/inbox');
  await officer.taps('Дагы');
  const said = await officer.taps('Авторду көрүү');
  expect(said[0]).toBe('Автору: Бермет Асанова');
  const saved = await world.database.sql`select saved::text, memory::text from dialogs`;
  expect(JSON.stringify(saved)).not.toContain('Бермет');
});

it('opens the card of a button in the office that works on it, for somebody of two offices', async () => {
  const { db } = world.database;
  const ctx = testContext(db, { clock: world.talk.clock });
  await givenStaff(ctx, await givenMunicipality(ctx, { code: 'AB' }), 'officer', {
    channel: 'simulator',
    account: 'local',
    id: 'ky-officer',
  });
  world.talk.clock.pass(10_000);
  const { id, number } = await last();
  const button = { ...officer.button('Карточканы ачуу'), data: `go:inbox:${id}` };
  expect((await officer.does(button)).at(-1)).toContain(`Жаңы сунуш ${number}`);
  expect((await officer.says('/inbox')).at(-1)).toMatch(/^Кайсы айыл аймагы боюнча\? \[.*\|AB ky\]$/);
  expect((await officer.says('AB ky')).at(-1)).toBe('Мындай сунуш калган жок. (жаңы сунуштар) [Фильтр]');
});
