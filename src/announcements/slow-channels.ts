import { bulkEndsAt } from '../messaging/bulk-time.ts';
import type { ChannelName } from '../messaging/contract.ts';
import type { Pace, Paces } from '../messaging/pace.ts';
import type { AudienceCount } from './audience.ts';
import type { PlannedRung } from './ladder.ts';
import type { Warning } from './problems.ts';

/** What lasts no longer is not worth a word. */
const SLOW_MS = 3_600_000;

/**
 * What is to be known of channels that hold bulk back: where a send takes its time, and which sends are of no use any
 * more before everybody has got them. Each send is looked at alone, as if it had the caps for itself.
 */
export function slowChannels(
  rungs: readonly PlannedRung[],
  byChannel: AudienceCount['byChannel'],
  paces: Paces,
): Warning[] {
  return (Object.entries(paces) as [ChannelName, Pace][]).flatMap(([channel, pace]): Warning[] => {
    const count = byChannel[channel] ?? 0;
    if (count === 0) return [];
    const sends = rungs.map((rung) => ({ ...rung, until: bulkEndsAt(pace, count, rung.dueAt) }));
    const slow = sends.find(({ dueAt, until }) => until.getTime() - dueAt.getTime() >= SLOW_MS);
    const late = sends.filter(({ staleAt, until }) => staleAt !== null && staleAt <= until);
    return [
      ...(slow === undefined ? [] : [{ kind: 'slow-channel', channel, rung: slow.rung, until: slow.until } as const]),
      ...late.map(({ rung }) => ({ kind: 'channel-too-slow', channel, rung }) as const),
    ];
  });
}
