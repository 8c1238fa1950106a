import { drizzle } from 'drizzle-orm/postgres-js';
import pino from 'pino';
import postgres from 'postgres';
import type { Context } from '../../src/core/context.ts';
import { plain } from '../../src/core/text.ts';
import { toPick } from '../../src/dialog/button-data.ts';
import { turn } from '../../src/dialog/turn.ts';
import type {
  DialogWords,
  Flow,
  Input,
  MediaItem,
  Option,
  Output,
  Saved,
  TurnResult,
  World,
} from '../../src/dialog/types.ts';

/** Never connects: flows under test only hand it on. */
export const ctx: Context = {
  db: drizzle(postgres('postgres://nobody@127.0.0.1:1/none')),
  actor: { type: 'system', job: 'test' },
  clock: { now: () => new Date('2027-03-01T04:00:00Z') },
  log: pino({ level: 'silent' }),
};

export const words: DialogWords = {
  notUnderstood: 'NOT UNDERSTOOD',
  oldButton: 'OLD BUTTON',
  yes: 'Yes',
  no: 'No',
  skip: 'Skip',
  done: 'Done',
  canceled: 'CANCELED',
  formChanged: 'FORM CHANGED',
  nothingBack: 'NOTHING BACK',
};

/** One talk with one dialog. The saved state goes through JSON at every turn, as it does through the database. */
export class Talk<Kit = null> {
  flow: Flow<Kit, unknown>;
  kit: Kit;
  saved: Saved | null = null;
  last: TurnResult | null = null;
  private messages = 100;

  constructor(flow: Flow<Kit, unknown>, kit: Kit) {
    this.flow = flow;
    this.kit = kit;
  }

  /** Starts the flow, with the message that opened it where there is one. */
  start(input: Input | null = null, extra: Partial<World<Kit>> = {}): Promise<string[]> {
    this.saved = null;
    return this.give(input, extra);
  }

  text(text: string, messageId = String(this.messages++)): Promise<string[]> {
    return this.give({ kind: 'text', text, messageId });
  }

  edit(messageId: string, text: string): Promise<string[]> {
    return this.give({ kind: 'text', text, messageId }, { edited: true });
  }

  /** Presses the button with that label or option id under the last question. */
  press(name: string): Promise<string[]> {
    return this.pick(this.data(name));
  }

  pick(data: string, messageId = 'keyboard'): Promise<string[]> {
    return this.give(toPick(data, messageId));
  }

  photo(id: number, extra: { text?: string; albumId?: string; messageId?: string } = {}): Promise<string[]> {
    return this.give(photo(id, { messageId: String(this.messages++), ...extra }));
  }

  resume(): Promise<string[]> {
    return this.give(null);
  }

  async give(input: Input | null, extra: Partial<World<Kit>> = {}): Promise<string[]> {
    const result = await turn(this.flow, this.saved, input, {
      kit: this.kit,
      ctx,
      words,
      newId: () => 'd1a2',
      ...extra,
    });
    this.last = result;
    this.saved = result.saved === null ? null : (JSON.parse(JSON.stringify(result.saved)) as Saved);
    return result.replies.map(shown);
  }

  /** Data of a button under the last question. */
  data(name: string): string {
    const options = this.last?.replies.findLast((reply) => reply.options !== undefined)?.options ?? [];
    const option = options.find(({ label, data }) => label === name || data.endsWith(`:${name}`));
    if (option === undefined) throw new Error(`no button '${name}' under the last question`);
    return option.data;
  }

  get status(): string | undefined {
    return this.last?.status;
  }
}

/** A reply in one line: its text, then its options. */
export function shown({ text, options, page }: Output): string {
  const labels = options === undefined ? '' : ` [${options.map(({ label }) => label).join('|')}]`;
  return plain(text) + labels + (page === undefined ? '' : ` page ${page}`);
}

export function photo(id: number, extra: { text?: string; albumId?: string; messageId?: string } = {}): Input {
  const item: MediaItem = { id, kind: 'photo' };
  return { kind: 'media', media: [item], text: '', ...extra };
}

export function options(...ids: string[]): Option[] {
  return ids.map((id) => ({ id, label: id }));
}
