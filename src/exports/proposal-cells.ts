import { isoWithOffset, spreadsheetDay } from '../core/dates.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import type { Places } from '../places/places.ts';
import { answerIn } from '../proposals/answer-texts.ts';
import type { ProposalRow } from '../proposals/list-proposals.ts';
import { PROPOSAL_STATUSES } from '../proposals/rules.ts';
import type { Author } from './authors.ts';
import type { Cell, Column } from './table-sink.ts';

/** In this order, for good: people and programs rely on it. The widths let all of them stand on a page of A4. */
const COLUMNS = {
  number: 14,
  submitted_at: 16.5,
  channel: 10,
  village: 13,
  sector: 19,
  text: 48,
  status: 13,
  supporters: 14,
  sex: 9.5,
  age_band: 8,
  language: 6,
  attachments: 12,
  answer: 32,
  merged_into: 15,
  source: 11,
} as const;
type ColumnId = keyof typeof COLUMNS;
const COLUMN_IDS = Object.keys(COLUMNS) as ColumnId[];

/** What stands behind the columns that are always there. */
export interface Extras {
  /** Names and addresses of those who wrote. */
  readonly names: boolean;
  /** Hidden proposals are among them, and say so. */
  readonly hidden: boolean;
}

/** How proposals become rows: of a table for people, whose texts are in one language, or of JSON for programs. */
export interface ProposalCells {
  readonly columns: readonly Column[];
  cells(row: ProposalRow, author: Author | null): Cell[];
}

export interface CellOptions extends Extras {
  readonly places: Places;
  readonly locale: Locale;
  /** `csv`: instants as ISO with the offset. `xlsx`: as a spreadsheet counts days. `json`: ids in place of names. */
  readonly format: 'csv' | 'xlsx' | 'json';
}

export function proposalCells(options: CellOptions): ProposalCells {
  const { places, locale, format, names, hidden } = options;
  const t = translator(locale);
  const instant = format === 'xlsx' ? spreadsheetDay : isoWithOffset;
  const factsOf = format === 'json' ? facts : namedFacts(t, locale);
  const extra = [
    ...(names ? (['author', 'contact'] as const) : []),
    ...(hidden ? (['hidden_at'] as const) : []),
    ...(format === 'json' ? (['first_text', 'transcript'] as const) : []),
  ];
  const dated = (id: string) => format === 'xlsx' && (id === 'submitted_at' || id === 'hidden_at');
  const columns = [
    ...COLUMN_IDS.map((id) => ({ id, heading: t(`column-${id}`), width: COLUMNS[id], instant: dated(id) })),
    ...extra.map((id) => ({ id, heading: extraHeading(id, t), width: id === 'contact' ? 27 : 20, instant: dated(id) })),
  ];
  return {
    columns,
    cells(row, author) {
      const zone = places.municipality(row.municipalityId).timeZone;
      const plain = factsOf(row, places, instant(row.submittedAt, zone));
      const cells: Cell[] = COLUMN_IDS.map((id) => plain[id]);
      if (names) cells.push(author?.name ?? null, author?.contact ?? null);
      if (hidden) cells.push(row.hiddenAt === null ? null : instant(row.hiddenAt, zone));
      if (format === 'json') cells.push(row.firstText, row.transcript);
      return cells;
    },
  };
}

type Extra = 'author' | 'contact' | 'hidden_at' | 'first_text' | 'transcript';

/** Those of JSON alone are never read by people. */
function extraHeading(id: Extra, t: Translate): string {
  return id === 'first_text' || id === 'transcript' ? id : t(`column-${id}`);
}

type Facts = Record<ColumnId, Cell>;

function facts(row: ProposalRow, _places: Places, submittedAt: Cell): Facts {
  return {
    number: row.number,
    submitted_at: submittedAt,
    channel: row.channel,
    village: row.villageId,
    sector: row.sectorId,
    text: row.text,
    status: row.status,
    supporters: row.supporters,
    sex: row.sex,
    age_band: row.ageBand,
    language: row.language,
    attachments: row.attachmentCount,
    answer: row.answer,
    merged_into: row.mergedInto,
    source: row.source,
  };
}

function namedFacts(t: Translate, locale: Locale): typeof facts {
  const statuses = new Map(PROPOSAL_STATUSES.map((status) => [status, t(`status-${status}`)]));
  return (row, places, submittedAt) => ({
    ...facts(row, places, submittedAt),
    village: villageName(row, places, locale),
    sector: sectorName(row, places, locale),
    text: wordsOf(row, t),
    status: statuses.get(row.status) ?? row.status,
    answer: answerIn(row, locale),
  });
}

export function villageName({ villageId }: Pick<ProposalRow, 'villageId'>, places: Places, locale: Locale): string {
  return places.village(villageId)?.names[locale] ?? villageId;
}

export function sectorName(
  { municipalityId, sectorId }: Pick<ProposalRow, 'municipalityId' | 'sectorId'>,
  places: Places,
  locale: Locale,
): string {
  return places.sector(municipalityId, sectorId)?.names[locale] ?? sectorId;
}

/** The resident's own words; below them, marked, what staff wrote down of a voice message. */
export function wordsOf({ text, transcript }: Pick<ProposalRow, 'text' | 'transcript'>, t: Translate): string {
  if (transcript === null) return text;
  const voice = t('export-voice', { words: transcript });
  return text === '' ? voice : `${text}\n${voice}`;
}
