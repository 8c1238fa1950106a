import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backup } from '../../../src/db/backup/backup.ts';
import { restore } from '../../../src/db/backup/restore.ts';
import { type OpenDatabase, openDatabase } from '../../../src/db/open.ts';
import { spawnScript } from '../../support/child.ts';
import { databaseKind, useDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/log.ts';

const now = new Date('2026-11-22T04:00:00Z');
const ROWS = 3_000;
const things = `create table things (
  id bigint generated always as identity primary key, parent bigint references things, text text, payload json,
  at timestamptz, flag boolean, amount numeric, tags text[], raw bytea, size int generated always as (length(text)) stored)`;
const awkward = ['\\N', 'a\tb\nc\r\\d', '', 'жол – "ремонт", \'х\'; 🚰', '{"a":1}', '\\.', 'null'];

describe('backup and restore', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunush-backup-'));
  const file = join(folder, 'backup.tar.gz');
  const mediaDir = join(folder, 'media');
  const restoredMedia = join(folder, 'restored-media');
  const target = useDatabase();
  let source: OpenDatabase;

  beforeAll(async () => {
    // The source is always the embedded database, so that the postgres run of the suite crosses over.
    source = await openDatabase({ dataDir: join(folder, 'source'), role: 'command', log: silentLog });
    await source.sql.unsafe(things);
    await target.sql.unsafe(things);
    await source.sql`insert into things (parent, text, payload, at, flag, amount, tags, raw)
      select null, (${awkward}::text[])[1 + g % ${awkward.length}::int] || case when g % 2 = 0 then '' else g::text end,
        case when g % 3 = 0 then null else '{ "t": "\\u0000\\ud800" }'::json end, now() - g * interval '1.000001 hour',
        g % 2 = 0, g / 7.0, array['a,b', null, g::text], decode(md5(g::text), 'hex')
      from generate_series(1, ${ROWS}::int) g`;
    await source.sql`update things set parent = ${ROWS} - id + 1 where id <= 100`;
    await source.sql`delete from things where id = ${ROWS}::int - 500`;
    mkdirSync(join(mediaDir, 'ab'), { recursive: true });
    writeFileSync(join(mediaDir, 'ab', 'photo.jpg'), Buffer.from([0xff, 0xd8, 0, 10, 13]));
    writeFileSync(join(mediaDir, 'empty.ogg'), '');
  });
  afterAll(async () => {
    await source.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const content = (open: OpenDatabase) =>
    open.sql`select count(*)::int as count, md5(string_agg(t::text, '|' order by id)) as sum from things t`;

  it('writes one private file and never over another', async () => {
    expect(await backup(source, file, mediaDir, { now })).toEqual({ rowCount: ROWS - 1, mediaCount: 2 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file);
    await expect(backup(source, file, mediaDir, { now })).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('leaves the database to others while files are packed', async () => {
    const large = join(folder, 'large-media');
    mkdirSync(large);
    for (const name of ['1', '2', '3']) writeFileSync(join(large, name), randomBytes(16 * 1024 * 1024));
    const whole = join(folder, 'large.tar.gz');
    let ended = false;
    const writing = backup(source, whole, large, { now }).finally(() => {
      ended = true;
    });
    const size = () => statSync(`${whole}.part`, { throwIfNoEntry: false })?.size ?? 0;
    await vi.waitUntil(() => size() > 4 * 1024 * 1024, { timeout: 60_000, interval: 5 });
    await source.sql`select 1`;
    expect([ended, size() < 40 * 1024 * 1024]).toEqual([false, true]);
    await writing;
  });

  it('brings back every row, number and file', async () => {
    expect(await restore(target.open, file, restoredMedia)).toEqual({ rowCount: ROWS - 1, mediaCount: 2 });
    expect(target.open.kind).toBe(databaseKind());
    expect(await content(target.open)).toEqual(await content(source));
    expect(
      readFileSync(join(restoredMedia, 'ab', 'photo.jpg')).equals(readFileSync(join(mediaDir, 'ab', 'photo.jpg'))),
    ).toBe(true);
    expect(await target.sql`insert into things (text) values ('next') returning id::int`).toEqual([{ id: ROWS + 1 }]);
    await expect(target.sql`insert into things (parent) values (999999)`).rejects.toThrow(/foreign key/);
  });

  it('does not restore over data unless forced to', async () => {
    await expect(restore(target.open, file, restoredMedia)).rejects.toMatchObject({ code: 'conflict' });
    expect(await target.sql`select text from things where id = ${ROWS + 1}`).toEqual([{ text: 'next' }]);
    await restore(target.open, file, restoredMedia, { force: true });
    expect(await content(target.open)).toEqual(await content(source));
  });

  // Nobody else can have an embedded database open then.
  const onServer = databaseKind() === 'postgres' ? it : null;
  onServer?.('does not restore while another process uses the server', async () => {
    const child = spawnScript(new URL('../child.ts', import.meta.url), ['start'], target.env);
    await child.line('open');
    await expect(restore(target.open, file, restoredMedia, { force: true })).rejects.toMatchObject({
      code: 'already-running',
    });
  });

  it.each([
    ['cut short', (path: string) => truncateSync(path, statSync(path).size - 200)],
    ['not an archive', (path: string) => writeFileSync(path, 'hello')],
    ['of another kind', (path: string) => writeFileSync(path, gzipSync(Buffer.alloc(1024)))],
    [
      'with a path that leads out',
      (path: string) => {
        const bytes = gunzipSync(readFileSync(path));
        const at = bytes.indexOf('media/empty.ogg');
        bytes.write('media/../../ogg', at);
        writeFileSync(path, gzipSync(bytes));
      },
    ],
  ])('refuses a file that is %s and changes nothing', async (_, damage) => {
    const damaged = join(folder, 'damaged.tar.gz');
    writeFileSync(damaged, readFileSync(file));
    damage(damaged);
    const before = await content(target.open);
    await expect(restore(target.open, damaged, restoredMedia, { force: true })).rejects.toMatchObject({
      code: 'backup',
    });
    expect(await content(target.open)).toEqual(before);
  });
});
