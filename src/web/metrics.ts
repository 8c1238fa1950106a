import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Figures read from the database when somebody asks. */
export interface StoredFigures {
  readonly inboxWaiting: number;
  readonly inboxParked: number;
  readonly repliesWaiting: number;
  readonly mediaPending: number;
  readonly dialogsOpen: number;
  readonly deliveriesPending: number;
  readonly deliveriesSending: number;
  /** How long the oldest delivery that is due has been waiting. */
  readonly deliveriesDueSeconds: number;
}

export interface Metrics {
  turn(turn: { ms: number; ok: boolean }): void;
  send(channel: string, send: { ms: number; failure: string | null }): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `whatsapp`: how its browser is; null where there is none. */
export function createMetrics(
  readFigures: () => Promise<StoredFigures>,
  whatsapp: (() => Promise<{ state: string; bytes: number }>) | null,
): Metrics {
  const registers = [new Registry()];
  const turns = new Counter({
    name: 'sunush_turns_total',
    help: 'Messages taken through a turn',
    labelNames: ['result'],
    registers,
  });
  const turnTime = new Histogram({
    name: 'sunush_turn_seconds',
    help: 'Time of a turn with its transaction',
    buckets: SECONDS,
    registers,
  });
  const sends = new Counter({
    name: 'sunush_sends_total',
    help: 'Attempts to send',
    labelNames: ['channel', 'result'],
    registers,
  });
  const sendTime = new Histogram({
    name: 'sunush_send_seconds',
    help: 'Time until the platform took a message',
    labelNames: ['channel'],
    buckets: SECONDS,
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const figures = {
    inboxWaiting: gauge('sunush_inbox_waiting', 'Stored messages not yet handled'),
    inboxParked: gauge('sunush_inbox_parked', 'Messages that could not be handled; see: sunush parked list'),
    repliesWaiting: gauge('sunush_replies_waiting', 'Replies not yet sent'),
    mediaPending: gauge('sunush_media_pending', 'Files not yet fetched'),
    dialogsOpen: gauge('sunush_dialogs_open', 'Conversations with an open question'),
    deliveriesPending: gauge('sunush_deliveries_pending', 'Notices to one person each that are not yet sent'),
    deliveriesSending: gauge('sunush_deliveries_sending', 'Notices on the wire'),
    deliveriesDueSeconds: gauge('sunush_deliveries_due_seconds', 'How long the oldest notice that is due has waited'),
  };
  const memory = gauge('sunush_memory_bytes', 'Resident memory of the process');
  const link = new Gauge({
    name: 'sunush_whatsapp_state',
    help: 'How the link to WhatsApp stands: 1 for the state that it is in',
    labelNames: ['state'],
    registers: whatsapp === null ? [] : registers,
  });
  const browser = new Gauge({
    name: 'sunush_whatsapp_memory_bytes',
    help: 'Memory of the browser and its process',
    registers: whatsapp === null ? [] : registers,
  });
  return {
    turn({ ms, ok }) {
      turns.inc({ result: ok ? 'done' : 'parked' });
      if (ok) turnTime.observe(ms / 1000);
    },
    send(channel, { ms, failure }) {
      sends.inc({ channel, result: failure ?? 'sent' });
      sendTime.observe({ channel }, ms / 1000);
    },
    async text() {
      const stored = await readFigures();
      for (const key of Object.keys(figures) as (keyof StoredFigures)[]) figures[key].set(stored[key]);
      memory.set(process.memoryUsage.rss());
      if (whatsapp !== null) {
        const { state, bytes } = await whatsapp();
        link.reset();
        link.set({ state }, 1);
        browser.set(bytes);
      }
      return registers[0]?.metrics() ?? '';
    },
  };
}
