import { bigint, index, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { AuditFacts } from '../core/context.ts';

/**
 * Who did what, before and after. Numbers, ids and states only: no name, address, phone number or text of a person
 * stands here, so that erasing somebody leaves nothing behind but a number.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull(),
    /** `resident:12`, `staff:3`, `operator:root`, `system:sweep`. */
    actor: text().notNull(),
    /** `<thing>.<verb>`, as in `proposal.submit`. */
    action: text().notNull(),
    /** `<thing>:<id>`, as in `proposal:45`. */
    subject: text().notNull(),
    municipalityId: bigint('municipality_id', { mode: 'number' }),
    before: json().$type<AuditFacts>(),
    after: json().$type<AuditFacts>(),
  },
  (t) => [index('audit_log_subject').on(t.subject, t.id)],
);
