import { daySinceSpreadsheets, parseDay } from '../core/days.ts';
import { foldKey } from '../core/folding.ts';
import { cleanText } from '../core/text.ts';
import { LOCALES, type Locale, translator } from '../core/texts.ts';
import type { Municipality } from '../places/places.ts';
import { matchSector, suggestSectors } from '../places/suggest-sectors.ts';
import { matchVillage } from '../places/suggest-village.ts';
import type { ImportedProposal } from '../proposals/import-proposals.ts';
import { MAX_TEXT_LENGTH } from '../proposals/submit-proposal.ts';
import type { AgeBand, Sex } from '../residents/tables.ts';
import type { Headings, ImportColumn } from './columns.ts';
import { lacksLetters, type SourceCell, type SourceRow, type TableSource } from './table-source.ts';

/** What is wrong with a cell; each is a text `import-<reason>`. */
export type Reason =
  | 'no-text'
  | 'no-letters'
  | 'text-long'
  | 'letters-lost'
  | 'no-village'
  | 'village'
  | 'sector'
  | 'date'
  | 'date-late'
  | 'date-early'
  | 'sex'
  | 'age'
  | 'language'
  | 'formula';

/** A cell that nobody can import. */
export interface Mistake {
  readonly line: number;
  readonly column: ImportColumn;
  readonly reason: Reason;
  /** What stands there, shortened; empty for the text of a proposal. */
  readonly value: string;
}

export interface CheckedRows {
  readonly rows: readonly ImportedProposal[];
  readonly mistakes: readonly Mistake[];
}

/** Earlier days are a slip of the finger: nobody kept such lists. */
const EARLIEST = '2000-01-01';
const EMPTY = /^[-–—.?]*$/;
const CELL_ERROR = /^#(?:REF|DIV\/0|N\/A|NAME|VALUE|NULL|NUM|SPILL|CALC)[!?]?$/;
/** Our own exports put an apostrophe before what a spreadsheet would take for a formula. */
const NEUTRALISED = /^'(?=[=+\-@\t\r\n＝＋－＠])/;

/** Checks all rows below the headings; a row with mistakes is none of `rows`. Pure; `today` is the municipality's. */
export function checkRows(
  source: readonly SourceRow[],
  headings: Headings,
  o: { municipality: Municipality; today: string; encoding: TableSource['encoding'] },
): CheckedRows {
  const reader = new RowReader(headings, o);
  const rows: ImportedProposal[] = [];
  const mistakes: Mistake[] = [];
  for (const row of source.slice(headings.at + 1)) {
    const checked = reader.read(row);
    if (checked === null) continue;
    if ('mistakes' in checked) mistakes.push(...checked.mistakes);
    else rows.push(checked);
  }
  return { rows, mistakes };
}

class RowReader {
  readonly #columns: Headings['columns'];
  readonly #municipality: Municipality;
  readonly #today: string;
  readonly #encoding: TableSource['encoding'];
  /** Lists name the same few places again and again. */
  readonly #villages = new Map<string, string | null>();
  readonly #sectors = new Map<string, string | null>();
  #mistakes: Mistake[] = [];
  #row: SourceRow = { line: 0, cells: [] };

  constructor(
    { columns }: Headings,
    o: { municipality: Municipality; today: string; encoding: TableSource['encoding'] },
  ) {
    this.#columns = columns;
    this.#municipality = o.municipality;
    this.#today = o.today;
    this.#encoding = o.encoding;
  }

  /** Null: nothing of a proposal stands in the row. */
  read(row: SourceRow): ImportedProposal | { readonly mistakes: readonly Mistake[] } | null {
    const isEmpty = [...this.#columns.values()].every((at) => row.merged?.has(at) || textOf(row.cells[at]) === '');
    if (isEmpty) return null;
    this.#row = row;
    this.#mistakes = [];
    const text = this.#text();
    const villageId = this.#village();
    const sectorId = this.#sector(text);
    const day = this.#day();
    const sex = this.#oneOf('sex', SEX_WORDS);
    const ageBand = this.#ageBand();
    const language = this.#oneOf('language', LANGUAGE_WORDS) ?? 'ky';
    if (this.#mistakes.length > 0) return { mistakes: this.#mistakes };
    return { text, villageId, sectorId, day, sex, ageBand, language };
  }

  #cell(column: ImportColumn): SourceCell {
    const at = this.#columns.get(column);
    const cell = at === undefined ? null : (this.#row.cells[at] ?? null);
    if (typeof cell !== 'string' || !CELL_ERROR.test(cell.trim())) return cell;
    this.#wrong(column, 'formula', cell);
    return null;
  }

  #words(column: ImportColumn): string {
    const text = textOf(this.#cell(column));
    return EMPTY.test(text) ? '' : text;
  }

  /** What was found first in a cell says most. */
  #wrong(column: ImportColumn, reason: Reason, value: string): void {
    if (this.#mistakes.some((mistake) => mistake.column === column)) return;
    this.#mistakes.push({ line: this.#row.line, column, reason, value: value.replace(/\s+/g, ' ').slice(0, 40) });
  }

  #text(): string {
    const at = this.#columns.get('text') ?? -1;
    // one value over several rows is one proposal, not one a row
    const text = this.#row.merged?.has(at) === true ? '' : this.#words('text').replace(NEUTRALISED, '');
    if (text === '') this.#wrong('text', 'no-text', '');
    else if (!/\p{L}/u.test(text)) this.#wrong('text', 'no-letters', '');
    else if (text.length > MAX_TEXT_LENGTH) this.#wrong('text', 'text-long', '');
    else if (lacksLetters(text, this.#encoding)) this.#wrong('text', 'letters-lost', '');
    return text;
  }

  #village(): string {
    const name = this.#words('village');
    if (name === '') this.#wrong('village', 'no-village', '');
    if (name === '') return '';
    const { villages } = this.#municipality;
    const byId = villages.find(({ id }) => id === name.toLowerCase())?.id;
    const found = byId ?? kept(this.#villages, name, () => matchVillage(name, villages));
    if (found === null) this.#wrong('village', 'village', name);
    return found ?? '';
  }

  #sector(text: string): string {
    const name = this.#words('sector');
    const { sectors } = this.#municipality;
    if (name === '') return suggestSectors(text, sectors)[0] ?? 'other';
    const byId = sectors.find(({ id }) => id === name.toLowerCase())?.id;
    const found = byId ?? kept(this.#sectors, name, () => matchSector(name, sectors, 'ky'));
    if (found === null) this.#wrong('sector', 'sector', name);
    return found ?? '';
  }

  #day(): string | null {
    const cell = this.#cell('date');
    const text = textOf(cell);
    if (EMPTY.test(text)) return null;
    const day = dayOf(cell, text, this.#today);
    if (day === null) this.#wrong('date', 'date', text);
    else if (day > this.#today) this.#wrong('date', 'date-late', text);
    else if (day < EARLIEST) this.#wrong('date', 'date-early', text);
    return day;
  }

  #oneOf<T extends string>(column: 'sex' | 'language', words: ReadonlyMap<string, T>): T | null {
    const word = this.#words(column);
    if (word === '' || NOT_SAID.has(foldKey(word))) return null;
    const found = words.get(foldKey(word)) ?? null;
    if (found === null) this.#wrong(column, column, word);
    return found;
  }

  #ageBand(): AgeBand | null {
    const word = this.#words('age_band');
    if (word === '' || NOT_SAID.has(foldKey(word))) return null;
    const found = ageBandOf(word);
    if (found === null) this.#wrong('age_band', 'age', word);
    return found;
  }
}

function kept(known: Map<string, string | null>, name: string, find: () => string | null): string | null {
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = find();
  known.set(name, made);
  return made;
}

function textOf(cell: SourceCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return cleanText(String(cell));
}

function dayOf(cell: SourceCell, text: string, today: string): string | null {
  // spreadsheets round a midnight to the end of the day before
  if (cell instanceof Date) return new Date(cell.getTime() + 1000).toISOString().slice(0, 10);
  const number = typeof cell === 'number' ? cell : /^\d{5}$/.test(text) ? Number(text) : null;
  return number === null ? parseDay(text, today) : daySinceSpreadsheets(number);
}

/** A band as we write it, or years: «34», «34 жаш», «мне 60». Null: neither, or nobody a band is for. */
export function ageBandOf(text: string): AgeBand | null {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const [first = 0, second] = numbers;
  if (numbers.length > 2 || numbers.length === 0) return null;
  if (second !== undefined)
    return first === 14 && second === 28 ? '14-28' : first === 29 && second === 54 ? '29-54' : null;
  if (first < 14 || first > 120) return null;
  return first < 29 ? '14-28' : first < 55 ? '29-54' : '55+';
}

const SEX_WORDS = keyed<Sex>({
  woman: ['woman', 'w', 'f', 'female', 'аял', 'аялзат', 'кыз', 'а', 'ж', 'жен', 'женщина', 'женский', 'девушка'],
  man: ['man', 'm', 'male', 'эркек', 'эр', 'уул', 'э', 'м', 'муж', 'мужчина', 'мужской', 'парень'],
});
const LANGUAGE_WORDS = keyed<Locale>({
  ky: ['ky', 'kg', 'kyrgyz', 'кыргызча', 'кыргыз', 'кыргызский', 'кырг'],
  ru: ['ru', 'russian', 'орусча', 'орус', 'русский', 'рус', 'по-русски'],
  en: ['en', 'english', 'англисче', 'англис', 'английский', 'англ'],
});
const NOT_SAID: ReadonlySet<string> = new Set(
  [
    ...LOCALES.map((locale) => translator(locale)('btn-prefer-not')),
    'нет',
    'жок',
    'белгисиз',
    'не указан',
    'unknown',
  ].map(foldKey),
);

function keyed<T extends string>(words: Readonly<Record<T, readonly string[]>>): ReadonlyMap<string, T> {
  const ids = Object.keys(words) as T[];
  return new Map(ids.flatMap((id) => words[id].map((word) => [foldKey(word), id] as const)));
}
