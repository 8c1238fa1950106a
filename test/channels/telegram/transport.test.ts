import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Api, GrammyError, HttpError } from 'grammy';
import { afterEach, describe, expect, it } from 'vitest';
import { UnsentError } from '../../../src/channels/telegram/errors.ts';
import { grammySignal } from '../../../src/channels/telegram/signal.ts';
import { leanTransport } from '../../../src/channels/telegram/transport.ts';
import { explain } from '../../../src/core/errors.ts';

const token = '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const servers: ReturnType<typeof createServer>[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** An Api over the transport, with a server that answers like this, at a path of its own. */
async function connected(answer: RequestListener, timeoutMs = 10_000): Promise<Api> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const api = new Api(token, { apiRoot });
  api.config.use(leanTransport({ token, apiRoot, timeoutMs }));
  return api;
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

describe('leanTransport', () => {
  it('posts the payload as JSON below the root and hands over the result', async () => {
    let path = '';
    let body = '';
    const api = await connected(async (request, response) => {
      path = request.url ?? '';
      for await (const chunk of request) body += chunk;
      response.end('{"ok":true,"result":{"message_id":7}}');
    });
    expect(await api.sendMessage(5, 'Сунуш 👍')).toEqual({ message_id: 7 });
    expect(path).toBe(`/api/bot${token}/sendMessage`);
    expect(JSON.parse(body)).toEqual({ chat_id: 5, text: 'Сунуш 👍' });
  });

  it('leaves what Telegram refuses to grammY', async () => {
    const api = await connected((_, response) => {
      response.writeHead(403).end('{"ok":false,"error_code":403,"description":"Forbidden"}');
    });
    expect(await failureOf(api.sendMessage(5, 'a'))).toBeInstanceOf(GrammyError);
  });

  it('says so when no connection came about, and only then', async () => {
    const api = await connected((request) => void request.socket.destroy());
    expect(await failureOf(api.sendMessage(5, 'a'))).not.toMatchObject({ error: expect.any(UnsentError) });
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(api.sendMessage(5, 'a'))).toMatchObject({ error: expect.any(UnsentError) });
  });

  it('fails when the answer does not come in time', async () => {
    const api = await connected(() => {}, 30);
    const error = await failureOf(api.sendMessage(5, 'a'));
    expect(error).toBeInstanceOf(HttpError);
  });

  it('fails when the connection breaks in the middle of an answer', async () => {
    const api = await connected((request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"ok":true', () => request.socket.destroy());
    });
    expect(await failureOf(api.sendMessage(5, 'a'))).toBeInstanceOf(HttpError);
  });

  it('fails on an answer that is no JSON, without the token in its words', async () => {
    const api = await connected((_, response) => response.writeHead(502).end('<html>Bad gateway'));
    const error = await failureOf(api.sendMessage(5, 'a'));
    expect(error).toBeInstanceOf(HttpError);
    expect(explain(error as Error)).not.toContain(token);
  });

  it('ends at once when told to', async () => {
    const stopping = new AbortController();
    const api = await connected(() => stopping.abort());
    expect(await failureOf(api.getMe(grammySignal(stopping.signal)))).toBeInstanceOf(HttpError);
  });
});
