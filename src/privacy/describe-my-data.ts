import { countDistinct, eq } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { hearingIntents, hearingQuestionMedia, hearingQuestions } from '../hearings/tables.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { countOwnProposals } from '../proposals/queries.ts';
import { countSupports } from '../proposals/support-queries.ts';
import { proposalAttachments, proposals } from '../proposals/tables.ts';
import { listChats } from '../residents/notice-chat.ts';
import { getResident, type Resident } from '../residents/queries.ts';
import { listRoles } from '../staff/queries.ts';
import type { Role } from '../staff/rights.ts';

/** Everything that is kept about a person, as plain facts; the texts around them are the flow's. */
export interface MyData
  extends Pick<
    Resident,
    'language' | 'villageId' | 'name' | 'sex' | 'ageBand' | 'vulnerable' | 'consentAt' | 'consentVersion'
  > {
  readonly addresses: readonly ChannelAddress[];
  /** To which of several chats notices go; null: there is no other. */
  readonly noticesTo: ChannelAddress | null;
  readonly proposalCount: number;
  /** Proposals of others that the person supports. */
  readonly supportCount: number;
  /** Photos, voice messages and other files of the proposals, and of the questions to hearings. */
  readonly fileCount: number;
  /** Hearings that the person means to come to, or not. */
  readonly intentCount: number;
  /** Questions and proposals to hearings. */
  readonly hearingQuestionCount: number;
  /** Whether announcements come, and answers on the person's own proposals. */
  readonly announcements: boolean;
  readonly answers: boolean;
  /** What the person is in the okmotu or a working group, and under which name. */
  readonly roles: readonly { readonly municipalityId: number; readonly role: Role; readonly name: string | null }[];
}

/** @throws {ResidentNotFoundError} */
export async function describeMyData(db: Database, residentId: number): Promise<MyData> {
  const resident = await getResident(db, residentId);
  const [files] = await db
    .select({ count: countDistinct(proposalAttachments.mediaId) })
    .from(proposalAttachments)
    .innerJoin(proposals, eq(proposals.id, proposalAttachments.proposalId))
    .where(eq(proposals.residentId, residentId));
  const [asked] = await db
    .select({ count: countDistinct(hearingQuestionMedia.mediaId) })
    .from(hearingQuestionMedia)
    .innerJoin(hearingQuestions, eq(hearingQuestions.id, hearingQuestionMedia.questionId))
    .where(eq(hearingQuestions.residentId, residentId));
  const chats = await listChats(db, residentId);
  return {
    language: resident.language,
    villageId: resident.villageId,
    name: resident.name,
    sex: resident.sex,
    ageBand: resident.ageBand,
    vulnerable: resident.vulnerable,
    consentAt: resident.consentAt,
    consentVersion: resident.consentVersion,
    addresses: chats.map(({ address }) => address),
    noticesTo: (chats.length > 1 ? chats.find(({ noticed }) => noticed)?.address : undefined) ?? null,
    proposalCount: await countOwnProposals(db, residentId),
    supportCount: await countSupports(db, residentId),
    fileCount: (files?.count ?? 0) + (asked?.count ?? 0),
    intentCount: await db.$count(hearingIntents, eq(hearingIntents.residentId, residentId)),
    hearingQuestionCount: await db.$count(hearingQuestions, eq(hearingQuestions.residentId, residentId)),
    announcements: resident.announcementsStoppedAt === null,
    answers: resident.answersStoppedAt === null,
    roles: await listRoles(db, residentId),
  };
}
