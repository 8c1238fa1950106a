import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createWhatsAppChannel,
  type WhatsAppChannel,
  type WhatsAppOptions,
} from '../../../src/channels/whatsapp/channel.ts';
import type { WhatsAppTiming } from '../../../src/channels/whatsapp/timing.ts';
import type { InboundEvent, InboundMessage } from '../../../src/messaging/contract.ts';
import { silentLog } from '../../support/log.ts';
import { startWhatsAppWeb, type WhatsAppWeb } from '../../support/whatsapp-web/web.ts';

/** The adapter with the real library in a real browser, at the stand-in of WhatsApp Web. */
export interface WhatsAppStage {
  readonly web: WhatsAppWeb;
  readonly dataDir: string;
  /** Of the channel that `open` opened last. */
  readonly channel: WhatsAppChannel;
  /** What it has handed over, of all that were opened. */
  readonly inbox: InboundEvent[];
  messages(): (InboundMessage | null)[];
  /** The texts that came, in order. */
  texts(): string[];
  /** Opens a channel over the same profile, as a new start of the program would. */
  open(timing?: Partial<WhatsAppTiming>, options?: Partial<WhatsAppOptions>): Promise<WhatsAppChannel>;
  /** The phone reads the QR code; resolves when messages can go. */
  link(): Promise<void>;
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Short, so that a test waits for what happens and not for what might. */
const QUICK: Partial<WhatsAppTiming> = {
  tickMs: 50,
  watchMs: 100,
  firstPauseMs: 50,
  longestPauseMs: 500,
  answerMs: 30_000,
  exitMs: 30_000,
};

export async function whatsAppStage(timing: Partial<WhatsAppTiming> = {}): Promise<WhatsAppStage> {
  const web = await startWhatsAppWeb();
  const dataDir = await mkdtemp(join(tmpdir(), 'sunush-whatsapp-'));
  const inbox: InboundEvent[] = [];
  const known = new Set<string>();
  let lastStoredAt: Date | null = null;
  let channel: WhatsAppChannel | null = null;
  const opened = () => {
    if (channel === null) throw new Error('no channel has been opened');
    return channel;
  };
  const stage: WhatsAppStage = {
    web,
    dataDir,
    inbox,
    get channel() {
      return opened();
    },
    messages: () => inbox.map(({ payload }) => opened().read(payload)),
    texts: () =>
      stage.messages().flatMap((message) => (message?.content.kind === 'text' ? [message.content.text] : [])),
    async open(changes = {}, options = {}) {
      channel = createWhatsAppChannel({
        dataDir,
        chromium: web.launcher,
        timeZone: 'Asia/Bishkek',
        log: silentLog,
        lastStoredAt: async () => lastStoredAt,
        listUnread: async () => [],
        timing: { ...QUICK, ...timing, ...changes },
        ...options,
      });
      await channel.start(async (events) => {
        lastStoredAt = new Date();
        for (const event of events) {
          if (!known.has(event.eventId)) inbox.push(event);
          known.add(event.eventId);
        }
      });
      return channel;
    },
    async link() {
      await until(() => opened().status.state === 'qr', 'a QR code');
      await web.phone.scanQr();
      await stage.ready();
    },
    async ready() {
      await until(() => opened().linked, 'a link');
    },
    async close() {
      await channel?.close();
      await web.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await stage.open();
  return stage;
}

/** Also outside of a test, where vitest's own polling is not to be had. */
export async function until(look: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await look())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await delay(10);
  }
}

/** The private chat of a number. */
export function chatOf(number: string) {
  return { channel: 'whatsapp', account: 'bot', id: number.includes('@') ? number : `${number}@c.us` } as const;
}
