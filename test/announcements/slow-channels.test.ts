import { describe, expect, it } from 'vitest';
import { type LadderInput, planLadder } from '../../src/announcements/ladder.ts';
import { slowChannels } from '../../src/announcements/slow-channels.ts';
import type { Pace, Paces } from '../../src/messaging/pace.ts';

const at = (text: string) => new Date(`2027-04-${text}:00+06:00`);
const free: Pace = { perSecond: 30, chatGapMs: () => 0 };
const capped: Pace = {
  ...free,
  caps: { perHour: 60, perDay: 250 },
  quietHours: { from: '21:00', to: '08:00', timeZone: 'Asia/Bishkek' },
};
const HEARING = { ladder: ['now', '7d', '1d', '2h'], nowAt: at('01T12:00'), startsAt: at('20T10:00') };

/** What is said of so many people on WhatsApp, in short. */
function said(whatsapp: number, ladder: Partial<LadderInput> = {}, paces: Paces = {}) {
  const hours = { from: '21:00', to: '08:00' };
  const plan = planLadder({ ...HEARING, quietHours: hours, timeZone: 'Asia/Bishkek', ...ladder });
  return slowChannels(plan.rungs, { telegram: 5_000, whatsapp }, { telegram: free, whatsapp: capped, ...paces });
}
const slow = (rung: string, until: string) => ({ kind: 'slow-channel', channel: 'whatsapp', rung, until: at(until) });
const late = (rung: string) => ({ kind: 'channel-too-slow', channel: 'whatsapp', rung });

describe('slowChannels', () => {
  it.each([
    ['nothing of nobody, not even at night', 0, { ladder: ['now'], nowAt: at('01T22:00') }, []],
    ['nothing of what goes within the hour', 60, {}, []],
    ['until when the first send lasts that takes an hour', 61, {}, [slow('now', '01T13:00')]],
    ['which sends are over before everybody has got them', 121, {}, [slow('now', '01T14:00'), late('2h')]],
    ['all of these', 600, {}, [slow('now', '03T13:00'), late('1d'), late('2h')]],
    ['of the night', 1, { ladder: ['now'], nowAt: at('01T22:00') }, [slow('now', '02T08:00')]],
    [
      'of a night that is too long',
      1,
      { ladder: ['1h'], startsAt: at('20T07:30') },
      [slow('1h', '20T08:00'), late('1h')],
    ],
    [
      'never that it is too late, without a hearing',
      600,
      { ladder: ['now'], startsAt: null },
      [slow('now', '03T13:00')],
    ],
  ] as const)('tells %s', (_, count, ladder, warnings) => {
    expect(said(count, ladder)).toEqual(warnings);
  });

  it('tells each channel apart, and nothing of one that is not on', () => {
    const ladder = { ladder: ['now'], startsAt: null };
    expect(said(61, ladder, { telegram: capped }).map((one) => 'channel' in one && one.channel)).toEqual([
      'telegram',
      'whatsapp',
    ]);
    expect(slowChannels([], { whatsapp: 600 }, { whatsapp: capped })).toEqual([]);
    const plan = planLadder({ ...HEARING, quietHours: { from: '21:00', to: '08:00' }, timeZone: 'Asia/Bishkek' });
    expect(slowChannels(plan.rungs, { whatsapp: 600 }, { telegram: free })).toEqual([]);
  });
});
