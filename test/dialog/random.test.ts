import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPick } from '../../src/dialog/button-data.ts';
import { turn } from '../../src/dialog/turn.ts';
import type { Dialog, Flow, Input, Saved, TurnResult } from '../../src/dialog/types.ts';
import { ctx, options, photo, words } from './talk.ts';

/** Whom to tell that an effect has run; per dialog. */
interface Kit {
  ran(effect: string): void;
}

/** Every kind of step, loops with effects in them, and a form that differs by version. */
function form(version: number): Flow<Kit> {
  return {
    name: 'form',
    version,
    async run(d: Dialog, { ran }) {
      await d.say('Hello');
      const village = await d.choose('village', 'Village?', options('ortok', 'dobo', 'mantysh'), {
        other: (input) => (input.kind === 'media' ? { value: 'pictured' } : { refuse: null }),
      });
      if (version === 2) await d.ask('name', 'Name?', { optional: true });
      const files = await d.attachments('files', 'Files?', { max: 3, optional: true });
      for (let round = 0; round < 4; round++) {
        const draft = await d.remember('draft', () => ({ village, count: files.length, round }));
        const text = await d.ask('text', `${draft.round}: text?`, {
          parse: (input) =>
            input.kind === 'text' && input.text.length > 1 ? { value: input.text } : { refuse: 'Too short' },
        });
        const number = await d.effect('store', async () => {
          ran(`store ${round}`);
          return { number: round, text };
        });
        await d.say(`Number ${number.number}`);
        if (version === 2) {
          await d.effect('note', async () => ran(`note ${round}`));
        }
        if (!(await d.confirm('more', 'More?'))) break;
      }
      await d.ask('end', 'Anything else?', { optional: true });
    },
  };
}

type Step =
  | { readonly do: 'text'; readonly text: string }
  | { readonly do: 'press'; readonly nth: number }
  | { readonly do: 'forge'; readonly data: string }
  | { readonly do: 'photo'; readonly album: string | null; readonly caption: string }
  | { readonly do: 'edit'; readonly nth: number; readonly text: string }
  /** Says what leads on, so that the walks come far. */
  | { readonly do: 'on' }
  | { readonly do: 'resume' | 'expire' | 'deploy' | 'sticker' };

const ON = new Map([
  ['village', '2'],
  ['files', '-'],
  ['more', 'ооба'],
]);

const said = fc.constantFrom(
  '1',
  '2',
  'ортok',
  'ooba',
  'жок',
  'назад',
  '0',
  '-',
  'болду',
  'a bridge',
  'x y',
  '',
  '>1',
  'отмена',
  '2️⃣',
);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 14, arbitrary: fc.record({ do: fc.constant('on' as const) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('text' as const), text: said }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('press' as const), nth: fc.nat(30) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('forge' as const), data: fc.string({ maxLength: 70, unit: 'binary' }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('photo' as const),
        album: fc.constantFrom(null, 'x', 'y'),
        caption: fc.constantFrom('', 'c'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), nth: fc.nat(30), text: said }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom('resume' as const, 'expire' as const, 'deploy' as const, 'sticker' as const),
      }),
    },
  ),
  { minLength: 5, maxLength: 40, size: 'max' },
);

/** A resident who does anything at all. */
class Anybody {
  saved: Saved | null = null;
  readonly ran: string[] = [];
  readonly #pressed: string[] = [];
  readonly #messages: string[] = [];
  #dialogs = 0;
  #version = 1;
  #next = 0;

  async does(step: Step): Promise<TurnResult> {
    if (step.do === 'deploy') this.#version = 3 - this.#version;
    const world = { edited: step.do === 'edit', expired: step.do === 'expire' };
    const result = await turn(form(this.#version), this.saved, this.#inputOf(step), {
      kit: { ran: (effect) => this.ran.push(`${this.saved?.id ?? 'start'} ${effect}`) },
      ctx,
      words,
      newId: () => `d${this.#dialogs++}xx`,
      ...world,
    });
    this.saved = result.saved === null ? null : (JSON.parse(JSON.stringify(result.saved)) as Saved);
    for (const { options: shown = [] } of result.replies) this.#pressed.push(...shown.map(({ data }) => data));
    return result;
  }

  #wordsOn(): string {
    return ON.get(this.saved?.question?.replace(/~.*/, '') ?? '') ?? 'a bridge';
  }

  #inputOf(step: Step): Input | null {
    const messageId = String(this.#next++);
    switch (step.do) {
      case 'on':
      case 'text':
        this.#messages.push(messageId);
        return { kind: 'text', text: step.do === 'text' ? step.text : this.#wordsOn(), messageId };
      case 'photo':
        this.#messages.push(messageId);
        return photo(this.#next, {
          messageId,
          text: step.caption,
          ...(step.album === null ? {} : { albumId: step.album }),
        });
      case 'edit':
        return { kind: 'text', text: step.text, messageId: this.#messages.at(-1 - (step.nth % 8)) ?? 'none' };
      case 'press':
        return toPick(this.#pressed.at(-1 - (step.nth % 12)) ?? 'none', 'keyboard');
      case 'forge':
        return toPick(step.data, null);
      case 'sticker':
        return { kind: 'unsupported', messageId };
      default:
        return null;
    }
  }
}

/** One step, and the open question asked for again after it. */
async function expectSound(anybody: Anybody, step: Step): Promise<void> {
  const { saved, replies, status } = await anybody.does(step);
  expect(anybody.saved).toStrictEqual(saved);
  expect(saved === null).toBe(status === 'done' || status === 'canceled' || status === 'left');
  const shown = replies.flatMap((reply) => reply.options ?? []);
  for (const { data } of shown) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
  if (saved === null) return;
  const asked = replies.findLast((reply) => reply.question !== undefined)?.question;
  expect([saved.question, undefined]).toContain(asked?.replace(/\.\w+$/, ''));
  const again = await anybody.does({ do: 'resume' });
  expect(again.replies.at(-1)?.question).toBeDefined();
  expect(again.status).toBe('waiting');
  if (step.do !== 'expire') expect(again.saved).toStrictEqual(saved);
}

describe('turn', () => {
  it('survives whatever anybody does: runs no effect twice, keeps JSON, always has a question open', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const anybody = new Anybody();
        for (const step of all) await expectSound(anybody, step);
        expect(anybody.ran).toEqual([...new Set(anybody.ran)]);
      }),
      { numRuns: 40 },
    );
  });
});
