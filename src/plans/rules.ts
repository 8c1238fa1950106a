import { z } from 'zod';
import { cleanText } from '../core/text.ts';
import { PlanInputError } from './errors.ts';
import { LOCAL_ISSUES } from './local-issues.ts';
import type { LineFunding } from './tables.ts';

/** A plan is for the year that comes; old ones are entered for the record. */
export const FIRST_YEAR = 2010;
export const LAST_YEAR = 2099;
/** More than any budget of the country. */
const MOST_SOMS = 1_000_000_000_000;
const MOST_PEOPLE = 10_000_000;

const words = (least: number, most: number) => z.string().transform(cleanText).pipe(z.string().min(least).max(most));
const people = z.int().min(0).max(MOST_PEOPLE).nullable();
export const Soms = z.int().min(0).max(MOST_SOMS);

/** Who gains by a line. Of three numbers that are known two tell the third. */
export interface Beneficiaries {
  readonly total: number | null;
  readonly women: number | null;
  readonly men: number | null;
}

/** What people write into a line; every field may be given alone. */
export const LineFields = z.strictObject({
  /** What it is about, as the plan names it. */
  direction: words(1, 300),
  sectorId: z.string().nullable(),
  /** Of the list of local-importance issues. */
  issueNumber: z.int().min(1).max(LOCAL_ISSUES.length).nullable(),
  problem: words(0, 4000),
  villages: z.array(z.strictObject({ villageId: z.string(), problem: words(0, 2000) })).max(100),
  beneficiaries: z.strictObject({ total: people, women: people, men: people }),
  activities: z
    .array(z.strictObject({ activity: words(1, 1000), term: words(0, 200), responsible: words(0, 300) }))
    .max(30),
  /** In whole soms. */
  cost: Soms.nullable(),
  fundings: z.array(z.strictObject({ source: words(1, 200), amount: Soms })).max(20),
});
export type LineFields = z.input<typeof LineFields>;

/** The numbers with the one that follows from the others. @throws {PlanInputError} when they do not add up */
export function completeBeneficiaries({ total, women, men }: Beneficiaries): Beneficiaries {
  const given = [total, women, men].filter((one) => one !== null).length;
  const wrong = () =>
    new PlanInputError('beneficiaries', `${total ?? '?'} people, ${women ?? '?'} women and ${men ?? '?'} men: no sum`);
  if (given === 0 || (given === 1 && total !== null)) return { total, women, men };
  if (given === 1) throw wrong();
  const full = {
    total: total ?? (women ?? 0) + (men ?? 0),
    women: women ?? (total ?? 0) - (men ?? 0),
    men: men ?? (total ?? 0) - (women ?? 0),
  };
  if (full.women < 0 || full.men < 0 || full.women + full.men !== full.total) throw wrong();
  return full;
}

/** What all sources give together, in soms. */
export function fundingSum(fundings: readonly LineFunding[]): number {
  return fundings.reduce((sum, { amount }) => sum + amount, 0);
}

/** By how much the sources give more than the line costs; 0 where they do not, or where the cost is not known. */
export function overfunding(line: { cost: number | null; fundings: readonly LineFunding[] }): number {
  return line.cost === null ? 0 : Math.max(0, fundingSum(line.fundings) - line.cost);
}

/** A need in a few words: one line, without the stop at its end, cut at the end of a word. */
export function shorten(text: string, most: number): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/[\s.!…]+$/u, '')
    .trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1).toWellFormed();
  const space = cut.lastIndexOf(' ');
  const whole = space > most / 2 ? cut.slice(0, space) : cut.replace(/\uFFFD$/, '');
  return `${whole.replace(/[\s.,;:–-]+$/u, '')}…`;
}
