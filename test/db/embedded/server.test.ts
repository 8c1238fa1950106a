import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectTo } from '../../../src/db/connection.ts';
import { serveSession } from '../../../src/db/embedded/server.ts';

const SILENT_MS = 2_000;
const NEW_DATABASE_MS = 60_000;

describe('serveSession', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunush-server-'));
  const path = join(folder, 'socket');
  const faults: unknown[] = [];
  let silentCount = 0;
  let session: PGlite;
  let server: { close(): Promise<void> };

  beforeAll(async () => {
    session = await PGlite.create();
    const onSilent = () => {
      silentCount += 1;
    };
    server = await serveSession({
      session,
      path,
      silentMs: SILENT_MS,
      onSilent,
      onFatal: (cause) => faults.push(cause),
    });
    const sql = client();
    await sql`create table rows (writer text)`;
    await sql.end();
  }, NEW_DATABASE_MS);
  afterAll(async () => {
    await server.close();
    await session.close();
    rmSync(folder, { recursive: true, force: true });
    expect(faults).toEqual([]);
  });

  const client = (max = 1): postgres.Sql => connectTo({ socketPath: path }, { max });
  const useClient = (max?: number) => {
    const sql = client(max);
    onTestFinished(() => sql.end({ timeout: 1 }));
    return sql;
  };
  const raw = async (): Promise<{ socket: Socket; closed: Promise<void>; received: () => Buffer }> => {
    const socket = connect(path);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {});
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    onTestFinished(() => void socket.destroy());
    return { socket, closed, received: () => Buffer.concat(chunks) };
  };
  const request = (code: number, more = 0) => {
    const bytes = Buffer.alloc(8 + more);
    bytes.writeUInt32BE(bytes.length, 0);
    bytes.writeUInt32BE(code, 4);
    return bytes;
  };

  it('answers a request for TLS with no', async () => {
    const { socket, received } = await raw();
    socket.write(request(80877103));
    await expect.poll(() => received().toString()).toBe('N');
  });

  it.each([
    ['a request to cancel', request(80877102, 8)],
    ['bytes that are no protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a length that cannot be', Buffer.alloc(64)],
  ])('closes the connection on %s and serves on', async (_, bytes) => {
    const { socket, closed } = await raw();
    socket.write(bytes);
    socket.end();
    await closed;
    expect(await useClient()`select 1 as one`).toEqual([{ one: 1 }]);
  });

  it('closes a connection that is silent in a transaction, and rolls it back', async () => {
    const silent = useClient();
    const before = silentCount;
    const ended = silent
      .begin(async (tx) => {
        await tx`insert into rows values ('silent')`;
        await new Promise((resolve) => setTimeout(resolve, 4 * SILENT_MS));
        await tx`select 1`;
      })
      .catch((error: unknown) => error);
    await expect.poll(() => silentCount).toBe(before + 1);
    expect(await useClient()`select * from rows where writer = 'silent'`).toEqual([]);
    expect(await ended).toBeInstanceOf(Error);
  });

  it('leaves a connection alone that is silent between statements', async () => {
    const idle = useClient();
    await idle`select 1`;
    const before = silentCount;
    await new Promise((resolve) => setTimeout(resolve, 2 * SILENT_MS));
    expect(await idle`select 2 as two`).toEqual([{ two: 2 }]);
    expect(silentCount).toBe(before);
  });

  it('rolls back what a vanished connection left, also a statement it never finished', async () => {
    const { socket, closed, received } = await raw();
    const part = (type: string, body: string) => {
      const bytes = Buffer.from(`${type}0000${body}`, 'latin1');
      bytes.writeUInt32BE(bytes.length - 1, 1);
      return bytes;
    };
    const hello = Buffer.from('00000000user\0postgres\0database\0postgres\0\0', 'latin1');
    hello.writeUInt32BE(hello.length, 0);
    hello.writeUInt32BE(196608, 4);
    socket.write(hello);
    await expect.poll(() => received().subarray(-6).toString('latin1')).toBe('Z\0\0\0\u0005I');
    const insert = part('P', "kept\0insert into rows values ('vanished')\0\0\0");
    socket.write(Buffer.concat([insert, part('B', '\0kept\0\0\0\0\0\0\0'), part('E', '\0\0\0\0\0'), part('H', '')]));
    await expect.poll(() => received().toString('latin1')).toContain('INSERT 0 1');
    socket.destroy();
    await closed;
    const sql = useClient();
    expect(await sql`select * from rows where writer = 'vanished'`).toEqual([]);
    expect(await sql`select name from pg_prepared_statements where name = 'kept'`).toEqual([]);
  });

  it('keeps no prepared statement of a connection that is gone', async () => {
    const watcher = useClient();
    const prepared = async () => (await watcher`select count(*)::int as n from pg_prepared_statements`)[0]?.n;
    const own = 2; // this question and the driver's own for the types of arrays
    await expect.poll(prepared).toBe(own);
    for (let round = 0; round < 5; round++) {
      const passing = client(2);
      const here = await Promise.all([1, 2, 3].map((n) => passing`select ${n}::int as n, ${round}::int as round`));
      expect(here.flat()).toEqual([1, 2, 3].map((n) => ({ n, round })));
      await passing.begin((tx) => tx`select ${round}::int + 1 as more`);
      expect(await prepared()).toBeGreaterThan(own);
      await passing.end();
      await expect.poll(prepared).toBe(own);
    }
    expect(await watcher`select 'fine' as word`).toEqual([{ word: 'fine' }]);
  });

  it('carries a large question and a large answer', async () => {
    const sql = useClient(2);
    const text = 'сунуш '.repeat(1_000_000);
    const [answers, other] = await Promise.all([sql`select ${text}::text as text`, sql`select 1 as one`]);
    expect(answers[0]?.text === text).toBe(true);
    expect(other).toEqual([{ one: 1 }]);
  });

  it('goes on after an error in the middle of a pipeline', async () => {
    const sql = useClient();
    const [failed, fine] = await Promise.all([sql`select 1 / 0`.catch(() => 'failed'), sql`select 'fine' as word`]);
    expect(failed).toBe('failed');
    expect(fine).toEqual([{ word: 'fine' }]);
  });
});
