import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { listAnnouncements } from '../../../src/announcements/queries.ts';
import { auditLog } from '../../../src/audit/tables.ts';
import { openingButton } from '../../../src/dialog/button-data.ts';
import { hearings } from '../../../src/hearings/tables.ts';
import type { Settings } from '../../../src/places/catalogue.ts';
import { municipalities } from '../../../src/places/tables.ts';
import { staff } from '../../../src/staff/tables.ts';
import { eventually } from '../../channels/eventually.ts';
import { givenMunicipality, givenStaff } from '../../support/given.ts';
import { everything, type Person } from '../../support/talk.ts';
import { useAnnouncing } from './announce-stage.ts';

const stage = useAnnouncing();
const CHANGED = 'Бул арада кулактандыруу өзгөрүптүр, эч нерсе жөнөтүлгөн жок. Жаңысын көрсөтөбүз.';
const RELEASED = 'Макул, жөнөтүлөт. Жүрүшүн ушул жерге жазып турабыз.';
let officer: Person;
let second: Person;
let group: Person;
let deputy: Person;
let aigul: Person;

const buttons = (person: Person) => person.chat.at(-1)?.options.map(({ label }) => label) ?? [];
const state = async () => (await stage.last()).state;

beforeAll(async () => {
  aigul = await stage.resident('ky-aigul', { village: 'mantysh', language: 'ky', name: 'Айгүл' });
  officer = await stage.member('ky-officer', 'officer');
  second = await stage.member('ky-second', 'officer');
  group = await stage.member('ky-group', 'working-group');
  deputy = await stage.member('ky-deputy', 'deputy');
});

/** What the municipality decides for itself; the program knows of it once it has looked again. */
async function setting<K extends keyof Settings>(name: K, value: Settings[K]): Promise<void> {
  const { db } = stage.world.database;
  const settings = { ...stage.municipality.settings, [name]: value };
  await db.update(municipalities).set({ settings, revision: sql`${municipalities.revision} + 1` });
  const known = async () => (await stage.world.talk.app.places.read(db)).municipality(stage.municipality.id).settings;
  await eventually(async () => (await known())[name]).toEqual(value);
}

/** A free notice, as far as its card; it is to be sent later, so that nothing happens by itself. */
async function writes(who: Person, text: string, at = '10.02.2027 9:00'): Promise<number> {
  await who.says('/announce');
  if (buttons(who).includes('Жаңы кулактандыруу')) await who.taps('Жаңы кулактандыруу');
  await who.taps('Башка кулактандыруу');
  await who.says(text);
  await who.taps('Өткөрүп жиберүү');
  await who.taps('Өзгөртүү');
  await who.taps('Жөнөтүү убактысы');
  await who.says(at);
  return (await stage.last()).id;
}

describe('two officers at once', () => {
  it('hear of each other: what has changed is not sent, and shown anew', async () => {
    const id = await writes(officer, 'Эртең субботник');
    await second.says(`/announce ${id}`);
    await second.taps('Өзгөртүү');
    await second.taps('Тексти');
    await second.taps('Кыргызча');
    await second.says('Бүрсүгүнү субботник');
    const [why, card] = await officer.taps('Жөнөтүү');
    expect(why).toBe(CHANGED);
    expect(card).toContain('«Бүрсүгүнү субботник»');
    expect(await state()).toBe('draft');
    await officer.taps('Өзгөртүү');
    await officer.taps('Тексти');
    await officer.taps('Кыргызча');
    await second.taps('Өзгөртүү');
    await second.taps('Жөнөтүү убактысы');
    await second.taps('Дароо');
    expect((await officer.says('Менин текстим'))[0]).toBe(CHANGED);
    expect((await stage.last()).texts).toEqual({ ky: 'Бүрсүгүнү субботник' });
  });

  it('hear of each other also where it is the hearing that has changed', async () => {
    await officer.says('/announce');
    await officer.taps('Жаңы кулактандыруу');
    await officer.taps('Коомдук угуу');
    await officer.says('4');
    await officer.says('План');
    await officer.says('-');
    await officer.says('15.12 10:00');
    await officer.says('Мантыш');
    await officer.says('Клуб');
    const { hearingId } = await stage.last();
    await stage.world.database.db
      .update(hearings)
      .set({ building: 'Мектеп', revision: sql`${hearings.revision} + 1` })
      .where(eq(hearings.id, hearingId ?? 0));
    const [why, card] = await officer.taps('Жөнөтүү');
    expect([why, card]).toEqual([CHANGED, expect.stringContaining('Мантыш айылы, Мектеп')]);
    expect(await state()).toBe('draft');
  });

  it('are told of a second release and a second end', async () => {
    const id = await writes(officer, 'Концерт болот');
    await second.says(`/announce ${id}`);
    expect((await officer.taps('Жөнөтүү'))[0]).toBe(RELEASED);
    expect(await second.taps('Жөнөтүү')).toEqual([
      'Бул кулактандырууга мурда эле уруксат берилген.',
      expect.stringContaining('Абалы: жөнөтүлөт'),
    ]);
    await officer.says('стоп');
    await officer.taps('Ооба, токтотулсун');
    await second.taps('Токтотуу');
    expect((await second.taps('Ооба, токтотулсун'))[0]).toBe('Бул кулактандыруу мурда эле токтотулган.');
    expect(await state()).toBe('canceled');
  });
});

describe('one under way', () => {
  it('is held back and goes on, whatever has happened to it since it was shown', async () => {
    await writes(officer, 'Суу келет', '10.12.2026 9:00');
    await officer.taps('Жөнөтүү');
    await officer.plays(`
      > [Тыныгуу]
      Тыныгууга койдук. Уланткыча эч нерсе жөнөтүлбөйт.
      Суу келет
      Абалы: тыныгууда

      билдирүү · 10-декабрь, бейшемби, саат 09:00 · күтүп турат [Улантуу|Токтотуу|Кайра кароо|Тизмеге кайтуу]
      > [Улантуу]
      Улантып жатабыз.
      Суу келет
      Абалы: жөнөтүлөт

      билдирүү · 10-декабрь, бейшемби, саат 09:00 · күтүп турат [Тыныгуу|Токтотуу|Кайра кароо|Тизмеге кайтуу]
      > токтот
      Калганы эч кимге жөнөтүлбөйт, кайра баштоого болбойт. Токтотолубу? [Ооба, токтотулсун|Жок]
      > жок
      Суу келет
      Абалы: жөнөтүлөт

      билдирүү · 10-декабрь, бейшемби, саат 09:00 · күтүп турат [Тыныгуу|Токтотуу|Кайра кароо|Тизмеге кайтуу]
    `);
    await second.says('/announce');
    await second.taps('Суу келет · жөнөтүлөт');
    await second.taps('Тыныгуу');
    await officer.taps('Тыныгуу');
    expect(officer.heard.at(-2)).toBe('Бул кулактандыруу тыныгууда турат.');
    await officer.taps('Улантуу');
    await stage.at('2026-12-10T09:00:01+06:00');
    await stage.hears(aigul, 'Суу келет');
    await stage.hears(officer, /Жөнөтүү бүттү/);
    await second.taps('Улантуу');
    expect(second.heard.at(-2)).toBe('Бул кулактандыруу жөнөтүлүп бүткөн.');
  });
});

describe('where a second person has to release', () => {
  it('it is handed over, colleagues are told once, and one of them sends it', async () => {
    await setting('releaseNeedsSecondPerson', true);
    await writes(officer, 'Жыйын болот');
    expect(buttons(officer)[0]).toBe('Уруксат суроо');
    expect(await officer.taps('Уруксат суроо')).toEqual([
      'Болду. Уруксат бере турган кызматкерлерге кабар бердик.',
      expect.stringMatching(/Сиз даярдадыңыз, эми башка кызматкер уруксат берет\. \[Алдын ала көрүү\|/),
    ]);
    expect(second.heard.at(-1)).toBe('Кулактандыруу жөнөтүүгө уруксат күтүп турат: Жыйын болот [Кулактандырууну ачуу]');
    expect(group.heard.join()).not.toContain('Жыйын болот');
    await second.taps('Кулактандырууну ачуу');
    expect(buttons(second)[0]).toBe('Жөнөтүү');
    expect((await second.taps('Жөнөтүү'))[0]).toBe(RELEASED);
    expect(await state()).toBe('released');
  });

  it('a change makes it a draft again, and whoever changed it has to hand it over', async () => {
    const id = await writes(group, 'Ашар болот');
    await group.taps('Уруксат суроо');
    await officer.says(`/announce ${id}`);
    await officer.taps('Өзгөртүү');
    await officer.taps('Тексти');
    await officer.taps('Кыргызча');
    await officer.says('Ашар болот, келиңиздер');
    expect(buttons(officer)[0]).toBe('Уруксат суроо');
    await officer.taps('Уруксат суроо');
    await officer.does({ ...second.button('Жөнөтүү') });
    expect(await state()).toBe('prepared');
    await setting('releaseNeedsSecondPerson', false);
  });
});

describe('others', () => {
  it('who only read see what there is, and no way to change it', async () => {
    await deputy.says('кулактандыруу');
    expect(buttons(deputy)).not.toContain('Жаңы кулактандыруу');
    await deputy.taps(buttons(deputy)[0] ?? '');
    expect(buttons(deputy)).toEqual(['Алдын ала көрүү', 'Тизмеге кайтуу']);
    expect(deputy.heard.at(-1)).not.toContain('Айгүл');
    expect(await deputy.says('Мантышта суу жок экен')).not.toEqual([]);
  });

  it('who prepare see no names, and hand over', async () => {
    await writes(group, 'Китепкана ачылат');
    expect(group.heard.at(-1)).not.toContain('Айгүл');
    expect(buttons(group)[0]).toBe('Уруксат суроо');
  });

  it('who prepare may put right the hearing of their draft, of which nobody hears before it is released', async () => {
    await group.says('/announce');
    await group.taps('Жаңы кулактандыруу');
    await group.taps('Коомдук угуу');
    await group.says('4');
    await group.says('Биздин план');
    await group.says('-');
    await group.says('20.02.2027 10:00');
    await group.says('Мантыш');
    await group.says('Клуб');
    await group.taps('Өзгөртүү');
    await group.taps('Жери');
    await group.says('Орток');
    expect((await group.says('Мектеп'))[0]).toContain('Жери: Орток айылы, Мектеп');
    expect((await aigul.says('/hearings')).join()).not.toContain('Биздин план');
    const { id } = await stage.last();
    await officer.says(`/announce ${id}`);
    await officer.taps('Жөнөтүү');
    expect((await aigul.says('/hearings')).join()).toContain('Биздин план');
    await officer.taps('Токтотуу');
    await officer.taps('Ооба, токтотулсун');
  });

  it('press forged buttons in vain', async () => {
    const id = await writes(officer, 'Токтоңуз');
    const before = await listAnnouncements(stage.world.database.db, { municipalityId: stage.municipality.id });
    const data = officer.chat.flatMap(({ options }) => options.map((option) => option.data));
    for (const forged of [
      ...data.slice(-20),
      openingButton('announce', String(id)),
      openingButton('announce', 'cal.x'),
    ]) {
      const said = await aigul.does({ kind: 'pick', data: forged, messageId: `forged-${forged}` });
      expect(said.join()).not.toMatch(/Токтоңуз|Кимдерге/);
      await deputy.does({ kind: 'pick', data: forged, messageId: `forged-${forged}` });
    }
    await aigul.says('/announce');
    expect(aigul.heard.at(-1)).toBe('Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.');
    expect(await listAnnouncements(stage.world.database.db, { municipalityId: stage.municipality.id })).toEqual(before);
    const denied = await stage.world.database.db.select().from(auditLog).where(eq(auditLog.action, 'right.denied'));
    expect(denied.at(-1)).toMatchObject({ after: { right: 'announcements.read' } });
  });

  it('who were removed get no further', async () => {
    const removed = await stage.member('ky-removed', 'officer');
    await writes(removed, 'Эч качан');
    const { db } = stage.world.database;
    const { createdBy } = await stage.last();
    await db
      .update(staff)
      .set({ removedAt: sql`now()` })
      .where(and(eq(staff.id, Number(createdBy.slice(6)))));
    expect(await removed.taps('Жөнөтүү')).toEqual(['Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.']);
    expect(await state()).toBe('draft');
  });

  it('are named on no card once they asked to be forgotten', async () => {
    const gone = await stage.resident('ky-gone', { village: 'ortok', language: 'ky', name: 'Жоомарт' });
    await writes(officer, 'Баарыңыздарга');
    expect(officer.heard.at(-1)).toContain('Жоомарт');
    await gone.says('/forget');
    await gone.taps('Ооба, өчүрүлсүн');
    expect(await everything(stage.world.database.open)).not.toContain('Жоомарт');
  });
});

describe('the legal calendar', () => {
  it('begins a notice that is filled in', async () => {
    const data = openingButton('announce', 'cal.sedp_hearing');
    const item: Settings['calendar'][number] = {
      id: 'sedp_hearing',
      on: '04-01',
      until: '05-20',
      texts: { ky: 'Угуу', ru: 'Слушания', en: 'Hearing' },
      notice: {
        kind: 'hearing',
        hearing: 'sedp_draft',
        topic: { ky: 'Программанын долбоору', ru: 'Проект программы', en: 'The draft programme' },
      },
    };
    await setting('calendar', [item]);
    expect(await officer.does({ kind: 'pick', data, messageId: 'notice' })).toEqual([
      'Макул, даярдайбыз. Калганын гана сурайбыз.',
      expect.stringContaining('Угуу качан болот?'),
    ]);
    await officer.says('20.01.2027 10:00');
    await officer.says('Орток');
    await officer.says('Мектеп');
    expect(officer.heard.at(-1)).toContain('Өнүктүрүү программасынын долбоору\nТемасы: Программанын долбоору\n');
    expect((await officer.does({ kind: 'pick', data: 'go:announce:cal.gone', messageId: 'notice-2' }))[0]).toBe(
      'Бул эскертүү эскирип калыптыр. Кулактандырууну өзүңүз баштасаңыз болот.',
    );
  });
});

describe('what is not finished', () => {
  it('waits for its officer, also after days of silence', async () => {
    await officer.taps('Коомдук угуу');
    await officer.says('5');
    await officer.says('Көчө аттары');
    stage.world.talk.clock.pass(8 * 86_400_000);
    await stage.world.talk.sweep();
    expect(officer.heard.at(-1)).toBe(
      'Кулактандырууңуз бүтпөй калган, жазганыңызды сактап койдук. Улантасызбы? [Улантуу|Башынан баштоо|Өчүрүү]',
    );
    expect(await officer.taps('Улантуу')).toEqual([expect.stringContaining('Башка тилде да жазасызбы?')]);
  });

  it('leaves no hearing behind when it is dropped', async () => {
    await officer.says('-');
    await officer.says('25.01.2027 10:00');
    await officer.says('Мантыш');
    await officer.says('Клуб');
    await officer.taps('Жокко чыгаруу');
    expect(await officer.taps('Ооба, жокко чыгарылсын')).toEqual(['Жокко чыгарылды, эч нерсе жөнөтүлгөн жок.']);
    const { hearingId, state: ended } = await stage.last();
    const [hearing] = await stage.world.database.db
      .select()
      .from(hearings)
      .where(eq(hearings.id, hearingId ?? 0));
    expect([ended, hearing?.state]).toEqual(['canceled', 'canceled']);
  });
});

describe('an office elsewhere', () => {
  it('finds no announcement but its own', async () => {
    const { id } = await stage.last();
    const other = await givenMunicipality(stage.context(), { code: 'AB' });
    const address = { channel: 'simulator', account: 'local', id: 'ky-elsewhere' } as const;
    await givenStaff(stage.context(), other, 'admin', address);
    const stranger = stage.world.as('ky-elsewhere');
    const said = await stranger.does({ kind: 'pick', data: openingButton('announce', String(id)), messageId: 'x' });
    expect(said[0]).toBe('Мындай кулактандыруу табылган жок.');
    expect(buttons(stranger)).toEqual(['Жаңы кулактандыруу', 'Билдирүү үлгүлөрү']);
  });
});
