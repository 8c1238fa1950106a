import type { Cell, Count, Dimension, Part, ParticipationRow, Report, WomenShare } from './report.ts';
import { byDimension, DIMENSIONS, WOMEN_GOAL_PERCENT } from './report.ts';
import { type Line, suppress } from './suppress.ts';

const MEASURES = ['proposals', 'authors', 'supporters'] as const;
const SEX_CELLS = ['women', 'men', 'sexUnsaid'] as const;
const AGE_CELLS = ['age14', 'age29', 'age55', 'ageUnsaid'] as const;
const ROW_CELLS = [...MEASURES, ...SEX_CELLS, ...AGE_CELLS] as const;
type RowCell = (typeof ROW_CELLS)[number];

/** All cells of a table, each once however often it is shown, and what adds up to what. */
class Sheet {
  readonly #cells = new Map<string, number>();
  readonly #lines: Line[] = [];

  put(name: string, count: number): string {
    this.#cells.set(name, count);
    return name;
  }

  line(total: string, parts: readonly string[]): void {
    this.#lines.push({ parts, total });
  }

  /** The cell by its name, as it may be shown. */
  suppressed(): (name: string) => Cell {
    const shown = suppress(this.#cells, this.#lines);
    return (name) => shown.get(name) ?? null;
  }
}

/**
 * The rows of `participation` as they may leave the office: counts under five are withheld, and as many more as it
 * takes that they cannot be computed from the rest.
 */
export function suppressParticipation(rows: readonly ParticipationRow[]): ParticipationRow<Cell>[] {
  const sheet = new Sheet();
  putRows(sheet, rows);
  return shownRows(rows, sheet.suppressed());
}

/** The report as it may leave the office; how often people count twice is not in it. */
export function suppressReport(report: Report): Omit<Report<Cell>, 'countedTwice'> {
  const sheet = new Sheet();
  putRows(sheet, report.villages);
  for (const name of DIMENSIONS) putParts(sheet, name, report);
  putSpoken(sheet, report);
  sheet.put('vulnerable', report.vulnerable);
  const cell = sheet.suppressed();
  const { countedTwice: _, ...rest } = report;
  const whole = rowName(null);
  const partOf =
    (name: Dimension) =>
    ({ key }: Part): Part<Cell> => ({ key, ...countOf((measure) => cell(partName(name, key, measure))) });
  return {
    ...rest,
    total: countOf((measure) => cell(whole(measure))),
    by: byDimension((name) => report.by[name].map(partOf(name))),
    villages: shownRows(report.villages, cell),
    womenAuthors: isWithheld(cell, [whole('women'), whole('men')]) ? WITHHELD : report.womenAuthors,
    womenAtMeetings: isWithheld(cell, ['met//women', 'met//others']) ? WITHHELD : report.womenAtMeetings,
    vulnerable: cell('vulnerable'),
  };
}

const WITHHELD: WomenShare<Cell> = {
  women: null,
  known: null,
  percent: null,
  goalPercent: WOMEN_GOAL_PERCENT,
  belowGoal: null,
};

function isWithheld(cell: (name: string) => Cell, names: readonly string[]): boolean {
  return names.some((name) => cell(name) === null);
}

function countOf(read: (measure: (typeof MEASURES)[number]) => Cell): Count<Cell> {
  return { proposals: read('proposals'), authors: read('authors'), supporters: read('supporters') };
}

function rowName(villageId: string | null): (cell: RowCell) => string {
  return (cell) => `row/${villageId ?? ''}/${cell}`;
}

const AUTHORS_BY: Readonly<Record<string, RowCell>> = {
  'sex/woman': 'women',
  'sex/man': 'men',
  'sex/': 'sexUnsaid',
  'ageBand/14-28': 'age14',
  'ageBand/29-54': 'age29',
  'ageBand/55+': 'age55',
  'ageBand/': 'ageUnsaid',
};

/** Ways in that no chat stands behind. */
const SPOKEN = ['paper', 'import'];

/**
 * What is shown twice is one cell: villages, and authors by sex and age band, stand in the rows of the villages too.
 * What came without a chat has as many authors as proposals.
 */
function partName(dimension: Dimension, key: string | null, measure: (typeof MEASURES)[number]): string {
  if (dimension === 'village') return rowName(key)(measure);
  const spoken = dimension === 'channel' ? key === null : dimension === 'source' && SPOKEN.includes(key ?? '');
  if (spoken && measure === 'authors') return partName(dimension, key, 'proposals');
  const same = measure === 'authors' ? AUTHORS_BY[`${dimension}/${key ?? ''}`] : undefined;
  return same === undefined ? `${dimension}/${key ?? ''}/${measure}` : rowName(null)(same);
}

function putParts(sheet: Sheet, dimension: Dimension, report: Report): void {
  for (const measure of MEASURES) {
    const parts = report.by[dimension].map((part) => sheet.put(partName(dimension, part.key, measure), part[measure]));
    sheet.line(rowName(null)(measure), parts);
  }
}

/** Paper and tables are what came through no channel: two dimensions tell it. */
function putSpoken(sheet: Sheet, { by }: Report): void {
  if (by.channel.every(({ key }) => key !== null)) return;
  const parts = by.source.filter(({ key }) => SPOKEN.includes(key ?? ''));
  for (const measure of MEASURES)
    sheet.line(
      partName('channel', null, measure),
      parts.map(({ key }) => partName('source', key, measure)),
    );
}

function putRows(sheet: Sheet, rows: readonly ParticipationRow[]): void {
  for (const row of rows) {
    const name = rowName(row.villageId);
    for (const cell of ROW_CELLS) sheet.put(name(cell), row[cell]);
    sheet.line(name('authors'), SEX_CELLS.map(name));
    sheet.line(name('authors'), AGE_CELLS.map(name));
    putMeetings(sheet, row);
  }
  const villages = rows.flatMap(({ villageId }) => (villageId === null ? [] : [villageId]));
  for (const cell of ROW_CELLS)
    sheet.line(
      rowName(null)(cell),
      villages.map((id) => rowName(id)(cell)),
    );
  for (const cell of ['people', 'counted', 'uncounted', 'women', 'others'])
    sheet.line(
      `met//${cell}`,
      villages.map((id) => `met/${id}/${cell}`),
    );
}

/** Women, the others where women were counted, and those where they were not: the parts of all who came. */
function putMeetings(sheet: Sheet, row: ParticipationRow): void {
  const name = (cell: string) => `met/${row.villageId ?? ''}/${cell}`;
  const women = row.meetingWomen ?? 0;
  sheet.put(name('people'), row.meetingPeople);
  sheet.put(name('counted'), row.meetingPeopleCounted);
  sheet.line(name('counted'), [
    sheet.put(name('women'), women),
    sheet.put(name('others'), row.meetingPeopleCounted - women),
  ]);
  sheet.line(name('people'), [
    name('counted'),
    sheet.put(name('uncounted'), row.meetingPeople - row.meetingPeopleCounted),
  ]);
}

function shownRows(rows: readonly ParticipationRow[], cell: (name: string) => Cell): ParticipationRow<Cell>[] {
  return rows.map(({ villageId, meetings, meetingWomen }) => {
    const own = rowName(villageId);
    const met = (name: string) => cell(`met/${villageId ?? ''}/${name}`);
    const people = Object.fromEntries(ROW_CELLS.map((name) => [name, cell(own(name))])) as Record<RowCell, Cell>;
    return {
      villageId,
      ...people,
      meetings,
      meetingPeople: met('people'),
      meetingWomen: meetingWomen === null ? null : met('women'),
      meetingPeopleCounted: met('counted'),
    };
  });
}
