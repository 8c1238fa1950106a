import { usableCaps } from './limits/caps.ts';
import type { Pace } from './pace.ts';
import { isQuiet, type QuietHours, quietUntil } from './quiet-hours.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNCAPPED = { perHour: Number.POSITIVE_INFINITY, perDay: Number.POSITIVE_INFINITY };

/**
 * About when the last of `count` messages of bulk begins, if the first one may at `at` and nothing else is sent. Those
 * of an hour go one after the other from its beginning on; an hour that runs into quiet hours is taken for whole.
 */
export function bulkEndsAt(pace: Pick<Pace, 'caps' | 'gap' | 'quietHours'>, count: number, at: Date): Date {
  const { caps, gap, quietHours } = pace;
  const gapMs = gap === undefined ? 0 : (gap.bulk.minMs + gap.bulk.maxMs) / 2;
  const byGap = Math.max(1, Math.floor(HOUR_MS / gapMs));
  let now = morningOf(at, quietHours);
  let [left, today, nextDay] = [count, 0, now.getTime() + DAY_MS];
  for (;;) {
    const { perHour, perDay } = caps === undefined ? UNCAPPED : usableCaps(caps, now);
    const most = Math.max(0, Math.min(perHour, byGap, perDay - today));
    if (left <= most) return new Date(now.getTime() + Math.max(0, left - 1) * gapMs);
    left -= most;
    today += most;
    now = morningOf(new Date(Math.min(now.getTime() + HOUR_MS, nextDay)), quietHours);
    if (now.getTime() >= nextDay) [today, nextDay] = [0, now.getTime() + DAY_MS];
  }
}

/** The end of the quiet hours, where they run; a night that clocks prolong may seem to have ended. */
function morningOf(at: Date, hours: QuietHours | undefined): Date {
  if (hours === undefined || !isQuiet(at, hours)) return at;
  return new Date(Math.max(at.getTime(), quietUntil(at, hours).getTime()));
}
