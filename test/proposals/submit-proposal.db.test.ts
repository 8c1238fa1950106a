import { asc, eq, like } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { UnknownPlaceError } from '../../src/proposals/errors.ts';
import { proposalAttachments, proposalCounters, proposals } from '../../src/proposals/tables.ts';
import { ForbiddenError, ResidentNotFoundError } from '../../src/residents/rules.ts';
import { residents } from '../../src/residents/tables.ts';
import { fixedClock, rolledBack, testContext, useDatabase } from '../support/database.ts';
import { givenMedia, givenMunicipality, givenProposal, givenResident } from '../support/given.ts';

const database = useDatabase();
const within = (work: (ctx: Context & { tx: Tx }) => Promise<void>) =>
  rolledBack(database.db, (tx) => work({ ...testContext(database.db), tx }));

describe('submitProposal', () => {
  it('stores words, place, time and the first wording under the first number', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const resident = await givenResident(ctx);
      const text = 'Көпүрө «эски»:\nөтө албайбыз 🌉';
      const location = { latitude: 42.2, longitude: 75.7 };
      const { id, number } = await givenProposal(ctx, resident, municipality, {
        text,
        location,
        messageRef: 'telegram:1:2:3',
      });
      expect(number).toBe('KS-2026-0001');
      const [stored] = await ctx.tx.select().from(proposals).where(eq(proposals.id, id));
      expect(stored).toMatchObject({
        number,
        text,
        firstText: text,
        ...location,
        villageId: 'ks-upper',
        sectorId: 'roads',
        residentId: resident.id,
        status: 'received',
        source: 'chat',
        channel: 'telegram',
        test: false,
        messageRef: 'telegram:1:2:3',
        submittedAt: ctx.clock.now(),
      });
    }));

  it('keeps files in the order in which they were sent, each once', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const address = { channel: 'telegram', account: '1', id: '5' } as const;
      const resident = await givenResident(ctx, { address });
      const first = await givenMedia(ctx, address, 'a.jpg');
      const second = await givenMedia(ctx, address, 'b.jpg');
      const { id } = await givenProposal(ctx, resident, municipality, { text: '', mediaIds: [second, first, second] });
      const rows = await ctx.tx.select().from(proposalAttachments).orderBy(asc(proposalAttachments.position));
      expect(rows.map(({ proposalId, mediaId }) => [proposalId, mediaId])).toEqual([
        [id, second],
        [id, first],
      ]);
    }));

  it('writes an audit row without the words', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const resident = await givenResident(ctx);
      const { id, number } = await givenProposal(ctx, resident, municipality, { text: 'Жашыруун сөз' });
      const [row] = await ctx.tx.select().from(auditLog).where(eq(auditLog.action, 'proposal.submit'));
      expect(row).toMatchObject({
        actor: `resident:${resident.id}`,
        subject: `proposal:${id}`,
        municipalityId: municipality.id,
        after: { number, villageId: 'ks-upper', sectorId: 'roads', channel: 'telegram', attachments: 0 },
      });
    }));

  it('numbers each municipality on its own', () =>
    within(async (ctx) => {
      const here = await givenMunicipality(ctx);
      const there = await givenMunicipality(ctx, { code: 'OS' });
      const resident = await givenResident(ctx);
      const numbers = [];
      for (const place of [here, there, here]) numbers.push((await givenProposal(ctx, resident, place)).number);
      expect(numbers).toEqual(['KS-2026-0001', 'OS-2026-0001', 'KS-2026-0002']);
    }));

  it('numbers test proposals in a series of their own, in each municipality', () =>
    within(async (ctx) => {
      const here = await givenMunicipality(ctx);
      const there = await givenMunicipality(ctx, { code: 'OS' });
      const resident = await givenResident(ctx);
      const numbers = [];
      for (const [place, test] of [
        [here, true],
        [here, false],
        [here, true],
        [there, true],
      ] as const) {
        numbers.push((await givenProposal(ctx, resident, place, { test, channel: 'simulator' })).number);
      }
      expect(numbers).toEqual(['TEST-2026-0001', 'KS-2026-0001', 'TEST-2026-0002', 'TEST-2026-0001']);
    }));

  it.each([
    ['Asia/Bishkek', 'before its midnight', '2026-12-31T17:59:59Z', 'KS-2026-0002'],
    ['Asia/Bishkek', 'after its midnight', '2026-12-31T18:00:00Z', 'KS-2027-0001'],
    ['UTC', 'before its midnight', '2026-12-31T23:59:59Z', 'KS-2026-0002'],
    ['UTC', 'after its midnight', '2027-01-01T00:00:00Z', 'KS-2027-0001'],
  ])('takes the year of the zone %s %s', (timeZone, _, instant, expected) =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx, { timeZone });
      const resident = await givenResident(ctx);
      await givenProposal(ctx, resident, municipality);
      const { number } = await givenProposal({ ...ctx, clock: fixedClock(instant) }, resident, municipality);
      expect(number).toBe(expected);
    }),
  );

  it('goes on past 9999 with longer numbers', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const resident = await givenResident(ctx);
      await ctx.tx
        .insert(proposalCounters)
        .values({ municipalityId: municipality.id, year: 2026, series: 'main', last: 9998 });
      const numbers = [];
      for (let n = 0; n < 3; n += 1) numbers.push((await givenProposal(ctx, resident, municipality)).number);
      expect(numbers).toEqual(['KS-2026-9999', 'KS-2026-10000', 'KS-2026-10001']);
    }));

  it.each([
    ['a village of another municipality', { villageId: 'os-upper' }],
    ['a village that is nowhere', { villageId: 'nowhere' }],
    ['a sector that is nowhere', { sectorId: 'nowhere' }],
  ])('refuses %s and gives no number away', (_, place) =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      await givenMunicipality(ctx, { code: 'OS' });
      const resident = await givenResident(ctx);
      await expect(givenProposal(ctx, resident, municipality, place)).rejects.toThrow(UnknownPlaceError);
      expect(await givenProposal(ctx, resident, municipality)).toMatchObject({ number: 'KS-2026-0001' });
    }),
  );

  it('refuses a resident who writes for another one', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const author = await givenResident(ctx);
      const other = await givenResident(ctx);
      await expect(givenProposal(ctx, author, municipality, { residentId: other.id })).rejects.toThrow(ForbiddenError);
    }));

  it('refuses somebody who has not consented, and somebody who is not there', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const resident = await givenResident(ctx);
      await ctx.tx.update(residents).set({ consentAt: null }).where(eq(residents.id, resident.id));
      await expect(givenProposal(ctx, resident, municipality)).rejects.toThrow(ForbiddenError);
      await expect(givenProposal(ctx, { id: 999_999 }, municipality)).rejects.toThrow(ResidentNotFoundError);
    }));

  it.each([
    ['nothing at all', ''],
    ['control characters only', '\u0000\u200b \n'],
    ['more than 10,000 characters', 'а'.repeat(10_001)],
  ])('refuses %s as words without a file', (_, text) =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const resident = await givenResident(ctx);
      await expect(givenProposal(ctx, resident, municipality, { text })).rejects.toThrow();
      expect(await ctx.tx.select().from(proposals)).toEqual([]);
    }),
  );

  it('gives numbers without gaps to 50 at once, some of which are rolled back', async () => {
    const ctx = testContext(database.db);
    const municipality = await givenMunicipality(ctx, { code: 'PAR' });
    const resident = await givenResident(ctx);
    const attempts = Array.from({ length: 50 }, (_, n) =>
      inTransaction(database.db, async (tx) => {
        const stored = await givenProposal({ ...ctx, tx }, resident, municipality);
        if (n % 3 === 0) throw new Error('the turn fails');
        return stored;
      }),
    );
    const settled = await Promise.allSettled(attempts);
    const numbers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.number] : [])).sort();
    expect(numbers).toEqual(Array.from({ length: 33 }, (_, n) => `PAR-2026-${String(n + 1).padStart(4, '0')}`));
    const stored = await database.db
      .select({ number: proposals.number })
      .from(proposals)
      .where(like(proposals.number, 'PAR-%'))
      .orderBy(asc(proposals.id));
    expect(stored.map(({ number }) => number)).toEqual(numbers);
  });
});
