import { describe, expect, it } from 'vitest';
import { type WhatsAppPace, whatsappPace } from '../../../src/channels/whatsapp/pace.ts';
import { readConfig } from '../../../src/config.ts';
import { Pacer } from '../../../src/messaging/pacer.ts';

const DAY_MS = 86_400_000;
const set = (change: Partial<WhatsAppPace> = {}): WhatsAppPace => {
  const { whatsapp } = readConfig({ WHATSAPP_ENABLED: 'true' }, false);
  if (whatsapp === null) throw new Error('WhatsApp is off');
  return { ...whatsapp, ...change };
};

/** A pacer by day, in a time that `send` moves: it waits for its turn as the sender does. */
function aPacer(options: WhatsAppPace, ageDays: number | null = 100) {
  let now = 0;
  const startAt = Date.parse('2027-03-01T02:00:00Z'); // eight in the morning
  const clock = { now: () => new Date(startAt + now) };
  const pacer = new Pacer(
    whatsappPace(options, () => ageDays),
    { nowMs: () => now, clock },
  );
  const send = (urgency: 'reply' | 'personal' | 'bulk') => {
    while (urgency !== 'reply' && pacer.room(urgency) < 1) now += Math.max(1, pacer.waitMs(urgency));
    const beganAt = now;
    pacer.end(pacer.begin(urgency), 'sent');
    return beganAt;
  };
  return { pacer, send, at: () => clock.now() };
}

describe('whatsappPace', () => {
  it('keeps announcements 8 to 20 seconds apart, never twice the same, and what is personal 1 to 3', () => {
    const { send } = aPacer(set());
    const gaps = (urgency: 'personal' | 'bulk') => {
      const times = Array.from({ length: 30 }, () => send(urgency));
      return times.slice(1).map((time, at) => time - (times[at] ?? 0));
    };
    const [bulk, personal] = [gaps('bulk'), gaps('personal')];
    expect(Math.min(...bulk)).toBeGreaterThanOrEqual(8_000);
    expect(Math.max(...bulk)).toBeLessThanOrEqual(20_001);
    expect(new Set(bulk).size).toBeGreaterThan(25);
    expect(Math.min(...personal)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...personal)).toBeLessThanOrEqual(3_001);
  });

  it('answers whoever writes, whatever the caps and the night hold back', () => {
    const { pacer, send } = aPacer(set({ hourlyCap: 1, dailyCap: 1, quietHours: null }));
    send('bulk');
    for (let one = 0; one < 50; one++) send('reply');
    expect(pacer.waitMs('bulk')).toBeGreaterThan(3_000_000);
    const later = send('personal');
    expect(later).toBeLessThan(4_000);
  });

  it.each([
    [0, 25],
    [7, 137],
    [13.99, 249],
    [14, 250],
    [null, 25],
  ])('lets a number that is %s days old send so many announcements in its first day: %i', (ageDays, most) => {
    const { send } = aPacer(set({ quietHours: null, hourlyCap: 1_000 }), ageDays);
    let count = 0;
    while (send('bulk') < DAY_MS) count++;
    expect(count).toBe(most);
  });

  it('has no warm-up where none is asked for', () => {
    const { caps } = whatsappPace(set({ warmUpDays: 0 }), () => 0);
    expect(caps?.share?.()).toBe(1);
  });

  it('knows which part of its caps a number may use later on', () => {
    const linkedAt = Date.parse('2027-03-01T08:00:00Z');
    const { caps } = whatsappPace(set(), (at = new Date(linkedAt)) => (at.getTime() - linkedAt) / DAY_MS);
    expect(caps?.share?.()).toBe(0.1);
    expect(caps?.share?.(new Date(linkedAt + 7 * DAY_MS))).toBeCloseTo(0.55);
    expect(caps?.share?.(new Date(linkedAt + 20 * DAY_MS))).toBe(1);
  });

  it('sends no announcement at night', () => {
    const { send, at } = aPacer(set());
    for (let one = 0; one < 900; one++) {
      send('bulk');
      expect((at().getUTCHours() + 6) % 24).toBeGreaterThanOrEqual(8);
      expect((at().getUTCHours() + 6) % 24).toBeLessThan(21);
    }
  });
});
