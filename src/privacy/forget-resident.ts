import { eq, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { eraseDeliveries } from '../deliveries/erase-deliveries.ts';
import { eraseFromHearings } from '../hearings/erase-from-hearings.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { closeNaming, erasePerson } from '../messaging/erase.ts';
import { municipalities, villages } from '../places/tables.ts';
import { recountUp } from '../proposals/merge-chain.ts';
import { ERASED_REF } from '../proposals/message-ref.ts';
import { proposalQuestions, proposals } from '../proposals/tables.ts';
import { eraseSupport } from '../proposals/withdraw-support.ts';
import { getResident, listAddresses } from '../residents/queries.ts';
import { requireSelf } from '../residents/rules.ts';
import { addresses, residents } from '../residents/tables.ts';
import { NOTHING_KEPT } from '../residents/take-over-person.ts';
import { forgetStaff } from '../staff/remove-staff.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Erases a person everywhere: name, addresses, what they told, open dialogs, waiting replies, stored events, and
 * files that are part of nothing that stays. Proposals and questions to hearings stay, by nobody; audit rows keep a
 * number. Until `goneFromBackupsAt` older backups still hold the person.
 * @throws {ForbiddenError} when the actor is another resident @throws {ResidentNotFoundError}
 */
export async function forgetResident(ctx: Context, residentId: number): Promise<{ goneFromBackupsAt: Date }> {
  requireSelf(ctx.actor, residentId);
  return withTransaction(ctx, async (tx) => {
    await tx.select({ id: residents.id }).from(residents).where(eq(residents.id, residentId)).for('update');
    const { villageId, name } = await getResident(tx, residentId);
    const erasedAt = ctx.clock.now();
    const backupDays = await readBackupDays(tx, villageId);
    const chats = await listAddresses(tx, residentId);
    const keptMedia = await mediaInUse(tx, chats);
    const lessSupported = await eraseSupport(tx, residentId);
    const own = await tx
      .update(proposals)
      .set({ residentId: null, messageRef: ERASED_REF, consentDueAt: null })
      .where(eq(proposals.residentId, residentId))
      .returning({ into: proposals.mergedIntoId });
    await tx.update(proposalQuestions).set({ residentId: null }).where(eq(proposalQuestions.residentId, residentId));
    await recountUp(tx, [...lessSupported, ...own.flatMap(({ into }) => into ?? [])]);
    await eraseFromHearings(tx, residentId);
    await eraseDeliveries(tx, residentId);
    await tx.delete(addresses).where(eq(addresses.residentId, residentId));
    await tx
      .update(residents)
      .set({ ...NOTHING_KEPT, erasedAt })
      .where(eq(residents.id, residentId));
    await forgetStaff(tx, ctx, residentId);
    await erasePerson(tx, chats, keptMedia);
    // a card of an announcement names a few of those to whom it goes
    if (name !== null) await closeNaming(tx, name, ['announce']);
    await recordAudit(tx, ctx, { action: 'resident.forget', subject: `resident:${residentId}` });
    return { goneFromBackupsAt: new Date(erasedAt.getTime() + backupDays * DAY_MS) };
  });
}

/**
 * Files from these chats that are part of a proposal, the person's own or one on paper, of a meeting, a hearing, a
 * question to one, or an announcement.
 */
async function mediaInUse(tx: Tx, chats: readonly ChannelAddress[]): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select m.id
    from media m join json_to_recordset(${JSON.stringify(chats)}::json) as c(channel text, account text, id text)
      on c.channel = m.channel and c.account = m.account and c.id in (m.chat_id, m.person_id)
    where exists (select 1 from proposal_attachments a where a.media_id = m.id)
      or exists (select 1 from meeting_media f where f.media_id = m.id)
      or exists (select 1 from hearing_question_media f where f.media_id = m.id)
      or exists (select 1 from hearings h where m.id in (h.draft_media_id, h.minutes_media_id))
      or exists (select 1 from announcement_media f where f.media_id = m.id)
      or exists (select 1 from announcements n where (n.approval ->> 'mediaId')::bigint = m.id)`);
  return rows.map(({ id }) => Number(id));
}

/** Of the person's municipality; the longest of all where no village tells which it is. */
async function readBackupDays(tx: Tx, villageId: string | null): Promise<number> {
  const days = sql<number | null>`max((${municipalities.settings} ->> 'backupDays')::int)`;
  const all = tx.select({ days }).from(municipalities);
  const [found] =
    villageId === null
      ? await all
      : await all.innerJoin(villages, eq(villages.municipalityId, municipalities.id)).where(eq(villages.id, villageId));
  return found?.days ?? 30;
}
