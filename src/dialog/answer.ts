import type { Input, MediaItem } from './types.ts';

/** An answer as the journal keeps it, in short names because every turn reads and writes all of them. */
export type Answer =
  /** An option; `m` is the message it was typed in. */
  | { readonly o: string; readonly m?: string }
  | { readonly act: 'skip' | 'done'; readonly m?: string }
  /** Words. */
  | { readonly t: string; readonly m?: string }
  /** Anything else as it came; several where they are the parts of one album. */
  | { readonly p: readonly Input[] };

/** An input that nobody has looked into yet, as an answer. */
export function rawAnswer(input: Input): Answer {
  return input.kind === 'text' ? withMessage({ t: input.text }, input) : { p: [input] };
}

/** The same answer with the id of the message that gave it. Buttons stand under messages of ours: they give none. */
export function withMessage<A extends { o: string } | { act: 'skip' | 'done' } | { t: string }>(
  answer: A,
  input: Input,
): A {
  const typed = input.kind !== 'pick' && input.messageId !== undefined;
  return typed ? { ...answer, m: input.messageId } : answer;
}

/** What the person sent, the parts of an album as one; null where only the chosen option is kept. */
export function inputOf(answer: Answer): Input | null {
  if ('t' in answer)
    return {
      kind: 'text',
      text: answer.t,
      ...(answer.m === undefined ? {} : { messageId: answer.m }),
    };
  if (!('p' in answer)) return null;
  const [first] = answer.p;
  if (first?.kind !== 'media' || answer.p.length === 1) return first ?? null;
  return {
    ...first,
    media: answer.p.flatMap(mediaOf),
    text: captions(answer.p),
  };
}

/** Whether the answer came in that message. */
export function cameIn(answer: Answer, messageId: string): boolean {
  if ('p' in answer) return answer.p.some((part) => part.kind !== 'pick' && part.messageId === messageId);
  return answer.m === messageId;
}

/** Whether the answer is a part of that album. */
export function isOfAlbum(answer: Answer, albumId: string): boolean {
  return 'p' in answer && answer.p.some((part) => part.kind === 'media' && part.albumId === albumId);
}

/** The answer with one more part of its album. */
export function joined(answer: Answer, part: Input): Answer {
  return 'p' in answer ? { p: [...answer.p, part] } : answer;
}

/** The answer after the message `edit.messageId` was edited: of an album only that part changes. */
export function edited(answer: Answer, edit: Input): Answer {
  if (!('p' in answer) || answer.p.length < 2) return rawAnswer(edit);
  return {
    p: answer.p.map((part) => (part.messageId === edit.messageId ? edit : part)),
  };
}

/** A value of the journal as an answer. @throws Error when it is none */
export function asAnswer(value: unknown): Answer {
  if (typeof value !== 'object' || value === null || !['o', 'act', 't', 'p'].some((name) => name in value)) {
    throw new Error('saved dialog: expected an answer in its journal');
  }
  return value as Answer;
}

export function captions(parts: readonly Input[]): string {
  return parts.flatMap((part) => (part.kind === 'media' && part.text !== '' ? [part.text] : [])).join('\n');
}

function mediaOf(part: Input): readonly MediaItem[] {
  return part.kind === 'media' ? part.media : [];
}
