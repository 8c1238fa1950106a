import type { AudienceCount } from '../announcements/audience.ts';
import { AnnouncementRefusedError, SecondPersonError } from '../announcements/errors.ts';
import type { Examined } from '../announcements/examine.ts';
import type { Problem, Warning } from '../announcements/problems.ts';
import { isoWithOffset } from '../core/dates.ts';
import { AppError } from '../core/errors.ts';
import { type HearingProblem, HearingRefusedError } from '../hearings/errors.ts';

/** What keeps an announcement from being sent, as the operator reads it. */
export function describeProblem(problem: Problem): string {
  switch (problem.kind) {
    case 'hearing-over':
      return 'hearing: it has begun, was held or was called off.';
    case 'audience-empty':
      return 'audience: there is nobody in it to whom the announcement would go.';
    case 'nothing-to-send':
      return 'ladder: no send is left, all of them are past.';
    case 'text-missing':
      return 'text: there are no words in any language.';
    case 'text-too-long':
      return `text.${problem.locale}: ${problem.length} characters with what is said around it: expected at most ${problem.most}.`;
    case 'file-too-large':
      return `file '${problem.name}': expected at most ${problem.mostMegabytes} MB.`;
    case 'file-missing':
      return `file '${problem.name}': it is not there any more.`;
    case 'file-waiting':
      return `file '${problem.name}': it has not arrived yet.`;
  }
}

/** What the operator should know; it may be sent all the same. */
export function describeWarning(warning: Warning, timeZone: string): string {
  switch (warning.kind) {
    case 'language-missing':
      return `There are no words in '${warning.locale}': who speaks it reads '${warning.reads}'.`;
    case 'notice-period':
      return `The hearing is ${warning.days} day(s) after the first send; the rule of the municipality is ${warning.least} at least.`;
    case 'rung-past':
      return `The send '${warning.rung}' is past already and is left out.`;
    case 'rung-postponed':
      return `The send '${warning.rung}' falls into quiet hours and waits for their end.`;
    case 'rung-at-night':
      return `The send '${warning.rung}' goes out at night, in quiet hours.`;
    case 'slow-channel':
      return `On '${warning.channel}' the send '${warning.rung}' takes until about ${isoWithOffset(warning.until, timeZone)}.`;
    case 'channel-too-slow':
      return `On '${warning.channel}' not everybody gets the send '${warning.rung}' in time.`;
  }
}

/** What is sent when, and what should be known before, a line each. */
export function describePlan(
  { audience, plan, warnings }: Examined,
  o: { at: Date | null; timeZone: string; released: boolean },
): string[] {
  const time = (rung: string, dueAt: Date) =>
    rung === 'now' && o.at === null && !o.released ? 'when it is released' : isoWithOffset(dueAt, o.timeZone);
  return [
    describeAudience(audience),
    ...plan.rungs.map(({ rung, dueAt }) => `  ${rung}\t${time(rung, dueAt)}`),
    ...warnings.map((warning) => `Warning: ${describeWarning(warning, o.timeZone)}`),
  ];
}

/** `It goes to 7 people and 1 group; not to 2 (opted_out 1, by_group 1).` */
export function describeAudience({ people, groups, skipped }: AudienceCount): string {
  const without = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  const not = without === 0 ? '' : `; not to ${without} (${describeCounts(skipped)})`;
  return `It goes to ${people} ${people === 1 ? 'person' : 'people'} and ${groups} group(s)${not}.`;
}

/** `blocked 1, opted_out 3` */
export function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

const HEARING: Readonly<Partial<Record<HearingProblem, string>>> = {
  past: 'The hearing would begin in the past.',
  village: 'The village is not one of this municipality.',
  'proposals-until': 'Proposals can be taken until the hearing begins, and no day that is over.',
  canceled: 'The hearing was called off already.',
  held: 'The hearing has taken place already.',
};

/** In words for the operator what a verb refused about an announcement; anything else as it is. */
export function toWords(thrown: unknown, id: number): unknown {
  const words = wordsOf(thrown, id);
  return words === null ? thrown : new AppError('conflict', words, { cause: thrown });
}

function wordsOf(thrown: unknown, id: number): string | null {
  if (thrown instanceof AnnouncementRefusedError) {
    const lines = thrown.problems.map((one) => `  ${describeProblem(one)}`);
    return [`Announcement ${id} cannot be sent:`, ...lines].join('\n');
  }
  if (thrown instanceof SecondPersonError) {
    return `Announcement ${id} must be prepared by one person and released by another.`;
  }
  return null;
}

/** The same about a hearing. */
export function toHearingWords(thrown: unknown): unknown {
  const words = thrown instanceof HearingRefusedError ? HEARING[thrown.problem] : undefined;
  return words === undefined ? thrown : new AppError('conflict', words, { cause: thrown });
}
