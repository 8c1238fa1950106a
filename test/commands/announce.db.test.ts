import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAnnouncement, listFiles, listRungs } from '../../src/announcements/queries.ts';
import { announceFile, describeStored } from '../../src/commands/announce.ts';
import type { Context } from '../../src/core/context.ts';
import { getHearing } from '../../src/hearings/queries.ts';
import type { Paces } from '../../src/messaging/pace.ts';
import { loadPlaces, type Municipality } from '../../src/places/places.ts';
import { municipalities } from '../../src/places/tables.ts';
import { fixedClock, testContext, useDatabase } from '../support/database.ts';
import { givenMunicipality, givenResident } from '../support/given.ts';

const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'sunush-announce-'));
const mediaDir = join(folder, 'media');
let ctx: Context;
let municipality: Municipality;

beforeAll(async () => {
  const actor = { type: 'operator', name: 'root' } as const;
  ctx = testContext(database.db, { actor, clock: fixedClock('2027-04-01T12:00:00+06:00') });
  municipality = await givenMunicipality(ctx);
  await givenResident(ctx, { villageId: 'ks-upper' });
  await givenResident(ctx, { villageId: 'ks-upper' });
  writeFileSync(join(folder, 'долбоор.pdf'), '%PDF-1.4\n%%EOF\n');
  writeFileSync(join(folder, 'note.txt'), 'Эскертүү');
});
afterAll(() => rmSync(folder, { recursive: true }));

const hearing = (village = 'ks-upper') => ({
  kind: 'hearing',
  hearing: {
    kind: 'jap',
    startsAt: '2027-04-20T10:00:00+06:00',
    place: { village, building: 'Клуб' },
    topic: { ky: 'План', ru: 'План', en: 'The plan' },
    draft: { file: 'долбоор.pdf' },
    proposalsUntil: '2027-04-18',
  },
  audience: { villages: [village] },
  ladder: ['now', '30d', '1d', '12h'],
  attachments: [join(folder, 'note.txt'), 'долбоор.pdf'],
});

function announce(raw: object, of = municipality, paces: Paces = {}) {
  return announceFile(ctx, { path: join(folder, 'a.json'), raw, municipality: of, mediaDir, paces });
}

/** What a file leaves behind. */
async function left(): Promise<string> {
  const [row] = await database.sql<{ counts: string }[]>`
    select concat_ws(' ', (select count(*) from hearings), (select count(*) from announcements),
      (select count(*) from announcement_rungs), (select count(*) from media), (select count(*) from audit_log)) as counts`;
  const files = existsSync(mediaDir) ? readdirSync(mediaDir, { recursive: true, withFileTypes: true }) : [];
  return `${row?.counts} ${files.filter((one) => one.isFile()).length}`;
}

describe('announceFile', () => {
  it('names every mistake and every file that is not right, and leaves nothing', async () => {
    const before = await left();
    mkdirSync(join(folder, 'folder.pdf'));
    writeFileSync(join(folder, 'empty.pdf'), '');
    writeFileSync(join(folder, 'large.pdf'), '');
    truncateSync(join(folder, 'large.pdf'), 50 * 1024 * 1024 + 1);
    const raw = { ...hearing('x'), attachments: ['no.pdf', 'folder.pdf', 'empty.pdf', 'large.pdf', 'note.txt'] };
    const path = join(folder, 'a.json');
    await expect(announce({ ...raw, colour: 1 })).rejects.toMatchObject({
      code: 'file',
      message: [
        `${path}: nothing was announced.`,
        "  hearing.place.village: there is no village 'x': expected one of ks-upper, ks-lower",
        "  audience.villages[0]: there is no village 'x': expected one of ks-upper, ks-lower",
        '  attachments[0]: no.pdf: file not found',
        '  attachments[1]: folder.pdf: not a file',
        '  attachments[2]: empty.pdf: the file is empty',
        '  attachments[3]: large.pdf: the file has 50.1 MB: expected at most 50',
        '  colour: unknown field',
      ].join('\n'),
    });
    expect(await left()).toBe(before);
  });

  it('leaves neither row nor file where the announcement cannot be sent', async () => {
    const before = await left();
    const text = { ky: 'ө'.repeat(3_500), ru: 'ы' };
    const raw = { ...hearing('ks-lower'), text, ladder: ['30d'], release: true };
    const long = { ...raw.hearing, place: { village: 'ks-lower', building: 'к'.repeat(300) } };
    await expect(announce({ ...raw, hearing: long })).rejects.toThrow(
      /audience: there is nobody[\s\S]*|ladder: no send/,
    );
    await expect(announce(raw)).rejects.toThrow(
      `${join(folder, 'a.json')}: nothing was announced.\n` +
        '  ladder: no send is left, all of them are past.\n' +
        '  audience: there is nobody in it to whom the announcement would go.',
    );
    expect(await left()).toBe(before);
  });

  it('leaves neither row nor file where one of the files cannot be copied', async () => {
    const before = await left();
    writeFileSync(join(folder, 'media-is-a-file'), '');
    const o = { path: join(folder, 'a.json'), raw: hearing(), municipality, mediaDir: join(folder, 'media-is-a-file') };
    await expect(announceFile(ctx, { ...o, paces: {} })).rejects.toThrow(/долбоор\.pdf cannot be copied/);
    expect(await left()).toBe(before);
  });

  it('stores hearing, files and announcement, and releases it', async () => {
    const stored = await announce({ ...hearing(), release: true });
    const announcement = await getAnnouncement(database.db, stored.id);
    expect(announcement).toMatchObject({
      state: 'released',
      preparedBy: 'operator:root',
      releasedBy: 'operator:root',
      audience: { villages: ['ks-upper'], languages: [], channels: [], groups: [] },
    });
    const planned = await getHearing(database.db, announcement.hearingId ?? 0);
    expect(planned).toMatchObject({ building: 'Клуб', proposalsUntil: new Date('2027-04-18T23:59:00+06:00') });
    const [note, draft, ...more] = await listFiles(database.db, announcement);
    expect(more).toEqual([]);
    expect(note).toMatchObject({
      fileName: 'note.txt',
      mime: 'text/plain',
      kind: 'document',
      status: 'stored',
      size: 16,
    });
    expect(draft).toMatchObject({ id: planned.draftMediaId, fileName: 'долбоор.pdf', mime: 'application/pdf' });
    expect(readFileSync(join(mediaDir, note?.path ?? ''), 'utf8')).toBe('Эскертүү');
    const rungs = await listRungs(database.db, stored.id);
    expect(rungs.map(({ rung }) => rung)).toEqual(['now', '1d', '12h']);
    expect(describeStored(stored, municipality)).toEqual([
      `Announcement ${stored.id} is released.`,
      'It goes to 2 people and 0 group(s).',
      '  now\t2027-04-01T12:00:00+06:00',
      '  1d\t2027-04-19T10:00:00+06:00',
      '  12h\t2027-04-20T08:00:00+06:00',
      "Warning: The send '30d' is past already and is left out.",
      "Warning: The send '12h' falls into quiet hours and waits for their end.",
    ]);
  });

  it('prepares what is not to be released, and warns of languages and the notice period', async () => {
    const soon = { ...hearing().hearing, startsAt: '2027-04-05T10:00:00+06:00', proposalsUntil: '2027-04-05' };
    const raw = { ...hearing(), hearing: soon, text: { ru: 'Слушания' }, ladder: ['now'], attachments: [] };
    const stored = await announce(raw);
    expect(await getAnnouncement(database.db, stored.id)).toMatchObject({ state: 'prepared', releasedBy: null });
    expect(describeStored(stored, municipality)).toEqual([
      `Announcement ${stored.id} is prepared. To send it: announcements release ${stored.id}`,
      'It goes to 2 people and 0 group(s).',
      '  now\twhen it is released',
      "Warning: There are no words in 'ky': who speaks it reads 'ru'.",
      "Warning: There are no words in 'en': who speaks it reads 'ru'.",
      'Warning: The hearing is 4 day(s) after the first send; the rule of the municipality is 10 at least.',
    ]);
  });

  it('warns of a channel that takes its time, and of what comes too late there', async () => {
    const slow = { perSecond: 1, chatGapMs: () => 0, caps: { perHour: 1, perDay: 1 } };
    const raw = { ...hearing(), ladder: ['now', '1d', '2h'], attachments: [] };
    const stored = await announce(raw, municipality, { telegram: slow });
    expect(describeStored(stored, municipality).slice(-3)).toEqual([
      "Warning: On 'telegram' the send 'now' takes until about 2027-04-02T12:00:00+06:00.",
      "Warning: On 'telegram' not everybody gets the send '1d' in time.",
      "Warning: On 'telegram' not everybody gets the send '2h' in time.",
    ]);
  });

  it('prepares only, and says so, where a second person must release', async () => {
    const settings = JSON.stringify({ releaseNeedsSecondPerson: true });
    await database.db.update(municipalities).set({ settings: sql`${settings}::json` });
    const two = (await loadPlaces(database.db)).municipality(municipality.id);
    const stored = await announce({ kind: 'other', text: { ky: 'Салам' }, release: true }, two);
    expect(await getAnnouncement(database.db, stored.id)).toMatchObject({ state: 'prepared' });
    expect(describeStored(stored, two)[0]).toBe(
      `Announcement ${stored.id} is prepared, not released: KS wants a second person to release it.`,
    );
  });
});
