import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { ProposalNotFoundError } from './errors.ts';
import { rootIdOf } from './merge-chain.ts';
import { proposals } from './tables.ts';

// Written out: drizzle drops the table's name from a column where a select has one table only.
export const attachmentCount = sql<number>`(select count(*)::int from proposal_attachments a where a.proposal_id = proposals.id)`;

const ownProposal = {
  id: proposals.id,
  number: proposals.number,
  municipalityId: proposals.municipalityId,
  villageId: proposals.villageId,
  sectorId: proposals.sectorId,
  text: proposals.text,
  status: proposals.status,
  answer: proposals.answer,
  answers: proposals.answers,
  hidden: sql<boolean>`${proposals.hiddenAt} is not null`,
  submittedAt: proposals.submittedAt,
  attachmentCount,
};

export interface OwnProposal
  extends Pick<
    typeof proposals.$inferSelect,
    | 'id'
    | 'number'
    | 'municipalityId'
    | 'villageId'
    | 'sectorId'
    | 'text'
    | 'status'
    | 'answer'
    | 'answers'
    | 'submittedAt'
  > {
  readonly hidden: boolean;
  readonly attachmentCount: number;
}

/** A resident's proposals, newest first, test ones too. */
export async function listOwnProposals(
  db: Database,
  residentId: number,
  page = { limit: 50, offset: 0 },
): Promise<OwnProposal[]> {
  return db
    .select(ownProposal)
    .from(proposals)
    .where(eq(proposals.residentId, residentId))
    .orderBy(desc(proposals.id))
    .limit(page.limit)
    .offset(page.offset);
}

/** @throws {ProposalNotFoundError} also when it is somebody else's */
export async function getOwnProposal(db: Database, residentId: number, proposalId: number): Promise<OwnProposal> {
  const [found] = await db
    .select(ownProposal)
    .from(proposals)
    .where(and(eq(proposals.id, proposalId), eq(proposals.residentId, residentId)));
  if (found === undefined) throw new ProposalNotFoundError(proposalId);
  return found;
}

/** What a proposal was merged into in the end; null where it was not. @throws {ProposalNotFoundError} */
export async function findMergedInto(
  db: Database,
  proposalId: number,
): Promise<Pick<OwnProposal, 'number' | 'status' | 'answer' | 'answers'> | null> {
  const rootId = await rootIdOf(db, proposalId);
  if (rootId === proposalId) return null;
  const { number, status, answer, answers } = proposals;
  const [root] = await db.select({ number, status, answer, answers }).from(proposals).where(eq(proposals.id, rootId));
  return root ?? null;
}

/** How many proposals a resident has sent. */
export async function countOwnProposals(db: Database, residentId: number): Promise<number> {
  return db.$count(proposals, eq(proposals.residentId, residentId));
}
