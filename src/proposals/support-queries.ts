import { eq, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { KeptAnswer } from './answer-texts.ts';
import type { ProposalStatus } from './rules.ts';
import { proposalSupports } from './tables.ts';

/** A proposal that somebody supports, as they see it. */
export interface SupportedProposal extends KeptAnswer {
  readonly id: number;
  readonly number: string;
  readonly municipalityId: number;
  readonly villageId: string;
  readonly sectorId: string;
  readonly text: string;
  readonly status: ProposalStatus;
  readonly supporterCount: number;
}

/**
 * What a resident supports, last supported first; in place of a merged one what it was merged into, each once. Hidden
 * ones and those that became the resident's own by a merge are left out.
 */
export async function listSupported(db: Database, residentId: number, limit: number): Promise<SupportedProposal[]> {
  const rows = await db.execute<
    { [Name in keyof SupportedProposal]: SupportedProposal[Name] } & { id: string; municipalityId: string }
  >(sql`
    with recursive up as (
      select s.at, p.id, p.merged_into_id
      from proposal_supports s join proposals p on p.id = s.proposal_id where s.resident_id = ${residentId}
      union all select up.at, p.id, p.merged_into_id from proposals p join up on p.id = up.merged_into_id
    ), roots as (select id, max(at) as at from up where merged_into_id is null group by id)
    select p.id, p.number, p.municipality_id as "municipalityId", p.village_id as "villageId",
      p.sector_id as "sectorId", coalesce(nullif(p.text, ''), p.transcript, '') as text, p.status, p.answer,
      p.answers, p.supporter_count as "supporterCount"
    from roots join proposals p on p.id = roots.id
    where p.hidden_at is null and p.resident_id is distinct from ${residentId}
    order by roots.at desc, p.id desc limit ${limit}`);
  return rows.map((row) => ({ ...row, id: Number(row.id), municipalityId: Number(row.municipalityId) }));
}

/** How many times a resident gave support and did not take it back. */
export async function countSupports(db: Database, residentId: number): Promise<number> {
  return db.$count(proposalSupports, eq(proposalSupports.residentId, residentId));
}
