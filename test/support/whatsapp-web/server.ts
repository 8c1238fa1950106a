import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CALLS, type Desk } from './calls.ts';
import type { Certificate } from './certificate.ts';
import type { Json, Media } from './shapes.ts';

/** Serves web.whatsapp.com on this machine alone. */
export async function serve(desk: Desk, certificate: Certificate): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
    answer(desk, request, response).catch((error: unknown) => {
      desk.complaints.push(`${request.url}: ${String(error)}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const port = await listening(server);
  return {
    port,
    async close() {
      desk.pages.closeAll();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'https://web.whatsapp.com');
  const { pathname: path } = url;
  const answers = path === '/api/done' ? 'page' : desk.settings.answers;
  if (answers === 'nothing') {
    request.socket.destroy();
    return;
  }
  if (answers === 'busy') return end(response, 503, 'text/plain', 'Service Unavailable');
  if (path === '/') return end(response, 200, 'text/html', await pageFile('index.html'));
  if (path.startsWith('/page/')) {
    await delay(desk.settings.scriptMs);
    return end(response, 200, 'text/javascript', await pageFile(basename(path)));
  }
  if (path === '/events') return openStream(desk, response, url.searchParams.get('secret') ?? '');
  if (path.startsWith('/media/')) return download(desk, response, path.slice('/media'.length), url);
  if (path === '/upload') return upload(desk, request, response);
  if (path.startsWith('/api/')) return call(desk, request, response, path.slice('/api/'.length));
  return end(response, 404, 'text/plain', '');
}

function end(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(body);
}

function pageFile(name: string): Promise<Buffer> {
  return readFile(new URL(`./page/${name}`, import.meta.url));
}

function openStream(desk: Desk, response: ServerResponse, secret: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const page = desk.pages.open(response, secret);
  const { syncs, syncDelayMs, sends } = desk.settings;
  const linked = page.device !== null;
  void desk.pages.order('hello', { page: page.id, linked, syncs, syncDelayMs, sends, up: desk.pages.linkUp }, page);
  if (!linked) desk.pages.newRef(page);
}

async function call(desk: Desk, request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
  const data: Json = JSON.parse((await bodyOf(request)).toString() || '{}');
  const page = desk.pages.find(String(request.headers['x-page'] ?? ''));
  const found = CALLS[name];
  if (!found) throw new Error(`no such call: ${name}`);
  if (!page) return end(response, 410, 'text/plain', 'the page is gone');
  const result = await found(desk, page, data);
  end(response, 200, 'application/json', JSON.stringify(result ?? null));
}

async function upload(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = await bodyOf(request);
  await delay(desk.settings.uploadMs);
  const media: Media = { bytes, mimetype: request.headers['content-type'] ?? '', size: bytes.length, state: 'there' };
  end(response, 200, 'application/json', JSON.stringify({ directPath: desk.world.keepMedia(media) }));
}

function download(desk: Desk, response: ServerResponse, path: string, url: URL): void {
  const media = desk.world.media.get(path);
  const id = url.searchParams.get('message');
  if (id && !desk.world.downloads.includes(id)) desk.world.downloads.push(id);
  if (media?.state === 'silent') return;
  const there = media?.state === 'there' ? media.bytes : null;
  if (media?.state === 'cut off') end(response, 502, 'text/plain', '');
  else if (media?.state === 'broken') end(response, 500, 'text/plain', '');
  else if (there) end(response, 200, 'application/octet-stream', there);
  else end(response, 404, 'text/plain', '');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
