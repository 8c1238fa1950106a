import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Locale } from '../../src/core/texts.ts';
import { exportRecipients, type RecipientsFormat } from '../../src/exports/export-recipients.ts';
import { takeRecipients } from '../../src/exports/take-recipients.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { stopAnnouncements } from '../../src/residents/stop-notices.ts';
import { type Office, useOffice } from '../announcements/stage.ts';
import { as } from '../support/given.ts';

const stage = useOffice();

/** Sent to a group, failed for a person, not sent to one who stopped announcements. */
async function sent(office: Office): Promise<number> {
  const [village = '', other = ''] = office.municipality.villages.map(({ id }) => id);
  const stopped = await office.person({ village });
  await stopAnnouncements(as(office.ctx, stopped), stopped);
  await office.person({ village, language: 'ru' });
  const group = await office.group(other);
  const announcementId = await office.announces({ audience: { villages: [village], groups: [group] } });
  await office.releases(announcementId);
  await office.arrive('sent', { most: 1 });
  await office.arrive('failed');
  return announcementId;
}

async function exported(
  office: Office,
  o: { announcementId: number; format: RecipientsFormat; locale: Locale; names: boolean },
): Promise<Buffer> {
  const out = new PassThrough({ highWaterMark: 10_000_000 });
  const { db } = office.ctx;
  await exportRecipients({ db, places: await loadPlaces(db), timeZone: 'Asia/Bishkek', out, ...o });
  out.end();
  return buffer(out);
}

describe('exportRecipients', () => {
  it('writes a row for everybody in the audience, without a name or an address', async () => {
    const office = await stage.open('RA');
    const announcementId = await sent(office);
    const csv = (await exported(office, { announcementId, format: 'csv', locale: 'en', names: false })).toString();
    const [headings, ...rows] = csv.replace('\uFEFF', '').trim().split('\n');
    expect(headings).toBe('Send,Status,Reason,When,Village,Language,Channel,Possibly twice,Receipt');
    expect(rows.map((row) => row.replace(/\d{4}-\d\d-\d\dT[\d:]{8}\+06:00/, 'TIME')).toSorted()).toEqual([
      'notice,Failed,,TIME,ra-upper en,ru,telegram,,',
      'notice,Sent,,TIME,ra-lower en,ky,telegram,,',
      'notice,Skipped,stopped announcements,TIME,ra-upper en,ky,telegram,,',
    ]);
    expect(csv).not.toMatch(/p\d|-100/);
  });

  it('adds names and addresses where they are asked for, in the language that is', async () => {
    const office = await stage.open('RB');
    const announcementId = await sent(office);
    const csv = (await exported(office, { announcementId, format: 'csv', locale: 'ky', names: true })).toString();
    expect(csv).toMatch(/^\uFEFFКайсы билдирүү,Абалы,Себеби,.*,Аты,Дареги\n/);
    expect(csv).toMatch(/^билдирүү,Жөнөтүлгөн жок,.*,p2,telegram:p2$/m);
    expect(csv).toMatch(/^билдирүү,Өткөрүлдү,билдирүүлөрдү токтоткон,.*,p1,telegram:p1$/m);
    expect(csv).toMatch(/^билдирүү,Жөнөтүлдү,.*,rb-lower,telegram:-100rb-lower$/m);
  });

  it('writes the same as a workbook', async () => {
    const office = await stage.open('RC');
    const announcementId = await sent(office);
    const file = await exported(office, { announcementId, format: 'xlsx', locale: 'ru', names: false });
    const xml = new PizZip(file).file('xl/worksheets/sheet1.xml')?.asText() ?? '';
    expect(xml.match(/<row /g)).toHaveLength(4);
    expect(xml).toContain('отказался от уведомлений');
  });

  it('rejects when the target breaks', async () => {
    const office = await stage.open('RD');
    const announcementId = await sent(office);
    const out = new Writable({ write: (_chunk, _encoding, done) => done(new Error('the disk is full')) });
    const { db } = office.ctx;
    const places = await loadPlaces(db);
    const options = { db, places, timeZone: 'Asia/Bishkek', out, announcementId, names: false };
    await expect(exportRecipients({ ...options, format: 'csv', locale: 'ky' })).rejects.toThrow('the disk is full');
  });
});

describe('takeRecipients', () => {
  it('writes down who took the table, and whether with names', async () => {
    const office = await stage.open('RE');
    const announcementId = await sent(office);
    await takeRecipients(office.officer, { announcementId, format: 'xlsx', names: true });
    const rows = await office.ctx.db.select().from(auditLog).where(eq(auditLog.action, 'announcement.export'));
    expect(rows).toMatchObject([{ subject: `announcement:${announcementId}`, after: { format: 'xlsx', names: true } }]);
  });
});
