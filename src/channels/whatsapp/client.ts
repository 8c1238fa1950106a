import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import WAWebJS, { type Client as WhatsAppClient } from 'whatsapp-web.js';
import type { ChildOptions } from './ipc.ts';

const { Client, LocalAuth } = WAWebJS;

/** The profile on disk, which the parent alone removes: the library would do so under the running browser. */
class Profile extends LocalAuth {
  readonly #onBrowser: () => void;

  constructor(profileDir: string, onBrowser: () => void) {
    super({ clientId: basename(profileDir).replace(/^session-/, ''), dataPath: dirname(profileDir) });
    this.#onBrowser = onBrowser;
  }

  override afterBrowserInitialized = async (): Promise<void> => this.#onBrowser();
  override logout = async (): Promise<void> => {};
}

/** A client that has not begun; `onBrowser` is called once its browser runs. */
export async function createClient(options: ChildOptions, onBrowser: () => void): Promise<WhatsAppClient> {
  const userAgent = await userAgentOf(options.chromium);
  return new Client({
    authStrategy: new Profile(options.profileDir, onBrowser),
    // the default writes into the working folder, and never gets ready where it may not
    webVersionCache: { type: 'none' },
    authTimeoutMs: 60_000,
    qrMaxRetries: 0,
    takeoverOnConflict: true,
    takeoverTimeoutMs: 10_000,
    ...(userAgent === false ? {} : { userAgent }),
    ...(options.pairPhone === null
      ? {}
      : { pairWithPhoneNumber: { phoneNumber: options.pairPhone, showNotification: true } }),
    puppeteer: {
      headless: true,
      executablePath: options.chromium,
      pipe: true, // the browser ends with the process at the other end
      protocolTimeout: options.protocolTimeoutMs,
      timeout: 60_000,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [...BROWSER_ARGS, ...(options.noSandbox ? ['--no-sandbox'] : [])],
    },
  });
}

const BROWSER_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** As the browser would call itself with a window: the library's own names one from years ago. */
async function userAgentOf(chromium: string): Promise<string | false> {
  const { stdout } = await promisify(execFile)(chromium, ['--version'], { timeout: 10_000 }).catch(() => ({
    stdout: '',
  }));
  const major = /(\d+)\.\d+\.\d+/.exec(stdout)?.[1];
  if (major === undefined) return false;
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}
