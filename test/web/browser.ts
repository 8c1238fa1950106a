import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as launcher, type Page } from 'playwright-core';

/**
 * Chromium of the registry package; nothing to install. Its own list of flags is left aside: it takes the web's
 * security away, which is what these tests look at.
 */
export async function launchBrowser(): Promise<Browser> {
  const place = await unpackedChromium();
  const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...microphone];
  const options = { executablePath: join(place, 'chromium'), args, headless: true };
  const env = { ...process.env, FONTCONFIG_FILE: join(place, 'fonts.conf') };
  const bare = { ...env, LD_LIBRARY_PATH: join(place, 'al2023', 'lib') }; // a small image lacks libraries
  return launcher.launch({ ...options, env }).catch(() => launcher.launch({ ...options, env: bare }));
}

/**
 * The package unpacks to one fixed place, for its owner only, and takes any file there for the whole browser. Here
 * each user has a place of their own, and it appears when all of it is there.
 */
async function unpackedChromium(): Promise<string> {
  const place = join(tmpdir(), `sunush-chromium-147-${userInfo().uid}`);
  if (!existsSync(place)) {
    const half = `${place}.${process.pid}`;
    await mkdir(half, { recursive: true, mode: 0o700 });
    // The package looks at these two only: where to unpack, and whether to unpack the libraries.
    await withEnvironment({ TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }, () =>
      chromium.executablePath(),
    );
    await writeFile(join(half, 'fonts.conf'), fontsOf(place));
    await rename(half, place).catch(() => rm(half, { recursive: true, force: true })); // another run was faster
  }
  return place;
}

/** The system's fonts, and where it has none those of the package: without any the browser ends itself. */
function fontsOf(place: string): string {
  const dirs = ['/usr/share/fonts', '/usr/local/share/fonts', join(place, 'fonts')].map((dir) => `<dir>${dir}</dir>`);
  return `<?xml version="1.0"?><fontconfig>${dirs.join('')}<cachedir>${join(place, 'cache')}</cachedir></fontconfig>`;
}

async function withEnvironment(changes: Record<string, string>, work: () => Promise<unknown>): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, changes);
  try {
    await work();
  } finally {
    for (const name of Object.keys(changes)) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** What went wrong in the page so far: errors of script, violations of the policy, requests to somebody else. */
export function watch(page: Page, origin: string): string[] {
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('blob:'))
      wrong.push(`asked for ${request.url()}`);
  });
  return wrong;
}
