import type { Page, Pages } from './pages.ts';
import type { Acks, Sent } from './sent.ts';
import type { Chat, Json, Message, PersonInfo } from './shapes.ts';
import type { Settings } from './trouble.ts';
import type { World } from './world.ts';

/** What the parts of the server share. */
export interface Desk {
  readonly world: World;
  readonly pages: Pages;
  readonly sent: Sent;
  readonly acks: Acks;
  readonly settings: Settings;
  /** What the page asked for and the stand-in lacks, and errors of its scripts. */
  readonly complaints: string[];
  /** Who was told that the bot is typing, recording or has stopped, in order. */
  readonly typing: { chatId: string; state: string }[];
  /** Emoji the bot put on messages. */
  readonly reactions: { messageId: string; emoji: string }[];
}

type Call = (desk: Desk, page: Page, data: Json) => unknown;

const EARLIER_AT_ONCE = 20;

/** What a page may ask the server: the name is the last part of the address. */
export const CALLS: Record<string, Call> = {
  history({ world, settings }, page) {
    page.synced = true;
    const away = world.arrivedUnseen.splice(0);
    const chats = [...world.chats.values()].map((chat) => ({
      ...chatForPage(chat),
      last: chat.messages.at(-1) ?? null,
    }));
    return {
      me: world.me,
      chats,
      people: world.people().map(personForPage),
      missed: settings.whileAway === 'live' ? away : [],
    };
  },
  earlier({ world, settings }, _page, { chat, before }) {
    if (chat === settings.unreadableChat) return null;
    const messages = world.chats.get(String(chat))?.messages ?? [];
    const at = messages.findIndex((message) => message.id._serialized === before);
    const end = at < 0 ? messages.length : at;
    return messages.slice(Math.max(0, end - EARLIER_AT_ONCE), end);
  },
  message: ({ world }, _page, { id }) => world.findMessage(String(id)) ?? null,
  exists({ world }, _page, { id }) {
    const person = world.findPerson(String(id));
    if (!person?.onWhatsApp) return null;
    person.known = true;
    return { wid: id, person: personForPage(person) };
  },
  chat(desk, _page, data) {
    const { world } = desk;
    const id = world.chatIdOf(String(data.id));
    const chat = world.chats.get(id) ?? (mayBeginChat(desk, id) ? world.chat(id) : null);
    return chat ? chatForPage(chat) : null;
  },
  send: async (desk, _page, data) => acceptMessage(desk, toMessage(data)),
  seen({ world }, _page, { chat }) {
    const found = world.chats.get(String(chat));
    if (found) found.unread = 0;
    return {};
  },
  typing({ typing, world }, _page, { chat, state }) {
    typing.push({ chatId: String(chat), state: String(state) });
    world.waiting.changed();
    return {};
  },
  reaction({ reactions, world }, _page, { id, emoji }) {
    reactions.push({ messageId: String(id), emoji: String(emoji) });
    world.waiting.changed();
    return {};
  },
  /** The phone of the sender is asked for a message again that could not be read. */
  resend({ world, pages }, _page, { ids }) {
    for (const id of Array.isArray(ids) ? ids.map(String) : []) {
      const message = world.findMessage(id);
      if (message?.readable) readable(world, pages, id);
    }
    return {};
  },
  'qr-taken'({ pages }, page) {
    page.qrTaken = true;
    pages.waiting.changed();
    return {};
  },
  'new-ref'({ pages }, page) {
    pages.newRef(page);
    return {};
  },
  'pair-code'({ pages }, page, { phone }) {
    const letters = 'ABCDEFGHJKLMNPQRSTVWXYZ123456789';
    page.code = Array.from({ length: 8 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
    pages.waiting.changed();
    return { code: page.code, phone };
  },
  logout({ pages }, page) {
    if (page.device) pages.devices.delete(page.device);
    return {};
  },
  done({ pages }, page, { order }) {
    pages.done(page, Number(order));
    return {};
  },
  complaint({ complaints }, _page, { text }) {
    complaints.push(String(text));
    return {};
  },
};

/** A message that came as ciphertext becomes what it is. */
export function readable(world: World, pages: Pages, id: string): void {
  const message = world.findMessage(id);
  if (!message?.readable) return;
  const content = message.readable;
  delete message.readable;
  Object.assign(message, content);
  pages.news('change', { id, changes: content });
}

export function personForPage(person: PersonInfo): Json {
  const { number, lid, name, known } = person;
  return { number: person.hidesNumber ? null : number, lid: person.hidesLid ? null : lid, name, known };
}

export function chatForPage(chat: Chat): Json {
  return { id: chat.id, title: chat.title, unread: chat.unread, t: chat.messages.at(-1)?.t ?? 0, group: chat.group };
}

/** Whether WhatsApp lets the bot open a chat there that does not exist yet. */
function mayBeginChat({ world, settings }: Desk, id: string): boolean {
  const person = world.findPerson(id);
  if (!person?.onWhatsApp || settings.strangers === 'refused') return false;
  return settings.strangers === 'allowed' || person.known || id === person.lid;
}

/** Takes a message from the page, as far as the settings let it come. The answer tells the page its ack. */
async function acceptMessage(desk: Desk, message: Message): Promise<Json> {
  const { world, sent, acks, settings } = desk;
  if (world.findMessage(message.id._serialized)) return { ack: 1 };
  const refused = settings.sends === 'fail' || !mayWrite(world, world.chats.get(message.id.remote));
  message.ack = refused ? -1 : 1;
  world.keep(message);
  sent.take(message);
  if (refused) return { ack: -1 };
  if (settings.sends === 'unanswered' || acks.automatic === 'none') {
    message.ack = 0;
    return { ack: 0 };
  }
  setImmediate(() => void acks.goOn(message));
  return { ack: 1 };
}

function mayWrite(world: World, chat: Chat | undefined): boolean {
  if (!chat?.group) return true;
  const member = chat.group.participants.find((participant) => world.isMe(participant.id));
  return member !== undefined && (member.isAdmin || !chat.group.announce);
}

/** The page sends its own model, so it has the fields of one. */
function toMessage(data: Json): Message {
  return data as unknown as Message;
}
