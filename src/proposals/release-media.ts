import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';

/** As many as one run looks after; the next one takes the rest. */
const MOST = 1000;

/**
 * Lets go of files that came more than `days` ago and are part of nothing: their draft was canceled, or given up. Kept
 * are those of a proposal, a meeting, a hearing, a question to one or an announcement, and those that the person's open
 * or interrupted conversation still names. A file on disk is marked `refused`, for whoever removes such files; a row without one goes at once. Returns how many.
 */
export async function releaseMedia(db: Database, days: number): Promise<number> {
  const rows = await db.execute(sql`
    with left_over as (
      select m.id, m.path from media m
      where m.created_at < now() - ${days} * interval '1 day'
        and (m.path is null or m.status <> 'refused')
        and not exists (select 1 from proposal_attachments a where a.media_id = m.id)
        and not exists (select 1 from meeting_media f where f.media_id = m.id)
        and not exists (select 1 from hearing_question_media f where f.media_id = m.id)
        and not exists (select 1 from hearings h where m.id in (h.draft_media_id, h.minutes_media_id))
        and not exists (select 1 from announcement_media f where f.media_id = m.id)
        and not exists (select 1 from announcements n where (n.approval ->> 'mediaId')::bigint = m.id)
        and not exists (
          select 1 from dialogs d
          where d.channel = m.channel and d.account = m.account and d.chat_id = m.chat_id and d.person_id = m.person_id
            and coalesce(d.saved::text, '') || d.memory::text ~ ('"id":\\s*' || m.id || '[^0-9]')
        )
      order by m.id limit ${MOST}
      for update skip locked
    ), removed as (
      delete from media using left_over l where media.id = l.id and l.path is null
    ), released as (
      update media set status = 'refused', chat_id = '', person_id = ''
      from left_over l where media.id = l.id and l.path is not null
    )
    select id from left_over`);
  return rows.length;
}
