import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import type { HearingFile } from './queries.ts';
import { hearingQuestions } from './tables.ts';

/** A question to a hearing as the office sees it: without a name. JSON: the instant is an ISO text. */
export interface HearingQuestion {
  readonly id: number;
  readonly hearingId: number;
  /** Of whoever asked, today; null: not told, or erased. */
  readonly villageId: string | null;
  readonly language: Locale;
  readonly text: string;
  readonly askedAt: string;
  readonly answer: string | null;
  readonly files: readonly HearingFile[];
  /** Null: words arrive. `erased`: nobody is there; `stopped`: the person wants none; `unreachable`: the platform takes none. */
  readonly unheard: 'erased' | 'stopped' | 'unreachable' | null;
}

/** Questions to a hearing that nobody has answered, oldest first, `limit` of those that came after the one named. */
export async function listOpenQuestions(
  db: Database,
  hearingId: number,
  { after = 0, limit = 1_000 }: { after?: number; limit?: number } = {},
): Promise<HearingQuestion[]> {
  const rows = await db.execute<{ question: HearingQuestion }>(sql`
    select json_build_object(
      'id', q.id, 'hearingId', q.hearing_id, 'villageId', r.village_id, 'language', q.language, 'text', q.text,
      'askedAt', to_char(q.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'answer', q.answer,
      'files', coalesce((
        select json_agg(json_build_object(
          'kind', m.kind, 'mime', m.mime, 'path', case when m.status = 'stored' then m.path end,
          'state', case when m.status = 'refused' then 'gone' else m.status end
        ) order by f.position)
        from hearing_question_media f join media m on m.id = f.media_id where f.question_id = q.id
      ), '[]'),
      'unheard', case
        when r.id is null then 'erased'
        when r.answers_stopped_at is not null then 'stopped'
        when not exists (select from addresses where resident_id = r.id and unreachable_at is null) then 'unreachable'
      end
    ) as question
    from hearing_questions q left join residents r on r.id = q.resident_id
    where q.hearing_id = ${hearingId} and q.answered_at is null and q.id > ${after}
    order by q.id limit ${limit}`);
  return rows.map(({ question }) => question);
}

export async function countOpenQuestions(db: Database, hearingId: number): Promise<number> {
  return db.$count(
    hearingQuestions,
    and(eq(hearingQuestions.hearingId, hearingId), isNull(hearingQuestions.answeredAt)),
  );
}

/** What somebody asked a hearing, with the answers, oldest first. */
export function listOwnQuestions(db: Database, { hearingId, residentId }: { hearingId: number; residentId: number }) {
  return db
    .select({ text: hearingQuestions.text, answer: hearingQuestions.answer })
    .from(hearingQuestions)
    .where(and(eq(hearingQuestions.hearingId, hearingId), eq(hearingQuestions.residentId, residentId)))
    .orderBy(asc(hearingQuestions.id));
}
