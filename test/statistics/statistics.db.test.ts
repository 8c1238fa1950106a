import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context, Tx } from '../../src/core/context.ts';
import { meetings } from '../../src/meetings/tables.ts';
import type { Municipality } from '../../src/places/places.ts';
import { proposalSupports, proposals } from '../../src/proposals/tables.ts';
import { type AgeBand, residents, type Sex } from '../../src/residents/tables.ts';
import { countReport, participation } from '../../src/statistics/count-report.ts';
import { keepReports, readStatistics } from '../../src/statistics/kept-report.ts';
import { suppressReport } from '../../src/statistics/public-report.ts';
import { DIMENSIONS, type Report } from '../../src/statistics/report.ts';
import { statisticsReports } from '../../src/statistics/tables.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { asStaffOf, givenMunicipality, givenStaff } from '../support/given.ts';

const database = useDatabase();
type TestContext = Context & { tx: Tx };
const within = (work: (ctx: TestContext, municipality: Municipality) => Promise<void>) =>
  rolledBack(database.db, async (tx) => {
    const ctx = { ...testContext(database.db), tx };
    await work(ctx, await givenMunicipality(ctx));
  });

type Row = Partial<typeof proposals.$inferInsert>;
let sequence = 0;

async function givenRows(ctx: TestContext, { id: municipalityId }: Municipality, rows: readonly Row[]) {
  const at = ctx.clock.now();
  const values = rows.map((row) => {
    sequence += 1;
    return {
      municipalityId,
      number: `KS-2026-${sequence}`,
      year: 2026,
      sequence,
      test: false,
      channel: 'telegram' as const,
      source: 'chat' as const,
      villageId: 'ks-upper',
      sectorId: 'roads',
      text: 'Көпүрө керек',
      firstText: 'Көпүрө керек',
      language: 'ky' as const,
      status: 'received' as const,
      submittedAt: at,
      updatedAt: at,
      ...row,
    };
  });
  return ctx.tx.insert(proposals).values(values).returning({ id: proposals.id });
}

async function givenPeople(
  ctx: TestContext,
  people: readonly { sex?: Sex; ageBand?: AgeBand; vulnerable?: boolean }[],
): Promise<number[]> {
  const values = people.map((person) => ({ language: 'ky' as const, createdAt: ctx.clock.now(), ...person }));
  return (await ctx.tx.insert(residents).values(values).returning({ id: residents.id })).map(({ id }) => id);
}

const count = (ctx: TestContext, { id }: Municipality, more: { from?: string; to?: string } = {}) =>
  countReport(ctx.tx, { municipalityId: id, ...more }, ctx.clock.now());
const partOf = (report: Report, name: (typeof DIMENSIONS)[number], key: string | null) =>
  report.by[name].find((part) => part.key === key);

describe('countReport', () => {
  it('counts proposals and, once each, the people behind them', () =>
    within(async (ctx, municipality) => {
      const [woman, man, other] = await givenPeople(ctx, [
        { sex: 'woman', ageBand: '14-28', vulnerable: true },
        { sex: 'man', ageBand: '55+' },
        {},
      ]);
      const [first] = await givenRows(ctx, municipality, [
        { residentId: woman ?? 0 },
        { residentId: woman ?? 0, villageId: 'ks-lower', sectorId: 'water' },
        { residentId: man ?? 0, source: 'group', submittedAt: new Date('2026-10-31T19:00:00Z') },
      ]);
      const at = ctx.clock.now();
      await ctx.tx.insert(proposalSupports).values({ proposalId: first?.id ?? 0, residentId: other ?? 0, at });
      const report = await count(ctx, municipality);
      expect(report.total).toEqual({ proposals: 3, authors: 2, supporters: 1 });
      expect(report.by.village).toEqual([
        { key: 'ks-upper', proposals: 2, authors: 2, supporters: 1 },
        { key: 'ks-lower', proposals: 1, authors: 1, supporters: 0 },
      ]);
      expect(report.countedTwice.village).toEqual({ authors: 1, supporters: 0 });
      expect(partOf(report, 'sector', 'water')).toMatchObject({ proposals: 1, authors: 1 });
      expect(partOf(report, 'sex', 'woman')).toMatchObject({ proposals: 2, authors: 1, supporters: 0 });
      expect(partOf(report, 'sex', null)).toMatchObject({ proposals: 0, authors: 0, supporters: 1 });
      expect(partOf(report, 'ageBand', '55+')).toMatchObject({ proposals: 1, authors: 1 });
      expect(partOf(report, 'source', 'group')).toMatchObject({ proposals: 1 });
      // in the municipality's zone November has begun
      expect(report.by.month).toEqual([{ key: '2026-11', proposals: 3, authors: 2, supporters: 1 }]);
      expect(report.womenAuthors).toEqual({ women: 1, known: 2, percent: 50, goalPercent: 30, belowGoal: false });
      expect(report.vulnerable).toBe(1);
      expect(report.villagesWithNone).toEqual([]);
    }));

  it('counts whoever spoke on paper or stands in a file as a person of their own, and an erased one as nobody', () =>
    within(async (ctx, municipality) => {
      const paper = { channel: null, residentId: null } as const;
      await givenRows(ctx, municipality, [
        { ...paper, source: 'paper', authorSex: 'woman', authorAgeBand: '29-54', authorVulnerable: true },
        { ...paper, source: 'import', authorSex: 'man' },
        { ...paper, source: 'import' },
        { residentId: null },
      ]);
      const report = await count(ctx, municipality);
      expect(report.total).toEqual({ proposals: 4, authors: 3, supporters: 0 });
      expect(partOf(report, 'sex', null)).toMatchObject({ proposals: 2, authors: 1 });
      expect(partOf(report, 'channel', null)).toMatchObject({ proposals: 3, authors: 3 });
      expect(report.villages.at(-1)).toMatchObject({ villageId: null, women: 1, men: 1, sexUnsaid: 1, age29: 1 });
      expect(report.vulnerable).toBe(1);
    }));

  it('leaves out what is hidden, withdrawn, of the TEST series or of another municipality; merged ones were received', () =>
    within(async (ctx, municipality) => {
      const other = await givenMunicipality(ctx, { code: 'AB' });
      const [kept] = await givenRows(ctx, municipality, [{}]);
      await givenRows(ctx, municipality, [
        { status: 'merged', mergedIntoId: kept?.id ?? 0 },
        { hiddenAt: ctx.clock.now() },
        { status: 'withdrawn' },
        { test: true },
      ]);
      await givenRows(ctx, other, [{ villageId: 'ab-upper' }]);
      const report = await count(ctx, municipality);
      expect(report.total.proposals).toBe(2);
      expect(report.villagesWithNone).toEqual(['ks-lower']);
    }));

  it('counts the days that are asked for, both included, in the zone of the municipality', () =>
    within(async (ctx, municipality) => {
      const at = (instant: string) => ({ submittedAt: new Date(instant) });
      await givenRows(ctx, municipality, [
        at('2026-11-09T17:59:59Z'),
        at('2026-11-09T18:00:00Z'),
        at('2026-11-11T17:59:59Z'),
        at('2026-11-11T18:00:00Z'),
      ]);
      expect((await count(ctx, municipality, { from: '2026-11-10', to: '2026-11-11' })).total.proposals).toBe(2);
      expect((await count(ctx, municipality, { from: '2026-11-10' })).total.proposals).toBe(3);
    }));

  it('tells of meetings how many came and, where they were counted, how many women', () =>
    within(async (ctx, { id: municipalityId, ...municipality }) => {
      const meeting = {
        municipalityId,
        kind: 'pra',
        recordedBy: 'operator:test',
        recordedAt: ctx.clock.now(),
      } as const;
      await ctx.tx.insert(meetings).values([
        { ...meeting, villageId: 'ks-upper', heldOn: '2026-11-01', people: 40, women: 10 },
        { ...meeting, villageId: 'ks-upper', heldOn: '2026-11-02', people: 100 },
        { ...meeting, villageId: 'ks-lower', heldOn: '2026-11-03', people: 7, canceledAt: ctx.clock.now() },
      ]);
      const report = await count(ctx, { ...municipality, id: municipalityId });
      expect(report.meetings).toBe(2);
      expect(report.womenAtMeetings).toEqual({ women: 10, known: 40, percent: 25, goalPercent: 30, belowGoal: true });
      expect(report.villages.at(-1)).toMatchObject({ meetings: 2, meetingPeople: 140, meetingPeopleCounted: 40 });
      expect(report.villages[1]).toMatchObject({ meetings: 0, meetingWomen: null });
    }));

  it('adds up, whatever there is', () =>
    within(async (ctx, municipality) => {
      const sexes = [undefined, 'woman', 'man'] as const;
      const ages = [undefined, '14-28', '29-54', '55+'] as const;
      const people = await givenPeople(
        ctx,
        Array.from({ length: 12 }, (_, at) => ({ sex: sexes[at % 3], ageBand: ages[at % 4] })) as {
          sex?: Sex;
          ageBand?: AgeBand;
        }[],
      );
      const aRow = fc.record({
        who: fc.integer({ min: -2, max: people.length - 1 }),
        villageId: fc.constantFrom('ks-upper', 'ks-lower'),
        sectorId: fc.constantFrom('roads', 'water', 'other'),
        day: fc.integer({ min: 1, max: 300 }),
        supporters: fc.uniqueArray(fc.integer({ min: 0, max: people.length - 1 }), { maxLength: 3 }),
      });
      const property = fc.asyncProperty(fc.array(aRow, { minLength: 1, maxLength: 30 }), async (rows) => {
        await ctx.tx.delete(proposalSupports);
        await ctx.tx.delete(proposals);
        const stored = await givenRows(
          ctx,
          municipality,
          rows.map(({ who, villageId, sectorId, day }) => ({
            villageId,
            sectorId,
            submittedAt: new Date(Date.UTC(2026, 0, day)),
            ...(who >= 0
              ? { residentId: people[who] ?? 0 }
              : { residentId: null, channel: null, source: who === -1 ? ('paper' as const) : ('import' as const) }),
          })),
        );
        const supports = rows.flatMap(({ supporters }, at) =>
          supporters.map((who) => ({
            proposalId: stored[at]?.id ?? 0,
            residentId: people[who] ?? 0,
            at: ctx.clock.now(),
          })),
        );
        if (supports.length > 0) await ctx.tx.insert(proposalSupports).values(supports);
        const report = await count(ctx, municipality);
        const people2 = new Set(rows.filter(({ who }) => who >= 0).map(({ who }) => who)).size;
        const spoken = rows.filter(({ who }) => who < 0).length;
        expect(report.total).toEqual({
          proposals: rows.length,
          authors: people2 + spoken,
          supporters: new Set(rows.flatMap(({ supporters }) => supporters)).size,
        });
        expectToAddUp(report);
        expectNothingSmall(suppressReport(report));
      });
      await fc.assert(property, { numRuns: 25 });
    }));
});

function expectToAddUp({ total, by, countedTwice, villages }: Report): void {
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  for (const name of DIMENSIONS) {
    const { authors, supporters } = countedTwice[name];
    expect(sum(by[name].map((part) => part.proposals)), name).toBe(total.proposals);
    expect(sum(by[name].map((part) => part.authors)) - authors, name).toBe(total.authors);
    expect(sum(by[name].map((part) => part.supporters)) - supporters, name).toBe(total.supporters);
  }
  // nobody is of two sexes or ages
  expect(countedTwice.sex).toEqual({ authors: 0, supporters: 0 });
  expect(countedTwice.ageBand).toEqual({ authors: 0, supporters: 0 });
  for (const row of villages) {
    expect(row.women + row.men + row.sexUnsaid).toBe(row.authors);
    expect(row.age14 + row.age29 + row.age55 + row.ageUnsaid).toBe(row.authors);
  }
}

/** Numbers of people or proposals; meetings are no people, and a goal is no count. */
function expectNothingSmall({
  total,
  by,
  villages,
  womenAuthors,
  vulnerable,
}: ReturnType<typeof suppressReport>): void {
  const rows = villages.map(({ meetings: _, villageId: __, ...cells }) => cells);
  const { women, known } = womenAuthors;
  for (const cells of [total, ...Object.values(by).flat(), ...rows, { women, known, vulnerable }]) {
    const small = Object.entries(cells).filter(([, count]) => typeof count === 'number' && count > 0 && count < 5);
    expect(small).toEqual([]);
  }
}

describe('participation', () => {
  it('has a row a village, and the whole municipality last', () =>
    within(async (ctx, municipality) => {
      const [author] = await givenPeople(ctx, [{ sex: 'woman' }]);
      await givenRows(ctx, municipality, [
        { residentId: author ?? 0 },
        { residentId: author ?? 0, villageId: 'ks-lower' },
      ]);
      const rows = await participation(ctx.tx, { municipalityId: municipality.id });
      expect(rows.map(({ villageId, proposals: of, women }) => [villageId, of, women])).toEqual([
        ['ks-upper', 1, 1],
        ['ks-lower', 1, 1],
        [null, 2, 1],
      ]);
      const filtered = await participation(ctx.tx, { municipalityId: municipality.id, villageId: 'ks-lower' });
      expect(filtered.map(({ villageId, proposals: of }) => [villageId, of])).toEqual([
        ['ks-lower', 1],
        [null, 1],
      ]);
    }));
});

describe('readStatistics', () => {
  it('counts few at once; of many it shows what the sweeper counted last', () =>
    within(async (ctx, municipality) => {
      const officer = await givenStaff(ctx, municipality, 'officer');
      const read = () => readStatistics(asStaffOf(ctx, officer), municipality.id);
      const keep = () => keepReports({ db: ctx.tx, clock: ctx.clock, signal: new AbortController().signal });
      await givenRows(
        ctx,
        municipality,
        Array.from({ length: 10 }, () => ({})),
      );
      expect((await read())?.total.proposals).toBe(10);
      await keep();
      expect(await ctx.tx.select().from(statisticsReports)).toEqual([]);
      await ctx.tx.execute(sql`
        insert into proposals (municipality_id, number, year, sequence, test, source, village_id, sector_id, text,
          first_text, language, status, submitted_at, updated_at)
        select ${municipality.id}, 'KS-2027-' || n, 2027, n, false, 'chat', 'ks-upper', 'roads', '', '', 'ky',
          'received', now(), now() from generate_series(1, 5000) n`);
      expect(await read()).toBeNull();
      await keep();
      expect(await read()).toMatchObject({ total: { proposals: 5_010 }, countedAt: ctx.clock.now().toISOString() });
      await ctx.tx.update(statisticsReports).set({ version: 'older' });
      expect(await read()).toBeNull();
    }));
});
