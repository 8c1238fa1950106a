import { asc, eq, like } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { remindOfCalendar } from '../../src/announcements/calendar.ts';
import { calendarReminders } from '../../src/announcements/tables.ts';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context } from '../../src/core/context.ts';
import { createLogger } from '../../src/core/logger.ts';
import { plain } from '../../src/core/text.ts';
import type { Locale } from '../../src/core/texts.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import { loadCatalogue } from '../../src/places/load-catalogue.ts';
import { loadPlaces, type Municipality } from '../../src/places/places.ts';
import { addresses, residents } from '../../src/residents/tables.ts';
import type { Role } from '../../src/staff/rights.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { aCatalogue, givenStaff } from '../support/given.ts';

const database = useDatabase();
const SEDP = {
  id: 'sedp_hearing',
  on: '04-01',
  until: '05-31',
  texts: { ky: 'Угууну белгилеңиз.', ru: 'Назначьте слушания.', en: 'Set the hearing.' },
  notice: { kind: 'hearing', hearing: 'sedp_draft', topic: { ky: 'Долбоор', ru: 'Проект', en: 'The draft' } },
};
let logged: string[] = [];
let ctx: Context;

beforeEach(async () => {
  await truncateAll(database.db);
  logged = [];
  const log = createLogger({ level: 'info', destination: { write: (line) => void logged.push(line) } });
  ctx = testContext(database.db, { log, actor: { type: 'system', job: 'calendar' } });
});

async function given(
  o: { code?: string; timeZone?: string; calendar?: readonly object[] } = {},
): Promise<Municipality> {
  const { code = 'KS', timeZone = 'Asia/Bishkek', calendar = [SEDP] } = o;
  await loadCatalogue(ctx, { ...aCatalogue(code, timeZone), settings: { calendar } });
  const found = (await loadPlaces(database.db)).municipalityByCode(code);
  if (found === null) throw new Error(`there is no municipality ${code}`);
  return found;
}
const member = (municipality: Municipality, role: Role, language: Locale = 'ky') =>
  givenStaff(ctx, municipality, role, undefined, { language });
const remind = (now: string) => remindOfCalendar(ctx, { now: new Date(now) });

/** Who was told, in their language, in the order of the notices. */
async function told(): Promise<string[]> {
  const rows = await database.db
    .select({ contents: sends.contents, language: residents.language, subject: sends.subject })
    .from(deliveries)
    .innerJoin(sends, eq(sends.id, deliveries.sendId))
    .innerJoin(addresses, eq(addresses.id, deliveries.addressId))
    .innerJoin(residents, eq(residents.id, addresses.residentId))
    .orderBy(asc(deliveries.id));
  return rows.map(({ contents, language, subject }) => {
    const content = contents?.[language];
    const buttons = (content?.options ?? []).map(({ label, data }) => `[${label}: ${data}]`);
    return [subject, plain(content?.text ?? ''), ...buttons].join('\n');
  });
}
const audits = async () =>
  (await database.db.select().from(auditLog).where(like(auditLog.action, 'calendar.%')).orderBy(asc(auditLog.id))).map(
    ({ action, subject, after }) => ({ action, subject, after }),
  );
const planned = async () =>
  (await database.db.select().from(calendarReminders)).map(({ nextDueAt }) => nextDueAt.toISOString());

describe('remindOfCalendar', () => {
  it('tells those who prepare announcements, each in their language, with a button for the draft', async () => {
    const ks = await given();
    await member(ks, 'officer', 'ky');
    await member(ks, 'working-group', 'ru');
    await member(ks, 'admin', 'en');
    await member(ks, 'deputy', 'ky');
    await remind('2027-03-31T12:00:00+06:00');
    expect(await told()).toEqual([]);
    await remind('2027-04-01T08:00:00+06:00');
    expect(await told()).toEqual([
      [
        'calendar:sedp_hearing',
        'Эске салабыз. Угууну белгилеңиз.',
        'Акыркы күнү: 2027-жылдын 31-майы',
        '[Кулактандыруу даярдоо: go:announce:cal.sedp_hearing]',
      ].join('\n'),
      [
        'calendar:sedp_hearing',
        'Напоминаем. Назначьте слушания.',
        'Последний день: 31 мая 2027 года',
        '[Подготовить объявление: go:announce:cal.sedp_hearing]',
      ].join('\n'),
      [
        'calendar:sedp_hearing',
        'A reminder. Set the hearing.',
        'Last day: 31 May 2027',
        '[Prepare the notice: go:announce:cal.sedp_hearing]',
      ].join('\n'),
    ]);
    const after = { year: 2027 };
    expect(await audits()).toEqual([{ action: 'calendar.remind', subject: 'calendar:sedp_hearing', after }]);
  });

  it('reminds once a year, whatever the number of processes', async () => {
    await member(await given(), 'officer');
    const everywhere = (now: string) => Promise.all([remind(now), remind(now), remind(now), remind(now)]);
    for (const now of ['2027-03-01T12:00:00Z', '2027-04-01T02:00:00Z', '2027-04-01T02:00:00Z', '2027-05-01T02:00:00Z'])
      await everywhere(now);
    expect(await told()).toHaveLength(1);
    await everywhere('2028-04-03T02:00:00Z');
    expect(await told()).toHaveLength(2);
    expect((await audits()).map(({ after }) => after)).toEqual([{ year: 2027 }, { year: 2028 }]);
  });

  it('is once where the first look of all processes falls into the season', async () => {
    await member(await given(), 'officer');
    const now = '2027-05-01T02:00:00Z';
    await Promise.all([remind(now), remind(now), remind(now)]);
    expect(await told()).toHaveLength(1);
    expect(await planned()).toEqual(['2028-04-01T02:00:00.000Z']);
  });

  it('catches up after a downtime while it is of use, and else says what was missed', async () => {
    await member(await given(), 'officer');
    await remind('2026-12-01T12:00:00Z');
    await remind('2027-05-31T17:00:00Z');
    expect(await told()).toHaveLength(1);
    await remind('2029-07-01T12:00:00Z');
    await remind('2029-07-01T12:00:00Z');
    expect(await told()).toHaveLength(1);
    const missed = { action: 'calendar.missed', subject: 'calendar:sedp_hearing', after: { years: [2028, 2029] } };
    expect((await audits()).slice(1)).toEqual([missed]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('reminders of the calendar came too late');
    await remind('2030-04-01T12:00:00Z');
    expect(await told()).toHaveLength(2);
  });

  it('tries again each morning while nobody works there, and misses it on the last', async () => {
    const ks = await given();
    await remind('2027-04-03T09:00:00+06:00');
    expect(await planned()).toEqual(['2027-04-04T02:00:00.000Z']);
    await member(ks, 'deputy');
    await remind('2027-04-04T08:00:00+06:00');
    await member(ks, 'officer');
    await remind('2027-04-04T09:00:00+06:00');
    expect(await told()).toEqual([]);
    await remind('2027-04-05T08:00:00+06:00');
    expect(await told()).toHaveLength(1);
    await given({ code: 'AB' });
    await remind('2028-05-31T09:00:00+06:00');
    expect((await audits()).at(-1)).toMatchObject({ action: 'calendar.missed', after: { years: [2028] } });
    expect(await told()).toHaveLength(2);
  });

  it('goes by the zone of each municipality, also where the clocks change', async () => {
    const spring = [{ ...SEDP, on: '03-29' }];
    await member(await given({ timeZone: 'Europe/Berlin', calendar: spring }), 'officer');
    await member(await given({ code: 'AB', timeZone: 'America/New_York', calendar: spring }), 'officer', 'en');
    await remind('2027-01-01T00:00:00Z');
    await remind('2027-03-29T05:59:59Z');
    expect(await told()).toEqual([]);
    await remind('2027-03-29T06:00:00Z');
    expect(await told()).toEqual([expect.stringContaining('Эске салабыз')]);
    await remind('2027-03-29T11:59:59Z');
    expect(await told()).toHaveLength(1);
    await remind('2027-03-29T12:00:00Z');
    expect((await told())[1]).toContain('A reminder');
  });

  it('neither doubles nor loses a reminder where the clock is moved', async () => {
    await member(await given(), 'officer');
    await remind('2027-04-01T12:00:00Z');
    for (const back of ['2027-04-01T01:00:00Z', '2027-01-01T12:00:00Z', '1970-01-01T00:00:30Z']) await remind(back);
    await remind('2027-04-02T12:00:00Z');
    expect(await told()).toHaveLength(1);
    await remind('2031-04-02T12:00:00Z');
    expect(await told()).toHaveLength(2);
    await remind('2027-04-03T12:00:00Z');
    expect(await told()).toHaveLength(2);
    await remind('2028-04-01T12:00:00Z');
    expect(await told()).toHaveLength(3);
  });

  it('follows a calendar that was changed, and leaves out what is no more in it', async () => {
    await member(await given(), 'officer');
    await remind('2027-04-01T12:00:00Z');
    await given({ calendar: [{ ...SEDP, on: '03-01', until: '03-15' }] });
    await remind('2027-12-01T12:00:00Z');
    expect(await planned()).toEqual(['2028-03-01T02:00:00.000Z']);
    await given({ calendar: [] });
    await remind('2028-03-10T12:00:00Z');
    expect(await told()).toHaveLength(1);
  });
});
