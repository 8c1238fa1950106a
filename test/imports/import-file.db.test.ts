import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context } from '../../src/core/context.ts';
import { importTable } from '../../src/imports/import-file.ts';
import { readTable } from '../../src/imports/read-table.ts';
import { MeetingNotFoundError } from '../../src/meetings/queries.ts';
import { recordMeeting } from '../../src/meetings/record-meeting.ts';
import type { Municipality } from '../../src/places/places.ts';
import { foldProposal } from '../../src/proposals/fold.ts';
import { proposalCounters, proposals } from '../../src/proposals/tables.ts';
import { NoRightError } from '../../src/staff/require-right.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { asStaffOf, givenMunicipality, givenProposal, givenResident, givenStaff } from '../support/given.ts';

const database = useDatabase();
let ctx: Context;
let municipality: Municipality;

beforeEach(async () => {
  await truncateAll(database.db);
  ctx = testContext(database.db, { actor: { type: 'operator', name: 'root' } });
  municipality = await givenMunicipality(ctx);
});

const HEADINGS = 'text,village,sector,date,sex,age_band';
const LIST = [
  'Суу жок,ks-upper,water,31.12.2025,аял,34',
  'Жол бузулган,ks-lower,roads,,эркек,55+',
  'Дагы бир нерсе,ks-lower,,22.11.2026,,',
];

async function importCsv(lines: readonly string[], options: { dryRun?: boolean; meetingId?: number } = {}, by = ctx) {
  const table = await readTable(Buffer.from([HEADINGS, ...lines].join('\n')));
  return importTable(by, table, { municipality, ...options });
}

const stored = () => database.db.select().from(proposals).orderBy(asc(proposals.sequence));

describe('importTable', () => {
  it('stores every row, under one block of numbers behind those given before', async () => {
    await givenProposal(ctx, await givenResident(ctx), municipality);
    const { result } = await importCsv(LIST);
    expect(result).toEqual({ added: 3, present: 0, numbers: { first: 'KS-2026-0002', last: 'KS-2026-0004' } });
    const [, first, second, third] = await stored();
    expect(first).toMatchObject({
      number: 'KS-2026-0002',
      source: 'import',
      channel: null,
      residentId: null,
      villageId: 'ks-upper',
      sectorId: 'water',
      text: 'Суу жок',
      firstText: 'Суу жок',
      folded: foldProposal('Суу жок', null),
      status: 'received',
      test: false,
      authorSex: 'woman',
      authorAgeBand: '29-54',
      enteredBy: 'operator:root',
      submittedAt: new Date('2025-12-31T12:00:00+06:00'),
    });
    expect(second).toMatchObject({ sectorId: 'roads', submittedAt: ctx.clock.now(), authorAgeBand: '55+' });
    // no later than now, though the day's noon is
    expect(third).toMatchObject({ sectorId: 'other', submittedAt: ctx.clock.now(), number: 'KS-2026-0004' });
    const next = await givenProposal(ctx, await givenResident(ctx), municipality);
    expect(next.number).toBe('KS-2026-0005');
  });

  it('writes down who imported how many, once', async () => {
    await importCsv(LIST);
    const rows = await database.db.select().from(auditLog).where(eq(auditLog.action, 'proposal.import'));
    expect(rows).toMatchObject([
      {
        actor: 'operator:root',
        municipalityId: municipality.id,
        after: { added: 3, present: 0, first: 'KS-2026-0001', last: 'KS-2026-0003', meetingId: null },
      },
    ]);
  });

  it('adds nothing the second time, and of a longer list only what is new', async () => {
    await importCsv(LIST);
    expect((await importCsv(LIST)).result).toEqual({ added: 0, present: 3, numbers: null });
    const longer = ['Жаңы сунуш,ks-upper,,,,', ...LIST.toReversed()];
    expect((await importCsv(longer)).result).toMatchObject({ added: 1, present: 3 });
    // spelling aside, and on another day
    const later = { ...ctx, clock: { now: () => new Date('2027-02-01T10:00:00+06:00') } };
    const spelled = LIST.map((line) => line.replace('Жол', '«ЖОЛ»').replace('нерсе', 'нерсе!'));
    expect((await importCsv(spelled, {}, later)).result).toMatchObject({ added: 0, present: 3 });
    expect(await stored()).toHaveLength(4);
  });

  it('takes two rows alike for two people, each once', async () => {
    const [first = ''] = LIST;
    expect((await importCsv([first, first])).result).toMatchObject({ added: 2 });
    expect((await importCsv([first, first])).result).toMatchObject({ added: 0, present: 2 });
    expect((await importCsv([first, first, first])).result).toMatchObject({ added: 1, present: 2 });
  });

  it('stores nothing where one row is bad, and gives no number', async () => {
    const report = await importCsv([...LIST, ',ks-upper,,,,', 'Суу,nowhere,,40.1.2025,,']);
    expect(report).toMatchObject({ rows: 3, result: null });
    expect(report.mistakes.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '5 no-text',
      '6 village',
      '6 date',
    ]);
    expect(await stored()).toEqual([]);
    expect(await database.db.select().from(proposalCounters)).toEqual([]);
  });

  it('changes nothing as a dry run, and tells what it would do', async () => {
    await importCsv(LIST.slice(0, 1));
    expect((await importCsv(LIST, { dryRun: true })).result).toEqual({ added: 2, present: 1, numbers: null });
    expect(await stored()).toHaveLength(1);
    expect(await database.db.select().from(proposalCounters)).toMatchObject([{ last: 1 }]);
  });

  it('refuses a table without headings, one without rows, and one with too many', async () => {
    const read = (text: string) =>
      readTable(Buffer.from(text)).then((table) => importTable(ctx, table, { municipality }));
    await expect(read('Суу жок,Мантыш\n')).rejects.toThrow("its first row is 'Суу жок', 'Мантыш'");
    await expect(read(`${HEADINGS}\n,,,\n`)).rejects.toThrow('no proposal below the headings');
    await expect(read('\n\n')).rejects.toThrow('the table is empty');
    const many = 'Суу жок,ks-upper,,,,\n'.repeat(20_001);
    await expect(read(`${HEADINGS}\n${many}`)).rejects.toThrow('20001 rows: expected 20000 at most');
  });

  it('refuses a table of which a heading has lost letters, so that no column is lost with them', async () => {
    const cyrillic = Buffer.concat([Buffer.from('text;village;'), Buffer.from([0xca, 0x3f, 0xed, 0x3f])]);
    const table = await readTable(Buffer.concat([cyrillic, Buffer.from('\nSuu jok;ks-upper;31.12.2025\n')]));
    await expect(importTable(ctx, table, { municipality })).rejects.toThrow(/'К\?н\?' has lost letters/);
    expect(await stored()).toEqual([]);
  });

  it('lets officers import, and nobody with less', async () => {
    const by = async (role: 'officer' | 'working-group') => asStaffOf(ctx, await givenStaff(ctx, municipality, role));
    const group = await by('working-group');
    await expect(importCsv(LIST, {}, group)).rejects.toThrow(NoRightError);
    await expect(importCsv(LIST, { dryRun: true }, group)).rejects.toThrow(NoRightError);
    expect((await importCsv(LIST, {}, await by('officer'))).result).toMatchObject({ added: 3 });
  });

  it('ties the proposals to a meeting of the municipality', async () => {
    const meeting = await recordMeeting(ctx, {
      villageId: 'ks-upper',
      kind: 'pra',
      heldOn: '2026-11-20',
      people: 20,
      women: 9,
      ages: null,
    });
    await importCsv(LIST, { meetingId: meeting.id });
    expect((await stored()).map(({ meetingId }) => meetingId)).toEqual([meeting.id, meeting.id, meeting.id]);
    await expect(importCsv(['Башка,ks-upper,,,,'], { meetingId: 99 })).rejects.toThrow(MeetingNotFoundError);
  });

  it('adds each row once where two import at the same time', async () => {
    const results = await Promise.all([importCsv(LIST), importCsv(LIST), importCsv(LIST)]);
    expect(results.map(({ result }) => result?.added).sort()).toEqual([0, 0, 3]);
    expect((await stored()).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('takes thousands of rows as they stand', async () => {
    const lines = Array.from({ length: 2_500 }, (_, at) => `${at}-көчөгө жарык керек,ks-upper,,,,`);
    expect((await importCsv(lines)).result).toMatchObject({ added: 2_500, numbers: { last: 'KS-2026-2500' } });
    const all = await stored();
    expect(all.map(({ text }) => text)).toEqual(lines.map((line) => line.split(',')[0]));
    expect(all.map(({ number }) => number).at(999)).toBe('KS-2026-1000');
  });
});
