import { describe, expect, it } from 'vitest';
import { actorName, recordAudit } from '../../src/audit/record-audit.ts';
import { auditLog } from '../../src/audit/tables.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';

const database = useDatabase();

describe('recordAudit', () => {
  it('writes who did what to which thing, before and after', async () => {
    await rolledBack(database.db, async (tx) => {
      const ctx = testContext(database.db, { tx, actor: { type: 'operator', name: 'root' } });
      const entry = { action: 'proposal.edit', subject: 'proposal:7', before: { length: 3 }, after: { length: 5 } };
      await recordAudit(tx, ctx, entry);
      const [row] = await tx.select().from(auditLog);
      expect(row).toMatchObject({ ...entry, actor: 'operator:root', municipalityId: null, at: ctx.clock.now() });
    });
  });

  it('leaves no row when the transaction of the verb fails', async () => {
    const ctx = testContext(database.db);
    const failing = inTransaction(database.db, async (tx) => {
      await recordAudit(tx, ctx, { action: 'proposal.edit', subject: 'proposal:7' });
      throw new Error('the verb fails');
    });
    await expect(failing).rejects.toThrow('the verb fails');
    expect(await database.db.select().from(auditLog)).toEqual([]);
  });
});

describe('actorName', () => {
  it.each([
    [{ type: 'resident', residentId: 12 }, 'resident:12'],
    [{ type: 'operator', name: 'root' }, 'operator:root'],
    [{ type: 'system', job: 'sweep' }, 'system:sweep'],
  ] as const)('names %o as %s', (actor, name) => {
    expect(actorName(actor)).toBe(name);
  });
});
