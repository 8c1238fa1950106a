import { MOST_RUNGS } from '../../announcements/ladder.ts';
import { rungName } from '../../announcements/title.ts';
import { foldWords } from '../../core/folding.ts';
import type { Translate } from '../../core/texts.ts';
import type { Input, Parsed } from '../../dialog/types.ts';
import type { Desk } from './announce-desk.ts';

/** The beginnings of the words for a day, an hour, a minute. */
const UNITS = [
  ['d', ['күн', 'день', 'дня', 'дней', 'дн', 'day', 'd']],
  ['h', ['саат', 'час', 'ч', 'hour', 'h']],
  ['m', ['мүнөт', 'минут', 'мин', 'min', 'm']],
] as const;

/** Rungs that somebody typed: «7 күн, 1 күн, 2 саат», «7d 2h». Null: something in it is none, or there are too many. */
export function readReminders(text: string): string[] | null {
  const rungs: string[] = [];
  // a number and its unit, or both in one word
  const words = text.replace(/(\d+)/g, ' $1 ').split(/[\s,;.]+/);
  const said = words.filter((word) => word !== '');
  for (let at = 0; at < said.length; at += 2) {
    const count = said[at] ?? '';
    const [unit = ''] = foldWords(said[at + 1] ?? '');
    const found = UNITS.find(([, names]) => names.some((name) => startsAlike(unit, name)));
    if (!/^[1-9]\d{0,2}$/.test(count) || found === undefined) return null;
    rungs.push(`${count}${found[0]}`);
  }
  const once = [...new Set(rungs)];
  return once.length === 0 || once.length >= MOST_RUNGS ? null : once;
}

function startsAlike(unit: string, name: string): boolean {
  const [folded = ''] = foldWords(name);
  // one letter stands for itself alone
  return folded.length > 1 ? unit.startsWith(folded) : unit === folded;
}

/** Reminders before the hearing, by a button or typed; the notice itself is always sent. */
export async function askLadder({ d, t, municipality }: Desk, ladder: readonly string[]): Promise<string[]> {
  const usual = municipality.settings.hearingLadder.filter((rung) => rung !== 'now');
  const options = [
    ...(usual.length > 0 ? [{ id: 'usual', label: listed(usual, t) }] : []),
    { id: 'none', label: t('btn-announce-no-reminders') },
  ];
  const reminders = ladder.filter((rung) => rung !== 'now');
  const asked = t('announce-ask-ladder', { now: reminders.length > 0 ? listed(reminders, t) : t('announce-none') });
  const chosen = await d.choose<{ rungs: string[] }>('ladder', asked, options, {
    other: (input) => readTyped(input, t('announce-ladder-wrong', { max: MOST_RUNGS - 1 })),
  });
  if (typeof chosen !== 'string') return ['now', ...chosen.rungs];
  return chosen === 'usual' ? ['now', ...usual] : ['now'];
}

function readTyped(input: Input, wrong: string): Parsed<{ rungs: string[] }> {
  const rungs = input.kind === 'text' ? readReminders(input.text) : null;
  return rungs === null ? { refuse: wrong } : { value: { rungs } };
}

function listed(rungs: readonly string[], t: Translate): string {
  return rungs.map((rung) => rungName(rung, t)).join(', ');
}
