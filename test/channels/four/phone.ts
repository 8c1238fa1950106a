import type { AppOptions } from '../../../src/app.ts';
import type { Account } from '../../../src/messaging/account.ts';

/** A message of the bot as a person sees it, without what the channel puts around it: marks, numbers, hints. */
export interface Heard {
  readonly text: string;
  /** What can be chosen now: the labels of buttons, or of the list's lines. */
  readonly options: readonly string[];
  /** There are more than are shown. */
  readonly more: boolean;
}

/** What some channels have no way for. */
export interface Sends {
  photo(bytes: Buffer, caption: string): unknown;
  voice(bytes: Buffer): unknown;
  place(latitude: number, longitude: number): unknown;
  /** Changes the own message that has `before` in it. */
  edit(before: string, text: string): unknown;
}

/** One person with a chat of the bot. Each deed brings one event to the bot. */
export interface Phone {
  /** As the bot knows the person; it may say so to them. */
  readonly id: string;
  /** As the platform tells the bot; it may say so, too. */
  readonly name: string | null;
  says(text: string): unknown;
  /** Presses the button, or types the number, of an option under the last message that shows it. */
  chooses(label: string): unknown;
  /** Asks for the rest of a long list. */
  turnsPage(): unknown;
  /** Null: only words go. */
  readonly sends: Sends | null;
  /** All that the bot said to this person, oldest first. */
  heard(): readonly Heard[];
}

/** One channel with its platform behind it, which stays up for all the file. */
export interface Platform {
  readonly name: 'telegram' | 'whatsapp' | 'simulator' | 'terminal';
  /** What the program is started with. */
  readonly env: NodeJS.ProcessEnv;
  /** Channels that a command brings instead of those of the configuration. */
  readonly channels?: NonNullable<AppOptions['channels']>;
  /** Called once the program has started; resolves when people can write. */
  open(account: Account): Promise<void>;
  /** The same person each time. */
  phone(at: number): Phone;
  close(): Promise<void>;
}

/** Takes a message with a numbered list below it apart. `number` of a label: what to type for it. */
export function readList(message: string): Heard & { readonly numbers: ReadonlyMap<string, string> } {
  const found = lastList(message);
  if (found === null) return { text: message.trim(), options: [], more: false, numbers: new Map() };
  const numbers = new Map(
    found.lines.map((line): [string, string] => {
      const dot = line.indexOf('. ');
      return [line.slice(dot + 2), line.slice(0, dot)];
    }),
  );
  return { text: found.text.trim(), options: [...numbers.keys()], more: found.below.includes('+'), numbers };
}

/** The list stands below the text behind an empty line, with a hint behind another. */
function lastList(message: string): { text: string; lines: string[]; below: string } | null {
  const blocks = message.split('\n\n');
  for (const [back, block] of blocks.toReversed().entries()) {
    const lines = block.split('\n');
    const at = blocks.length - 1 - back;
    if (at === 0 || !lines.every((line) => /^\d+\. /.test(line))) continue;
    // a text may end with a list of its own
    if (back === 0) return null;
    return { text: blocks.slice(0, at).join('\n\n'), lines, below: blocks.slice(at + 1).join('\n\n') };
  }
  return null;
}
