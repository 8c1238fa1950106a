import { DEFAULT_LOCALE, type Locale, translator } from '../../core/texts.ts';
import { wordsOf } from '../../core/words.ts';
import type { Dialog, Flow, Input, Parsed } from '../../dialog/types.ts';
import { MeetingNotFoundError } from '../../meetings/queries.ts';
import { enterProposal } from '../../proposals/enter-proposal.ts';
import { UnknownPlaceError } from '../../proposals/errors.ts';
import { type Given, together } from '../beside.ts';
import { asStaff, type Kit, type Opened } from '../kit.ts';
import {
  addWords,
  type CardAnswer,
  MAX_FILES,
  parseCardAnswer,
  parseMore,
  parseText,
  parseWords,
  type Words,
} from '../proposal-draft.ts';
import { enterOffice } from './office.ts';
import { type PaperDraft, paperOptions, paperText, parseWho, type Who } from './paper-card.ts';
import { askMeeting, askSector, askVillage, askWho, type Desk, type Pile } from './paper-questions.ts';

export interface PaperArgs extends Opened {
  readonly pile?: Pile;
}

/**
 * Somebody of the staff enters what a person wrote on paper or said: words, village, sector, whose it is; then a
 * number to write on the paper, and the next one of the pile. One paper is one conversation, so a pile stays quick.
 */
export const enterPaper: Flow<Kit, PaperArgs> = {
  name: 'register',
  version: 1,
  async run(d, kit, { pile = null }) {
    const office = await enterOffice(d, kit, 'proposals.enter');
    if (office === null) return;
    const locale = kit.locale ?? DEFAULT_LOCALE;
    const municipality = kit.places.municipality(office.municipalityId);
    const desk: Desk = { kit, office, municipality, locale, t: translator(locale), pile };
    const given = await askPaper(d, desk);
    if (given === null) return d.say(desk.t('paper-done', { count: pile?.count ?? 0 }));
    let draft = await askDraft(d, desk, given);
    for (;;) {
      const answer = await d.choose('card', paperText(draft, kit.places, locale), paperOptions(desk.t, draft), {
        other: parsePaperAnswer(draft, kit, locale),
      });
      if (answer === 'cancel') {
        await d.say(desk.t('paper-dropped'));
        return another(desk, draft, 0);
      }
      if (answer !== 'send') {
        draft =
          typeof answer === 'string' ? await change(d, desk, draft, answer) : await joined(d, desk, draft, answer);
        continue;
      }
      const stored = await store(d, desk, draft);
      if ('number' in stored) {
        await d.say(desk.t('paper-saved', { number: stored.number }));
        return another(desk, draft, 1);
      }
      draft = await mend(d, desk, draft, stored.unknown);
    }
  },
};

function another({ kit, pile }: Desk, { villageId, meeting }: PaperDraft, stored: number): void {
  const next: Pile = { villageId, meetingId: meeting?.id ?? null, count: (pile?.count ?? 0) + stored };
  kit.next({ start: 'register', args: { about: '', pile: next } satisfies PaperArgs });
}

/** The words or photos of one paper; null: the pile is done. */
async function askPaper(d: Dialog, { t, pile }: Desk): Promise<Given | null> {
  const done = { id: 'done', label: t('btn-done'), spellings: [...wordsOf('done'), ...wordsOf('no')] };
  const isFirst = pile === null || pile.count === 0;
  const answer: string | Words = isFirst
    ? await d.ask('text', t('paper-ask'), { parse: parseWords(t) })
    : await d.choose<Words>('text', t('paper-next'), [done], { other: parseWords(t) });
  if (typeof answer === 'string') return null;
  const given: Given = [answer];
  if (answer.text === '') {
    const words = await d.ask('words', t('paper-ask-words'), { parse: parseMore(t, answer), optional: true });
    if (words !== null) given.push(words);
  }
  return given;
}

async function askDraft(d: Dialog, desk: Desk, given: Given): Promise<PaperDraft> {
  const { pile } = desk;
  const villageId = pile?.villageId ?? (await askVillage(d, desk, given));
  const meeting = await askMeeting(d, desk, { villageId, given, pile });
  const sectorId = await askSector(d, desk, given);
  const who = await askWho(d, desk, given);
  return { ...together(given), villageId, sectorId, who, vulnerable: false, meeting };
}

type PaperAnswer = CardAnswer | { readonly who: Who };

/** What is typed or sent while the card is open: who it was, and all that a resident's card understands. */
function parsePaperAnswer(
  draft: PaperDraft,
  { places }: Kit,
  locale: Locale,
): (input: Input) => Parsed<PaperAnswer | 'send'> {
  const read = parseCardAnswer(draft, places, locale);
  return (input) => {
    const who = input.kind === 'text' ? parseWho(input.text) : null;
    return who === null ? read(input) : { value: { who } };
  };
}

async function joined(d: Dialog, desk: Desk, draft: PaperDraft, answer: PaperAnswer): Promise<PaperDraft> {
  if ('who' in answer) return { ...draft, who: answer.who };
  if ('sector' in answer) return { ...draft, sectorId: answer.sector };
  if ('add' in answer) return addWords(draft, answer.add);
  return moved(d, desk, draft, answer.village);
}

/** A meeting is of its village: it does not come along to another one. */
async function moved(d: Dialog, desk: Desk, draft: PaperDraft, villageId: string): Promise<PaperDraft> {
  return villageId === draft.villageId ? draft : withMeeting(d, desk, { ...draft, villageId });
}

async function withMeeting(d: Dialog, desk: Desk, draft: PaperDraft): Promise<PaperDraft> {
  const given: Given = [draft];
  const meeting = await askMeeting(d, desk, { villageId: draft.villageId, given, pile: null });
  return { ...draft, ...together(given), meeting };
}

/** One question for what is to be changed. */
async function change(d: Dialog, desk: Desk, draft: PaperDraft, what: string): Promise<PaperDraft> {
  const { t } = desk;
  const given: Given = [draft];
  const drafted = <T>(changed: T) => ({ ...draft, ...together(given), ...changed });
  switch (what) {
    case 'village': {
      const villageId = await askVillage(d, desk, given);
      return moved(d, desk, drafted({}), villageId);
    }
    case 'sector':
      return drafted({ sectorId: await askSector(d, desk, given) });
    case 'who':
      return drafted({ who: await askWho(d, desk, given) });
    case 'vulnerable':
      return { ...draft, vulnerable: !draft.vulnerable };
    case 'meeting': {
      const changed = await withMeeting(d, desk, draft);
      if (changed.meeting === null && draft.meeting === null) await d.say(t('paper-no-meeting'));
      return changed;
    }
    case 'photo': {
      const max = MAX_FILES - draft.media.length;
      const media = await d.attachments('photo', t('ask-photo'), { max, optional: true });
      return { ...draft, media: [...draft.media, ...media] };
    }
    default: {
      const text = await d.ask('new-text', t('ask-new-text'), { parse: parseText(t) });
      return { ...draft, text, messageId: null };
    }
  }
}

type Stored = { readonly number: string } | { readonly unknown: 'place' | 'meeting' };

function store(d: Dialog, { kit, office, locale }: Desk, draft: PaperDraft): Promise<Stored> {
  const { villageId, sectorId, text, media, spot, who, vulnerable, meeting } = draft;
  return d.effect<Stored>('enter', async (ctx) => {
    try {
      return await enterProposal(asStaff(ctx, office.staffId), {
        municipalityId: office.municipalityId,
        villageId,
        sectorId,
        text,
        language: locale,
        test: kit.testSeries,
        mediaIds: media.map(({ id }) => id),
        ...(spot === null ? {} : { location: spot }),
        sex: who.sex,
        ageBand: who.ageBand,
        vulnerable: vulnerable ? true : null,
        meetingId: meeting?.id ?? null,
      });
    } catch (error) {
      if (error instanceof UnknownPlaceError) return { unknown: 'place' };
      if (error instanceof MeetingNotFoundError) return { unknown: 'meeting' };
      throw error;
    }
  });
}

/** The catalogue changed under the draft, or somebody took the meeting back: that is asked for again. */
async function mend(d: Dialog, desk: Desk, draft: PaperDraft, unknown: 'place' | 'meeting'): Promise<PaperDraft> {
  if (unknown === 'meeting') {
    await d.say(desk.t('meeting-gone'));
    return withMeeting(d, desk, draft);
  }
  await d.say(desk.t('village-unknown'));
  const given: Given = [draft];
  const villageId = await askVillage(d, desk, given);
  const sectorId = await askSector(d, desk, given);
  return { ...(await moved(d, desk, { ...draft, ...together(given) }, villageId)), sectorId };
}
