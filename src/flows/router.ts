import { randomInt } from 'node:crypto';
import { writeAudits } from '../audit/record-audit.ts';
import type { Clock } from '../core/clock.ts';
import type { AuditRow, Context, Database, Tx } from '../core/context.ts';
import type { Logger } from '../core/logger.ts';
import { DEFAULT_LOCALE, translator } from '../core/texts.ts';
import type { Saved } from '../dialog/types.ts';
import type { InboundMessage, OutboundContent } from '../messaging/contract.ts';
import { type DialogKey, isAmongOthers, personOf } from '../messaging/dialog-key.ts';
import type { Paces } from '../messaging/pace.ts';
import type { TurnHandler, TurnInput, TurnOutcome } from '../messaging/turn-runner.ts';
import type { Places, PlacesCache } from '../places/places.ts';
import { findIncomplete, type IncompleteProposal } from '../proposals/incomplete.ts';
import { findOpenQuestions, type OpenQuestion } from '../proposals/question-queries.ts';
import { addressKey, findResidentsByAddress, type Resident } from '../residents/queries.ts';
import { findMemberships, type Membership } from '../staff/queries.ts';
import { answer, type Turn } from './answering.ts';
import { TAGGED_WINDOW_MS } from './from-group.ts';
import { answerInGroup } from './in-group.ts';
import { forgetChat, type Memory } from './kit.ts';
import { RateLimit } from './rate-limit.ts';
import { asksDemographics, holdsDraft } from './reading.ts';
import { recognize } from './recognize.ts';
import { Session } from './session.ts';

export interface RouterOptions {
  readonly db: Database;
  readonly places: PlacesCache;
  /** Where files of people lie. */
  readonly mediaDir: string;
  /** How fast the channels that are on may send. */
  readonly paces: Paces;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether proposals of this channel are numbered in the TEST series. */
  readonly testSeries: (key: DialogKey) => boolean;
  /** A link that lets somebody join the staff by a code; null where no platform has such links. */
  readonly joinLink: (code: string) => string | null;
  /** A link that adds the bot to a group; null likewise. */
  readonly groupLink: () => string | null;
  /** A link to the chat with the bot alone, on the channel of the dialog; what it says there is `payload`, or begins so. */
  readonly privateLink: (key: DialogKey, payload: string) => string | null;
  /** Links that say a code which joins chats on every channel but the one of the dialog. */
  readonly joinChatLinks: (key: DialogKey, code: string) => readonly string[];
  /** Messages a minute of one person; above it one polite sentence, then silence. */
  readonly messagesPerMinute: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the turns of a moment read together. */
interface World {
  readonly places: Places;
  readonly residents: ReadonlyMap<string, Resident>;
  /** By resident. */
  readonly staff: ReadonlyMap<number, readonly Membership[]>;
  /** That wait for an answer, by resident. */
  readonly questions: ReadonlyMap<number, readonly OpenQuestion[]>;
  /** From groups, about which something is to be told, by resident. */
  readonly incomplete: ReadonlyMap<number, readonly IncompleteProposal[]>;
  /** Who did what in these turns; stored with them, in one statement. */
  readonly audits: AuditRow[];
}

/** What a turn is given and what it leaves behind: limits, expiry, what is remembered of the chat. */
export class Router implements TurnHandler<World> {
  readonly #options: RouterOptions;
  readonly #rateLimit: RateLimit;

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#rateLimit = new RateLimit(options.messagesPerMinute);
  }

  apology({ memory }: { memory: Readonly<Record<string, unknown>> }): OutboundContent {
    return { text: translator(readMemory(memory).locale ?? DEFAULT_LOCALE)('error') };
  }

  /** For somebody whose file could not be kept: the platform lost it, or it is not what it seems. */
  fileLost({ memory }: { memory: Readonly<Record<string, unknown>> }): OutboundContent {
    return { text: translator(readMemory(memory).locale ?? DEFAULT_LOCALE)('file-lost') };
  }

  async look(tx: Tx, keys: readonly DialogKey[]): Promise<World> {
    const addresses = keys.map(personOf);
    const [places, residents, staff, questions, incomplete] = await Promise.all([
      this.#options.places.read(tx),
      findResidentsByAddress(tx, addresses),
      findMemberships(tx, addresses),
      findOpenQuestions(tx, addresses),
      findIncomplete(tx, addresses),
    ]);
    // whoever has just joined a municipality that was just loaded is at home there
    const offices = [...staff.values()].flat().map(({ municipalityId }) => municipalityId);
    const all = offices.length === 0 ? places : await this.#options.places.read(tx, offices);
    return { places: all, residents, staff, questions, incomplete, audits: [] };
  }

  finish(tx: Tx, { audits }: World): Promise<void> {
    return writeAudits(tx, audits);
  }

  async handle(input: TurnInput, world: World): Promise<TurnOutcome> {
    if (input.message?.alsoKnownAs !== undefined && !world.residents.has(addressKey(personOf(input.key)))) {
      const { clock, log, db } = this.#options;
      const ctx: Context = { db, tx: input.tx, clock, log, actor: { type: 'system', job: 'chat' } };
      const theirs = await recognize(ctx, input);
      if (theirs !== null)
        return this.#answer(theirs, { ...(await this.look(input.tx, [theirs.key])), audits: world.audits });
    }
    return this.#answer(input, world);
  }

  async #answer(input: TurnInput, world: World): Promise<TurnOutcome> {
    // a turn that is rolled back must leave no trace in what it was given
    const memory = structuredClone(readMemory(input.memory));
    const { message } = input;
    if (message?.group === true) {
      const turn = this.#open(input, memory, world);
      await answerInGroup(turn, message);
      return this.#close(turn, memory);
    }
    if (message !== null && !isService(message)) {
      const verdict = this.#rateLimit.count(memory, this.#options.clock.now());
      if (verdict !== 'free') return this.#limited(input, memory, verdict);
    }
    const turn = this.#open(input, memory, world);
    if (message === null) await this.#expire(turn);
    else await answer(turn, message);
    await turn.session.resumeSuspended();
    if (message === null && isAmongOthers(input.key) && turn.session.saved === null && this.#isOverdue(input))
      forgetChat(memory);
    return this.#close(turn, memory);
  }

  #open(input: TurnInput, memory: Memory, { places, residents, staff, questions, incomplete, audits }: World): Turn {
    const { tx, key, message, saved } = input;
    const { clock, log, db } = this.#options;
    const resident = residents.get(addressKey(personOf(key))) ?? null;
    if (resident !== null) memory.locale = resident.language;
    const heardAt = memory.heardMs === undefined ? null : new Date(memory.heardMs);
    // before the turn, which may leave nothing in memory
    if (resident !== null && message !== null && !message.group && !isService(message))
      memory.heardMs = input.at.getTime();
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
      staff: (resident && staff.get(resident.id)) ?? [],
      questions: (resident && questions.get(resident.id)) ?? [],
      incomplete: (resident && incomplete.get(resident.id)) ?? [],
      mediaDir: this.#options.mediaDir,
      paces: this.#options.paces,
      testSeries: this.#options.testSeries(key),
      joinLink: this.#options.joinLink,
      groupLink: this.#options.groupLink,
      privateLink: (payload: string) => this.#options.privateLink(key, payload),
      joinChatLinks: (code: string) => this.#options.joinChatLinks(key, code),
      memory,
    };
    const session = new Session({ ctx, kit, saved, newId });
    return { input, ctx, kit, session, places, resident, heardAt };
  }

  #close({ session, places, resident, input }: Turn, memory: Memory): TurnOutcome {
    const { saved, replies } = session;
    return {
      saved,
      memory: { ...memory },
      replies,
      expiresAt: isAmongOthers(input.key)
        ? this.#expiryInGroup(saved, memory)
        : this.#expiry(saved, places, resident, input),
    };
  }

  /** Also what is remembered of whoever tagged or was told something in a group goes, when it is of no use any more. */
  #expiryInGroup(saved: Saved | null, memory: Memory): Date | null {
    if (saved === null && Object.keys(memory).length === 0) return null;
    const onlyTagged = saved === null && memory.refusedAt === undefined && memory.hintedAt === undefined;
    const ms = saved?.timeoutMs ?? (onlyTagged ? TAGGED_WINDOW_MS : DAY_MS);
    return new Date(this.#options.clock.now().getTime() + ms);
  }

  /** A question that nobody must answer waits for ever; others expire, so that a draft is not forgotten. */
  #expiry(saved: Saved | null, places: Places, resident: Resident | null, input: TurnInput): Date | null {
    if (saved === null || saved.flow === 'expired') return null;
    const villageId = resident?.villageId ?? readMemory(input.memory).villageId ?? null;
    const own = (villageId === null ? null : places.municipalityOf(villageId)) ?? places.municipalities[0];
    const days = own?.settings.dialogExpiryDays ?? 7;
    return new Date(this.#options.clock.now().getTime() + (saved.timeoutMs ?? days * 24 * 60 * 60 * 1000));
  }

  #isOverdue({ expiresAt }: TurnInput): boolean {
    return expiresAt !== null && expiresAt <= this.#options.clock.now();
  }

  #limited(input: TurnInput, memory: Memory, verdict: 'told' | { minutes: number }): TurnOutcome {
    const text =
      verdict === 'told'
        ? null
        : translator(memory.locale ?? DEFAULT_LOCALE)('rate-limit', {
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
    if (saved === null || !this.#isOverdue(input)) return;
    session.saved = null;
    if (holdsDraft(saved)) await session.start('expired', { args: { saved } });
    else if (saved.flow === 'propose' && !asksDemographics(saved.question)) session.say(session.t('question-expired'));
  }
}

/** Not from a person but about the chat. */
function isService({ content }: InboundMessage): boolean {
  return content.kind === 'blocked' || content.kind === 'unblocked' || content.kind === 'moved';
}

/** Memory is written by this router alone, in this shape. */
function readMemory(memory: Readonly<Record<string, unknown>>): Memory {
  return memory as Memory;
}

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Of a dialog: short, since it stands in every button; told apart from the last few of the same chat only. */
function newId(): string {
  return Array.from({ length: 5 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('');
}
