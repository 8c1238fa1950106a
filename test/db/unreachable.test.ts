import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { silentLog } from '../support/log.ts';
import { freePort } from '../support/postgres.ts';

describe('openDatabase, on a server that cannot be used', () => {
  it('says in one sentence that a server does not answer', async () => {
    const databaseUrl = `postgres://user:secret@127.0.0.1:${await freePort()}/sunush`;
    const options = { dataDir: tmpdir(), role: 'start', log: silentLog } as const;
    await expect(openDatabase({ databaseUrl, ...options })).rejects.toMatchObject({
      code: 'database-unreachable',
      message: expect.stringMatching(
        /^The database server at 127\.0\.0\.1:\d+\/sunush does not answer \(ECONNREFUSED\)\.$/,
      ),
    });
    await expect(openDatabase({ databaseUrl: 'mysql://localhost', ...options })).rejects.toMatchObject({
      code: 'config',
    });
  });

  it('says the same of a server that cuts the connection', async () => {
    const server = createServer((socket) => socket.destroy());
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(address && typeof address === 'object' ? address.port : 0);
      }),
    );
    try {
      const databaseUrl = `postgres://user:secret@127.0.0.1:${port}/sunush`;
      await expect(
        openDatabase({ databaseUrl, dataDir: tmpdir(), role: 'start', log: silentLog }),
      ).rejects.toMatchObject({ code: 'database-unreachable' });
    } finally {
      server.close();
    }
  });
});
