import { describe, expect, it } from 'vitest';
import { suppressReport } from '../../src/statistics/public-report.ts';
import { byDimension, type Count, type Dimension, type Part, type Report } from '../../src/statistics/report.ts';

const count = (proposals: number, authors = proposals, supporters = 0): Count => ({ proposals, authors, supporters });

/** A report of one village where nobody told sex or age, with these parts of the ways in. */
function aReport(ways: Pick<Record<Dimension, Readonly<Record<string, Count>>>, 'source' | 'channel'>): Report {
  const sum = (measure: keyof Count) => Object.values(ways.source).reduce((all, part) => all + part[measure], 0);
  const total = count(sum('proposals'), sum('authors'), sum('supporters'));
  const share = { women: 0, known: 0, percent: null, goalPercent: 30, belowGoal: null } as const;
  const people = { women: 0, men: 0, sexUnsaid: total.authors, age14: 0, age29: 0, age55: 0, ageUnsaid: total.authors };
  const met = { meetings: 0, meetingPeople: 0, meetingWomen: null, meetingPeopleCounted: 0 };
  const rows = ['mantysh', null].map((villageId) => ({ villageId, ...total, ...people, ...met }));
  const whole = { village: 'mantysh', sector: 'water', month: '2026-11', sex: '', ageBand: '' };
  const parts = (of: Readonly<Record<string, Count>>): Part[] =>
    Object.entries(of).map(([key, cells]) => ({ key: key === '' ? null : key, ...cells }));
  return {
    municipalityId: 1,
    countedAt: '2026-11-22T04:00:00.000Z',
    from: null,
    to: null,
    total,
    by: byDimension((name) =>
      parts(name in ways ? ways[name as keyof typeof ways] : { [whole[name as keyof typeof whole]]: total }),
    ),
    countedTwice: byDimension(() => ({ authors: 0, supporters: 0 })),
    villages: rows,
    villagesWithNone: [],
    womenAuthors: share,
    womenAtMeetings: share,
    meetings: 0,
    vulnerable: 0,
  };
}

describe('suppressReport', () => {
  it('tells no small number by the ways in: paper and tables are what came without a chat', () => {
    const { by } = suppressReport(
      aReport({
        source: { chat: count(20), paper: count(3), import: count(50) },
        channel: { telegram: count(20), '': count(53) },
      }),
    );
    const cell = (of: readonly { key: string | null; proposals: number | null }[], key: string | null) =>
      of.find((part) => part.key === key)?.proposals ?? null;
    expect(cell(by.source, 'paper')).toBeNull();
    const known = [cell(by.source, 'import'), cell(by.channel, null)];
    expect(known).toContain(null);
  });

  it('tells no small number by the proposals on paper, which have an author each', () => {
    const { by, total } = suppressReport(
      aReport({
        source: { chat: count(9, 3), paper: count(6) },
        channel: { telegram: count(9, 3), '': count(6) },
      }),
    );
    const [chat, paper] = by.source;
    expect(chat?.authors).toBeNull();
    expect([paper?.authors ?? paper?.proposals ?? null, total.authors]).toContain(null);
    const [, none] = by.channel;
    expect([none?.authors ?? none?.proposals ?? null, total.authors]).toContain(null);
  });
});
