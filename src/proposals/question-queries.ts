import { and, asc, eq, isNull, ne } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { proposalQuestions, proposals } from './tables.ts';

/** What staff asked an author who has not answered yet. */
export interface OpenQuestion {
  readonly id: number;
  readonly proposalId: number;
  readonly number: string;
  readonly question: string;
  readonly askedAt: Date;
}

type Row = Pick<OpenQuestion, 'number' | 'question'> & {
  readonly residentId: string;
  readonly id: string;
  readonly proposalId: string;
  readonly askedAt: string;
};

const findRows = statement<Row>()`
  select q.resident_id as "residentId", q.id, q.proposal_id as "proposalId", p.number, q.question,
    q.asked_at as "askedAt"
  from addresses a
  join residents r on r.id = a.resident_id and r.consent_at is not null
  join proposal_questions q on q.resident_id = a.resident_id and q.answered_at is null
  join proposals p on p.id = q.proposal_id and p.status <> 'withdrawn' and p.hidden_at is null
  join deliveries d on d.send_id = q.send_id and d.address_id = a.id and d.status in ('sending', 'sent')
  where (a.channel, a.account, a.external_id) in (
    select * from unnest(${'channels'}::text[], ${'accounts'}::text[], ${'chatIds'}::text[])
  )
  order by q.id`;

/**
 * Open questions that those who write from these chats have read there, by resident, oldest first. One that has not
 * arrived yet cannot be what somebody answers, of a proposal that was taken back, or hidden, nothing is asked any more,
 * and whoever has still to consent answers that first. One statement; for most it ends at the first index.
 */
export async function findOpenQuestions(
  db: Database,
  chats: readonly ChannelAddress[],
): Promise<ReadonlyMap<number, readonly OpenQuestion[]>> {
  const rows = await findRows(db, {
    channels: chats.map(({ channel }) => channel),
    accounts: chats.map(({ account }) => account),
    chatIds: chats.map(({ id }) => id),
  });
  const found = new Map<number, OpenQuestion[]>();
  for (const { residentId, id, proposalId, askedAt, ...words } of rows) {
    const question = { id: Number(id), proposalId: Number(proposalId), askedAt: new Date(askedAt), ...words };
    found.set(Number(residentId), [...(found.get(Number(residentId)) ?? []), question]);
  }
  return found;
}

/** What an author was asked about one proposal and has not answered, oldest first; nothing once it is withdrawn or hidden. */
export async function listOpenQuestions(db: Database, proposalId: number): Promise<OpenQuestion[]> {
  return db
    .select({
      id: proposalQuestions.id,
      proposalId: proposalQuestions.proposalId,
      number: proposals.number,
      question: proposalQuestions.question,
      askedAt: proposalQuestions.askedAt,
    })
    .from(proposalQuestions)
    .innerJoin(proposals, eq(proposals.id, proposalQuestions.proposalId))
    .where(
      and(
        eq(proposalQuestions.proposalId, proposalId),
        isNull(proposalQuestions.answeredAt),
        ne(proposals.status, 'withdrawn'),
        isNull(proposals.hiddenAt),
      ),
    )
    .orderBy(asc(proposalQuestions.id));
}
