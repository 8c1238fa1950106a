import { createHash, randomInt } from 'node:crypto';

/**
 * Letters of invitation codes: none that is taken for another one in print or by ear (0 O, 1 I L, 2 Z, 5 S, 8 B, U V),
 * and only such as Cyrillic has a look-alike for, or none at all. Ten of them are 43 bits, for two days.
 */
const LETTERS = 'ACDEFHJKMNPRTWXY34679';
const LENGTH = 10;

/** How long a code can be used. */
export const CODE_HOURS = 48;

/** What a Cyrillic keyboard writes for a letter of a code. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  С: 'C',
  Е: 'E',
  Ё: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  Ү: 'Y',
  З: '3',
  Ч: '4',
};

/** A new code, as it is checked; a digit is always in it, so that no word is ever taken for a code. */
export function newCode(): string {
  for (;;) {
    const code = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    if (/\d/.test(code)) return code;
  }
}

/** As it is shown: `K7M4A-9TXRD`. */
export function showCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** What was typed for a code, small or Cyrillic letters, dashes and spaces in it; null: it cannot be one. */
export function readCode(typed: string): string | null {
  const letters = [
    ...typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s\p{Pd}_.]/gu, ''),
  ];
  const code = letters.map((letter) => LOOK_ALIKES[letter] ?? letter).join('');
  const fits = code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter));
  return fits && /\d/.test(code) ? code : null;
}

/** What is kept of a code. */
export function hashCode(code: string): string {
  return sha256(code);
}

/** What is kept of a chat that tries wrong codes. */
export function hashChat({ channel, account, id }: { channel: string; account: string; id: string }): string {
  return sha256(JSON.stringify([channel, account, id]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** So many wrong codes are answered at once. */
const FREE_TRIES = 2;
/** From this one on nothing is answered for a day. */
const SILENT_FROM = 8;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Wrong codes are forgotten after so long a quiet. */
export const FORGOTTEN_AFTER_MS = 7 * DAY_MS;

/** How long no code is looked at after so many wrong ones: nothing, then 1, 2, 4, … minutes, then a day in silence. */
export function pauseAfter(failed: number): { ms: number; silent: boolean } {
  if (failed >= SILENT_FROM) return { ms: DAY_MS, silent: true };
  return { ms: failed <= FREE_TRIES ? 0 : 2 ** (failed - FREE_TRIES - 1) * MINUTE_MS, silent: false };
}
