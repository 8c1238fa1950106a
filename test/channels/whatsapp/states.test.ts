import { describe, expect, it } from 'vitest';
import type { ChildEvent } from '../../../src/channels/whatsapp/ipc.ts';
import { after, afterConnection, lateness, needsPerson, type Step } from '../../../src/channels/whatsapp/states.ts';
import { TIMING } from '../../../src/channels/whatsapp/timing.ts';
import type { LinkState } from '../../../src/messaging/link-states.ts';

const ready: ChildEvent = { event: 'ready', me: '996700000000@c.us' };
const is = (state: string): ChildEvent => ({ event: 'connection', state });
const gone = (reason: string): ChildEvent => ({ event: 'disconnected', reason });

describe('after', () => {
  it.each<[LinkState, ChildEvent, Step]>([
    ['starting', { event: 'qr', value: 'x' }, { state: 'qr' }],
    ['starting', { event: 'code', value: 'x' }, { state: 'pairing' }],
    ['qr', { event: 'authenticated' }, { state: 'syncing' }],
    ['syncing', ready, { state: 'ready' }],
    ['starting', ready, { state: 'ready' }],
    // a short loss of the link tells all of it once more
    ['degraded', { event: 'authenticated' }, { state: 'degraded' }],
    ['ready', { event: 'authenticated' }, { state: 'ready' }],
    ['ready', is('TIMEOUT'), { state: 'degraded' }],
    // whether the page also hears is asked for
    ['degraded', is('CONNECTED'), { state: 'degraded' }],
    ['qr', is('UNPAIRED_IDLE'), { state: 'qr' }],
    ['ready', gone('LOGOUT'), { state: 'logged_out', act: 'relink' }],
    ['ready', gone('TOS_BLOCK'), { state: 'blocked', act: 'halt' }],
    ['ready', is('TOS_BLOCK'), { state: 'blocked', act: 'halt' }],
    ['ready', gone('CONFLICT'), { state: 'ready', act: 'restart' }],
    ['syncing', { event: 'failed', reason: 'the browser ended' }, { state: 'syncing', act: 'restart' }],
    // what a process says that is about to be replaced
    ['logged_out', { event: 'qr', value: 'x' }, { state: 'logged_out' }],
    ['restarting', ready, { state: 'restarting' }],
    ['blocked', is('CONNECTED'), { state: 'blocked' }],
  ])('%s, told %j, is %j', (state, event, step) => {
    expect(after(state, event)).toEqual(step);
  });
});

describe('afterConnection', () => {
  it.each<[LinkState, string | null, boolean, LinkState]>([
    ['ready', 'CONNECTED', true, 'ready'],
    ['degraded', 'CONNECTED', true, 'ready'],
    // the page was loaded anew: connected, deaf and mute
    ['ready', 'CONNECTED', false, 'syncing'],
    ['degraded', 'CONNECTED', false, 'syncing'],
    ['ready', 'OPENING', false, 'degraded'],
    // the page is being loaded: nothing can be sent, and nothing is amiss yet
    ['ready', null, false, 'degraded'],
    ['starting', null, false, 'starting'],
    // the phone has read the code: from now on it is no code that is waited for
    ['qr', 'CONNECTED', false, 'syncing'],
    ['pairing', 'CONNECTED', false, 'syncing'],
    ['starting', 'CONNECTED', false, 'syncing'],
    ['starting', 'OPENING', false, 'starting'],
    ['qr', 'UNPAIRED', false, 'qr'],
    ['syncing', 'CONNECTED', true, 'syncing'],
    ['syncing', 'TIMEOUT', true, 'syncing'],
  ])('%s, asked while %s, listening: %s, is %s', (state, connection, listening, next) => {
    expect(afterConnection(state, { state: connection, listening })).toEqual({ state: next });
  });
});

describe('lateness', () => {
  it.each<[LinkState, number, boolean]>([
    ['starting', TIMING.startMs, true],
    ['degraded', TIMING.degradedMs, true],
    // also where the connection went meanwhile
    ['syncing', TIMING.readyMs, true],
    ['syncing', TIMING.readyMs - 2, false],
    ['ready', TIMING.freshMs, false],
  ])('%s for %i ms is late: %s', (state, ms, late) => {
    expect(lateness(state, { inStateMs: ms + 1, codeAgeMs: 0 }, TIMING) !== null).toBe(late);
  });
});

describe('needsPerson', () => {
  it.each<[LinkState, boolean, boolean]>([
    ['qr', true, true],
    ['qr', false, false],
    ['blocked', false, true],
    ['logged_out', true, true],
    ['restarting', true, false],
    ['ready', true, false],
  ])('%s, linked before: %s: %s', (state, before, needed) => {
    expect(needsPerson(state, before)).toBe(needed);
  });
});
