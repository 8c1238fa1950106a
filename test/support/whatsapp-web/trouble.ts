import type { Launcher } from './launcher.ts';
import type { Pages } from './pages.ts';

/** How WhatsApp behaves until told otherwise. */
export interface Settings {
  /** What a request for the page gets: the page, 503, or a connection that is cut. */
  answers: 'page' | 'busy' | 'nothing';
  /** How long each of the page's scripts is on its way. */
  scriptMs: number;
  /**
   * `normally`: once the library listens, after `syncDelayMs`. `too early`: the session is there before the library
   * listens, so neither `authenticated` nor `ready` ever comes. `never`: connected, but nothing follows.
   */
  syncs: 'normally' | 'too early' | 'never';
  syncDelayMs: number;
  /**
   * What happens to a message of the bot. `fail`: ack -1. `unanswered`: it arrives, but the page never hears so.
   * `hang`: the page itself never gets as far, so `sendMessage` does not return.
   */
  sends: 'pass' | 'fail' | 'unanswered' | 'hang';
  /** How long a file is on its way up. */
  uploadMs: number;
  /**
   * Writing to a number that has no chat yet. `looked up`: only after `getNumberId`, else the page throws
   * 'No LID for user'. `refused`: it throws even then. `allowed`: always goes.
   */
  strangers: 'looked up' | 'refused' | 'allowed';
  /**
   * Messages that came while no page was open. `history`: they are in the chat and counted as unread, with no event.
   * `live`: they also come as new messages, once the page has synced.
   */
  whileAway: 'history' | 'live';
  /** The id of a chat of which the page throws where it is to load what came before; null: of none. */
  unreadableChat: string | null;
}

/** What can go wrong between the library and WhatsApp. Each resolves once the page has it. */
export class Trouble {
  readonly #settings: Settings;
  readonly #pages: Pages;
  readonly #launcher: Launcher;

  constructor(settings: Settings, pages: Pages, launcher: Launcher) {
    this.#settings = settings;
    this.#pages = pages;
    this.#launcher = launcher;
  }

  /** Changes some settings; a page that is open hears of `sends` at once. */
  set(changes: Partial<Settings>): Promise<void> {
    Object.assign(this.#settings, changes);
    return this.#pages.order('settings', { sends: this.#settings.sends });
  }

  /** The phone line is cut: the page shows TIMEOUT, what it sends stays at ack 0, news waits. */
  linkDown(): Promise<void> {
    this.#pages.linkUp = false;
    return this.#pages.order('link', { up: false });
  }

  /** CONNECTED again: what waited goes, in both directions. `readyAgain`: the library fires `ready` once more. */
  async linkUp({ readyAgain = true } = {}): Promise<void> {
    this.#pages.linkUp = true;
    const done = this.#pages.order('link', { up: true, readyAgain });
    this.#pages.releaseNews();
    await done;
  }

  reload(): Promise<void> {
    return this.#pages.order('reload');
  }

  /** The page is loaded anew while web.whatsapp.com cannot be reached; it stays so until `set({ answers: 'page' })`. */
  async reloadUnreachable(): Promise<void> {
    await this.set({ answers: 'nothing' });
    await this.reload();
  }

  /** The page's script runs in a circle and answers nothing; without `forMs` for ever. */
  hang(forMs?: number): Promise<void> {
    return this.#pages.order('hang', { forMs: forMs ?? null });
  }

  /** The QR is not renewed any more: UNPAIRED_IDLE. */
  qrGoesStale(): Promise<void> {
    return this.state('UNPAIRED_IDLE');
  }

  /** WhatsApp Web was opened elsewhere; `Socket.takeover()` takes it back. */
  conflict(): Promise<void> {
    return this.state('CONFLICT');
  }

  /** The account is blocked. */
  block(): Promise<void> {
    return this.state('TOS_BLOCK');
  }

  /** Any state of `WAState`. */
  state(state: string): Promise<void> {
    return this.#pages.order('state', { state });
  }

  /** The browser ends like one without memory. */
  killBrowser(): void {
    for (const pid of this.#launcher.browsers()) process.kill(pid, 'SIGKILL');
  }
}
