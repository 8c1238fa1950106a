import { randomBytes } from 'node:crypto';
import { type Desk, personForPage, readable } from './calls.ts';
import { deliver } from './deliver.ts';
import type { Group } from './group.ts';
import { type Json, type Media, type Message, type MessageKey, messageKey, type PersonInfo } from './shapes.ts';

/** How and where a message is written. */
export interface Writing {
  /** A group; absent: to the bot alone. */
  chat?: Group | string;
  /** Id of the message it replies to. */
  quoted?: string;
  at?: Date;
  mentions?: string[];
  /** `withheld`: linked devices only learn that there was something. */
  viewOnce?: boolean | 'withheld';
  ephemeral?: boolean;
  /** Fields of the page's `Msg` model on top. */
  more?: Json;
}

/** Options of a file. */
export interface Filing extends Writing {
  mimetype?: string;
  /** As WhatsApp tells it before the download; default the length of the bytes. */
  size?: number;
  /** What a download meets. */
  state?: Media['state'];
}

/** Somebody who writes to the bot. Every message returns its id as the library sees it. */
export class Person {
  readonly info: PersonInfo;
  readonly #desk: Desk;

  constructor(desk: Desk, info: PersonInfo) {
    this.#desk = desk;
    this.info = info;
  }

  /** Under which id the bot sees this person. */
  get id(): string {
    const { speaksAs, lid, number } = this.info;
    const id = speaksAs === 'lid' ? (lid ?? number) : (number ?? lid);
    return id ?? '';
  }

  writes(text: string, how: Writing = {}): string {
    return this.#sends({ type: 'chat', body: text }, how);
  }

  writesIn(group: Group | string, text: string, how: Writing = {}): string {
    return this.writes(text, { ...how, chat: group });
  }

  sendsPhoto(bytes: Buffer, caption = '', how: Filing = {}): string {
    return this.#sendsFile('image', bytes, { caption, mimetype: 'image/jpeg', body: PREVIEW }, how);
  }

  sendsVoice(bytes: Buffer, how: Filing & { seconds?: number } = {}): string {
    return this.#sendsFile('ptt', bytes, { mimetype: 'audio/ogg; codecs=opus', duration: `${how.seconds ?? 3}` }, how);
  }

  sendsVideo(bytes: Buffer, caption = '', how: Filing = {}): string {
    return this.#sendsFile('video', bytes, { caption, mimetype: 'video/mp4', body: PREVIEW }, how);
  }

  sendsDocument(bytes: Buffer, filename: string, how: Filing = {}): string {
    return this.#sendsFile('document', bytes, { filename, caption: filename, mimetype: 'application/pdf' }, how);
  }

  sendsSticker(bytes: Buffer, how: Filing = {}): string {
    return this.#sendsFile('sticker', bytes, { mimetype: 'image/webp' }, how);
  }

  /** A file of which only the size is known: it must not be downloaded. `world.downloads` tells whether it was. */
  sendsBigFile(size: number, how: Filing & { type?: string; filename?: string } = {}): string {
    const { type = 'document', filename = 'big.pdf', ...rest } = how;
    return this.#sendsFile(type, null, { filename, mimetype: 'application/pdf' }, { ...rest, size });
  }

  sendsLocation(latitude: number, longitude: number, name = '', how: Writing = {}): string {
    return this.#sends({ type: 'location', lat: latitude, lng: longitude, loc: name, body: PREVIEW }, how);
  }

  sendsPoll(question: string, options: string[], how: Writing = {}): string {
    const pollOptions = options.map((name, localId) => ({ name, localId }));
    return this.#sends({ type: 'poll_creation', pollName: question, pollOptions, pollSelectableOptionsCount: 1 }, how);
  }

  /** Chooses options of a poll by their place; none: takes the vote back. */
  votes(pollId: string, choices: number[]): void {
    const { key, author } = this.#reference(pollId);
    const vote = { selectedOptionLocalIds: choices, t: Date.now(), senderTimestampMs: Date.now() };
    this.#desk.pages.news('votes', { list: [{ id: key, parent: pollId, author, from: author, ...vote }] });
  }

  /** Puts an emoji on a message; empty: takes it away. */
  reacts(messageId: string, emoji: string): void {
    const { key, author } = this.#reference(messageId);
    const reaction = { reactionText: emoji, reactionTimestamp: Date.now(), read: false, ack: 1 };
    this.#desk.pages.news('reactions', { list: [{ id: key, parent: messageId, author, from: author, ...reaction }] });
  }

  edits(messageId: string, text: string): void {
    this.#change(messageId, { body: text, latestEditSenderTimestampMs: Date.now() });
  }

  /** Deletes a message of theirs for everybody. */
  revokes(messageId: string): void {
    this.#change(messageId, { body: '', type: 'revoked' });
  }

  calls({ video = false } = {}): void {
    const call = { id: newId(), peerJid: this.id, isVideo: video, isGroup: false, outgoing: false };
    this.#desk.pages.news('call', { ...call, canHandleLocally: false, webClientShouldHandle: false, participants: [] });
  }

  /**
   * A message that cannot be read at first. `decrypts` in milliseconds, `asked`: once the page asks for it again (it
   * does so after 5 s), `never`: the library gives up after 15 s.
   */
  sendsCiphertextFirst(text: string, how: Writing & { decrypts?: number | 'asked' | 'never' } = {}): string {
    const { decrypts = 50, ...rest } = how;
    const hidden = decrypts === 'never' ? {} : { readable: { type: 'chat', body: text } };
    const id = this.#sends({ type: 'ciphertext', ...hidden }, rest);
    const { world, pages } = this.#desk;
    if (typeof decrypts === 'number') setTimeout(() => readable(world, pages, id), decrypts).unref();
    return id;
  }

  /** A status, which every contact gets. */
  sendsStatus(text: string): string {
    return this.#sends({ type: 'chat', body: text, isStatusV3: true }, { chat: 'status@broadcast' });
  }

  /** By a broadcast list of theirs: it comes into the private chat, marked. */
  sendsByBroadcastList(text: string): string {
    return this.#sends({ type: 'chat', body: text, broadcast: true }, {});
  }

  /** Anything else: the fields of the page's `Msg` model, for example `{ type: 'e2e_notification' }`. */
  sendsRaw(fields: { type: string } & Json, how: Writing = {}): string {
    return this.#sends(fields, how);
  }

  /** From now on messages to this person stay at ack 1. */
  blocksBot(blocks = true): void {
    this.info.blocksBot = blocks;
  }

  leavesWhatsApp(): void {
    this.info.onWhatsApp = false;
  }

  #sendsFile(type: string, bytes: Buffer | null, fields: Json, how: Filing): string {
    const { mimetype = String(fields.mimetype), state = 'there', size = bytes?.length ?? 0, ...rest } = how;
    const directPath = this.#desk.world.keepMedia({ bytes, mimetype, size, state });
    const secret = randomBytes(32).toString('base64');
    const keys = { mediaKey: secret, filehash: secret, encFilehash: secret, mediaKeyTimestamp: nowSeconds() };
    return this.#sends({ ...fields, type, mimetype, size, directPath, ...keys }, rest);
  }

  #sends(fields: { type: string } & Json, how: Writing): string {
    const { world } = this.#desk;
    const chatId = typeof how.chat === 'string' ? how.chat : (how.chat?.id ?? this.id);
    const inGroup = chatId !== this.id;
    const key = messageKey({
      fromMe: false,
      remote: chatId,
      id: newId(),
      ...(inGroup ? { participant: this.id } : {}),
    });
    this.info.known = true;
    const message: Message = {
      id: key,
      t: Math.floor((how.at?.getTime() ?? Date.now()) / 1000),
      from: chatId,
      to: world.me.number,
      ack: 1,
      notifyName: this.info.name,
      ...(inGroup ? { author: this.id } : {}),
      ...quoting(this.#desk, how.quoted),
      ...(how.mentions ? { mentionedJidList: how.mentions } : {}),
      ...(how.viewOnce ? { isViewOnce: true } : {}),
      ...(how.ephemeral ? { isEphemeral: true, ephemeralDuration: 86_400 } : {}),
      ...fields,
      ...how.more,
      ...(how.viewOnce === 'withheld' ? { type: 'ciphertext', subtype: 'view_once_unavailable_fanout' } : {}),
    };
    this.#desk.pages.news('person', personForPage(this.info));
    deliver(this.#desk, message);
    return key._serialized;
  }

  #change(messageId: string, changes: Json): void {
    const message = this.#desk.world.findMessage(messageId);
    if (!message) throw new Error(`WhatsApp has no message ${messageId}`);
    Object.assign(message, changes);
    this.#desk.pages.news('change', { id: messageId, changes });
  }

  #reference(messageId: string): { key: MessageKey; author: string } {
    const message = this.#desk.world.findMessage(messageId);
    if (!message) throw new Error(`WhatsApp has no message ${messageId}`);
    return { key: messageKey({ fromMe: false, remote: message.id.remote, id: newId() }), author: this.id };
  }
}

/** The beginning of a small picture: WhatsApp puts a preview into the body of a photo. */
const PREVIEW = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4';

function quoting(desk: Desk, id: string | undefined): Json {
  if (!id) return {};
  const quoted = desk.world.findMessage(id);
  if (!quoted) throw new Error(`WhatsApp has no message ${id}`);
  const { type, body, caption } = quoted;
  return {
    quotedMsg: { type, body, caption },
    quotedStanzaID: quoted.id.id,
    quotedParticipant: quoted.author ?? quoted.from,
  };
}

/** As Android phones make them. */
export function newId(): string {
  return `AC${randomBytes(15).toString('hex').toUpperCase()}`;
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
