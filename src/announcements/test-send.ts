import type { Context } from '../core/context.ts';
import { databaseNow } from '../db/database-now.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { AnnouncementRefusedError } from './errors.ts';
import { lockForOffice, type Shown } from './lock-for-office.ts';
import type { MediaAt } from './release-announcement.ts';
import { readSource } from './source.ts';
import { writeNotice } from './write-notice.ts';

/**
 * Sends the announcement as it stands to one person of the staff, in their language, with its files and buttons. Right
 * `announcements.prepare`. @throws {AnnouncementRefusedError} where it has no words; and what `lockForOffice` throws
 */
export async function testAnnouncement(ctx: Context, o: Shown & MediaAt & { residentId: number }): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const announcement = await lockForOffice(tx, ctx, 'announcements.prepare', o);
    const source = await readSource(tx, announcement, o.mediaDir);
    const at = await databaseNow({ ...ctx, tx });
    const contents = writeNotice(source, { rung: 'now', movedFrom: null, at });
    if (contents === null) throw new AnnouncementRefusedError([{ kind: 'text-missing' }]);
    await sendNotice(tx, ctx, {
      municipalityId: announcement.municipalityId,
      subject: `announcement:${announcement.id}`,
      audience: 'staff',
      residentIds: [o.residentId],
      write: (_, locale) => contents[locale],
    });
  });
}
