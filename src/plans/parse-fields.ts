import type { Beneficiaries } from './rules.ts';
import type { LineActivity, LineFunding } from './tables.ts';

const MULTIPLES: readonly (readonly [RegExp, number])[] = [
  [/^(млрд|миллиард|bn)/, 1_000_000_000],
  [/^(млн|миллион|million|m(?![a-z]))/, 1_000_000],
  [/^(миң|мин|тыс|минг|thousand|k(?![a-z]))/, 1_000],
];
/** A number as people write it: groups of three after a space, dot or comma, or one decimal comma before «млн». */
const AMOUNT = /(\d[\d\s\u00A0\u202F.,]*)\s*(\p{L}*)\.?\s*(?:сом\p{L}*|soms?)?\s*$/iu;

/** Whole soms: «1 150 000», «1.150.000 сом», «1,15 млн», «380 миң сом»; null when it is no sum. */
export function parseSoms(text: string): number | null {
  const found = AMOUNT.exec(text.trim().toLowerCase());
  return found !== null && found.index === 0 ? amountOf(found) : null;
}

/** Of what `AMOUNT` found, in small letters. */
function amountOf([, digits = '', unit = '']: readonly (string | undefined)[]): number | null {
  const multiple = /^(сом|som)/.test(unit) || unit === '' ? 1 : MULTIPLES.find(([name]) => name.test(unit))?.[1];
  if (multiple === undefined) return null;
  const plain = digits
    .trim()
    .replace(/[\s\u00A0\u202F]/g, '')
    .replace(/[.,]+$/, '');
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(plain) && (multiple === 1 || /[.,].*[.,]/.test(plain));
  const number = grouped ? Number(plain.replace(/[.,]/g, '')) : Number(plain.replace(',', '.'));
  const soms = Math.round(number * multiple);
  const isWhole = Number.isFinite(soms) && Math.abs(number * multiple - soms) < 1e-6;
  return isWhole && soms <= 1_000_000_000_000 ? soms : null;
}

/** A line a source: «Республикалык бюджет – 1 000 000». Null when a line has no sum or no source. */
export function parseFundings(text: string): LineFunding[] | null {
  const lines = linesOf(text);
  const fundings = lines.map((line): LineFunding | null => {
    const found = AMOUNT.exec(line);
    const amount = found === null ? null : amountOf(found.map((part) => part?.toLowerCase()));
    const source = line
      .slice(0, found?.index ?? 0)
      .replace(/[\s\u00A0:;–—-]+$/u, '')
      .trim();
    return amount === null || source === '' ? null : { source, amount };
  });
  return lines.length > 0 && fundings.every((one) => one !== null) ? fundings : null;
}

/** A line an activity: «Чатырын оңдоо; 2027-ж. май; Ж. Асанов». What is not said stays empty. Null: nothing there. */
export function parseActivities(text: string): LineActivity[] | null {
  const activities = linesOf(text).map((line): LineActivity => {
    const [activity = '', term = '', ...responsible] = line.split(/\s*[;|]\s*/);
    return { activity, term, responsible: responsible.join('; ') };
  });
  return activities.length > 0 && activities.every(({ activity }) => activity !== '') ? activities : null;
}

/** Up to three numbers: all, women, men: «800 390 410», «800, аял 390». Null when there are none or more. */
export function parseBeneficiaries(text: string): Beneficiaries | null {
  const bare = text.replace(/(\d)[\u00A0\u202F](?=\d{3})/g, '$1');
  const numbers = [...bare.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const [total = null, women = null, men = null] = numbers;
  return numbers.length >= 1 && numbers.length <= 3 ? { total, women, men } : null;
}

/** A day as people and programs write it: 12.05.2027, 2027-05-12. Null when there is no such day. */
export function parseDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const written = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text.trim());
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : written ? [written[3], written[2], written[1]] : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[•*–—-]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '');
}
