import { amend } from './amend.ts';
import { rawAnswer } from './answer.ts';
import { drive, type Scene } from './drive.ts';
import { asJson, EMPTY, type Journal, unpackJournal } from './journal.ts';
import { isOpen, redrive, settle, show } from './settle.ts';
import type { Flow, Input, Saved, TurnResult, World } from './types.ts';

/** `>2`: the third page of the options. */
const PAGE = /^>(\d{1,3})$/;

/**
 * Feeds one message into a dialog and tells what to answer and what to keep. `saved` null starts the flow (a message
 * given then answers its first question); `input` null shows the open question again. Effects run here, once.
 * @throws what the flow or an effect throws: nothing of the turn may be kept then
 */
export async function turn<Kit>(
  flow: Flow<Kit, unknown>,
  saved: Saved | null,
  input: Input | null,
  world: World<Kit>,
): Promise<TurnResult> {
  if (saved === null) return start(flow, input, world);
  if (saved.flow !== flow.name) throw new Error(`a dialog of flow '${saved.flow}' was given to flow '${flow.name}'`);
  if (world.expired === true) return { saved, replies: [], status: 'expired', applied: true };

  const scene: Scene<Kit> = { flow, world, id: saved.id, args: saved.args };
  const before = unpackJournal(saved);
  const formChanged = saved.version !== flow.version;
  if (input !== null) {
    const amended = await amend(scene, before, input, formChanged);
    if (amended === 'nothing') return { saved, replies: [], status: 'waiting', applied: false };
    if (amended !== null) return amended;
  }
  if (formChanged) return redrive(scene, before, input);
  if (input === null) return show(scene, before, 'question');
  if (input.kind === 'pick') {
    if (!isOpen(scene, before, input)) return show(scene, before, 'question', world.words.oldButton);
    const page = PAGE.exec(input.option)?.[1];
    if (page !== undefined)
      return showPage(scene, before, {
        page: Number(page),
        replaces: input.messageId,
      });
  }
  return answer(scene, before, input);
}

async function start<Kit>(flow: Flow<Kit, unknown>, input: Input | null, world: World<Kit>): Promise<TurnResult> {
  const scene: Scene<Kit> = {
    flow,
    world,
    id: world.newId(),
    args: asJson(world.args),
  };
  const live = input === null ? {} : { live: { answer: rawAnswer(input), reading: 'message' as const } };
  const outcome = await drive(scene, {
    journal: EMPTY,
    keepSaysFrom: 0,
    ...live,
  });
  if (outcome.type === 'stale') throw new Error(`flow '${flow.name}' takes another way each time it is replayed`);
  return settle(scene, outcome, { input, before: EMPTY, view: 'all' });
}

async function answer<Kit>(scene: Scene<Kit>, before: Journal, input: Input): Promise<TurnResult> {
  const outcome = await drive(scene, {
    journal: { ...before, refused: null },
    live: { answer: rawAnswer(input), reading: 'message' },
    keepSaysFrom: Number.POSITIVE_INFINITY,
  });
  if (outcome.type === 'stale') return redrive(scene, before, input);
  return settle(scene, outcome, { input, before, view: 'question' });
}

async function showPage<Kit>(
  scene: Scene<Kit>,
  journal: Journal,
  { page, replaces }: { page: number; replaces: string | undefined },
): Promise<TurnResult> {
  const result = await show(scene, journal, 'question');
  const replies = result.replies.map((reply) =>
    reply.options === undefined ? reply : { ...reply, page, ...(replaces === undefined ? {} : { replaces }) },
  );
  return { ...result, replies };
}
