import { type Answer, asAnswer, cameIn, edited, isOfAlbum, joined } from './answer.ts';
import { drive, type Scene } from './drive.ts';
import { findAnswer, isKind, isSettled, type Journal } from './journal.ts';
import { redrive, settle, show } from './settle.ts';
import type { Input, TurnResult } from './types.ts';

interface Amendment {
  readonly at: number;
  readonly answer: Answer;
  /** True: a late part of an album that says nothing; there is no reply unless another question opens by it. */
  readonly silent: boolean;
  readonly isEdit: boolean;
}

/**
 * A message that belongs to an answer given before: its edit, or a later part of its album, wherever the dialog is by
 * now. That answer changes, remembered values after it are made anew, later answers are fed again by name. `null`: it is no
 * such message. `nothing`: it comes too late (an effect has come after the answer), or the answer is not of this dialog.
 */
export async function amend<Kit>(
  scene: Scene<Kit>,
  before: Journal,
  input: Input,
  formChanged: boolean,
): Promise<TurnResult | 'nothing' | null> {
  const amendment = scene.world.edited === true ? findEdited(before, input) : findAlbum(before, input);
  if (amendment === null || amendment === 'nothing') return amendment;
  const { at, answer, silent, isEdit } = amendment;
  const entry = before.entries[at];
  if (entry === undefined || isSettled(before.entries, at)) return 'nothing';

  const earlier = before.entries.slice(0, at);
  const later = before.entries.slice(at + 1).filter((step) => !isKind(step, '='));
  const generation = before.generation + (silent ? 0 : 1);
  const amended: Journal = {
    ...before,
    entries: [...earlier, [entry[0], answer], ...later],
    generation,
  };
  if (formChanged) return redrive(scene, amended, null);

  const outcome = await drive(scene, {
    journal: {
      ...before,
      entries: earlier,
      open: entry[0],
      left: [...later, ...before.left],
      generation,
    },
    live: { answer, reading: 'amended' },
    keepSaysFrom: Number.POSITIVE_INFINITY,
  });
  if (outcome.type === 'stale') return redrive(scene, amended, null);
  if (outcome.type === 'refused') {
    return isEdit ? show(scene, before, 'question', outcome.reason ?? scene.world.words.notUnderstood) : 'nothing';
  }
  const result = await settle(scene, outcome, { input, before, view: 'all' });
  const sameQuestion = outcome.type === 'waiting' && outcome.journal.open === before.open;
  return silent && sameQuestion ? { ...result, replies: [] } : result;
}

function findEdited({ entries, refused }: Journal, input: Input): Amendment | 'nothing' | null {
  const { messageId } = input;
  if (messageId === undefined) return 'nothing';
  const at = findAnswer(entries, (answer) => cameIn(answer, messageId));
  // The edit of what was not understood is one more try.
  if (at < 0) return refused?.m === messageId ? null : 'nothing';
  return {
    at,
    answer: edited(asAnswer(entries[at]?.[1]), input),
    silent: false,
    isEdit: true,
  };
}

function findAlbum({ entries }: Journal, input: Input): Amendment | null {
  const albumId = input.kind === 'media' ? input.albumId : undefined;
  if (input.kind !== 'media' || albumId === undefined) return null;
  const at = findAnswer(entries, (answer) => isOfAlbum(answer, albumId));
  if (at < 0) return null;
  return {
    at,
    answer: joined(asAnswer(entries[at]?.[1]), input),
    silent: input.text === '',
    isEdit: false,
  };
}
