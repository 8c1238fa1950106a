import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { LOCALES } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import { countProposals } from '../proposals/list-proposals.ts';
import { requireRight } from '../staff/require-right.ts';
import { exportedFilter } from './export-proposals.ts';
import { recordExport } from './record-export.ts';
import { ExportRequest, MOST_IN_DOCUMENT, TooManyForDocumentError } from './request.ts';
import { exportJobs } from './tables.ts';

/** The person's file before this one is still being made. */
export class ExportBusyError extends AppError {
  constructor(staffId: number) {
    super('conflict', `staff:${staffId} has an export that is not done yet`);
  }
}

const StartExportInput = z.strictObject({
  request: ExportRequest,
  /** The chat that the file is sent to. */
  to: z.strictObject({
    channel: z.enum(CHANNEL_NAMES),
    account: z.string(),
    chatId: z.string(),
    personId: z.string(),
  }),
  language: z.enum(LOCALES),
});
export type StartExportInput = z.input<typeof StartExportInput>;

/**
 * Notes a file of proposals that somebody of the staff asks for; the sweeper makes it and sends it to their chat.
 * Returns how many proposals fit now. @throws {NoRightError} @throws {ExportBusyError}
 * @throws {TooManyForDocumentError}
 */
export async function startExport(ctx: Context, input: StartExportInput): Promise<{ jobId: number; count: number }> {
  const { request, to, language } = StartExportInput.parse(input);
  const { actor } = ctx;
  if (actor.type !== 'staff') throw new AppError('forbidden', 'a file is sent to the chat of somebody of the staff');
  const { staffId } = actor;
  const { filter, format, names } = request;
  const { municipalityId } = filter;
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'exports.make', municipalityId);
    if (names) await requireRight(tx, ctx, 'exports.names', municipalityId);
    const open = and(eq(exportJobs.staffId, staffId), inArray(exportJobs.status, ['waiting', 'running']));
    if ((await tx.$count(exportJobs, open)) > 0) throw new ExportBusyError(staffId);
    const count = await countProposals(tx, exportedFilter(filter, false));
    if (format === 'docx' && count > MOST_IN_DOCUMENT) throw new TooManyForDocumentError();
    const [job] = await tx
      .insert(exportJobs)
      .values({
        municipalityId,
        staffId,
        ...to,
        request,
        language,
        status: 'waiting',
        rowCount: count,
        createdAt: ctx.clock.now(),
      })
      .returning({ id: exportJobs.id });
    if (job === undefined) throw new Error('insert into export_jobs returned no row');
    await recordExport(tx, ctx, { municipalityId, filter, format, names, hidden: false, count });
    return { jobId: job.id, count };
  });
}
