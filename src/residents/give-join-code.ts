import { lt, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Database } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { hashJoinCode, JOIN_MINUTES, newJoinCode } from './join-code.ts';
import { ForbiddenError, requireSelf } from './rules.ts';
import { joinCodes } from './tables.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Of a million codes hardly two are the same; so often another one is drawn. */
const DRAWS = 20;

/**
 * A code that lets one other chat join the person, told in `address`; theirs from before counts no more. Returns it:
 * only its hash is kept. @throws {ForbiddenError} where the actor is somebody else, or the chat is not theirs
 */
export async function giveJoinCode(
  ctx: Context,
  { residentId, address }: { residentId: number; address: ChannelAddress },
): Promise<string> {
  requireSelf(ctx.actor, residentId);
  return withTransaction(ctx, async (tx) => {
    const expiresAt = new Date(ctx.clock.now().getTime() + JOIN_MINUTES * 60_000).toISOString();
    const { channel, account, id } = address;
    for (let draw = 0; draw < DRAWS; draw++) {
      const code = newJoinCode();
      const codeHash = hashJoinCode(code);
      const stored = await tx.execute(sql`
        insert into join_codes (resident_id, address_id, code_hash, expires_at)
        select r.id, a.id, ${codeHash}, ${expiresAt}::timestamptz
        from residents r join addresses a on a.resident_id = r.id
        where r.id = ${residentId} and a.channel = ${channel} and a.account = ${account} and a.external_id = ${id}
          and not exists (select from join_codes other where other.code_hash = ${codeHash} and other.resident_id <> r.id)
        on conflict (resident_id) do update
          set address_id = excluded.address_id, code_hash = excluded.code_hash, expires_at = excluded.expires_at,
            used_at = null
        returning resident_id`);
      if (stored.length === 0) continue;
      await recordAudit(tx, ctx, { action: 'resident.join-code', subject: `resident:${residentId}` });
      return code;
    }
    throw new ForbiddenError(`resident ${residentId} asks for a code in a chat that is not theirs`);
  });
}

/** Lets codes go that ran out a day ago: until then it can be told why one does not count. */
export async function tidyJoinCodes(db: Database, now: Date): Promise<void> {
  await db.delete(joinCodes).where(lt(joinCodes.expiresAt, new Date(now.getTime() - DAY_MS)));
}
