import { and, eq, isNotNull, lt } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { LOCALES, type Locale } from '../core/texts.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { openingButton } from '../dialog/button-data.ts';
import type { ChannelAddress, MediaRef } from '../messaging/contract.ts';
import { noteMedia } from '../messaging/media.ts';
import { type Group, lockGroup } from '../residents/groups.ts';
import { isReachable, knowProvisionally } from '../residents/know-provisionally.ts';
import type { Resident } from '../residents/queries.ts';
import { UnknownPlaceError } from './errors.ts';
import { insertNumbered, type NewProposal } from './insert-numbered.ts';
import { cameIn } from './message-ref.ts';
import { MAX_TEXT_LENGTH } from './submit-proposal.ts';
import { proposals } from './tables.ts';

/** The conversation in which an author tells what is missing. */
export const COMPLETING_FLOW = 'complete';
/** Stands in for the sector of a proposal while nobody has told it. */
const UNTOLD_SECTOR = 'other';
const DAY_MS = 24 * 60 * 60 * 1000;

const Words = z
  .object({
    text: z.string().transform(cleanText).pipe(z.string().max(MAX_TEXT_LENGTH)),
    language: z.enum(LOCALES),
    /** Null: the words do not tell it, and the author is to be asked. */
    sectorId: z.string().min(1).nullable(),
    location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
    messageRef: z.string().min(1),
    test: z.boolean(),
    /** How long the author has to consent. */
    consentDays: z.int().min(1),
  })
  .strict();

/** What somebody said in a group and tagged, or had tagged, as a proposal. */
export interface GroupMessage extends z.input<typeof Words> {
  /** In which it was said. */
  readonly group: ChannelAddress;
  /** Where its author is talked to alone; null: the platform does not tell who it is. */
  readonly author: ChannelAddress | null;
  /** Whether the platform lets us write to somebody who never wrote to us. */
  readonly writesFirst: boolean;
  readonly media: readonly MediaRef[];
}

export type FromGroup =
  | { readonly outcome: 'stored'; readonly id: number; readonly number: string; readonly language: Locale }
  /** The message is a proposal already, its author is blocked, or the group is linked to no village any more. */
  | { readonly outcome: 'known' | 'blocked' | 'unlinked' };

/**
 * Takes a message of a linked group as a proposal, once, and asks its author for what is missing where words arrive.
 * Rights are the caller's business; `enteredBy`: of the staff, whoever tagged it for its author. The group stays locked
 * until the transaction ends, which keeps apart those who tag the same message in two processes; in one transaction the
 * insert itself looks again. @throws {UnknownPlaceError}
 */
export async function storeFromGroup(
  tx: Tx,
  ctx: Context,
  input: GroupMessage,
  enteredBy: string | null,
): Promise<FromGroup> {
  const { group: address, author: writesFrom, media, writesFirst, ...given } = input;
  const words = Words.parse(given);
  const group = await lockGroup(tx, address);
  if (group === null) return { outcome: 'unlinked' };
  if (await isKnown(tx, words.messageRef)) return { outcome: 'known' };
  const person = { language: words.language, villageId: group.villageId, canWrite: writesFirst };
  const author = writesFrom && (await knowProvisionally(tx, ctx, { ...person, address: writesFrom }));
  if (author !== null && author.blockedAt !== null) return { outcome: 'blocked' };
  const mediaIds = await noteAll(tx, writesFrom ?? address, media);
  const stored = await store(tx, ctx, { words, group, author, mediaIds, enteredBy });
  if (stored === null) {
    if (await isKnown(tx, words.messageRef)) return { outcome: 'known' };
    throw new UnknownPlaceError({ ...group, sectorId: words.sectorId ?? UNTOLD_SECTOR });
  }
  await askForMissing(tx, ctx, { ...stored, municipalityId: group.municipalityId, author, words });
  return { outcome: 'stored', id: stored.id, number: stored.number, language: author?.language ?? words.language };
}

interface Storing {
  readonly words: z.output<typeof Words>;
  readonly group: Group;
  readonly author: Resident | null;
  readonly mediaIds: readonly number[];
  readonly enteredBy: string | null;
}

async function store(tx: Tx, ctx: Context, { words, group, author, mediaIds, enteredBy }: Storing) {
  const { municipalityId, villageId, address } = group;
  const { sectorId, consentDays, ...said } = words;
  const now = ctx.clock.now();
  const proposal: NewProposal = {
    ...said,
    municipalityId,
    villageId,
    sectorId: sectorId ?? UNTOLD_SECTOR,
    sectorDue: sectorId === null,
    consentDueAt: isUnagreed(author) ? new Date(now.getTime() + consentDays * DAY_MS) : null,
    source: 'group',
    channel: address.channel,
    mediaIds,
    residentId: author?.id ?? null,
    ...(enteredBy !== null && { enteredBy }),
  };
  const stored = await insertNumbered(tx, proposal, now);
  if (stored === null) return null;
  const isOwn = author !== null && enteredBy === null;
  const who = isOwn ? { ...ctx, actor: { type: 'resident', residentId: author.id } as const } : ctx;
  await recordAudit(tx, who, {
    action: 'proposal.submit-from-group',
    subject: `proposal:${stored.id}`,
    municipalityId,
    after: { number: stored.number, villageId, sectorId, attachments: mediaIds.length },
  });
  return stored;
}

function isUnagreed(author: Resident | null): boolean {
  return author !== null && author.consentAt === null;
}

async function isKnown(tx: Tx, messageRef: string): Promise<boolean> {
  return (await tx.select({ id: proposals.id }).from(proposals).where(cameIn(messageRef)).limit(1)).length > 0;
}

/** A file that cannot be kept is spoken of with its author alone, never in the group. */
async function noteAll(tx: Tx, { channel, account, id }: ChannelAddress, media: readonly MediaRef[]) {
  const ids: number[] = [];
  for (const ref of media) ids.push((await noteMedia(tx, { channel, account, chatId: id, personId: id }, ref)).id);
  return ids;
}

interface Asking extends Pick<Storing, 'words' | 'author'> {
  readonly id: number;
  readonly number: string;
  readonly municipalityId: number;
}

/**
 * Where something is missing, and words arrive; else the link in the group has to do. Whoever was asked for a consent
 * and has not answered is not asked again with each new proposal: their answer completes them all.
 */
async function askForMissing(tx: Tx, ctx: Context, asking: Asking): Promise<void> {
  const { id, number, municipalityId, author, words } = asking;
  const isAgreed = !isUnagreed(author);
  if (author === null || (isAgreed && words.sectorId !== null)) return;
  if (!isAgreed && (await wasAskedBefore(tx, author, id))) return;
  if (!(await isReachable(tx, author.id))) return;
  await sendNotice(tx, ctx, {
    municipalityId,
    subject: `proposal:${id}`,
    audience: 'own',
    residentIds: [author.id],
    write: (t) => ({
      text: isAgreed ? t('group-sector-due', { number }) : t('group-consent-due', { number, days: words.consentDays }),
      options: [{ data: openingButton(COMPLETING_FLOW, String(id)), label: t('btn-group-complete') }],
    }),
  });
}

/** The consent is asked for with the first proposal that waits for it. */
async function wasAskedBefore(tx: Tx, { id: residentId }: Resident, proposalId: number): Promise<boolean> {
  const asked = and(
    eq(proposals.residentId, residentId),
    isNotNull(proposals.consentDueAt),
    lt(proposals.id, proposalId),
  );
  return (await tx.select({ id: proposals.id }).from(proposals).where(asked).limit(1)).length > 0;
}
