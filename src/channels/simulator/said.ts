import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import type { SimulatedEvent, SimulatedMessage } from '../../messaging/simulated-chat.ts';
import type { SimulatorPayload } from './payload.ts';
import type { Transcripts } from './transcripts.ts';
import type { Uploads } from './uploads.ts';

type Content = SimulatorPayload['content'];

/** What a person did: what goes to the inbox, and how the page confirms it or takes it back. */
export interface Said {
  readonly contents: readonly { readonly messageId: string; readonly content: Content }[];
  readonly settle: (stored: boolean) => void;
}

export interface SaidParts {
  readonly transcripts: Transcripts;
  readonly uploads: Uploads;
  readonly clock: Clock;
}

/** Shows an event on the page, its files kept, and prepares it for the inbox. @throws {AppError} `invalid` */
export async function showSaid(parts: SaidParts, person: string, event: SimulatedEvent): Promise<Said> {
  switch (event.kind) {
    case 'text':
      return showOwn(parts, person, { text: event.text }, { kind: 'text', text: event.text });
    case 'location': {
      const { latitude, longitude } = event;
      const location = { latitude, longitude };
      return showOwn(parts, person, { location }, { kind: 'location', ...location });
    }
    case 'files':
      return showFiles(parts, person, event);
    case 'pick':
      return showPick(parts, person, event.messageId, event.data);
    case 'edit':
      return showEdit(parts, person, event.messageId, event.text);
  }
}

function showOwn(
  { transcripts, clock }: SaidParts,
  person: string,
  rest: Partial<SimulatedMessage>,
  content: Content,
): Said {
  const { id, seq } = transcripts.add({ ...rest, person, from: 'person', at: clock.now(), state: 'sending' });
  const settle = (stored: boolean) => {
    const answered = transcripts.of(person).some((other) => other.from === 'bot' && other.seq > seq);
    transcripts.change(person, id, { state: stored ? (answered ? 'answered' : 'stored') : 'failed' });
  };
  return { contents: [{ messageId: id, content }], settle };
}

async function showFiles(
  parts: SaidParts,
  person: string,
  event: Extract<SimulatedEvent, { kind: 'files' }>,
): Promise<Said> {
  if (event.files.length === 0) throw new AppError('invalid', 'an upload without a file');
  const refs = await Promise.all(event.files.map(({ bytes }) => parts.uploads.save(bytes)));
  const albumId = refs.length > 1 ? randomUUID() : null;
  const shown = event.files.map(({ kind, mime, name, bytes }, index) => {
    const ref = refs[index] ?? '';
    const text = index === 0 ? event.caption : '';
    const media = { ref, mime, fileName: name, size: bytes.byteLength, caption: text, albumId };
    const file = { id: ref, kind, mime, name };
    return showOwn(parts, person, { text, file }, { kind: 'media', mediaKind: kind, ...media });
  });
  return {
    contents: shown.flatMap(({ contents }) => contents),
    settle: (stored) => {
      for (const each of shown) each.settle(stored);
    },
  };
}

function showPick({ transcripts }: SaidParts, person: string, messageId: string, data: string): Said {
  const before = transcripts.find(person, messageId)?.picked ?? null;
  transcripts.change(person, messageId, { picked: data });
  const settle = (stored: boolean) => {
    if (!stored) transcripts.change(person, messageId, { picked: before });
  };
  return { contents: [{ messageId, content: { kind: 'pick', data } }], settle };
}

function showEdit({ transcripts }: SaidParts, person: string, messageId: string, text: string): Said {
  const before = transcripts.find(person, messageId);
  if (before?.from !== 'person') throw new AppError('invalid', 'an edit of a message that is not there');
  transcripts.change(person, messageId, { text, edited: true, state: 'sending' });
  const undo = { text: before.text, edited: before.edited, state: before.state };
  const settle = (stored: boolean) => {
    transcripts.change(person, messageId, stored ? { state: 'stored' } : undo);
  };
  return { contents: [{ messageId, content: { kind: 'edit', text } }], settle };
}
