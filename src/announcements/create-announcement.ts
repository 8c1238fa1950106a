import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { withTransaction } from '../db/transaction.ts';
import { getHearing } from '../hearings/queries.ts';
import { media } from '../messaging/tables.ts';
import { readSettings } from '../places/catalogue.ts';
import { municipalities, villages } from '../places/tables.ts';
import { addresses } from '../residents/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import { AnnouncementFields, checkFields, type Fields } from './input.ts';
import type { Announcement } from './queries.ts';
import { type Audience, announcementMedia, announcements } from './tables.ts';

const CreateAnnouncementInput = AnnouncementFields.extend({ municipalityId: z.int() }).superRefine(checkFields);
export type CreateAnnouncementInput = z.input<typeof CreateAnnouncementInput>;

/** Something that it names is not of the municipality, or not there. */
export class UnknownInAnnouncementError extends AppError {
  readonly what: 'village' | 'group' | 'hearing' | 'file';
  readonly names: readonly string[];
  constructor(what: UnknownInAnnouncementError['what'], names: readonly string[]) {
    super('invalid', `${what} ${names.join(', ')}: not of this municipality`);
    this.what = what;
    this.names = names;
  }
}

/**
 * Begins an announcement as a draft; nobody is told. Right `announcements.prepare`.
 * @throws {NoRightError} @throws {UnknownInAnnouncementError}
 */
export async function createAnnouncement(ctx: Context, input: CreateAnnouncementInput): Promise<Announcement> {
  const { municipalityId, mediaIds, ...fields } = CreateAnnouncementInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'announcements.prepare', municipalityId);
    await checkKnown(tx, municipalityId, { ...fields, mediaIds });
    const [stored] = await tx
      .insert(announcements)
      .values({
        ...fields,
        municipalityId,
        ladder: fields.ladder ?? (await defaultLadder(tx, municipalityId, fields.kind)),
        createdBy: actorName(ctx.actor),
        createdAt: ctx.clock.now(),
      })
      .returning();
    if (stored === undefined) throw new Error('insert into announcements returned no row');
    await putFiles(tx, stored.id, mediaIds);
    await recordAudit(tx, ctx, {
      action: 'announcement.create',
      subject: `announcement:${stored.id}`,
      municipalityId,
      after: { kind: stored.kind, hearing: stored.hearingId, ladder: stored.ladder, ...audienceFacts(stored.audience) },
    });
    return stored;
  });
}

/** The rungs that a municipality sends without being told which. */
async function defaultLadder(tx: Tx, municipalityId: number, kind: Announcement['kind']): Promise<readonly string[]> {
  if (kind !== 'hearing') return ['now'];
  const [row] = await tx
    .select({ settings: municipalities.settings })
    .from(municipalities)
    .where(eq(municipalities.id, municipalityId));
  return readSettings(row?.settings).hearingLadder;
}

/** @throws {UnknownInAnnouncementError} with all of a kind that are unknown */
export async function checkKnown(
  tx: Tx,
  municipalityId: number,
  { audience, hearingId, approval, mediaIds }: Pick<Fields, 'audience' | 'hearingId' | 'approval' | 'mediaIds'>,
): Promise<void> {
  const own = await tx.select({ id: villages.id }).from(villages).where(eq(villages.municipalityId, municipalityId));
  const ids = own.map(({ id }) => id);
  refuse('village', audience.villages, ids);
  const linked = await tx
    .select({ channel: addresses.channel, id: addresses.externalId, formerId: addresses.formerId })
    .from(addresses)
    .where(inArray(addresses.groupVillageId, ids));
  refuse(
    'group',
    audience.groups,
    linked.flatMap(({ channel, id, formerId }) => [`${channel}:${id}`, `${channel}:${formerId}`]),
  );
  if (hearingId !== null) {
    const hearing = await getHearing(tx, hearingId);
    if (hearing.municipalityId !== municipalityId) throw new UnknownInAnnouncementError('hearing', [String(hearingId)]);
  }
  const files = [...mediaIds, ...(approval?.mediaId == null ? [] : [approval.mediaId])];
  const there =
    files.length === 0
      ? []
      : await tx
          .select({ id: media.id })
          .from(media)
          .where(and(inArray(media.id, files)));
  refuse(
    'file',
    files.map(String),
    there.map(({ id }) => String(id)),
  );
}

function refuse(what: UnknownInAnnouncementError['what'], wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new UnknownInAnnouncementError(what, unknown);
}

/** Makes these its files, in this order. */
export async function putFiles(tx: Tx, announcementId: number, mediaIds: readonly number[]): Promise<void> {
  await tx.delete(announcementMedia).where(eq(announcementMedia.announcementId, announcementId));
  const rows = [...new Set(mediaIds)].map((mediaId, position) => ({ announcementId, mediaId, position }));
  if (rows.length > 0) await tx.insert(announcementMedia).values(rows);
}

export function audienceFacts({ villages: of, languages, channels, groups }: Audience) {
  return { villages: of, languages, channels, groups: groups.length };
}
