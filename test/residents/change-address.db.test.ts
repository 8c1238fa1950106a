import { describe, expect, it } from 'vitest';
import type { Context, Tx } from '../../src/core/context.ts';
import { markReachable, markUnreachable, moveAddress } from '../../src/residents/change-address.ts';
import { findResidentByAddress } from '../../src/residents/queries.ts';
import { addresses } from '../../src/residents/tables.ts';
import { fixedClock, rolledBack, testContext, useDatabase } from '../support/database.ts';
import { givenResident } from '../support/given.ts';

const database = useDatabase();
const address = { channel: 'telegram', account: '1', id: '100' } as const;
const within = (work: (ctx: Context & { tx: Tx }, residentId: number) => Promise<void>) =>
  rolledBack(database.db, async (tx) => {
    const ctx = { ...testContext(database.db), tx };
    const { id } = await givenResident(ctx, { address });
    await work(ctx, id);
  });

describe('markUnreachable', () => {
  it('keeps the first reason and its time until the address is reachable again', () =>
    within(async (ctx) => {
      await markUnreachable(ctx, address, 'blocked');
      await markUnreachable({ ...ctx, clock: fixedClock('2026-11-23T10:00:00Z') }, address, 'gone');
      expect(await ctx.tx.select().from(addresses)).toMatchObject([
        { unreachableReason: 'blocked', unreachableAt: ctx.clock.now() },
      ]);
      await markReachable(ctx, address);
      expect(await ctx.tx.select().from(addresses)).toMatchObject([{ unreachableReason: null, unreachableAt: null }]);
    }));
});

describe('moveAddress', () => {
  it('leads to the same resident from the new chat only', () =>
    within(async (ctx, id) => {
      await moveAddress(ctx, address, '200');
      expect(await findResidentByAddress(ctx.tx, { ...address, id: '200' })).toMatchObject({ id });
      expect(await findResidentByAddress(ctx.tx, address)).toBeNull();
    }));

  it('drops the old chat where the new one is known already', () =>
    within(async (ctx) => {
      const other = await givenResident(ctx, { address: { ...address, id: '200' } });
      await moveAddress(ctx, address, '200');
      expect(await findResidentByAddress(ctx.tx, { ...address, id: '200' })).toMatchObject({ id: other.id });
      expect(await findResidentByAddress(ctx.tx, address)).toBeNull();
    }));
});
