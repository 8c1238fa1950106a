import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import type { Clock } from '../../../src/core/clock.ts';
import type { OpenDatabase } from '../../../src/db/open.ts';
import { silentLog } from '../../support/log.ts';
import { quiet } from '../../support/quiet.ts';
import type { Heard, Phone, Platform } from './phone.ts';
import { readMarks, readStored, type Stored } from './stored.ts';
import type { Talk } from './talks.ts';

/** As far as their type is told by their bytes; what follows is of no kind. */
const PHOTO = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489000000004944415478', 'hex'),
  randomBytes(60_000),
]);
const VOICE = Buffer.concat([
  Buffer.from(`OggS\0\x02${'\0'.repeat(22)}OpusHead${'\0'.repeat(50)}`, 'latin1'),
  randomBytes(9_000),
]);
/** What the files of a talk must be stored as. */
export const BYTES: Readonly<Record<string, Buffer>> = { photo: PHOTO, voice: VOICE };
/** No day ends while one channel is heard, and the next one begins on the same. */
const NOON = new Date('2026-11-22T12:00:00+06:00').getTime();
/** Where nothing is heard for so long, there is nothing to hear. */
const ANSWERED_WITHIN_MS = 30_000;
const ARRIVES_WITHIN_MS = 120_000;
const FILES_WITHIN_MS = 30_000;

/** A talk as it went on one channel. */
export interface Played {
  /** Each deed, with what the bot said to it. */
  readonly said: readonly { readonly deed: string; readonly heard: readonly Heard[] }[];
  /** What was stored by it. */
  readonly stored: Stored;
}

/** Starts the program for one channel alone, lets people talk, and ends it. A talk that the channel cannot is null. */
export async function playAll(
  platform: Platform,
  talks: readonly Talk[],
  { open, dataDir }: { open: OpenDatabase; dataDir: string },
): Promise<(Played | null)[]> {
  const began = Date.now();
  const clock: Clock = { now: () => new Date(NOON + Date.now() - began) };
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', PORT: '0', ...platform.env }, false);
  const { channels } = platform;
  const some = { messagesPerMinute: 100_000, ...(channels && { channels }) };
  const app = await createApp({ config, open, clock, log: silentLog, ...some });
  await app.start();
  try {
    const [account] = app.accounts;
    if (account === undefined) throw new Error(`there is no account of ${platform.name}`);
    await platform.open(account);
    const settled = async () => {
      await app.runner.idle();
      await quiet(app.accounts);
    };
    const stage = new Stage(open, dataDir, settled);
    const played: (Played | null)[] = [];
    let people = 0;
    for (const talk of talks) {
      const phones = [platform.phone(people++), platform.phone(people++)];
      played.push(talk.media && phones[0]?.sends === null ? null : await stage.play(talk, phones));
    }
    return played;
  } finally {
    await app.stop();
  }
}

class Stage {
  readonly #open: OpenDatabase;
  readonly #dataDir: string;
  readonly #settled: () => Promise<void>;

  constructor(open: OpenDatabase, dataDir: string, settled: () => Promise<void>) {
    this.#open = open;
    this.#dataDir = dataDir;
    this.#settled = settled;
  }

  async play(talk: Talk, phones: readonly Phone[]): Promise<Played> {
    // what people of other talks said is like nothing that comes
    await this.#open.db.execute(sql`update proposals set folded = ''`);
    const since = await readMarks(this.#open.db);
    const said: Played['said'][number][] = [];
    for (const line of talk.does.split('\n').map((one) => one.trim())) {
      if (line === '') continue;
      const [, who = '1', deed = ''] = /^(?:(\d): )?(.*)$/.exec(line) ?? [];
      const phone = phones[Number(who) - 1];
      if (phone === undefined) throw new Error(`nobody is person ${who}`);
      const heard = await this.#does(phone, deed).catch((error: unknown) => {
        throw new Error(`${talk.about}: ${line}: ${JSON.stringify(phone.heard().slice(-2))}`, { cause: error });
      });
      said.push({ deed: line, heard: heard.map((message) => withoutIds(message, phone)) });
    }
    await this.#filesStored();
    return { said, stored: await readStored(this.#open.db, since, this.#dataDir) };
  }

  async #does(phone: Phone, deed: string): Promise<readonly Heard[]> {
    const [, option] = /^\[(.+)\]$/.exec(deed) ?? [];
    if (option !== undefined) await this.#turnTo(phone, option);
    const before = phone.heard().length;
    await this.#arrives(() => act(phone, deed));
    // an event that came twice may have been taken for this one
    const deadline = performance.now() + ANSWERED_WITHIN_MS;
    while (phone.heard().length === before && performance.now() < deadline) await delay(20);
    await this.#settled();
    return phone.heard().slice(before);
  }

  async #turnTo(phone: Phone, option: string): Promise<void> {
    for (let page = 0; page < 4; page++) {
      const list = phone.heard().findLast(({ options }) => options.length > 0);
      if (list?.options.includes(option)) return;
      if (!list?.more) break;
      await this.#arrives(() => phone.turnsPage());
    }
    throw new Error(`the last list does not offer '${option}'`);
  }

  /** Waits until what was done has come in, was answered, and the answers are there. */
  async #arrives(deed: () => unknown): Promise<void> {
    const before = await this.#inbox();
    await deed();
    const deadline = performance.now() + ARRIVES_WITHIN_MS;
    for (;;) {
      const { last, waiting } = await this.#inbox();
      if (last > before.last && waiting === 0) break;
      if (performance.now() > deadline) throw new Error('it never came in');
      await delay(10);
    }
    await this.#settled();
  }

  /** `last` grows also where a person's events are erased; a row waits from before its turn until after it. */
  async #inbox(): Promise<{ last: number; waiting: number }> {
    const [row] = await this.#open.db.execute<{ last: number; waiting: number }>(sql`
      select case when is_called then last_value::int else 0 end as last,
        (select count(*)::int from inbox where status = 'new') as waiting
      from inbox_id_seq`);
    if (row === undefined) throw new Error('a sequence gave no row');
    return row;
  }

  async #filesStored(): Promise<void> {
    const deadline = performance.now() + FILES_WITHIN_MS;
    for (;;) {
      const [row] = await this.#open.db.execute<{ n: number }>(
        sql`select count(*)::int as n from media where status = 'pending'`,
      );
      if (row?.n === 0) return;
      if (performance.now() > deadline) throw new Error(`${row?.n} files were never fetched`);
      await delay(50);
    }
  }
}

async function act(phone: Phone, deed: string): Promise<void> {
  const [, option] = /^\[(.+)\]$/.exec(deed) ?? [];
  if (option !== undefined) return void (await phone.chooses(option));
  const [, what, before = '', words = ''] = /^\((photo|voice|place|edit) ?(.*?)\) ?(.*)$/.exec(deed) ?? [];
  if (what === undefined) return void (await phone.says(deed));
  const { sends } = phone;
  if (sends === null) throw new Error(`this channel cannot send a ${what}`);
  if (what === 'photo') await sends.photo(PHOTO, words);
  else if (what === 'voice') await sends.voice(VOICE);
  else if (what === 'place') await sends.place(42.2, 75.75);
  else await sends.edit(before, words);
}

const CHANNELS = /Telegram|WhatsApp|Симулятор|Simulator|Терминал|Terminal/g;

/** The channel and who the person is there are the only words of the bot that may differ. */
function withoutIds({ text, ...rest }: Heard, { id, name }: Phone): Heard {
  const lines = text.split('\n').filter((line) => name === null || !line.endsWith(`: ${name}`));
  return { ...rest, text: lines.join('\n').replaceAll(id, 'PERSON').replace(CHANNELS, 'CHANNEL') };
}
