import type { LinkState } from '../../messaging/link-states.ts';
import type { ChildEvent } from './ipc.ts';

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
      return { state: state === 'ready' || state === 'degraded' ? state : 'syncing' };
    case 'ready':
      return { state: 'ready' };
    case 'connection':
      return afterConnection(state, event.state);
    case 'disconnected':
      if (event.reason === 'LOGOUT') return { state: 'logged_out', act: 'relink' };
      if (REFUSED.has(event.reason)) return { state: 'blocked', act: 'halt' };
      return { state, act: 'restart' };
    default:
      return { state };
  }
}

/** WhatsApp's own word, asked for or told. */
export function afterConnection(state: LinkState, connection: string | null): Step {
  if (REFUSED.has(connection ?? '')) return { state: 'blocked', act: 'halt' };
  if (connection === 'CONNECTED') return { state: state === 'degraded' ? 'ready' : state };
  return { state: state === 'ready' ? 'degraded' : state };
}
