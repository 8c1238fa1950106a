import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';

/**
 * The package unpacks to one fixed place, for its owner only, and takes any file there for the whole browser. Here
 * each user has a place of their own, and it appears when all of it is there.
 */
export async function unpackedChromium(): Promise<string> {
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
