import type { Text } from '../core/text.ts';

/** All the channels that a message may come by or have come by. */
export const CHANNEL_NAMES = ['telegram', 'whatsapp', 'simulator', 'terminal'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** Where a message goes: a chat of one of our accounts on a channel. Shown as `telegram:12345`. */
export interface ChannelAddress {
  readonly channel: ChannelName;
  /** Telegram: the bot's id. WhatsApp: `bot`. Simulator: `local`. Terminal: the NAME of `--as`. */
  readonly account: string;
  /** The platform's id of the chat. */
  readonly id: string;
}

/** What a platform handed us, before anybody has looked into it. Stored in the inbox as it came. */
export interface InboundEvent {
  readonly channel: ChannelName;
  readonly account: string;
  /** Unique within the account: a second event with this id is the same one, delivered twice. */
  readonly eventId: string;
  /** Chat and person together are the key of a dialog. */
  readonly chatId: string;
  readonly personId: string;
  /** JSON of the platform. May hold NUL and lone surrogates. */
  readonly payload: unknown;
}

/** A file that the platform keeps for us; a worker fetches it later, never the turn. */
export interface MediaRef {
  readonly kind: 'photo' | 'voice' | 'audio' | 'video' | 'document';
  /** The platform's handle, enough to fetch the file. */
  readonly ref: string;
  /** Stable over re-sends, where the platform gives such an id. */
  readonly uniqueRef: string;
  readonly mime: string | null;
  readonly fileName: string | null;
  readonly size: number | null;
}

export type InboundContent =
  | { readonly kind: 'text'; readonly text: string }
  /** A button; `data` is what we once put on it, or a forgery. */
  | { readonly kind: 'pick'; readonly data: string }
  | {
      readonly kind: 'media';
      readonly media: MediaRef;
      readonly caption: string;
      readonly albumId: string | null;
    }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
    }
  /** `own`: the person's own number, given by the platform's button. */
  | { readonly kind: 'contact'; readonly phone: string; readonly own: boolean }
  /** Sticker, poll, game, …: a person expects an answer. */
  | { readonly kind: 'unsupported'; readonly what: string }
  /** The person blocked us, or came back. No answer. */
  | { readonly kind: 'blocked' | 'unblocked' }
  | { readonly kind: 'moved'; readonly toChatId: string };

/** A message of a group that somebody answered with the tag of a proposal. */
export interface QuotedMessage {
  /** As `InboundMessage.messageId` of it would be. */
  readonly messageId: string;
  /** Who wrote it, by the id that `InboundEvent.personId` of it would carry; null: that is not told. */
  readonly personId: string | null;
  /** Another id of theirs, as `InboundMessage.alsoKnownAs`. */
  readonly alsoKnownAs?: string;
  /** Text or caption; may be empty beside a file. */
  readonly text: string;
  readonly media: MediaRef | null;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
}

/** One message of a person, the same on all channels. Text is free of control characters and lone surrogates. */
export interface InboundMessage {
  /** The platform's id of the message; an edit carries the id of the message that it changes. */
  readonly messageId: string | null;
  readonly edited: boolean;
  readonly sentAt: Date;
  /** True in a group, and in a channel that many read. */
  readonly group: boolean;
  /** What it is called there. */
  readonly groupTitle?: string;
  /** Written in the name of a group or a channel: which person it was is not told. */
  readonly anonymous?: true;
  /** Another id of the person's private chat, which the platform has told is the same person's: they may be known by it. */
  readonly alsoKnownAs?: string;
  /** True in a channel, where only those post who run it. */
  readonly readOnly?: true;
  /** In a group: what the message answers, only where it is the tag of a proposal and nothing else. */
  readonly quoted?: QuotedMessage;
  /** In a group: the id of the message of ours that it answers. */
  readonly answersUs?: string;
  /** As the person is called on the platform. */
  readonly personName: string | null;
  /** The language of the person's app, as the platform tells it. */
  readonly languageCode: string | null;
  readonly content: InboundContent;
}

/** A button, or a line of the numbered list. */
export interface OutboundOption {
  /** At most 64 bytes; comes back as `pick`. */
  readonly data: string;
  readonly label: string;
  /** True: stands below every page of a long list. */
  readonly pinned?: boolean;
}

export interface OutboundFile {
  readonly path: string;
  readonly name: string;
  readonly mime: string;
}

export interface OutboundContent {
  readonly text: Text;
  readonly options?: readonly OutboundOption[];
  /** Said below a numbered list, where a channel has no buttons. */
  readonly hint?: string;
  /** The same in a group, in place of `hint`. */
  readonly hintInGroup?: string;
  /** How to see the rest: said below a page of a numbered list. */
  readonly more?: string;
  /** True: short labels stand side by side. */
  readonly compact?: boolean;
  /**
   * Which page of a long list of options is shown, from 0. A channel that pages adds buttons whose data is the options'
   * own prefix and `>n` (`<dialog>:<question>:>2`); the answer to one is this content again with `page` and `replaces`.
   */
  readonly page?: number;
  readonly file?: OutboundFile;
  /** Sent after `file`, each as a message of its own. */
  readonly moreFiles?: readonly OutboundFile[];
  /** Part of an announcement: a platform may have a way of its own for these, which costs. */
  readonly bulk?: boolean;
  /** The message of the chat that this one answers, where a platform can show that; sent all the same if it is gone. */
  readonly answers?: string;
  /** A message of ours that this one replaces where the channel can edit (paging); else it is sent anew. */
  readonly replaces?: string;
}

/** One way of reaching residents. Everything a platform does differently is settled behind it. */
export interface Channel {
  readonly name: ChannelName;
  readonly account: string;
  /**
   * Starts receiving. `receive` resolves once the events are stored; only then is a batch confirmed to the platform.
   * Resolves when receiving has begun. Called while the lease is held, again after each take-over.
   */
  start(receive: (events: InboundEvent[]) => Promise<void>): Promise<void>;
  /** Reads a stored payload; pure. `null`: nothing for us in it. */
  read(payload: unknown): InboundMessage | null;
  /**
   * Sends one message and never retries. `mayGoOn` is asked before each call to the platform, which may come long after
   * the beginning: false, where another process sends for the account by now. @throws {SendError} whatever went wrong
   */
  send(to: ChannelAddress, content: OutboundContent, mayGoOn?: () => boolean): Promise<{ externalId: string }>;
  /** Ends receiving; sends may still go on. */
  stop(): Promise<void>;
}

/** Platforms where a message that was sent can be changed (`OutboundContent.replaces`). */
export interface Edits {
  readonly edits: true;
}

/** Channels with a program of their own behind them: without it nothing is sent, and it is ended after the last send. */
export interface Link {
  /** Whether messages can go now. While not, they wait. */
  readonly linked: boolean;
  close(): Promise<void>;
}

/** One content may become several messages of the platform; its limits count each of them. */
export interface Pieces {
  pieces(content: OutboundContent): number;
}

/** Platforms that trust an account the more, the longer it is in use. */
export interface Aging {
  /** Days since the account was first linked, then or now; null: not known, or not linked yet. */
  ageDays(at?: Date): number | null;
}

/** How far a message of ours got, as the platform tells. */
export type Ack = 'server' | 'delivered' | 'read';

/** Platforms that tell, after a send, how far the message got. */
export interface Acks {
  /** Whom to tell; called before `start`. The same may be told again, and in any order. */
  tellAcks(listener: (acks: readonly { readonly externalId: string; readonly ack: Ack }[]) => void): void;
}

/** Platforms whose chats can be searched for what we sent: they take no key that would make a repeat harmless. */
export interface SentSearch {
  /**
   * Looks in the chat for a message of ours that says `content` and is not older than `since`; `isOther` tells of an id
   * that it is another message's. Null: there is none. @throws {SendError} where the chat cannot be searched now, or
   * the message is still on its way
   */
  findSent(
    to: ChannelAddress,
    content: OutboundContent,
    args: { since: Date; isOther: (externalId: string) => Promise<boolean> },
  ): Promise<{ externalId: string } | null>;
}

/** Fetches files; used by a worker, never in a turn. */
export interface Media {
  /** @throws {SendError} `gone` when the platform has it no more, `rejected` when it is too large */
  fetch(ref: string): Promise<ReadableStream<Uint8Array>>;
}

export type SendFailure = 'unreachable' | 'throttled' | 'blocked' | 'gone' | 'moved' | 'rejected' | 'misconfigured';

export interface SendErrorOptions extends ErrorOptions {
  readonly retryAfterMs?: number;
  readonly movedTo?: string;
  readonly mayHaveArrived?: boolean;
  readonly chatOnly?: boolean;
}

/** Why a send failed, in words the sender can act on. */
export class SendError extends Error {
  override name = 'SendError' as const;
  readonly reason: SendFailure;
  /** Least wait before another attempt; null: the platform said nothing. */
  readonly retryAfterMs: number | null;
  /** The chat's new id, with `moved`. */
  readonly movedTo: string | null;
  /** The answer is lost, not the message for sure: it may have arrived. */
  readonly mayHaveArrived: boolean;
  /** With `throttled`: it is this chat that gets too many, not the account that sends too many. */
  readonly chatOnly: boolean;
  constructor(reason: SendFailure, message: string, options: SendErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.movedTo = options.movedTo ?? null;
    this.mayHaveArrived = options.mayHaveArrived ?? false;
    this.chatOnly = options.chatOnly ?? false;
  }
}
