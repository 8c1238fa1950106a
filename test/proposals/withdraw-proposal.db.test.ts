import { describe, expect, it } from 'vitest';
import type { Context, Tx } from '../../src/core/context.ts';
import { ProposalClosedError, ProposalNotFoundError } from '../../src/proposals/errors.ts';
import { countOwnProposals, getOwnProposal, listOwnProposals } from '../../src/proposals/queries.ts';
import { proposalStatusChanges } from '../../src/proposals/tables.ts';
import { withdrawProposal } from '../../src/proposals/withdraw-proposal.ts';
import { ForbiddenError } from '../../src/residents/rules.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenMedia, givenMunicipality, givenProposal, givenResident } from '../support/given.ts';

const database = useDatabase();
const address = { channel: 'telegram', account: '1', id: '100' } as const;
type World = {
  ctx: Context & { tx: Tx };
  residentId: number;
  submit: (text: string, mediaIds?: number[]) => Promise<number>;
};
const within = (work: (world: World) => Promise<void>) =>
  rolledBack(database.db, async (tx) => {
    const ctx = { ...testContext(database.db), tx };
    const municipality = await givenMunicipality(ctx);
    const { id: residentId } = await givenResident(ctx, { address });
    const submit = async (text: string, mediaIds: number[] = []) =>
      (await givenProposal(ctx, { id: residentId }, municipality, { text, mediaIds })).id;
    await work({ ctx: { ...as(ctx, residentId), tx }, residentId, submit });
  });

describe('withdrawProposal', () => {
  it('closes the proposal under its number and remembers the step', () =>
    within(async ({ ctx, residentId, submit }) => {
      const id = await submit('Көпүрө');
      const { number } = await withdrawProposal(ctx, id);
      expect(await getOwnProposal(ctx.tx, residentId, id)).toMatchObject({
        number,
        status: 'withdrawn',
        text: 'Көпүрө',
      });
      expect(await ctx.tx.select().from(proposalStatusChanges)).toMatchObject([
        { proposalId: id, from: 'received', to: 'withdrawn', actor: `resident:${residentId}`, at: ctx.clock.now() },
      ]);
    }));

  it('refuses a second time', () =>
    within(async ({ ctx, submit }) => {
      const id = await submit('Көпүрө');
      await withdrawProposal(ctx, id);
      await expect(withdrawProposal(ctx, id)).rejects.toThrow(ProposalClosedError);
    }));

  it('looks to other residents as if it were not there, and is closed to operators', () =>
    within(async ({ ctx, submit }) => {
      const id = await submit('Көпүрө');
      const other = await givenResident(testContext(database.db, { tx: ctx.tx }));
      await expect(withdrawProposal(as(ctx, other.id), id)).rejects.toThrow(ProposalNotFoundError);
      const operator = { ...ctx, actor: { type: 'operator', name: 'root' } } as const;
      await expect(withdrawProposal(operator, id)).rejects.toThrow(ForbiddenError);
    }));
});

describe('listOwnProposals', () => {
  it('lists the newest first, page by page, with the number of files', () =>
    within(async ({ ctx, residentId, submit }) => {
      await submit('биринчи', [await givenMedia(ctx, address, 'a.jpg'), await givenMedia(ctx, address, 'b.jpg')]);
      await submit('экинчи');
      await submit('үчүнчү', [await givenMedia(ctx, address, 'c.jpg')]);
      const own = await listOwnProposals(ctx.tx, residentId);
      expect(own.map(({ text, attachmentCount }) => [text, attachmentCount])).toEqual([
        ['үчүнчү', 1],
        ['экинчи', 0],
        ['биринчи', 2],
      ]);
      const second = await listOwnProposals(ctx.tx, residentId, { limit: 1, offset: 1 });
      expect(second.map(({ text }) => text)).toEqual(['экинчи']);
      expect(await countOwnProposals(ctx.tx, residentId)).toBe(3);
    }));

  it('shows nothing of others', () =>
    within(async ({ ctx, submit }) => {
      const id = await submit('Көпүрө');
      const other = await givenResident(testContext(database.db, { tx: ctx.tx }));
      expect(await listOwnProposals(ctx.tx, other.id)).toEqual([]);
      await expect(getOwnProposal(ctx.tx, other.id, id)).rejects.toThrow(ProposalNotFoundError);
    }));
});
