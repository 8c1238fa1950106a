import { and, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { formatDate } from '../core/dates.ts';
import { inTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { openingButton } from '../dialog/button-data.ts';
import { type CalendarItem, readSettings } from '../places/catalogue.ts';
import { municipalities } from '../places/tables.ts';
import { peopleWith } from '../staff/people-with.ts';
import { decide, nextMorning, type Occurrence, type Step } from './calendar-days.ts';
import { calendarReminders } from './tables.ts';

/** An item of a municipality's calendar. */
interface Entry {
  readonly municipalityId: number;
  readonly timeZone: string;
  readonly item: CalendarItem;
}

/**
 * Reminds staff of what the law wants by now: those who may prepare an announcement, in their language, once a year and
 * item with any number of processes. What fell due while none ran is caught up while it is of use; else it is reported
 * as missed. While nobody works there it is tried again each morning. `now`: the time by which things fall due.
 */
export async function remindOfCalendar(ctx: Context, { now }: { now: Date }): Promise<void> {
  const rows = await ctx.db.select().from(calendarReminders);
  const planned = new Map(rows.map((row) => [keyOf(row), row.nextDueAt]));
  for (const { id, timeZone, settings, updatedAt } of await ctx.db.select().from(municipalities)) {
    for (const item of readSettings(settings).calendar) {
      const entry = { municipalityId: id, timeZone, item };
      const from = planned.get(keyOf({ municipalityId: id, item: item.id })) ?? null;
      const step = decide(item, timeZone, from, now);
      // a clock that stands before the catalogue was loaded is wrong: it moves no plan to an earlier day
      if (step === null || (from !== null && step.nextDueAt < from && now < updatedAt)) continue;
      await inTransaction(ctx.db, (tx) => take(tx, ctx, { entry, from, step, now }));
    }
  }
}

async function take(
  tx: Tx,
  ctx: Context,
  { entry, from, step, now }: { entry: Entry; from: Date | null; step: Step; now: Date },
): Promise<void> {
  const { municipalityId, timeZone, item } = entry;
  const residentIds = step.remind === null ? [] : await peopleWith(tx, municipalityId, 'announcements.prepare');
  const { nextDueAt, remind, missed } = residentIds.length > 0 ? step : withNobody(step, nextMorning(now, timeZone));
  if (!(await plan(tx, entry, from, nextDueAt))) return;
  const about = { subject: `calendar:${item.id}`, municipalityId };
  if (missed.length > 0) {
    ctx.log.warn(
      { municipality: municipalityId, item: item.id, years: missed },
      'reminders of the calendar came too late',
    );
    await recordAudit(tx, ctx, { ...about, action: 'calendar.missed', after: { years: missed } });
  }
  if (remind === null) return;
  await tell(tx, ctx, entry, remind, residentIds);
  await recordAudit(tx, ctx, { ...about, action: 'calendar.remind', after: { year: remind.year } });
}

/** Whom nobody could be reminded of waits for the next morning; on its last day it is missed. */
function withNobody({ nextDueAt, remind, missed }: Step, morning: Date): Step {
  if (remind === null) return { nextDueAt, remind, missed };
  if (morning < remind.endsAt) return { nextDueAt: morning, remind: null, missed };
  return { nextDueAt, remind: null, missed: [...missed, remind.year] };
}

/** Plans the next look. False: another process was quicker. */
async function plan(tx: Tx, { municipalityId, item }: Entry, from: Date | null, nextDueAt: Date): Promise<boolean> {
  const done =
    from === null
      ? await tx
          .insert(calendarReminders)
          .values({ municipalityId, item: item.id, nextDueAt })
          .onConflictDoNothing()
          .returning({ item: calendarReminders.item })
      : await tx
          .update(calendarReminders)
          .set({ nextDueAt })
          .where(
            and(
              eq(calendarReminders.municipalityId, municipalityId),
              eq(calendarReminders.item, item.id),
              eq(calendarReminders.nextDueAt, from),
            ),
          )
          .returning({ item: calendarReminders.item });
  return done.length > 0;
}

async function tell(
  tx: Tx,
  ctx: Context,
  { municipalityId, timeZone, item }: Entry,
  { endsAt }: Occurrence,
  residentIds: readonly number[],
): Promise<void> {
  const lastDay = new Date(endsAt.getTime() - 1);
  await sendNotice(tx, ctx, {
    municipalityId,
    subject: `calendar:${item.id}`,
    residentIds,
    audience: 'staff',
    write: (t, locale) => ({
      text: t('calendar-reminder', {
        text: item.texts[locale],
        date: formatDate(lastDay, locale, timeZone, 'long'),
      }),
      options: [{ data: openingButton('announce', `cal.${item.id}`), label: t('btn-calendar-draft') }],
    }),
  });
}

function keyOf({ municipalityId, item }: { municipalityId: number; item: string }): string {
  return `${municipalityId}:${item}`;
}
