import { askWhatsApp } from './server.js';
import { collections, Msg } from './store.js';
import { toWire } from './wid.js';

export const sending = { mode: 'pass' };
const inFlight = new Map();

/** `addAndSendMsgToChat`: the message is in the chat at once with ack 0, and goes when the line is up. */
export function addAndSendMsgToChat(chat, fields) {
  if (sending.mode === 'hang') return [new Promise(() => {}), new Promise(() => {})];
  const msg = new Msg(fields);
  chat.msgs.add(msg);
  chat.lastReceivedKey = msg.id;
  chat.set({ t: msg.t });
  collections.Msg.add(msg);
  const sent = send(msg);
  inFlight.set(msg.id._serialized, sent);
  sent.finally(() => inFlight.delete(msg.id._serialized)).catch(() => {});
  return [Promise.resolve(msg), sent];
}

async function send(msg) {
  const { mediaData, mediaBlob, waitUntilMsgSent, isNewMsg, ...fields } = toWire(msg.serialize());
  const { ack } = await askWhatsApp('send', fields);
  setAck(msg, ack);
  if (ack > 0 && msg.directPath) msg.set({ isUnsentMedia: false });
  return { messageSendResult: ack < 0 ? 'ERROR_UNKNOWN' : 'OK', t: msg.t };
}

/** News of an ack; one that overtakes the answer to the send waits for it. */
export async function ackArrived(id, ack) {
  if (ack > 1) await inFlight.get(id)?.catch(() => {});
  const msg = collections.Msg.get(id);
  if (msg) setAck(msg, ack);
}

function setAck(msg, ack) {
  if (ack < 0 || ack > msg.ack) msg.set({ ack });
}
