import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { findResidentByAddress, listAddresses } from '../../src/residents/queries.ts';
import { registerResident } from '../../src/residents/register-resident.ts';
import { ForbiddenError } from '../../src/residents/rules.ts';
import { residents } from '../../src/residents/tables.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenMunicipality, givenResident } from '../support/given.ts';

const database = useDatabase();
const address = { channel: 'telegram', account: '1', id: '100' } as const;
const within = (work: (ctx: Context & { tx: Tx }) => Promise<void>) =>
  rolledBack(database.db, (tx) => work({ ...testContext(database.db), tx }));

describe('registerResident', () => {
  it('keeps the person with language, village, name and consent, found again by the address', () =>
    within(async (ctx) => {
      await givenMunicipality(ctx);
      const input = { address, language: 'ru', villageId: 'ks-lower', name: 'Айбек', consentVersion: '3' } as const;
      const { id } = await registerResident(ctx, input);
      expect(await findResidentByAddress(ctx.tx, address)).toMatchObject({
        id,
        language: 'ru',
        villageId: 'ks-lower',
        name: 'Айбек',
        consentVersion: '3',
        consentAt: ctx.clock.now(),
        demographicsAskedAt: null,
      });
    }));

  it('keeps one resident of an address that registers again, with the new consent', () =>
    within(async (ctx) => {
      const first = await givenResident(ctx, { address });
      const again = await registerResident(ctx, {
        address,
        language: 'en',
        villageId: null,
        name: null,
        consentVersion: '2',
      });
      expect(again).toMatchObject({ id: first.id, language: 'ky', consentVersion: '2' });
      expect(await ctx.tx.select().from(residents)).toHaveLength(1);
    }));

  it('names the new resident as the actor, and nothing personal', () =>
    within(async (ctx) => {
      const { id } = await givenResident(ctx, { address });
      expect(await ctx.tx.select().from(auditLog)).toMatchObject([
        {
          actor: `resident:${id}`,
          action: 'resident.register',
          subject: `resident:${id}`,
          after: { consentVersion: '1' },
        },
      ]);
    }));

  it('refuses a resident who registers an address of somebody else', () =>
    within(async (ctx) => {
      const { id } = await givenResident(ctx);
      const input = { address, language: 'ky', villageId: null, name: null, consentVersion: '1' } as const;
      await expect(registerResident(as(ctx, id), input)).rejects.toThrow(ForbiddenError);
    }));
});

describe('findResidentByAddress', () => {
  it.each([
    ['another chat', { ...address, id: '101' }],
    ['another account', { ...address, account: '2' }],
    ['another channel', { ...address, channel: 'whatsapp' }],
  ] as const)('finds nobody at %s', (_, other) =>
    within(async (ctx) => {
      await givenResident(ctx, { address });
      expect(await findResidentByAddress(ctx.tx, other)).toBeNull();
    }),
  );
});

describe('listAddresses', () => {
  it('lists the addresses of that resident only', () =>
    within(async (ctx) => {
      const { id } = await givenResident(ctx, { address });
      await givenResident(ctx);
      expect(await listAddresses(ctx.tx, id)).toEqual([address]);
    }));
});
