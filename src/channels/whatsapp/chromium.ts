import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { AppError } from '../../core/errors.ts';

const USUAL_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
    '/usr/bin/chromium-headless-shell',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** Where the browser is: at the given path, else in one of the usual places. @throws {AppError} `config`, with what to do */
export async function findChromium(given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if (await isExecutable(given)) return given;
    throw new AppError('config', `WHATSAPP_CHROMIUM_PATH: there is no program at ${given}`);
  }
  for (const path of USUAL_PLACES[process.platform] ?? []) if (await isExecutable(path)) return path;
  throw new AppError(
    'config',
    'WhatsApp needs a browser, and none was found. Install one: sudo apt install chromium (elsewhere: Chrome), or say ' +
      'where it is by WHATSAPP_CHROMIUM_PATH.',
  );
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
