import { foldWords } from '../core/folding.ts';
import { bold, type Text } from '../core/text.ts';
import { type Locale, translator } from '../core/texts.ts';
import { wordsOf } from '../core/words.ts';
import type { Dialog, Input, Option, Parsed } from '../dialog/types.ts';
import { ProposalNotFoundError, SupportRefusedError } from '../proposals/errors.ts';
import { findSimilar, type Similar } from '../proposals/similar.ts';
import { type Supported, supportProposal } from '../proposals/support-proposal.ts';
import { asResident, type Kit } from './kit.ts';
import { type Draft, parseMore, type Words } from './proposal-draft.ts';
import type { Registered } from './register.ts';

/** As many as stay readable in one message. */
const MOST_OFFERED = 3;
/** Enough to tell one need from another. */
const FIRST_LETTERS = 140;

/** What came of the offer: a support in place of the proposal, or more words for it. */
export type Offered = { readonly supported: Supported } | { readonly more: Words };

/**
 * Before a proposal is stored: asks whether it is one of those that the village has already. Null: there are none, or
 * the person sends their own; whatever is not understood here means their own, too.
 */
export async function offerSimilar(
  d: Dialog,
  kit: Kit,
  { locale, draft, person }: { locale: Locale; draft: Draft; person: Registered },
): Promise<Offered | null> {
  const t = translator(locale);
  const similar = await d.remember('similar', (ctx) => {
    const village = kit.places.village(draft.villageId);
    return findSimilar(ctx, {
      text: draft.text,
      villageId: draft.villageId,
      test: kit.testSeries,
      limit: MOST_OFFERED,
      ignored: village === null ? [] : [...Object.values(village.names), ...village.spellings],
      residentId: person.residentId,
    });
  });
  if (similar.length === 0) return null;
  const village = await d.remember('similar-village', () => kit.places.village(draft.villageId)?.names[locale] ?? '');
  const own = { id: 'own', label: t('btn-send-own'), spellings: [...wordsOf('no'), ...wordsOf('yes')] };
  const answer = await d.choose<string | Words>(
    'similar',
    offerText(similar, village, locale),
    [...similar.map((one) => supportOption(one, locale)), own],
    { other: otherAnswer(similar, draft, locale) },
  );
  if (typeof answer !== 'string') return { more: answer };
  const chosen = similar.find(({ id }) => String(id) === answer);
  return chosen === undefined ? null : support(d, { locale, draft, person, chosen });
}

function offerText(similar: readonly Similar[], village: string, locale: Locale): Text {
  const t = translator(locale);
  const items = similar.flatMap(({ number, text, supporterCount }) => [
    '\n\n',
    bold(t('similar-item', { number, count: supporterCount })),
    `\n${t('card-text', { text: firstWords(text) })}`,
  ]);
  return [t('similar', { village }), ...items];
}

/** The beginning of a text, cut between words. */
export function firstWords(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= FIRST_LETTERS) return line;
  const end = line.lastIndexOf(' ', FIRST_LETTERS);
  return `${line.slice(0, end > FIRST_LETTERS / 2 ? end : FIRST_LETTERS).toWellFormed()}…`;
}

function supportOption({ id, number }: Similar, locale: Locale): Option {
  return { id: String(id), label: translator(locale)('similar-option', { number }), spellings: [number] };
}

const SUPPORTING = foldWords('колдо поддерж support');
const OWN = foldWords('өзүм жөнөт жибер менин меники отправ посла свое свой мое send own mine');
/** A longer answer tells more of the need. */
const MOST_REPLY_WORDS = 4;

/** Typed in place of a tap: «мен да колдойм», «өзүмдүкүн жөнөтө бериңиз», more of the need, a photo. */
function otherAnswer(
  similar: readonly Similar[],
  draft: Draft,
  locale: Locale,
): (input: Input) => Parsed<string | Words> {
  const t = translator(locale);
  const read = parseMore(t, draft);
  return (input) => {
    if (input.kind !== 'text') return read(input);
    const words = foldWords(input.text);
    const says = (stems: readonly string[]) =>
      words.length <= MOST_REPLY_WORDS && words.some((word) => stems.some((stem) => word.startsWith(stem)));
    if (says(OWN)) return { value: 'own' };
    if (says(SUPPORTING)) {
      const [first, second] = similar;
      return first === undefined || second !== undefined ? { refuse: t('similar-which') } : { value: String(first.id) };
    }
    const more = read(input);
    return 'value' in more ? more : { value: 'own' };
  };
}

async function support(
  d: Dialog,
  { locale, draft, person, chosen }: { locale: Locale; draft: Draft; person: Registered; chosen: Similar },
): Promise<Offered | null> {
  const t = translator(locale);
  const supported = await d.effect('support', async (ctx) => {
    try {
      return await supportProposal(asResident(ctx, person.residentId), chosen.id);
    } catch (error) {
      if (error instanceof SupportRefusedError || error instanceof ProposalNotFoundError) return null;
      throw error;
    }
  });
  if (supported === null) {
    await d.say(t('support-closed'));
    return null;
  }
  const { number, supporterCount: count } = supported;
  await d.say(t(draft.media.length > 0 ? 'supported-files' : 'supported', { number, count }));
  return { supported };
}
