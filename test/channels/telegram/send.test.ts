import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTelegramChannel } from '../../../src/channels/telegram/channel.ts';
import { createLogger } from '../../../src/core/logger.ts';
import type { ChannelAddress, OutboundContent } from '../../../src/messaging/contract.ts';
import { ApiError, tooManyRequests } from '../../support/bot-api/api-error.ts';
import type { FakePerson } from '../../support/bot-api/person.ts';
import { eventually } from '../eventually.ts';
import { type TelegramStage, telegramStage } from './stage.ts';

const COMMANDS = [
  { language: null, commands: [{ command: 'propose', description: 'Сунуш жазуу' }] },
  { language: 'ru', commands: [{ command: 'propose', description: 'Написать предложение' }] },
  { language: 'en', commands: [{ command: 'propose', description: 'Write a proposal' }] },
] as const;

describe(createTelegramChannel.name, () => {
  let stage: TelegramStage;
  let person: FakePerson;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'telegram-send-'));
    stage = await telegramStage({ commands: COMMANDS, timing: { requestTimeoutMs: 5_000, pollSeconds: 1 } });
    [person] = stage.api.acquaintances([77]) as [FakePerson];
  });
  afterEach(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const to = (id: number): ChannelAddress => ({ channel: 'telegram', account: stage.channel.account, id: String(id) });
  const send = (content: OutboundContent, id = 77) => stage.channel.send(to(id), content);
  const shown = () => person.received().map((message) => message.text);

  async function aFile(name: string, content: string | Uint8Array, mime: string) {
    const path = join(folder, name);
    await writeFile(path, content);
    return { path, name, mime };
  }

  it('is the account that its token names', () => {
    expect(stage.channel.account).toBe('1234567890');
  });

  it('finds the server though its address ends with a slash', async () => {
    const slashed = createTelegramChannel({
      token: stage.api.token,
      apiRoot: `${stage.api.root}/`,
      mode: { kind: 'polling' },
      log: createLogger({ level: 'silent' }),
      commands: [],
    });
    await slashed.send(to(77), { text: 'Суу' });
    expect(shown()).toEqual(['Суу']);
  });

  it('shows bold parts bold and everything else as written', async () => {
    await send({ text: ['Номери: ', { bold: 'KS-2026-0042' }, ' <b>&amp;'] });
    const [message] = person.received();
    expect(message?.text).toBe('Номери: KS-2026-0042 <b>&amp;');
    expect(message?.marks).toEqual([{ type: 'b', offset: 8, length: 12 }]);
  });

  it('sends a long text in pieces and returns the id of the one with the buttons', async () => {
    const { externalId } = await send({ text: 'Суу жок. '.repeat(1000), options: [{ data: 'a:b:c', label: 'Ооба' }] });
    expect(person.received()).toHaveLength(3);
    expect(person.received().at(-1)).toMatchObject({
      id: Number(externalId),
      buttons: [[{ text: 'Ооба', data: 'a:b:c' }]],
    });
  });

  it('goes on where it stopped when a long text is tried again', async () => {
    const long = { text: 'Суу жок. '.repeat(1000) };
    const sends = () => stage.api.calls.filter((call) => call.method === 'sendMessage').length;
    stage.api.fails({ method: 'sendMessage', afterCalls: 1, error: tooManyRequests(1) });
    await expect(send(long)).rejects.toMatchObject({ reason: 'throttled' });
    expect(person.received()).toHaveLength(1);
    await send(long);
    expect(person.received().map((message) => message.id)).toEqual([1, 2, 3]);
    expect(sends()).toBe(4);
    await send(long);
    expect(person.received()).toHaveLength(6);
  });

  it('replaces a message in its place', async () => {
    const first = await send({ text: 'Айыл? 1', options: [{ data: 'a:b:>1', label: '2/2 »' }] });
    const second = await send({ text: 'Айыл? 2', replaces: first.externalId });
    expect(second).toEqual(first);
    expect(person.received()).toMatchObject([{ text: 'Айыл? 2', buttons: [] }]);
  });

  it('counts a replacement that changes nothing as done', async () => {
    const content = { text: 'Айыл?', options: [{ data: 'a:b:c', label: 'Мантыш' }] };
    const first = await send(content);
    expect(await send({ ...content, replaces: first.externalId })).toEqual(first);
    expect(shown()).toEqual(['Айыл?']);
  });

  it('sends anew what cannot be edited', async () => {
    const photo = await send({ text: 'Карта', file: await aFile('a.png', 'png', 'image/png') });
    const own = person.sends('салам');
    for (const replaces of ['4040', photo.externalId, String(own), 'not-a-number']) {
      const { externalId } = await send({ text: `Жаңы ${replaces}`, replaces });
      expect(externalId).not.toBe(replaces);
    }
    expect(shown()).toEqual(['Карта', 'Жаңы 4040', `Жаңы ${photo.externalId}`, `Жаңы ${own}`, 'Жаңы not-a-number']);
  });

  it('uploads files byte by byte, under their names', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    await send({ text: 'Сунуштар', file: await aFile('sunush.csv', bytes, 'text/csv') });
    const [message] = person.received();
    expect(message).toMatchObject({ text: 'Сунуштар', file: { kind: 'document', name: 'sunush.csv' } });
    expect(message?.file?.bytes.equals(bytes)).toBe(true);
  });

  it('sends as a file what Telegram does not take as a picture or a voice', async () => {
    const large = await aFile('large.png', new Uint8Array(10_000_001), 'image/png');
    const odd = await aFile('odd.png', 'png', 'image/png');
    const voice = await aFile('voice.opus', 'OggS', 'audio/ogg; codecs=opus');
    const errors = ['PHOTO_INVALID_DIMENSIONS', 'VOICE_MESSAGES_FORBIDDEN'].map(
      (why) => new ApiError(400, `Bad Request: ${why}`),
    );
    await send({ text: '1', file: voice });
    await send({ text: '2', file: large });
    for (const [at, method] of ['sendPhoto', 'sendVoice'].entries())
      stage.api.fails({ method, error: errors[at] ?? new ApiError(400, '') });
    await send({ text: '3', file: odd });
    await send({ text: '4', file: voice });
    expect(person.received().map(({ text, file }) => [text, file?.kind])).toEqual([
      ['1', 'voice'],
      ['2', 'document'],
      ['3', 'document'],
      ['4', 'document'],
    ]);
  });

  it.each<[string, OutboundContent]>([
    ['a file that is not there', { text: 'x', file: { path: '/nowhere/x.csv', name: 'x.csv', mime: 'text/csv' } }],
    ['nothing at all', { text: '' }],
    ['a text of white space', { text: ' \n ' }],
    ['button data over 64 bytes', { text: 'x', options: [{ data: 'ө'.repeat(33), label: 'x' }] }],
    ['a button without a label', { text: 'x', options: [{ data: 'x', label: '' }] }],
  ])('rejects %s', async (_, content) => {
    await expect(send(content)).rejects.toMatchObject({ name: 'SendError', reason: 'rejected' });
    expect(shown()).toEqual([]);
  });

  it('tells a chat that is closed for good from one that may open again', async () => {
    person.chat.closed = 'deactivated';
    await expect(send({ text: 'x' })).rejects.toMatchObject({ reason: 'gone' });
    const group = stage.api.group(-5, 'Мантыш', 'group');
    group.closed = 'kicked';
    await expect(send({ text: 'x' }, -5)).rejects.toMatchObject({ reason: 'blocked' });
    group.closed = { movedTo: -1005 };
    await expect(send({ text: 'x' }, -5)).rejects.toMatchObject({ reason: 'moved', movedTo: '-1005' });
  });

  it.each([
    ['a limit that was hit', { error: tooManyRequests(7) }, { reason: 'throttled', retryAfterMs: 7000 }],
    ['trouble of the server', { error: new ApiError(500, 'Internal Server Error') }, { reason: 'unreachable' }],
    ['a page of a proxy', { garbage: '<html>' }, { reason: 'unreachable' }],
    ['a cut connection', { cut: 'before' as const }, { reason: 'unreachable' }],
    ['an answer cut off', { cut: 'after' as const }, { reason: 'unreachable' }],
    ['an answer that does not come', { stallMs: 60_000 }, { reason: 'unreachable' }],
    ['a token taken back', { error: new ApiError(401, 'Unauthorized') }, { reason: 'misconfigured' }],
  ])('says %s once and tries no second time', async (_, fault, expected) => {
    stage.api.fails({ method: 'sendMessage', ...fault });
    await expect(send({ text: 'x' })).rejects.toMatchObject({ name: 'SendError', ...expected });
    expect(stage.api.calls.filter((call) => call.method === 'sendMessage')).toHaveLength(1);
  });

  it('keeps the token out of what it throws', async () => {
    stage.api.fails({ method: 'sendMessage', cut: 'before' });
    await expect(send({ text: 'x' })).rejects.toSatisfy(
      (error: Error) => !`${error.message}${error.stack}`.includes(stage.api.token),
    );
  });

  it('offers its commands in each language', async () => {
    await stage.start();
    await eventually(() => [...stage.api.world.commands.keys()]).toEqual(['', 'ru', 'en']);
    expect(stage.api.world.commands.get('ru')).toEqual([{ command: 'propose', description: 'Написать предложение' }]);
    expect(stage.channel.username).toBe('sunush_test_bot');
  });

  it('receives though Telegram does not take the commands', async () => {
    stage.api.fails({ method: 'setMyCommands', error: new ApiError(404, 'Not Found: method not found') });
    await stage.start();
    person.sends('Суу жок');
    await eventually(stage.texts).toEqual(['Суу жок']);
    expect(stage.troubles).toEqual([]);
  });
});
