import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { LOCALES } from '../core/texts.ts';
import { statement } from '../db/statement.ts';
import { withTransaction } from '../db/transaction.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import { getResident } from '../residents/queries.ts';
import { ForbiddenError, requireSelf } from '../residents/rules.ts';
import { UnknownPlaceError } from './errors.ts';
import { foldProposal } from './fold.ts';

export const MAX_TEXT_LENGTH = 10_000;

const SubmitProposalInput = z
  .object({
    residentId: z.int(),
    municipalityId: z.int(),
    villageId: z.string().min(1),
    sectorId: z.string().min(1),
    /** Empty only beside a voice message or another file. */
    text: z.string().transform(cleanText).pipe(z.string().max(MAX_TEXT_LENGTH)),
    language: z.enum(LOCALES),
    channel: z.enum(CHANNEL_NAMES),
    source: z.enum(['chat', 'group']),
    /** True: numbered in the TEST series. */
    test: z.boolean(),
    mediaIds: z.array(z.int()),
    location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
    messageRef: z.string().optional(),
  })
  .refine(({ text, mediaIds }) => text !== '' || mediaIds.length > 0, { error: 'a proposal needs words or a file' });
export type SubmitProposalInput = z.input<typeof SubmitProposalInput>;

/**
 * Stores a proposal and gives it the next number of its municipality and year, without gaps: a transaction that
 * rolls back gives its number back. The counter stays locked until the transaction ends, so nothing slow may follow.
 * @throws {ForbiddenError} when the resident is not the actor or has not consented
 * @throws {ResidentNotFoundError} @throws {UnknownPlaceError}
 */
export async function submitProposal(
  ctx: Context,
  input: SubmitProposalInput,
): Promise<{ id: number; number: string }> {
  requireSelf(ctx.actor, input.residentId);
  const proposal = SubmitProposalInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const stored = await insertNumbered(tx, proposal, ctx.clock.now());
    if (stored === null) throw await whyNothingWasStored(tx, proposal);
    const { municipalityId, villageId, sectorId, channel, mediaIds } = proposal;
    await recordAudit(tx, ctx, {
      action: 'proposal.submit',
      subject: `proposal:${stored.id}`,
      municipalityId,
      after: { number: stored.number, villageId, sectorId, channel, attachments: mediaIds.length },
    });
    return stored;
  });
}

const insertRows = statement<{ id: string; number: string }>()`
  with place as (
    select m.id, m.code, extract(year from ${'at'}::timestamptz at time zone m.time_zone)::int as year
    from municipalities m
    join villages v on v.municipality_id = m.id and v.id = ${'villageId'}::text
    join sectors s on s.municipality_id = m.id and s.id = ${'sectorId'}::text
    join residents r on r.id = ${'residentId'}::bigint and r.erased_at is null and r.consent_at is not null
    where m.id = ${'municipalityId'}::bigint
  ), counted as (
    insert into proposal_counters as c (municipality_id, year, series, last)
    select id, year, case when ${'test'}::boolean then 'test' else 'main' end, 1 from place
    on conflict (municipality_id, year, series) do update set last = c.last + 1
    returning c.year, c.last
  ), stored as (
    insert into proposals (
      municipality_id, number, year, sequence, test, channel, source, village_id, sector_id, resident_id,
      text, first_text, folded, language, latitude, longitude, status, message_ref, submitted_at, updated_at
    )
    select
      place.id,
      case when ${'test'} then 'TEST' else place.code end || '-' || counted.year || '-'
        || lpad(counted.last::text, greatest(4, length(counted.last::text)), '0'),
      counted.year, counted.last, ${'test'}, ${'channel'}::text, ${'source'}::text, ${'villageId'}, ${'sectorId'},
      ${'residentId'}, ${'text'}::text, ${'text'}, ${'folded'}::text, ${'language'}::text,
      ${'latitude'}::float8, ${'longitude'}::float8, 'received', ${'messageRef'}::text, ${'at'}, ${'at'}
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
 * Counter, proposal and attachments in one statement, so that the counter is locked as late and as shortly as can
 * be. Null where resident and place do not fit; nothing is counted then.
 */
async function insertNumbered(
  tx: Tx,
  { location, messageRef, ...proposal }: z.output<typeof SubmitProposalInput>,
  at: Date,
): Promise<{ id: number; number: string } | null> {
  const [row] = await insertRows(tx, {
    ...proposal,
    folded: foldProposal(proposal.text, null),
    latitude: location?.latitude ?? null,
    longitude: location?.longitude ?? null,
    messageRef: messageRef ?? null,
    at: at.toISOString(),
  });
  return row ? { id: Number(row.id), number: row.number } : null;
}

async function whyNothingWasStored(tx: Tx, p: z.output<typeof SubmitProposalInput>): Promise<Error> {
  const resident = await getResident(tx, p.residentId);
  if (resident.consentAt === null) return new ForbiddenError(`resident ${p.residentId} has not consented`);
  return new UnknownPlaceError(p);
}
