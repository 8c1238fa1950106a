import type { Text } from '../core/text.ts';
import { rawAnswer } from './answer.ts';
import { type Course, drive, fragileEntries, type Outcome, type Scene } from './drive.ts';
import { EMPTY, isAtFirst, type Journal, lastEffect, packJournal, stepBack, tagOf } from './journal.ts';
import type { Input, Output, Saved, TurnResult } from './types.ts';

type Settled = Exclude<Outcome, { type: 'stale' }>;

/** How much of what stands before the open question is said: nothing, or all since the last answer. */
export type View = 'question' | 'all';

/** What a replay comes to: the replies and the dialog as it is kept. `before` is the journal before the message. */
export async function settle<Kit>(
  scene: Scene<Kit>,
  outcome: Settled,
  { input, before, view }: { input: Input | null; before: Journal; view: View },
): Promise<TurnResult> {
  const { words } = scene.world;
  switch (outcome.type) {
    case 'waiting':
      return waiting(scene, outcome, outcome.outputs);
    case 'done':
      return {
        saved: null,
        replies: outcome.outputs,
        status: 'done',
        applied: input === null || outcome.liveTaken,
      };
    case 'cancel':
      return {
        saved: null,
        replies: [{ text: words.canceled }],
        status: 'canceled',
        applied: true,
      };
    case 'back': {
      const earlier = stepBack(outcome.journal);
      if (earlier !== null) return show(scene, earlier, 'all');
      if (isAtFirst(outcome.journal)) return { saved: null, replies: [], status: 'left', applied: true };
      return show(scene, outcome.journal, view, words.nothingBack);
    }
    case 'more':
      return show(scene, { ...outcome.journal, page: outcome.journal.page + 1 }, 'question');
    case 'old-button':
      return show(scene, outcome.journal, view, words.oldButton);
    case 'refused': {
      const album = input?.kind === 'media' ? input.albumId : undefined;
      const m = input?.kind === 'pick' ? undefined : input?.messageId;
      const refused = {
        ...(m === undefined ? {} : { m }),
        ...(album === undefined ? {} : { album }),
      };
      const result = await show(scene, { ...outcome.journal, refused }, view, outcome.reason ?? words.notUnderstood);
      const saidAlready = album !== undefined && before.refused?.album === album;
      return saidAlready ? { ...result, replies: [] } : result;
    }
  }
}

/** Shows the open question once more, after `reason`. */
export async function show<Kit>(scene: Scene<Kit>, journal: Journal, view: View, reason?: Text): Promise<TurnResult> {
  const outcome = await drive(scene, {
    journal,
    keepSaysFrom: Number.POSITIVE_INFINITY,
  });
  if (outcome.type === 'stale') return redrive(scene, journal, null);
  if (outcome.type !== 'waiting') return settle(scene, outcome, { input: null, before: journal, view });
  const said = view === 'all' ? outcome.outputs : outcome.outputs.filter((output) => output.question !== undefined);
  return waiting(scene, outcome, reason === undefined ? said : [{ text: reason }, ...said]);
}

/**
 * Replays the flow from its start with the steps of an older form, fed by name. The message answers the open question
 * only where that is still the same one; else the person is told that the form has changed.
 */
export async function redrive<Kit>(scene: Scene<Kit>, before: Journal, input: Input | null): Promise<TurnResult> {
  const { words } = scene.world;
  const { entries, open, generation } = before;
  const fits = (key: string) => key === open && (input?.kind !== 'pick' || isOpen(scene, before, input));
  const course: Course = {
    journal: { ...EMPTY, generation, left: [...entries, ...before.left] },
    fragile: fragileEntries(entries, lastEffect(entries) + 1),
    keepSaysFrom: Number.POSITIVE_INFINITY,
    ...(input === null
      ? {}
      : {
          live: { answer: rawAnswer(input), reading: 'message' as const, fits },
        }),
  };
  const outcome = await drive(scene, course);
  if (outcome.type === 'stale') throw new Error(`flow '${scene.flow.name}' takes another way each time it is replayed`);
  if (outcome.type !== 'waiting' || outcome.liveTaken)
    return settle(scene, outcome, { input, before, view: 'question' });
  if (outcome.journal.open !== open) return waiting(scene, outcome, [{ text: words.formChanged }, ...outcome.outputs]);
  return show(scene, outcome.journal, 'question', input === null ? undefined : words.oldButton);
}

/** Whether a button belongs to the question that is open, as it was shown last. */
export function isOpen<Kit>(scene: Scene<Kit>, journal: Journal, pick: Input & { kind: 'pick' }): boolean {
  const tag = journal.open === null ? null : tagOf(journal.open, journal.generation);
  return pick.dialog === scene.id && pick.question === tag;
}

function waiting<Kit>(
  { flow, id, args }: Scene<Kit>,
  { journal, timeoutMs }: Extract<Outcome, { type: 'waiting' }>,
  replies: readonly Output[],
): TurnResult {
  const saved: Saved = {
    flow: flow.name,
    version: flow.version,
    id,
    args,
    state: packJournal(journal),
    question: journal.open === null ? null : tagOf(journal.open, 0),
    timeoutMs,
  };
  return { saved, replies: replies.map((output) => placed(output, journal)), status: 'waiting', applied: true };
}

/** The open question with where in the dialog it stands. */
function placed(output: Output, journal: Journal): Output {
  if (output.question === undefined) return output;
  const back = stepBack(journal) === null ? {} : { back: true as const };
  const page = journal.page > 0 && output.options !== undefined ? { page: journal.page } : {};
  return { ...output, ...back, ...page };
}
