import { z } from 'zod';
import type { Ack } from '../../messaging/contract.ts';
import { isGroup } from './inbound.ts';
import type { OwnMessage } from './ipc.ts';
import type { Quoted, WhatsAppMedia, WhatsAppPayload } from './payload.ts';

/** An id of WhatsApp's, which its page hands out as text or as an object. */
export const Wid = z.union([z.string(), z.object({ _serialized: z.string() }).transform((wid) => wid._serialized)]);
const text = z.string().optional().catch(undefined);
const number = z.coerce.number().optional().catch(undefined);
const wid = Wid.optional().catch(undefined);

/** The model of a message as WhatsApp's page has it; only what we need, and nothing of it is certain. */
const Raw = z.object({
  id: z.object({ fromMe: z.boolean(), remote: Wid, _serialized: z.string(), participant: wid }),
  author: wid,
  type: z.string().catch('unknown'),
  subtype: text,
  body: text,
  caption: text,
  t: z.coerce.number().catch(0),
  ack: number,
  notifyName: text,
  directPath: text,
  mimetype: text,
  filename: text,
  size: number,
  filehash: text,
  lat: number,
  lng: number,
  isViewOnce: z.boolean().optional().catch(undefined),
  isForwarded: z.boolean().optional().catch(undefined),
  isStatusV3: z.boolean().optional().catch(undefined),
  broadcast: z.boolean().optional().catch(undefined),
  latestEditSenderTimestampMs: number,
  quotedMsg: z.looseObject({}).optional().catch(undefined),
  quotedStanzaID: text,
  quotedParticipant: wid,
});
export type RawMessage = z.output<typeof Raw>;

/** Null: of a shape that holds no message. */
export function parseRaw(data: unknown): RawMessage | null {
  return Raw.safeParse(data).data ?? null;
}

/** Types whose `body` is what the person wrote; of others it is a picture in base64, or a card. */
const WRITTEN = new Set(['chat', 'list_response', 'buttons_response', 'template_button_reply', 'interactive']);

/** What is stored of a message. `groupTitle` and `alsoKnownAs` the page is asked for separately. */
export function toPayload(raw: RawMessage): WhatsAppPayload {
  const chatId = raw.id.remote;
  return {
    id: raw.id._serialized,
    chatId,
    author: isGroup(chatId) ? (raw.author ?? raw.id.participant ?? null) : null,
    type: raw.isStatusV3 === true || raw.broadcast === true ? 'status' : raw.type,
    text: textOf(raw),
    at: raw.t,
    editedAtMs: raw.latestEditSenderTimestampMs ?? null,
    personName: raw.notifyName ?? null,
    groupTitle: null,
    media: mediaOf(raw),
    location: raw.lat === undefined || raw.lng === undefined ? null : { latitude: raw.lat, longitude: raw.lng },
    phone: raw.type === 'vcard' ? (/^TEL[^:]*:(.+)$/m.exec(raw.body ?? '')?.[1]?.trim() ?? null) : null,
    viewOnce: raw.isViewOnce === true,
    forwarded: raw.isForwarded === true,
    alsoKnownAs: null,
    quoted: quotedOf(raw),
    answersUs: null,
  };
}

function textOf({ type, body, caption, directPath }: RawMessage): string {
  if (directPath !== undefined) return caption ?? '';
  return WRITTEN.has(type) ? (body ?? '') : (caption ?? '');
}

function mediaOf({ directPath, mimetype, filename, size, filehash }: RawMessage): WhatsAppMedia | null {
  if (directPath === undefined && mimetype === undefined) return null;
  return { mime: mimetype ?? null, fileName: filename ?? null, size: size ?? null, hash: filehash ?? null };
}

/** What is kept of an answered message; of what is to be seen once no file. */
export function toQuoted({ id, author, type, text, media, location, viewOnce }: WhatsAppPayload): Quoted {
  const file = viewOnce ? null : media;
  return { id, author: author ?? '', alsoKnownAs: null, type, text, media: file, location };
}

/**
 * WhatsApp puts a copy of the answered message into the answer, which may lack its file; whose it was stands beside it.
 * The id is as we would have built it, which the message itself may have otherwise.
 */
function quotedOf({ quotedMsg, quotedStanzaID, quotedParticipant, id }: RawMessage): Quoted | null {
  if (quotedMsg === undefined || quotedStanzaID === undefined || quotedParticipant === undefined) return null;
  const copy = Raw.omit({ id: true }).safeParse(quotedMsg).data;
  if (copy === undefined) return null;
  const built = `false_${id.remote}_${quotedStanzaID}${isGroup(id.remote) ? `_${quotedParticipant}` : ''}`;
  const key = { fromMe: false, remote: id.remote, participant: quotedParticipant, _serialized: built };
  const of = toPayload({ ...copy, id: key, author: quotedParticipant, quotedMsg: undefined });
  return toQuoted({ ...of, author: quotedParticipant });
}

export function toOwnMessage(raw: RawMessage): OwnMessage {
  return {
    id: raw.id._serialized,
    text: textOf(raw),
    fileName: raw.filename ?? null,
    kind: KINDS.get(raw.type) ?? (raw.directPath === undefined ? 'text' : 'file'),
    at: new Date(raw.t * 1000),
    ack: toAck(raw.ack),
  };
}

const KINDS: ReadonlyMap<string, OwnMessage['kind']> = new Map([
  ['chat', 'text'],
  ['image', 'photo'],
  ['ptt', 'voice'],
  ['document', 'file'],
  ['video', 'file'],
  ['audio', 'file'],
]);

/** https://docs.wwebjs.dev/global.html#MessageAck */
export function toAck(ack: number | undefined): Ack | 'failed' | null {
  if (ack === undefined || ack === 0) return null;
  if (ack < 0) return 'failed';
  return ack === 1 ? 'server' : ack === 2 ? 'delivered' : 'read';
}
