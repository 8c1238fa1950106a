import { randomInt } from 'node:crypto';
import { writeAudits } from '../audit/record-audit.ts';
import type { Clock } from '../core/clock.ts';
import type { AuditRow, Context, Database, Tx } from '../core/context.ts';
import type { Logger } from '../core/logger.ts';
import { cleanText } from '../core/text.ts';
import { translator } from '../core/texts.ts';
import { commandWord, controlWords } from '../core/words.ts';
import { toPick } from '../dialog/button-data.ts';
import type { Input, Saved } from '../dialog/types.ts';
import type { InboundMessage, OutboundContent } from '../messaging/contract.ts';
import { addressOf, type DialogKey } from '../messaging/dialog-key.ts';
import type { TurnHandler, TurnInput, TurnOutcome } from '../messaging/turn-runner.ts';
import type { Places, PlacesCache } from '../places/places.ts';
import { editProposalByMessage } from '../proposals/edit-proposal.ts';
import { markReachable, markUnreachable, moveAddress } from '../residents/change-address.ts';
import { addressKey, findResidentsByAddress, type Resident } from '../residents/queries.ts';
import { asResident, isNeed, type Kit, type Memory } from './kit.ts';
import type { MenuReason } from './menu.ts';
import { messageRefOf } from './propose.ts';
import { RateLimit } from './rate-limit.ts';
import { asksDemographics, holdsDraft, keepsWord, linkedVillage, menuReason, toInput } from './reading.ts';
import { Session } from './session.ts';

export interface RouterOptions {
  readonly db: Database;
  readonly places: PlacesCache;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether proposals of this channel are numbered in the TEST series. */
  readonly testSeries: (key: DialogKey) => boolean;
  /** Messages a minute of one person; above it one polite sentence, then silence. */
  readonly messagesPerMinute: number;
}

type Content<K extends InboundMessage['content']['kind']> = Extract<InboundMessage['content'], { kind: K }>;

/** What the turns of a moment read together. */
interface World {
  readonly places: Places;
  readonly residents: ReadonlyMap<string, Resident>;
  /** Who did what in these turns; stored with them, in one statement. */
  readonly audits: AuditRow[];
}

/** Everything one turn works with. */
interface Turn {
  readonly input: TurnInput;
  readonly ctx: Context;
  readonly kit: Omit<Kit, 'next'>;
  readonly session: Session;
  readonly places: Places;
  readonly resident: Resident | null;
}

/** From a message to the flow that answers it: the one place that decides what a message begins. */
export class Router implements TurnHandler<World> {
  readonly #options: RouterOptions;
  readonly #rateLimit: RateLimit;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#rateLimit = new RateLimit(options.messagesPerMinute);
  }

  apology({ memory }: { memory: Readonly<Record<string, unknown>> }): OutboundContent {
    return { text: translator(readMemory(memory).locale ?? 'ky')('error') };
  }

  async look(tx: Tx, keys: readonly DialogKey[]): Promise<World> {
    const [places, residents] = await Promise.all([
      this.#options.places.read(tx),
      findResidentsByAddress(tx, keys.map(addressOf)),
    ]);
    return { places, residents, audits: [] };
  }

  finish(tx: Tx, { audits }: World): Promise<void> {
    return writeAudits(tx, audits);
  }

  async handle(input: TurnInput, world: World): Promise<TurnOutcome> {
    const memory = readMemory(input.memory);
    const { message } = input;
    // a group is listened to only once an officer has linked it to a village
    if (message?.group === true) return { ...input, replies: [], expiresAt: null };
    if (message !== null && !isService(message)) {
      const verdict = this.#rateLimit.count(memory, this.#options.clock.now());
      if (verdict !== 'free') return this.#limited(input, memory, verdict);
    }
    const turn = this.#open(input, memory, world);
    if (message === null) await this.#expire(turn);
    else await this.#answer(turn, message);
    await turn.session.resumeSuspended();
    return this.#close(turn, memory);
  }

  #open(input: TurnInput, memory: Memory, { places, residents, audits }: World): Turn {
    const { tx, key, message, saved } = input;
    const { clock, log, db } = this.#options;
    const resident = residents.get(addressKey(addressOf(key))) ?? null;
    if (resident !== null) memory.locale = resident.language;
    const actor =
      resident === null
        ? ({ type: 'system', job: 'chat' } as const)
        : ({ type: 'resident', residentId: resident.id } as const);
    const ctx: Context = { db, tx, clock, log, actor, audits };
    const kit = {
      key,
      personName: message?.personName ?? null,
      // may change within the turn: a draft that goes on after it is shown in the new language
      get locale() {
        return memory.locale ?? null;
      },
      places,
      resident,
      testSeries: this.#options.testSeries(key),
      memory,
    };
    const session = new Session({ ctx, kit, saved, newId });
    return { input, ctx, kit, session, places, resident };
  }

  #close({ session, places, resident, input }: Turn, memory: Memory): TurnOutcome {
    const { saved, replies } = session;
    return {
      saved,
      memory: { ...memory },
      replies,
      expiresAt: this.#expiry(saved, places, resident, input),
    };
  }

  /** A question that nobody must answer waits for ever; others expire, so that a draft is not forgotten. */
  #expiry(saved: Saved | null, places: Places, resident: Resident | null, input: TurnInput): Date | null {
    if (saved === null || saved.flow === 'expired') return null;
    const villageId = resident?.villageId ?? readMemory(input.memory).villageId ?? null;
    const own = (villageId === null ? null : places.municipalityOf(villageId)) ?? places.municipalities[0];
    const days = own?.settings.dialogExpiryDays ?? 7;
    return new Date(this.#options.clock.now().getTime() + (saved.timeoutMs ?? days * 24 * 60 * 60 * 1000));
  }

  #limited(input: TurnInput, memory: Memory, verdict: 'told' | { minutes: number }): TurnOutcome {
    const text =
      verdict === 'told'
        ? null
        : translator(memory.locale ?? 'ky')('rate-limit', {
            minutes: verdict.minutes,
          });
    return {
      saved: input.saved,
      memory: { ...memory },
      expiresAt: input.expiresAt,
      replies: text === null ? [] : [{ text }],
    };
  }

  async #expire({ session, input }: Turn): Promise<void> {
    const { saved } = session;
    const overdue = input.expiresAt !== null && input.expiresAt <= this.#options.clock.now();
    if (saved === null || !overdue) return;
    session.saved = null;
    if (holdsDraft(saved)) await session.start('expired', { args: { saved } });
    else if (saved.flow === 'propose' && !asksDemographics(saved.question)) session.say(session.t('question-expired'));
  }

  async #answer(turn: Turn, message: InboundMessage): Promise<void> {
    const { content } = message;
    switch (content.kind) {
      case 'blocked':
        return markUnreachable(turn.ctx, addressOf(turn.input.key), 'blocked');
      case 'unblocked':
        return markReachable(turn.ctx, addressOf(turn.input.key));
      case 'moved':
        return moveAddress(turn.ctx, addressOf(turn.input.key), content.toChatId);
      case 'pick':
        return this.#pick(turn, message, content);
      default: {
        delete turn.kit.memory.lastPick;
        const input = await toInput(turn.input, turn.session, message);
        if (input === null) return;
        if (message.edited) return this.#edited(turn, input);
        return this.#said(turn, input);
      }
    }
  }

  async #pick({ session, kit }: Turn, message: InboundMessage, content: Content<'pick'>): Promise<void> {
    // a forgery may hold anything; what we put on a button is never longer
    const press = `${message.messageId ?? ''}|${cleanText(content.data).slice(0, 64)}`;
    // the second tap of a double tap; pages may be turned to and fro
    if (kit.memory.lastPick === press && !content.data.includes('>')) return;
    kit.memory.lastPick = press;
    const pick = toPick(content.data, message.messageId);
    const menu = session.saved?.flow === 'menu' && (pick.kind !== 'pick' || pick.dialog !== session.saved.id);
    if (session.saved === null || menu) {
      await session.start('menu', { args: { why: 'old-button-menu' satisfies MenuReason } });
    } else await session.feed(pick);
  }

  /** An edited message replaces its answer in the open dialog, or the words of the proposal that it became. */
  async #edited(turn: Turn, edited: Input): Promise<void> {
    const { session, ctx, kit, input, resident } = turn;
    if (await session.feed(edited, true)) return;
    if (edited.messageId !== undefined && edited.messageId === kit.memory.missed) return this.#said(turn, edited);
    if (resident === null || edited.messageId === undefined || edited.kind === 'unsupported' || edited.kind === 'pick')
      return;
    const text = edited.kind === 'location' ? '' : edited.text;
    if (!isNeed(text)) return;
    const changed = await editProposalByMessage(
      asResident(ctx, resident.id),
      messageRefOf(input.key, edited.messageId),
      text,
    );
    if (changed?.changed === true) session.say(session.t('my-changed', { number: changed.number }));
    else if (changed !== null) session.say(session.t('edit-closed'));
  }

  async #said(turn: Turn, input: Input): Promise<void> {
    const { session } = turn;
    if (input.kind === 'text' && (await this.#command(turn, input.text))) return;
    if (session.saved !== null) {
      await session.feed(input);
      if (!session.again) return;
      session.again = false;
    }
    await this.#begin(turn, input);
  }

  /** Slash commands interrupt anything; words only what nobody must finish. True: it was one. */
  async #command(turn: Turn, text: string): Promise<boolean> {
    const { session, kit, places } = turn;
    const slash = text.startsWith('/');
    const draft = session.saved !== null && holdsDraft(session.saved);
    const help = controlWords(text).has('menu') && !text.startsWith('/start');
    const link = session.saved === null && kit.resident === null && linkedVillage(text, places) !== null;
    const command = help ? 'help' : link ? 'start' : commandWord(text);
    if (command === null || (draft && !slash && !help)) return false;
    if (session.saved !== null && !slash && !help && keepsWord(session.saved, text)) return false;
    if (session.saved !== null && draft) {
      if (command === 'help') {
        session.say(`${session.t('help')}\n\n${session.t('help-words')}`);
      }
      if (command === 'help' || command === 'start' || command === 'propose') {
        await session.resume(session.saved);
        return true;
      }
      kit.memory.suspended = session.saved;
    }
    await this.#startCommand(turn, command, text);
    return true;
  }

  async #startCommand({ session, kit, places }: Turn, command: string, text: string): Promise<void> {
    switch (command) {
      case 'start': {
        const linked = linkedVillage(text, places);
        if (linked !== null && kit.resident === null) kit.memory.villageId = linked;
        return session.start('start');
      }
      case 'propose':
        return session.start('propose', { args: { opened: false } });
      case 'stop': {
        // who is asked whether to stop and writes «stop» has answered
        const sure = text.startsWith('/') || session.saved?.flow === 'stop';
        return session.start('stop', { args: { sure } });
      }
      case 'help':
        return session.start('menu', {
          args: { why: 'help' satisfies MenuReason },
        });
      case 'hearings':
        return session.start('menu', {
          args: { why: 'menu' satisfies MenuReason },
        });
      default:
        return session.start(command);
    }
  }

  /** Nothing is open: what does this message begin? */
  async #begin({ session, kit, places }: Turn, input: Input): Promise<void> {
    const why = menuReason(input, places);
    if (why === 'not-understood' && input.messageId !== undefined) kit.memory.missed = input.messageId;
    else delete kit.memory.missed;
    if (why === null) return session.start('propose', { args: { opened: true }, input });
    if (kit.locale === null) return session.start('start');
    return session.start('menu', { args: { why } });
  }
}

/** Not from a person but about the chat. */
function isService({ content }: InboundMessage): boolean {
  return content.kind === 'blocked' || content.kind === 'unblocked' || content.kind === 'moved';
}

/** Memory is written by this router alone, in this shape. */
function readMemory(memory: Readonly<Record<string, unknown>>): Memory {
  return structuredClone(memory) as Memory;
}

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Of a dialog: short, since it stands in every button; told apart from the last few of the same chat only. */
function newId(): string {
  return Array.from({ length: 5 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('');
}
