import type { Ack, SendFailure } from '../../messaging/contract.ts';
import type { WhatsAppPayload } from './payload.ts';

/** One message to send; `text` carries WhatsApp's own marks. */
export interface Piece {
  readonly text: string;
  readonly file?: { readonly path: string; readonly name: string; readonly mime: string };
  /** The message that it answers. */
  readonly answers?: string;
}

/** A message of ours as its chat holds it. `ack` null: not at WhatsApp's server yet; `failed`: never will be. */
export interface OwnMessage {
  readonly id: string;
  readonly text: string;
  readonly fileName: string | null;
  readonly kind: 'text' | 'photo' | 'voice' | 'file';
  readonly at: Date;
  readonly ack: Ack | 'failed' | null;
}

/** How the page stands: WhatsApp's own word, such as `CONNECTED`, and whether the library hears what happens in it. */
export interface Connection {
  readonly state: string | null;
  readonly listening: boolean;
}

/** What the parent asks of the child, and what comes back. */
export interface Verbs {
  /**
   * Resolves once the page has taken the message, which is before WhatsApp has it. The same piece again, while the page
   * is still at it, is the same send.
   */
  send: { args: { chatId: string; piece: Piece }; result: { id: string } };
  /** Messages of ours in the chat since then, oldest first. */
  sentIn: { args: { chatId: string; since: Date }; result: OwnMessage[] };
  /** How far these got, of those that the page still knows. */
  acksOf: { args: { ids: string[] }; result: { id: string; ack: OwnMessage['ack'] }[] };
  /** The bytes of a file; at most `maxBytes`. */
  fetch: { args: { messageId: string; maxBytes: number }; result: Uint8Array };
  /**
   * What people wrote since then, of every chat, oldest first, and what is still unread of a chat with one person, back to
   * `unreadSince`; sent as `messages` as well as they are found. `failed`: chats that could not be read; `cut`: chats
   * that hold more than is read back.
   */
  readBack: {
    args: { since: Date; unreadSince: Date };
    result: { chats: number; failed: number; cut: number };
  };
  /** Shows people that their messages were taken. */
  seen: { args: { chatIds: string[] }; result: null };
  connection: { args: null; result: Connection };
  /** Makes the page say that it is ready, where it has missed its moment; false: it has not come so far yet. */
  rescue: { args: null; result: boolean };
  /** Closes the browser, after what is being sent or after `sendsMs`; the process ends after its answer. */
  stop: { args: { sendsMs: number }; result: null };
}
export type Verb = keyof Verbs;

/** What went wrong, as it travels between the processes. */
export interface Failure {
  readonly reason: SendFailure;
  readonly message: string;
  readonly mayHaveArrived: boolean;
}

export type Request = { [V in Verb]: { readonly id: number; readonly verb: V; readonly args: Verbs[V]['args'] } }[Verb];
export type Answer = { readonly id: number } & ({ readonly result: unknown } | { readonly failure: Failure });

/** What the child tells unasked. The library's events are hints: they may come twice, late or never. */
export type ChildEvent =
  | { readonly event: 'browser'; readonly pid: number }
  | { readonly event: 'qr' | 'code'; readonly value: string }
  | { readonly event: 'authenticated' }
  /** `me`: our own number as WhatsApp writes it. */
  | { readonly event: 'ready'; readonly me: string }
  | { readonly event: 'connection'; readonly state: string }
  | { readonly event: 'disconnected'; readonly reason: string }
  | { readonly event: 'messages'; readonly payloads: readonly WhatsAppPayload[] }
  | { readonly event: 'acks'; readonly acks: readonly { readonly id: string; readonly ack: OwnMessage['ack'] }[] }
  /** The child is about to end. */
  | { readonly event: 'failed'; readonly reason: string };

/** How the child is set up. */
export interface ChildOptions {
  readonly profileDir: string;
  readonly chromium: string;
  /** Digits; null: a QR code is shown. */
  readonly pairPhone: string | null;
  /** Chromium refuses to run as root inside its sandbox. */
  readonly noSandbox: boolean;
  /** A call of the browser may take so long; a send longer, but then the next one no longer waits for it. */
  readonly callMs: number;
  /** Whatever the browser has not answered by then is given up: no less than the longest send. */
  readonly protocolTimeoutMs: number;
}
