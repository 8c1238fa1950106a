import { asc, eq, like, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { linkGroup, unlinkGroup } from '../../src/announcements/link-group.ts';
import { loseChat } from '../../src/announcements/lose-chat.ts';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context } from '../../src/core/context.ts';
import { followAddress } from '../../src/deliveries/change-address.ts';
import { type DeliveryStatus, deliveries, sends } from '../../src/deliveries/tables.ts';
import type { ChannelAddress } from '../../src/messaging/contract.ts';
import type { Municipality } from '../../src/places/places.ts';
import { findGroup, listGroups } from '../../src/residents/groups.ts';
import { addresses } from '../../src/residents/tables.ts';
import { NoRightError } from '../../src/staff/require-right.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { asStaffOf, givenMunicipality, givenResident, givenStaff } from '../support/given.ts';

const database = useDatabase();
const address = { channel: 'telegram', account: '1', id: '-100500' } as const;
let ks: Municipality;
let officer: Context;

beforeEach(async () => {
  await truncateAll(database.db);
  const ctx = testContext(database.db);
  ks = await givenMunicipality(ctx);
  officer = asStaffOf(ctx, await givenStaff(ctx, ks, 'officer'));
});

const link = (villageId: string, ctx = officer) => linkGroup(ctx, { address, villageId, title: 'Мантыш айылы' });
const rows = () => database.db.select().from(addresses).where(eq(addresses.externalId, address.id));
const audits = () =>
  database.db.select().from(auditLog).where(like(auditLog.action, 'group.%')).orderBy(asc(auditLog.id));

/** Deliveries of an announcement to the group, in these states. */
async function givenDeliveries(groupId: number, ...states: DeliveryStatus[]): Promise<void> {
  for (const status of states) {
    const [send] = await database.db
      .insert(sends)
      .values({
        municipalityId: ks.id,
        kind: 'announcement',
        subject: 'announcement:1',
        createdAt: new Date(),
        deadlineAt: sql`now() + interval '1 day'`,
      })
      .returning({ id: sends.id });
    const { channel, account } = address;
    const delivery = {
      sendId: send?.id ?? 0,
      addressId: groupId,
      channel,
      account,
      language: 'ky',
      bulk: true,
    } as const;
    await database.db.insert(deliveries).values({ ...delivery, status });
  }
}
const readDeliveries = () =>
  database.db
    .select({ status: deliveries.status, addressId: deliveries.addressId })
    .from(deliveries)
    .orderBy(asc(deliveries.id));

describe('linkGroup', () => {
  it('makes the group a target of its village, by whom and when', async () => {
    const id = await link('ks-upper');
    expect(await findGroup(database.db, address)).toEqual({
      id,
      address,
      villageId: 'ks-upper',
      municipalityId: ks.id,
      title: 'Мантыш айылы',
      unreachable: null,
    });
    expect(await rows()).toMatchObject([{ residentId: null, linkedBy: 'staff:1', linkedAt: officer.clock.now() }]);
    expect(await listGroups(database.db, ks.id)).toHaveLength(1);
  });

  it('gives a linked group another village, and writes down both', async () => {
    const id = await link('ks-upper');
    expect(await link('ks-lower')).toBe(id);
    expect(await findGroup(database.db, address)).toMatchObject({ villageId: 'ks-lower' });
    expect(
      (await audits()).map(({ actor, action, subject, before, after }) => [actor, action, subject, before, after]),
    ).toEqual([
      ['staff:1', 'group.link', `group:${id}`, { village: null }, { village: 'ks-upper' }],
      ['staff:1', 'group.link', `group:${id}`, { village: 'ks-upper' }, { village: 'ks-lower' }],
    ]);
  });

  it('links once where two officers do it at the same moment', async () => {
    await Promise.all([link('ks-upper'), link('ks-lower'), link('ks-upper')]);
    expect(await rows()).toHaveLength(1);
  });

  it('does not take a group away from another municipality', async () => {
    const ctx = testContext(database.db);
    const ab = await givenMunicipality(ctx, { code: 'AB' });
    const stranger = asStaffOf(ctx, await givenStaff(ctx, ab, 'admin'));
    await link('ks-upper');
    await expect(link('ab-upper', stranger)).rejects.toThrow(NoRightError);
    await expect(unlinkGroup(stranger, { address })).rejects.toThrow(NoRightError);
    await expect(link('ab-upper')).rejects.toThrow(NoRightError);
    expect(await findGroup(database.db, address)).toMatchObject({ villageId: 'ks-upper' });
  });

  it('refuses a village that is not there, and the chat of a person', async () => {
    await expect(link('ks-nowhere')).rejects.toMatchObject({ code: 'not-found' });
    await givenResident(testContext(database.db), { address });
    await expect(link('ks-upper')).rejects.toMatchObject({ code: 'conflict' });
    expect(await rows()).toMatchObject([{ groupVillageId: null }]);
  });
});

describe('unlinkGroup', () => {
  it('cancels what waits, and leaves the counts as they are', async () => {
    const id = await link('ks-upper');
    await givenDeliveries(id, 'sent', 'pending', 'sending', 'failed');
    expect(await unlinkGroup(officer, { address })).toBe(true);
    expect(await findGroup(database.db, address)).toBeNull();
    const statuses = ['sent', 'canceled', 'sending', 'failed'];
    expect(await readDeliveries()).toEqual(statuses.map((status) => ({ status, addressId: null })));
    expect((await audits()).at(-1)).toMatchObject({ before: { village: 'ks-upper' }, after: { village: null } });
  });

  it('does nothing to a group that is linked to no village', async () => {
    expect(await unlinkGroup(officer, { address })).toBe(false);
    expect(await audits()).toEqual([]);
  });
});

describe('loseChat', () => {
  it('tells the office of a linked group, once for each time, and of no other chat', async () => {
    const told = async (reason: 'blocked' | 'gone', at: ChannelAddress = address) => {
      await loseChat(testContext(database.db), at, reason);
      return database.db.$count(sends, eq(sends.kind, 'notice'));
    };
    await givenResident(testContext(database.db), { address: { ...address, id: '7' } });
    await link('ks-upper');
    expect([await told('gone'), await told('blocked')]).toEqual([1, 1]);
    await link('ks-upper');
    expect([await told('blocked'), await told('gone', { ...address, id: '7' })]).toEqual([2, 2]);
    expect(await told('gone', { ...address, id: '-1' })).toBe(2);
  });

  it('skips what waits for the group, until it is linked anew', async () => {
    const id = await link('ks-upper');
    await givenDeliveries(id, 'pending');
    await loseChat(testContext(database.db), address, 'blocked');
    expect(await findGroup(database.db, address)).toMatchObject({ unreachable: 'blocked' });
    const states = await database.db.select().from(deliveries).where(eq(deliveries.addressId, id));
    expect(states).toMatchObject([{ status: 'skipped', reason: 'blocked' }]);
    await link('ks-upper');
    expect(await findGroup(database.db, address)).toMatchObject({ unreachable: null });
  });
});

describe('followAddress', () => {
  const moved = { ...address, id: '-100900' };

  it('takes a linked group to its new chat, with what waits for it', async () => {
    const id = await link('ks-upper');
    await givenDeliveries(id, 'pending');
    await followAddress(testContext(database.db), address, moved.id);
    expect(await findGroup(database.db, moved)).toMatchObject({ id, villageId: 'ks-upper', title: 'Мантыш айылы' });
    expect(await readDeliveries()).toEqual([{ status: 'pending', addressId: id }]);
  });

  it('leaves one group where the new chat was linked before the word of the move came', async () => {
    const old = await link('ks-upper');
    await givenDeliveries(old, 'pending');
    const id = await linkGroup(officer, { address: moved, villageId: 'ks-lower', title: 'Мантыш' });
    await followAddress(testContext(database.db), address, moved.id);
    expect(await listGroups(database.db, ks.id)).toMatchObject([{ id, villageId: 'ks-lower' }]);
    expect(await readDeliveries()).toEqual([{ status: 'pending', addressId: id }]);
  });
});
