import { createHash, randomInt } from 'node:crypto';

/** Digits alone, which every phone types at once; a million codes, for minutes, and wrong ones are slowed down. */
const DIGITS = 6;

/** How long a code can be used. */
export const JOIN_MINUTES = 20;

/** A new code, as it is checked. */
export function newJoinCode(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
}

/** As it is shown: `123 456`. */
export function showJoinCode(code: string): string {
  return `${code.slice(0, DIGITS / 2)} ${code.slice(DIGITS / 2)}`;
}

/** What was typed for a code, with spaces, dashes and dots in it; null: it cannot be one. */
export function readJoinCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}_.]/gu, '');
  return /^[0-9]+$/.test(digits) && digits.length === DIGITS ? digits : null;
}

/** What is kept of a code. */
export function hashJoinCode(code: string): string {
  return createHash('sha256').update(`join ${code}`).digest('hex');
}
