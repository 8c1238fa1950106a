import { z } from 'zod';
import { getAnnouncement } from '../announcements/queries.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { ExportTarget, noteExportJob, requireStaffId } from './note-export-job.ts';
import { takeRecipients } from './take-recipients.ts';

const StartRecipientsInput = ExportTarget.extend({ announcementId: z.int(), names: z.boolean() });
export type StartRecipientsInput = z.input<typeof StartRecipientsInput>;

/**
 * Notes a table of an announcement's recipients that somebody of the staff asks for; the sweeper makes it and sends it
 * to their chat. @throws {ExportBusyError} and as `takeRecipients`
 */
export async function startRecipients(ctx: Context, input: StartRecipientsInput): Promise<void> {
  const { announcementId, names, ...target } = StartRecipientsInput.parse(input);
  requireStaffId(ctx);
  await withTransaction(ctx, async (tx) => {
    const { municipalityId } = await getAnnouncement(tx, announcementId);
    const request = { announcementId, format: 'xlsx', names } as const;
    await takeRecipients({ ...ctx, tx }, request);
    await noteExportJob(tx, ctx, { ...target, municipalityId, request, rowCount: 0 });
  });
}
