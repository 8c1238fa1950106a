import chromium from '@sparticuz/chromium';
import { type Browser, chromium as launcher, type Page } from 'playwright-core';

/** Chromium of the registry package; nothing to install. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  // `--single-process` of the package's own list brings the whole browser down with one page.
  const args = chromium.args.filter(
    (arg) => arg !== '--single-process' && arg !== '--no-zygote' && !arg.startsWith('--headless'),
  );
  return launcher.launch({
    executablePath,
    args: [...args, '--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    headless: true,
  });
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
