import { describe, expect, it } from 'vitest';
import type { ChildEvent } from '../../../src/channels/whatsapp/ipc.ts';
import { after, needsPerson, type Step } from '../../../src/channels/whatsapp/states.ts';
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
    ['degraded', is('CONNECTED'), { state: 'ready' }],
    ['qr', is('UNPAIRED_IDLE'), { state: 'qr' }],
    ['ready', gone('LOGOUT'), { state: 'logged_out', act: 'relink' }],
    ['ready', gone('TOS_BLOCK'), { state: 'blocked', act: 'halt' }],
    ['ready', is('TOS_BLOCK'), { state: 'blocked', act: 'halt' }],
    ['ready', gone('CONFLICT'), { state: 'ready', act: 'restart' }],
    // what a process says that is about to be replaced
    ['logged_out', { event: 'qr', value: 'x' }, { state: 'logged_out' }],
    ['restarting', ready, { state: 'restarting' }],
    ['blocked', is('CONNECTED'), { state: 'blocked' }],
  ])('%s, told %j, is %j', (state, event, step) => {
    expect(after(state, event)).toEqual(step);
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
