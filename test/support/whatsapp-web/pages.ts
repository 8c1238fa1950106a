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
  /** What it was told to do and has not done yet. */
  readonly orders: Map<number, () => void>;
  /** News that waits for the link to come back. */
  readonly held: { event: string; data: Json }[];
}

/** The open pages and the devices that are linked. News is held while the link is down; orders to a page go at once. */
export class Pages {
  readonly devices = new Set<string>();
  readonly waiting = new Waiting();
  linkUp = true;
  #orders = 0;
  readonly #open = new Map<string, Page>();

  open(stream: ServerResponse, secret: string): Page {
    const device = this.devices.has(secret) ? secret : null;
    const id = randomBytes(6).toString('hex');
    const state = { qrTaken: false, code: null, synced: false, orders: new Map<number, () => void>(), held: [] };
    const page: Page = { id, stream, device, ref: '', ...state };
    this.#open.set(id, page);
    stream.on('close', () => {
      this.#open.delete(id);
      for (const done of page.orders.values()) done();
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

  /** Tells a page, or all, what to do, whatever the link. Resolves once it is done, or the page is gone. */
  async order(event: string, data: Json = {}, page?: Page): Promise<void> {
    const orders = (page ? [page] : this.all()).map((each) => {
      const order = ++this.#orders;
      const done = new Promise<void>((resolve) => each.orders.set(order, resolve));
      write(each, event, { ...data, order });
      return done;
    });
    await Promise.all(orders);
  }

  done(page: Page, order: number): void {
    page.orders.get(order)?.();
    page.orders.delete(order);
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
    void this.order('paired', { secret }, page);
  }

  newRef(page: Page): void {
    page.ref = `2@${randomBytes(24).toString('base64')}`;
    void this.order('ref', { ref: page.ref }, page);
  }

  closeAll(): void {
    for (const page of this.all()) page.stream.destroy();
  }
}

function write(page: Page, event: string, data: Json): void {
  page.stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
