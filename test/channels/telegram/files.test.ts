import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelAddress, OutboundContent, OutboundFile } from '../../../src/messaging/contract.ts';
import { ApiError, tooManyRequests } from '../../support/bot-api/api-error.ts';
import type { FakePerson } from '../../support/bot-api/person.ts';
import { eventually } from '../eventually.ts';
import { type TelegramStage, telegramStage } from './stage.ts';

const CHATS = [1, 2, 3, 4, 5];
const MEGABYTE = 1024 * 1024;

describe('files of an announcement on Telegram', () => {
  let stage: TelegramStage;
  let people: FakePerson[];
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'telegram-files-'));
    stage = await telegramStage({}, { latencyMs: 50 });
    people = stage.api.acquaintances(CHATS);
  });
  afterEach(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  const to = (id: number): ChannelAddress => ({ channel: 'telegram', account: stage.channel.account, id: String(id) });
  const send = (content: OutboundContent, id = 1) => stage.channel.send(to(id), content);
  const uploads = () => stage.api.calls.filter((call) => call.uploads > 0).length;
  const seen = (person = people[0]) =>
    person?.received().map(({ text, file }) => (file === null ? text : `${file.kind} ${file.name}: ${text}`)) ?? [];

  /** Sends to all, the first of whom carries the file. */
  async function firstAndOthers(file: OutboundFile) {
    const first = send({ text: '', file });
    await eventually(() => stage.api.calls.length).toBe(1);
    return [first, ...CHATS.slice(1).map((id) => send({ text: '', file }, id))];
  }

  async function aFile(name: string, content: string | Uint8Array = name, mime = 'application/pdf') {
    const path = join(folder, name);
    await writeFile(path, content);
    return { path, name, mime } satisfies OutboundFile;
  }

  it('come one after the other, the text with the first and the buttons below the last', async () => {
    const files = [await aFile('план.pdf'), await aFile('карта.png', 'png', 'image/png'), await aFile('бюджет.xlsx')];
    const [file, ...moreFiles] = files as [OutboundFile, ...OutboundFile[]];
    const { externalId } = await send({ text: 'Жыйын', file, moreFiles, options: [{ data: 'a:b:c', label: 'Келем' }] });
    expect(seen()).toEqual(['document план.pdf: Жыйын', 'photo карта.png: ', 'document бюджет.xlsx: ']);
    expect(people[0]?.received().map(({ buttons }) => buttons.length)).toEqual([0, 0, 1]);
    expect(people[0]?.received().at(-1)?.id).toBe(Number(externalId));
  });

  it('come after a text that is too long for a caption', async () => {
    const moreFiles = [await aFile('а.pdf'), await aFile('б.pdf')];
    await send({ text: 'ж'.repeat(1_025), moreFiles });
    expect(seen()).toEqual(['ж'.repeat(1_025), 'document а.pdf: ', 'document б.pdf: ']);
  });

  it('are carried to Telegram once, however many get them at the same time', async () => {
    const file = await aFile('план.pdf');
    const moreFiles = [await aFile('карта.png', 'png', 'image/png')];
    await Promise.all(CHATS.map((id) => send({ text: 'Жыйын', file, moreFiles }, id)));
    expect(uploads()).toBe(2);
    for (const person of people) expect(seen(person)).toEqual(['document план.pdf: Жыйын', 'photo карта.png: ']);
  });

  it('are carried there by the next one where the first has blocked the bot', async () => {
    if (people[0]) people[0].chat.closed = 'blocked';
    const file = await aFile('план.pdf');
    const sent = await Promise.allSettled(await firstAndOthers(file));
    expect(sent.map(({ status }) => status)).toEqual(['rejected', ...CHATS.slice(1).map(() => 'fulfilled')]);
    expect(sent[0]).toMatchObject({ reason: { reason: 'blocked' } });
    expect(uploads()).toBe(2);
  });

  it.each([
    ['too large for it', new ApiError(413, 'Request Entity Too Large'), { reason: 'rejected', mayHaveArrived: false }],
    ['its own trouble', new ApiError(502, 'Bad Gateway'), { reason: 'unreachable', mayHaveArrived: false }],
    ['too many at once', tooManyRequests(9), { reason: 'throttled', retryAfterMs: 9_000 }],
  ])('let all who wait for one know at once why Telegram does not take it: %s', async (_, error, expected) => {
    stage.api.fails({ method: 'sendDocument', error });
    const file = await aFile('план.pdf');
    const sent = await Promise.allSettled(CHATS.map((id) => send({ text: '', file }, id)));
    expect(stage.api.calls).toHaveLength(1);
    const waited = sent.filter((_, at) => CHATS[at] !== Number(stage.api.calls[0]?.payload.chat_id));
    for (const one of waited) expect(one).toMatchObject({ status: 'rejected', reason: expected });
  });

  it('are carried there again when Telegram has forgotten them', async () => {
    const file = await aFile('план.pdf');
    await send({ text: '1', file });
    stage.api.world.files.clear();
    await Promise.all(CHATS.map((id) => send({ text: '2', file }, id)));
    expect(uploads()).toBe(2);
    expect(seen(people[4])).toEqual(['document план.pdf: 2']);
  });

  it('are carried there again when they have changed', async () => {
    const file = await aFile('план.pdf', 'one');
    await send({ text: '', file });
    await aFile('план.pdf', 'two');
    await utimes(file.path, new Date(), new Date(Date.now() + 5_000));
    await send({ text: '', file });
    expect(people[0]?.received().map((message) => message.file?.bytes.toString())).toEqual(['one', 'two']);
  });

  it('that are photos too large for one are sent to be tapped', async () => {
    await send({ text: '', file: await aFile('карта.png', new Uint8Array(11 * MEGABYTE), 'image/png') });
    expect(seen()).toEqual(['document карта.png: ']);
  });

  it('that Telegram does not take as a picture are tried as one only once', async () => {
    const error = new ApiError(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS');
    stage.api.fails({ method: 'sendPhoto', times: 99, error });
    const file = await aFile('карта.png', 'png', 'image/png');
    await Promise.all(CHATS.map((id) => send({ text: '', file }, id)));
    await send({ text: '', file });
    expect(seen(people[4])).toEqual(['document карта.png: ']);
    expect(stage.api.calls.filter(({ method }) => method === 'sendPhoto')).toHaveLength(1);
    expect(uploads()).toBe(2);
  });

  it('that one person takes no voices of still play for the others', async () => {
    const error = new ApiError(400, 'Bad Request: VOICE_MESSAGES_FORBIDDEN');
    stage.api.fails({ method: 'sendVoice', chatId: 1, error });
    const file = await aFile('добуш.ogg', 'OggS', 'audio/ogg');
    await Promise.all(CHATS.map((id) => send({ text: '', file }, id)));
    expect(people.map((person) => person.received()[0]?.file?.kind)).toEqual(['document', ...Array(4).fill('voice')]);
  });

  it('over 50 MB are rejected before anything is sent', async () => {
    const file = await aFile('аз.pdf');
    const moreFiles = [await aFile('көп.zip', new Uint8Array(50 * MEGABYTE + 1))];
    await expect(send({ text: 'ж'.repeat(1_025), file, moreFiles })).rejects.toMatchObject({ reason: 'rejected' });
    expect(stage.api.calls).toEqual([]);
  });

  it('of an announcement come no faster than one a second, which a chat takes', async () => {
    const moreFiles = [await aFile('а.pdf'), await aFile('б.pdf')];
    await send({ text: 'Жыйын', moreFiles, bulk: true });
    const [first = 0, second = 0] = stage.api.calls.map(({ atMs }) => atMs);
    expect(second - first).toBeGreaterThan(1_000);
  });

  it('that come too fast for a chat say nothing of the account', async () => {
    const moreFiles = [await aFile('а.pdf'), await aFile('б.pdf')];
    stage.api.fails({ method: 'sendDocument', afterCalls: 1, error: tooManyRequests(1) });
    await expect(send({ text: '', moreFiles })).rejects.toMatchObject({ reason: 'throttled', chatOnly: true });
    stage.api.group(-5, 'Мантыш');
    stage.api.fails({ method: 'sendMessage', error: tooManyRequests(1) });
    await expect(send({ text: 'Жыйын' }, -5)).rejects.toMatchObject({ reason: 'throttled', chatOnly: true });
    stage.api.fails({ method: 'sendMessage', error: tooManyRequests(1) });
    await expect(send({ text: 'Жыйын' })).rejects.toMatchObject({ reason: 'throttled', chatOnly: false });
  });

  it('are not sent once another process sends for the account', async () => {
    let held = true;
    const file = await aFile('план.pdf');
    stage.api.fails({ method: 'sendDocument', stallMs: 300 });
    const first = send({ text: '1', file });
    const waiting = stage.channel.send(to(2), { text: '2', file }, () => held);
    held = false;
    await expect(waiting).rejects.toMatchObject({ reason: 'unreachable', mayHaveArrived: false });
    await first;
    expect(seen(people[1])).toEqual([]);
  });
});
