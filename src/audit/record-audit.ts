import type { Actor, Context, Tx } from '../core/context.ts';
import { type AuditFacts, auditLog } from './tables.ts';

export interface AuditEntry {
  /** `<thing>.<verb>`, as in `proposal.submit`. */
  readonly action: string;
  /** `<thing>:<id>`, as in `proposal:45`. */
  readonly subject: string;
  readonly municipalityId?: number | null;
  /** Ids, numbers and states; never a name, an address or a person's words. */
  readonly before?: AuditFacts;
  readonly after?: AuditFacts;
}

/** Writes down in the verb's own transaction who did what: both are stored, or neither. */
export async function recordAudit(tx: Tx, ctx: Context, entry: AuditEntry): Promise<void> {
  await tx
    .insert(auditLog)
    .values({
      at: ctx.clock.now(),
      actor: actorName(ctx.actor),
      action: entry.action,
      subject: entry.subject,
      municipalityId: entry.municipalityId ?? null,
      before: entry.before ?? null,
      after: entry.after ?? null,
    })
    .prepare('record_audit')
    .execute();
}

/** The actor as audit rows and status changes show it: `resident:12`, `operator:root`, `system:sweep`. */
export function actorName(actor: Actor): string {
  switch (actor.type) {
    case 'resident':
      return `resident:${actor.residentId}`;
    case 'operator':
      return `operator:${actor.name}`;
    case 'system':
      return `system:${actor.job}`;
  }
}
