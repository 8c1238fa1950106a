import type { Desk } from './calls.ts';
import { deliver } from './deliver.ts';
import { Group } from './group.ts';
import type { Page } from './pages.ts';
import { newId, nowSeconds, Person } from './person.ts';
import { type Json, type Message, messageKey, type PersonInfo } from './shapes.ts';

/** What is not said by the id. */
export type About = Partial<Omit<PersonInfo, 'known' | 'blocksBot'>>;

/** The phone the bot's number belongs to, and the people around it. */
export class Phone {
  readonly #desk: Desk;
  readonly #persons = new Map<PersonInfo, Person>();
  readonly #groups = new Map<string, Group>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /**
   * Links the browser that shows a QR; waits for one the library has read. `qr` is what the library gave out: an old
   * one is refused. @throws {Error} when there is none, or `qr` is not shown any more
   */
  async scanQr(qr?: string): Promise<void> {
    const page = await this.#unlinkedPage((each) => each.qrTaken, 'QR on a page');
    if (qr !== undefined && !qr.startsWith(`${page.ref},`)) throw new Error('this QR is not shown any more');
    this.#desk.pages.link(page);
  }

  /** Links the browser that shows this pairing code. @throws {Error} when none does */
  async enterPairingCode(code: string): Promise<void> {
    const page = await this.#unlinkedPage((each) => each.code === code, `pairing code ${code}`);
    this.#desk.pages.link(page);
  }

  /** The code that is shown now. */
  async pairingCode(): Promise<string> {
    const page = await this.#unlinkedPage((each) => each.code !== null, 'pairing code on a page');
    return page.code ?? '';
  }

  /** A new QR takes the place of the one that is shown. */
  renewQr(): void {
    for (const page of this.#desk.pages.all()) if (!page.device) this.#desk.pages.newRef(page);
  }

  /** Logs the browser out from the phone: the page learns it at once, a browser that is closed when it starts. */
  async unlink(): Promise<void> {
    const { pages } = this.#desk;
    const linked = pages.all().filter((page) => page.device);
    pages.devices.clear();
    for (const page of linked) page.device = null;
    await Promise.all(linked.map((page) => pages.order('logout', {}, page)));
  }

  /** Whether a linked page is open that has its chats. */
  get online(): boolean {
    return this.#desk.pages.all().some((page) => page.device && page.synced);
  }

  /** Somebody with WhatsApp, by number (`996555000001`) or LID (`123@lid`); the same person each time. */
  person(id: string, about: About = {}): Person {
    const { world } = this.#desk;
    const full = id.includes('@') ? id : `${id}@c.us`;
    const info = world.findPerson(full) ?? stranger(full);
    Object.assign(info, about);
    if (info.lid && !info.lid.includes('@')) info.lid += '@lid';
    if (info.number && !info.number.includes('@')) info.number += '@c.us';
    world.meet(info);
    const found = this.#persons.get(info) ?? new Person(this.#desk, info);
    this.#persons.set(info, found);
    return found;
  }

  /** A group with the bot in it; `id` like `120363000000000001@g.us`. */
  makeGroup(
    id: string,
    title: string,
    members: Person[],
    options: { byLid?: boolean; botIsAdmin?: boolean } = {},
  ): Group {
    const full = id.includes('@') ? id : `${id}@g.us`;
    const group = this.#groups.get(full) ?? new Group(this.#desk, full, title, members, options);
    this.#groups.set(full, group);
    return group;
  }

  /** A message somebody types on the bot's own phone. */
  writes(chatId: string, text: string, more: Json = {}): string {
    const { me } = this.#desk.world;
    const participant = chatId.endsWith('@g.us') ? { participant: me.number } : {};
    const key = messageKey({ fromMe: true, remote: chatId, id: newId(), ...participant });
    const fields = { type: 'chat', body: text, t: nowSeconds(), from: me.number, to: chatId, ack: 1 };
    this.#deliver({ id: key, ...fields, ...participantAsAuthor(participant), ...more });
    return key._serialized;
  }

  /** Somebody reads a chat on the bot's own phone: nothing in it is unread any more. */
  reads(chatId: string): void {
    this.#desk.world.chat(chatId).unread = 0;
  }

  /** A post in a channel the account follows. */
  newsletterPosts(id: string, text: string): string {
    const full = id.includes('@') ? id : `${id}@newsletter`;
    const key = messageKey({ fromMe: false, remote: full, id: newId() });
    this.#deliver({ id: key, type: 'chat', body: text, t: nowSeconds(), from: full, to: full, ack: 1 });
    return key._serialized;
  }

  #deliver(message: Message): void {
    deliver(this.#desk, message);
  }

  #unlinkedPage(fits: (page: Page) => boolean, what: string): Promise<Page> {
    const { pages } = this.#desk;
    return pages.waiting.until(() => pages.all().findLast((page) => !page.device && fits(page)), what);
  }
}

function participantAsAuthor({ participant }: { participant?: string }): Json {
  return participant ? { author: participant } : {};
}

function stranger(id: string): PersonInfo {
  const lid = id.endsWith('@lid');
  const [user = id] = id.split('@');
  return {
    number: lid ? null : id,
    lid: lid ? id : null,
    name: user,
    speaksAs: lid ? 'lid' : 'number',
    hidesNumber: false,
    hidesLid: false,
    onWhatsApp: true,
    blocksBot: false,
    known: false,
  };
}
