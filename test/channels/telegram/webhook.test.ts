import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TelegramChannel } from '../../../src/channels/telegram/channel.ts';
import { WebhookDoor } from '../../../src/channels/telegram/webhook.ts';
import { eventually } from '../eventually.ts';
import { type TelegramStage, telegramStage } from './stage.ts';

const SECRET = 'kara-suu_2026';

/** Hands HTTP to the channel as the web part does. */
async function frontDoor(channel: () => TelegramChannel): Promise<{ server: Server; url: string }> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const headers = new Headers(
        Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values?.[0] ?? '']),
      );
      const request = new Request('http://x/telegram/webhook', {
        method: 'POST',
        headers,
        body: Buffer.concat(chunks),
      });
      const answer = await channel().handleWebhook(request);
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram/webhook` };
}

describe(WebhookDoor.name, () => {
  let stage: TelegramStage;
  let door: { server: Server; url: string };

  beforeEach(async () => {
    door = await frontDoor(() => stage.channel);
    stage = await telegramStage({ mode: { kind: 'webhook', url: door.url, secret: SECRET } });
  });
  afterEach(async () => {
    await stage.close();
    door.server.closeAllConnections();
    door.server.close();
  });

  const calls = (method: string) => stage.api.calls.filter((call) => call.method === method);

  function request(
    body: string,
    headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': SECRET },
  ): Request {
    return new Request('http://x/telegram/webhook', { method: 'POST', headers, body });
  }

  async function answered(body: string, headers?: Record<string, string>): Promise<number> {
    return (await stage.channel.handleWebhook(request(body, headers))).status;
  }

  async function started(): Promise<void> {
    await stage.start();
    await eventually(() => stage.channel.state).toBe('receiving');
  }

  it('registers its address with the secret and takes what Telegram delivers', async () => {
    await started();
    expect(calls('setWebhook')[0]?.payload).toMatchObject({
      url: door.url,
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member', 'channel_post'],
    });
    stage.api.user(1).sends('Суу жок');
    await eventually(stage.texts).toEqual(['Суу жок']);
    await eventually(() => stage.api.updates.pendingCount).toBe(0);
  });

  it('is delivered again what it could not store, until it could', async () => {
    let tries = 0;
    const ids = new Set<string>();
    await stage.channel.start(async (events) => {
      tries += 1;
      for (const event of events) ids.add(event.eventId);
      if (tries < 3) throw new Error('the database is away');
    });
    stage.api.user(1).sends('Суу жок');
    await eventually(() => stage.api.updates.pendingCount).toBe(0);
    expect(tries).toBe(3);
    expect(ids.size).toBe(1);
    expect(stage.troubles).toEqual(['not-stored']);
  });

  it('asks Telegram to deliver later while it is stopped', async () => {
    await started();
    await stage.channel.stop();
    stage.api.user(1).sends('Суу жок');
    await eventually(() => stage.api.updates.handedOut.get(1000) ?? 0).toBeGreaterThan(1);
    expect(stage.inbox).toEqual([]);
    await stage.start();
    await eventually(stage.texts).toEqual(['Суу жок']);
  });

  it('waits for the update that is being stored before it has stopped', async () => {
    const order: string[] = [];
    let stored = () => {};
    await stage.channel.start(async () => {
      order.push('storing');
      await new Promise<void>((resolve) => {
        stored = resolve;
      });
      order.push('stored');
    });
    await eventually(() => stage.channel.state).toBe('receiving');
    const answer = answered('{"update_id":1,"something_new":{}}').then((status) => order.push(String(status)));
    await eventually(() => order).toEqual(['storing']);
    const stopped = stage.channel.stop().then(() => order.push('stopped'));
    expect(await answered('{"update_id":2,"something_new":{}}')).toBe(503);
    stored();
    await Promise.all([stopped, answer]);
    expect(order.indexOf('stored')).toBeLessThan(order.indexOf('stopped'));
    expect(order).toContain('200');
  });

  it.each([
    ['no secret', {}],
    ['another secret', { 'x-telegram-bot-api-secret-token': 'kara-suu_2027' }],
    ['the beginning of the secret', { 'x-telegram-bot-api-secret-token': 'kara' }],
    ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
  ])('refuses a call with %s', async (_, headers: Record<string, string>) => {
    await started();
    expect(await answered('{"update_id":1,"message":{}}', headers)).toBe(401);
    expect(stage.inbox).toEqual([]);
  });

  it.each([
    ['no JSON', 'update_id=1', 400],
    ['a broken JSON', '{"update_id":1', 400],
    ['nothing', '', 400],
    ['a list', '[1]', 400],
    ['null', 'null', 400],
    ['more than a megabyte', `{"update_id":1,"text":"${'x'.repeat(1024 * 1024)}"}`, 413],
    ['an update of unknown shape', '{"update_id":1,"something_new":{"x":1}}', 200],
    ['an update without its number', '{"something_new":{"x":1}}', 200],
  ])('answers a body that holds %s', async (_, body, status) => {
    await started();
    expect(await answered(body)).toBe(status);
    expect(stage.inbox).toHaveLength(status === 200 ? 1 : 0);
  });

  it('takes only POST', async () => {
    await started();
    expect((await stage.channel.handleWebhook(new Request('http://x/telegram/webhook'))).status).toBe(405);
  });

  it('says in one sentence that Telegram does not want the address', async () => {
    const refused = await telegramStage({
      apiRoot: stage.api.root,
      mode: { kind: 'webhook', url: 'http://example.invalid/hook', secret: SECRET },
    });
    try {
      await refused.start();
      await eventually(() => refused.channel.state).toBe('webhook-refused');
      expect(refused.troubles).toEqual(['webhook-refused']);
      expect(refused.logged[1]).toContain('TELEGRAM_WEBHOOK_URL');
    } finally {
      await refused.close();
    }
  });

  it('has no webhook where the bot polls', async () => {
    const polling = await telegramStage();
    try {
      expect((await polling.channel.handleWebhook(request('{}'))).status).toBe(404);
    } finally {
      await polling.close();
    }
  });
});
