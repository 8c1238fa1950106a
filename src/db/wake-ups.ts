import { EventEmitter } from 'node:events';
import type postgres from 'postgres';

/** Wakes listeners: of all processes on PostgreSQL, of this one only on the embedded database. A poll is the net. */
export interface WakeUps {
  notify(channel: string, payload: string): Promise<void>;
  listen(channel: string, onPayload: (payload: string) => void): Promise<void>;
}

/** Wake-ups over NOTIFY (`processes`), or within this process (`here`) where one session is shared by all. */
export function createWakeUps(sql: postgres.Sql, reach: 'processes' | 'here'): WakeUps {
  if (reach === 'processes') {
    return {
      notify: async (channel, payload) => void (await sql.notify(channel, payload)),
      listen: async (channel, onPayload) => void (await sql.listen(channel, onPayload)),
    };
  }
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    notify: async (channel, payload) => void emitter.emit(`wake:${channel}`, payload),
    listen: async (channel, onPayload) => void emitter.on(`wake:${channel}`, onPayload),
  };
}
