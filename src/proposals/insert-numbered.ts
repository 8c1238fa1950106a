import type { Tx } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import { statement } from '../db/statement.ts';
import type { ChannelName } from '../messaging/contract.ts';
import type { AgeBand, Sex } from '../residents/tables.ts';
import { foldProposal } from './fold.ts';
import type { ProposalSource } from './rules.ts';

/** A proposal that a verb has checked. */
export interface NewProposal {
  readonly municipalityId: number;
  readonly villageId: string;
  readonly sectorId: string;
  readonly text: string;
  readonly language: Locale;
  readonly source: ProposalSource;
  /** True: numbered in the TEST series. */
  readonly test: boolean;
  readonly mediaIds: readonly number[];
  /** Null: somebody who wrote on paper or spoke. */
  readonly residentId: number | null;
  readonly channel: ChannelName | null;
  readonly location?: { readonly latitude: number; readonly longitude: number } | undefined;
  readonly messageRef?: string | undefined;
  readonly authorSex?: Sex | null;
  readonly authorAgeBand?: AgeBand | null;
  readonly authorVulnerable?: boolean | null;
  /** Who wrote it down for somebody else, as in audit rows. */
  readonly enteredBy?: string;
  readonly meetingId?: number | null;
  /** Nobody has said yet what it is about. */
  readonly sectorDue?: boolean;
  /** Until when the author must consent; without it the author has. */
  readonly consentDueAt?: Date | null;
}

const insertRows = statement<{ id: string; number: string }>()`
  with place as (
    select m.id, m.code, extract(year from ${'at'}::timestamptz at time zone m.time_zone)::int as year
    from municipalities m
    join villages v on v.municipality_id = m.id and v.id = ${'villageId'}::text
    join sectors s on s.municipality_id = m.id and s.id = ${'sectorId'}::text
    where m.id = ${'municipalityId'}::bigint and (${'residentId'}::bigint is null or exists (
      select 1 from residents r where r.id = ${'residentId'} and r.erased_at is null and r.blocked_at is null
        and (r.consent_at is not null or ${'consentDueAt'}::timestamptz is not null)
    )) and (${'source'}::text <> 'group' or ${'messageRef'}::text is null or not exists (
      select 1 from proposals p where p.message_ref = ${'messageRef'} and p.source = 'group'
    ))
  ), counted as (
    insert into proposal_counters as c (municipality_id, year, series, last)
    select id, year, case when ${'test'}::boolean then 'test' else 'main' end, 1 from place
    on conflict (municipality_id, year, series) do update set last = c.last + 1
    returning c.year, c.last
  ), stored as (
    insert into proposals (
      municipality_id, number, year, sequence, test, channel, source, village_id, sector_id, resident_id,
      text, first_text, folded, language, latitude, longitude, status, message_ref,
      author_sex, author_age_band, author_vulnerable, entered_by, meeting_id,
      sector_due, consent_due_at, submitted_at, updated_at
    )
    select
      place.id,
      case when ${'test'} then 'TEST' else place.code end || '-' || counted.year || '-'
        || lpad(counted.last::text, greatest(4, length(counted.last::text)), '0'),
      counted.year, counted.last, ${'test'}, ${'channel'}::text, ${'source'}::text, ${'villageId'}, ${'sectorId'},
      ${'residentId'}, ${'text'}::text, ${'text'}, ${'folded'}::text, ${'language'}::text,
      ${'latitude'}::float8, ${'longitude'}::float8, 'received', ${'messageRef'}::text,
      ${'authorSex'}::text, ${'authorAgeBand'}::text, ${'authorVulnerable'}::boolean, ${'enteredBy'}::text,
      ${'meetingId'}::bigint, ${'sectorDue'}::boolean, ${'consentDueAt'}, ${'at'}, ${'at'}
    from place, counted
    returning id, number
  ), attached as (
    insert into proposal_attachments (proposal_id, media_id, position)
    select stored.id, file.id, min(file.position)
    from stored, unnest(${'mediaIds'}::bigint[]) with ordinality as file (id, position)
    group by stored.id, file.id
  )
  select id, number from stored`;

/**
 * Stores a proposal with the next number of its municipality and year. Counter, proposal and attachments in one
 * statement, so that the counter is locked as late and as shortly as can be. Null where resident and place do not fit, and
 * where a message of a group is a proposal already; nothing is counted then.
 */
export async function insertNumbered(
  tx: Tx,
  { location, ...proposal }: NewProposal,
  at: Date,
): Promise<{ id: number; number: string } | null> {
  const [row] = await insertRows(tx, {
    ...proposal,
    folded: foldProposal(proposal.text, null),
    latitude: location?.latitude ?? null,
    longitude: location?.longitude ?? null,
    messageRef: proposal.messageRef ?? null,
    authorSex: proposal.authorSex ?? null,
    authorAgeBand: proposal.authorAgeBand ?? null,
    authorVulnerable: proposal.authorVulnerable ?? null,
    enteredBy: proposal.enteredBy ?? null,
    meetingId: proposal.meetingId ?? null,
    sectorDue: proposal.sectorDue ?? false,
    consentDueAt: proposal.consentDueAt?.toISOString() ?? null,
    at: at.toISOString(),
  });
  return row ? { id: Number(row.id), number: row.number } : null;
}
