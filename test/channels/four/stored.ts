import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Database } from '../../../src/core/context.ts';

/** What a talk left in the database, but for the channel, the platform's ids, and times. */
export interface Stored {
  readonly proposals: readonly StoredProposal[];
  readonly residents: readonly Record<string, unknown>[];
  /** `proposal by resident`. */
  readonly supports: readonly string[];
  /** `who did what to what`. */
  readonly audit: readonly string[];
}

export interface StoredProposal extends ProposalRow {
  /** In their order. */
  readonly files: readonly { readonly kind: string; readonly bytes: Buffer }[];
}

interface ProposalRow extends Record<string, unknown> {
  readonly id: number;
  readonly village: string;
  readonly sector: string;
  readonly status: string;
  readonly text: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** The last rows of those tables of which a talk's own are read. */
export interface Marks {
  readonly proposals: number;
  readonly residents: number;
  readonly audit: number;
}

export async function readMarks(db: Database): Promise<Marks> {
  const [row] = await db.execute<{ proposals: number; residents: number; audit: number }>(sql`
    select (select coalesce(max(id), 0) from proposals)::int as proposals,
      (select coalesce(max(id), 0) from residents)::int as residents,
      (select coalesce(max(id), 0) from audit_log)::int as audit`);
  if (row === undefined) throw new Error('a select of values gave no row');
  return row;
}

export async function readStored(db: Database, since: Marks, dataDir: string): Promise<Stored> {
  const proposals = await db.execute<ProposalRow>(sql`
    select id::int, number, source, village_id as village, sector_id as sector, sector_due, text, first_text, language, status,
      latitude, longitude, resident_id::int as resident, supporter_count, revision, test, hidden_at, merged_into_id
    from proposals where id > ${since.proposals} order by id`);
  const files = await db.execute<{ proposal: number; kind: string; path: string }>(sql`
    select a.proposal_id::int as proposal, m.kind, m.path
    from proposal_attachments a join media m on m.id = a.media_id
    where a.proposal_id > ${since.proposals} order by a.proposal_id, a.position`);
  const residents = await db.execute<Record<string, unknown>>(sql`
    select id::int, language, village_id as village, sex, age_band, vulnerable, consent_version,
      demographics_asked_at is not null as asked, consent_at is not null as consented,
      announcements_stopped_at is not null as announcements_stopped, answers_stopped_at is not null as answers_stopped,
      erased_at is not null as erased,
      (select count(*)::int from addresses a where a.resident_id = r.id) as addresses
    from residents r where id > ${since.residents} order by id`);
  const supports = await db.execute<{ line: string }>(sql`
    select p.number || ' by ' || s.resident_id as line
    from proposal_supports s join proposals p on p.id = s.proposal_id
    where s.proposal_id > ${since.proposals} order by 1`);
  const audit = await db.execute<{ line: string }>(sql`
    select actor || ' ' || action || ' ' || subject as line from audit_log where id > ${since.audit} order by id`);
  return {
    proposals: proposals.map((row) => ({
      ...row,
      files: files
        .filter(({ proposal }) => proposal === row.id)
        .map(({ kind, path }) => ({ kind, bytes: readFileSync(join(dataDir, 'media', path)) })),
    })),
    residents: [...residents],
    supports: supports.map(({ line }) => line),
    audit: audit.map(({ line }) => line),
  };
}
