import type { Context } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { followAddress, giveUpAddress } from '../deliveries/change-address.ts';
import { readOpening, toPick } from '../dialog/button-data.ts';
import type { Input } from '../dialog/types.ts';
import type { InboundMessage } from '../messaging/contract.ts';
import { addressOf } from '../messaging/dialog-key.ts';
import type { TurnInput } from '../messaging/turn-runner.ts';
import type { Places } from '../places/places.ts';
import { addToProposal } from '../proposals/add-to-proposal.ts';
import { rewordAnswer } from '../proposals/answer-question.ts';
import { editProposalByMessage } from '../proposals/edit-proposal.ts';
import { ProposalClosedError, QuestionClosedError } from '../proposals/errors.ts';
import { COMPLETING_FLOW } from '../proposals/store-from-group.ts';
import { MAX_TEXT_LENGTH } from '../proposals/submit-proposal.ts';
import { SenderBlockedError } from '../residents/block-resident.ts';
import { markReachable } from '../residents/change-address.ts';
import type { Resident } from '../residents/queries.ts';
import { type AnswerArgs, answersQuestion } from './answer-question.ts';
import { optionOfNotice } from './answers-notice.ts';
import { messageRefOf } from './card.ts';
import { editClosed } from './closed.ts';
import { command, commandOf, isDraft, join, joinChats } from './commands.ts';
import { addLateToQuestion, rewordedQuestion } from './hearing-late.ts';
import { attendanceWord } from './hearing-words.ts';
import { asResident, isNeed, type Kit, type Opened } from './kit.ts';
import type { MenuReason } from './menu.ts';
import { holdsDraft, joiningCode, menuReason, toInput } from './reading.ts';
import { isOpenable, type Session } from './session.ts';

type Content<K extends InboundMessage['content']['kind']> = Extract<InboundMessage['content'], { kind: K }>;

/** Everything one turn works with. */
export interface Turn {
  readonly input: TurnInput;
  readonly ctx: Context;
  readonly kit: Omit<Kit, 'next'>;
  readonly session: Session;
  readonly places: Places;
  readonly resident: Resident | null;
  /** When the person wrote before this message, by the database's clock; null: not known. */
  readonly heardAt: Date | null;
}

/** Answers one message: by the conversation that is open, or by beginning one. */
export async function answer(turn: Turn, message: InboundMessage): Promise<void> {
  const { content } = message;
  if (turn.resident?.unreachable && content.kind !== 'blocked')
    await markReachable(turn.ctx, addressOf(turn.input.key));
  switch (content.kind) {
    case 'blocked':
      await giveUpAddress(turn.ctx, addressOf(turn.input.key), 'blocked');
      return;
    case 'unblocked':
      return markReachable(turn.ctx, addressOf(turn.input.key));
    case 'moved':
      return followAddress(turn.ctx, addressOf(turn.input.key), content.toChatId);
    case 'pick':
      return pick(turn, message, content);
    default: {
      delete turn.kit.memory.lastPick;
      const input = await toInput(turn.input, turn.session, message);
      if (input === null) return;
      if (message.edited) return edited(turn, input);
      return said(turn, input);
    }
  }
}

async function pick(turn: Turn, message: InboundMessage, content: Content<'pick'>): Promise<void> {
  const { session, kit } = turn;
  // a forgery may hold anything; what we put on a button is never longer
  const press = `${message.messageId ?? ''}|${cleanText(content.data).slice(0, 64)}`;
  // the second tap of a double tap; pages may be turned to and fro
  if (kit.memory.lastPick === press && !content.data.includes('>')) return;
  kit.memory.lastPick = press;
  if (await open(turn, content.data)) return;
  const pick = toPick(content.data, message.messageId);
  const menu = session.saved?.flow === 'menu' && (pick.kind !== 'pick' || pick.dialog !== session.saved.id);
  if (session.saved === null || menu) {
    await session.start('menu', { args: { why: 'old-button-menu' satisfies MenuReason } });
  } else await session.feed(pick);
}

/** A button in a notice begins a conversation, whatever is open. False: the data is of no such button. */
async function open({ session, kit }: Turn, data: string): Promise<boolean> {
  const opening = readOpening(data);
  if (opening === null || !isOpenable(opening.flow)) return false;
  if (session.saved !== null && isDraft(session.saved)) kit.memory.suspended = session.saved;
  await session.start(opening.flow, { args: { about: opening.about } satisfies Opened });
  return true;
}

/** An edited message replaces its answer in the open dialog, or the words of the proposal that it became. */
async function edited(turn: Turn, edited: Input): Promise<void> {
  const { session, ctx, kit, input, resident } = turn;
  if (await session.feed(edited, true)) return;
  if (edited.messageId !== undefined && edited.messageId === kit.memory.missed) return said(turn, edited);
  if (resident === null || edited.messageId === undefined || edited.kind === 'unsupported' || edited.kind === 'pick')
    return;
  const text = edited.kind === 'location' ? '' : edited.text;
  if (await rewordedAnswer(turn, edited.messageId, text)) return;
  if (await rewordedQuestion(turn, edited.messageId, text)) return;
  if (!isNeed(text)) return;
  const me = asResident(ctx, resident.id);
  const changed = await editProposalByMessage(me, messageRefOf(input.key, edited.messageId), text).catch(isBlocked);
  if (changed === 'blocked') session.say(session.t('sender-blocked'));
  else if (changed?.changed === true) session.say(session.t('my-changed', { number: changed.number }));
  else if (changed !== null) session.say(editClosed(session.t, changed.status));
}

function isBlocked(error: unknown): 'blocked' {
  if (error instanceof SenderBlockedError) return 'blocked';
  throw error;
}

/** An edit of the message that answered a question of staff. False: it is none. */
async function rewordedAnswer(
  { session, ctx, kit, resident }: Turn,
  messageId: string,
  text: string,
): Promise<boolean> {
  const { answered } = kit.memory;
  if (resident === null || answered?.messageId !== messageId || text.trim() === '' || text.length > MAX_TEXT_LENGTH)
    return false;
  try {
    await rewordAnswer(asResident(ctx, resident.id), { questionId: answered.questionId, text });
  } catch (error) {
    if (!(error instanceof QuestionClosedError)) throw error;
    return false;
  }
  session.say(session.t('answer-changed'));
  return true;
}

async function said(turn: Turn, input: Input): Promise<void> {
  const { session } = turn;
  const option = await optionOfNotice(turn, input);
  if (option === null) delete turn.kit.memory.noticed;
  else if (await open(turn, option)) return;
  if (input.kind === 'text' && (await joinChats(turn, input.text))) return;
  if (asksForMissing(turn, input)) return session.start(COMPLETING_FLOW);
  if (input.kind === 'text' && ((await join(turn, input.text)) || (await command(turn, input.text)))) return;
  if (input.kind === 'media' && ((await addLatePart(turn, input)) || (await addLateToQuestion(turn, input)))) return;
  if (session.saved !== null) {
    const applied = await session.feed(input);
    if (!applied && session.saved !== null && holdsDraft(session.saved)) {
      session.say(session.t('not-added'));
      return;
    }
    if (applied && !session.again) return;
    session.again = false;
  }
  await begin(turn, input);
}

/** A part of an album whose proposal is sent already joins that. False: it is none. */
async function addLatePart(turn: Turn, { albumId, media, text }: Extract<Input, { kind: 'media' }>): Promise<boolean> {
  const { session, ctx, kit, resident } = turn;
  const { sent } = kit.memory;
  if (resident === null || albumId === undefined || sent?.albums.includes(albumId) !== true) return false;
  try {
    const mediaIds = media.map(({ id }) => id);
    const added = await addToProposal(asResident(ctx, resident.id), { proposalId: sent.proposalId, mediaIds, text });
    session.say(session.t('photo-added', { count: added.fileCount }));
  } catch (error) {
    if (error instanceof SenderBlockedError) session.say(session.t('sender-blocked'));
    else if (error instanceof ProposalClosedError) session.say(editClosed(session.t, error.status));
    else throw error;
  }
  return true;
}

/**
 * Whether somebody who proposed something in a group is asked now for what is missing: nothing is open, and what they
 * write is a greeting, a link or anything else that asks for no answer of its own.
 */
function asksForMissing(turn: Turn, input: Input): boolean {
  const { session, kit, ctx } = turn;
  if (kit.incomplete.length === 0 || (session.saved !== null && session.saved.flow !== 'menu')) return false;
  if (input.kind === 'media' || input.kind === 'location') return false;
  if (answersQuestion(kit.questions, input, ctx.clock.now())) return false;
  if (input.kind !== 'text') return true;
  const { text } = input;
  if (joiningCode(text) !== null || attendanceWord(text) !== null) return false;
  const wanted = commandOf(turn, text);
  if (text.startsWith('/')) return wanted === 'start' || wanted === 'my';
  return wanted === null ? !isNeed(text) : wanted === 'my' || wanted === 'help';
}

/** Nothing is open: what does this message begin? */
async function begin({ session, kit, places, ctx, resident }: Turn, input: Input): Promise<void> {
  if (answersQuestion(kit.questions, input, ctx.clock.now())) {
    const questions = kit.questions.map(({ id, number, question }) => ({ id, number, question }));
    return session.start('answer-question', { args: { questions, input } satisfies AnswerArgs });
  }
  const attends = input.kind === 'text' && resident !== null ? attendanceWord(input.text) : null;
  if (attends !== null) return session.start('hearing', { args: { about: attends } satisfies Opened });
  const why = menuReason(input, places);
  if ((why === 'not-understood' || why === 'hello') && input.messageId !== undefined)
    kit.memory.missed = input.messageId;
  else delete kit.memory.missed;
  if (why === null) return session.start('propose', { args: { opened: true }, input });
  if (kit.locale === null) return session.start('start');
  return session.start('menu', { args: { why } });
}
