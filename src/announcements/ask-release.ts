import { actorName } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { openingButton } from '../dialog/button-data.ts';
import { getHearing } from '../hearings/queries.ts';
import { peopleNamed, peopleWith } from '../staff/people-with.ts';
import type { Announcement } from './queries.ts';
import { titleOf } from './title.ts';

/** Tells everybody who may release it, but whoever prepared it, that an announcement waits for them. */
export async function askForRelease(tx: Tx, ctx: Context, announcement: Announcement): Promise<void> {
  const { id, municipalityId, hearingId } = announcement;
  const able = await peopleWith(tx, municipalityId, 'announcements.release');
  const own = await peopleNamed(tx, [actorName(ctx.actor)]);
  const hearing = hearingId === null ? null : await getHearing(tx, hearingId);
  await sendNotice(tx, ctx, {
    municipalityId,
    subject: `announcement:${id}`,
    audience: 'staff',
    residentIds: able.filter((one) => !own.includes(one)),
    write: (t, locale) => ({
      text: t('announce-waits-release', { title: titleOf(announcement, hearing, locale) }),
      options: [{ data: openingButton('announce', String(id)), label: t('btn-announcement-open') }],
    }),
  });
}
