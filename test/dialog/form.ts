import { turn } from '../../src/dialog/turn.ts';
import type { Flow, Saved, TurnResult } from '../../src/dialog/types.ts';
import { ctx, options, words } from './talk.ts';

/** What a resident types in `answerTo`: 22 letters. */
export const WORDS = 'Көпүрө оңдолсун, чоңба';

/** A form of `count` questions, every second one a choice of five. */
export function formOf(count: number): Flow<null> {
  return {
    name: 'form',
    version: 1,
    async run(d) {
      for (let i = 0; i < count; i++) {
        if (i % 2 === 0) await d.choose(`choice${i}`, 'Choose', options('one', 'two', 'three', 'four', 'five'));
        else await d.ask(`text${i}`, 'Say');
      }
    },
  };
}

const world = { kit: null, ctx, words, newId: () => 'd1a2' };

/** One turn of the form; the state goes through JSON. */
export async function answerTo(flow: Flow<null>, saved: Saved | null): Promise<TurnResult> {
  const kept = saved === null ? null : (JSON.parse(JSON.stringify(saved)) as Saved);
  const text = kept?.question?.startsWith('choice') ? '3' : WORDS;
  return turn(flow, kept, kept === null ? null : { kind: 'text', text, messageId: '123456' }, world);
}

/** The dialog with question `at` open (from 1), of a form that goes on after it. */
export async function savedAt(at: number): Promise<{ flow: Flow<null>; saved: Saved }> {
  const flow = formOf(at + 1);
  let saved: Saved | null = null;
  for (let i = 0; i < at; i++) saved = (await answerTo(flow, saved)).saved;
  if (saved === null) throw new Error('the form ended too early');
  return { flow, saved };
}
