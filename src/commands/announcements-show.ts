import { isoWithOffset } from '../core/dates.ts';
import { LOCALES, type Locale } from '../core/texts.ts';
import { localText } from '../hearings/rules.ts';
import { describeAudience, describeProblem, describeWarning } from './announce-words.ts';
import type { View } from './announcements-view.ts';

/** An announcement as blocks of lines. `language`: of the names of places. */
export function printView(view: View, language: Locale): string {
  const { announcement, problems, warnings } = view;
  const { id, kind, state, pausedBecause } = announcement;
  const because = pausedBecause === null ? '' : ` (by ${pausedBecause})`;
  const blocks = [
    [`Announcement ${id}: ${kind}, ${state}${because}`, ...about(view, language), ...people(view)],
    [describeAudience(view.audience), ...chosen(view)],
    ladder(view),
    ...texts(view),
    problems.map((problem) => `Problem: ${describeProblem(problem)}`),
    warnings.map((warning) => `Warning: ${describeWarning(warning, view.source.municipality.timeZone)}`),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function timeOf({ source }: View): (at: Date) => string {
  return (at) => isoWithOffset(at, source.municipality.timeZone);
}

function about(view: View, language: Locale): string[] {
  const { source, files } = view;
  const { hearing, approval, places } = source;
  const village = (id: string) => places.village(id)?.names[language] ?? id;
  const lines: string[] = [];
  if (hearing !== null) {
    const { id, kind, state, startsAt, villageId, building, topic } = hearing;
    const where = `${timeOf(view)(startsAt)}, ${village(villageId)}, ${building}`;
    lines.push(`Hearing ${id}: ${kind}, ${state}, ${where}`, `Topic: ${localText(topic, language)?.text ?? ''}`);
  }
  if (approval !== null) {
    const { plan, body, date, number } = approval;
    lines.push(`Approval: ${plan}, ${body}, ${date}, ${number}`);
  }
  if (files.length > 0) lines.push(`Files: ${files.map((file) => `${nameOf(file)} (${file.status})`).join(', ')}`);
  return lines;
}

function nameOf({ id, fileName }: View['files'][number]): string {
  return fileName ?? `file ${id}`;
}

function people(view: View): string[] {
  const { createdBy, createdAt, preparedBy, preparedAt, releasedBy, releasedAt, endedAt } = view.announcement;
  const line = (what: string, by: string | null, at: Date | null) =>
    at === null ? [] : [`${what}${by === null ? '' : ` by ${by}`} at ${timeOf(view)(at)}`];
  return [
    ...line('Written', createdBy, createdAt),
    ...line('Prepared', preparedBy, preparedAt),
    ...line('Released', releasedBy, releasedAt),
    ...line('Ended', null, endedAt),
  ];
}

/** The rule that chooses the audience, as far as it does. */
function chosen({ announcement: { audience } }: View): string[] {
  return Object.entries(audience).flatMap(([name, values]: [string, readonly string[]]) =>
    values.length === 0 ? [] : [`  ${name}: ${values.join(', ')}`],
  );
}

function ladder(view: View): string[] {
  const { announcement, sends } = view;
  const time = timeOf(view);
  const due = (rung: string, dueAt: Date) =>
    rung === 'now' && announcement.releasedAt === null && announcement.at === null
      ? 'when it is released'
      : time(dueAt);
  return sends.map(({ rung, dueAt, state }) => [rung, due(rung, dueAt), state ?? 'not released'].join('\t'));
}

/** What each send says; sends that say the same stand in one block. */
function texts({ sends, fallbacks }: View): string[][] {
  const byText = new Map<string, { rungs: string[]; texts: Readonly<Record<Locale, string>> }>();
  for (const { rung, texts: said } of sends) {
    if (said === null) continue;
    const key = JSON.stringify(said);
    const known = byText.get(key) ?? { rungs: [], texts: said };
    known.rungs.push(rung);
    byText.set(key, known);
  }
  return [...byText.values()].flatMap(({ rungs, texts: said }) =>
    LOCALES.map((locale) => {
      const reads = fallbacks.find((one) => one.locale === locale)?.reads;
      const heading = `[${rungs.join(', ')}] ${locale}${reads === undefined ? '' : `, the words of '${reads}'`}`;
      return [heading, ...said[locale].split('\n').map((line) => `  ${line}`)];
    }),
  );
}

/** The same for programs. */
export function viewToJson(view: View) {
  const { announcement, source, files, sends, audience, problems, warnings } = view;
  const { id, kind, state, pausedBecause, revision, texts: own, ladder: rungs, at } = announcement;
  const { createdBy, createdAt, preparedBy, preparedAt, releasedBy, releasedAt, endedAt } = announcement;
  const time = (instant: Date | null) => (instant === null ? null : timeOf(view)(instant));
  const { hearing, approval } = source;
  return {
    ...{ id, kind, state, pausedBecause, revision },
    hearing:
      hearing === null
        ? null
        : {
            id: hearing.id,
            kind: hearing.kind,
            state: hearing.state,
            startsAt: time(hearing.startsAt),
            place: { village: hearing.villageId, building: hearing.building },
            topic: hearing.topic,
          },
    approval,
    text: own,
    fallbacks: view.fallbacks,
    audience: { ...announcement.audience, count: audience },
    ladder: rungs,
    at: time(at),
    sends: sends.map((send) => ({ rung: send.rung, dueAt: time(send.dueAt), state: send.state, texts: send.texts })),
    files: files.map((file) => ({ name: nameOf(file), status: file.status, size: file.size })),
    ...{ createdBy, createdAt: time(createdAt), preparedBy, preparedAt: time(preparedAt) },
    ...{ releasedBy, releasedAt: time(releasedAt), endedAt: time(endedAt) },
    problems,
    warnings: warnings.map((one) => ('until' in one ? { ...one, until: time(one.until) } : one)),
  };
}
