import { foldWords } from './folding.ts';

/** Words around a time that say nothing: «саат 10до», «в 10 часов», «at 10 o'clock». */
const AROUND = new Set(
  foldWords('саат сааты саатта башталат в во на к час часа часов начало at oclock o clock hours мунот мин минут ровно'),
);
const MORNING = foldWords('эртең эртеңки эртеңкиде таң таңкы эртең менен менен утра утром am morning');
const AFTERNOON = foldWords(
  'түштөн кийин түштөнкийинки кечки кеч кечинде дня днем вечера вечером pm afternoon evening',
);

/**
 * The time of day that people write in many ways: 10:00, 10.30, 10-30, 10 30, саат 10, саат 14:00дө, в 10 часов, 2 pm,
 * кечки 6. Null for anything else, and for times that no clock shows.
 */
export function parseTime(text: string): string | null {
  const bare = text.trim().toLowerCase();
  if (bare.length > 40) return null;
  const found = /^(\D*?)(?<![-–])(\d{1,2})(?:\s?[:.\-–]\s?(\d{2})|\s(\d{2}))?(?!\d)(\D*)$/u.exec(bare);
  if (found === null) return null;
  const [, before = '', hours = '', marked, spaced, after = ''] = found;
  const half = halfOf(before, after);
  if (half === null) return null;
  const minute = Number(marked ?? spaced ?? '0');
  const hour = Number(hours);
  // «кечки 6» is 18:00; «кечки 18» is too
  const shifted = half === 'afternoon' && hour < 12 ? hour + 12 : half === 'morning' && hour === 12 ? 0 : hour;
  if (shifted > 23 || minute > 59) return null;
  return `${String(shifted).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Null: there are words that do not belong to a time. */
function halfOf(before: string, after: string): 'morning' | 'afternoon' | 'any' | null {
  // the Kyrgyz ending of the number: «10до», «14:00дө», «6га»
  const rest = after.replace(/^(?:д[аеоө]|т[аеоө]|г[аеоө]|к[аеоө]|[дт][аеоө]н)(?!\p{L})/u, '');
  const words = foldWords(`${before} ${rest}`).filter((word) => !AROUND.has(word));
  if (words.length === 0) return 'any';
  if (words.every((word) => MORNING.includes(word))) return 'morning';
  return words.every((word) => AFTERNOON.includes(word)) ? 'afternoon' : null;
}
