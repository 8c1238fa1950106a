import { chatForPage, type Desk } from './calls.ts';
import { deliver } from './deliver.ts';
import { newId, nowSeconds, type Person } from './person.ts';
import { type Chat, type GroupInfo, messageKey } from './shapes.ts';

/** A group the bot is or was a member of. */
export class Group {
  readonly id: string;
  readonly #desk: Desk;
  readonly #chat: Chat;
  readonly #info: GroupInfo;

  constructor(desk: Desk, id: string, title: string, members: Person[], { byLid = false, botIsAdmin = false } = {}) {
    this.id = id;
    this.#desk = desk;
    const { me } = desk.world;
    const self = { id: byLid ? me.lid : me.number, isAdmin: botIsAdmin };
    const people = members.map((member) => ({ id: member.id, isAdmin: false }));
    const owner = members[0]?.id ?? self.id;
    const participants = [...people, self];
    this.#info = { participants, announce: false, isLidAddressingMode: byLid, owner, creation: nowSeconds() };
    this.#chat = desk.world.chat(id, title);
    this.#chat.group = this.#info;
    this.#tell();
  }

  adds(person: Person): void {
    this.#info.participants.push({ id: person.id, isAdmin: false });
    this.#notify('add', person.id);
  }

  removes(person: Person): void {
    this.#leave('remove', person.id);
  }

  /** The bot is put out: what it sends there fails from now on. */
  removesBot(): void {
    const self = this.#info.participants.find((participant) => this.#desk.world.isMe(participant.id));
    if (self) this.#leave('remove', self.id);
  }

  addsBot(): void {
    const { me } = this.#desk.world;
    const id = this.#info.isLidAddressingMode ? me.lid : me.number;
    this.#info.participants.push({ id, isAdmin: false });
    this.#notify('add', id);
  }

  /** Only admins may write, or everybody again. */
  announceOnly(on = true): void {
    this.#info.announce = on;
    this.#notify('announce', this.#info.owner);
  }

  renames(title: string): void {
    this.#chat.title = title;
    this.#notify('subject', this.#info.owner);
  }

  #leave(subtype: string, id: string): void {
    this.#info.participants = this.#info.participants.filter((participant) => participant.id !== id);
    this.#notify(subtype, id);
  }

  /** The grey line that tells the group what changed. */
  #notify(subtype: string, id: string): void {
    const { owner } = this.#info;
    this.#tell();
    deliver(this.#desk, {
      id: messageKey({ fromMe: false, remote: this.id, id: newId(), participant: owner }),
      type: 'gp2',
      subtype,
      t: nowSeconds(),
      from: this.id,
      to: this.#desk.world.me.number,
      author: owner,
      recipients: [id],
      body: this.#chat.title,
      ack: 1,
    });
  }

  #tell(): void {
    this.#desk.pages.news('chat', chatForPage(this.#chat));
  }
}
