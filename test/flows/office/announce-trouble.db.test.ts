import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAnnouncement } from '../../../src/announcements/create-announcement.ts';
import { setNoticeTemplate } from '../../../src/announcements/templates.ts';
import { type CreateHearingInput, createHearing } from '../../../src/hearings/create-hearing.ts';
import { hearings } from '../../../src/hearings/tables.ts';
import { media } from '../../../src/messaging/tables.ts';
import { addresses } from '../../../src/residents/tables.ts';
import type { Person } from '../../support/talk.ts';
import { useAnnouncing } from './announce-stage.ts';

const stage = useAnnouncing();
let officer: Person;

/** The buttons under the last message. */
const buttons = (person: Person) => person.chat.at(-1)?.options.map(({ label }) => label) ?? [];
const lines = (person: Person, from: string) => {
  const text = person.heard.at(-1) ?? '';
  return text.slice(text.indexOf(from)).replace(/ \[[^[]*\]$/, '');
};

beforeAll(async () => {
  await stage.resident('ky-aigul', { village: 'mantysh', language: 'ky', name: 'Айгүл' });
  await stage.resident('ru-olga', { village: 'mantysh', language: 'ru', name: 'Ольга' });
  officer = await stage.member('ky-officer', 'officer');
});

/** A draft as `announce FILE.json` makes one; the officer has it open. */
async function opensDraft(o: Partial<CreateHearingInput> = {}, who: Person = officer): Promise<number> {
  const ctx = { ...stage.context(), actor: { type: 'operator', name: 'test' } } as const;
  const municipalityId = stage.municipality.id;
  const startsAt = new Date(stage.world.talk.clock.now().getTime() + 20 * 86_400_000);
  const hearing = await createHearing(ctx, {
    municipalityId,
    kind: 'budget_draft',
    topic: { ky: 'Бюджет', ru: 'Бюджет', en: 'The budget' },
    startsAt,
    villageId: 'mantysh',
    building: 'Клуб',
    ...o,
  });
  const { id } = await createAnnouncement(ctx, { municipalityId, kind: 'hearing', hearingId: hearing.id });
  await who.says(`/announce ${id}`);
  return id;
}

describe('a date', () => {
  it('that is past, or that nobody understands, is asked again with the reason', () =>
    officer.plays(`
      > /announce
      Эмнени кулактандырабыз? [Коомдук угуу|Документ бекитилди|Башка кулактандыруу|Билдирүү үлгүлөрү]
      > 1
      Угууда эмне каралат? [Өнүктүрүү программасынын долбоору|Бюджеттин долбоору|Бюджеттин аткарылышы|Биргелешкен аракеттер планы|Башка маселе]
      > 5
      Угуунун темасын бир сүйлөм менен жазыңыз.
      > Көпүрө
      Башка тилде да жазасызбы? Жазбасаңыз, башкаларга кыргызча текст барат. [Русский|English|Өткөрүп жиберүү]
      > -
      Угуу качан болот? Күндү тандаңыз же убактысы менен жазыңыз, мисалы: 06.12 10:00 [2-декабрь, шаршемби|3-декабрь, бейшемби|4-декабрь, жума|5-декабрь, ишемби]
      > 21.11 10:00
      Бул күн өтүп кеткен: 21-ноябрь, ишемби. Алдыдагы күндү жазыңыз, башка жыл болсо, жылын да кошуңуз.
      Угуу качан болот? Күндү тандаңыз же убактысы менен жазыңыз, мисалы: 06.12 10:00 [2-декабрь, шаршемби|3-декабрь, бейшемби|4-декабрь, жума|5-декабрь, ишемби]
      > 21.11.2025
      Бул күн өтүп кеткен: 2025-жылдын 21-ноябры. Алдыдагы күндү жазыңыз, башка жыл болсо, жылын да кошуңуз.
      Угуу качан болот? Күндү тандаңыз же убактысы менен жазыңыз, мисалы: 06.12 10:00 [2-декабрь, шаршемби|3-декабрь, бейшемби|4-декабрь, жума|5-декабрь, ишемби]
      > бүгүн саат 9
      Бул убакыт өтүп кеткен: 22-ноябрь, жекшемби, саат 09:00. Кийинкирээк убакытты жазыңыз.
      Угуу качан болот? Күндү тандаңыз же убактысы менен жазыңыз, мисалы: 06.12 10:00 [2-декабрь, шаршемби|3-декабрь, бейшемби|4-декабрь, жума|5-декабрь, ишемби]
      > 31.02 10:00
      Күнүн түшүнбөй калдык. Мындай жазыңыз: 06.12 10:00
      Угуу качан болот? Күндү тандаңыз же убактысы менен жазыңыз, мисалы: 06.12 10:00 [2-декабрь, шаршемби|3-декабрь, бейшемби|4-декабрь, жума|5-декабрь, ишемби]
      > кийинчерээк
      Күнүн түшүнбөй калдык. Мындай жазыңыз: 06.12 10:00
      Угуу качан болот? Күндү тандаңыз же убактысы менен жазыңыз, мисалы: 06.12 10:00 [2-декабрь, шаршемби|3-декабрь, бейшемби|4-декабрь, жума|5-декабрь, ишемби]
      > бүгүн
      22-ноябрь, жекшемби. Саат канчада?
      > 9.00
      Бул убакыт өтүп кеткен: 22-ноябрь, жекшемби, саат 09:00. Кийинкирээк убакытты жазыңыз.
      22-ноябрь, жекшемби. Саат канчада?
      > саат жыйырма
      Убактысын мындай жазыңыз: 10:00.
      22-ноябрь, жекшемби. Саат канчада?
      > 20.00
      Угуу кайсы айылда болот? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > артка
      22-ноябрь, жекшемби. Саат канчада?
      > 22.11.2027 10:00
      Угуу кайсы айылда болот? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > көчө
      Мындай айыл тизмеде жок. Төмөнкүдөн тандаңыз.
      Угуу кайсы айылда болот? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > артка
      22-ноябрь, жекшемби. Саат канчада?
      > 0
      Угуу качан болот? Күндү тандаңыз же убактысы менен жазыңыз, мисалы: 06.12 10:00 [2-декабрь, шаршемби|3-декабрь, бейшемби|4-декабрь, жума|5-декабрь, ишемби]
      > эртең саат 11де
      Угуу кайсы айылда болот? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > Кара мойнок
      Кайсы жерде? Мисалы: клуб, мектеп.
      > Мектеп
      Коомдук угуу жөнүндө кулактандыруу
      Темасы: Көпүрө
      Күнү: 23-ноябрь, дүйшөмбү, саат 11:00
      Жери: Кара-Мойнок айылы, Мектеп
      Кимдерге: баарына

      2 адамга жөнөтүлөт. Симулятор: 2
      Мисалы: Айгүл (Мантыш); Ольга (Мантыш)

      Качан:
      • билдирүү – дароо
      • 1 күн калганда – 22-ноябрь, жекшемби, саат 11:00
      • 2 саат калганда – 23-ноябрь, дүйшөмбү, саат 09:00

      Көңүл буруңуз:
      • Угууга 1 күн калды, эреже боюнча кеминде 10 күн керек.
      • Убактысы өтүп кеткен, жөнөтүлбөйт: 7 күн калганда.
      • Темасы жазылбаган тилдер: орусча – 1 адам. Аларга кыргызча барат. [Жөнөтүү|Алдын ала көрүү|Өзүмө жөнөтүү|Өзгөртүү|Жокко чыгаруу|Тизмеге кайтуу]
    `));

  it('nearer than its own reminders, or than the rule asks for, is told of', async () => {
    const startsAt = new Date(stage.world.talk.clock.now().getTime() + 3 * 86_400_000);
    await opensDraft({ startsAt });
    expect(lines(officer, 'Көңүл')).toBe(
      'Көңүл буруңуз:\n• Угууга 3 күн калды, эреже боюнча кеминде 10 күн керек.\n• Убактысы өтүп кеткен, жөнөтүлбөйт: 7 күн калганда.',
    );
    expect(await officer.taps('Жөнөтүү')).toEqual([
      'Угууга 3 күн калды, эреже боюнча кеминде 10 күн керек.\nОшентсе да жөнөтөлүбү? [Жөнөтүү|Жок]',
    ]);
    await officer.taps('Жок');
    expect(await stage.last()).toMatchObject({ state: 'draft' });
  });

  it('that has gone by since it was written keeps it from being sent', async () => {
    await opensDraft();
    stage.world.talk.clock.pass(21 * 86_400_000);
    expect((await officer.taps('Жөнөтүү')).at(-2)).toBe(
      'Мындай бойдон жөнөтүүгө болбойт:\nУгуунун убактысы өтүп кеткен же ал болбойт.',
    );
    expect(buttons(officer)).not.toContain('Жөнөтүү');
    expect(lines(officer, 'Азырынча')).toBe(
      'Азырынча жөнөтүүгө болбойт:\n• Угуунун убактысы өтүп кеткен же ал болбойт.',
    );
  });
});

describe('what keeps an announcement from being sent', () => {
  it('is an audience of nobody', async () => {
    await opensDraft();
    await officer.taps('Өзгөртүү');
    await officer.taps('Кимдерге');
    await officer.taps('Айылдар');
    await officer.taps('Ак-Талаа');
    await officer.taps('Болду');
    expect(lines(officer, 'Азырынча')).toBe(
      'Азырынча жөнөтүүгө болбойт:\n• Тандалган жерде бир да адам жок. Кимдерге жөнөтүлөрүн өзгөртүңүз.',
    );
    expect(buttons(officer)).not.toContain('Жөнөтүү');
    await officer.taps('Өзгөртүү');
    await officer.taps('Кимдерге');
    await officer.taps('Баарына');
    expect(buttons(officer)).toContain('Жөнөтүү');
  });

  it('is a text that is too long in one language, with that language and by how much', async () => {
    const ctx = { ...stage.context(), actor: { type: 'operator', name: 'test' } } as const;
    const template = { municipalityId: stage.municipality.id, notice: 'hearing', language: 'ru' } as const;
    await setNoticeTemplate(ctx, { ...template, text: '{agenda} {agenda} {agenda}' });
    await opensDraft({ agenda: { ky: 'Бюджет', ru: 'Б'.repeat(1_500), en: 'The budget' } });
    expect(lines(officer, 'Азырынча').replaceAll('\u00A0', ' ')).toBe(
      'Азырынча жөнөтүүгө болбойт:\n• Өтө узун текст, орусча: 4 502 белги, эң көбү 4 096. Кеминде 406 белгиге кыскартыңыз.',
    );
    expect(buttons(officer)).not.toContain('Жөнөтүү');
    await setNoticeTemplate(ctx, { ...template, text: null });
  });

  it('is a file that is on its way, and no longer once it is there', async () => {
    await opensDraft();
    expect((await officer.sendsPhoto()).at(-1)).toContain('Файлдар: photo.png');
    const file = { fileName: 'photo.png' } as const;
    const put = (set: Partial<typeof media.$inferInsert>) =>
      stage.world.database.db.update(media).set(set).where(eq(media.fileName, file.fileName));
    await put({ status: 'pending', path: null, nextAttemptAt: sql`'infinity'` as unknown as Date });
    await officer.taps('Алдын ала көрүү');
    expect(lines(officer, 'Азырынча')).toBe(
      'Азырынча жөнөтүүгө болбойт:\n• photo.png деген файл келе элек. Бир аздан кийин кайра караңыз.',
    );
    expect(buttons(officer).slice(0, 2)).toEqual(['Кайра кароо', 'Алдын ала көрүү']);
    await put({ status: 'stored', path: 'photo.png', size: 60 * 1024 * 1024 });
    await officer.taps('Кайра кароо');
    expect(lines(officer, '•')).toContain('photo.png деген файл өтө чоң, эң көбү 50 МБ болсун.');
    await put({ status: 'gone' });
    await officer.says('/announce');
    await officer.says('2');
    expect(lines(officer, '•')).toContain('photo.png деген файлды ала албадык. Аны алып салып, кайра жибериңиз.');
    await put({ status: 'stored', size: 5 });
    await officer.taps('Алдын ала көрүү');
    expect(buttons(officer)[0]).toBe('Жөнөтүү');
  });

  it('is not that a village has a group, which is chosen by its name', async () => {
    const address = { channel: 'simulator', account: 'local', externalId: 'village-group' } as const;
    const link = {
      groupVillageId: 'mantysh',
      groupTitle: 'Мантыш айылы',
      linkedBy: 'operator:test',
      linkedAt: new Date(),
    };
    await stage.world.database.db.insert(addresses).values({ ...address, ...link });
    await opensDraft({ topic: { ru: 'Бюджет' } });
    await officer.taps('Өзгөртүү');
    await officer.taps('Кимдерге');
    await officer.taps('Группалар');
    await officer.taps('Мантыш айылы (Мантыш)');
    await officer.taps('Болду');
    const card = officer.heard.at(-1) ?? '';
    expect(card).toContain(
      'Кимдерге: баарына, группалар: Мантыш айылы\n\n0 адамга, 1 группага жөнөтүлөт. Симулятор: 1\n',
    );
    expect(card).toContain('Жөнөтүлбөйт: группа аркылуу алат: 2\n');
    expect(card).toContain('Темасы жазылбаган тилдер: кыргызча – 1 адам. Аларга орусча барат.');
    await stage.world.database.db.delete(addresses).where(eq(addresses.externalId, address.externalId));
  });

  it('is only told of where a language is missing: who reads what', async () => {
    await opensDraft({ topic: { ky: 'Бюджет' } });
    expect(lines(officer, 'Көңүл')).toBe(
      'Көңүл буруңуз:\n• Темасы жазылбаган тилдер: орусча – 1 адам. Аларга кыргызча барат.',
    );
    expect(buttons(officer)[0]).toBe('Жөнөтүү');
  });

  it('is never the night, which is asked about once more', async () => {
    await opensDraft();
    await stage.at(stage.world.talk.clock.now().toISOString().replace(/T.*/, 'T23:30:00+06:00'));
    await officer.taps('Алдын ала көрүү');
    expect(await officer.taps('Жөнөтүү')).toEqual([
      'Түнкү убакытта жөнөтүлөт: билдирүү.\nОшентсе да жөнөтөлүбү? [Жөнөтүү|Жок]',
    ]);
    await officer.says('жок');
    await officer.taps('Өзгөртүү');
    await officer.taps('Жөнөтүү убактысы');
    await officer.says('эртең 9:00');
    expect((await officer.taps('Жөнөтүү'))[0]).toBe('Макул, жөнөтүлөт. Жүрүшүн ушул жерге жазып турабыз.');
    await officer.taps('Токтотуу');
    await officer.taps('Ооба, токтотулсун');
  });
});

describe('a change', () => {
  it('of each part is one question', async () => {
    await opensDraft({ startsAt: new Date('2027-04-20T10:00:00+06:00') });
    const change = async (field: string, ...answers: string[]) => {
      await officer.taps('Өзгөртүү');
      await officer.taps(field);
      const said = [];
      for (const answer of answers) {
        const [, label] = /^\[(.*)\]$/.exec(answer) ?? [];
        said.push((await (label === undefined ? officer.says(answer) : officer.taps(label)))[0]);
      }
      return said;
    };
    await change('Күн тартиби', '[Кыргызча]', 'Жол, суу');
    expect((await change('Долбоору', 'жок', 'ozgonnuru.kg/budget'))[0]).toBe('Файл же шилтеме керек.');
    expect((await change('Сунуш мөөнөтү', '21.04.2027 10:00', '18.04.2027 саат 18'))[0]).toBe(
      'Сунуш кабыл алуу угуу башталганга чейин бүтүшү керек.',
    );
    await change('Байланыш', 'Жылдыз, 0700 123 456');
    await change('Ким чакырат', 'Айылдык кеңеш');
    await change('Угуунун түрү', '4');
    await change('Тексти', '[Русский]', 'Приходите на слушания');
    await change('Темасы', '[English]', '[Алып салуу]');
    expect((await change('Эскертүүлөр', '3 апта', '[Эскертүү керек эмес]'))[0]).toBe(
      'Мындай жазыңыз: 7 күн, 1 күн, 2 саат. Эң көбү 7 эскертүү болсун.',
    );
    expect((await change('Кимдерге', '[Группалар]'))[0]).toBe('Азырынча айылга байланган группа жок.');
    await change('Кимдерге', '[Каналдар]', 'симулятор', '[Болду]');
    await change('Байланыш', '[Алып салуу]');
    await officer.plays(`
      > [Өзгөртүү]
      Эмнесин өзгөртөбүз? Төмөнкүдөн тандаңыз. [Темасы|Убактысы|Жери|Күн тартиби|Долбоору|Сунуш мөөнөтү|Байланыш|Ким чакырат|Угуунун түрү|Тексти|Файлдар|Кимдерге|Эскертүүлөр|Жөнөтүү убактысы|Карточкага кайтуу]
      > [Карточкага кайтуу]
      Коомдук угуу жөнүндө кулактандыруу
      Биргелешкен аракеттер планы
      Темасы: Бюджет
      Күнү: 2027-жылдын 20-апрели, саат 10:00
      Жери: Мантыш айылы, Клуб
      Чакырган: Айылдык кеңеш
      Каралат: Жол, суу
      Долбоор: https://ozgonnuru.kg/budget
      Сунуш кабыл алуунун мөөнөтү: 2027-жылдын 18-апрели, саат 18:00
      «Приходите на слушания»
      Кимдерге: Симулятор

      2 адамга жөнөтүлөт. Симулятор: 2
      Мисалы: Айгүл (Мантыш); Ольга (Мантыш)

      Качан:
      • билдирүү – дароо

      Көңүл буруңуз:
      • Түнкү убакытта жөнөтүлөт: билдирүү.
      • Тексти жок тилдер: кыргызча – 1 адам. Аларга орусча барат. [Жөнөтүү|Алдын ала көрүү|Өзүмө жөнөтүү|Өзгөртүү|Жокко чыгаруу|Тизмеге кайтуу]
    `);
    const { hearingId } = await stage.last();
    const [hearing] = await stage.world.database.db
      .select()
      .from(hearings)
      .where(eq(hearings.id, hearingId ?? 0));
    expect(hearing).toMatchObject({
      kind: 'jap',
      agenda: { ky: 'Жол, суу' },
      draftUrl: 'https://ozgonnuru.kg/budget',
      proposalsUntil: new Date('2027-04-18T18:00:00+06:00'),
      contact: null,
      convener: 'Айылдык кеңеш',
      topic: { ky: 'Бюджет', ru: 'Бюджет' },
    });
  });

  it('that is left by a word changes nothing', async () => {
    await officer.taps('Өзгөртүү');
    await officer.taps('Байланыш');
    expect(await officer.says('токтот')).toEqual(['Болду, токтодук. Эч нерсе өзгөргөн жок.']);
  });
});

describe('the sentences of the office', () => {
  it('are shown and changed with fields in people’s own words, unknown ones named with the known', () =>
    officer.plays(`
      > /announce
      Кулактандыруулар: 10. Кайсынысын ачалы? [Жаңы кулактандыруу|20.04 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|12.12 · Бюджет · даярдалып жатат|25.11 · Бюджет · даярдалып жатат|23.11 · Көпүрө · даярдалып жатат|02.01 · Бюджет · токтотулду|Билдирүү үлгүлөрү]
      > [Билдирүү үлгүлөрү]
      Кайсы билдирүүнүн текстин карайбыз? [Угуу болот|Эскертүү: бир нече күн калды|Эскертүү: эртең|Эскертүү: бүгүн|Угуу жылдырылды|Угуу болбойт|Өз текстиңиздин астындагы күнү, жери|Документ бекитилди|Тизмеге кайтуу]
      > [Эскертүү: бүгүн]
      Кайсы тилде? [Кыргызча|Русский|English]
      > [Кыргызча]
      Бүгүн саат {убактысы} коомдук угуу башталат. Жери: {айылы} айылы, {жери}. Келиңиз, күтөбүз!

      Кашаадагы сөздөрдүн ордуна өзү коюлат: {күнү}, {убактысы}, {айылы}, {жери}, {түрү}, {темасы}, {байланыш} [Өзгөртүү|Тизмеге кайтуу]
      > [Өзгөртүү]
      Жаңы текстти жазыңыз.
      > Бүгүн {саат} {кайда} угуу, {жери}
      Кашаадагы мындай сөздү билбейбиз: {саат}, {кайда}. Мындайлары болот: {күнү}, {убактысы}, {айылы}, {жери}, {түрү}, {темасы}, {байланыш}
      Жаңы текстти жазыңыз.
      > Бүгүн {убактысы} {дата} угуу, {ЖЕРИ}
      Үлгү сакталды.
      Кайсы билдирүүнүн текстин карайбыз? [Угуу болот|Эскертүү: бир нече күн калды|Эскертүү: эртең|Эскертүү: бүгүн|Угуу жылдырылды|Угуу болбойт|Өз текстиңиздин астындагы күнү, жери|Документ бекитилди|Тизмеге кайтуу]
      > [Эскертүү: бүгүн]
      Кайсы тилде? [Кыргызча|Русский|English]
      > [Кыргызча]
      Бүгүн {убактысы} {күнү} угуу, {жери}

      Кашаадагы сөздөрдүн ордуна өзү коюлат: {күнү}, {убактысы}, {айылы}, {жери}, {түрү}, {темасы}, {байланыш} [Өзгөртүү|Баштапкы текст|Тизмеге кайтуу]
      > [Баштапкы текст]
      Үлгү сакталды.
      Кайсы билдирүүнүн текстин карайбыз? [Угуу болот|Эскертүү: бир нече күн калды|Эскертүү: эртең|Эскертүү: бүгүн|Угуу жылдырылды|Угуу болбойт|Өз текстиңиздин астындагы күнү, жери|Документ бекитилди|Тизмеге кайтуу]
      > [Тизмеге кайтуу]
      Кулактандыруулар: 10. Кайсынысын ачалы? [Жаңы кулактандыруу|20.04 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|02.01 · Бюджет · даярдалып жатат|12.12 · Бюджет · даярдалып жатат|25.11 · Бюджет · даярдалып жатат|23.11 · Көпүрө · даярдалып жатат|02.01 · Бюджет · токтотулду|Билдирүү үлгүлөрү]
    `));
});
