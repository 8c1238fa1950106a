import { and, eq, sql } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { databaseNow } from '../db/database-now.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Announcement, getAnnouncement, type Rung } from './queries.ts';
import { changeLocked } from './set-state.ts';
import { startRung } from './start-rung.ts';
import { announcementRungs } from './tables.ts';
import { beginProgress, tellReport } from './tell-staff.ts';
import { leftByGroups, tellWithoutGroups } from './without-group.ts';

export interface RunOptions {
  /** Its clock decides what is due; the machine's gives way to the database's. */
  readonly ctx: Context;
  /** Where files of people lie. */
  readonly mediaDir: string;
  readonly signal?: AbortSignal;
}

/** So many new rows change what the planner should know of the table. */
const MANY = 5_000;

/**
 * Starts the rungs that have fallen due, marks those that came too late, sends to people what their group did not take,
 * and ends what is sent to the end. What is due stands in the database: with any number of processes each rung is
 * started once, and what fell due while none ran is caught up.
 */
export async function runAnnouncements(options: RunOptions): Promise<void> {
  const { ctx, signal } = options;
  while (signal?.aborted !== true) {
    const made = await inTransaction(ctx.db, (tx) => startNext(tx, options));
    if (made === null) break;
    if (made >= MANY) await ctx.db.execute(sql`analyze deliveries`);
  }
  while (signal?.aborted !== true && (await inTransaction(ctx.db, (tx) => replaceGroup(tx, ctx))));
  while (signal?.aborted !== true && (await inTransaction(ctx.db, (tx) => settleNext(tx, ctx))));
}

/** Returns how many deliveries it made; null: nothing is due. */
async function startNext(tx: Tx, { ctx, mediaDir }: RunOptions): Promise<number | null> {
  const now = await databaseNow({ ...ctx, tx });
  const taken = await takeDue(tx, now);
  if (taken === null) return null;
  const { announcement, rung } = taken;
  if (rung.staleAt !== null && rung.staleAt <= now) {
    await tx.update(announcementRungs).set({ state: 'stale', endedAt: now }).where(eq(announcementRungs.id, rung.id));
    ctx.log.warn({ announcement: announcement.id, rung: rung.rung }, 'a send of an announcement came too late');
    return 0;
  }
  const system = { ...ctx, tx };
  const made = await startRung(tx, system, { announcement, rung, now, mediaDir });
  const running = announcement.state === 'running' ? announcement : await setRunning(tx, system, announcement);
  await beginProgress(tx, system, running, rung);
  return made;
}

/** The announcement is locked before its rung is looked at: a cancel or a move that came first has changed it. */
async function takeDue(tx: Tx, now: Date): Promise<{ announcement: Announcement; rung: Rung } | null> {
  const [due] = await tx.execute<{ id: string; announcement_id: string }>(sql`
    select g.id::text, a.id::text as announcement_id
    from announcement_rungs g join announcements a on a.id = g.announcement_id
    where g.state = 'planned' and g.due_at <= ${now.toISOString()}::timestamptz and a.state in ('released', 'running')
    order by g.due_at, g.id
    limit 1
    for update of a skip locked`);
  if (due === undefined) return null;
  const [rung] = await tx
    .select()
    .from(announcementRungs)
    .where(and(eq(announcementRungs.id, Number(due.id)), eq(announcementRungs.state, 'planned')));
  if (rung === undefined) return null;
  return { announcement: await getAnnouncement(tx, Number(due.announcement_id)), rung };
}

function setRunning(tx: Tx, ctx: Context, announcement: Announcement): Promise<Announcement> {
  return changeLocked(tx, ctx, announcement, { action: 'start', set: { state: 'running' } });
}

/** Tells the people of groups that have not taken a send themselves. False: there is none. */
async function replaceGroup(tx: Tx, ctx: Context): Promise<boolean> {
  const [found] = await tx.execute<{ send_id: string; announcement_id: string }>(sql`
    select rung.send_id::text, a.id::text as announcement_id
    from announcement_rungs rung join announcements a on a.id = rung.announcement_id
    where rung.state = 'running' and a.state in ('released', 'running')
      and exists (${leftByGroups(sql`rung.send_id`)})
    order by rung.id
    limit 1
    for update of a skip locked`);
  if (found === undefined) return false;
  const count = await tellWithoutGroups(tx, Number(found.send_id));
  ctx.log.warn({ announcement: Number(found.announcement_id), count }, 'a group took no message, its people get it');
  return true;
}

/** Ends one rung of which nothing waits any more, and its announcement with the last of them. False: there is none. */
async function settleNext(tx: Tx, ctx: Context): Promise<boolean> {
  const [over] = await tx.execute<{ rung_id: string | null; announcement_id: string }>(sql`
    select g.id::text as rung_id, a.id::text as announcement_id
    from announcements a
    left join announcement_rungs g on g.announcement_id = a.id and g.state = 'running'
    where a.state in ('released', 'running')
      and case when g.id is null
        then not exists (
          select from announcement_rungs o where o.announcement_id = a.id and o.state in ('planned', 'running'))
        else not exists (
          select from deliveries d where d.send_id = g.send_id and d.status in ('pending', 'sending'))
          and not exists (${leftByGroups(sql`g.send_id`)})
      end
    order by a.id, g.id
    limit 1
    for update of a skip locked`);
  if (over === undefined) return false;
  const now = await databaseNow({ ...ctx, tx });
  const announcementId = Number(over.announcement_id);
  if (over.rung_id !== null) {
    await tx
      .update(announcementRungs)
      .set({ state: 'done', endedAt: now })
      .where(and(eq(announcementRungs.id, Number(over.rung_id)), eq(announcementRungs.state, 'running')));
  }
  const [open] = await tx
    .select({ id: announcementRungs.id })
    .from(announcementRungs)
    .where(
      and(
        eq(announcementRungs.announcementId, announcementId),
        sql`${announcementRungs.state} in ('planned', 'running')`,
      ),
    )
    .limit(1);
  const announcement = await getAnnouncement(tx, announcementId);
  if (over.rung_id !== null) await tellReport(tx, { ...ctx, tx }, announcement, Number(over.rung_id));
  if (open === undefined && (announcement.state === 'released' || announcement.state === 'running')) {
    await changeLocked(tx, { ...ctx, tx }, announcement, {
      action: 'finish',
      set: { state: 'done', endedAt: ctx.clock.now() },
    });
  }
  return true;
}
