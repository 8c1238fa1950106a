import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditLog } from '../../../src/audit/tables.ts';
import { loadPlaces, type Municipality } from '../../../src/places/places.ts';
import { editLine } from '../../../src/plans/edit-line.ts';
import { getPlan, listPlans } from '../../../src/plans/queries.ts';
import { proposalSupports, proposals } from '../../../src/proposals/tables.ts';
import { staff } from '../../../src/staff/tables.ts';
import { testContext } from '../../support/database.ts';
import { givenProposal, givenResident, givenStaff } from '../../support/given.ts';
import { type Person, useTalk } from '../../support/talk.ts';

const world = useTalk();
let officer: Person;
let author: Person;
let municipality: Municipality;

async function givenMember(id: string, role: Parameters<typeof givenStaff>[2]): Promise<Person> {
  const address = { channel: 'simulator', account: 'local', id } as const;
  await givenStaff(testContext(world.database.db), municipality, role, address);
  return world.as(id);
}

async function onlyPlan() {
  const { db } = world.database;
  const [found] = await listPlans(db, municipality.id);
  return getPlan(db, found?.id ?? 0);
}

beforeAll(async () => {
  const { db } = world.database;
  const ctx = testContext(db);
  const found = (await loadPlaces(db)).municipalityByCode('KS');
  if (found === null) throw new Error('no municipality KS');
  municipality = found;
  author = world.as('ky-author');
  await author.registers();
  for (const [villageId, text] of [
    ['mantysh', 'Таза суу үч күндө бир келет'],
    ['ortok', 'Колонка иштебейт'],
  ] as const) {
    const resident = await givenResident(ctx, {
      address: { channel: 'telegram', account: '1', id: `nobody-${villageId}` },
    });
    await givenProposal(ctx, resident, municipality, { villageId, sectorId: 'water', text });
  }
  officer = await givenMember('ky-officer', 'officer');
});

describe('plan', () => {
  it('makes lines of what most people ask for, with the reasons shown', async () => {
    await officer.plays(`
      > план
      Кайсы жылдын планын ачалы? [2027 · жаңы план баштоо|2026 · жаңы план баштоо]
      > 2027
      2027-жылга план · Даярдалып жатат
      Планда азырынча пункт жок. [Сунуштардан кошуу|Жаңы пункт|Файл, бекитүү]
      > [Сунуштардан кошуу]
      Эң көп адам сураган багыттар. Кайсынысын кошобуз?
      1. Таза суу: 2 адам; колдогондор: 0; сунуштар: 2 (Мантыш 1, Орток 1)
      2. Көчө жарыгы: 1 адам; колдогондор: 0; сунуштар: 1 (Мантыш 1) [Таза суу · 2 адам|Көчө жарыгы · 1 адам|Планга кайтуу]
      > таза суу
      Таза суу
      Мантыш: 1 адам; колдогондор: 0; сунуштар: 1
      Орток: 1 адам; колдогондор: 0; сунуштар: 1
      Кайсы айылдардыкын кошобуз? [Бардык айылдар|Мантыш · 1 адам|Орток · 1 адам]
      > [Мантыш · 1 адам]
      Кошулду. Пункт: 1, сунуштар: 1.
      1. Ичүүчү таза суу
      ЖММ: 4) Калкты таза суу менен камсыз кылуу
      Мантыш: Таза суу үч күндө бир келет
      Сунуштар: 1
      KS-NUMBER [Өзгөртүү|Сунуш кошуу|Сунуш алып салуу|Пунктту алып салуу|Планга кайтуу]
      > [Планга кайтуу]
      2027-жылга план · Даярдалып жатат
      1. Ичүүчү таза суу
         Мантыш
      Бардыгы: 0 сом. Сунуштар: 1. [1. Ичүүчү таза суу|Сунуштардан кошуу|Жаңы пункт|Файл, бекитүү]
      > [Сунуштардан кошуу]
      Эң көп адам сураган багыттар. Кайсынысын кошобуз?
      1. Көчө жарыгы: 1 адам; колдогондор: 0; сунуштар: 1 (Мантыш 1)
      2. Таза суу: 1 адам; колдогондор: 0; сунуштар: 1 (Орток 1) [Көчө жарыгы · 1 адам|Таза суу · 1 адам|Планга кайтуу]
      > 2
      Бул багыт боюнча планда пункт бар. Ошого кошобузбу? [Ошол пунктка|Жаңы пункт]
      > ооба
      Кошулду. Пункт: 1, сунуштар: 1.
      1. Ичүүчү таза суу
      ЖММ: 4) Калкты таза суу менен камсыз кылуу
      Мантыш: Таза суу үч күндө бир келет
      Орток: Колонка иштебейт
      Сунуштар: 2
      KS-NUMBER, KS-NUMBER [Өзгөртүү|Сунуш кошуу|Сунуш алып салуу|Пунктту алып салуу|Планга кайтуу]
    `);
    expect(author.heard.at(-1)).not.toContain('план');
  });

  it('asks one question a field, again where the answer makes no sense', () =>
    officer.plays(`
      > [Өзгөртүү]
      Эмнесин өзгөртөбүз? [Багыты|ЖММ|Жалпы көйгөй|Айылдын көйгөйү|Бенефициарлар|Иш-чаралар|Баасы|Каржылоо булактары|Ордун өзгөртүү]
      > [Бенефициарлар]
      Канча адамга пайдасы тиет? Бардыгы, аялдар, эркектер деп жазыңыз, мисалы: 800 390 410.
      > 800 390 411
      Аялдар менен эркектердин саны бардыгына барабар эмес.
      Канча адамга пайдасы тиет? Бардыгы, аялдар, эркектер деп жазыңыз, мисалы: 800 390 410.
      > 800, аял 390
      Сакталды.
      1. Ичүүчү таза суу
      ЖММ: 4) Калкты таза суу менен камсыз кылуу
      Мантыш: Таза суу үч күндө бир келет
      Орток: Колонка иштебейт
      Бенефициарлар: 800 адам, анын ичинен 390 аял, 410 эркек
      Сунуштар: 2
      KS-NUMBER, KS-NUMBER [Өзгөртүү|Сунуш кошуу|Сунуш алып салуу|Пунктту алып салуу|Планга кайтуу]
      > өзгөртүү
      Эмнесин өзгөртөбүз? [Багыты|ЖММ|Жалпы көйгөй|Айылдын көйгөйү|Бенефициарлар|Иш-чаралар|Баасы|Каржылоо булактары|Ордун өзгөртүү]
      > [Баасы]
      Баасы канча сом?
      > арзан
      Муну сан менен жазыңыз, мисалы: 1 150 000.
      Баасы канча сом?
      > 300 миң сом
      Сакталды.
      1. Ичүүчү таза суу
      ЖММ: 4) Калкты таза суу менен камсыз кылуу
      Мантыш: Таза суу үч күндө бир келет
      Орток: Колонка иштебейт
      Бенефициарлар: 800 адам, анын ичинен 390 аял, 410 эркек
      Баасы: 300\u00A0000 сом
      Сунуштар: 2
      KS-NUMBER, KS-NUMBER [Өзгөртүү|Сунуш кошуу|Сунуш алып салуу|Пунктту алып салуу|Планга кайтуу]
      > [Өзгөртүү]
      Эмнесин өзгөртөбүз? [Багыты|ЖММ|Жалпы көйгөй|Айылдын көйгөйү|Бенефициарлар|Иш-чаралар|Баасы|Каржылоо булактары|Ордун өзгөртүү]
      > [Каржылоо булактары]
      Ар бир булакты өзүнчө саптан жазыңыз, мисалы: Жергиликтүү бюджет – 380 000. [Тазалоо]
      > Жергиликтүү бюджет – 380 000
      Сакталды.
      1. Ичүүчү таза суу
      ЖММ: 4) Калкты таза суу менен камсыз кылуу
      Мантыш: Таза суу үч күндө бир келет
      Орток: Колонка иштебейт
      Бенефициарлар: 800 адам, анын ичинен 390 аял, 410 эркек
      Баасы: 300\u00A0000 сом
      Каржылоо булагы: Жергиликтүү бюджет – 380\u00A0000 сом
      Көңүл буруңуз: булактардын суммасы баасынан 80\u00A0000 сомго көп.
      Сунуштар: 2
      KS-NUMBER, KS-NUMBER [Өзгөртүү|Сунуш кошуу|Сунуш алып салуу|Пунктту алып салуу|Планга кайтуу]
    `));

  it('adds a line of own words, in another place of the order', async () => {
    await officer.taps('Планга кайтуу');
    await officer.taps('Жаңы пункт');
    expect(await officer.says('План')).toEqual([expect.stringMatching(/^2\. План\nСунуштар: 0 \[Өзгөртүү\|Өйдө/)]);
    await officer.taps('Өйдө');
    expect((await onlyPlan()).lines.map(({ direction }) => direction)).toEqual(['План', 'Ичүүчү таза суу']);
    await officer.taps('Сунуш кошуу');
    expect(await officer.says('KS-2026-0001, 999')).toEqual([
      'Пландоого болбойт, эч нерсе өзгөргөн жок:\n999: мындай сунуш жок',
      expect.stringContaining('1. План'),
    ]);
    await officer.taps('Сунуш кошуу');
    await officer.says('1');
    expect((await onlyPlan()).lines[0]).toMatchObject({
      villages: [{ villageId: 'mantysh', problem: 'Мантышта көчөдө жарык жок' }],
      proposals: [{ number: 'KS-2026-0001' }],
    });
  });

  it('finds the line of a proposal by its number', async () => {
    expect(await officer.says('/plan KS-2026-0001')).toEqual([expect.stringMatching(/^1\. План\n/)]);
  });

  it('says that the plan has changed meanwhile, and shows the new one', async () => {
    await officer.taps('Өзгөртүү');
    await officer.taps('Багыты');
    const { id: planId, lines } = await onlyPlan();
    await editLine(testContext(world.database.db), {
      planId,
      lineId: lines[0]?.id ?? 0,
      set: { direction: 'Көчө жарыгы' },
    });
    expect(await officer.says('Жарык')).toEqual([
      'Бул аралыкта план өзгөрүптүр. Жаңысын көрсөтөбүз.',
      expect.stringMatching(/^1\. Көчө жарыгы\n/),
    ]);
  });

  it('leaves a reader of plans nothing to change, and a resident nothing at all', async () => {
    const deputy = await givenMember('ky-deputy', 'deputy');
    await deputy.plays(`
      > /plan 2027
      2027-жылга план · Даярдалып жатат
      1. Көчө жарыгы
         Мантыш
      2. Ичүүчү таза суу
         Мантыш, Орток · 800 адам · 300\u00A0000 сом
      Бардыгы: 300\u00A0000 сом. Сунуштар: 3. [1. Көчө жарыгы|2. Ичүүчү таза суу|Файл, версиялар]
      > 2
      2. Ичүүчү таза суу
      ЖММ: 4) Калкты таза суу менен камсыз кылуу
      Мантыш: Таза суу үч күндө бир келет
      Орток: Колонка иштебейт
      Бенефициарлар: 800 адам, анын ичинен 390 аял, 410 эркек
      Баасы: 300\u00A0000 сом
      Каржылоо булагы: Жергиликтүү бюджет – 380\u00A0000 сом
      Көңүл буруңуз: булактардын суммасы баасынан 80\u00A0000 сомго көп.
      Сунуштар: 2
      KS-NUMBER, KS-NUMBER [Планга кайтуу]
    `);
    const before = await onlyPlan();
    await officer.says('/plan 2027');
    const forged = officer.button('Сунуштардан кошуу');
    await author.says('/plan');
    expect(author.heard.at(-1)).toBe('Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.');
    await author.does(forged);
    await deputy.does(forged);
    expect(await onlyPlan()).toEqual(before);
    const denied = await world.database.db.select().from(auditLog).where(sql`${auditLog.action} = 'right.denied'`);
    expect(denied.map(({ after }) => after)).toEqual([{ right: 'plans.read' }]);
  });

  it('approves after a yes, and tells the authors once', async () => {
    await officer.says('/plan 2027');
    await officer.plays(`
      > [Файл, бекитүү]
      Төмөнкүдөн тандаңыз. [Файлын алуу|Жыйында угулду|Бекитүү|Версиялары|Үлгүсү|Башка жыл|Планга кайтуу]
      > [Бекитүү]
      Планды ким бекитти? [Кара-Суу айылдык кеңеши]
      > 1
      Качан бекитилди? Күнүн жазыңыз, мисалы: 22.11.2026.
      > кечээ
      Күнүн мындай жазыңыз: 12.05.2027.
      Качан бекитилди? Күнүн жазыңыз, мисалы: 22.11.2026.
      > 21.11.2026
      Токтомдун номери кандай?
      > 17/3
      Бекитилсе, план өзгөрбөйт, авторлорго жана колдогондорго кабар кетет. Сунуштар: 3. Бекитилсинби? [Ооба, бекитилсин|Жок]
      > ооба
      План бекитилди. Планга кирген сунуштар: 3. Кабар алгандар: 3.
      2027-жылга план · Бекитилди
      Бекиткен: Кара-Суу айылдык кеңеши, 2026-жылдын 21-ноябры, № 17/3
      1. Көчө жарыгы
         Мантыш
      2. Ичүүчү таза суу
         Мантыш, Орток · 800 адам · 300\u00A0000 сом
      Бардыгы: 300\u00A0000 сом. Сунуштар: 3. [1. Көчө жарыгы|2. Ичүүчү таза суу|Файл, версиялар]
    `);
    await world.talk.settled();
    const news = author.heard.filter((text) => text.includes('бекитилди'));
    expect(news).toEqual([
      '2027-жылга Биргелешкен аракеттер планы бекитилди. Анда сиздин сунушуңуз да бар. Номери: KS-2026-0001, пункту: 1.',
    ]);
  });

  it('tells by /my in which plan and item a proposal stands, one’s own and a supported one', async () => {
    const { db } = world.database;
    const planned = await db.select().from(proposals).where(eq(proposals.status, 'planned')).orderBy(proposals.id);
    const [residentId, proposalId] = [planned[0]?.residentId ?? 0, planned.at(-1)?.id ?? 0];
    await db.insert(proposalSupports).values({ residentId, proposalId, at: world.talk.clock.now() });
    await author.plays(`
      > /my
      Сиздин сунуштарыңыз: 1. Кайсынысын ачалы? [KS-NUMBER · Планга кирди|Колдогонум: KS-NUMBER · Планга кирди]
      > 2
      KS-NUMBER · Планга кирди
      2027-жылга Биргелешкен аракеттер планы, пункту: 2
      «Колонка иштебейт»
      Айыл: Орток
      Багыты: Таза суу
      Колдогондор: 0 [Колдоону кайтарып алуу|Тизмеге кайтуу]
      > [Тизмеге кайтуу]
      Сиздин сунуштарыңыз: 1. Кайсынысын ачалы? [KS-NUMBER · Планга кирди|Колдогонум: KS-NUMBER · Планга кирди]
      > 1
      KS-NUMBER · Планга кирди
      2027-жылга Биргелешкен аракеттер планы, пункту: 1
      «Мантышта көчөдө жарык жок»
      Айыл: Мантыш
      Багыты: Көчө жарыгы
      Жөнөтүлгөн күнү: 2026-жылдын 22-ноябры [Тизмеге кайтуу]
    `);
  });

  it('sends the plan as a file, and looks at a document as its template', async () => {
    await officer.says('/plan 2027');
    await officer.taps('Файл, версиялар');
    await officer.taps('Файлын алуу');
    // the plan is made, and files are looked at, beside the talk: word of them may come at any moment
    const planFile = '2027-жылга Биргелешкен аракеттер планы (plan-2027-ru.docx)';
    const beside = [planFile, 'Файлыңызды ача албадык. Башка сүрөт же үн жиберип көрүңүз.'];
    const talk = (said: string[]) => said.filter((line) => !beside.includes(line));
    expect(talk(await officer.taps('Русский'))).toEqual([
      'Файл даярдалып жатат, бир аздан кийин келет.',
      expect.stringMatching(/^2027-жылга план/),
    ]);
    const last = () => officer.heard.slice(-6);
    await expect.poll(last).toContain(planFile);
    const file = { kind: 'document', mime: 'application/msword', name: 'үлгү.docx', bytes: Buffer.from('PK') } as const;
    expect(talk(await officer.does({ kind: 'files', files: [file], caption: '' })).at(-1)).toBe(
      'Файл кайсы тилде болсун? [Кыргызча|Русский]',
    );
    expect(await officer.taps('Кыргызча')).toContain('Үлгүнү текшерип жатабыз.');
    await expect.poll(last).toContain('Үлгү өзгөргөн жок: файл ачылган жок.');
  });

  it('ends for somebody who is removed, in the middle of it', async () => {
    await officer.says('/plan 2027');
    const at = testContext(world.database.db).clock.now();
    await world.database.db.update(staff).set({ removedAt: at });
    expect(await officer.taps('1. Көчө жарыгы')).toEqual(['Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.']);
  });
});
