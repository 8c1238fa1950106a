import { join } from 'node:path';
import { type Browser, chromium as launcher, type Page } from 'playwright-core';
import { unpackedChromium } from '../support/chromium.ts';

/**
 * Chromium of the registry package; nothing to install. Its own list of flags is left aside: it takes the web's
 * security away, which is what these tests look at.
 */
export async function launchBrowser(): Promise<Browser> {
  const place = await unpackedChromium();
  const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', ...microphone];
  const options = { executablePath: join(place, 'chromium'), args, headless: true, timeout: 120_000 };
  const env = { ...process.env, FONTCONFIG_FILE: join(place, 'fonts.conf') };
  const bare = { ...env, LD_LIBRARY_PATH: join(place, 'al2023', 'lib') }; // a small image lacks libraries
  return launcher.launch({ ...options, env }).catch(() => launcher.launch({ ...options, env: bare }));
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
