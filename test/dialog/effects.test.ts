import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/core/context.ts';
import type { Dialog, Flow } from '../../src/dialog/types.ts';
import { ctx, Talk } from './talk.ts';

function flow(run: (d: Dialog) => Promise<void>): Flow<null> {
  return { name: 'test', version: 1, run };
}

describe('effect', () => {
  it('runs once, with the context of the turn', async () => {
    const seen: Context[] = [];
    const talk = new Talk(
      flow(async (d) => {
        await d.ask('a', 'A?');
        await d.effect('store', async (given) => void seen.push(given));
        for (let i = 0; i < 3; i++) await d.ask('more', 'More?');
      }),
      null,
    );
    await talk.start();
    for (const text of ['one', 'two', 'three', 'four']) await talk.text(text);
    expect(talk.status).toBe('done');
    expect(seen).toEqual([ctx]);
  });

  it('runs once for each round of a loop', async () => {
    const stored: string[] = [];
    const talk = new Talk(
      flow(async (d) => {
        for (let i = 0; i < 3; i++) {
          const text = await d.ask('text', `Text ${i}?`);
          await d.effect('store', async () => stored.push(text));
        }
      }),
      null,
    );
    await talk.start();
    for (const text of ['one', 'two', 'three']) await talk.text(text);
    expect(stored).toEqual(['one', 'two', 'three']);
  });

  it('gives the flow the same thing in this turn as in the next: what JSON keeps', async () => {
    const seen: unknown[] = [];
    const talk = new Talk(
      flow(async (d) => {
        seen.push(await d.effect('store', async () => ({ at: new Date('2027-01-01T00:00:00Z'), none: undefined })));
        seen.push(await d.effect('nothing', async () => undefined));
        await d.ask('a', 'A?');
      }),
      null,
    );
    await talk.start();
    await talk.text('words');
    expect(seen).toEqual([{ at: '2027-01-01T00:00:00.000Z' }, null, { at: '2027-01-01T00:00:00.000Z' }, null]);
  });

  it.each(['effect', 'remember'] as const)(
    'that fails rejects the turn, also where the flow catches it: %s',
    async (step) => {
      const failure = new Error('no village 7');
      const talk = new Talk(
        flow(async (d) => {
          await d.ask('a', 'A?');
          try {
            await d[step]('store', () => Promise.reject(failure));
          } catch {
            await d.say('Never mind');
          }
          await d.ask('b', 'B?');
        }),
        null,
      );
      await talk.start();
      const { saved } = talk;
      await expect(talk.text('words')).rejects.toBe(failure);
      expect(talk.saved).toBe(saved);
    },
  );

  it('that gives what is not JSON rejects the turn', async () => {
    const talk = new Talk(
      flow(async (d) => void (await d.effect('store', async () => 7n))),
      null,
    );
    await expect(talk.start()).rejects.toThrow('BigInt');
  });

  it('that throws a bare string rejects the turn with an Error', async () => {
    const talk = new Talk(
      flow(async (d) => void (await d.effect('store', () => Promise.reject('flat')))),
      null,
    );
    await expect(talk.start()).rejects.toEqual(new Error('flat'));
  });
});

describe('turn on a flow that is wrong', () => {
  it('rejects when the flow throws', async () => {
    const talk = new Talk(
      flow(async (d) => {
        await d.ask('a', 'A?');
        throw new TypeError('a bug');
      }),
      null,
    );
    await talk.start();
    await expect(talk.text('words')).rejects.toThrow(new TypeError('a bug'));
  });

  it('rejects when a step begins before the last one is over', async () => {
    const talk = new Talk(
      flow(async (d) => void (await Promise.all([d.ask('a', 'A?'), d.ask('b', 'B?')]))),
      null,
    );
    await expect(talk.start()).rejects.toThrow("'?b' began before '?a' was over: an 'await' is missing");
  });

  it('rejects a name that no button could carry', async () => {
    const talk = new Talk(
      flow(async (d) => void (await d.ask('Кайсы айыл', 'A?'))),
      null,
    );
    await expect(talk.start()).rejects.toThrow('expected at most 32 of a-z');
  });

  it('rejects a saved state that nobody here has written', async () => {
    const talk = new Talk(
      flow(async (d) => void (await d.ask('a', 'A?'))),
      null,
    );
    talk.saved = {
      flow: 'test',
      version: 1,
      id: 'd1a2',
      args: null,
      state: { send: [] },
      question: 'a',
      timeoutMs: null,
    };
    await expect(talk.text('words')).rejects.toThrow('its state cannot be read');
  });
});
