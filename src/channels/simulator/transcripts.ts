import type { SimulatedMessage } from '../../messaging/simulated-chat.ts';

const KEPT = 500; // bubbles a person

type Needed = 'person' | 'from' | 'at' | 'state';
type NewBubble = Pick<SimulatedMessage, Needed> & Partial<Omit<SimulatedMessage, Needed | 'id' | 'seq' | 'rev'>>;
type Change = Partial<
  Pick<SimulatedMessage, 'state' | 'edited' | 'text' | 'options' | 'compact' | 'list' | 'picked' | 'file'>
>;

const EMPTY = {
  edited: false,
  text: '',
  options: [],
  compact: false,
  list: {},
  picked: null,
  file: null,
  location: null,
} as const;

/** The chats in memory, the last 500 bubbles of each person. */
export interface Transcripts {
  add(bubble: NewBubble): SimulatedMessage;
  /** Null when there is no such bubble. */
  change(person: string, id: string, change: Change): SimulatedMessage | null;
  find(person: string, id: string): SimulatedMessage | null;
  of(person: string): readonly SimulatedMessage[];
  changesAfter(rev: number): readonly SimulatedMessage[];
  subscribe(listener: (message: SimulatedMessage) => void): () => void;
}

/**
 * `seed`: where numbering begins, the milliseconds of the start, so that ids, places and revisions stay unique and
 * growing over restarts while a page stays open.
 */
export function createTranscripts(seed: number): Transcripts {
  const chats = new Map<string, SimulatedMessage[]>();
  const listeners = new Set<(message: SimulatedMessage) => void>();
  let seq = seed;
  let rev = seed;
  const of = (person: string) => chats.get(person) ?? [];
  const tell = (message: SimulatedMessage) => {
    for (const listener of [...listeners]) listener(message);
    return message;
  };
  return {
    of: (person) => [...of(person)],
    find: (person, id) => of(person).find((message) => message.id === id) ?? null,
    add(bubble) {
      seq += 1;
      rev += 1;
      const message: SimulatedMessage = { ...EMPTY, ...bubble, id: seq.toString(36), seq, rev };
      chats.set(bubble.person, [...of(bubble.person), message].slice(-KEPT));
      return tell(message);
    },
    change(person, id, change) {
      const chat = of(person);
      const index = chat.findIndex((message) => message.id === id);
      const old = chat[index];
      if (old === undefined) return null;
      rev += 1;
      const message = { ...old, ...change, rev };
      chat[index] = message;
      return tell(message);
    },
    changesAfter(after) {
      const news = [...chats.values()].flat().filter((message) => message.rev > after);
      return news.sort((a, b) => a.seq - b.seq);
    },
    subscribe(listener) {
      const own = (message: SimulatedMessage) => listener(message);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}
