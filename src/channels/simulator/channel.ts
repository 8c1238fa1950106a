import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import { plain } from '../../core/text.ts';
import type { Channel, InboundEvent, Media, OutboundContent, OutboundFile } from '../../messaging/contract.ts';
import { SendError } from '../../messaging/contract.ts';
import type {
  SimulatedChats,
  SimulatedEvent,
  SimulatedMessage,
  SimulatedPerson,
} from '../../messaging/simulated-chat.ts';
import { readPayload, type SimulatorPayload } from './payload.ts';
import { simulatedPeople } from './people.ts';
import { createTranscripts } from './transcripts.ts';
import { createUploads } from './uploads.ts';

/** The channel behind the simulator page: chats of fictional residents, kept in memory; their files in a folder. */
export interface SimulatorChannel extends Channel, Media, SimulatedChats {}

export interface SimulatorOptions {
  /** Folder of uploaded files; made when first needed. */
  readonly dir: string;
  readonly clock: Clock;
  /** Default: five of Kara-Suu. */
  readonly people?: readonly SimulatedPerson[];
}

const PERSON = /^[a-z0-9-]{1,32}$/;
const ACCOUNT = 'local';
const EMPTY = {
  edited: false,
  text: '',
  options: [],
  compact: false,
  picked: null,
  file: null,
  location: null,
} as const;

type Receive = (events: InboundEvent[]) => Promise<void>;
/** Said while nobody received: a phone keeps it and sends it later. */
interface Waiting {
  readonly events: InboundEvent[];
  readonly settle: (stored: boolean) => void;
}

type Content = SimulatorPayload['content'];
/** What goes to the inbox, and how the page takes it back or confirms it. */
interface Prepared {
  readonly events: readonly {
    readonly messageId: string;
    readonly content: Content;
  }[];
  readonly settle: (stored: boolean) => void;
}

export function createSimulatorChannel(options: SimulatorOptions): SimulatorChannel {
  const { clock } = options;
  const people = options.people ?? simulatedPeople;
  const transcripts = createTranscripts(clock.now().getTime());
  const uploads = createUploads(options.dir, clock);
  const sentFiles = new Map<string, { path: string; mime: string; name: string }>();
  let receive: Receive | null = null;
  let queue: Waiting[] = [];

  const bubble = (person: string, from: SimulatedMessage['from'], rest: Partial<SimulatedMessage>) =>
    transcripts.add({
      ...EMPTY,
      person,
      from,
      at: clock.now(),
      state: from === 'bot' ? 'stored' : 'sending',
      ...rest,
    });

  /** An own bubble whose state follows what became of it. */
  const own = (person: string, rest: Partial<SimulatedMessage>) => {
    const message = bubble(person, 'person', rest);
    const settle = (stored: boolean) => {
      const answered = transcripts.of(person).some((other) => other.from === 'bot' && other.seq > message.seq);
      transcripts.change(person, message.id, {
        state: stored ? (answered ? 'answered' : 'stored') : 'failed',
      });
    };
    return { id: message.id, settle };
  };

  const one = (made: ReturnType<typeof own>, content: Content): Prepared => ({
    events: [{ messageId: made.id, content }],
    settle: made.settle,
  });

  const pick = (person: string, messageId: string, data: string): Prepared => {
    const before = transcripts.find(person, messageId)?.picked ?? null;
    transcripts.change(person, messageId, { picked: data });
    return {
      events: [{ messageId, content: { kind: 'pick', data } }],
      settle: (stored) => void (stored || transcripts.change(person, messageId, { picked: before })),
    };
  };

  const edit = (person: string, messageId: string, text: string): Prepared => {
    const before = transcripts.find(person, messageId);
    if (before?.from !== 'person') throw new AppError('invalid', 'an edit of a message that is not there');
    transcripts.change(person, messageId, {
      text,
      edited: true,
      state: 'sending',
    });
    const undo = {
      text: before.text,
      edited: before.edited,
      state: before.state,
    };
    return {
      events: [{ messageId, content: { kind: 'edit', text } }],
      settle: (stored) => void transcripts.change(person, messageId, stored ? { state: 'stored' } : undo),
    };
  };

  const album = async (person: string, event: Extract<SimulatedEvent, { kind: 'files' }>): Promise<Prepared> => {
    if (event.files.length === 0) throw new AppError('invalid', 'an upload without a file');
    const saved: { ref: string; file: (typeof event.files)[number] }[] = [];
    for (const file of event.files) saved.push({ file, ref: await uploads.save(file.bytes) });
    const albumId = saved.length > 1 ? randomUUID() : null;
    const parts = saved.map(({ file, ref }, index) => {
      const { kind, mime, name } = file;
      const caption = index === 0 ? event.caption : '';
      sentFiles.set(ref, { path: uploads.path(ref), mime, name });
      const made = own(person, {
        text: caption,
        file: { id: ref, kind, mime, name },
      });
      const media = {
        ref,
        mime,
        fileName: name,
        size: file.bytes.byteLength,
        caption,
        albumId,
      };
      return one(made, { kind: 'media', mediaKind: kind, ...media });
    });
    return {
      events: parts.flatMap((part) => part.events),
      settle: (stored) => {
        for (const part of parts) part.settle(stored);
      },
    };
  };

  const prepare = async (person: string, event: SimulatedEvent): Promise<Prepared> => {
    switch (event.kind) {
      case 'text':
        return one(own(person, { text: event.text }), {
          kind: 'text',
          text: event.text,
        });
      case 'location': {
        const { latitude, longitude } = event;
        return one(own(person, { location: { latitude, longitude } }), {
          kind: 'location',
          latitude,
          longitude,
        });
      }
      case 'pick':
        return pick(person, event.messageId, event.data);
      case 'edit':
        return edit(person, event.messageId, event.text);
      case 'files':
        return album(person, event);
    }
  };

  const attach = (file: OutboundFile): SimulatedMessage['file'] => {
    const id = randomUUID();
    sentFiles.set(id, { ...file });
    const kind = file.mime.startsWith('image/') ? 'photo' : file.mime.startsWith('audio/') ? 'voice' : 'document';
    return { id, kind, mime: file.mime, name: file.name };
  };

  return {
    name: 'simulator',
    account: ACCOUNT,
    people,
    read: readPayload,
    transcript: (person) => transcripts.of(person),
    changesAfter: (rev) => transcripts.changesAfter(rev),
    subscribe: (listener) => transcripts.subscribe(listener),
    findFile: (id) => sentFiles.get(id) ?? null,
    fetch: (ref) => uploads.read(ref),
    async start(onEvents) {
      await uploads.prune();
      while (queue.length > 0) {
        const waiting = queue;
        queue = [];
        for (const said of waiting) await hand(onEvents, said).catch(() => {}); // the bubble shows that it failed
      }
      receive = onEvents;
    },
    async stop() {
      receive = null;
    },
    async say(person, event) {
      if (!PERSON.test(person))
        throw new AppError('invalid', 'a person of the simulator is a short name in a-z, 0-9, -');
      const who = people.find(({ id }) => id === person);
      const sentAt = clock.now().toISOString();
      const { events, settle } = await prepare(person, event);
      const said: Waiting = {
        settle,
        events: events.map(({ messageId, content }) => ({
          channel: 'simulator',
          account: ACCOUNT,
          eventId: randomUUID(),
          chatId: person,
          personId: person,
          payload: { messageId, sentAt, name: who?.name ?? null, language: who?.language ?? null, content },
        })),
      };
      if (receive === null) queue.push(said);
      else await hand(receive, said);
    },
    async send(to, content) {
      refuse(to.id, content);
      for (const message of transcripts.of(to.id)) {
        if (message.from === 'person' && message.state === 'stored')
          transcripts.change(to.id, message.id, { state: 'answered' });
      }
      const file = content.file === undefined ? null : attach(content.file);
      const news = {
        text: content.text,
        options: content.options ?? [],
        compact: content.compact ?? false,
        picked: null,
        file,
      };
      const replaced = content.replaces === undefined ? null : transcripts.change(to.id, content.replaces, news);
      return { externalId: (replaced ?? bubble(to.id, 'bot', news)).id };
    },
  };
}

async function hand(receive: Receive, { events, settle }: Waiting): Promise<void> {
  try {
    await receive(events);
  } catch (error) {
    settle(false);
    throw error;
  }
  settle(true);
}

/** Holds the bot to what real platforms accept. @throws {SendError} */
function refuse(person: string, content: OutboundContent): void {
  if (!PERSON.test(person)) throw new SendError('gone', 'the simulator has no such chat');
  if (plain(content.text) === '' && content.file === undefined)
    throw new SendError('rejected', 'a message without text');
  const long = content.options?.find(({ data }) => Buffer.byteLength(data) > 64); // Bot API callback_data
  if (long !== undefined) throw new SendError('rejected', 'the data of a button is longer than 64 bytes');
}
