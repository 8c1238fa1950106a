import { Emitter, Model } from './model.js';
import { ask } from './server.js';

/** The link of this browser to the account: `WAWebSocketModel`, `WAWebConnModel`, `WAWebCmd` and the pairing. */
class SocketModel extends Model {
  async logout() {
    await ask('logout');
    void leave(); // the answer must come before the page goes
  }

  reconnect() {
    this.set({ state: 'OPENING' });
    setTimeout(() => this.set({ state: 'CONNECTED' }), 10);
  }

  takeover() {
    this.set({ state: 'CONNECTED' });
  }
}

class ConnModel extends Model {
  canSetMyPushname() {
    return true;
  }
}

export const Socket = new SocketModel({ state: 'OPENING', stream: 'DISCONNECTED', hasSynced: false });
export const Conn = new ConnModel({ ref: undefined, platform: 'android', pushname: '', wid: undefined });

class Commands extends Emitter {
  refreshQR() {
    Socket.set({ state: 'UNPAIRED' });
    ask('new-ref').catch(() => {});
  }
}

export const Cmd = new Commands();
export const progress = { percent: 0 };

/** The link is gone for good: the page forgets its device and loads itself anew, as WhatsApp's does. */
export async function leave() {
  Cmd.trigger('logout');
  await forgetDevice();
  location.href = '/?post_logout=1&logout_reason=0';
}

export const altDeviceLinking = {
  setPairingType() {},
  async initializeAltDeviceLinking() {},
  async initializeQRLinking() {},
  async startAltLinkingFlow(phone) {
    const { code } = await ask('pair-code', { phone });
    return code;
  },
};

/** What makes this browser a linked device is kept where WhatsApp keeps it: in the profile. */
export async function deviceSecret() {
  const found = await withStore('readonly', (store) => store.get('secret'));
  return found ?? '';
}

export function rememberDevice(secret) {
  return withStore('readwrite', (store) => store.put(secret, 'secret'));
}

function forgetDevice() {
  return withStore('readwrite', (store) => store.delete('secret'));
}

async function withStore(mode, work) {
  const opening = indexedDB.open('signal-storage', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('device');
  const database = await settled(opening);
  const transaction = database.transaction('device', mode, { durability: 'strict' });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
  });
  const result = await settled(work(transaction.objectStore('device')));
  await done;
  database.close();
  return result;
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
