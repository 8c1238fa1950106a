import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAnnouncement } from '../../../src/announcements/create-announcement.ts';
import { releaseAnnouncement } from '../../../src/announcements/release-announcement.ts';
import { runAnnouncements } from '../../../src/announcements/run-announcements.ts';
import { auditLog } from '../../../src/audit/tables.ts';
import { answerHearingQuestion } from '../../../src/hearings/answer-hearing-question.ts';
import { changeHearing } from '../../../src/hearings/change-hearing.ts';
import { getHearing, type Hearing } from '../../../src/hearings/queries.ts';
import { setIntent } from '../../../src/hearings/set-intent.ts';
import { setDemographics } from '../../../src/residents/set-demographics.ts';
import { stopAnswers } from '../../../src/residents/stop-notices.ts';
import { as, givenResident } from '../../support/given.ts';
import { latinWords, type Person, useTalk } from '../../support/talk.ts';
import { HearingStage } from '../hearing-stage.ts';

const world = useTalk();
const stage = new HearingStage(world);
afterEach(() => stage.clear());

const CARD = `КООМДУК УГУУ
Бюджеттин долбоору
«2027-жылдын бюджети»
Күнү: 20-декабрь, жекшемби, саат 10:00
Жери: Мантыш айылы, Клуб`;
const RESIDENT = 'Келем|Келе албайм|Суроо, сунуш жазуу';

/** A talk in which CARD stands for what is the same in many. */
const script = (text: string) =>
  text.replace(/^( *)CARD/gm, (_, indent: string) => indent + CARD.split('\n').join(`\n${indent}`));

/** What the person hears last, once it has come. */
const hears = (person: Person, words: string) =>
  expect.poll(() => world.talk.settled().then(() => person.heard.at(-1) ?? '')).toContain(words);

async function asks(person: Person, hearing: Hearing, words: string): Promise<void> {
  await stage.notify(person, hearing);
  await person.taps('Келе албайм');
  await person.says(words);
}

async function comes(hearing: Hearing, count: number, villageId: string, sex: 'woman' | 'man' | null): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const { id: residentId } = await givenResident(stage.ctx, { villageId });
    if (sex !== null) await setDemographics(as(stage.ctx, residentId), { residentId, sex, ageBand: '29-54' });
    await setIntent(as(stage.ctx, residentId), { residentId, hearingId: hearing.id, intent: 'coming' });
  }
}

describe('hearings, for the office', () => {
  let officer: Person;
  beforeAll(async () => {
    officer = await stage.colleague('jyldyz', 'officer');
  });

  it('shows who comes, and the same without small numbers for others', async () => {
    const one = await stage.planned();
    await comes(one, 6, 'mantysh', 'woman');
    await comes(one, 5, 'mantysh', 'man');
    await comes(one, 5, 'ortok', null);
    await comes(one, 2, 'ak-talaa', 'woman');
    await officer.plays(
      script(`
      > Угуу
      CARD
      Келем дегендер: 18, келе албайм дегендер: 0 [${RESIDENT}|Кимдер келет|Күнүн, жерин өзгөртүү|Угуу болбойт]
      > [Кимдер келет]
      Келем дегендер: 18, келе албайм дегендер: 0

      Айыл боюнча:
      Ак-Талаа: келет 2, келе албайт 0
      Мантыш: келет 11, келе албайт 0
      Орток: келет 5, келе албайт 0

      Жынысы боюнча:
      Эркек: келет 5, келе албайт 0
      Аял: келет 8, келе албайт 0
      айтылган эмес: келет 5, келе албайт 0

      Жашы боюнча:
      29–54 жаш: келет 13, келе албайт 0
      айтылган эмес: келет 5, келе албайт 0 [Жарыялоо үчүн|Угууга кайтуу]
      > [Жарыялоо үчүн]
      Келем дегендер: 18, келе албайм дегендер: 0

      Айыл боюнча:
      Ак-Талаа: келет –, келе албайт 0
      Мантыш: келет 11, келе албайт 0
      Орток: келет –, келе албайт 0

      Жынысы боюнча:
      Эркек: келет 5, келе албайт 0
      Аял: келет 8, келе албайт 0
      айтылган эмес: келет 5, келе албайт 0

      Жашы боюнча:
      29–54 жаш: келет 13, келе албайт 0
      айтылган эмес: келет 5, келе албайт 0

      Муну башкаларга көрсөтсөңүз болот. Аз сандар «–» менен жашырылды, ким экени билинбесин. [Угууга кайтуу]
      > [Угууга кайтуу]
      CARD
      Келем дегендер: 18, келе албайм дегендер: 0 [${RESIDENT}|Кимдер келет|Күнүн, жерин өзгөртүү|Угуу болбойт|Тизмеге кайтуу]
    `),
    );
  });

  it('answers questions one by one; each of those who asked gets the answer', async () => {
    const one = await stage.planned();
    const [aigul, bermet, olga] = [
      await stage.neighbour('aigul'),
      await stage.neighbour('bermet', { villageId: 'ortok' }),
      await stage.neighbour('olga', { language: 'ru' }),
    ];
    await asks(aigul, one, 'Жолго акча барбы?');
    await stage.notify(bermet, one);
    await bermet.taps('Келе албайм');
    await bermet.sendsPhoto('Көпүрө качан оңдолот?');
    const fetched = () => stage.questions(one).then((all) => all[1]?.files[0]?.state);
    await expect.poll(fetched).toBe('stored');
    await stage.notify(olga, one);
    await olga.taps('Не смогу');
    await olga.says('Будет ли детский сад?');
    await stopAnswers(as(stage.ctx, (await stage.residentOf(bermet)).id), (await stage.residentOf(bermet)).id);
    await officer.says('угуу');
    await officer.plays(`
      > [Суроолор]
      Жооп күткөн суроолор: 3
      Кайдан: Мантыш, 22-ноябрь, жекшемби
      «Жолго акча барбы?» [Жооп берүү|Кийинки|Угууга кайтуу]
      > [Жооп берүү]
      Жообуңузду жазыңыз. Суроо берген адам ушул сөздөрдү окуйт.
      > Ооба, эки миллион сом
      Суроо берген адамга ушундай барат, тили: Кыргызча.

      Айыл өкмөтүнүн жообу. Коомдук угуу: Бюджеттин долбоору, 2026-жылдын 20-декабры
      Сурооңуз: «Жолго акча барбы?»
      Жооп: «Ооба, эки миллион сом»

      Жазганыңыз которулбай, ошол бойдон барат. [Жөнөтүү|Жок]
      > [Жөнөтүү]
      Жооп жөнөтүлдү.
      Суроого кошулган файл 1 / 1 (Суроо 1.png)
      Жооп күткөн суроолор: 2
      Кайдан: Орток, 22-ноябрь, жекшемби
      «Көпүрө качан оңдолот?»
      Сүрөт, файл: 1
      Суроо берген адам жооп келбесин деген, жооп ага жетпейт. [Жооп берүү|Кийинки|Угууга кайтуу]
      > Быйыл күзүндө оңдойбуз
      Жооп адамга жетпейт, ушул жерде сакталат.

      Айыл өкмөтүнүн жообу. Коомдук угуу: Бюджеттин долбоору, 2026-жылдын 20-декабры
      Сурооңуз: «Көпүрө качан оңдолот?»
      Жооп: «Быйыл күзүндө оңдойбуз»

      Жазганыңыз которулбай, ошол бойдон барат. [Жөнөтүү|Жок]
      > [Жөнөтүү]
      Жооп сакталды, бирок адамга жетпейт.
      Жооп күткөн суроолор: 1
      Кайдан: Мантыш, 22-ноябрь, жекшемби
      «Будет ли детский сад?» [Жооп берүү|Угууга кайтуу]
    `);
    expect(aigul.heard.at(-1)).toBe(
      [
        'Айыл өкмөтүнүн жообу. Коомдук угуу: Бюджеттин долбоору, 2026-жылдын 20-декабры',
        'Сурооңуз: «Жолго акча барбы?»',
        'Жооп: «Ооба, эки миллион сом»',
      ].join('\n'),
    );
    expect(bermet.heard.join()).not.toContain('Быйыл');
    await officer.says('Да, в следующем году');
    const [russian] = await stage.questions(one);
    await answerHearingQuestion(stage.ctx, { questionId: russian?.id ?? 0, answer: 'Да, построим' });
    expect((await officer.taps('Жөнөтүү'))[0]).toBe('Бул суроого башка кызматкер жооп берип койгон.');
    await world.talk.settled();
    expect(olga.heard.at(-1)).toContain('Ответ айыл окмоту. Общественные слушания: Проект бюджета');
    expect((await aigul.says('угуу')).join()).toContain('Жооп: «Ооба, эки миллион сом»');
  });

  it('records who came with the minutes, and goes on to those who wait for an answer', async () => {
    const one = await stage.planned({ startsAt: new Date(world.talk.clock.now().getTime() + 3_600_000) });
    const person = await stage.neighbour('cholpon');
    await asks(person, one, 'Суу качан келет?');
    world.talk.clock.pass(3_600_000);
    const [card = ''] = await officer.says('угуу');
    expect(card).toContain('Угуунун убактысы келди.');
    expect(card).toContain('[Кимдер келет|Суроолор|Катышкандарды жазуу|Күнүн, жерин өзгөртүү|Угуу болбойт]');
    await officer.plays(`
      > [Катышкандарды жазуу]
      Канча адам катышты, анын канчасы аял? Мисалы: «45, 18». Аялдар эсептелбесе, бир эле сан жазыңыз.
      > 45 адам, 18 аял
      Протоколдун файлын же сүрөтүн жибериңиз. Шилтемесин жазсаңыз да болот. [Өткөрүп жиберүү]
      > протокол даяр эмес
      Бул шилтемеге окшобойт. Толук дарегин жазыңыз же файл жибериңиз.
      Протоколдун файлын же сүрөтүн жибериңиз. Шилтемесин жазсаңыз да болот. [Өткөрүп жиберүү]
      > karasuu.kg/protokol-1
      Катышты: 45 адам
      Анын ичинен аялдар: 18
      Протоколу: кошулду
      Сакталсынбы? [Сактоо|Жокко чыгаруу]
      > [Сактоо]
      Жазылды.
      Жооп күткөн суроолор: 1
      Кайдан: Мантыш, 22-ноябрь, жекшемби
      «Суу качан келет?» [Жооп берүү|Угууга кайтуу]
    `);
    expect(await getHearing(world.database.db, one.id)).toMatchObject({
      state: 'held',
      peopleCount: 45,
      womenCount: 18,
      minutesUrl: 'https://karasuu.kg/protokol-1',
    });
    const [result = ''] = await person.says('угуу');
    expect(result).toContain('Катышты: 45 адам, анын ичинен 18 аял.');
    await officer.taps('Угууга кайтуу');
    await officer.taps('Катышкандарды жазуу');
    await officer.says('46');
    await officer.sendsPhoto();
    await officer.taps('Сактоо');
    const after = await getHearing(world.database.db, one.id);
    expect(after).toMatchObject({ peopleCount: 46, womenCount: null, minutesMediaId: expect.any(Number) });
  });

  it('moves a hearing: everybody who got the notice is told', async () => {
    const one = await stage.planned();
    const { ctx } = stage;
    const { id: announcementId } = await createAnnouncement(ctx, {
      municipalityId: one.municipalityId,
      kind: 'hearing',
      hearingId: one.id,
      ladder: ['now'],
      audience: { villages: ['kyzyl-dobo'], channels: ['simulator'] },
    });
    const dinara = await stage.neighbour('dinara', { villageId: 'kyzyl-dobo' });
    const mediaDir = `${world.database.dataDir}/media`;
    await releaseAnnouncement(ctx, { announcementId, mediaDir });
    await runAnnouncements({ ctx, mediaDir });
    await hears(dinara, 'Келесизби?');
    await officer.says('угуу');
    const [day = ''] = await officer.taps('Күнүн, жерин өзгөртүү');
    expect(day).toBe('Жаңы күнүн жазыңыз, мисалы: «20.04». [Ошол эле күн]');
    await officer.plays(`
      > 31.11
      Мындай күн жок окшойт. «20.04» же «20.04.2027» деп жазыңыз.
      Жаңы күнүн жазыңыз, мисалы: «20.04». [Ошол эле күн]
      > 20.11.2026
      Бул күн өтүп кеткен. Алдыдагы күндү жазыңыз.
      Жаңы күнүн жазыңыз, мисалы: «20.04». [Ошол эле күн]
      > 15-январь
      Башталышы саат канчада? Мисалы: «10:00». [Ошол эле убакыт]
      > түштөн кийин 2де
      Кайсы айылда болот? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > ортокто
      Айылдын кайсы жеринде? Мисалы: «Клуб». [Ошол эле жер]
      > Мектеп
      Мурда: 20-декабрь, жекшемби, саат 10:00, Мантыш айылы, Клуб
      Эми: 2027-жылдын 15-январы, саат 14:00, Орток айылы, Мектеп
      Билдирүү алгандардын баары муну билет. Өзгөртөлүбү? [Ооба, өзгөртүлсүн|Жок]
    `);
    const [told = '', card = ''] = await officer.taps('Ооба, өзгөртүлсүн');
    expect(told).toBe('Өзгөрдү. Кабар жөнөтүлө турган адамдар: 1.');
    expect(card).toContain('Күнү: 2027-жылдын 15-январы, саат 14:00');
    await runAnnouncements({ ctx: stage.ctx, mediaDir });
    await hears(dinara, 'Көңүл буруңуз');
    await officer.plays(`
      > [Угуу болбойт]
      Эмне үчүн болбойт? Кыскача жазыңыз, билдирүү алгандар ушул сөздөрдү окуйт.
      > Жол жабылып калды
      Угуу болбойт, себеби: «Жол жабылып калды». Билдирүү алгандардын баары муну билет. Ушундай болсунбу? [Ооба, болбойт|Жок]
      > [Жок]
      Эч нерсе өзгөргөн жок.
      КООМДУК УГУУ
      Бюджеттин долбоору
      «2027-жылдын бюджети»
      Күнү: 2027-жылдын 15-январы, саат 14:00
      Жери: Орток айылы, Мектеп
      Келем дегендер: 0, келе албайм дегендер: 0 [${RESIDENT}|Күнүн, жерин өзгөртүү|Угуу болбойт|Тизмеге кайтуу]
    `);
    await officer.taps('Угуу болбойт');
    await officer.says('Жол жабылып калды');
    const [canceled = '', off = ''] = await officer.taps('Ооба, болбойт');
    expect(canceled).toBe('Угуу болбойт деп белгиленди. Кабар жөнөтүлө турган адамдар: 1.');
    expect(off).toContain('Бул угуу болбойт. Себеби: Жол жабылып калды');
    await runAnnouncements({ ctx: stage.ctx, mediaDir });
    await hears(dinara, 'Себеби: Жол жабылып калды');
  });

  it('tells an officer that somebody else has changed the hearing meanwhile', async () => {
    const one = await stage.planned();
    await officer.says('угуу');
    await officer.taps('Күнүн, жерин өзгөртүү');
    await officer.taps('Ошол эле күн');
    await officer.says('саат 11');
    await officer.taps('Мантыш');
    await officer.taps('Ошол эле жер');
    await changeHearing(stage.ctx, { hearingId: one.id, changes: { building: 'Мектеп' } });
    const [told] = await officer.taps('Ооба, өзгөртүлсүн');
    expect(told).toBe('Бул угууну башка кызматкер өзгөртүп койгон. Кайра карап чыгыңыз.');
    expect((await getHearing(world.database.db, one.id)).startsAt).toEqual(one.startsAt);
  });

  it('speaks Kyrgyz throughout', () => {
    const links = 'https karasuu kg protokol png'.split(' ');
    expect(latinWords(officer).filter((word) => !links.includes(word))).toEqual([]);
  });

  it('shows a hearing to residents once its notice is released, to the office before', async () => {
    const person = await stage.neighbour('elmira');
    const one = await stage.planned();
    const { id: announcementId } = await createAnnouncement(stage.ctx, {
      municipalityId: one.municipalityId,
      kind: 'hearing',
      hearingId: one.id,
      ladder: ['now'],
      audience: { channels: ['simulator'] },
    });
    expect((await person.says('угуу'))[0]).toContain('Азырынча белгиленген угуу жок.');
    expect((await person.says('Келем'))[0]).toContain('Түшүнбөй калдык.');
    const forged = { kind: 'pick', data: `go:hearing:${one.id}.come`, messageId: '7' } as const;
    expect(await person.does(forged)).toEqual(['Мындай угуу табылган жок.']);
    expect(await stage.intentOf(person, one)).toBeNull();
    expect((await officer.says('угуу'))[0]).toContain('Билдирүү жөнөтүлө элек, ошондуктан тургундарга көрүнбөйт.');
    await releaseAnnouncement(stage.ctx, { announcementId, mediaDir: `${world.database.dataDir}/media` });
    expect((await person.says('угуу'))[0]).toContain('Күнү: 20-декабрь');
    expect((await officer.says('угуу'))[0]).not.toContain('жөнөтүлө элек');
  });

  it('is not for those who have no right: they see what residents see, and a forged button is written down', async () => {
    const deputy = await stage.colleague('deputy', 'deputy');
    const one = await stage.planned();
    await deputy.plays(
      script(`
      > угуу
      CARD [${RESIDENT}]
    `),
    );
    const forged = await deputy.does({ kind: 'pick', data: `go:hearing-desk:${one.id}.cancel`, messageId: '9' });
    expect(forged.join()).not.toContain('Эмне үчүн болбойт?');
    expect((await getHearing(world.database.db, one.id)).state).toBe('planned');
  });

  it('ends in the middle for whoever lost the right', async () => {
    const one = await stage.planned();
    const leaving = await stage.colleague('leaving', 'officer');
    await leaving.says('угуу');
    await leaving.taps('Угуу болбойт');
    await world.database.db.execute(`update staff set removed_at = now() where id = (select max(id) from staff)`);
    expect(await leaving.says('Кар жаады')).toEqual(['Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.']);
    expect((await getHearing(world.database.db, one.id)).state).toBe('planned');
    const denied = await world.database.db.select().from(auditLog).where(eq(auditLog.action, 'right.denied'));
    expect(denied.at(-1)?.after).toEqual({ right: 'hearings.manage' });
  });

  it.each([
    ['ru', 'слушания', 'Кто придёт'],
    ['en', 'hearings', 'Who comes'],
  ] as const)('speaks %s', async (language, word, people) => {
    const one = await stage.planned();
    await comes(one, 1, 'mantysh', 'woman');
    const colleague = await stage.colleague(`speaks-${language}`, 'officer', language);
    const [card = ''] = await colleague.says(word);
    expect(card).toContain(people);
    const shown = (await colleague.taps(people)).join();
    expect(shown).toMatch(language === 'ru' ? /Мантыш: придут 1, не смогут 0/ : /Mantysh: coming 1, not coming 0/);
  });
});
