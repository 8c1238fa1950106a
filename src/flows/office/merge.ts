import type { Context } from '../../core/context.ts';
import { yearIn } from '../../core/dates.ts';
import { bold, type Text, type TextPart } from '../../core/text.ts';
import type { Input, Parsed } from '../../dialog/types.ts';
import { MergeRefusedError } from '../../proposals/errors.ts';
import { findByNumber, readNumber } from '../../proposals/inbox-queries.ts';
import { mergeProposals } from '../../proposals/merge-proposals.ts';
import { findCard, type ProposalCard } from '../../proposals/read-card.ts';
import { findSimilar } from '../../proposals/similar.ts';
import { undoMerge } from '../../proposals/undo-merge.ts';
import { asStaff } from '../kit.ts';
import { firstWords } from '../similar.ts';
import { attempt, type Desk, foreseen, sayOutcome, shownCard } from './desk.ts';

/** As many as stay in sight; any other one is named by its number. */
const MOST_OFFERED = 5;

/** Another proposal that the card's may be joined to, as far as the officer has to see it. */
interface Target extends Pick<ProposalCard, 'id' | 'number' | 'villageId' | 'supporterCount'> {
  readonly text: string;
}

/** Joins the proposal of the card to a similar one, or to one whose number is typed; both are shown before. */
export async function mergeCard(desk: Desk): Promise<void> {
  const { d, t } = desk;
  const target = await askTarget(desk);
  if (target === null) return;
  const labels = { yes: t('btn-merge'), no: t('btn-no') };
  if (!(await d.confirm('merge-sure', bothTexts(desk, target), labels))) return d.say(t('merge-kept'));
  const merged = await d.effect('merge', async (ctx) => {
    const { proposalId: fromId, revision } = shownCard(desk);
    const acrossVillages = target.villageId !== desk.card.villageId;
    try {
      const done = await mergeProposals(asStaff(ctx, desk.office.staffId), {
        fromId,
        intoId: target.id,
        revision,
        acrossVillages,
      });
      return { done: { into: done.into, count: done.supporterCount }, outcome: null };
    } catch (error) {
      if (error instanceof MergeRefusedError) return { done: null, outcome: null, refused: error.reason };
      return { done: null, outcome: foreseen(error) };
    }
  });
  if (merged.done !== null) return d.say(t('merge-done', merged.done));
  if (merged.outcome !== null) return sayOutcome(desk, merged.outcome, '');
  const { refused } = merged;
  // what these say cannot be chosen here, unless somebody changed it meanwhile
  const changed = refused === 'other-village' || refused === 'not-merged' ? 'changed' : refused;
  return d.say(t(`merge-refused-${changed}`));
}

/** Null: back to the card. */
async function askTarget(desk: Desk): Promise<Target | null> {
  const { d, t, card } = desk;
  const similar = await d.remember('similar', (ctx) => {
    const village = desk.kit.places.village(card.villageId);
    return findSimilar(ctx, {
      text: card.text === '' ? (card.transcript ?? '') : card.text,
      villageId: card.villageId,
      test: card.number.startsWith('TEST-'),
      limit: MOST_OFFERED,
      ignored: village === null ? [] : [...Object.values(village.names), ...village.spellings],
      proposalId: card.id,
    });
  });
  const options = [
    ...similar.map(({ id, number }) => ({ id: String(id), label: number })),
    { id: 'card', label: t('btn-to-card') },
  ];
  const items = similar.flatMap(({ number, supporterCount: count, text }) => [
    '\n\n',
    bold(t('similar-item', { number, count })),
    `\n${t('card-text', { text: firstWords(text) })}`,
  ]);
  const prompt: Text = [t(similar.length === 0 ? 'merge-none' : 'merge-offer'), ...items];
  for (;;) {
    const chosen = await d.choose<{ typed: string }>('merge', prompt, options, {
      other: typedNumber,
      misunderstood: t('merge-unknown'),
    });
    if (chosen === 'card') return null;
    const target = await d.remember('target', (ctx) => findTarget(ctx, desk, chosen));
    if (target !== null) return target;
    await d.say(t('merge-unknown'));
  }
}

function typedNumber(input: Input): Parsed<{ typed: string }> {
  const typed = input.kind === 'text' && readNumber(input.text) !== null ? input.text : null;
  return typed === null ? { refuse: null } : { value: { typed } };
}

async function findTarget(
  ctx: Context,
  { kit, office: { municipalityId } }: Desk,
  chosen: string | { typed: string },
): Promise<Target | null> {
  const db = ctx.tx ?? ctx.db;
  const year = yearIn(ctx.clock.now(), kit.places.municipality(municipalityId).timeZone);
  const proposalId =
    typeof chosen === 'string' ? Number(chosen) : await findByNumber(db, { municipalityId, typed: chosen.typed, year });
  const found = proposalId === null ? null : await findCard(db, { proposalId, municipalityId });
  if (found === null) return null;
  const { id, number, villageId, supporterCount, text, transcript } = found;
  return { id, number, villageId, supporterCount, text: firstWords(text === '' ? (transcript ?? '') : text) };
}

/** Both as they will stand together. */
function bothTexts({ t, card, locale, kit }: Desk, target: Target): Text {
  const own = firstWords(card.text === '' ? (card.transcript ?? '') : card.text);
  const part = ({ number, villageId, text }: Pick<Target, 'number' | 'villageId' | 'text'>): TextPart[] => [
    bold(`${number} · ${kit.places.village(villageId)?.names[locale] ?? villageId}`),
    `\n${text === '' ? t('card-no-text') : t('card-text', { text })}\n\n`,
  ];
  const warning = target.villageId === card.villageId ? '' : `${t('merge-other-village')}\n`;
  return [
    ...part({ ...card, text: own }),
    ...part(target),
    warning,
    t('merge-sure', { from: card.number, into: target.number }),
  ];
}

/** Parts the card's proposal from the one that it was merged into. */
export async function unmergeCard(desk: Desk): Promise<void> {
  const { d, t, card } = desk;
  const { number } = card;
  const labels = { yes: t('btn-unmerge'), no: t('btn-no') };
  if (!(await d.confirm('unmerge-sure', t('unmerge-sure', { number, into: card.mergedInto ?? '' }), labels)))
    return d.say(t('merge-kept'));
  const outcome = await attempt(desk, 'unmerge', (ctx) => undoMerge(ctx, shownCard(desk)));
  await sayOutcome(desk, outcome, t('unmerge-done', { number }));
}
