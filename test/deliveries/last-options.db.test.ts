import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { findLastOptions } from '../../src/deliveries/last-options.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { useDeliveries } from './stage.ts';

const stage = useDeliveries();
const open = [{ data: 'go:inbox:1', label: 'Ачуу' }];
const come = [
  { data: 'go:hearing:1.come', label: 'Келем' },
  { data: 'go:hearing:1.cannot', label: 'Келе албайм' },
];
const last = (id: string) => findLastOptions(stage.database.db, { channel: 'telegram', account: '1', id }, 14);

describe('findLastOptions', () => {
  it('finds those that were sent last, and whether anything came after them', async () => {
    const one = await stage.person('a');
    const account = stage.account();
    const sendMore = async () => {
      account.look();
      await account.quiet();
    };
    await stage.notice('earlier', [one], 'own', open);
    await stage.sendAll(account);
    await stage.notice('later', [one], 'own', come);
    expect(await last('a')).toMatchObject({ options: open, isLast: true });
    await sendMore();
    expect(await last('a')).toMatchObject({ options: come, isLast: true, sentAt: expect.any(Date) });
    await stage.notice('words', [one]);
    await sendMore();
    expect(await last('a')).toMatchObject({ options: come, isLast: false });
  });

  it('finds none of another chat, none that never went out, and none from too long ago', async () => {
    const [one] = [await stage.person('a'), await stage.person('b')];
    await stage.notice('n', [one], 'own', come);
    expect(await last('a')).toBeNull();
    await stage.sendAll();
    expect([await last('a'), await last('b')]).toEqual([expect.objectContaining({ options: come }), null]);
    await stage.database.db.update(deliveries).set({ settledAt: sql`now() - interval '15 days'` });
    expect(await last('a')).toBeNull();
  });
});
