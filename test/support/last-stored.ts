import { desc, eq } from 'drizzle-orm';
import type { Database } from '../../src/core/context.ts';
import { media } from '../../src/messaging/tables.ts';
import { proposalAttachments, proposals } from '../../src/proposals/tables.ts';

/** The proposal that was stored last, with the kinds of its files. */
export async function lastStored(db: Database) {
  const [proposal] = await db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
  if (proposal === undefined) throw new Error('nothing was stored');
  const files = await db
    .select({ kind: media.kind })
    .from(proposalAttachments)
    .innerJoin(media, eq(media.id, proposalAttachments.mediaId))
    .where(eq(proposalAttachments.proposalId, proposal.id))
    .orderBy(proposalAttachments.position);
  return { ...proposal, files: files.map(({ kind }) => kind) };
}
