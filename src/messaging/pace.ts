import type { ChannelName } from './contract.ts';
import type { QuietHours } from './quiet-hours.ts';

/** How fast an account may send in bulk; what is optional, some platforms need. */
export interface Pace {
  /** Messages that arrive within any second, wherever it begins. */
  readonly perSecond: number;
  /** Least time between two messages to this chat. */
  chatGapMs(chatId: string): number;
  /** One at a time, with a pause after each. Replies wait for nothing, and what is not a reply waits for them. */
  readonly gap?: Gaps;
  /** What is sent in bulk waits for the rest of the hour or day; everything counts but replies. */
  readonly caps?: Caps;
  /** What is sent in bulk waits for their end. */
  readonly quietHours?: QuietHours;
  /** From when on a send in bulk is to be held back; absent: as of a platform that bears much. */
  readonly errors?: ErrorLimits;
}

/** Of the channels that are on and do not send as fast as they can. */
export type Paces = Readonly<Partial<Record<ChannelName, Pace>>>;

/** So many errors of one send in a row, or so many among the last ones. */
export interface ErrorLimits {
  readonly inARow: number;
  readonly among: { readonly errors: number; readonly last: number };
}

/** Pauses, each as long as chance wants it. */
export interface Gaps {
  /** Between two messages of bulk. */
  readonly bulk: Between;
  /** After any other message, and before what is personal. */
  readonly other: Between;
}

export interface Between {
  readonly minMs: number;
  readonly maxMs: number;
}

export interface Caps {
  readonly perHour: number;
  readonly perDay: number;
  /** Which part of them may be used then, or now, from 0 to 1; at least one message an hour and a day may go. Absent: all. */
  share?(at?: Date): number;
}
