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
  const answer = askWhatsApp('send', wireOf(msg));
  inFlight.set(msg.id._serialized, answer);
  return [Promise.resolve(msg), outcome(msg, answer)];
}

function wireOf(msg) {
  const own = { mediaData: undefined, mediaBlob: undefined, waitUntilMsgSent: undefined, isNewMsg: undefined };
  return { ...toWire(msg.serialize()), ...own }; // of this page alone
}

/** Resolves once the server has said how it went, which may be never. */
async function outcome(msg, answer) {
  const { ack } = await answer;
  setAck(msg, ack);
  inFlight.delete(msg.id._serialized);
  if (ack > 0 && msg.directPath) msg.set({ isUnsentMedia: false });
  if (msg.ack === 0) await new Promise((resolve) => msg.once('change:ack', resolve));
  return { messageSendResult: msg.ack < 0 ? 'ERROR_UNKNOWN' : 'OK', t: msg.t };
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
