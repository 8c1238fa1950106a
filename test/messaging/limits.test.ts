import { describe, expect, it } from 'vitest';
import { CapsLimit } from '../../src/messaging/limits/caps.ts';
import { GapLimit } from '../../src/messaging/limits/gap.ts';
import type { Limit, Outcome, Urgency } from '../../src/messaging/limits/limit.ts';
import { OutageLimit } from '../../src/messaging/limits/outage.ts';
import { QuietLimit } from '../../src/messaging/limits/quiet.ts';

const HOUR_MS = 3_600_000;
const FREE = Number.POSITIVE_INFINITY;

/** A limit in a time that the test moves. */
function inTime(limit: Limit) {
  let now = 0;
  const begin = (urgency: Urgency = 'bulk', pieces = 1) => {
    const going = { urgency, pieces, beganMs: now };
    limit.began(going);
    return (outcome: Outcome) => limit.ended(going, outcome, now);
  };
  return {
    begin,
    send: (urgency: Urgency = 'bulk', outcome: Outcome = 'sent', pieces = 1) => begin(urgency, pieces)(outcome),
    wait: (ms: number) => {
      now += ms;
    },
    room: (urgency: Urgency = 'bulk') => limit.room(urgency, now),
    waitMs: (urgency: Urgency = 'bulk') => Math.max(0, limit.waitMs(urgency, now)),
  };
}

describe('GapLimit', () => {
  const gaps = { bulk: { minMs: 4_000, maxMs: 8_000 }, other: { minMs: 1_000, maxMs: 3_000 } };
  const withGap = (chance = 0.5) => inTime(new GapLimit(gaps, () => chance));

  it.each(['reply', 'personal'] as const)('keeps the next message a little apart from one that is %s', (urgency) => {
    const { room, waitMs, wait, send } = withGap();
    expect(room()).toBe(1);
    send(urgency);
    wait(1_900);
    expect([room(), room('personal'), waitMs()]).toEqual([0, 0, 100]);
    wait(100);
    expect([room(), room('personal')]).toEqual([1, 1]);
  });

  it('keeps bulk far apart from bulk, and lets between them what is personal', () => {
    const { room, waitMs, wait, send } = withGap();
    send('bulk');
    expect([waitMs(), waitMs('personal')]).toEqual([6_000, 2_000]);
    wait(2_000);
    expect([room(), room('personal')]).toEqual([0, 1]);
    send('personal');
    wait(3_900);
    expect([room(), room('personal')]).toEqual([0, 1]);
    wait(100);
    expect(room()).toBe(1);
  });

  it('holds bulk back in a conversation no longer than for its pauses', () => {
    const { room, wait, send } = withGap();
    send('bulk');
    for (let one = 0; one < 4; one++) {
      wait(1_500);
      send('reply');
    }
    expect(room()).toBe(0);
    wait(2_000);
    expect(room()).toBe(1);
  });

  it.each([
    [0, 4_000],
    [1, 8_000],
  ])('is chosen anew each time between its ends (%i)', (chance, ms) => {
    const { waitMs, send } = withGap(chance);
    send();
    expect(waitMs()).toBe(ms);
  });

  it('begins when the message before has come to its end', () => {
    const { room, waitMs, wait, begin } = withGap();
    const end = begin();
    wait(60_000);
    expect(room()).toBe(0);
    end('unreachable');
    expect([room(), waitMs()]).toEqual([0, 6_000]);
  });

  it('is as long as for as many messages after one of several pieces, and no longer for what is personal', () => {
    const { waitMs, send } = withGap();
    send('bulk', 'sent', 3);
    expect([waitMs(), waitMs('personal')]).toEqual([18_000, 2_000]);
  });

  it('is none after a message that was not tried', () => {
    const { room, send } = withGap();
    send('bulk', 'untried');
    expect(room()).toBe(1);
  });
});

describe('CapsLimit', () => {
  const withCaps = (recalled: number[] = []) => {
    const limit = new CapsLimit({ perHour: 3, perDay: 5 });
    limit.recall(recalled, 0);
    return inTime(limit);
  };

  it('lets a part of them be used, which may grow', () => {
    let share = 0.1;
    const { room, wait, send } = inTime(new CapsLimit({ perHour: 20, perDay: 40, share: () => share }));
    for (let one = 0; one < 2; one++) {
      expect(room()).toBeGreaterThan(0);
      send();
    }
    expect(room()).toBe(0);
    wait(HOUR_MS);
    expect(room()).toBe(2);
    share = 1;
    expect(room()).toBe(20);
    share = 0.001;
    wait(24 * HOUR_MS);
    expect(room()).toBe(1);
  });

  it('lets bulk wait for the next hour, and for the next day', () => {
    const { room, waitMs, wait, send } = withCaps();
    for (let one = 0; one < 3; one++) send();
    expect([room(), waitMs()]).toEqual([0, HOUR_MS]);
    wait(HOUR_MS);
    expect(room()).toBe(2);
    for (let one = 0; one < 2; one++) send();
    wait(HOUR_MS);
    expect([room(), waitMs()]).toEqual([0, 22 * HOUR_MS]);
    wait(22 * HOUR_MS);
    expect(room()).toBe(3);
  });

  it('lets what is personal go, and counts it; replies it does not count', () => {
    const { room, waitMs, send } = withCaps();
    for (let one = 0; one < 3; one++) send('reply');
    for (let one = 0; one < 2; one++) send('personal');
    expect(room()).toBe(1);
    for (let one = 0; one < 2; one++) send('personal');
    expect([room(), room('personal'), waitMs('personal')]).toEqual([0, FREE, 0]);
  });

  it.each(['refused', 'unreachable', 'throttled', 'untried'] as const)('does not count what was %s', (outcome) => {
    const { room, send } = withCaps();
    send('bulk', outcome);
    expect(room()).toBe(3);
  });

  it('counts each piece of a message, and none of one that did not arrive', () => {
    const { room, send } = withCaps();
    send();
    send('bulk', 'refused', 2);
    expect(room()).toBe(2);
    send('bulk', 'sent', 2);
    expect(room()).toBe(0);
  });

  it('obeys what was sent before it began', () => {
    const { room, wait } = withCaps([10_000, HOUR_MS - 60_000, 2 * HOUR_MS, 3 * HOUR_MS]);
    expect(room()).toBe(1);
    wait(60_000);
    expect(room()).toBe(1);
    wait(21 * HOUR_MS);
    expect(room()).toBe(2);
  });
});

describe('QuietLimit', () => {
  it('lets bulk wait for the morning, and lets go what is personal', () => {
    let at = new Date('2027-03-01T14:59:59Z');
    const hours = { from: '21:00', to: '08:00', timeZone: 'Asia/Bishkek' };
    const { room, waitMs } = inTime(new QuietLimit(hours, { now: () => at }));
    expect([room(), waitMs()]).toEqual([FREE, 0]);
    at = new Date('2027-03-01T15:00:00Z');
    expect([room(), room('personal'), waitMs('personal')]).toEqual([0, FREE, 0]);
    expect(waitMs()).toBeLessThanOrEqual(60_000);
    at = new Date('2027-03-02T02:00:00Z');
    expect(room()).toBe(FREE);
  });
});

describe('OutageLimit', () => {
  const failing = (times: number, limited = inTime(new OutageLimit())) => {
    for (let one = 0; one < times; one++) {
      limited.wait(limited.waitMs());
      limited.send('bulk', 'unreachable');
    }
    return limited;
  };

  it('sees none in single errors', () => {
    const limited = failing(4);
    limited.send('reply');
    expect(failing(4, limited).room()).toBe(FREE);
  });

  it('lets one message at a time try, with growing pauses', () => {
    const { room, waitMs, wait, begin } = failing(5);
    expect([room(), room('personal'), waitMs()]).toEqual([0, 0, 1_000]);
    wait(1_000);
    expect(room()).toBe(1);
    const end = begin();
    expect(room('personal')).toBe(0);
    end('unreachable');
    expect(waitMs()).toBe(2_000);
    expect(failing(30).waitMs()).toBe(15_000);
  });

  it.each(['sent', 'refused', 'throttled'] as const)('is over with the first answer: %s', (outcome) => {
    const { room, wait, send } = failing(9);
    wait(60_000);
    send('personal', outcome);
    expect(room()).toBe(FREE);
  });

  it('grows no longer by what had begun before it was seen', () => {
    const { room, waitMs, wait, begin, send } = inTime(new OutageLimit());
    const begun = Array.from({ length: 50 }, () => begin());
    wait(30_000);
    for (const end of begun) end('unreachable');
    expect(waitMs()).toBe(1_000);
    wait(1_000);
    send();
    expect(room()).toBe(FREE);
  });
});
