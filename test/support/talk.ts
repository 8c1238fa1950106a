import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { createSimulatorChannel, type SimulatorChannel } from '../../src/channels/simulator/channel.ts';
import { readConfig } from '../../src/config.ts';
import { plain } from '../../src/core/text.ts';
import { translator } from '../../src/core/texts.ts';
import type { OpenDatabase } from '../../src/db/open.ts';
import { expireDialogs } from '../../src/messaging/expiry.ts';
import { type NewEvent, storeEvents } from '../../src/messaging/inbox.ts';
import { numbered } from '../../src/messaging/numbered.ts';
import type { SimulatedEvent, SimulatedMessage, UploadedFile } from '../../src/messaging/simulated-chat.ts';
import { useDatabase } from './database.ts';
import { silentLog } from './log.ts';
import { quiet } from './quiet.ts';

/** The smallest files whose type is told from their bytes. */
const FILES = {
  photo: {
    kind: 'photo',
    mime: 'image/png',
    name: 'photo.png',
    bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  },
  voice: {
    kind: 'voice',
    mime: 'audio/ogg',
    name: 'voice.ogg',
    bytes: Buffer.from(`OggS\0\x02${'\0'.repeat(22)}OpusHead${'\0'.repeat(50)}`, 'latin1'),
  },
} as const satisfies Record<string, UploadedFile>;

/** A clock that a test moves. Each thing that a person does takes ten seconds. */
export class TestClock {
  #at: number;
  constructor(instant: string) {
    this.#at = new Date(instant).getTime();
  }
  now(): Date {
    return new Date(this.#at);
  }
  pass(ms: number): void {
    this.#at += ms;
  }
}

export interface TalkOptions {
  readonly messagesPerMinute?: number;
  /** Of the configuration, beside its defaults. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The whole program in this process on a real channel, and the people who write to it. */
export class Talk {
  readonly app: App;
  readonly channel: SimulatorChannel;
  readonly clock: TestClock;
  readonly open: OpenDatabase;

  private constructor(app: App, channel: SimulatorChannel, clock: TestClock, open: OpenDatabase) {
    this.app = app;
    this.channel = channel;
    this.clock = clock;
    this.open = open;
  }

  static async start(open: OpenDatabase, dataDir: string, { env, ...options }: TalkOptions = {}): Promise<Talk> {
    const clock = new TestClock('2026-11-22T10:00:00+06:00');
    const channel = createSimulatorChannel({ dir: `${dataDir}/simulator`, clock });
    const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env }, false);
    const app = await createApp({ config, open, clock, log: silentLog, channels: [channel], ...options });
    await app.start();
    const talk = new Talk(app, channel, clock, open);
    await talk.settled();
    return talk;
  }

  as(person: string, style: Style = 'buttons'): Person {
    return new Person(this, person, style);
  }

  /** Events as a platform hands them over, on any channel; resolves once they are answered. */
  async receives(...events: NewEvent[]): Promise<void> {
    this.app.runner.wake(await storeEvents(this.open.db, events));
    await this.settled();
  }

  /** What the sweeper does every minute. */
  async sweep(): Promise<void> {
    this.app.runner.wake(await expireDialogs(this.open.db, this.clock.now()));
    await this.settled();
  }

  /** What was stored so far is like nothing that comes: people of other tests said the same, nobody is to be asked. */
  async apart(): Promise<void> {
    await this.open.db.execute(sql`update proposals set folded = ''`);
  }

  /** Every turn is over, every reply and every notice has arrived. */
  async settled(): Promise<void> {
    await this.app.runner.idle();
    await quiet(this.app.accounts);
  }
}

/** How the options of a message are shown: as buttons, or as a list where a platform has none. */
export type Style = 'buttons' | 'numbers';

/** One resident with a phone. What they do resolves to the new messages of the bot, as the chat shows them. */
export class Person {
  readonly id: string;
  readonly #talk: Talk;
  readonly #style: Style;

  constructor(talk: Talk, id: string, style: Style) {
    this.#talk = talk;
    this.id = id;
    this.#style = style;
  }

  says(text: string): Promise<string[]> {
    return this.does({ kind: 'text', text });
  }

  /** Presses the button with that label under the last message that has one. */
  taps(label: string): Promise<string[]> {
    return this.does(this.button(label));
  }

  sendsPhoto(caption = '', count = 1): Promise<string[]> {
    return this.does({ kind: 'files', files: Array.from({ length: count }, () => FILES.photo), caption });
  }

  sendsVoice(caption = ''): Promise<string[]> {
    return this.does({ kind: 'files', files: [FILES.voice], caption });
  }

  sendsPlace(latitude = 42.2, longitude = 75.7): Promise<string[]> {
    return this.does({ kind: 'location', latitude, longitude });
  }

  /** Edits the own message that has `before` in it. */
  edits(before: string, text: string): Promise<string[]> {
    const own = this.chat.findLast((message) => message.from === 'person' && plain(message.text).includes(before));
    if (own === undefined) throw new Error(`${this.id} never wrote '${before}'`);
    return this.does({ kind: 'edit', messageId: own.id, text });
  }

  /** Several: one after the other, without waiting for an answer. */
  async does(...events: SimulatedEvent[]): Promise<string[]> {
    const seen = new Set(this.chat.map(({ id }) => id));
    this.#talk.clock.pass(10_000);
    for (const event of events) await this.#talk.channel.say(this.id, event);
    await this.#talk.settled();
    return this.chat.filter(({ id, from }) => from === 'bot' && !seen.has(id)).map((one) => shown(one, this.#style));
  }

  /** The press of a button, also of one that is long answered. */
  button(label: string): Extract<SimulatedEvent, { kind: 'pick' }> {
    for (const message of this.chat.toReversed()) {
      const option = message.options.find((one) => one.label === label);
      if (option !== undefined) return { kind: 'pick', data: option.data, messageId: message.id };
    }
    throw new Error(`${this.id} was never shown a button '${label}'`);
  }

  /**
   * Plays a talk and compares it: what the person does stands after `> `: words, `[button]`, `(photo)`, `(voice)`,
   * `(place)`, `(edit before)` and the new words. All else is what the bot says; its buttons stand in brackets, and a
   * number of a proposal reads KS-NUMBER.
   */
  async plays(script: string): Promise<void> {
    const wanted = unindented(script);
    const lines: string[] = [];
    for (const line of wanted.split('\n').filter((one) => one.startsWith('> '))) {
      lines.push(line);
      const said = await this.#act(line.slice(2)).catch((error: unknown) => [`! ${String(error)}`]);
      lines.push(...said.map((text) => text.replace(/KS-2026-\d{4,}/g, 'KS-NUMBER')));
    }
    expect(lines.join('\n')).toBe(wanted);
  }

  #act(line: string): Promise<string[]> {
    const [, tap] = /^\[(.+)\]$/.exec(line) ?? [];
    if (tap !== undefined) return this.taps(tap);
    const [, what, before = '', rest = ''] = /^\((photo|voice|place|edit) ?(.*?)\) ?(.*)$/.exec(line) ?? [];
    if (what === 'photo') return this.sendsPhoto(rest);
    if (what === 'voice') return this.sendsVoice(rest);
    if (what === 'place') return this.sendsPlace();
    return what === 'edit' ? this.edits(before, rest) : this.says(line);
  }

  /** From the first hello to a number, in Kyrgyz, of Mantysh; the questions after the first proposal are declined. */
  async registers(): Promise<void> {
    await this.#talk.apart();
    await this.says('Салам');
    await this.taps('Кыргызча');
    await this.says('Мантышта көчөдө жарык жок');
    await this.taps('Макулмун');
    await this.taps('Жөнөтүү');
    await this.taps('Айтпай эле коёюн');
    await this.taps('Айтпай эле коёюн');
  }

  /** All that stands in the chat, oldest first. */
  get chat(): readonly SimulatedMessage[] {
    return this.#talk.channel.transcript(this.id);
  }

  /** All that the bot ever wrote to this person. */
  get heard(): string[] {
    return this.chat.filter(({ from }) => from === 'bot').map((one) => shown(one, this.#style));
  }
}

let events = 0;

/** A message of the simulator as its channel hands it to the inbox. */
export function textEvent(person: string, text: string) {
  const id = `event-${++events}`;
  const content = { kind: 'text', text };
  const payload = { messageId: id, sentAt: '2026-11-22T04:00:00.000Z', name: null, language: null, content };
  const key = { channel: 'simulator', account: 'local', chatId: person, personId: person } as const;
  return { ...key, eventId: `${person}-${id}`, payload };
}

/** Latin words that the bot wrote in a Kyrgyz talk; the question for the language is in all three by design. */
export function latinWords(person: Person): string[] {
  const question = translator('en')('choose-language');
  return person.heard
    .filter((text) => !text.includes(question))
    .map((text) => text.replaceAll(person.id, '').replace(/\b(KS|AB)-\d{4}-\d{4,}\b|Telegram|WhatsApp/g, ''))
    .flatMap((text) => text.match(/[a-z]+/gi) ?? []);
}

/** Every row of every table, as one text. */
export async function everything({ db }: Pick<OpenDatabase, 'db'>): Promise<string> {
  const tables = await db.execute<{ name: string }>(
    sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const rows = [];
  for (const { name } of tables) rows.push(await db.execute(sql.raw(`select '${name}' as of, t::text from ${name} t`)));
  return JSON.stringify(rows);
}

function shown({ text, options, file, list }: SimulatedMessage, style: Style): string {
  if (style === 'numbers') return plain(numbered({ text, options, ...list }, list.hint ?? ''));
  const buttons = options.length === 0 ? '' : ` [${options.map(({ label }) => label).join('|')}]`;
  return `${plain(text)}${buttons}${file === null ? '' : ` (${file.name})`}`;
}

/** Without the indentation of the test that it stands in. */
function unindented(script: string): string {
  const lines = script.replace(/^\n/, '').trimEnd().split('\n');
  const indent = Math.min(...lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent)).join('\n');
}

/** The program on this test file's own database, running from before its first test until after its last. */
export function useTalk(options: TalkOptions = {}) {
  const database = useDatabase();
  let talk: Talk | undefined;
  beforeAll(async () => {
    talk = await Talk.start(database.open, database.dataDir, options);
  });
  afterEach(() => talk?.apart());
  afterAll(() => talk?.app.stop());
  const there = () => {
    if (talk === undefined) throw new Error('the program runs only while tests run');
    return talk;
  };
  return {
    database,
    get talk() {
      return there();
    },
    as: (person: string, style?: Style) => there().as(person, style),
  };
}
