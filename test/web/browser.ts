import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as launcher, type Page } from 'playwright-core';

/**
 * Chromium of the registry package; nothing to install. Its own list of flags is left aside: it takes the web's
 * security away, which is what these tests look at.
 */
export async function launchBrowser(): Promise<Browser> {
  const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...microphone];
  return launcher.launch({ executablePath: await unpackedChromium(), args, headless: true });
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
    const before = process.env.TMPDIR;
    process.env.TMPDIR = half;
    try {
      await chromium.executablePath();
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    await rename(half, place).catch(() => rm(half, { recursive: true, force: true })); // another run was faster
  }
  return join(place, 'chromium');
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
