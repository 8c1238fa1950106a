import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Link, type Media, SendError } from '../../src/messaging/contract.ts';
import type { DialogKey } from '../../src/messaging/dialog-key.ts';
import { MediaWorker, removeRefusedFiles } from '../../src/messaging/media-worker.ts';
import { media } from '../../src/messaging/tables.ts';
import { truncateAll, useDatabase } from '../support/database.ts';
import { silentLog } from '../support/log.ts';
import { ScriptedChannel } from '../support/scripted-channel.ts';

const database = useDatabase();
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const OGG = Buffer.from(`OggS\0\x02${'\0'.repeat(22)}OpusHead${'\0'.repeat(50)}`, 'latin1');
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n');
const PROGRAM = Buffer.from(`4d5a90000300000004000000ffff${'00'.repeat(50)}`, 'hex');

/** A platform that keeps files; what it has under a ref it gives, an error it throws. */
class FileChannel extends ScriptedChannel implements Media {
  readonly files = new Map<string, Buffer | Error>();
  /** Called when a file is asked for; what it returns is waited for first. */
  onFetch: () => Promise<void> = async () => {};
  async fetch(ref: string): Promise<ReadableStream<Uint8Array>> {
    await this.onFetch();
    const file = this.files.get(ref) ?? new SendError('gone', 'no such file');
    if (file instanceof Error) throw file;
    return new Blob([new Uint8Array(file)]).stream();
  }
}

/** One that may be without its link. */
class LinkedChannel extends FileChannel implements Link {
  linked = true;
  async close(): Promise<void> {}
}

let channel: FileChannel;
/** Chats whose sender was told that a file could not be kept. */
let told: string[];
const dir = () => join(database.dataDir, 'media');
const run = (signal = new AbortController().signal) => {
  told = [];
  const onLost = async ({ chatId }: DialogKey) => void told.push(chatId);
  return new MediaWorker({ db: database.db, channel, dir: dir(), maxBytes: 1000, log: silentLog, onLost }).run(signal);
};

async function given(kind: 'photo' | 'voice' | 'document', file: Buffer | Error, mime = 'image/png'): Promise<number> {
  const ref = `ref-${channel.files.size}`;
  channel.files.set(ref, file);
  const address = { channel: 'telegram', account: '1', chatId: '7', personId: '7' } as const;
  const [row] = await database.db
    .insert(media)
    .values({ ...address, kind, ref, uniqueRef: ref, mime })
    .returning();
  return row?.id ?? 0;
}

async function found(id: number) {
  const [row] = await database.db.select().from(media).where(eq(media.id, id));
  return row;
}

beforeEach(async () => {
  await truncateAll(database.db);
  channel = new FileChannel();
});

describe('MediaWorker', () => {
  it('uses up no attempt while the link of the platform is down, also where it goes meanwhile', async () => {
    const linked = new LinkedChannel();
    channel = linked;
    await given('photo', new SendError('unreachable', 'the browser ended'));
    const second = await given('photo', PNG);
    channel.onFetch = async () => {
      linked.linked = false;
    };
    await run();
    expect(await found(second)).toMatchObject({ status: 'pending', attempts: 0 });
    await run();
    expect(await found(second)).toMatchObject({ status: 'pending', attempts: 0 });
    linked.linked = true;
    await run();
    expect(await found(second)).toMatchObject({ status: 'stored' });
  });

  it('stops at once while the platform stalls, and fetches the file the next time', async () => {
    const id = await given('photo', PNG);
    const stopping = new AbortController();
    channel.onFetch = () => {
      stopping.abort();
      return new Promise(() => {});
    };
    await run(stopping.signal);
    expect(await found(id)).toMatchObject({ status: 'pending', attempts: 0 });
    channel.onFetch = async () => {};
    await run();
    expect(await found(id)).toMatchObject({ status: 'stored' });
  });

  it('keeps files by what they are, readable by the program alone', async () => {
    const ids = [await given('photo', PNG), await given('voice', OGG, 'audio/ogg'), await given('document', PDF)];
    await run();
    const rows = await Promise.all(ids.map(found));
    expect(rows.map((row) => row?.status)).toEqual(['stored', 'stored', 'stored']);
    expect(rows.map((row) => row?.path?.split('.').at(-1))).toEqual(['png', 'opus', 'pdf']);
    expect(rows[0]).toMatchObject({ size: PNG.length, mime: 'image/png' });
    const path = join(dir(), rows[0]?.path ?? '');
    expect(readFileSync(path).equals(PNG)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dir()).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['a program that is called a photo', 'photo', PROGRAM, 'image/png'],
    ['a sound that is called a photo', 'photo', OGG, 'image/png'],
    ['a picture that is called a voice message', 'voice', PNG, 'audio/ogg'],
    ['a page that is called a document', 'document', Buffer.from('<script>alert(1)</script>'), 'text/html'],
    ['a file over the cap', 'document', Buffer.concat([PDF, Buffer.alloc(2000)]), 'application/pdf'],
    ['nothing at all', 'photo', Buffer.alloc(0), 'image/png'],
  ] as const)('refuses %s and leaves no file', async (_, kind, file, mime) => {
    const id = await given(kind, file, mime);
    await run();
    expect(await found(id)).toMatchObject({ status: 'refused', path: null });
    expect(told).toHaveLength(1);
    expect(readdirSync(dir()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('keeps a plain text that is sent as a document', async () => {
    const id = await given('document', Buffer.from('Көпүрө керек'), 'text/plain');
    await run();
    expect((await found(id))?.status).toBe('stored');
    expect(told).toEqual([]);
  });

  it('gives up a file that the platform has no more', async () => {
    const id = await given('photo', new SendError('gone', 'expired'));
    await run();
    expect(await found(id)).toMatchObject({ status: 'gone', path: null });
    expect(told).toHaveLength(1);
  });

  it('tells nobody of a lost file whose sender was erased while it was fetched', async () => {
    const id = await given('photo', new SendError('gone', 'expired'));
    channel.onFetch = async () => {
      await database.db.update(media).set({ chatId: '', personId: '' }).where(eq(media.id, id));
    };
    await run();
    expect(await found(id)).toMatchObject({ status: 'gone' });
    expect(told).toEqual([]);
  });

  it.each([
    ['arrives', PNG, 'stored'],
    ['is lost', new SendError('gone', 'expired'), 'gone'],
  ] as const)('keeps no handle of a file that %s after its sender was erased', async (_, file, status) => {
    const id = await given('photo', file);
    await database.db.update(media).set({ chatId: '', personId: '' }).where(eq(media.id, id));
    await run();
    expect(await found(id)).toMatchObject({ status, ref: '', uniqueRef: '' });
  });

  it('tries again later when the platform does not answer, as late as it says', async () => {
    const soon = await given('photo', new SendError('unreachable', 'cut'));
    const late = await given('photo', new SendError('throttled', 'wait', { retryAfterMs: 3_600_000 }));
    await run();
    expect(await found(soon)).toMatchObject({ status: 'pending', attempts: 1 });
    const waits = await database.db
      .select({ id: media.id, s: sql<number>`extract(epoch from ${media.nextAttemptAt} - now())::float8` })
      .from(media)
      .orderBy(media.id);
    expect(waits.find(({ id }) => id === soon)?.s).toBeLessThan(5);
    expect(waits.find(({ id }) => id === late)?.s).toBeGreaterThan(3500);
    channel.files.set('ref-0', PNG);
    await database.db.update(media).set({ nextAttemptAt: sql`now()` }).where(eq(media.id, soon));
    await run();
    expect((await found(soon))?.status).toBe('stored');
  });

  it('fetches nothing once it is told to stop', async () => {
    const id = await given('photo', PNG);
    await run(AbortSignal.abort());
    expect((await found(id))?.status).toBe('pending');
  });
});

describe('removeRefusedFiles', () => {
  it('removes files that nobody may keep, with their rows', async () => {
    const [kept, erased] = [await given('photo', PNG), await given('photo', PNG)];
    await run();
    const path = (await found(erased))?.path ?? '';
    await database.db.update(media).set({ status: 'refused' }).where(eq(media.id, erased));
    await removeRefusedFiles(database.db, dir());
    expect(existsSync(join(dir(), path))).toBe(false);
    expect(await found(erased)).toBeUndefined();
    expect((await found(kept))?.status).toBe('stored');
  });
});
