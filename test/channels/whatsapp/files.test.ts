import { describe, expect, it } from 'vitest';
import { Files } from '../../../src/channels/whatsapp/files.ts';
import { SendError } from '../../../src/messaging/contract.ts';

describe('Files', () => {
  function given(ends: (attempt: number) => boolean) {
    let attempt = 0;
    const browser = {
      endedAtMs: Number.NEGATIVE_INFINITY,
      async ask(): Promise<never> {
        if (ends(attempt++)) browser.endedAtMs = performance.now();
        throw new SendError('unreachable', 'no answer');
      },
    };
    const files = new Files(browser);
    return async (times: number, ref = 'a') => {
      const reasons: string[] = [];
      for (let index = 0; index < times; index++) {
        reasons.push(await files.fetch(ref).then(String, (error: SendError) => error.reason));
      }
      return reasons;
    };
  }

  it('gives up a file over which the browser has ended three times, and no other', async () => {
    const fetch = given(() => true);
    expect(await fetch(4)).toEqual(['unreachable', 'unreachable', 'unreachable', 'rejected']);
    expect(await fetch(1, 'b')).toEqual(['unreachable']);
  });

  it('tries on for a file that only cannot be had yet', async () => {
    const fetch = given((attempt) => attempt === 1);
    expect(await fetch(8)).toEqual(Array(8).fill('unreachable'));
  });
});
