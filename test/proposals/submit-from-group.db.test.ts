import { desc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Context, Tx } from '../../src/core/context.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import type { ChannelAddress } from '../../src/messaging/contract.ts';
import { listProposals } from '../../src/proposals/list-proposals.ts';
import type { GroupMessage } from '../../src/proposals/store-from-group.ts';
import { submitFromGroup, tagInGroup } from '../../src/proposals/submit-from-group.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { tagProposal } from '../../src/proposals/tag-proposal.ts';
import { putGroup } from '../../src/residents/groups.ts';
import { knowProvisionally } from '../../src/residents/know-provisionally.ts';
import { ForbiddenError } from '../../src/residents/rules.ts';
import { addresses, residents } from '../../src/residents/tables.ts';
import { NoRightError } from '../../src/staff/require-right.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { asStaffOf, givenMunicipality, givenProposal, givenResident, givenStaff } from '../support/given.ts';

const database = useDatabase();
const within = (work: (ctx: Context & { tx: Tx }) => Promise<void>) =>
  rolledBack(database.db, (tx) => work({ ...testContext(database.db), tx }));

const GROUP = { channel: 'whatsapp', account: 'bot', id: '120363@g.us' } as const satisfies ChannelAddress;
const AUTHOR = { ...GROUP, id: '996700@lid' };

async function givenGroup(ctx: Context & { tx: Tx }) {
  const municipality = await givenMunicipality(ctx);
  const link = { address: GROUP, villageId: 'ks-lower', title: 'Төмөнкү', linkedBy: 'staff:1', linkedAt: new Date() };
  await putGroup(ctx.tx, link);
  return municipality;
}

function said(overrides: Partial<GroupMessage> = {}): GroupMessage {
  return {
    group: GROUP,
    author: AUTHOR,
    writesFirst: true,
    media: [],
    text: 'Суу жок',
    language: 'ky',
    sectorId: 'water',
    messageRef: 'whatsapp:bot:120363@g.us:A',
    test: false,
    consentDays: 7,
    ...overrides,
  };
}

describe(submitFromGroup, () => {
  it('asks an author alone at once where the platform lets us, and only then', () =>
    within(async (ctx) => {
      await givenGroup(ctx);
      await submitFromGroup(ctx, said());
      const [asked] = await ctx.tx
        .select({ id: addresses.externalId, status: deliveries.status })
        .from(deliveries)
        .innerJoin(addresses, eq(addresses.id, deliveries.addressId));
      expect(asked).toEqual({ id: AUTHOR.id, status: 'pending' });
      await submitFromGroup(ctx, said({ author: { ...AUTHOR, id: '2' }, writesFirst: false, messageRef: 'B' }));
      expect(await ctx.tx.$count(deliveries)).toBe(1);
      const [row] = await ctx.tx.select().from(addresses).orderBy(desc(addresses.id)).limit(1);
      expect(row).toMatchObject({ externalId: '2', unreachableReason: 'blocked' });
    }));

  it('asks for the sector where any chat of the author takes words', () =>
    within(async (ctx) => {
      await givenGroup(ctx);
      const chat = { channel: 'telegram', account: '1', id: '5' } as const;
      const { id: residentId } = await givenResident(ctx, { address: chat });
      const { id: externalId, ...on } = AUTHOR;
      const blocked = { unreachableReason: 'blocked', unreachableAt: new Date() } as const;
      await ctx.tx.insert(addresses).values({ residentId, ...on, externalId, ...blocked });
      await submitFromGroup(ctx, said({ sectorId: null }));
      const [asked] = await ctx.tx
        .select({ id: addresses.externalId, status: deliveries.status })
        .from(deliveries)
        .innerJoin(addresses, eq(addresses.id, deliveries.addressId));
      expect(asked).toEqual({ id: chat.id, status: 'pending' });
    }));

  it('takes a message once within one transaction too', () =>
    within(async (ctx) => {
      await givenGroup(ctx);
      const outcomes = await Promise.all([1, 2, 3].map(() => submitFromGroup(ctx, said())));
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['known', 'known', 'stored']);
      expect(await ctx.tx.$count(proposals)).toBe(1);
      const next = await submitFromGroup(ctx, said({ messageRef: 'B' }));
      expect(next).toMatchObject({ number: expect.stringMatching(/-0002$/) });
      expect(await ctx.tx.$count(residents)).toBe(1);
    }));

  it('knows nothing of a group that is linked to no village', () =>
    within(async (ctx) => {
      expect(await submitFromGroup(ctx, said())).toEqual({ outcome: 'unlinked' });
      expect(await ctx.tx.$count(residents)).toBe(0);
    }));

  it('lets officers alone tag what somebody else said', () =>
    within(async (ctx) => {
      const municipality = await givenGroup(ctx);
      const deputy = await givenStaff(ctx, municipality, 'deputy');
      await expect(tagInGroup(asStaffOf(ctx, deputy), said())).rejects.toThrow(NoRightError);
      await expect(submitFromGroup(asStaffOf(ctx, deputy), said())).rejects.toThrow(ForbiddenError);
    }));

  it('keeps nothing of an author but the chat, and tells nobody who it was', () =>
    within(async (ctx) => {
      const municipality = await givenGroup(ctx);
      await submitFromGroup(ctx, said());
      const [person] = await ctx.tx.select().from(residents);
      expect(person).toMatchObject({ name: null, consentAt: null, sex: null, ageBand: null });
      const [row] = await listProposals(ctx.tx, { municipalityId: municipality.id });
      expect(row).toMatchObject({ source: 'group', sex: null, ageBand: null });
      expect(JSON.stringify(row)).not.toContain(AUTHOR.id);
    }));
});

describe('tagProposal on a proposal without a sector', () => {
  it('takes any sector as told, also the one that stood in for it', () =>
    within(async (ctx) => {
      const municipality = await givenGroup(ctx);
      const officer = await givenStaff(ctx, municipality, 'officer');
      await submitFromGroup(ctx, said({ sectorId: null }));
      const [stored] = await ctx.tx.select().from(proposals);
      expect(stored).toMatchObject({ sectorId: 'other', sectorDue: true });
      await tagProposal(asStaffOf(ctx, officer), { proposalId: stored?.id ?? 0, sectorId: 'other' });
      expect(await ctx.tx.select().from(proposals)).toMatchObject([
        { sectorId: 'other', sectorDue: false, revision: 1 },
      ]);
    }));

  it('leaves others as they are', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const officer = await givenStaff(ctx, municipality, 'officer');
      const { id } = await givenProposal(ctx, await givenResident(ctx), municipality, { sectorId: 'other' });
      await tagProposal(asStaffOf(ctx, officer), { proposalId: id, sectorId: 'other' });
      expect(await ctx.tx.select().from(proposals)).toMatchObject([{ sectorDue: false, revision: 0 }]);
    }));
});

// last: what it commits stays
describe('two processes', () => {
  it('that take the same message, or meet its author, come to one proposal and one resident', async () => {
    const ctx = testContext(database.db);
    await inTransaction(database.db, (tx) => givenGroup({ ...ctx, tx }));
    const person = { address: AUTHOR, language: 'ky', villageId: 'ks-lower', canWrite: true } as const;
    const met = await Promise.all(
      [1, 2, 3].map(() => inTransaction(database.db, (tx) => knowProvisionally(tx, ctx, person))),
    );
    expect(new Set(met.map(({ id }) => id)).size).toBe(1);
    expect(await database.db.$count(residents)).toBe(1);
    const outcomes = await Promise.all(
      ['X', 'X', 'X', 'X', 'Y'].map((messageRef) => submitFromGroup(ctx, said({ messageRef }))),
    );
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['known', 'known', 'known', 'stored', 'stored']);
    expect(await database.db.$count(proposals)).toBe(2);
  });
});
