import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { cleanText, plain, type Text } from '../../core/text.ts';
import type { Channel, InboundEvent, InboundMessage, OutboundContent } from '../../messaging/contract.ts';
import { SendError } from '../../messaging/contract.ts';
import { numbered } from '../../messaging/numbered.ts';

export interface TerminalOptions {
  /** Who writes: the account, the chat and the person at once. */
  readonly name: string;
  /** How options look: `[Send]`, or a numbered list as on WhatsApp. */
  readonly style: 'buttons' | 'numbers';
  /** Takes each message of the bot as it comes. */
  readonly print: (text: string) => void;
}

export interface TerminalChannel extends Channel {
  /** Says one message; resolves once it is stored. */
  say(text: string): Promise<void>;
}

const Payload = z.object({ messageId: z.string(), sentAt: z.string(), text: z.string() });

/** A chat in the terminal, over the same inbox as every other channel. */
export function createTerminalChannel({ name, style, print }: TerminalOptions): TerminalChannel {
  let receive: ((events: InboundEvent[]) => Promise<void>) | null = null;
  let sent = 0;
  return {
    name: 'terminal',
    account: name,
    async start(onEvents) {
      receive = onEvents;
    },
    async stop() {
      receive = null;
    },
    read: readTerminal,
    async say(text) {
      if (receive === null) throw new SendError('unreachable', 'the terminal is not receiving');
      const eventId = randomUUID();
      const payload: z.infer<typeof Payload> = { messageId: eventId, sentAt: new Date().toISOString(), text };
      await receive([{ channel: 'terminal', account: name, eventId, chatId: name, personId: name, payload }]);
    },
    async send(_to, content) {
      const files = [...(content.file === undefined ? [] : [content.file]), ...(content.moreFiles ?? [])];
      const words = plain(style === 'numbers' ? numbered(content, content.hint ?? '') : withButtons(content));
      print([words, ...files.map(({ path }) => path)].join('\n'));
      return { externalId: String(++sent) };
    },
  };
}

/** Reads a stored message of any terminal. */
export function readTerminal(payload: unknown): InboundMessage | null {
  const { messageId, sentAt, text } = Payload.parse(payload);
  return {
    messageId,
    edited: false,
    sentAt: new Date(sentAt),
    group: false,
    personName: null,
    languageCode: null,
    content: { kind: 'text', text: cleanText(text) },
  };
}

function withButtons({ text, options = [] }: OutboundContent): Text {
  if (options.length === 0) return text;
  const buttons = options.map(({ label }) => `[${label}]`).join(' ');
  return typeof text === 'string' ? `${text}\n${buttons}` : [...text, `\n${buttons}`];
}
