import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import type { Municipality } from '../../src/places/places.ts';
import { editProposal, editProposalByMessage } from '../../src/proposals/edit-proposal.ts';
import { ProposalClosedError, ProposalNotFoundError } from '../../src/proposals/errors.ts';
import type { ProposalStatus } from '../../src/proposals/rules.ts';
import { proposals } from '../../src/proposals/tables.ts';
import type { Resident } from '../../src/residents/queries.ts';
import { fixedClock, rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenMunicipality, givenProposal, givenResident } from '../support/given.ts';

const database = useDatabase();
const messageRef = 'telegram:1:100:7';
type World = { ctx: Context & { tx: Tx }; author: Resident; municipality: Municipality; id: number };
const within = (work: (world: World) => Promise<void>) =>
  rolledBack(database.db, async (tx) => {
    const ctx = { ...testContext(database.db), tx };
    const municipality = await givenMunicipality(ctx);
    const author = await givenResident(ctx);
    const { id } = await givenProposal(ctx, author, municipality, { text: 'Биринчи сөз', messageRef });
    await work({ ctx: { ...as(ctx, author.id), tx }, author, municipality, id });
  });
const read = async (tx: Tx, id: number) => (await tx.select().from(proposals).where(eq(proposals.id, id)))[0];
const put = (tx: Tx, id: number, status: ProposalStatus) =>
  tx.update(proposals).set({ status }).where(eq(proposals.id, id));

describe('editProposal', () => {
  it('changes the words and keeps the first wording and the number', () =>
    within(async ({ ctx, id }) => {
      const later = fixedClock('2026-11-23T10:00:00+06:00');
      const { number } = await editProposal({ ...ctx, clock: later }, { proposalId: id, text: ' Экинчи сөз ' });
      expect(await read(ctx.tx, id)).toMatchObject({
        number,
        text: 'Экинчи сөз',
        firstText: 'Биринчи сөз',
        updatedAt: later.now(),
        submittedAt: ctx.clock.now(),
      });
    }));

  it('writes an audit row that tells lengths and no words', () =>
    within(async ({ ctx, id }) => {
      await editProposal(ctx, { proposalId: id, text: 'Экинчи' });
      const [row] = await ctx.tx.select().from(auditLog).where(eq(auditLog.action, 'proposal.edit'));
      expect(row).toMatchObject({ before: { length: 11 }, after: { length: 6 } });
    }));

  it.each(['in_review', 'planned', 'declined', 'withdrawn'] as const)('refuses a proposal that is %s', (status) =>
    within(async ({ ctx, id }) => {
      await put(ctx.tx, id, status);
      await expect(editProposal(ctx, { proposalId: id, text: 'Экинчи' })).rejects.toThrow(ProposalClosedError);
      expect(await read(ctx.tx, id)).toMatchObject({ text: 'Биринчи сөз' });
    }),
  );

  it('looks to others as if it were not there', () =>
    within(async ({ ctx, id }) => {
      const other = await givenResident(testContext(database.db, { tx: ctx.tx }));
      const editing = editProposal(as(ctx, other.id), { proposalId: id, text: 'Экинчи' });
      await expect(editing).rejects.toThrow(ProposalNotFoundError);
    }));
});

describe('editProposalByMessage', () => {
  it('changes the proposal that came in the message', () =>
    within(async ({ ctx, id }) => {
      expect(await editProposalByMessage(ctx, messageRef, 'Экинчи')).toEqual({
        id,
        number: 'KS-2026-0001',
        changed: true,
        status: 'received',
      });
      expect(await read(ctx.tx, id)).toMatchObject({ text: 'Экинчи', firstText: 'Биринчи сөз' });
    }));

  it('tells that somebody works on it already, and changes nothing', () =>
    within(async ({ ctx, id }) => {
      await put(ctx.tx, id, 'in_review');
      expect(await editProposalByMessage(ctx, messageRef, 'Экинчи')).toEqual({
        id,
        number: 'KS-2026-0001',
        changed: false,
        status: 'in_review',
      });
      expect(await read(ctx.tx, id)).toMatchObject({ text: 'Биринчи сөз' });
    }));

  it('finds nothing for another message, another person, or a message that became several proposals', () =>
    within(async ({ ctx, author, municipality }) => {
      const other = await givenResident(testContext(database.db, { tx: ctx.tx }));
      expect(await editProposalByMessage(ctx, 'telegram:1:100:8', 'Экинчи')).toBeNull();
      expect(await editProposalByMessage(as(ctx, other.id), messageRef, 'Экинчи')).toBeNull();
      await givenProposal(ctx, author, municipality, { messageRef });
      expect(await editProposalByMessage(ctx, messageRef, 'Экинчи')).toBeNull();
    }));

  it.each([
    ['nothing', ' \u200b'],
    ['far too much', 'а'.repeat(10_001)],
  ])('changes nothing when %s is left in the message', (_, text) =>
    within(async ({ ctx, id }) => {
      expect(await editProposalByMessage(ctx, messageRef, text)).toBeNull();
      expect(await read(ctx.tx, id)).toMatchObject({ text: 'Биринчи сөз' });
    }),
  );
});
