import { DEFAULT_LOCALE } from '../../core/texts.ts';
import type { Flow, Input, Option, Parsed } from '../../dialog/types.ts';
import { MAX_ANSWER_LENGTH } from '../../proposals/answer-proposal.ts';
import { MAX_QUESTION_LENGTH } from '../../proposals/ask-author.ts';
import { type InboxFilter, readNumber } from '../../proposals/inbox-queries.ts';
import { hasRight } from '../../staff/rights.ts';
import { ELSEWHERE, type Elsewhere, isNeed, type Kit, textsOf } from '../kit.ts';
import type { Desk } from './desk.ts';
import { beginning } from './free-words.ts';
import { act } from './inbox-actions.ts';
import { answerCard, askCard } from './inbox-answer.ts';
import { cardOptions, cardText, sayFiles } from './inbox-card.ts';
import { askFilter, describeFilter, NO_FILTER } from './inbox-filters.ts';
import { type Found, type InboxArgs, MOST_COUNTED, officeOf, openNext } from './inbox-queue.ts';
import { enterOffice, entranceOf } from './office.ts';

/** The office's queue of proposals, one card at a time; or the one that a number or a notice names. */
export const inbox: Flow<Kit, InboxArgs> = {
  name: 'inbox',
  version: 1,
  async run(d, kit, args) {
    const t = textsOf(kit);
    const known = args.office ?? (await d.remember('office-of', (ctx) => officeOf(ctx, kit, args)));
    const office =
      known === null ? await enterOffice(d, kit, 'proposals.read') : entranceOf(kit, 'proposals.read')(known);
    if (office === null) return;
    const found = await d.effect('open', (ctx) => openNext(ctx, kit, office, args));
    const { filter = NO_FILTER, after = 0 } = args;
    const room: Room = {
      seat: { d, kit, t, locale: kit.locale ?? DEFAULT_LOCALE, office },
      filter,
      go: (next) => {
        const here: InboxArgs = { about: '', office, filter, after, ...next };
        kit.next({ start: 'inbox', args: here });
      },
    };
    switch (found.kind) {
      case 'no-right':
        return d.say(t('no-right'));
      case 'not-found':
        await d.say(t('inbox-not-found'));
        return room.go({});
      case 'empty':
        return emptyQueue(room, found, after);
      case 'card':
        return oneCard(room, found, args);
    }
  },
};

/** Somebody in the office, and the queue that lies there. */
interface Room {
  readonly seat: Omit<Desk, 'card' | 'may'>;
  readonly filter: InboxFilter;
  /** Goes on with another card, or with this one anew. */
  readonly go: (next: Partial<InboxArgs>) => void;
}

/** Words that were typed where a button was awaited. */
interface Typed {
  readonly typed: string;
}

async function oneCard(room: Room, found: Extract<Found, { kind: 'card' }>, args: InboxArgs): Promise<void> {
  const { d, kit, t, locale } = room.seat;
  const { card, role } = found;
  const desk: Desk = { ...room.seat, card, may: (right) => role !== null && hasRight(role, right) };
  const queued = args.queued ?? args.about === '';
  const stay = { about: String(card.id), queued, again: true };
  await sayAround(desk, found, args.again === true);
  const text = cardText(card, { t, locale, places: kit.places });
  const chosen = await d.choose<Typed>('card', text, cardOptions(card, t, desk.may), {
    compact: true,
    misunderstood: t('inbox-choose'),
    other: (input) => readTyped(input, t('inbox-words-only')),
  });
  if (typeof chosen !== 'string') return typedOnCard(room, desk, chosen.typed, stay);
  if (chosen === 'next') return room.go({ leavesId: card.id, ...(queued ? { after: card.id } : {}) });
  if (chosen === 'filter') {
    return changeFilter(room, { templates: desk.may('answers.edit'), back: stay, leaves: { leavesId: card.id } });
  }
  await act(desk, chosen);
  return room.go(stay);
}

/** What stands around the card: its files, how many wait, and who else has it open. */
async function sayAround({ d, kit, t, card }: Desk, found: Extract<Found, { kind: 'card' }>, again: boolean) {
  const { left, openBy } = found;
  if (!again) await sayFiles(d, kit, t, card);
  if (!again && left !== null) {
    const key = left > MOST_COUNTED ? 'inbox-left-more' : 'inbox-left';
    await d.say(t(key, { count: Math.min(left, MOST_COUNTED) }));
  }
  if (openBy !== null) await d.say(t('inbox-opened-other', { name: openBy.name ?? t('inbox-someone') }));
}

function readTyped(input: Input, wordsOnly: string): Parsed<Typed> {
  if (input.kind === 'media' || input.kind === 'location') return { refuse: wordsOnly };
  if (input.kind !== 'text') return { refuse: null };
  return isNeed(input.text) || readNumber(input.text) !== null
    ? { value: { typed: input.text.trim() } }
    : { refuse: null };
}

/** Words never go to anybody by themselves: the officer says what they are. */
async function typedOnCard(room: Room, desk: Desk, words: string, stay: Partial<InboxArgs>): Promise<void> {
  const { d, t, card, may } = desk;
  if (readNumber(words) !== null) return room.go({ about: words, typed: true, leavesId: card.id });
  const offered = new Set(cardOptions(card, t, may).map(({ id }) => id));
  const options: Option[] = [
    ...(offered.has('answer') && words.length <= MAX_ANSWER_LENGTH
      ? [{ id: 'answer', label: t('btn-as-answer') }]
      : []),
    ...(offered.has('ask') && words.length <= MAX_QUESTION_LENGTH ? [{ id: 'ask', label: t('btn-as-question') }] : []),
    { id: 'search', label: t('btn-search') },
    { id: 'card', label: t('btn-to-card') },
  ];
  const what = await d.choose('typed', t('inbox-typed', { text: beginning(words, 300) }), options);
  if (what === 'search') return room.go({ ...search(room, words), leavesId: card.id });
  if (what === 'answer') await answerCard(desk, words);
  if (what === 'ask') await askCard(desk, words);
  return room.go(stay);
}

async function changeFilter(
  room: Room,
  o: { templates: boolean; back: Partial<InboxArgs>; leaves: Pick<InboxArgs, 'leavesId'> },
): Promise<void> {
  const { d, kit, t, locale, office } = room.seat;
  const wanted = await askFilter(d, kit, { t, locale, office, filter: room.filter, templates: o.templates });
  if ('back' in wanted) return room.go(o.back);
  if ('templates' in wanted) return kit.next({ start: 'answers', args: { office } });
  if ('filter' in wanted) return room.go({ filter: wanted.filter, after: 0, ...o.leaves });
  return room.go({ ...search(room, wanted.search), ...o.leaves });
}

/** Words are looked for in whatever state; a number opens its card. */
function search({ filter }: Room, words: string): Partial<InboxArgs> {
  if (readNumber(words) !== null) return { about: words, typed: true };
  return {
    filter: { ...filter, state: filter.state === 'new' ? 'all' : filter.state, words: beginning(words, 100) },
    after: 0,
  };
}

async function emptyQueue(room: Room, { role }: Extract<Found, { kind: 'empty' }>, after: number): Promise<void> {
  const { d, kit, t, locale, office } = room.seat;
  const { municipalityId } = office;
  const filter = describeFilter(room.filter, { t, locale, places: kit.places, municipalityId });
  const options: Option[] = [
    ...(after > 0 ? [{ id: 'start', label: t('btn-from-start') }] : []),
    { id: 'filter', label: t('btn-filter') },
  ];
  const chosen = await d.choose<Typed | Elsewhere>('empty', `${t('inbox-empty')} (${filter})`, options, {
    other: (input) => {
      const isNumber = input.kind === 'text' && readNumber(input.text) !== null;
      return { value: isNumber ? { typed: input.text } : ELSEWHERE };
    },
  });
  if (typeof chosen !== 'string')
    return 'typed' in chosen ? room.go({ about: chosen.typed, typed: true }) : kit.next({ again: true });
  if (chosen === 'start') return room.go({ after: 0 });
  const templates = role !== null && hasRight(role, 'answers.edit');
  return changeFilter(room, { templates, back: {}, leaves: {} });
}
