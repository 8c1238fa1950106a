import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { telegramPace } from '../../src/channels/telegram/pace.ts';
import type { Pace } from '../../src/messaging/pace.ts';
import { Pacer } from '../../src/messaging/pacer.ts';
import { type Circumstances, mostInASecond, simulateSends } from './simulated-sends.ts';

const pace = (perSecond: number): Pace => ({ perSecond, chatGapMs: () => 0 });
const cycle = (values: readonly number[]) => (index: number) => values[index % values.length] ?? 0;
const list = (max: number, length: number) =>
  fc.array(fc.double({ min: 0, max, noNaN: true }), { minLength: 1, maxLength: length });

/** How many a second arrived after the first `fromMs`. */
function rate(arrivals: readonly number[], fromMs: number, untilMs: number): number {
  return (arrivals.filter((ms) => ms >= fromMs).length * 1_000) / (untilMs - fromMs);
}

/** A way there and one back, of any length, and what holds messages up on them; the first of each round nothing. */
const anyWays = fc.record({
  there: fc.double({ min: 0, max: 200, noNaN: true }),
  back: fc.double({ min: 0, max: 200, noNaN: true }),
  delays: fc.array(
    fc.tuple(fc.double({ min: 0, max: 400, noNaN: true }), fc.double({ min: 0, max: 400, noNaN: true })),
    {
      maxLength: 14,
    },
  ),
});
const anyCircumstances: fc.Arbitrary<Circumstances> = fc
  .record({ ways: anyWays, claims: list(400, 9), late: list(60, 7) })
  .map(({ ways: { there, back, delays }, claims, late }) => ({
    thereMs: cycle([there, ...delays.map(([delay]) => there + delay)]),
    backMs: cycle([back, ...delays.map(([, delay]) => back + delay)]),
    claimMs: cycle(claims),
    lateMs: cycle(late),
  }));

describe('Pacer', () => {
  it('lets no more arrive within any second than the platform takes, whatever holds them up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), anyCircumstances, (perSecond, given) => {
        expect(mostInASecond(simulateSends(pace(perSecond), 12_000, given))).toBeLessThanOrEqual(perSecond);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [1, 20],
    [30, 60],
    [1_000, 4],
  ])('comes within a fiftieth of %i a second on a steady way', (perSecond, numRuns) => {
    const steady = fc.record({ ways: list(4, 15), claims: list(8, 9), late: list(2, 7) });
    fc.assert(
      fc.property(steady, ({ ways, claims, late }) => {
        const given = { thereMs: cycle(ways), backMs: () => 1, claimMs: cycle(claims), lateMs: cycle(late) };
        const arrivals = simulateSends(pace(perSecond), 13_000, given);
        expect(mostInASecond(arrivals)).toBeLessThanOrEqual(perSecond);
        expect(rate(arrivals, 3_000, 13_000)).toBeGreaterThanOrEqual(perSecond * 0.98);
      }),
      { numRuns },
    );
  });

  it('reaches the same where every answer takes long', () => {
    const given = { thereMs: () => 150, backMs: () => 150, claimMs: () => 4, lateMs: () => 1 };
    expect(rate(simulateSends(pace(30), 23_000, given), 3_000, 23_000)).toBeGreaterThanOrEqual(30 * 0.98);
  });

  it('makes up for a moment in which nothing went', () => {
    const claimMs = (turn: number) => (turn % 100 === 50 ? 400 : 4);
    const given = { thereMs: () => 2, backMs: () => 2, claimMs, lateMs: () => 1 };
    const arrivals = simulateSends(pace(30), 63_000, given);
    expect(mostInASecond(arrivals)).toBeLessThanOrEqual(30);
    expect(rate(arrivals, 3_000, 63_000)).toBeGreaterThanOrEqual(30 * 0.97);
  });

  it('spreads them evenly', () => {
    const given = { thereMs: () => 2, backMs: () => 2, claimMs: () => 4, lateMs: () => 1 };
    const arrivals = simulateSends(pace(30), 10_000, given);
    const gaps = arrivals.slice(1).map((ms, at) => ms - (arrivals[at] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(50);
    expect(Math.min(...gaps)).toBeGreaterThan(20);
  });

  it('makes room for replies, which are never held back', () => {
    const repliesAtMs = Array.from({ length: 50 }, (_, at) => at * 497);
    const given = { thereMs: () => 2, backMs: () => 2, claimMs: () => 4, lateMs: () => 1, repliesAtMs };
    const arrivals = simulateSends(pace(30), 24_000, given);
    expect(arrivals.filter((ms) => repliesAtMs.includes(ms - 2))).toHaveLength(49);
    expect(mostInASecond(arrivals.filter((ms) => ms > 2_000))).toBeLessThanOrEqual(30);
    expect(rate(arrivals, 3_000, 24_000)).toBeGreaterThan(28);
  });

  it('keeps a greater distance once the platform said that it was too fast, and forgets it slowly', () => {
    const answer = (ms: number) => (ms > 5_000 && ms < 5_030 ? 'throttled' : 'sent');
    const given = { thereMs: () => 2, backMs: () => 2, claimMs: () => 4, lateMs: () => 1, answer };
    const arrivals = simulateSends(pace(1_000), 7_000, given);
    const later = simulateSends(pace(30), 900_000, given);
    expect(mostInASecond(arrivals.filter((ms) => ms > 6_100))).toBeLessThan(993);
    expect(rate(later, 800_000, 900_000)).toBeGreaterThan(29.6);
  });

  it('settles below the limit of a platform that counts otherwise', () => {
    // it counts within 1,060 ms
    const seen: number[] = [];
    let refused = 0;
    let refusedLate = 0;
    const answer = (ms: number) => {
      while ((seen[0] ?? ms) <= ms - 1_060) seen.shift();
      if (seen.length >= 30) {
        refused++;
        if (ms > 60_000) refusedLate++;
        return 'throttled';
      }
      seen.push(ms);
      return 'sent';
    };
    const given = { thereMs: () => 2, backMs: () => 2, claimMs: () => 4, lateMs: () => 1, answer };
    simulateSends(pace(30), 120_000, given);
    expect(refused).toBeGreaterThan(0);
    expect(refusedLate).toBeLessThan(refused / 2);
  });

  it('takes a message of several pieces for as many', () => {
    let now = 0;
    const pacer = new Pacer(pace(30), { nowMs: () => now });
    pacer.end(pacer.begin('bulk', 30), 'sent');
    now = 900;
    expect(pacer.room('bulk')).toBe(0);
    now = 1_100;
    expect(pacer.room('bulk')).toBeGreaterThan(0);
  });

  it('lets a chat rest for its gap, once for each piece', () => {
    let now = 0;
    const pacer = new Pacer(telegramPace(30), { nowMs: () => now });
    pacer.rest('5', 1);
    pacer.rest('-1005', 2);
    expect(pacer.chats.list()).toEqual(['5', '-1005']);
    now = 1_000;
    expect(pacer.chats.list()).toEqual(['-1005']);
    now = 6_000;
    expect(pacer.chats.list()).toEqual([]);
  });

  it('obeys the strictest of its limits, and waits for the longest', () => {
    let now = 0;
    const half = { minMs: 500, maxMs: 500 };
    const strict = { ...pace(1_000), gap: { bulk: half, other: half }, caps: { perHour: 2, perDay: 5 } };
    const pacer = new Pacer(strict, { nowMs: () => now, random: () => 0 });
    pacer.recall([60_000]);
    expect([pacer.forgetful, pacer.room('bulk')]).toEqual([true, 1]);
    pacer.end(pacer.begin('bulk'), 'sent');
    expect([pacer.room('bulk'), pacer.waitMs('personal'), pacer.waitMs('bulk')]).toEqual([0, 500, 3_540_000]);
    now = 500;
    expect([pacer.room('bulk'), pacer.room('personal')]).toEqual([0, 1]);
  });

  it('holds nothing back without a pace', () => {
    const pacer = new Pacer(null);
    for (let one = 0; one < 500; one++) pacer.begin('bulk');
    expect(pacer.room('bulk')).toBe(Number.POSITIVE_INFINITY);
  });
});
