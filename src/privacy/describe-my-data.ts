import { countDistinct, eq } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { countOwnProposals } from '../proposals/queries.ts';
import { proposalAttachments, proposals } from '../proposals/tables.ts';
import { getResident, listAddresses, type Resident } from '../residents/queries.ts';

/** Everything that is kept about a person, as plain facts; the texts around them are the flow's. */
export interface MyData
  extends Pick<Resident, 'language' | 'villageId' | 'name' | 'sex' | 'ageBand' | 'consentAt' | 'consentVersion'> {
  readonly addresses: readonly ChannelAddress[];
  readonly proposalCount: number;
  /** Photos, voice messages and other files of the proposals. */
  readonly fileCount: number;
  /** Whether announcements come, and answers on the person's own proposals. */
  readonly announcements: boolean;
  readonly answers: boolean;
}

/** @throws {ResidentNotFoundError} */
export async function describeMyData(db: Database, residentId: number): Promise<MyData> {
  const resident = await getResident(db, residentId);
  const [files] = await db
    .select({ count: countDistinct(proposalAttachments.mediaId) })
    .from(proposalAttachments)
    .innerJoin(proposals, eq(proposals.id, proposalAttachments.proposalId))
    .where(eq(proposals.residentId, residentId));
  return {
    language: resident.language,
    villageId: resident.villageId,
    name: resident.name,
    sex: resident.sex,
    ageBand: resident.ageBand,
    consentAt: resident.consentAt,
    consentVersion: resident.consentVersion,
    addresses: await listAddresses(db, residentId),
    proposalCount: await countOwnProposals(db, residentId),
    fileCount: files?.count ?? 0,
    announcements: resident.announcementsStoppedAt === null,
    answers: resident.answersStoppedAt === null,
  };
}
