import type { Urgency } from '../../src/messaging/limits/limit.ts';
import type { Pace } from '../../src/messaging/pace.ts';
import { Pacer } from '../../src/messaging/pacer.ts';

/** What time takes, by the number of the message or of the turn. */
export interface Circumstances {
  /** From the start to the platform, and from there back. */
  readonly thereMs: (message: number) => number;
  readonly backMs: (message: number) => number;
  /** From the question how many may begin to their start. */
  readonly claimMs: (turn: number) => number;
  /** How much later than asked for a timer rings. */
  readonly lateMs: (turn: number) => number;
  /** How the platform answers at that time; default: it takes everything. */
  readonly answer?: (nowMs: number) => 'sent' | 'throttled' | 'unreachable';
  /** Replies that begin at these times, whatever the pace. */
  readonly repliesAtMs?: readonly number[];
}

interface Event {
  readonly atMs: number;
  happen(): void;
}

/**
 * Sends in bulk through a pacer as the sender does, without end, in simulated time. Returns when each message of any
 * kind was at the platform, in that order.
 */
export function simulateSends(pace: Pace, forMs: number, given: Circumstances): number[] {
  let now = 0;
  const pacer = new Pacer(pace, { nowMs: () => now });
  const events: Event[] = [];
  const arrivals: number[] = [];
  let messages = 0;
  let turns = 0;
  let busy = false;
  let tickAtMs = Number.NEGATIVE_INFINITY;
  const at = (atMs: number, happen: () => void) => {
    let place = events.length;
    while (place > 0 && (events[place - 1]?.atMs ?? 0) > atMs) place--;
    events.splice(place, 0, { atMs, happen });
  };
  const start = (urgency: Urgency) => {
    const message = messages++;
    const going = pacer.begin(urgency);
    const there = now + given.thereMs(message);
    arrivals.push(there);
    const outcome = given.answer?.(there) ?? 'sent';
    at(there + given.backMs(message), () => {
      pacer.end(going, outcome);
      wake();
    });
  };
  const wake = () => {
    if (busy) return;
    const turn = turns++;
    const room = pacer.room('bulk');
    if (room < 1) {
      const tick = now + Math.max(2, pacer.waitMs('bulk')) + given.lateMs(turn);
      if (tickAtMs > now && tickAtMs <= tick) return;
      tickAtMs = tick;
      at(tick, wake);
      return;
    }
    busy = true;
    at(now + given.claimMs(turn), () => {
      busy = false;
      for (let one = 0; one < room; one++) start('bulk');
      wake();
    });
  };
  for (const ms of given.repliesAtMs ?? []) at(ms, () => start('reply'));
  wake();
  for (let next = events.shift(); next !== undefined && next.atMs < forMs; next = events.shift()) {
    now = next.atMs;
    next.happen();
  }
  return arrivals.filter((ms) => ms < forMs).sort((one, other) => one - other);
}

/** The most that were at the platform within any second, wherever it begins. */
export function mostInASecond(arrivals: readonly number[]): number {
  let first = 0;
  let most = 0;
  for (const [index, arrival] of arrivals.entries()) {
    while ((arrivals[first] ?? 0) <= arrival - 1_000) first++;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
