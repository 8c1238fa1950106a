import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { runAnnouncements } from '../../src/announcements/run-announcements.ts';
import { announcements } from '../../src/announcements/tables.ts';
import { StatusFile } from '../../src/channels/whatsapp/status-file.ts';
import { systemClock } from '../../src/core/clock.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenMunicipality, givenResident } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { runHere } from '../support/run-here.ts';
import type { Run } from '../support/run-sunush.ts';

describe('announce and announcements', () => {
  const database = useDatabase();
  const run = (...args: string[]): Promise<Run> => runHere(args, database.env);
  const path = (name: string) => join(database.dataDir, name);
  const write = (name: string, json: object | string) =>
    writeFileSync(path(name), typeof json === 'string' ? json : JSON.stringify(json));
  beforeAll(async () => {
    const ctx = testContext(database.db, { clock: systemClock });
    await givenMunicipality(ctx);
    await givenResident(ctx, { villageId: 'ks-upper', name: 'Айгүл' });
    await givenResident(ctx, { villageId: 'ks-lower', name: 'Бакыт' });
  });

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

  it('says where a file is no JSON, and what is wrong with one that is', async () => {
    write('a.json', '{ "kind": "other",\n  "text": { "ky": "Салам" },\n}');
    expect(await run('announce', path('a.json'))).toEqual({
      code: 1,
      out: '',
      err: `${path('a.json')} is not JSON: line 3, column 1: expected a name in quotes.\n`,
    });
    write('a.json', { kind: 'other', text: { ky: 'Салам' }, villages: ['ks-upper'], attachments: ['plan.pdf'] });
    expect(await run('announce', path('a.json'), '--json')).toEqual({
      code: 1,
      out: '',
      err: `${path('a.json')}: nothing was announced.\n  attachments[0]: plan.pdf: file not found\n  villages: unknown field\n`,
    });
    expect(await run('announce')).toMatchObject({ code: 2, out: '' });
    expect(await run('announcements', 'list', '--json')).toMatchObject({ code: 0, out: '[]\n' });
  });

  it('takes a hearing from its file to the report, and to its table', async () => {
    write('hearing.json', {
      kind: 'hearing',
      hearing: {
        kind: 'budget_draft',
        startsAt: inDays(40),
        place: { village: 'ks-upper', building: 'Клуб' },
        topic: { ky: 'Бюджет', ru: 'Бюджет', en: 'The budget' },
      },
      ladder: ['now', '7d'],
      release: true,
    });
    const announced = await run('announce', path('hearing.json'), '--json');
    expect(announced).toMatchObject({ code: 0, out: '{"id":1}\n' });
    expect(announced.err).toMatch(/^Announcement 1 is released\.\nIt goes to 2 people and 0 group\(s\)\.\n/);
    const listed = await run('announcements', 'list', '--state', 'released', 'running', '--language', 'en');
    const shown = await run('announcements', 'show', '1', '--language', 'ru');
    const hearings = await run('hearings', 'list', '--json');
    expect(listed.out).toMatch(/^1\treleased\thearing\tThe budget\t\d{4}-.*\+06:00\t.*\toperator:\w+\n$/);
    expect(shown.out).toMatch(
      /^Announcement 1: hearing, released\nHearing 1: budget_draft, planned, .*, ks-upper ru, Клуб\n/,
    );
    expect(shown.out).toMatch(/\[now\] ru\n {2}ОБЩЕСТВЕННЫЕ СЛУШАНИЯ\n/);
    expect(JSON.parse(hearings.out)).toMatchObject([{ id: 1, state: 'planned', coming: 0 }]);

    await runAnnouncements({ ctx: testContext(database.db, { clock: systemClock }), mediaDir: path('media') });
    await database.db.update(deliveries).set({ status: 'sent', settledAt: sql`now()` });
    const report = await run('announcements', 'report', '1', '--json', '--out', path('r.csv'), '--names');
    const none = { pending: 0, sending: 0, sent: 0, failed: 0, skipped: 0, canceled: 0, possiblyDoubled: 0 };
    const acks = { server: 0, delivered: 0, read: 0 };
    const dueAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+06:00$/);
    expect(JSON.parse(report.out)).toEqual({
      id: 1,
      state: 'running',
      totals: { ...none, sent: 2 },
      acks,
      sends: [
        { rung: 'now', dueAt, state: 'running', totals: { ...none, sent: 2 }, acks, reasons: {} },
        { rung: '7d', dueAt, state: 'planned', totals: none, acks, reasons: {} },
      ],
    });
    expect(readFileSync(path('r.csv'), 'utf8')).toMatch(/^билдирүү,Жөнөтүлдү,.*,Айгүл,telegram:chat-\d+$/m);
    const words = await run('announcements', 'report', '1', '--language', 'en');
    expect(words.out).toContain('village\tpending\tsending\tsent\tfailed\tskipped\tcanceled\nks-lower en\t0\t0\t1\t');
    expect(words.out).toMatch(/^send\tdue\tstate\t.*\tpossibly doubled\treasons\n/);
    expect(words.err).toBe('Announcement 1 is running: 2 sent, 0 failed.\n');
  });

  it('reports how far messages got where the platform tells', async () => {
    await database.db.update(deliveries).set({ ack: sql`(array['read', 'delivered'])[1 + id % 2]` });
    const acks = { server: 2, delivered: 2, read: 1 };
    const report = await run('announcements', 'report', '1', '--json');
    expect(JSON.parse(report.out)).toMatchObject({ acks, sends: [{ rung: 'now', acks }, {}] });
    const words = await run('announcements', 'report', '1');
    expect(words.out).toMatch(/^send\t.*\tpossibly doubled\tdelivered\tread\treasons\n.*\t2\t1\t\n/);
    expect(words.err).toBe('Announcement 1 is running: 2 sent, 2 delivered and 1 read on WhatsApp, 0 failed.\n');
    await database.db.update(deliveries).set({ ack: null });
  });

  it('holds an announcement back, lets it go on, and ends it once', async () => {
    const first = await run('announcements', 'pause', '1');
    expect(first).toEqual({ code: 0, out: '', err: 'Announcement 1 is paused.\n' });
    expect(await run('announcements', 'pause', '1')).toMatchObject({
      code: 1,
      err: "announcement 1 is 'paused': cannot be paused\n",
    });
    await database.db.update(announcements).set({ pausedBecause: 'errors' });
    expect(await run('doctor')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^FAIL {2}announcements: 1 under way, paused by too many errors: 1; /m),
    });
    expect(await run('announcements', 'resume', '1')).toMatchObject({ code: 0, err: 'Announcement 1 goes on.\n' });
    const moved = await run('hearings', 'move', '1', '--building', 'Мектеп');
    expect(moved.err).toMatch(/^Hearing 1: .*, ks-upper, Мектеп\. 2 will be told\.\n$/);
    expect(await run('hearings', 'move', '1', '--village', 'x')).toMatchObject({ code: 2 });
    expect(await run('announcements', 'cancel', '1')).toMatchObject({ code: 0 });
    expect(await run('announcements', 'cancel', '1', '--municipality', 'KS')).toMatchObject({
      code: 1,
      err: "announcement 1 is 'canceled': cannot be canceled\n",
    });
    expect(await run('hearings', 'call-off', '1', '--reason', 'Жол жабык')).toMatchObject({
      code: 0,
      err: 'Hearing 1 is called off. 2 will be told.\n',
    });
    expect(await run('announcements', 'release', '7')).toMatchObject({
      code: 1,
      err: 'announcement 7: there is none\n',
    });
  });

  it('warns before the release of a channel that takes its time, by the age of its number', async () => {
    const ctx = testContext(database.db, { clock: systemClock });
    for (let one = 0; one < 7; one++) {
      await givenResident(ctx, {
        address: { channel: 'whatsapp', account: 'bot', id: `99670000000${one}` },
        villageId: 'ks-upper',
      });
    }
    const env = { WHATSAPP_ENABLED: 'true', WHATSAPP_QUIET_HOURS: 'off' };
    const on = (...args: string[]) => runHere(args, { ...database.env, ...env });
    write('slow.json', {
      kind: 'hearing',
      hearing: {
        kind: 'jap',
        startsAt: inDays(40),
        place: { village: 'ks-upper', building: 'Клуб' },
        topic: { ky: 'План', ru: 'План', en: 'The plan' },
      },
      ladder: ['now', '30m'],
    });
    const { err, out } = await on('announce', path('slow.json'), '--json');
    const { id } = JSON.parse(out) as { id: number };
    expect(err).toMatch(
      /\nWarning: On 'whatsapp' the send 'now' takes until about \d{4}-.*\+06:00\.\nWarning: On 'whatsapp' not everybody gets the send '30m' in time\.\n$/,
    );
    const shown = await on('announcements', 'show', String(id), '--json');
    const { warnings } = JSON.parse(shown.out) as { warnings: { kind: string; until?: string }[] };
    expect(warnings).toEqual([
      { kind: 'slow-channel', channel: 'whatsapp', rung: 'now', until: expect.stringMatching(/^\d{4}-.*\+06:00$/) },
      { kind: 'channel-too-slow', channel: 'whatsapp', rung: '30m' },
    ]);
    expect(Date.parse(warnings[0]?.until ?? '') - Date.now()).toBeGreaterThan(59 * 60_000);
    const printed = await on('announcements', 'show', String(id));
    expect(printed.out).toMatch(/\nWarning: On 'whatsapp' the send 'now' takes until about .*\n.* '30m' in time\.\n$/);

    mkdirSync(path('whatsapp'));
    new StatusFile(path('whatsapp'), silentLog).set({ linkedAt: new Date(Date.now() - 20 * 86_400_000) });
    expect((await on('announcements', 'show', String(id))).out).not.toContain('Warning');
    rmSync(path('whatsapp'), { recursive: true });
    const released = await on('announcements', 'release', String(id));
    expect(released.err).toContain("\nWarning: On 'whatsapp' not everybody gets the send '30m' in time.\n");
    expect((await run('announcements', 'cancel', String(id))).code).toBe(0);
  });
});
