import type { QuietHours } from './quiet-hours.ts';

/** How fast an account may send in bulk; what is optional, some platforms need. */
export interface Pace {
  /** Messages that arrive within any second, wherever it begins. */
  readonly perSecond: number;
  /** Least time between two messages to this chat. */
  chatGapMs(chatId: string): number;
  /** One at a time, with so long a pause after each, chosen anew every time. */
  readonly gap?: { readonly minMs: number; readonly maxMs: number };
  /** What is sent in bulk waits for the rest of the hour or day; everything counts. */
  readonly caps?: { readonly perHour: number; readonly perDay: number };
  /** What is sent in bulk waits for their end. */
  readonly quietHours?: QuietHours;
}
