import type { Dialog } from '../../dialog/types.ts';
import { matchSector } from '../../places/suggest-sectors.ts';
import { matchVillage } from '../../places/suggest-village.ts';
import { blockSender, unblockSender } from '../../proposals/block-sender.ts';
import { changeStatus } from '../../proposals/change-status.ts';
import { hideProposal, showProposal } from '../../proposals/hide-proposal.ts';
import { showAuthor } from '../../proposals/show-author.ts';
import { MAX_TEXT_LENGTH } from '../../proposals/submit-proposal.ts';
import { tagProposal } from '../../proposals/tag-proposal.ts';
import { transcribe } from '../../proposals/transcribe.ts';
import { asStaff, sectorOptions, villageOptions } from '../kit.ts';
import { attempt, type Desk, foreseen, isTold, sayOutcome, shownCard } from './desk.ts';
import { OWN_WORDS, ownWords } from './free-words.ts';
import { answerCard, askCard, decideCard } from './inbox-answer.ts';
import { moreOptions } from './inbox-card.ts';
import { mergeCard, unmergeCard } from './merge.ts';

/** Does what was chosen on the card and says how it came out; the card is shown anew afterwards. */
export async function act(desk: Desk, action: string): Promise<void> {
  switch (action) {
    case 'take':
      return take(desk);
    case 'ask':
      return askCard(desk);
    case 'answer':
      return answerCard(desk);
    case 'status':
      return decideCard(desk);
    case 'transcribe':
      return writeDown(desk);
    case 'village':
      return tagVillage(desk);
    case 'sector':
      return tagSector(desk);
    case 'hide':
    case 'show':
      return hide(desk, action);
    case 'block':
    case 'unblock':
      return block(desk, action);
    case 'author':
      return tellAuthor(desk);
    case 'merge':
      return mergeCard(desk);
    case 'unmerge':
      return unmergeCard(desk);
    case 'more':
      return more(desk);
  }
}

async function more(desk: Desk): Promise<void> {
  const { d, t, card, may } = desk;
  const options = [...moreOptions(card, t, may), { id: 'card', label: t('btn-to-card') }];
  const chosen = await d.choose('more', t('inbox-more'), options, { compact: true });
  if (chosen !== 'card') await act(desk, chosen);
}

async function take(desk: Desk): Promise<void> {
  const outcome = await attempt(desk, 'take', (ctx) => changeStatus(ctx, { ...shownCard(desk), to: 'in_review' }));
  const { t } = desk;
  const done = isTold(desk) ? t('inbox-in-review') : t('inbox-status-set', { status: t('status-in_review') });
  await sayOutcome(desk, outcome, done);
}

/** Said once, and kept in no conversation. */
async function tellAuthor(desk: Desk): Promise<void> {
  const { d, t, office, card } = desk;
  const found = await d.effect('author', async (ctx) => {
    try {
      return await showAuthor(asStaff(ctx, office.staffId), { proposalId: card.id });
    } catch (error) {
      return foreseen(error);
    }
  });
  if (typeof found === 'string') return sayOutcome(desk, found, '');
  await d.say(t('inbox-author', { name: found.name ?? t('inbox-author-unnamed') }));
}

async function writeDown(desk: Desk): Promise<void> {
  const { d, t } = desk;
  const parse = ownWords(t, MAX_TEXT_LENGTH);
  const transcript = await d.ask(OWN_WORDS, t('inbox-ask-transcript'), { parse });
  const outcome = await attempt(desk, 'transcribe', (ctx) => transcribe(ctx, { ...shownCard(desk), transcript }));
  await sayOutcome(desk, outcome, t('inbox-transcribed'));
}

async function tagVillage(desk: Desk): Promise<void> {
  const { d, t, kit, card, locale } = desk;
  const among = kit.places.municipality(card.officeId).villages;
  const options = await d.remember('villages', () =>
    villageOptions(kit.places, locale, among, []).filter(({ id }) => id !== card.villageId),
  );
  const villageId = await chooseNamed(d, 'village', t('ask-card-village'), {
    options,
    match: (text) => matchVillage(text, among),
    misunderstood: t('village-unknown'),
    back: t('btn-to-card'),
  });
  if (villageId === null) return;
  const outcome = await attempt(desk, 'tag', (ctx) => tagProposal(ctx, { ...shownCard(desk), villageId }));
  await sayOutcome(desk, outcome, t('inbox-tagged'));
}

async function tagSector(desk: Desk): Promise<void> {
  const { d, t, kit, card, locale } = desk;
  const municipality = kit.places.municipality(card.municipalityId);
  const options = await d.remember('sectors', () =>
    sectorOptions(municipality, locale, []).filter(({ id }) => id !== card.sectorId),
  );
  const sectorId = await chooseNamed(d, 'sector', t('ask-sector'), {
    options,
    match: (text) => matchSector(text, municipality.sectors, locale),
    misunderstood: t('sector-unknown'),
    back: t('btn-to-card'),
  });
  if (sectorId === null) return;
  const outcome = await attempt(desk, 'tag', (ctx) => tagProposal(ctx, { ...shownCard(desk), sectorId }));
  await sayOutcome(desk, outcome, t('inbox-tagged'));
}

/** A list of which people also type names, with endings or a part of one. Null: back to the card. */
async function chooseNamed(
  d: Dialog,
  question: string,
  prompt: string,
  o: {
    options: Parameters<Dialog['choose']>[2];
    match: (text: string) => string | null;
    misunderstood: string;
    back: string;
  },
): Promise<string | null> {
  const { options, match, misunderstood, back } = o;
  const chosen = await d.choose<string>(question, prompt, [...options, { id: 'card', label: back, pinned: true }], {
    misunderstood,
    other: (input) => {
      const id = input.kind === 'text' ? match(input.text) : null;
      return id === null ? { refuse: null } : { value: id };
    },
  });
  return chosen === 'card' ? null : chosen;
}

async function hide(desk: Desk, action: 'hide' | 'show'): Promise<void> {
  const verb = action === 'hide' ? hideProposal : showProposal;
  const outcome = await attempt(desk, action, (ctx) => verb(ctx, shownCard(desk)));
  const { t, card } = desk;
  const parted = action === 'hide' && card.merged.length > 0 ? [t('inbox-done-hide-merged')] : [];
  await sayOutcome(desk, outcome, [t(`inbox-done-${action}`), ...parted].join(' '));
}

async function block(desk: Desk, action: 'block' | 'unblock'): Promise<void> {
  const { d, t } = desk;
  const labels = { yes: t('btn-block'), no: t('btn-no') };
  if (action === 'block' && !(await d.confirm('sure', t('inbox-block-sure'), labels))) {
    await d.say(t('inbox-kept'));
    return;
  }
  const verb = action === 'block' ? blockSender : unblockSender;
  const outcome = await attempt(desk, action, (ctx) => verb(ctx, shownCard(desk)));
  await sayOutcome(desk, outcome, t(`inbox-done-${action}`));
}
