import { Collection, Model } from './model.js';
import { ask, askWhatsApp } from './server.js';
import { createWid, fromWire } from './wid.js';

/** What the page holds of the account: the collections of `WAWebCollections`. */
export class Msg extends Model {
  constructor(fields) {
    super(fields);
    this.isNotification = ['gp2', 'e2e_notification', 'notification_template'].includes(this.type);
    if (this.directPath && !this.mediaData) this.mediaData = { type: this.type, mediaStage: 'NEED_POKE' };
  }

  async downloadMedia() {
    this.mediaData.mediaStage = 'FETCHING';
    const response = await fetchMedia(this.directPath, this.id._serialized);
    this.mediaData.mediaStage = response.ok ? 'RESOLVED' : response.status === 404 ? 'ERROR_MISSING' : 'ERROR_UNKNOWN';
    if (response.status === 500) throw new Error(`media: ${response.status}`);
  }

  canReply() {
    return !this.isNotification;
  }

  /** What a reply to this message carries of it. */
  msgContextInfo() {
    return {
      quotedMsg: { type: this.type, body: this.body, caption: this.caption },
      quotedParticipant: this.author ?? this.from,
      quotedRemoteJid: this.id.remote,
      quotedStanzaID: this.id.id,
    };
  }
}

class MsgCollection extends Collection {
  modelClass = Msg;

  async getMessagesById(ids) {
    const found = await Promise.all(
      ids.map(async (id) => this.get(id) ?? toModel(await askWhatsApp('message', { id }))),
    );
    return { messages: found.filter(Boolean) };
  }

  async search(query, _page, count = 50, remote) {
    const fits = (msg) => msg.body?.includes(query) && (!remote || msg.id.remote._serialized === remote);
    return { messages: this.getModelsArray().filter(fits).slice(0, count) };
  }
}

class Chat extends Model {
  /** The library hands a whole chat to JSON, where it wants the id as text. */
  toJSON() {
    return { id: this.id._serialized, unreadCount: this.unreadCount };
  }
}

class ContactCollection extends Collection {
  async find(id) {
    return this.get(id) ?? this.add(new Model({ id: createWid(id), name: undefined, pushname: undefined }));
  }
}

class GroupMetadataCollection extends Collection {
  async update(wid) {
    const chat = await ask('chat', { id: wid._serialized });
    if (chat) putChat(chat);
  }
}

export const collections = {
  Msg: new MsgCollection(),
  Chat: new Collection(),
  Contact: new ContactCollection(),
  GroupMetadata: new GroupMetadataCollection(),
  Blocklist: new Collection(),
  Label: new Collection(),
  Status: new Collection(),
  Reactions: new Collection(),
  ProfilePicThumb: new Collection(),
  BusinessProfile: new Collection(),
  WAWebNewsletterCollection: new Collection(),
};

/** Who is behind a LID or a number, as far as WhatsApp has told. */
const people = new Map();
export const account = { me: null };

export function meet(person) {
  const ids = [person.number, person.lid].filter(Boolean);
  for (const id of ids) {
    people.set(id, person);
    const fields = {
      pushname: person.name,
      name: undefined,
      phoneNumber: person.number ? createWid(person.number) : undefined,
    };
    const known = collections.Contact.get(id);
    if (known) known.set(fields);
    else collections.Contact.add(new Model({ id: createWid(id), ...fields }));
  }
}

export function lidOf(wid) {
  const lid = people.get(wid._serialized)?.lid;
  return lid ? createWid(lid) : undefined;
}

export function numberOf(wid) {
  const number = people.get(wid._serialized)?.number;
  return number ? createWid(number) : undefined;
}

/** A chat as the server tells it, new or changed. */
export function putChat({ id, title, unread, t, group }) {
  const groupMetadata = group ? new Model({ id: createWid(id), subject: title, ...withWids(group) }) : undefined;
  const isReadOnly = Boolean(group) && !group.participants.some((member) => isMe(member.id));
  const fields = { name: title, formattedTitle: title, unreadCount: unread, t, groupMetadata, isReadOnly };
  const { Chat: chats, WAWebNewsletterCollection: newsletters } = collections;
  const known = chats.get(id) ?? newsletters.get(id);
  if (known) return known.set(fields);
  const still = { mute: { expiration: 0 }, muteExpiration: 0, archive: false, pin: 0, isLocked: false };
  const chat = new Chat({ id: createWid(id), msgs: new Collection(), ...still, ...fields });
  return (chat.id.isNewsletter() ? newsletters : chats).add(chat);
}

function withWids(group) {
  const participants = group.participants.map((each) => ({ ...each, id: createWid(each.id), isSuperAdmin: false }));
  return { ...group, participants, owner: createWid(group.owner) };
}

function isMe(id) {
  return id === account.me.number || id === account.me.lid;
}

/** A chat that may not be there yet. @throws when WhatsApp does not let one begin */
export async function findChat(wid) {
  const chat = await askWhatsApp('chat', { id: wid._serialized });
  if (!chat) throw new Error(wid.isUser() ? 'No LID for user' : `No chat ${wid}`);
  return putChat(chat);
}

function toModel(message) {
  return message ? new Msg(fromWire(message)) : undefined;
}

/** Something new in a chat: the library hears of it. */
export function newMessage(message, chatFields) {
  const chat = putChat(chatFields);
  const model = collections.Msg.get(message.id) ?? toModel({ ...message, isNewMsg: true });
  chat.msgs.add(model);
  chat.lastReceivedKey = model.id;
  collections.Msg.add(model);
}

/** What was there before; no event. `last` is all a chat holds until earlier ones are loaded. */
export function history({ chats, missed }) {
  for (const { last, ...chat } of chats) {
    const model = putChat(chat);
    if (!last) continue;
    model.lastReceivedKey = fromWire(last).id;
    if (!missed.some((message) => message.id._serialized === last.id._serialized)) earlier(model, [last]);
  }
}

function earlier(chat, messages) {
  const models = messages.map((message) => collections.Msg.get(message.id) ?? toModel(message));
  collections.Msg.addEarlier(models);
  chat.msgs.addEarlier(models);
  return models;
}

/** `WAWebChatLoadMessages.loadEarlierMsgs`: the page before what the chat holds; empty at its beginning. */
export async function loadEarlierMsgs({ chat }) {
  const [first] = chat.msgs.getModelsArray();
  const messages = await askWhatsApp('earlier', { chat: chat.id._serialized, before: first?.id._serialized ?? null });
  return earlier(chat, messages);
}

export function fetchMedia(path, messageId = '') {
  return fetch(`/media${path}?message=${encodeURIComponent(messageId)}`);
}
