import { type Command, Option } from 'commander';
import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { DEFAULT_LOCALE, LOCALES, type Locale, translator } from '../core/texts.ts';
import { countReport } from '../statistics/count-report.ts';
import { suppressReport } from '../statistics/public-report.ts';
import { type Cell, DIMENSIONS, type Report } from '../statistics/report.ts';
import { type Naming, partName } from '../statistics/words.ts';
import { type CommandWorld, chooseMunicipality, tell, withDatabase } from './with-database.ts';

interface StatsOptions {
  readonly municipality?: string;
  readonly from?: string;
  readonly to?: string;
  readonly language: Locale;
  readonly public?: boolean;
  readonly json?: boolean;
}

export function addStats(program: Command): void {
  program
    .command('stats')
    .description('Who takes part: proposals, people and meetings by village, sector, sex, age, channel, source, month.')
    .option('--municipality <code>', 'where there are several')
    .option('--from <date>', 'submitted on or after, YYYY-MM-DD')
    .option('--to <date>', 'submitted on or before, YYYY-MM-DD')
    .option('--public', 'to be handed on: counts under 5 are withheld, shown as *')
    .option('--json', 'for programs')
    .addOption(new Option('--language <language>', 'of names').choices([...LOCALES]).default(DEFAULT_LOCALE))
    .action((options: StatsOptions) => withDatabase((world) => print(world, options)));
}

async function print(world: CommandWorld, options: StatsOptions): Promise<void> {
  const from = checkedDay('--from', options.from);
  const to = checkedDay('--to', options.to);
  const { places, municipality } = await chooseMunicipality(world, options.municipality);
  const { db, clock } = world.ctx;
  const counted = await countReport(db, { municipalityId: municipality.id, from, to }, clock.now());
  const report = options.public ? suppressReport(counted) : counted;
  if (options.json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    const { language: locale } = options;
    const naming = { places, municipalityId: municipality.id, locale, t: translator(locale) };
    process.stdout.write(`${tables(report, naming).join('\n')}\n`);
  }
  tell(`${report.total.proposals ?? '*'} proposal(s).`);
}

function checkedDay(option: string, day: string | undefined): string | undefined {
  const valid = z.iso.date().optional().safeParse(day).success;
  if (!valid) throw new AppError('invalid', `${option} '${day}': expected a date such as 2026-11-22.`);
  return day;
}

/** Columns between tabs, an empty line between the tables. */
function tables(report: Omit<Report<Cell>, 'countedTwice'>, naming: Naming): string[] {
  const { total, womenAuthors, womenAtMeetings, villagesWithNone, vulnerable } = report;
  const counts = ['proposals', 'authors', 'supporters'];
  const lines: (string | Cell)[][] = [
    ['total', ...counts],
    ['', total.proposals, total.authors, total.supporters],
  ];
  for (const name of DIMENSIONS) {
    lines.push([], [name, ...counts]);
    for (const { key, proposals, authors, supporters } of report.by[name])
      lines.push([partName(name, key, naming), proposals, authors, supporters]);
  }
  lines.push([], ['village', ...PEOPLE]);
  for (const row of report.villages) {
    const name = row.villageId === null ? '' : partName('village', row.villageId, naming);
    // women who were counted at no meeting are not withheld
    const cell = (column: (typeof PEOPLE)[number]) =>
      column === 'meetingWomen' && row.meetingPeopleCounted === 0 ? '-' : row[column];
    lines.push([name, ...PEOPLE.map(cell)]);
  }
  const none = villagesWithNone.map((id) => partName('village', id, naming)).join(', ');
  lines.push([], ['share of women', 'women', 'of', '%', 'goal %']);
  for (const [name, { women, known, percent, goalPercent }] of [
    ['authors', womenAuthors],
    ['meetings', womenAtMeetings],
  ] as const)
    lines.push([name, women, known, known === 0 ? '-' : percent, goalPercent]);
  lines.push([], ['villages with none', none === '' ? '-' : none], ['vulnerable', vulnerable]);
  return lines.map((cells) => cells.map((cell) => (cell === null ? '*' : String(cell))).join('\t'));
}

const PEOPLE = [
  'women',
  'men',
  'sexUnsaid',
  'age14',
  'age29',
  'age55',
  'ageUnsaid',
  'meetings',
  'meetingPeople',
  'meetingWomen',
] as const;
