/** What a client of the server sent: a whole message for the session, or one of the requests settled outside it. */
export type FrontendMessage =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | { readonly kind: 'encryption' | 'cancel' | 'terminate' };

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const STARTUP_HEADER = 8;
const HEADER = 5;
const LONGEST = 0x3fffffff;

const TERMINATE = 0x58;
const QUERY = 0x51;
const SYNC = 0x53;
const PARSE = 0x50;
const CLOSE = 0x43;
const READY_FOR_QUERY = 0x5a;

/** Cuts the bytes of one client into protocol messages, however they were split on the way. */
export class FrontendStream {
  #chunks: Buffer[] = [];
  #size = 0;
  #needed = STARTUP_HEADER;
  #started = false;

  /** The messages that are whole now. @throws {RangeError} on a length that no message can have */
  push(chunk: Buffer): FrontendMessage[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // Joined only when the next message is whole, so that a large one is copied once.
    if (this.#size < this.#needed) return [];
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#size);
    const messages: FrontendMessage[] = [];
    for (;;) {
      const length = this.#lengthOf(bytes);
      this.#needed = length;
      if (bytes.length < length) break;
      messages.push(this.#read(bytes.subarray(0, length)));
      bytes = bytes.subarray(length);
    }
    this.#chunks = bytes.length > 0 ? [bytes] : [];
    this.#size = bytes.length;
    return messages;
  }

  #lengthOf(bytes: Buffer): number {
    const header = this.#started ? HEADER : STARTUP_HEADER;
    if (bytes.length < header) return header;
    const length = this.#started ? bytes.readUInt32BE(1) + 1 : bytes.readUInt32BE(0);
    if (length < header || length > LONGEST) throw new RangeError(`a protocol message of ${length} bytes`);
    return length;
  }

  #read(bytes: Buffer): FrontendMessage {
    if (this.#started) return bytes[0] === TERMINATE ? { kind: 'terminate' } : { kind: 'message', bytes };
    const code = bytes.readUInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption' };
    if (code === CANCEL_REQUEST) return { kind: 'cancel' };
    this.#started = true;
    return { kind: 'message', bytes };
  }
}

/** Reads from what the session answers whether it is idle (`I`), in a transaction (`T`) or in a failed one (`E`). */
export class SessionStatus {
  #header = Buffer.alloc(HEADER);
  #read = 0;
  #skip = 0;
  #last = '';

  /** The last status the session told; empty before the first. */
  get last(): string {
    return this.#last;
  }

  forget(): void {
    this.#last = '';
  }

  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#skip > 0) {
        if (this.#header[0] === READY_FOR_QUERY) this.#last = String.fromCharCode(bytes[at] ?? 0);
        const step = Math.min(this.#skip, bytes.length - at);
        this.#skip -= step;
        at += step;
        continue;
      }
      this.#header[this.#read++] = bytes[at++] ?? 0;
      if (this.#read < HEADER) continue;
      this.#read = 0;
      this.#skip = this.#header.readUInt32BE(1) - 4;
    }
  }
}

/** Whether the session becomes ready again after this message: a run of messages is given to it up to such a one. */
export function endsRun(message: Buffer): boolean {
  const type = message[0];
  return type === QUERY || type === SYNC || type === 0;
}

/** The prepared statement that a message makes or closes; null for any other message and for the unnamed one. */
export function statementChange(message: Buffer): { change: 'made' | 'closed'; name: string } | null {
  const type = message[0];
  if (type === PARSE && message[5] !== 0) return { change: 'made', name: cstring(message, 5) };
  if (type === CLOSE && message[5] === SYNC && message[6] !== 0) return { change: 'closed', name: cstring(message, 6) };
  return null;
}

function cstring(message: Buffer, at: number): string {
  return message.toString('utf8', at, message.indexOf(0, at));
}

function message(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(HEADER);
  head[0] = type;
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** The messages that the server itself sends to the session. */
export const syncMessage = message(SYNC, Buffer.alloc(0));
export const rollbackMessage = message(QUERY, Buffer.from('ROLLBACK\0'));
export function closeStatementMessage(name: string): Buffer {
  return message(CLOSE, Buffer.from(`S${name}\0`));
}
