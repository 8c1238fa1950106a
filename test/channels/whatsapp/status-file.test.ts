import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readStatus, StatusFile } from '../../../src/channels/whatsapp/status-file.ts';
import { createLogger } from '../../../src/core/logger.ts';

it('a status that cannot be written is kept, said once, and written when it can be again', async () => {
  const dir = join(await mkdtemp(join(tmpdir(), 'sunush-status-')), 'whatsapp');
  await writeFile(dir, 'a file');
  const lines: string[] = [];
  const file = new StatusFile(
    dir,
    createLogger({ level: 'error', destination: { write: (line) => lines.push(line) } }),
  );
  file.take();
  file.set({ number: '996700000000' });
  expect(file.get().number).toBe('996700000000');
  expect(lines).toHaveLength(1);
  await rm(dir);
  file.write();
  expect(readStatus(dir)?.number).toBe('996700000000');
});
