import { Cmd, Conn, deviceSecret, leave, progress, rememberDevice, Socket } from './link.js';
import { calls, modules, pollVotes, reactions } from './modules.js';
import { ackArrived, sending } from './send.js';
import { ask, complain, cutLine, iAm } from './server.js';
import { account, collections, history, meet, newMessage, putChat } from './store.js';
import { createWid, fromWire } from './wid.js';

/** A name the stand-in lacks must show itself: the library asks for something new. */
window.require = (name) => {
  if (!Object.hasOwn(modules, name)) {
    complain(`the library requires an unknown module: ${name}`);
    throw new Error(`Requiring unknown module "${name}"`);
  }
  return modules[name];
};
window.addEventListener('error', (event) => complain(`error in the page: ${event.message}`));

/** Opened while the line was cut. */
let waiting = null;

const settings = { syncs: 'normally', syncDelayMs: 0 };

const ORDERS = {
  async hello({ page, linked, syncs, syncDelayMs, sends, up }) {
    iAm(page);
    Object.assign(settings, { syncs, syncDelayMs });
    sending.mode = sends;
    if (!up) {
      cutLine(true);
      waiting = { linked };
    } else await enter(linked);
    window.Debug = { VERSION: '2.3000.1034567890' };
  },
  ref({ ref }) {
    Conn.set({ ref });
  },
  async paired({ secret }) {
    Socket.set({ state: 'PAIRING' });
    await rememberDevice(secret);
    await connect();
  },
  async link({ up, readyAgain }) {
    cutLine(!up);
    if (!up) {
      Socket.set({ state: 'TIMEOUT' });
    } else if (waiting) {
      const { linked } = waiting;
      waiting = null;
      await enter(linked);
    } else {
      Socket.set({ state: 'OPENING' });
      Socket.set({ state: 'CONNECTED' });
      if (readyAgain) Socket.trigger('change:hasSynced', Socket, true);
    }
  },
  state: ({ state }) => Socket.set({ state }),
  settings: ({ sends }) => {
    sending.mode = sends;
  },
  reload: () => location.reload(),
  hang({ forMs }) {
    setTimeout(() => {
      const until = forMs === null ? Infinity : Date.now() + forMs;
      while (Date.now() < until);
    }); // once it is said to be done
  },
  logout: () => leave(),
  person: (person) => meet(person),
  chat: (chat) => putChat(chat),
  message: ({ message, chat }) => newMessage(message, chat),
  ack({ id, ack }) {
    void ackArrived(id, ack); // what comes after must not wait for it
  },
  change({ id, changes }) {
    collections.Msg.get(id)?.set(fromWire(changes));
  },
  remove: ({ id }) => collections.Msg.remove(id),
  reactions: ({ list }) => reactions(list),
  votes: ({ list }) => pollVotes(list),
  call: (call) => calls.set(call.id, { ...call, peerJid: createWid(call.peerJid) }),
};

async function enter(linked) {
  if (linked) await connect();
  else Socket.set({ state: 'UNPAIRED' });
}

/** Fetches what the account holds and lets the library know, when it listens. */
async function connect() {
  const { me, chats, people, missed } = await ask('history');
  account.me = me;
  people.forEach(meet);
  history({ chats, missed });
  Conn.set({ pushname: me.name, wid: createWid(me.number) });
  Socket.set({ state: 'CONNECTED', stream: 'CONNECTED' });
  if (settings.syncs === 'never') return;
  if (settings.syncs === 'too early') Socket.set({ hasSynced: true });
  else void sync();
  if (missed.length > 0) void bringMissed(missed, chats);
}

async function bringMissed(missed, chats) {
  await collections.Msg.listened('add');
  for (const message of missed)
    newMessage(
      message,
      chats.find((chat) => chat.id === message.id.remote),
    );
}

async function sync() {
  await Socket.listened('change:hasSynced');
  for (const percent of [50, 100]) {
    progress.percent = percent;
    Cmd.trigger('offline_progress_update_from_bridge');
    await new Promise((resolve) => setTimeout(resolve, settings.syncDelayMs / 2));
  }
  Socket.set({ hasSynced: true });
}

Conn.listened('change:ref').then(() => ask('qr-taken'));

const stream = new EventSource(`/events?secret=${encodeURIComponent(await deviceSecret())}`);
let turn = Promise.resolve();
for (const [name, order] of Object.entries(ORDERS)) {
  stream.addEventListener(name, ({ data }) => {
    const { order: number, ...details } = JSON.parse(data);
    turn = turn
      .then(() => order(details))
      .catch((error) => complain(`${name}: ${error.stack}`))
      .then(() => number && ask('done', { order: number }))
      .catch(() => {}); // the page is about to go
  });
}
