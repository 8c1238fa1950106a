import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Context, Tx } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { LOCALES } from '../core/texts.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import type { JobRequest } from './request.ts';
import { exportJobs } from './tables.ts';

/** The person's file before this one is still being made. */
export class ExportBusyError extends AppError {
  constructor(staffId: number) {
    super('conflict', `staff:${staffId} has an export that is not done yet`);
  }
}

/** Where a file goes, and in which language. */
export const ExportTarget = z.strictObject({
  /** The chat that the file is sent to. */
  to: z.strictObject({
    channel: z.enum(CHANNEL_NAMES),
    account: z.string(),
    chatId: z.string(),
    personId: z.string(),
  }),
  language: z.enum(LOCALES),
});

/** Who asks for a file in a chat. @throws {AppError} `forbidden` unless somebody of the staff */
export function requireStaffId({ actor }: Context): number {
  if (actor.type !== 'staff') throw new AppError('forbidden', 'a file is sent to the chat of somebody of the staff');
  return actor.staffId;
}

/** Notes a file that the sweeper makes and sends. Rights are the caller's business. @throws {ExportBusyError} */
export async function noteExportJob(
  tx: Tx,
  ctx: Context,
  o: z.output<typeof ExportTarget> & { municipalityId: number; request: JobRequest; rowCount: number },
): Promise<number> {
  const { to, ...values } = o;
  const staffId = requireStaffId(ctx);
  const open = and(eq(exportJobs.staffId, staffId), inArray(exportJobs.status, ['waiting', 'running']));
  if ((await tx.$count(exportJobs, open)) > 0) throw new ExportBusyError(staffId);
  const [job] = await tx
    .insert(exportJobs)
    .values({ ...values, ...to, staffId, status: 'waiting', createdAt: ctx.clock.now() })
    .returning({ id: exportJobs.id });
  if (job === undefined) throw new Error('insert into export_jobs returned no row');
  return job.id;
}
