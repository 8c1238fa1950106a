import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createLogger } from '../../src/core/logger.ts';
import { openDatabase } from '../../src/db/open.ts';
import '../support/provided.ts';

/** Makes one migrated data folder that every test file copies: making a new one takes seconds. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sunush-template-'));
  const open = await openDatabase({
    dataDir,
    role: 'command',
    log: createLogger({ level: 'error' }),
  });
  await open.close();
  project.provide('testDatabase', { kind: 'embedded', template: dataDir });
  return () => rm(dataDir, { recursive: true, force: true });
}
