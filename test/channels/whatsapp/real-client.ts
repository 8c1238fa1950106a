import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import WAWebJS, { type Client as LibraryClient, type Message } from 'whatsapp-web.js';
import { Waiting } from '../../support/whatsapp-web/waiting.ts';
import type { WhatsAppWeb } from '../../support/whatsapp-web/web.ts';

const { Client, LocalAuth } = WAWebJS;

/** The real library with what it says, in the order it said so. */
export interface RealClient {
  readonly client: LibraryClient;
  /** Names of events so far, with the state or reason where there is one: `qr`, `ready`, `disconnected LOGOUT`. */
  readonly said: readonly string[];
  /** Resolves once this was said so often. */
  says(what: string, times?: number): Promise<void>;
  /** The message with this id, as `message` or another event brought it. */
  message(id: string, event?: string): Promise<Message>;
  /** Whether `message` brought it already. */
  heard(id: string): boolean;
  /** Acks of a message in the order they were told. */
  acks(id: string): number[];
  /** The QR given last. */
  qr(): string;
  code(): string;
}

/** A folder for a browser's profile that does not outlive the test. */
export async function profileFolder(forget: (undo: () => Promise<void>) => void = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sunush-profile-'));
  forget(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Starts the library as the product is meant to; `more` are options of its `Client`. */
export function startClient(web: WhatsAppWeb, dataPath: string, more: object = {}): RealClient {
  const client = new Client({
    authStrategy: new LocalAuth({ clientId: 'bot', dataPath }),
    webVersionCache: { type: 'none' },
    authTimeoutMs: 20_000,
    puppeteer: {
      headless: true,
      executablePath: web.launcher,
      protocolTimeout: 20_000,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: ['--disable-gpu', '--no-first-run', '--disable-dev-shm-usage'],
    },
    ...more,
  });
  const heard = listen(client);
  void client.initialize().catch((error: unknown) => heard.say(`failed ${String(error)}`));
  return heard;
}

function listen(client: LibraryClient): RealClient & { say(what: string): void } {
  const waiting = new Waiting();
  const said: string[] = [];
  const messages: { event: string; message: Message }[] = [];
  const acks: { id: string; ack: number }[] = [];
  let qr = '';
  let code = '';
  const say = (what: string) => {
    said.push(what);
    waiting.changed();
  };
  for (const event of ['authenticated', 'ready', 'call']) client.on(event, () => say(event));
  for (const event of ['change_state', 'disconnected', 'auth_failure']) {
    client.on(event, (detail: unknown) => say(`${event} ${String(detail)}`));
  }
  client.on('qr', (text: string) => {
    qr = text;
    say('qr');
  });
  client.on('code', (text: string) => {
    code = text;
    say('code');
  });
  for (const event of [
    'message',
    'message_create',
    'message_ciphertext',
    'message_ciphertext_failed',
    'message_edit',
    'message_revoke_everyone',
  ]) {
    client.on(event, (message: Message) => {
      messages.push({ event, message });
      waiting.changed();
    });
  }
  client.on('message_ack', (message: Message, ack: number) => {
    acks.push({ id: message.id._serialized, ack });
    waiting.changed();
  });
  return {
    client,
    said,
    say,
    says: async (what, times = 1) => {
      await waiting.until(() => said.filter((each) => each === what).length >= times || undefined, `'${what}'`);
    },
    message: async (id, event = 'message') => {
      const fits = (each: (typeof messages)[number]) => each.event === event && each.message.id._serialized === id;
      return (await waiting.until(() => messages.find(fits), `${event} ${id}`)).message;
    },
    heard: (id) => messages.some(({ event, message }) => event === 'message' && message.id._serialized === id),
    acks: (id) => acks.filter((each) => each.id === id).map(({ ack }) => ack),
    qr: () => qr,
    code: () => code,
  };
}
