import { z } from 'zod';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { audienceFacts, checkKnown, putFiles } from './create-announcement.ts';
import { AnnouncementStateError } from './errors.ts';
import { AnnouncementFields, checkFields } from './input.ts';
import { lockForOffice } from './lock-for-office.ts';
import { type Announcement, listFiles } from './queries.ts';
import { changeLocked } from './set-state.ts';

const ChangeAnnouncementInput = z.strictObject({
  announcementId: z.int(),
  revision: z.int().optional(),
  /** Only what changes. */
  changes: AnnouncementFields.omit({ kind: true, hearingId: true }).partial(),
});
export type ChangeAnnouncementInput = z.input<typeof ChangeAnnouncementInput>;

/**
 * Changes what is not released yet; one that was prepared is a draft again. Right `announcements.prepare`.
 * @throws {AnnouncementStateError} once it is released; and what `lockForOffice` and `createAnnouncement` throw
 */
export async function changeAnnouncement(ctx: Context, input: ChangeAnnouncementInput): Promise<Announcement> {
  const { changes: parsed, ...shown } = ChangeAnnouncementInput.parse(input);
  const changes = named(parsed, input.changes);
  return withTransaction(ctx, async (tx) => {
    const before = await lockForOffice(tx, ctx, 'announcements.prepare', shown);
    if (before.state !== 'draft' && before.state !== 'prepared') {
      throw new AnnouncementStateError(before.id, before.state, 'changed');
    }
    const files = await listFiles(tx, before);
    const mediaIds = files.map(({ id }) => id).filter((id) => id !== before.approval?.mediaId);
    const { kind, hearingId, approval, texts, audience, ladder, at } = before;
    const whole = { kind, hearingId, approval, texts, audience, ladder, at, mediaIds, ...changes };
    const fields = AnnouncementFields.superRefine(checkFields).parse(whole);
    await checkKnown(tx, before.municipalityId, fields);
    if (changes.mediaIds !== undefined) await putFiles(tx, before.id, changes.mediaIds);
    const { mediaIds: _, ladder: rungs = before.ladder, ...set } = fields;
    return changeLocked(tx, ctx, before, {
      action: 'change',
      set: { ...set, ladder: rungs, state: 'draft', preparedBy: null, preparedAt: null },
      after: { fields: Object.keys(changes), ladder: rungs, ...audienceFacts(fields.audience) },
    });
  });
}

/** Of what was read only what was named: a field that was left out stays as it is, and has not its default. */
function named<T extends object>(parsed: T, input: Readonly<Record<string, unknown>>): Partial<T> {
  const given = Object.entries(parsed).filter(([name]) => input[name] !== undefined);
  return Object.fromEntries(given) as Partial<T>; // fields of `parsed`, with their values
}
