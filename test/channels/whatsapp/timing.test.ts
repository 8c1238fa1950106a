import { describe, expect, it } from 'vitest';
import { sendLimitMs, TIMING } from '../../../src/channels/whatsapp/timing.ts';

const MEGABYTE = 1024 * 1024;

describe('sendLimitMs', () => {
  it.each([
    ['a text gets a minute', 0, 60],
    ['a file of 5 MB gets as long as a slow network takes', 5 * MEGABYTE, 224],
    ['the largest get no longer than the browser is waited for', 500 * MEGABYTE, 1_800],
  ])('%s', (_label, bytes, seconds) => {
    expect(Math.round(sendLimitMs(TIMING, bytes) / 1000)).toBe(seconds);
  });
});
