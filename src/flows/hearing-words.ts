import { LOCALES, translator } from '../core/texts.ts';
import { wordKey } from '../core/words.ts';

/** What people write under a notice instead of pressing its button. */
const COME = [
  ...['келебиз', 'келемин', 'барам', 'барабыз', 'сөзсүз келем', 'сөзсүз барам', 'катышам', 'катышабыз'],
  ...[
    'придём',
    'буду',
    'будем',
    'я приду',
    'мы придём',
    'обязательно приду',
    'coming',
    'i am coming',
    'kelem',
    'baram',
  ],
];
const CANNOT = [
  ...['келе албайбыз', 'келалбайм', 'бара албайм', 'бара албайбыз', 'баралбайм', 'келбейм', 'барбайм', 'катыша албайм'],
  ...['не приду', 'не придём', 'не сможем', 'не смогу прийти', 'не могу прийти', 'я не смогу', 'я не приду'],
  ...['cannot come', 'i will not come', 'not coming', 'i cant come', 'kele albaim', 'kele albaym'],
];

const keysOf = (label: 'btn-come' | 'btn-cannot-come', words: readonly string[]) =>
  new Set([...LOCALES.map((locale) => translator(locale)(label)), ...words].map(wordKey));
const COME_KEYS = keysOf('btn-come', COME);
const CANNOT_KEYS = keysOf('btn-cannot-come', CANNOT);

/** Whether a whole message says that somebody comes to a hearing, or cannot. */
export function attendanceWord(text: string): 'come' | 'cannot' | null {
  if (text.length > 60) return null;
  const key = wordKey(text);
  if (COME_KEYS.has(key)) return 'come';
  return CANNOT_KEYS.has(key) ? 'cannot' : null;
}
