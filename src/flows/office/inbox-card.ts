import { extname, join } from 'node:path';
import { formatDate } from '../../core/dates.ts';
import { bold, type Text } from '../../core/text.ts';
import { type Locale, type Translate, translator } from '../../core/texts.ts';
import type { Dialog, Option } from '../../dialog/types.ts';
import type { Places } from '../../places/places.ts';
import { answerIn } from '../../proposals/answer-texts.ts';
import type { CardAuthor, CardFile, ProposalCard } from '../../proposals/read-card.ts';
import { CLOSED_TO_STAFF, mayChangeStatus, staffSteps } from '../../proposals/rules.ts';
import type { Right } from '../../staff/rights.ts';
import type { Kit } from '../kit.ts';

/** The words of a proposal as its office sees them, each fact a line. */
export function cardText(card: ProposalCard, o: { t: Translate; locale: Locale; places: Places }): Text {
  const { t } = o;
  const { number, status } = card;
  const answer = answerIn(card, o.locale);
  const head =
    status === 'received'
      ? t('inbox-number-new', { number })
      : t('inbox-number', { number, status: t(`status-${status}`) });
  const lines = [
    ...(card.hidden ? [t('inbox-hidden')] : []),
    whereAndWhen(card, o.places, o.locale),
    ...wordsOf(card, t),
    ...peopleOf(card, o),
    ...filesOf(card, t),
    ...(card.mergedInto === null ? [] : [t('inbox-merged-into', { number: card.mergedInto })]),
    ...(card.merged.length === 0 ? [] : [t('inbox-merged', { numbers: card.merged.join(', ') })]),
    ...(answer === null ? [] : [t('inbox-answer', { answer })]),
    ...card.questions.flatMap((asked) => [t('inbox-question', { question: asked.question }), answerOf(asked, t)]),
  ];
  return [bold(head), `\n${lines.join('\n')}`];
}

function whereAndWhen(card: ProposalCard, places: Places, locale: Locale): string {
  const village = places.village(card.villageId);
  const sector = places.sector(card.municipalityId, card.sectorId);
  const { timeZone } = places.municipality(card.officeId);
  const date = formatDate(new Date(card.submittedAt), locale, timeZone, 'long');
  const about = card.sectorDue ? translator(locale)('inbox-sector-due') : (sector?.labels[locale] ?? card.sectorId);
  return [village?.names[locale] ?? card.villageId, about, date].join(' · ');
}

/** Whether there is something that could be written down. */
export function isHeard({ kind }: CardFile): boolean {
  return kind === 'voice' || kind === 'audio' || kind === 'video';
}

function wordsOf({ text, transcript, files }: ProposalCard, t: Translate): string[] {
  const own = text === '' ? t(files.some(isHeard) ? 'card-voice' : 'card-no-text') : t('card-text', { text });
  return transcript === null ? [own] : [own, t('inbox-transcript', { text: transcript })];
}

function peopleOf(
  card: ProposalCard,
  { t, locale, places }: { t: Translate; locale: Locale; places: Places },
): string[] {
  const { author, source, channel } = card;
  const came = channel === null ? null : t(`channel-${channel}`);
  const from =
    source === 'paper'
      ? t('inbox-from-paper')
      : source === 'import'
        ? t('inbox-from-import')
        : source === 'group'
          ? t('inbox-from-group', { channel: came ?? '' })
          : (came ?? '');
  return [
    t('inbox-from', { source: from }),
    ...(author === null && source === 'group' ? [t('inbox-author-group')] : authorState(author, t)),
    ...consentDue(card, { t, locale, places }),
    t('inbox-supporters', { count: card.supporterCount }),
  ];
}

function consentDue(
  { consentDueAt, officeId }: ProposalCard,
  { t, locale, places }: { t: Translate; locale: Locale; places: Places },
): string[] {
  if (consentDueAt === null) return [];
  const { timeZone } = places.municipality(officeId);
  return [t('inbox-consent-due', { date: formatDate(new Date(consentDueAt), locale, timeZone, 'long') })];
}

function authorState(author: CardAuthor | null, t: Translate): string[] {
  if (author === null) return [t('inbox-author-none')];
  const heard = author.unheard === null ? [] : [t(`inbox-author-${author.unheard}`)];
  return author.blocked ? [t('inbox-author-blocked'), ...heard] : heard;
}

function filesOf({ files, latitude, longitude }: ProposalCard, t: Translate): string[] {
  const count = (state: CardFile['state']) => files.filter((file) => file.state === state).length;
  const spot = latitude === null || longitude === null ? null : `${latitude}, ${longitude}`;
  return [
    ...(spot === null ? [] : [t('inbox-spot', { place: spot })]),
    ...(files.length === 0 ? [] : [t('inbox-files', { count: files.length })]),
    ...(count('pending') === 0 ? [] : [t('inbox-files-pending', { count: count('pending') })]),
    ...(count('gone') === 0 ? [] : [t('inbox-files-gone', { count: count('gone') })]),
  ];
}

function answerOf({ answer }: ProposalCard['questions'][number], t: Translate): string {
  if (answer === null) return t('inbox-question-open');
  return answer === '' ? t('inbox-question-files') : t('inbox-question-answer', { answer });
}

/**
 * Sends the files themselves, those that have arrived, each with the number, or the name, of what it belongs to;
 * `fileName` is how the files are called on the phone.
 */
export async function sayFiles(
  d: Dialog,
  kit: Kit,
  t: Translate,
  {
    number,
    files,
    fileName = number,
  }: {
    number: string;
    files: readonly Pick<CardFile, 'path' | 'mime'>[];
    fileName?: string;
  },
): Promise<void> {
  for (const [at, { path, mime }] of files.entries()) {
    if (path === null) continue;
    const n = at + 1;
    // our own name: what a sender called the file says nothing here
    const file = {
      path: join(kit.mediaDir, path),
      name: `${fileName}-${n}${extname(path)}`,
      mime: mime ?? 'application/octet-stream',
    };
    await d.say(t('inbox-file', { number, n, count: files.length }), { file });
  }
}

/** What may be done with the card at first sight; the rest stands behind *more*. */
export function cardOptions(card: ProposalCard, t: Translate, may: (right: Right) => boolean): Option[] {
  const closed = CLOSED_TO_STAFF.has(card.status);
  const heard = card.files.some(isHeard) && card.transcript === null;
  const offered: [boolean, Option][] = [
    [may('proposals.decide') && card.status === 'received', { id: 'take', label: t('btn-take') }],
    [may('proposals.transcribe') && heard, { id: 'transcribe', label: t('btn-transcribe') }],
    [may('proposals.ask') && !closed && card.author?.unheard === null, { id: 'ask', label: t('btn-ask-author') }],
    [may('proposals.answer') && !closed, { id: 'answer', label: t('btn-answer') }],
    [may('proposals.decide') && staffSteps(card.status).length > 0, { id: 'status', label: t('btn-change-status') }],
    [moreOptions(card, t, may).length > 0, { id: 'more', label: t('btn-more') }],
  ];
  return [
    ...(card.hidden ? hiddenOptions(card, t, may) : fitting(offered)),
    { id: 'next', label: t('btn-next') },
    { id: 'filter', label: t('btn-filter') },
  ];
}

/** Nothing becomes of it until it is shown again, so there is nothing else to do. */
function hiddenOptions(card: ProposalCard, t: Translate, may: (right: Right) => boolean): Option[] {
  return [...(may('proposals.hide') ? [{ id: 'show', label: t('btn-show') }] : []), ...blockOptions(card, t, may)];
}

/** What is done more rarely. */
export function moreOptions(card: ProposalCard, t: Translate, may: (right: Right) => boolean): Option[] {
  const { author, files, transcript, status } = card;
  const offered: [boolean, Option][] = [
    [may('proposals.tag'), { id: 'village', label: t('btn-change-village') }],
    [may('proposals.tag'), { id: 'sector', label: t('btn-change-sector') }],
    [
      may('proposals.transcribe') && files.some(isHeard) && transcript !== null,
      { id: 'transcribe', label: t('btn-transcribe') },
    ],
    [may('proposals.merge') && mayChangeStatus(status, 'merged', 'staff'), { id: 'merge', label: t('btn-merge') }],
    [may('proposals.merge') && status === 'merged', { id: 'unmerge', label: t('btn-unmerge') }],
    [may('exports.names') && author !== null, { id: 'author', label: t('btn-who') }],
    [may('proposals.hide'), { id: 'hide', label: t('btn-hide') }],
  ];
  return [...fitting(offered), ...blockOptions(card, t, may)];
}

function blockOptions({ author }: ProposalCard, t: Translate, may: (right: Right) => boolean): Option[] {
  if (author === null || !may('senders.block')) return [];
  return [author.blocked ? { id: 'unblock', label: t('btn-unblock') } : { id: 'block', label: t('btn-block') }];
}

function fitting(offered: readonly [boolean, Option][]): Option[] {
  return offered.filter(([fits]) => fits).map(([, option]) => option);
}
