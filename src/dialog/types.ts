import type { Context } from '../core/context.ts';
import type { Text } from '../core/text.ts';

/** A file in an answer: the id of the stored media row, and what it is. */
export interface MediaItem {
  readonly id: number;
  readonly kind: 'photo' | 'voice' | 'audio' | 'video' | 'document';
}

/** What a person did, as a dialog understands it. Kept in the saved state as it came, so it is small. */
export type Input =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly messageId?: string;
    }
  /** A button of a dialog that still may or may not be open. */
  | {
      readonly kind: 'pick';
      readonly dialog: string;
      readonly question: string;
      readonly option: string;
      readonly messageId?: string;
    }
  | {
      readonly kind: 'media';
      readonly media: readonly MediaItem[];
      readonly text: string;
      readonly messageId?: string;
      readonly albumId?: string;
    }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly messageId?: string;
    }
  /** Something no question can use (sticker, poll, …). */
  | { readonly kind: 'unsupported'; readonly messageId?: string };

export interface Option {
  /** `[a-z0-9_-]`, unique in its question. */
  readonly id: string;
  readonly label: string;
  /** Other spellings that count as this option when typed. */
  readonly spellings?: readonly string[];
  /** What is done with the list rather than one of it: in sight on every page where the list is a long one. */
  readonly pinned?: boolean;
  /** Data of an opening button: pressed, also long after this dialog, it begins that conversation; typed, it is an answer. */
  readonly opens?: string;
}

/** What a parser returns: the answer, or why it is not one (said before the question is asked again; null: no reason). */
export type Parsed<T> = { readonly value: T } | { readonly refuse: Text | null };

export interface AskOptions<T> {
  /** Turns words, files or a place into the answer. Pure. Without it: any text that is not empty. */
  readonly parse?: (input: Input) => Parsed<T>;
  /** Offers *skip*; the answer is then `null`. */
  readonly optional?: boolean;
  /** Silence after which the dialog expires; default days of the flow. */
  readonly timeoutMs?: number;
}

export interface ChooseOptions<T> {
  /** Takes what is no option (a typed village name, a photo, more text); `refuse` or nothing: asked again. Pure. */
  readonly other?: (input: Input) => Parsed<T>;
  readonly optional?: boolean;
  readonly timeoutMs?: number;
  /** Short labels stand side by side. */
  readonly compact?: boolean;
  /** What is said when the input is not understood; default the dialog's own sentence. */
  readonly misunderstood?: Text;
}

export interface AttachmentsOptions {
  /** Default 10. An album that begins below it is taken whole. */
  readonly max?: number;
  readonly optional?: boolean;
  readonly timeoutMs?: number;
  /** What is said in place of the prompt once there are files; `count` of them. */
  readonly added?: (count: number) => Text;
}

export interface EffectOptions {
  /**
   * For what does not rest on the answers before it (a registration after the words of a proposal): they may still be
   * edited, and albums among them completed, while its result stays as it is. Default: the effect settles them.
   */
  readonly editable?: boolean;
}

/** A conversation with one person. Questions have names; effects run once, in the turn's transaction. */
export interface Dialog {
  /** Says something; never said twice over replays. */
  say(text: Text, options?: { file?: { path: string; name: string; mime: string } }): Promise<void>;
  /** Asks for words. With `optional` the answer may be null. */
  ask<T = string>(question: string, prompt: Text, options: AskOptions<T> & { optional: true }): Promise<T | null>;
  ask<T = string>(question: string, prompt: Text, options?: AskOptions<T>): Promise<T>;
  /** Asks to choose; returns the option's id, what `other` made of the input, or `skip` where optional. */
  choose<T = never>(
    question: string,
    prompt: Text,
    options: readonly Option[],
    o?: ChooseOptions<T>,
  ): Promise<string | T>;
  confirm(question: string, prompt: Text, labels?: { yes: string; no: string }): Promise<boolean>;
  /** Collects up to `max` files, at least one unless optional; ends by *done*, by `max`, or by *skip*. */
  attachments(question: string, prompt: Text, options?: AttachmentsOptions): Promise<readonly MediaItem[]>;
  /** Touches the world: once, in the turn's transaction; no way back past it. Returns what JSON keeps of the result. */
  effect<T>(name: string, verb: (ctx: Context) => Promise<T>, options?: EffectOptions): Promise<T>;
  /** A value or a read of the database, computed once; going back stays possible, then it is computed anew. */
  remember<T>(name: string, make: (ctx: Context) => T | Promise<T>): Promise<T>;
}

/** The definition of a conversation. Reads top to bottom like the talk itself. */
export interface Flow<Kit, Args = void> {
  /** `[a-z-]`. */
  readonly name: string;
  /** Raised when the questions change; a saved dialog is then re-driven by question name. */
  readonly version: number;
  run(dialog: Dialog, kit: Kit, args: Args): Promise<void>;
}

/** Words of the dialog itself, in the person's language; given with each turn. */
export interface DialogWords {
  readonly notUnderstood: Text;
  readonly oldButton: Text;
  readonly yes: string;
  readonly no: string;
  readonly skip: string;
  readonly done: string;
  readonly canceled: Text;
  readonly formChanged: Text;
  readonly nothingBack: Text;
}

/** One message of the bot, before a channel renders it. `question` is set where an answer is awaited. */
export interface Output {
  readonly text: Text;
  readonly question?: string;
  readonly options?: readonly {
    readonly data: string;
    readonly label: string;
    readonly pinned?: boolean;
  }[];
  readonly compact?: boolean;
  readonly file?: {
    readonly path: string;
    readonly name: string;
    readonly mime: string;
  };
  /** *Back* leads from here to the question before. */
  readonly back?: true;
  /** The page of the options that is shown, from 0. */
  readonly page?: number;
  /** The platform's id of the message that this one takes the place of. */
  readonly replaces?: string;
}

/** A dialog between two turns, as JSON: small, only answers, effect results and remembered values. */
export interface Saved {
  readonly flow: string;
  readonly version: number;
  /** Of the dialog, not of the flow: stands in its buttons, so that an old keyboard is told from a new one. */
  readonly id: string;
  readonly args: unknown;
  readonly state: unknown;
  /** The question that is open. */
  readonly question: string | null;
  readonly timeoutMs: number | null;
}

export interface TurnResult {
  readonly saved: Saved | null;
  readonly replies: readonly Output[];
  /** `left`: the person went back from the first question, where nothing was said yet. */
  readonly status: 'waiting' | 'done' | 'canceled' | 'expired' | 'left';
  /**
   * False: the dialog had no use for the message and did not answer it, so the caller may (an edit of what the dialog
   * does not hold or has acted on already, a late part of such an album, a message after the end of a changed form).
   */
  readonly applied: boolean;
}

/** What a turn is given beside the message. */
export interface World<Kit> {
  /** Read anew each turn. */
  readonly kit: Kit;
  /** Handed to effects and remembers. */
  readonly ctx: Context;
  readonly words: DialogWords;
  /** The id of a new dialog: 4 to 6 of `[a-z0-9]`. */
  newId(): string;
  /** What the flow is started with; a saved dialog has its own. */
  readonly args?: unknown;
  /** True: the message is an edit of the one with its `messageId`. */
  readonly edited?: boolean;
  /** True: the person was silent for too long. */
  readonly expired?: boolean;
}
