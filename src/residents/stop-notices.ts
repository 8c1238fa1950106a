import type { Context } from '../core/context.ts';
import { changeResident } from './change-resident.ts';

/** No announcements any more; answers on the resident's own proposals still come. @throws as `setLanguage` */
export async function stopAnnouncements(ctx: Context, residentId: number): Promise<void> {
  const now = ctx.clock.now();
  await changeResident(ctx, {
    residentId,
    action: 'resident.stop-announcements',
    set: { announcementsStoppedAt: now },
  });
}

/** No answers on the resident's own proposals either, and no announcements. @throws as `setLanguage` */
export async function stopAnswers(ctx: Context, residentId: number): Promise<void> {
  const now = ctx.clock.now();
  await changeResident(ctx, {
    residentId,
    action: 'resident.stop-answers',
    set: { announcementsStoppedAt: now, answersStoppedAt: now },
  });
}

/** Announcements and answers come again. @throws as `setLanguage` */
export async function resumeNotices(ctx: Context, residentId: number): Promise<void> {
  await changeResident(ctx, {
    residentId,
    action: 'resident.resume-notices',
    set: { announcementsStoppedAt: null, answersStoppedAt: null },
  });
}
