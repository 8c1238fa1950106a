import { ANNOUNCEMENT_KINDS } from '../announcements/tables.ts';
import { isoWithOffset } from '../core/dates.ts';
import { type Mistake, valueAt } from './announce-mistakes.ts';
import { instantOf } from './announce-moments.ts';

interface At {
  readonly timeZone: string;
  readonly now: Date;
}

/** What must hold between the fields of a file. Looks at what JSON gave, so that no other mistake hides these. */
export function crossMistakes(raw: unknown, at: At): Mistake[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return [];
  return [...partMistakes(raw), ...ladderMistakes(raw), ...timeMistakes(raw, at), ...repeatedFiles(raw)];
}

/** Each kind has its own part, and no other. */
function partMistakes(raw: object): Mistake[] {
  const named = valueAt(raw, ['kind']);
  const kind = ANNOUNCEMENT_KINDS.find((one) => one === named);
  const has = (field: string) => valueAt(raw, [field]) !== undefined;
  const part = (field: string, of: string): Mistake[] => {
    if (kind === undefined || (kind === of) === has(field)) return [];
    return [{ path: [field], message: has(field) ? `only with the kind '${of}'` : `missing: the kind is '${of}'` }];
  };
  return [
    ...part('hearing', 'hearing'),
    ...part('approval', 'plan_approval'),
    ...(kind === 'other' && !has('text')
      ? [{ path: ['text'], message: 'missing: expected words in at least one language' }]
      : []),
  ];
}

function ladderMistakes(raw: object): Mistake[] {
  const ladder: unknown = valueAt(raw, ['ladder']);
  if (!Array.isArray(ladder)) return [];
  const rungs: readonly unknown[] = ladder;
  const alone = valueAt(raw, ['hearing']) === undefined && valueAt(raw, ['kind']) !== 'hearing';
  const mistakes = rungs.flatMap((rung, index): Mistake[] => {
    const path = ['ladder', index];
    if (typeof rung !== 'string') return [];
    if (rungs.indexOf(rung) !== index) return [{ path, message: `'${rung}' stands twice` }];
    if (!alone || rung === 'now') return [];
    return [{ path, message: `'${rung}' counts back from a hearing, and there is none: expected now alone` }];
  });
  const idle = valueAt(raw, ['at']) !== undefined && !rungs.includes('now');
  return idle ? [...mistakes, { path: ['at'], message: 'says when now is sent, and the ladder has no now' }] : mistakes;
}

function timeMistakes(raw: object, { now, timeZone }: At): Mistake[] {
  const instant = (...path: string[]) => {
    const value = valueAt(raw, path);
    return typeof value === 'string' ? instantOf(value) : null;
  };
  const show = (at: Date) => isoWithOffset(at, timeZone);
  const startsAt = instant('hearing', 'startsAt');
  const mistakes: Mistake[] = [];
  if (startsAt !== null && startsAt <= now) {
    mistakes.push({ path: ['hearing', 'startsAt'], message: `${show(startsAt)} is past: it is ${show(now)}` });
  }
  for (const path of [['hearing', 'proposalsUntil'], ['at']]) {
    const at = instant(...path);
    if (at !== null && at <= now) mistakes.push({ path, message: `${show(at)} is past: it is ${show(now)}` });
    else if (at !== null && startsAt !== null && at > startsAt) {
      mistakes.push({ path, message: `${show(at)} is after the hearing begins` });
    }
  }
  return [...mistakes, ...dayMistakes(raw, { now: show(now), startsAt: startsAt === null ? null : show(startsAt) })];
}

/** A day until which proposals are taken, against the days of now and of the hearing, all in the zone. */
function dayMistakes(raw: object, { now, startsAt }: { now: string; startsAt: string | null }): Mistake[] {
  const path = ['hearing', 'proposalsUntil'];
  const day = valueAt(raw, path);
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day)) return [];
  if (day < now.slice(0, 10)) return [{ path, message: `${day} is past: it is ${now}` }];
  return startsAt !== null && day > startsAt.slice(0, 10)
    ? [{ path, message: `${day} is after the hearing begins` }]
    : [];
}

function repeatedFiles(raw: object): Mistake[] {
  const list = valueAt(raw, ['attachments']);
  if (!Array.isArray(list)) return [];
  const files: readonly unknown[] = list;
  return files.flatMap((file, index) =>
    typeof file === 'string' && files.indexOf(file) !== index
      ? [{ path: ['attachments', index], message: `'${file}' stands twice` }]
      : [],
  );
}
