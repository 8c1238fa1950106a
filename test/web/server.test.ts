import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createWeb, type WebOptions } from '../../src/web/server.ts';
import { silentLog } from '../support/log.ts';
import { type GivenWeb, givenWeb } from './given-web.ts';

let web: GivenWeb | undefined;
afterEach(async () => {
  await web?.close();
  web = undefined;
});

async function given(options: Partial<WebOptions> = {}) {
  web = await givenWeb(options);
  return web;
}

/** Status of a request with headers that `fetch` would not let through. */
function statusOf(
  url: string,
  path: string,
  o: { headers?: Record<string, string>; method?: string; body?: string } = {},
) {
  return new Promise<number>((resolve, reject) => {
    const { method = 'GET', headers = {}, body = '' } = o;
    const asked = request(new URL(path, url), { method, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

describe('createWeb', () => {
  it('answers /healthz while the process runs', async () => {
    const { url } = await given({ readiness: async () => ({ ready: false, body: {} }) });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it.each([
    [true, 200],
    [false, 503],
  ])('answers /readyz by the database: ready %s, status %i', async (ready, status) => {
    const { url } = await given({ readiness: async () => ({ ready, body: { channels: { telegram: 'off' } } }) });
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ channels: { telegram: 'off' } });
  });

  it('shows the metrics in the text format', async () => {
    const { url } = await given();
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await answer.text()).toBe('sunush_up 1\n');
  });

  it('hands POSTs of Telegram to its handler, and nothing else', async () => {
    const { url } = await given({
      telegramWebhook: async (asked) => new Response(await asked.text(), { status: 201 }),
    });
    const answer = await fetch(`${url}/telegram/webhook`, { method: 'POST', body: '{"update_id":1}' });
    expect([answer.status, await answer.text()]).toEqual([201, '{"update_id":1}']);
    expect((await fetch(`${url}/telegram/webhook`)).status).toBe(405);
  });

  it('knows no webhook while updates are polled', async () => {
    const { url } = await given();
    expect((await fetch(`${url}/telegram/webhook`, { method: 'POST' })).status).toBe(404);
  });

  it('forbids on every page what is not our own', async () => {
    const { url } = await given();
    for (const path of ['/simulator', '/healthz', '/nothing', '/simulator/files/none']) {
      const { headers } = await fetch(url + path);
      expect(headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'self'; style-src 'self'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('leads from / to the simulator while it is on', async () => {
    const { url } = await given();
    const answer = await fetch(url, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/simulator']);
  });

  it('has a plain page and no simulator where that is off', async () => {
    const { url } = await given({ simulatorMode: 'off' });
    expect(await (await fetch(`${url}/?lang=en`)).text()).toContain('The simulator is off.');
    expect((await fetch(`${url}/simulator`)).status).toBe(404);
  });

  it('says in one sentence that the port is taken', async () => {
    const { url } = await given();
    const port = Number(new URL(url).port);
    const second = createWeb({
      host: '127.0.0.1',
      port,
      simulator: null,
      simulatorMode: 'off',
      proxied: false,
      timeZone: 'UTC',
      readiness: async () => ({ ready: true, body: {} }),
      metrics: async () => '',
      whatsapp: null,
      telegramWebhook: null,
      log: silentLog,
    });
    await expect(second.start()).rejects.toMatchObject({
      code: 'config',
      message: `port ${port} on 127.0.0.1 is taken by another program: set PORT to a free one`,
    });
    await second.stop();
  });

  it('ends open streams when it stops', async () => {
    const { url, down } = await given();
    const stream = await fetch(`${url}/simulator/stream`);
    const ended = stream.text();
    await down();
    await expect(ended).resolves.toContain(':');
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe('the simulator on loopback only', () => {
  it.each([
    ['a name of somebody else (DNS rebinding)', { host: 'evil.example' }],
    ['a name that begins like ours', { host: 'localhost.evil.example:8080' }],
    ['a request through a proxy', { host: 'localhost', 'x-forwarded-for': '203.0.113.7' }],
  ])('refuses %s', async (_, headers) => {
    const { url } = await given();
    expect(await statusOf(url, '/simulator', { headers })).toBe(403);
    expect(await statusOf(url, '/simulator/stream', { headers })).toBe(403);
    expect(await statusOf(url, '/healthz', { headers })).toBe(200);
  });

  it.each(['localhost', 'localhost:8080', '127.0.0.1:8080', '[::1]:8080'])('opens as %s', async (host) => {
    const { url } = await given();
    expect(await statusOf(url, '/simulator', { headers: { host } })).toBe(200);
  });

  it('opens to everybody in public mode', async () => {
    const { url } = await given({ simulatorMode: 'public' });
    expect(
      await statusOf(url, '/simulator', { headers: { host: 'sunush.example', 'x-forwarded-for': '203.0.113.7' } }),
    ).toBe(200);
  });
});

describe('the forms of the simulator', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const post = (url: string, path: string, body: string, headers: Record<string, string> = {}) =>
    statusOf(url, path, { method: 'POST', body, headers: { ...form, origin: new URL(url).origin, ...headers } });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another site, as browsers tell', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['a hidden origin', { origin: 'null' }],
  ])('refuse what comes from %s', async (_, headers) => {
    const { url, bot } = await given();
    expect(await post(url, '/simulator/aigul/text', 'text=hi', headers)).toBe(403);
    expect(bot.events).toEqual([]);
  });

  it('show the page again to a browser without script', async () => {
    const { url, channel } = await given();
    expect(await post(url, '/simulator/aigul/text', 'text=hi')).toBe(303);
    expect(channel.transcript('aigul')[0]?.text).toBe('hi');
  });

  it('hand nothing over when nothing was written', async () => {
    const { url, bot } = await given();
    expect(await post(url, '/simulator/aigul/text', 'text=+%0A', { 'hx-request': 'true' })).toBe(204);
    expect(bot.events).toEqual([]);
  });

  it.each([
    ['/simulator/nobody/text', 'text=hi', 404],
    ['/simulator/aigul/text', '', 400],
    ['/simulator/aigul/pick', 'choice=x', 400],
    ['/simulator/aigul/place', 'latitude=91&longitude=0', 400],
    ['/simulator/aigul/place', 'latitude=&longitude=x', 400],
    ['/simulator/aigul/files', 'file=x', 400],
    ['/simulator/aigul/text', 'text=x&edits=none', 400],
  ])('answer %s with %j by %3$i', async (path, body, status) => {
    const { url, bot } = await given();
    expect(await post(url, path, body)).toBe(status);
    expect(bot.events).toEqual([]);
  });

  it('say that a message is not stored, and do not confirm it', async () => {
    const { url, channel } = await given();
    await channel.start(() => Promise.reject(new Error('no database')));
    expect(await post(url, '/simulator/aigul/text', 'text=hi')).toBe(503);
  });

  it('take a text of 100,000 letters whole', async () => {
    const { url, channel } = await given();
    expect(await post(url, '/simulator/aigul/text', `text=${'a'.repeat(100_000)}`)).toBe(303);
    expect(channel.transcript('aigul')[0]?.text).toHaveLength(100_000);
  });
});

describe('the files of the simulator', () => {
  async function upload(file: File) {
    const { url, channel } = await given();
    const body = new FormData();
    body.append('file', file);
    const headers = { origin: new URL(url).origin, 'hx-request': 'true' };
    const { status } = await fetch(`${url}/simulator/aigul/files`, { method: 'POST', body, headers });
    const id = channel.transcript('aigul')[0]?.file?.id;
    return { status, channel, answer: id === undefined ? null : await fetch(`${url}/simulator/files/${id}`) };
  }

  it('come back as they were sent', async () => {
    const { answer } = await upload(new File([new Uint8Array([1, 2, 3])], 'үн.ogg', { type: 'audio/ogg' }));
    expect(answer?.headers.get('content-type')).toBe('audio/ogg');
    expect(new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(new Uint8Array([1, 2, 3]));
  });

  it.each(['text/html', 'image/svg+xml', 'application/javascript'])('of type %s are only downloaded', async (type) => {
    const { answer } = await upload(new File(['<script>alert(1)</script>'], 'x.html', { type }));
    expect(answer?.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer?.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it('above 32 MB are refused before they are kept', async () => {
    const { status, channel } = await upload(
      new File([new Uint8Array(33 * 1024 * 1024)], 'x.jpg', { type: 'image/jpeg' }),
    );
    expect(status).toBe(413);
    expect(channel.transcript('aigul')).toEqual([]);
  });
});
