import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import type { ChannelName, MediaRef } from '../messaging/contract.ts';
import type { KeptAnswer } from './answer-texts.ts';
import { ProposalNotFoundError } from './errors.ts';
import type { ProposalSource, ProposalStatus } from './rules.ts';

/** A file of a proposal, as far as it has come. */
export interface CardFile {
  readonly id: number;
  readonly kind: MediaRef['kind'];
  readonly state: 'pending' | 'stored' | 'gone';
  /** Below the folder of media; null unless stored. */
  readonly path: string | null;
  readonly mime: string | null;
}

/** The one to whom words can be sent. Without a name: cards lie in conversations, which an erased person is not looked for in. */
export interface CardAuthor {
  readonly residentId: number;
  readonly language: Locale;
  /** Null: words arrive. `unagreed`: no consent yet; `stopped`: the person wants none; `unreachable`: the platform takes none. */
  readonly unheard: 'unagreed' | 'stopped' | 'unreachable' | null;
  readonly blocked: boolean;
}

/** All that staff see of a proposal. JSON: instants are ISO texts. */
export interface ProposalCard extends KeptAnswer {
  readonly id: number;
  readonly number: string;
  readonly revision: number;
  readonly municipalityId: number;
  /** The municipality of its village today. */
  readonly officeId: number;
  readonly villageId: string;
  readonly sectorId: string;
  /** Nobody has told yet what it is about. */
  readonly sectorDue: boolean;
  /** Until when its author must consent; null: nothing is awaited. */
  readonly consentDueAt: string | null;
  readonly status: ProposalStatus;
  readonly hidden: boolean;
  readonly text: string;
  readonly transcript: string | null;
  readonly language: Locale;
  readonly source: ProposalSource;
  readonly channel: ChannelName | null;
  readonly supporterCount: number;
  readonly submittedAt: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly mergedInto: string | null;
  /** Numbers of those that were merged into it. */
  readonly merged: readonly string[];
  readonly files: readonly CardFile[];
  /** Null: on paper, imported, or erased. */
  readonly author: CardAuthor | null;
  /** What was asked and what came back, oldest first. */
  readonly questions: readonly { readonly question: string; readonly answer: string | null }[];
}

/** Null where the office has no such proposal. @see getCard */
export async function findCard(
  db: Database,
  o: { proposalId: number; municipalityId: number },
): Promise<ProposalCard | null> {
  const [row] = await db.execute<{ card: ProposalCard }>(sql`
    select json_build_object(
      'id', p.id, 'number', p.number, 'revision', p.revision, 'municipalityId', p.municipality_id,
      'officeId', v.municipality_id, 'villageId', p.village_id, 'sectorId', p.sector_id, 'status', p.status,
      'sectorDue', p.sector_due, 'consentDueAt', (
        select to_char(p.consent_due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        from residents r where r.id = p.resident_id and r.consent_at is null and r.blocked_at is null
      ),
      'hidden', p.hidden_at is not null, 'text', p.text, 'transcript', p.transcript, 'answer', p.answer,
      'answers', p.answers, 'language', p.language, 'source', p.source, 'channel', p.channel, 'supporterCount', p.supporter_count,
      'submittedAt', to_char(p.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'latitude', p.latitude, 'longitude', p.longitude,
      'mergedInto', (select number from proposals where id = p.merged_into_id),
      'merged', coalesce((select json_agg(number order by id) from proposals where merged_into_id = p.id), '[]'),
      'files', coalesce((
        select json_agg(json_build_object(
          'id', m.id, 'kind', m.kind, 'mime', m.mime, 'path', case when m.status = 'stored' then m.path end,
          'state', case when m.status = 'refused' then 'gone' else m.status end
        ) order by a.position)
        from proposal_attachments a join media m on m.id = a.media_id where a.proposal_id = p.id
      ), '[]'),
      'author', (
        select json_build_object(
          'residentId', r.id, 'language', r.language, 'blocked', r.blocked_at is not null,
          'unheard', case
            when r.consent_at is null then 'unagreed'
            when r.answers_stopped_at is not null then 'stopped'
            when not exists (select from addresses where resident_id = r.id and unreachable_at is null)
              then 'unreachable'
          end
        )
        from residents r where r.id = p.resident_id and r.erased_at is null
      ),
      'questions', coalesce((
        select json_agg(json_build_object('question', q.question, 'answer', q.answer) order by q.id)
        from proposal_questions q where q.proposal_id = p.id
      ), '[]')
    ) as card
    from proposals p join villages v on v.id = p.village_id
    where p.id = ${o.proposalId} and v.municipality_id = ${o.municipalityId}`);
  return row?.card ?? null;
}

/** @throws {ProposalNotFoundError} where the office has no such proposal */
export async function getCard(db: Database, o: { proposalId: number; municipalityId: number }): Promise<ProposalCard> {
  const card = await findCard(db, o);
  if (card === null) throw new ProposalNotFoundError(o.proposalId);
  return card;
}
