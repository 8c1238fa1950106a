import { describe, expect, it } from 'vitest';
import { telegramPace } from '../../src/channels/telegram/pace.ts';
import { TokenBucket } from '../../src/messaging/pace.ts';

/** Takes all it gets, every `tickMs`; returns when each was taken. */
function takes(perSecond: number, tickMs: number, forMs: number): number[] {
  let nowMs = 0;
  const bucket = new TokenBucket(perSecond, () => nowMs);
  const times: number[] = [];
  for (; nowMs < forMs; nowMs += tickMs) {
    const count = bucket.available;
    bucket.spend(count);
    for (let at = 0; at < count; at++) times.push(nowMs);
  }
  return times;
}

describe('TokenBucket', () => {
  it.each([
    [1, 10],
    [30, 100],
    [30, 7],
    [30, 950],
    [1000, 100],
  ])('never gives more than %i in any second, asked every %i ms', (perSecond, tickMs) => {
    const times = takes(perSecond, tickMs, 5_000);
    for (const [index, time] of times.entries())
      expect((times[index + perSecond] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThanOrEqual(1_000);
  });

  it('gives 26 of 30, asked every tenth of a second', () => {
    expect(takes(30, 100, 10_000).length).toBeGreaterThanOrEqual(260);
  });

  it('tells how long the next one takes', () => {
    let nowMs = 0;
    const bucket = new TokenBucket(10, () => nowMs);
    expect(bucket.waitMs).toBe(0);
    bucket.spend(1);
    const { waitMs } = bucket;
    nowMs = waitMs - 1;
    expect(bucket.available).toBe(0);
    nowMs = waitMs + 1;
    expect(bucket.available).toBe(1);
  });
});

describe('telegramPace', () => {
  it('gives a group three times the pause of a person', () => {
    expect([telegramPace(30).chatGapMs('5'), telegramPace(30).chatGapMs('-1005')]).toEqual([1_000, 3_000]);
  });
});
