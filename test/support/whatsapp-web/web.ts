import type { Desk } from './calls.ts';
import { selfSigned } from './certificate.ts';
import { writeLauncher } from './launcher.ts';
import { Pages } from './pages.ts';
import { Phone } from './phone.ts';
import { Acks, Sent, type SentMessage } from './sent.ts';
import { serve } from './server.ts';
import { type Settings, Trouble } from './trouble.ts';
import { World } from './world.ts';

/**
 * A stand-in of WhatsApp Web for tests: the real whatsapp-web.js opens https://web.whatsapp.com/ in a real Chromium
 * and finds this server there. The page was written from the calls of whatsapp-web.js 1.34.7, not from WhatsApp's
 * code; a name the library asks for and the page lacks throws and stands in `complaints`.
 *
 * ```ts
 * const web = await startWhatsAppWeb();
 * const client = new Client({ puppeteer: { executablePath: web.launcher, … }, authStrategy: new LocalAuth(…) });
 * client.initialize();
 * await web.phone.scanQr();                                  // once the library has the QR
 * const aida = web.phone.person('996555000001', { name: 'Аида' });
 * const id = aida.writes('Салам');                            // 'message' fires; id is its id._serialized
 * const answer = await web.sent.next();                      // what the bot sent: { id, chatId, kind, text, … }
 * web.acks.read(answer.id);                                  // by itself it comes as far as web.acks.automatic
 * web.trouble.linkDown();
 * await web.close();
 * ```
 *
 * - `phone`: QR, pairing code, unlinking; people (`writes`, `sendsPhoto`, `sendsVoice`, …, `blocksBot`), groups, own
 *   messages, channels. A person may speak as a LID: `person('996…', { lid: '77', speaksAs: 'lid' })`.
 * - `sent`, `acks`: what the bot sent, with bytes, and how far it came.
 * - `trouble`: link, reload, hang, `ready` that never fires, stale QR, states, sends that fail; `trouble.set({ … })`
 *   changes how WhatsApp behaves, see `Settings`.
 * - Chats, messages and acks outlive the browser: one that starts again finds them as history.
 * - The product is told one thing, the launcher's path as its browser; everything it does is real: name, TLS, origin,
 *   IndexedDB (where the link of the device is kept, so LocalAuth is really tested). No other host can be reached.
 */
export interface WhatsAppWeb {
  /** Path of the program to use as the browser. */
  readonly launcher: string;
  readonly phone: Phone;
  readonly sent: { readonly all: readonly SentMessage[] } & Pick<Sent, 'next' | 'waitFor' | 'to'>;
  readonly acks: Acks;
  readonly trouble: Trouble;
  /** Who was shown "typing…", in order. */
  readonly typing: Desk['typing'];
  /** Emoji the bot put on messages. */
  readonly reactions: Desk['reactions'];
  /** Ids of messages whose file was downloaded. */
  readonly downloads: readonly string[];
  /** Names the library asked for in vain and errors of the page's scripts; a test may expect none. */
  readonly complaints: readonly string[];
  /** How many messages of a chat wait to be seen by the bot. */
  unread(chatId: string): number;
  /** Process ids of browsers that were started and still run. */
  browsers(): number[];
  /** Ends the server, and any browser that was left. */
  close(): Promise<void>;
}

export interface Options extends Partial<Settings> {
  /** The bot's own number, digits only. */
  number?: string;
}

export async function startWhatsAppWeb({ number = '996700000000', ...changes }: Options = {}): Promise<WhatsAppWeb> {
  const settings: Settings = {
    answers: 'page',
    syncs: 'normally',
    syncDelayMs: 50,
    scriptMs: 0,
    sends: 'pass',
    uploadMs: 0,
    strangers: 'looked up',
    whileAway: 'history',
    unreadableChat: null,
    ...changes,
  };
  const world = new World({ number: `${number}@c.us`, lid: `9${number}9@lid`, name: 'Сунуш' });
  const pages = new Pages();
  const sent = new Sent(world);
  const acks = new Acks(world, pages);
  const desk: Desk = { world, pages, sent, acks, settings, complaints: [], typing: [], reactions: [] };
  const certificate = selfSigned('web.whatsapp.com');
  const server = await serve(desk, certificate);
  const launcher = await writeLauncher({ port: server.port, spki: certificate.spki });
  return {
    launcher: launcher.path,
    phone: new Phone(desk),
    sent,
    acks,
    trouble: new Trouble(settings, pages, launcher),
    typing: desk.typing,
    reactions: desk.reactions,
    downloads: world.downloads,
    complaints: desk.complaints,
    unread: (chatId) => world.chats.get(world.chatIdOf(chatId))?.unread ?? 0,
    browsers: () => launcher.browsers(),
    async close() {
      await launcher.remove();
      await server.close();
    },
  };
}
