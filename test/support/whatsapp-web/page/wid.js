/** An id of a person, group, broadcast list or channel. */
export class Wid {
  constructor(user, server) {
    this.server = server;
    this.user = user;
    this._serialized = `${user}@${server}`;
  }

  isLid() {
    return this.server === 'lid';
  }

  isUser() {
    return this.server === 'c.us' || this.server === 'lid';
  }

  isGroup() {
    return this.server === 'g.us';
  }

  isStatus() {
    return this._serialized === 'status@broadcast';
  }

  isBroadcast() {
    return this.server === 'broadcast';
  }

  isNewsletter() {
    return this.server === 'newsletter';
  }

  equals(other) {
    return this._serialized === other?._serialized;
  }

  toJid() {
    return this._serialized.replace('@c.us', '@s.whatsapp.net');
  }

  toString() {
    return this._serialized;
  }
}

export function createWid(from) {
  const text = typeof from === 'string' ? from : from?._serialized;
  const [user, server, more] = (text ?? '').replace('@s.whatsapp.net', '@c.us').split('@');
  if (!user || !server || more !== undefined) throw new Error('wid error: invalid wid');
  return new Wid(user, server);
}

/** The key of a message. */
export class MsgKey {
  constructor({ from, to, id, participant, selfDir, fromMe, remote }) {
    this.fromMe = fromMe ?? selfDir === 'out';
    this.remote = remote ?? (this.fromMe ? to : from);
    this.id = id;
    if (participant) this.participant = participant;
    const tail = participant ? `_${participant}` : '';
    this._serialized = `${this.fromMe}_${this.remote}_${id}${tail}`;
  }

  toString() {
    return this._serialized;
  }

  static async newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(9));
    return `3EB0${[...bytes]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()}`;
  }

  static fromString(text) {
    const [fromMe, remote, id, participant] = text.split('_');
    const wid = participant ? createWid(participant) : undefined;
    return new MsgKey({ fromMe: fromMe === 'true', remote: createWid(remote), id, participant: wid });
  }
}

const WID_FIELDS = ['from', 'to', 'author', 'quotedParticipant', 'quotedRemoteJid'];

/** Fields of a message as they came over the wire, with ids as the page's classes. */
export function fromWire(fields) {
  const result = { ...fields };
  if (fields.id) result.id = MsgKey.fromString(fields.id._serialized);
  for (const name of WID_FIELDS) if (fields[name]) result[name] = createWid(fields[name]);
  return result;
}

/** The reverse, without what cannot be sent. */
export function toWire(value) {
  if (value instanceof Wid) return value._serialized;
  if (value instanceof Uint8Array) return Array.from(value);
  if (Array.isArray(value)) return value.map(toWire);
  if (value instanceof Blob || typeof value === 'function') return undefined;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toWire(each)]));
}
