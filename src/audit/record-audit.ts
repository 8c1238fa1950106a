import type { Actor, AuditFacts, AuditRow, Context, Tx } from '../core/context.ts';
import { statement } from '../db/statement.ts';

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

/**
 * Writes down in the verb's own transaction who did what: both are stored, or neither. Where the context collects
 * audit rows, whoever owns the transaction writes them by `writeAudits`.
 */
export async function recordAudit(tx: Tx, ctx: Context, entry: AuditEntry): Promise<void> {
  const row: AuditRow = {
    at: ctx.clock.now(),
    actor: actorName(ctx.actor),
    action: entry.action,
    subject: entry.subject,
    municipalityId: entry.municipalityId ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
  };
  if (ctx.audits) ctx.audits.push(row);
  else await writeAudits(tx, [row]);
}

const insertRows = statement()`
  insert into audit_log (at, actor, action, subject, municipality_id, before, after)
  select v.at, v.actor, v.action, v.subject, v."municipalityId", v.before, v.after
  from json_to_recordset(${'rows'}::json) as v(
    at timestamptz, actor text, action text, subject text, "municipalityId" bigint, before json, after json
  )`;

/** Stores audit rows in their order, in one statement. */
export async function writeAudits(tx: Tx, rows: readonly AuditRow[]): Promise<void> {
  if (rows.length > 0) await insertRows(tx, { rows: JSON.stringify(rows) });
}

/** The actor as audit rows and status changes show it: `resident:12`, `staff:3`, `operator:root`, `system:sweep`. */
export function actorName(actor: Actor): string {
  switch (actor.type) {
    case 'resident':
      return `resident:${actor.residentId}`;
    case 'staff':
      return `staff:${actor.staffId}`;
    case 'operator':
      return `operator:${actor.name}`;
    case 'system':
      return `system:${actor.job}`;
  }
}
