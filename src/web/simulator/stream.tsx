/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { streamSSE } from 'hono/streaming';
import type { SimulatedChats, SimulatedMessage } from '../../messaging/simulated-chat.ts';
import { Bubble, type Drawing } from './bubble.tsx';

const BEAT_MS = 15_000; // a proxy or a phone gives up on a silent connection

export interface StreamOptions {
  readonly chats: SimulatedChats;
  readonly drawing: Drawing;
  readonly stopping: AbortSignal;
}

/**
 * The changes of all chats as server-sent events. The id of an event is the revision that it brings the page to, so
 * a page that comes back (`Last-Event-ID`) gets what it missed; bubbles have ids and a place, so none is doubled.
 */
export function streamChanges(c: Context, { chats, drawing, stopping }: StreamOptions): Response {
  let seen = revision(c.req.header('last-event-id') ?? c.req.query('after'));
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    let wake = () => {};
    const nudge = () => wake();
    const leave = chats.subscribe(nudge);
    const beat = setInterval(() => void stream.write(': \n\n'), BEAT_MS);
    stopping.addEventListener('abort', nudge);
    stream.onAbort(nudge);
    try {
      await stream.write(': \n\n'); // the page sees that it is connected
      while (!stream.aborted && !stopping.aborted) {
        const news = chats.changesAfter(seen);
        if (news.length > 0) {
          seen = Math.max(...news.map(({ rev }) => rev));
          await stream.writeSSE({
            id: String(seen),
            data: await draw(news, drawing),
          });
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      clearInterval(beat);
      leave();
      stopping.removeEventListener('abort', nudge);
    }
  });
}

function revision(value: string | undefined): number {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : 0;
}

/** One fragment: for each chat its bubbles, put in by id and place. */
async function draw(news: readonly SimulatedMessage[], drawing: Drawing): Promise<string> {
  let fragment = '';
  for (const person of new Set(news.map((message) => message.person))) {
    const own = news.filter((message) => message.person === person);
    const bubbles = own.map((message) => <Bubble message={message} drawing={drawing} />);
    fragment += await html`<hx-upsert hx-target="#log-${person}" key="data-seq" sort>${bubbles}</hx-upsert>`;
  }
  return fragment;
}
