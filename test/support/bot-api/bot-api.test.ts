import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../channels/eventually.ts';
import { ApiError, type Json } from './api-error.ts';
import { BotApi, startBotApi } from './bot-api.ts';
import { RateRule } from './faults.ts';

interface Answer {
  readonly ok: boolean;
  readonly result?: Json[] & Json;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: Json;
}

describe(BotApi.name, () => {
  let api: BotApi;
  let hook: Server | null = null;
  beforeEach(async () => {
    api = await startBotApi();
  });
  afterEach(async () => {
    await api.close();
    hook?.closeAllConnections();
    hook?.close();
    hook = null;
  });

  async function call(method: string, payload: Json = {}, signal?: AbortSignal): Promise<Answer> {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) };
    const response = await fetch(`${api.root}/bot${api.token}/${method}`, { ...request, ...(signal && { signal }) });
    return (await response.json()) as Answer;
  }

  const ids = (answer: Answer) => (answer.result ?? []).map((update) => update.update_id);

  it('repeats updates until an offset confirms them', async () => {
    for (const text of ['бир', 'эки', 'үч']) api.user(1).sends(text);
    expect(ids(await call('getUpdates'))).toEqual([1000, 1001, 1002]);
    expect(ids(await call('getUpdates', { limit: 1 }))).toEqual([1000]);
    expect(ids(await call('getUpdates', { offset: 1001 }))).toEqual([1001, 1002]);
    expect(ids(await call('getUpdates'))).toEqual([1001, 1002]);
    expect(ids(await call('getUpdates', { offset: 1003 }))).toEqual([]);
    expect(api.updates.pendingCount).toBe(0);
  });

  it('holds a poll until something is said', async () => {
    const polled = call('getUpdates', { timeout: 5 });
    await eventually(() => api.updates.polled).toBe(true);
    api.user(1).sends('Суу жок');
    expect((await polled).result?.[0]?.message).toMatchObject({ text: 'Суу жок', chat: { id: 1 }, from: { id: 1 } });
  });

  it('does not confirm what went to a poller that is gone', async () => {
    const leaving = new AbortController();
    const polled = call('getUpdates', { timeout: 5 }, leaving.signal).catch(() => null);
    await eventually(() => api.updates.polled).toBe(true);
    leaving.abort();
    await polled;
    await eventually(() => api.updates.polled).toBe(false);
    api.user(1).sends('Суу жок');
    expect(ids(await call('getUpdates'))).toEqual([1000]);
  });

  it('ends the poll of the first of two pollers', async () => {
    const first = call('getUpdates', { timeout: 5 });
    await eventually(() => api.updates.polled).toBe(true);
    expect(await call('getUpdates')).toMatchObject({ ok: true });
    expect(await first).toMatchObject({ ok: false, error_code: 409 });
  });

  it('leaves out kinds of update that were not asked for', async () => {
    await call('getUpdates', { allowed_updates: ['callback_query'] });
    api.user(1).sends('Суу жок');
    expect(ids(await call('getUpdates'))).toEqual([]);
  });

  it('delivers to a webhook with its secret, chat by chat in order, until it is taken', async () => {
    const taken: string[] = [];
    let refusals = 2;
    hook = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const refused = refusals > 0;
        refusals -= 1;
        const update = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        const secret = String(request.headers['x-telegram-bot-api-secret-token']);
        if (!refused) taken.push(`${secret}:${update.message.text}`);
        response.writeHead(refused ? 500 : 200).end();
      });
    });
    await new Promise<void>((resolve) => hook?.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
    expect(await call('setWebhook', { url, secret_token: 'не-тот' })).toMatchObject({ error_code: 400 });
    expect(await call('setWebhook', { url, secret_token: 's3' })).toMatchObject({ ok: true });
    for (const text of ['бир', 'эки', 'үч']) api.user(1).sends(text);
    expect(await call('getUpdates')).toMatchObject({ error_code: 409 });
    await eventually(() => taken).toEqual(['s3:бир', 's3:эки', 's3:үч']);
    await eventually(() => api.updates.pendingCount).toBe(0);
  });

  it.each([
    ['nobody it knows', { chat_id: 4040, text: 'x' }, 'Bad Request: chat not found'],
    ['an empty text', { text: ' ' }, 'Bad Request: message text is empty'],
    ['4097 characters', { text: 'x'.repeat(4097) }, 'Bad Request: message is too long'],
    [
      'an unknown tag',
      { text: '<суу>', parse_mode: 'HTML' },
      "Bad Request: can't parse entities: Unclosed start tag at byte offset 0",
    ],
    [
      'an open tag',
      { text: '<b>суу', parse_mode: 'HTML' },
      'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b" at byte offset 9',
    ],
    [
      'tags that cross',
      { text: '<b><i>x</b></i>', parse_mode: 'HTML' },
      "Bad Request: can't parse entities: Unmatched end tag at byte offset 7",
    ],
    [
      'a bare ampersand',
      { text: 'a & b', parse_mode: 'HTML' },
      'Bad Request: can\'t parse entities: Unescaped "&" at byte offset 2',
    ],
    [
      '65 bytes on a button',
      { text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: 'x'.repeat(65) }]] } },
      'Bad Request: BUTTON_DATA_INVALID',
    ],
  ])('refuses a message to or with %s', async (_, payload, description) => {
    api.acquaintances([7]);
    expect(await call('sendMessage', { chat_id: 7, ...payload })).toEqual({ ok: false, error_code: 400, description });
  });

  it('takes 4096 characters, 64 bytes on a button and escapes on top', async () => {
    const [person] = api.acquaintances([7]);
    const reply_markup = { inline_keyboard: [[{ text: 'x', callback_data: 'x'.repeat(64) }]] };
    const payload = { chat_id: 7, text: '&lt;'.repeat(4096), parse_mode: 'HTML', reply_markup };
    expect(await call('sendMessage', payload)).toMatchObject({ ok: true });
    expect(person?.received()[0]?.text).toBe('<'.repeat(4096));
  });

  it('knows nobody who has not written yet, and closes the door that a person closes', async () => {
    const person = api.user(7);
    expect(await call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({ error_code: 400 });
    person.sends('/start');
    expect(await call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({ ok: true });
    person.blocks();
    expect(await call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({ error_code: 403 });
    person.unblocks();
    expect(await call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({ ok: true });
  });

  it('edits what changes and refuses what does not', async () => {
    const [person] = api.acquaintances([7]);
    await call('sendMessage', { chat_id: 7, text: 'бир' });
    expect(await call('editMessageText', { chat_id: 7, message_id: 1, text: 'бир' })).toMatchObject({
      error_code: 400,
    });
    expect(await call('editMessageText', { chat_id: 7, message_id: 1, text: 'эки' })).toMatchObject({ ok: true });
    expect(await call('editMessageText', { chat_id: 7, message_id: 9, text: 'үч' })).toMatchObject({ error_code: 400 });
    expect(person?.chat.happenings.map(({ kind, message }) => `${kind} ${message.text}`)).toEqual([
      'sent бир',
      'edited эки',
    ]);
  });

  it('refuses a call with another token and a method it does not have', async () => {
    const response = await fetch(`${api.root}/bot1:x/getMe`);
    expect(response.status).toBe(401);
    expect(await call('sendSmoke')).toMatchObject({ error_code: 404 });
  });

  it('counts paid messages apart', async () => {
    const rule = new RateRule({ perSecond: 1, paidPerSecond: 2 });
    const free = [1, 2].map((chat) => rule.admit(chat, 0, false) === null);
    const paid = [3, 4, 5].map((chat) => rule.admit(chat, 0, true) === null);
    expect({ free, paid }).toEqual({ free: [true, false], paid: [true, true, false] });
  });

  it('knows a file again by its id, and as the same kind of file only', async () => {
    api.acquaintances([7]);
    const form = new FormData();
    form.set('chat_id', '7');
    form.set('document', new Blob(['x']), 'a.txt');
    await fetch(`${api.root}/bot${api.token}/sendDocument`, { method: 'POST', body: form });
    const [document] = api.world.files.keys();
    expect(await call('sendDocument', { chat_id: 7, document })).toMatchObject({ ok: true });
    expect(await call('sendPhoto', { chat_id: 7, photo: document })).toMatchObject({ error_code: 400 });
    expect(await call('sendDocument', { chat_id: 7, document: 'document-404' })).toMatchObject({ error_code: 400 });
  });

  it('holds to a rate and says how long to wait', async () => {
    const rule = new RateRule({ perSecond: 3, perChatPerSecond: 2 });
    const taken = [1, 1, 1, 2, 3].map((chat) => rule.admit(chat, 0, false) === null);
    expect(taken).toEqual([true, true, false, true, false]);
    const strict = await startBotApi({ limits: { perGroupPerMinute: 1 } });
    try {
      strict.group(-2, 'Мантыш');
      const send = async () => (await fetch(`${strict.root}/bot${strict.token}/sendMessage?chat_id=-2&text=x`)).json();
      expect(await send()).toMatchObject({ ok: true });
      expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: expect.any(Number) } });
      expect(strict.refusedCount).toBe(1);
    } finally {
      await strict.close();
    }
  });

  it('fails as planned, as often as planned', async () => {
    api.acquaintances([7, 8]);
    api.fails({ method: 'sendMessage', chatId: 7, times: 2, error: new ApiError(500, 'Internal Server Error') });
    expect(await call('sendMessage', { chat_id: 8, text: 'x' })).toMatchObject({ ok: true });
    expect(await call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({ error_code: 500 });
    expect(await call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({ error_code: 500 });
    expect(await call('sendMessage', { chat_id: 7, text: 'x' })).toMatchObject({ ok: true });
  });

  it('carries out a call whose answer is lost', async () => {
    const [person] = api.acquaintances([7]);
    api.fails({ method: 'sendMessage', cut: 'after' });
    await expect(call('sendMessage', { chat_id: 7, text: 'x' })).rejects.toThrow();
    expect(person?.received()).toHaveLength(1);
  });

  it('lets a person hear in order and says what was heard instead', async () => {
    const [person] = api.acquaintances([7]);
    const heard = person?.hears(/эки/);
    await call('sendMessage', { chat_id: 7, text: 'бир' });
    await call('sendMessage', { chat_id: 7, text: 'эки' });
    expect((await heard)?.text).toBe('эки');
    await expect(person?.hears('бир', { timeoutMs: 20 })).rejects.toThrow('(nothing)');
  });

  it('keeps the talk of a group from the bot, but for what is meant for it', async () => {
    const chat = api.group(-5, 'Мантыш');
    const { result } = await call('sendMessage', { chat_id: -5, text: 'Сунуш барбы?' });
    const person = api.user(1);
    person.sends('Кечээ суу болгон жок', { chat });
    person.sends('/propose@other_bot', { chat });
    person.sends('/propose Суу', { chat });
    person.sends('ооба', { chat, replyTo: Number(result?.message_id) });
    const texts = (await call('getUpdates')).result?.map((update) => (update.message as Json).text);
    expect(texts).toEqual(['/propose Суу', 'ооба']);
  });

  it('runs on its own and does as it is told line by line', async () => {
    const main = fileURLToPath(import.meta.resolve('./main.ts'));
    const child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0']);
    try {
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const next = async () => JSON.parse((await lines.next()).value ?? 'null');
      const { root, token } = await next();
      child.stdin.write('{"person":7,"does":"sends","with":["Суу жок"]}\n');
      expect(await next()).toBe(1);
      await fetch(`${root}/bot${token}/sendMessage?chat_id=7&text=ok`);
      child.stdin.write('{"person":7,"does":"hears","with":["ok"]}\n');
      expect(await next()).toMatchObject({ text: 'ok', buttons: [] });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      expect(await ended).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
