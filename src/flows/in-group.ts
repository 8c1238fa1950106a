import { loseChat } from '../announcements/lose-chat.ts';
import { emojiDigits } from '../core/folding.ts';
import { taggedText } from '../core/proposal-tag.ts';
import { commandWord, wordKey } from '../core/words.ts';
import { followAddress } from '../deliveries/change-address.ts';
import { findOptionsOf } from '../deliveries/last-options.ts';
import { openingButton, readOpening, toPick } from '../dialog/button-data.ts';
import { readAboutHearing } from '../hearings/hearing-buttons.ts';
import { tapInGroup } from '../hearings/tap-in-group.ts';
import type { InboundMessage } from '../messaging/contract.ts';
import { addressOf } from '../messaging/dialog-key.ts';
import { markReachable } from '../residents/change-address.ts';
import { findGroup, type Group } from '../residents/groups.ts';
import { hasRight } from '../staff/rights.ts';
import { addPartInGroup } from './album-in-group.ts';
import type { Turn } from './answering.ts';
import { takeFromGroup } from './from-group.ts';
import { hearing } from './hearing.ts';
import { asResident, type Memory, mayBeSaid } from './kit.ts';
import { LINK_RIGHT, type LinkArgs, link } from './link.ts';
import { noteNoRight } from './office/office.ts';
import { linkedVillage } from './reading.ts';

/** Stands in a button in place of a village where none was named. */
const NO_VILLAGE = '-';

/**
 * Answers in a group, or in a channel that many read: linking it to a village, by `/link` and the buttons that come of
 * it or answers to what is asked, and what is tagged there as a proposal. A tap on the notice of a hearing, or an answer
 * that stands for one, counts for whoever we know, and is answered in their own chat. All else is answered with
 * silence, and nothing of it is kept.
 */
export async function answerInGroup(turn: Turn, message: InboundMessage): Promise<void> {
  await react(turn, message);
  forgetTalk(turn);
}

/** What outlives a talk in a group: that somebody was refused, or told how to propose, how much they tagged, and albums. */
const OUTLIVES: readonly (keyof Memory)[] = ['refusedAt', 'hintedAt', 'rate', 'sent'];

function forgetTalk({ session, kit: { memory } }: Turn): void {
  if (session.saved !== null) return;
  for (const key of Object.keys(memory) as (keyof Memory)[]) if (!OUTLIVES.includes(key)) delete memory[key];
}

async function react(turn: Turn, message: InboundMessage): Promise<void> {
  const { content } = message;
  const address = addressOf(turn.input.key);
  switch (content.kind) {
    case 'blocked':
      return loseChat(turn.ctx, address, 'blocked');
    case 'unblocked':
      return markReachable(turn.ctx, address);
    case 'moved': {
      await followAddress(turn.ctx, address, content.toChatId);
      // on the way it may have looked as if we had been put out
      return markReachable(turn.ctx, { ...address, id: content.toChatId });
    }
    case 'pick':
      return pressed(turn, message, content.data);
    case 'text': {
      const asked = askedFor(content.text);
      if (asked === null && taggedText(content.text) === null) return answered(turn, message, content.text);
      if (asked === null) return takeFromGroup(turn, message, { text: content.text, media: null });
      return message.edited ? undefined : begin(turn, message, linkedVillage(asked, turn.places));
    }
    case 'media':
      if (taggedText(content.caption) === null) return addPartInGroup(turn, message, content);
      return takeFromGroup(turn, message, { text: content.caption, media: content.media });
    default:
      return;
  }
}

/** What stands behind `/link`, and behind the `/start link` of a link that added us; null: it is something else. */
function askedFor(text: string): string | null {
  if (/^\s*\/start(?:@\w+)?\s+link\s*$/i.test(text)) return '';
  if (!text.trimStart().startsWith('/') || commandWord(text) !== 'link') return null;
  return text.trim().replace(/^\S+/, '');
}

async function begin(turn: Turn, message: InboundMessage, villageId: string | null): Promise<void> {
  const { session, kit, ctx } = turn;
  if (message.anonymous) {
    // a press tells who presses, also in a channel and of an administrator whose messages do not
    const data = openingButton(link.name, villageId ?? NO_VILLAGE);
    session.replies.push({
      text: session.t('group-anonymous'),
      options: [{ data, label: session.t('btn-group-link') }],
    });
    return;
  }
  if (await mayLink(turn)) return start(turn, message, villageId);
  if (!mayBeSaid(kit.memory, 'refusedAt', ctx.clock.now())) return;
  await noteNoRight(kit, ctx, LINK_RIGHT);
  session.say(session.t('no-right'));
}

/** Whether the person may link the group: anywhere, or, where it is linked already, in the office of its village. */
async function mayLink({ kit, input }: Turn): Promise<boolean> {
  const group = await findGroup(input.tx, addressOf(input.key));
  return kit.staff.some((member) => hasRight(member.role, LINK_RIGHT) && concerns(group, member));
}

function concerns(group: Group | null, { municipalityId }: { municipalityId: number }): boolean {
  return group === null || group.municipalityId === municipalityId;
}

function start({ session }: Turn, { groupTitle, readOnly }: InboundMessage, villageId: string | null): Promise<void> {
  const args: LinkArgs = { group: groupTitle ?? '', villageId, ...(readOnly && { readOnly }) };
  return session.start(link.name, { args });
}

/**
 * Words that answer a message of ours stand for a press, where nobody can press: by number or label on what a notice
 * gives to choose, else on what the person is asked. A number in answer to a notice is no answer to a question.
 */
async function answered(turn: Turn, { answersUs, messageId, edited }: InboundMessage, text: string): Promise<void> {
  const { session, input } = turn;
  if (answersUs === undefined || edited) return;
  const options = await findOptionsOf(input.tx, addressOf(input.key), answersUs);
  if (options === null) {
    const said = { kind: 'text', text, ...(messageId === null ? {} : { messageId }) } as const;
    if (session.saved !== null) await session.feed(said);
    return;
  }
  const number = emojiDigits(text);
  const meant = options.find(({ label }, index) => index + 1 === number || wordKey(label) === wordKey(text));
  const opening = meant === undefined ? null : readOpening(meant.data);
  if (opening?.flow === hearing.name) await tapped(turn, opening.about);
}

/** Only presses on what the person was asked count, and on the button that asks who it is. The message changes in place. */
async function pressed(turn: Turn, message: InboundMessage, data: string): Promise<void> {
  const { session, kit } = turn;
  const opening = readOpening(data);
  if (opening?.flow === hearing.name) return tapped(turn, opening.about);
  const pick = toPick(data, message.messageId);
  const answers = session.saved !== null && pick.kind === 'pick' && pick.dialog === session.saved.id;
  if (!answers && opening?.flow !== link.name) return;
  // the second tap of a double tap; pages may be turned to and fro
  const press = `${message.messageId ?? ''}|${data}`;
  if (kit.memory.lastPick === press && !data.includes('>')) return;
  kit.memory.lastPick = press;
  if (answers) await session.feed(pick);
  else if (await mayLink(turn))
    await start(turn, message, turn.places.villages.find(({ id }) => id === opening?.about)?.id ?? null);
  const [first] = session.replies;
  if (first !== undefined && message.messageId !== null) session.replies[0] = { ...first, replaces: message.messageId };
}

/** On the buttons under a notice of a hearing; of strangers nothing is kept. */
async function tapped({ ctx, kit, resident }: Turn, about: string): Promise<void> {
  const wanted = readAboutHearing(about);
  // who has only proposed something in a group, and not consented, is a stranger still
  const isStranger = resident === null || (resident.consentAt === null && kit.staff.length === 0);
  if (isStranger || wanted === null || wanted.hearingId === null) return;
  const { hearingId, act } = wanted;
  await tapInGroup(asResident(ctx, resident.id), { residentId: resident.id, hearingId, act });
}
