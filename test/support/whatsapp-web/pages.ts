import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Json } from './shapes.ts';
import { Waiting } from './waiting.ts';

/** A page that is open in some browser, at the other end of an event stream. */
export interface Page {
  readonly id: string;
  readonly stream: ServerResponse;
  /** The linked device it speaks for; null: not linked. */
  device: string | null;
  /** What its QR says, while it is not linked. */
  ref: string;
  /** The library has taken the QR. */
  qrTaken: boolean;
  /** The pairing code it shows. */
  code: string | null;
  /** It has fetched its history, so news goes to it from now on. */
  synced: boolean;
  /** News that waits for the link to come back. */
  readonly held: { event: string; data: Json }[];
}

/** The open pages and the devices that are linked. News is held while the link is down; orders to a page go at once. */
export class Pages {
  readonly devices = new Set<string>();
  readonly waiting = new Waiting();
  linkUp = true;
  readonly #open = new Map<string, Page>();

  open(stream: ServerResponse, secret: string): Page {
    const device = this.devices.has(secret) ? secret : null;
    const id = randomBytes(6).toString('hex');
    const page: Page = { id, stream, device, ref: '', qrTaken: false, code: null, synced: false, held: [] };
    this.#open.set(id, page);
    stream.on('close', () => {
      this.#open.delete(id);
      this.waiting.changed();
    });
    return page;
  }

  find(id: string): Page | undefined {
    return this.#open.get(id);
  }

  all(): Page[] {
    return [...this.#open.values()];
  }

  /** Tells a page, or all, what to do; the link does not matter. */
  order(event: string, data: Json = {}, page?: Page): void {
    for (const each of page ? [page] : this.all()) write(each, event, data);
  }

  /** Tells every linked page what is new in the account. */
  news(event: string, data: Json): void {
    for (const page of this.all()) {
      if (!page.device || !page.synced) continue;
      if (this.linkUp) write(page, event, data);
      else page.held.push({ event, data });
    }
  }

  releaseNews(): void {
    for (const page of this.all()) {
      for (const { event, data } of page.held.splice(0)) write(page, event, data);
    }
  }

  /** Links the device behind a page. */
  link(page: Page): void {
    const secret = randomBytes(16).toString('hex');
    this.devices.add(secret);
    page.device = secret;
    this.order('paired', { secret }, page);
  }

  newRef(page: Page): void {
    page.ref = `2@${randomBytes(24).toString('base64')}`;
    this.order('ref', { ref: page.ref }, page);
  }

  closeAll(): void {
    for (const page of this.all()) page.stream.destroy();
  }
}

function write(page: Page, event: string, data: Json): void {
  page.stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
