import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { createLogger } from '../../src/core/logger.ts';
import { openDatabase } from '../../src/db/open.ts';
import { withDatabaseName } from '../support/database-url.ts';
import { startPostgres } from '../support/postgres.ts';
import '../support/provided.ts';

/** Makes one migrated database that every test file's own is a copy of, on `TEST_DATABASE_URL` or a server of our own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await startPostgres();
  const template = `sunush_template_${randomBytes(4).toString('hex')}`;
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  const tearDown = async () => {
    await admin.unsafe(`drop database if exists ${template} with (force)`);
    await admin.end({ timeout: 5 });
    await server.stop();
  };
  try {
    await admin.unsafe(`create database ${template}`);
    const databaseUrl = withDatabaseName(server.url, template);
    const log = createLogger({ level: 'error' });
    const open = await openDatabase({
      databaseUrl,
      dataDir: tmpdir(),
      role: 'command',
      log,
    });
    await open.close();
  } catch (cause) {
    await tearDown();
    throw cause;
  }
  project.provide('testDatabase', {
    kind: 'postgres',
    adminUrl: server.url,
    template,
  });
  return tearDown;
}
