import { guessLocale } from '../core/guess-locale.ts';
import { taggedText } from '../core/proposal-tag.ts';
import { DEFAULT_LOCALE, type Locale, translator } from '../core/texts.ts';
import type { ChannelAddress, ChannelName, InboundMessage, MediaRef, QuotedMessage } from '../messaging/contract.ts';
import { addressOf, personOf } from '../messaging/dialog-key.ts';
import { MAX_FILE_MEGABYTES } from '../messaging/media.ts';
import { suggestSectors } from '../places/suggest-sectors.ts';
import { editProposalByMessage } from '../proposals/edit-proposal.ts';
import type { GroupMessage } from '../proposals/store-from-group.ts';
import { submitFromGroup, TAG_RIGHT, tagInGroup } from '../proposals/submit-from-group.ts';
import { MAX_TEXT_LENGTH } from '../proposals/submit-proposal.ts';
import { SenderBlockedError } from '../residents/block-resident.ts';
import { findGroup, type Group } from '../residents/groups.ts';
import { addressKey, findResidentsByAddress } from '../residents/queries.ts';
import { hasRight } from '../staff/rights.ts';
import type { Turn } from './answering.ts';
import { messageRefOf } from './card.ts';
import { asResident, asStaff, isNeed, type Kit, mayBeSaid } from './kit.ts';
import { RateLimit } from './rate-limit.ts';

/** What a link from a group says in the chat with the bot alone: a word on one platform, a start of the other. */
const LINKED = 'my';
/** One person proposes two or three things at a time; more would fill the group with our answers, and the list of staff. */
const TAGGED_MOST = 5;
/** Within which so many are taken; how long it is remembered that somebody tagged something. */
export const TAGGED_WINDOW_MS = 10 * 60 * 1000;
const flood = new RateLimit(TAGGED_MOST, TAGGED_WINDOW_MS);
const HASHTAGS: Readonly<Record<Locale, string>> = { ky: '#сунуш', ru: '#предложение', en: '#proposal' };
/** Telegram lets a bot write only to those who began; elsewhere an address is enough. */
const ANSWERS_ONLY: ReadonlySet<ChannelName> = new Set(['telegram']);

/** The hashtag in the person's language. */
export function hashtagOf({ locale }: Pick<Kit, 'locale'>): string {
  return HASHTAGS[locale ?? DEFAULT_LOCALE];
}

/** What marks a proposal in a group of the channel: Telegram shows most bots commands only. */
export function tagOf(kit: Pick<Kit, 'key' | 'locale'>): string {
  return kit.key.channel === 'telegram' ? '/propose' : hashtagOf(kit);
}

/** Whether a text is what the link in a receipt says in the chat with the bot alone, where that is no word of its own. */
export function isLinkFromGroup(text: string): boolean {
  return new RegExp(`^/start(?:@\\w+)?\\s+${LINKED}$`, 'i').test(text.trim());
}

/** What is proposed, and by whom. */
interface Proposed {
  readonly messageId: string;
  readonly text: string;
  readonly media: MediaRef | null;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  /** Null: the platform does not tell. */
  readonly author: ChannelAddress | null;
  /** Of the staff, whoever tagged it for somebody else. */
  readonly taggedBy: number | null;
}

/**
 * Takes a message with the tag in a linked group, or the one that it answers, as a proposal; an edit corrects it. Else,
 * and of people whom staff have blocked, silence: nothing is kept.
 */
export async function takeFromGroup(
  turn: Turn,
  message: InboundMessage,
  said: { text: string; media: MediaRef | null },
): Promise<void> {
  const text = taggedText(said.text);
  const group = text === null ? null : await findGroup(turn.input.tx, addressOf(turn.input.key));
  if (text === null || group === null) return;
  const proposed = await proposedIn(turn, message, { text, media: said.media }, group);
  if (proposed === null) return;
  if (message.edited && (await corrected(turn, proposed))) return;
  if (proposed.taggedBy === null && isTooMuch(turn, proposed)) return;
  const fault = faultIn(turn, proposed);
  if (fault === 'too-little') return hint(turn);
  if (fault !== null) return answer(turn, proposed, fault);
  const proposalId = await submit(turn, proposed, group);
  const { content } = message;
  if (proposalId !== null && content.kind === 'media' && content.albumId !== null)
    turn.kit.memory.sent = { albums: [content.albumId], proposalId };
}

/** Null: a message of somebody else, which only staff may tag, or one that nobody could find again. */
async function proposedIn(
  { input, kit, ctx, session }: Turn,
  message: InboundMessage,
  own: { text: string; media: MediaRef | null },
  { municipalityId }: Group,
): Promise<Proposed | null> {
  const { quoted, messageId, anonymous } = message;
  const me = anonymous ? null : personOf(input.key);
  if (quoted === undefined)
    return messageId === null ? null : { ...own, messageId, location: null, author: me, taggedBy: null };
  const words = { ...quoted, text: taggedText(quoted.text) ?? quoted.text };
  if (me !== null && isBy(quoted, [me.id, message.alsoKnownAs])) return { ...words, author: me, taggedBy: null };
  const office = kit.staff.find((one) => one.municipalityId === municipalityId && hasRight(one.role, TAG_RIGHT));
  if (office === undefined) {
    // it may be an officer, who would wait for the number
    if (anonymous && mayBeSaid(kit.memory, 'refusedAt', ctx.clock.now())) session.say(session.t('group-tag-anonymous'));
    return null;
  }
  return { ...words, author: await authorOf(input, quoted), taggedBy: office.staffId };
}

/** Whether one of a person's ids is the author's. */
function isBy({ personId, alsoKnownAs }: QuotedMessage, ids: readonly (string | undefined)[]): boolean {
  return ids.some((id) => id !== undefined && (id === personId || id === alsoKnownAs));
}

/** Where the author of an answered message is talked to alone: by whichever of their ids they are known. */
async function authorOf(
  { tx, key }: Turn['input'],
  { personId, alsoKnownAs }: QuotedMessage,
): Promise<ChannelAddress | null> {
  if (personId === null) return null;
  const addresses = [personId, alsoKnownAs ?? personId].map((id) => ({ ...personOf(key), id }));
  const known = await findResidentsByAddress(tx, addresses);
  return addresses.find((address) => known.has(addressKey(address))) ?? { ...personOf(key), id: personId };
}

/** Why it cannot be taken as it is; null: it can. */
function faultIn({ session: { t }, kit }: Turn, { text, media, taggedBy }: Proposed): string | null {
  // what staff tag is a need, however short; a place alone is none
  const tells = media !== null || (taggedBy === null ? isNeed(text) : text !== '');
  if (!tells) return taggedBy === null ? 'too-little' : t('group-says-nothing', { tag: tagOf(kit) });
  if (text.length > MAX_TEXT_LENGTH) return t('text-too-long', { max: MAX_TEXT_LENGTH });
  return (media?.size ?? 0) > MAX_FILE_MEGABYTES * 1024 * 1024
    ? t('file-too-large', { max: MAX_FILE_MEGABYTES })
    : null;
}

/** Whether the person, or whoever writes in the name of the group, has tagged too much of late; said once. */
function isTooMuch(turn: Turn, proposed: Proposed): boolean {
  const { kit, ctx, session, resident } = turn;
  const verdict = flood.count(kit.memory, ctx.clock.now());
  if (verdict === 'free') return false;
  const isHeard = resident === null || resident.blockedAt === null;
  if (verdict !== 'told' && isHeard) answer(turn, proposed, session.t('group-flood', { minutes: verdict.minutes }));
  return true;
}

/** An edit of what is a proposal already changes its words while nobody works on it, without a word in the group. */
async function corrected({ ctx, input, resident }: Turn, { messageId, text, media }: Proposed): Promise<boolean> {
  if (!isNeed(text) && media === null) return false;
  const author = resident === null ? ctx : asResident(ctx, resident.id);
  try {
    return (await editProposalByMessage(author, messageRefOf(input.key, messageId), text)) !== null;
  } catch (error) {
    if (error instanceof SenderBlockedError) return true;
    throw error;
  }
}

/** The id of the proposal; null: it became none. */
async function submit(turn: Turn, proposed: Proposed, { municipalityId }: Group): Promise<number | null> {
  const { ctx, input, kit, places } = turn;
  const { text, media, location, author, taggedBy, messageId } = proposed;
  const { sectors, settings } = places.municipality(municipalityId);
  const [sectorId = 'other'] = text === '' ? [] : suggestSectors(text, sectors);
  const said: GroupMessage = {
    group: addressOf(input.key),
    author,
    writesFirst: !ANSWERS_ONLY.has(input.key.channel),
    media: media === null ? [] : [media],
    text,
    language: (taggedBy === null ? kit.locale : null) ?? guessLocale(text),
    sectorId: sectorId === 'other' ? null : sectorId,
    ...(location === null ? {} : { location }),
    messageRef: messageRefOf(input.key, messageId),
    test: kit.testSeries,
    consentDays: settings.consentDays,
  };
  const result = await (taggedBy === null ? submitFromGroup(ctx, said) : tagInGroup(asStaff(ctx, taggedBy), said));
  if (result.outcome !== 'stored') return null;
  const { id, number, language } = result;
  const t = translator(language);
  const link = author === null ? null : kit.privateLink(LINKED);
  answer(turn, proposed, link === null ? t('group-receipt-bare', { number }) : t('group-receipt', { number, link }));
  return id;
}

function answer({ session }: Turn, { messageId }: Proposed, text: string): void {
  session.replies.push({ text, answers: messageId });
}

function hint({ session, kit, ctx }: Turn): void {
  if (mayBeSaid(kit.memory, 'hintedAt', ctx.clock.now())) session.say(session.t('group-how', { tag: tagOf(kit) }));
}
