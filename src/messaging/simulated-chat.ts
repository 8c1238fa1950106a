import type { Text } from '../core/text.ts';
import type { MediaRef, OutboundContent, OutboundOption } from './contract.ts';

/** A fictional resident of the simulator. */
export interface SimulatedPerson {
  /** `[a-z0-9-]`; chat and person of the channel at once. */
  readonly id: string;
  readonly name: string;
  /** Of the person's phone, as a platform would tell it. */
  readonly language: string;
}

export interface UploadedFile {
  readonly kind: MediaRef['kind'];
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly name: string;
}

/** What a fictional resident does on the page. */
export type SimulatedEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pick'; readonly data: string; readonly messageId: string }
  /** Several files are one album. */
  | {
      readonly kind: 'files';
      readonly files: readonly UploadedFile[];
      readonly caption: string;
    }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
    }
  | {
      readonly kind: 'edit';
      readonly messageId: string;
      readonly text: string;
    };

/** `sending` until the inbox has it, then `stored`; `answered` once the bot has written after it. */
export type SimulatedState = 'sending' | 'stored' | 'answered' | 'failed';

/** A bubble. */
export interface SimulatedMessage {
  readonly id: string;
  readonly person: string;
  readonly from: 'person' | 'bot';
  /** Place in the chat: grows over all chats, also over restarts. */
  readonly seq: number;
  /** Grows with each change of any bubble: what has a higher one than the last seen is news. */
  readonly rev: number;
  readonly at: Date;
  readonly state: SimulatedState;
  readonly edited: boolean;
  readonly text: Text;
  readonly options: readonly OutboundOption[];
  readonly compact: boolean;
  /** What the look without buttons shows of it beside. */
  readonly list: Pick<OutboundContent, 'hint' | 'more' | 'page'>;
  /** Data of the button that was tapped last. */
  readonly picked: string | null;
  readonly file: {
    readonly id: string;
    readonly kind: MediaRef['kind'];
    readonly mime: string;
    readonly name: string;
  } | null;
  readonly location: {
    readonly latitude: number;
    readonly longitude: number;
  } | null;
}

/** What the page needs of the simulator's channel. */
export interface SimulatedChats {
  readonly people: readonly SimulatedPerson[];
  /**
   * Resolves once the event is stored; while nobody receives, once it is kept for the next start.
   * @throws {AppError} `invalid` for a bad event; else what storing throws
   */
  say(person: string, event: SimulatedEvent): Promise<void>;
  /** The chat as it stands, oldest first; the last 500 bubbles. */
  transcript(person: string): readonly SimulatedMessage[];
  /** Bubbles of all chats made or changed after `rev`, in the order of `seq`. */
  changesAfter(rev: number): readonly SimulatedMessage[];
  /** Calls `listener` after each change; returns how to end it. */
  subscribe(listener: (message: SimulatedMessage) => void): () => void;
  /** Where the file of a bubble lies; null: no such file. */
  findFile(id: string): {
    readonly path: string;
    readonly mime: string;
    readonly name: string;
  } | null;
}
