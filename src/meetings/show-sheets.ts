import { asc, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { media } from '../messaging/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import { getMeeting } from './queries.ts';
import { meetingMedia } from './tables.ts';

/** A photo of a sheet. `path` below the folder of media; null while it has not arrived, or never will. */
export interface Sheet {
  readonly path: string | null;
  readonly mime: string | null;
}

/**
 * The photos of the sheets of a meeting, in their order. People's names stand on them, so it takes the right to see
 * these, and is written down. @throws {NoRightError} `exports.names` @throws {MeetingNotFoundError}
 */
export async function showSheets(
  ctx: Context,
  { municipalityId, meetingId }: { municipalityId: number; meetingId: number },
): Promise<Sheet[]> {
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'exports.names', municipalityId);
    await getMeeting(tx, municipalityId, meetingId);
    const rows = await tx
      .select({ status: media.status, path: media.path, mime: media.mime })
      .from(meetingMedia)
      .innerJoin(media, eq(media.id, meetingMedia.mediaId))
      .where(eq(meetingMedia.meetingId, meetingId))
      .orderBy(asc(meetingMedia.position));
    await recordAudit(tx, ctx, {
      action: 'meeting.show-sheets',
      subject: `meeting:${meetingId}`,
      municipalityId,
      after: { photos: rows.length },
    });
    return rows.map(({ status, path, mime }) => ({ path: status === 'stored' ? path : null, mime }));
  });
}
