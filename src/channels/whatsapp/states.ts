import type { LinkState } from '../../messaging/link-states.ts';
import type { ChildEvent, Connection } from './ipc.ts';
import type { WhatsAppTiming } from './timing.ts';

/** States that nobody leaves without a person's help, where the number was linked before. */
const NEEDS_A_PERSON: ReadonlySet<LinkState> = new Set(['qr', 'pairing', 'logged_out', 'blocked']);

export function needsPerson(state: LinkState, linkedBefore: boolean): boolean {
  return state === 'blocked' || (linkedBefore && NEEDS_A_PERSON.has(state));
}

/** What is to be done about an event, beside the state that it leads to. */
export interface Step {
  readonly state: LinkState;
  /** `relink`: the profile is worth nothing any more. `halt`: another try would only make it worse. */
  readonly act?: 'restart' | 'relink' | 'halt';
}

/** Reasons of the library for which WhatsApp will not have this number, or this program, until somebody has seen to it. */
const REFUSED = new Set(['TOS_BLOCK', 'SMB_TOS_BLOCK', 'PROXYBLOCK', 'DEPRECATED_VERSION']);

/** What an event of the library leads to. Its events are hints: they come twice, late, or in an order of their own. */
export function after(state: LinkState, event: ChildEvent): Step {
  if (state === 'restarting' || state === 'stopped' || state === 'logged_out' || state === 'blocked') return { state };
  switch (event.event) {
    case 'qr':
      return { state: 'qr' };
    case 'code':
      return { state: 'pairing' };
    case 'authenticated':
      return { state: isLinked(state) ? state : 'syncing' };
    case 'ready':
      return { state: 'ready' };
    case 'connection':
      // whether the page also hears is for the watchdog to ask
      return event.state === 'CONNECTED' ? { state } : afterConnection(state, { ...event, listening: true });
    case 'disconnected':
      if (event.reason === 'LOGOUT') return { state: 'logged_out', act: 'relink' };
      if (REFUSED.has(event.reason)) return { state: 'blocked', act: 'halt' };
      return { state, act: 'restart' };
    case 'failed':
      return { state, act: 'restart' };
    default:
      return { state };
  }
}

/** Where nothing is to be waited for any more but that it gets ready. */
const BEFORE_SYNCING: ReadonlySet<LinkState> = new Set(['starting', 'qr', 'pairing']);

/** WhatsApp's own word, asked for or told. */
export function afterConnection(state: LinkState, { state: connection, listening }: Connection): Step {
  if (REFUSED.has(connection ?? '')) return { state: 'blocked', act: 'halt' };
  if (connection !== 'CONNECTED') return { state: state === 'ready' ? 'degraded' : state };
  if (isLinked(state)) return { state: listening ? 'ready' : 'syncing' };
  return { state: BEFORE_SYNCING.has(state) ? 'syncing' : state };
}

/** Whether the page has been ready, and may be so again by itself. */
export function isLinked(state: LinkState): boolean {
  return state === 'ready' || state === 'degraded';
}

/** Whether it waits for somebody with the phone. */
export function isUnlinked(state: LinkState): boolean {
  return state === 'qr' || state === 'pairing';
}

/** Why the state has lasted too long; null: it has not. */
export function lateness(
  state: LinkState,
  { inStateMs, codeAgeMs }: { inStateMs: number; codeAgeMs: number },
  timing: WhatsAppTiming,
): string | null {
  if (state === 'qr' && codeAgeMs > timing.qrMs) return 'the QR code was not renewed';
  if (state === 'pairing' && codeAgeMs > timing.pairingMs) return 'the pairing code was not renewed';
  if (state === 'starting' && inStateMs > timing.startMs) return 'the page did not come';
  if (state === 'syncing' && inStateMs > timing.readyMs) return 'not ready in time';
  if (state === 'degraded' && inStateMs > timing.degradedMs) return 'no connection';
  return null;
}

/** Why a child's life ended, and what is done about it. */
export interface Ending {
  readonly why: string;
  readonly act: NonNullable<Step['act']>;
  readonly planned?: true;
  readonly wasReady?: boolean;
}
