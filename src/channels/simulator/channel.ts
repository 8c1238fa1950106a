import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import { plain } from '../../core/text.ts';
import type { Channel, Edits, InboundEvent, Media, OutboundContent, OutboundFile } from '../../messaging/contract.ts';
import { SendError } from '../../messaging/contract.ts';
import type { SimulatedChats, SimulatedMessage, SimulatedPerson } from '../../messaging/simulated-chat.ts';
import { readPayload } from './payload.ts';
import { simulatedPeople } from './people.ts';
import { showSaid } from './said.ts';
import { createTranscripts } from './transcripts.ts';
import { createUploads } from './uploads.ts';

/** The channel behind the simulator page: chats of fictional residents, kept in memory; their files in a folder. */
export interface SimulatorChannel extends Channel, Edits, Media, SimulatedChats {}

export interface SimulatorOptions {
  /** Folder of uploaded files; made when first needed. */
  readonly dir: string;
  readonly clock: Clock;
  /** Default: five of Kara-Suu. */
  readonly people?: readonly SimulatedPerson[];
}

const PERSON = /^[a-z0-9-]{1,32}$/;
const ACCOUNT = 'local';
type Receive = (events: InboundEvent[]) => Promise<void>;
/** Said while nobody received: a phone keeps it and sends it later. */
interface Waiting {
  readonly events: InboundEvent[];
  readonly settle: (stored: boolean) => void;
}

export function createSimulatorChannel(options: SimulatorOptions): SimulatorChannel {
  const { clock } = options;
  const people = options.people ?? simulatedPeople;
  const transcripts = createTranscripts(clock.now().getTime());
  const uploads = createUploads(options.dir, clock);
  const sentPaths = new Map<string, string>();
  let receive: Receive | null = null;
  let queue: Waiting[] = [];

  const parts = { transcripts, uploads, clock };

  const attach = (file: OutboundFile): SimulatedMessage['file'] => {
    const id = randomUUID();
    sentPaths.set(id, file.path);
    const kind = file.mime.startsWith('image/') ? 'photo' : file.mime.startsWith('audio/') ? 'voice' : 'document';
    return { id, kind, mime: file.mime, name: file.name };
  };

  return {
    name: 'simulator',
    edits: true,
    account: ACCOUNT,
    people,
    read: readPayload,
    transcript: (person) => transcripts.of(person),
    changesAfter: (rev) => transcripts.changesAfter(rev),
    subscribe: (listener) => transcripts.subscribe(listener),
    findFile(id) {
      const file = transcripts.changesAfter(0).find((message) => message.file?.id === id)?.file ?? null;
      return file === null ? null : { path: sentPaths.get(id) ?? uploads.path(id), mime: file.mime, name: file.name };
    },
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
      const { contents, settle } = await showSaid(parts, person, event);
      const events = contents.map(({ messageId, content }) => ({
        channel: 'simulator' as const,
        account: ACCOUNT,
        eventId: randomUUID(),
        chatId: person,
        personId: person,
        payload: { messageId, sentAt, name: who?.name ?? null, language: who?.language ?? null, content },
      }));
      const said = { events, settle };
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
        list: listOf(content),
        picked: null,
        file,
      };
      const replaced = content.replaces === undefined ? null : transcripts.change(to.id, content.replaces, news);
      const bubble = { person: to.id, from: 'bot', at: clock.now(), state: 'stored' } as const;
      const made = replaced ?? transcripts.add({ ...news, ...bubble });
      for (const another of content.moreFiles ?? []) transcripts.add({ ...bubble, file: attach(another) });
      return { externalId: made.id };
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

function listOf({ hint, more, page }: OutboundContent): SimulatedMessage['list'] {
  return {
    ...(hint === undefined ? {} : { hint }),
    ...(more === undefined ? {} : { more }),
    ...(page === undefined ? {} : { page }),
  };
}

/** Holds the bot to what real platforms accept. @throws {SendError} */
function refuse(person: string, content: OutboundContent): void {
  if (!PERSON.test(person)) throw new SendError('gone', 'the simulator has no such chat');
  if (plain(content.text) === '' && content.file === undefined)
    throw new SendError('rejected', 'a message without text');
  const long = content.options?.find(({ data }) => Buffer.byteLength(data) > 64); // Bot API callback_data
  if (long !== undefined) throw new SendError('rejected', 'the data of a button is longer than 64 bytes');
}
