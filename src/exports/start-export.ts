import type { z } from 'zod';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { countProposals } from '../proposals/list-proposals.ts';
import { requireRight } from '../staff/require-right.ts';
import { exportedFilter } from './export-proposals.ts';
import { ExportTarget, noteExportJob, requireStaffId } from './note-export-job.ts';
import { recordExport } from './record-export.ts';
import { ExportRequest, MOST_IN_DOCUMENT, TooManyForDocumentError } from './request.ts';

const StartExportInput = ExportTarget.extend({ request: ExportRequest });
export type StartExportInput = z.input<typeof StartExportInput>;

/**
 * Notes a file of proposals that somebody of the staff asks for; the sweeper makes it and sends it to their chat.
 * Returns how many proposals fit now. @throws {NoRightError} @throws {ExportBusyError}
 * @throws {TooManyForDocumentError}
 */
export async function startExport(ctx: Context, input: StartExportInput): Promise<{ jobId: number; count: number }> {
  const { request, ...target } = StartExportInput.parse(input);
  requireStaffId(ctx);
  const { filter, format, names } = request;
  const { municipalityId } = filter;
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'exports.make', municipalityId);
    if (names) await requireRight(tx, ctx, 'exports.names', municipalityId);
    const count = await countProposals(tx, exportedFilter(filter, false));
    if (format === 'docx' && count > MOST_IN_DOCUMENT) throw new TooManyForDocumentError();
    const jobId = await noteExportJob(tx, ctx, { ...target, municipalityId, request, rowCount: count });
    await recordExport(tx, ctx, { municipalityId, filter, format, names, hidden: false, count });
    return { jobId, count };
  });
}
