import { and, eq, sql } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { databaseNow } from '../db/database-now.ts';
import { withTransaction } from '../db/transaction.ts';
import { type CancelHearingInput, cancelHearing } from '../hearings/cancel-hearing.ts';
import { type ChangeHearingInput, changeHearing } from '../hearings/change-hearing.ts';
import type { Hearing } from '../hearings/queries.ts';
import { loadPlaces } from '../places/places.ts';
import { earlierRows } from './audience.ts';
import { takeBack } from './cancel-announcement.ts';
import { planLadder } from './ladder.ts';
import { type Announcement, listOfHearing, lockAnnouncement } from './queries.ts';
import { changeLocked } from './set-state.ts';
import { announcementRungs } from './tables.ts';

/**
 * Changes a hearing. Where its time or place is another one, everybody whom a send of its announcements may have
 * reached is told at once; those for whom one was still waiting get the new notice in its place; reminders follow the
 * new time. Returns how many will be told. @throws as `changeHearing`
 */
export async function moveHearing(ctx: Context, input: ChangeHearingInput): Promise<{ told: number }> {
  return withTransaction(ctx, async (tx) => {
    const { before, after } = await changeHearing({ ...ctx, tx }, input);
    const moved = before.startsAt.getTime() !== after.startsAt.getTime() || place(before) !== place(after);
    if (!moved) return { told: 0 };
    return retell(tx, ctx, after.id, async (announcement, now) => {
      const movedFrom = (await findUntold(tx, announcement.id)) ?? before.startsAt;
      await takeBack(tx, announcement.id, now);
      const ended = isEnded(announcement);
      const reached = await countEarlier(tx, announcement.id, 'reached');
      const waited = ended ? 0 : await countEarlier(tx, announcement.id, 'waiting');
      const begun = await hadNotice(tx, announcement.id);
      const ladder = ended ? [] : announcement.ladder.filter((rung) => rung !== 'now' || !begun);
      const rungs = await planRungs(tx, announcement, { hearing: after, ladder, now });
      const staleAt = rungs[0]?.dueAt ?? after.startsAt;
      await addRungs(tx, announcement.id, [
        ...(reached > 0 ? [{ rung: 'moved', recipients: 'reached', dueAt: now, staleAt, movedFrom } as const] : []),
        ...(waited > 0 ? [{ rung: 'again', recipients: 'waiting', dueAt: now, staleAt } as const] : []),
        ...rungs,
      ]);
      await goOn(tx, ctx, announcement, { action: 'follow-hearing', told: reached + waited });
      return reached + waited;
    });
  });
}

/**
 * Calls a hearing off: nothing more is sent of its announcements but the word that it will not take place, to everybody
 * whom one of them may have reached. Returns how many will be told. @throws as `cancelHearing`
 */
export async function callOffHearing(ctx: Context, input: CancelHearingInput): Promise<{ told: number }> {
  return withTransaction(ctx, async (tx) => {
    const hearing = await cancelHearing({ ...ctx, tx }, input);
    return retell(tx, ctx, hearing.id, async (announcement, now) => {
      await takeBack(tx, announcement.id, now);
      const reached = await countEarlier(tx, announcement.id, 'reached');
      if (reached > 0) {
        await addRungs(tx, announcement.id, [{ rung: 'canceled', recipients: 'reached', dueAt: now, staleAt: null }]);
        await goOn(tx, ctx, announcement, { action: 'call-off', told: reached });
      } else if (announcement.state !== 'done' && announcement.state !== 'canceled') {
        await changeLocked(tx, ctx, announcement, {
          action: 'cancel',
          set: { state: 'canceled', pausedBecause: null, endedAt: ctx.clock.now() },
        });
      }
      return reached;
    });
  });
}

/** Goes through the announcements of a changed hearing, each locked, in the order of their numbers. */
async function retell(
  tx: Tx,
  ctx: Context,
  hearingId: number,
  tell: (announcement: Announcement, now: Date) => Promise<number>,
): Promise<{ told: number }> {
  const now = await databaseNow({ ...ctx, tx });
  let told = 0;
  for (const { id } of await listOfHearing(tx, hearingId)) {
    const announcement = await lockAnnouncement(tx, id);
    // nobody has heard of it yet: it will say what holds by then
    if (announcement.state === 'draft' || announcement.state === 'prepared') continue;
    told += await tell(announcement, now);
  }
  return { told };
}

function place({ villageId, building }: Hearing): string {
  return `${villageId} ${building}`;
}

type NewRung = Omit<typeof announcementRungs.$inferInsert, 'announcementId'>;

async function planRungs(
  tx: Tx,
  { municipalityId, at }: Announcement,
  o: { hearing: Hearing; ladder: readonly string[]; now: Date },
): Promise<NewRung[]> {
  const { settings, timeZone } = (await loadPlaces(tx)).municipality(municipalityId);
  const { rungs } = planLadder({
    ladder: o.ladder,
    nowAt: at !== null && at > o.now ? at : o.now,
    startsAt: o.hearing.startsAt,
    quietHours: settings.quietHours,
    timeZone,
  });
  return rungs.map(({ rung, dueAt, staleAt }) => ({ rung, dueAt, staleAt }));
}

async function addRungs(tx: Tx, announcementId: number, rungs: readonly NewRung[]): Promise<void> {
  if (rungs.length > 0) await tx.insert(announcementRungs).values(rungs.map((rung) => ({ ...rung, announcementId })));
}

/**
 * Whatever state it was in, also paused: what was held back is taken back, and the word that is owed goes out. One that
 * the office has canceled goes on for that word alone.
 */
async function goOn(
  tx: Tx,
  ctx: Context,
  announcement: Announcement,
  { action, told }: { action: string; told: number },
): Promise<void> {
  const set = told > 0 ? ({ state: 'running', pausedBecause: null, endedAt: null } as const) : {};
  const ladder = isEnded(announcement) ? { ladder: [] } : {};
  await changeLocked(tx, ctx, announcement, { action, set: { ...set, ...ladder }, after: { told } });
}

/** The office has canceled it; a word about its hearing may have set it going since. */
function isEnded({ state, ladder }: Announcement): boolean {
  return state === 'canceled' || ladder.length === 0;
}

/** To how many a word would go that is said to these. */
async function countEarlier(tx: Tx, announcementId: number, recipients: 'reached' | 'waiting'): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from (${earlierRows(announcementId, recipients)}) x where x.reason is null`);
  return row?.count ?? 0;
}

/** Since when people are owed word of a move that none has heard of yet; null: none is owed. */
async function findUntold(tx: Tx, announcementId: number): Promise<Date | null> {
  const [rung] = await tx
    .select({ movedFrom: announcementRungs.movedFrom })
    .from(announcementRungs)
    .where(
      and(
        eq(announcementRungs.announcementId, announcementId),
        eq(announcementRungs.rung, 'moved'),
        eq(announcementRungs.state, 'planned'),
      ),
    );
  return rung?.movedFrom ?? null;
}

/** Whether its `now` has been sent, if only to some: then it is not sent to the whole audience once more. */
async function hadNotice(tx: Tx, announcementId: number): Promise<boolean> {
  const [row] = await tx.execute<{ begun: boolean }>(sql`
    select exists (
      select from announcement_rungs
      where announcement_id = ${announcementId} and rung = 'now' and send_id is not null
    ) as begun`);
  return row?.begun ?? false;
}
