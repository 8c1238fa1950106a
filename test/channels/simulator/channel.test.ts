import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulatorChannel, type SimulatorChannel } from '../../../src/channels/simulator/channel.ts';
import { plain } from '../../../src/core/text.ts';
import type { InboundEvent } from '../../../src/messaging/contract.ts';
import type { SimulatedMessage } from '../../../src/messaging/simulated-chat.ts';
import { describeChannel } from '../contract.ts';

const NOW = new Date('2026-11-22T09:00:00Z');
const aigul = { channel: 'simulator', account: 'local', id: 'aigul' } as const;
const photo = {
  kind: 'photo',
  bytes: new Uint8Array([0xff, 0xd8, 0xff, 1, 2]),
  mime: 'image/jpeg',
  name: 'суу.jpg',
} as const;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'simulator-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const create = (now: Date = NOW) => createSimulatorChannel({ dir: join(dir, 'files'), clock: { now: () => now } });

const optionsOf = (message: SimulatedMessage) => message.options.map(({ label }) => label);

describeChannel(
  'the simulator',
  async () => {
    const channel = create();
    const bot = () => channel.transcript('aigul').filter(({ from }) => from === 'bot');
    return {
      channel,
      address: aigul,
      says: (text) => channel.say('aigul', { kind: 'text', text }),
      taps: async (label) => {
        const message = bot().findLast((each) => optionsOf(each).includes(label));
        const data = message?.options.find((option) => option.label === label)?.data ?? 'none';
        await channel.say('aigul', { kind: 'pick', messageId: message?.id ?? '', data });
      },
      seen: async () => bot().map((message) => [plain(message.text), ...optionsOf(message)].join('\n')),
      nowhere: { ...aigul, id: 'Nobody!' },
      blocks: null,
      close: async () => {},
    };
  },
  { redelivers: false },
);

describe('createSimulatorChannel', () => {
  let channel: SimulatorChannel;
  let inbox: InboundEvent[];
  const receive = async (events: InboundEvent[]) => {
    inbox.push(...events);
  };
  const states = () => channel.transcript('aigul').map(({ state }) => state);
  const read = (index: number) => channel.read(inbox[index]?.payload);

  beforeEach(async () => {
    inbox = [];
    channel = create();
    await channel.start(receive);
  });

  it('has an own message ticked once it is stored, and again once the bot has written', async () => {
    await channel.say('aigul', { kind: 'text', text: 'Суу жок' });
    expect(states()).toEqual(['stored']);
    await channel.send(aigul, { text: 'Саламатсызбы!' });
    expect(states()).toEqual(['answered', 'stored']);
  });

  it('shows an own message before it is stored and waits for the storing', async () => {
    let stored = () => {};
    await channel.start(() => new Promise((resolve) => (stored = resolve)));
    const said = channel.say('aigul', { kind: 'text', text: 'Суу жок' });
    await expect.poll(states).toEqual(['sending']);
    stored();
    await said;
    expect(states()).toEqual(['stored']);
  });

  it('marks as failed what could not be stored, and says why', async () => {
    await channel.start(() => Promise.reject(new Error('no database')));
    await expect(channel.say('aigul', { kind: 'text', text: 'Суу жок' })).rejects.toThrow('no database');
    expect(states()).toEqual(['failed']);
  });

  it('tells the bot who writes and in which language the phone is', async () => {
    await channel.say('timur', { kind: 'text', text: 'нет воды' });
    expect(read(0)).toMatchObject({
      personName: 'Тимур',
      languageCode: 'ru',
      group: false,
      edited: false,
      sentAt: NOW,
    });
  });

  it('cleans the text only when it is read: the stored words are those that came', async () => {
    await channel.say('aigul', { kind: 'text', text: 'суу\u0000 жок\u202E' });
    expect(JSON.stringify(inbox[0]?.payload)).toContain('\\u0000');
    expect(read(0)?.content).toEqual({ kind: 'text', text: 'суу жок' });
  });

  it('brings an edit under the id of the message that it changes, and shows it so', async () => {
    await channel.say('aigul', { kind: 'text', text: 'Суу жог' });
    const [message] = channel.transcript('aigul');
    await channel.say('aigul', { kind: 'edit', messageId: message?.id ?? '', text: 'Суу жок' });
    expect(read(1)).toMatchObject({ edited: true, messageId: message?.id, content: { kind: 'text', text: 'Суу жок' } });
    expect(channel.transcript('aigul')).toMatchObject([
      { id: message?.id, text: 'Суу жок', edited: true, state: 'stored' },
    ]);
  });

  it('takes back an edit that could not be stored', async () => {
    await channel.say('aigul', { kind: 'text', text: 'Суу жок' });
    const [message] = channel.transcript('aigul');
    await channel.start(() => Promise.reject(new Error('no database')));
    await expect(channel.say('aigul', { kind: 'edit', messageId: message?.id ?? '', text: 'x' })).rejects.toThrow(
      'no database',
    );
    expect(channel.transcript('aigul')).toMatchObject([{ text: 'Суу жок', edited: false, state: 'stored' }]);
  });

  it('refuses to edit a message of the bot', async () => {
    const { externalId } = await channel.send(aigul, { text: 'Саламатсызбы!' });
    await expect(channel.say('aigul', { kind: 'edit', messageId: externalId, text: 'x' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('brings a tapped button with the message that it stands below, and keeps it marked', async () => {
    const { externalId } = await channel.send(aigul, {
      text: 'Айыл?',
      options: [{ data: 'd:village:ortok', label: 'Орток' }],
    });
    await channel.say('aigul', { kind: 'pick', messageId: externalId, data: 'd:village:ortok' });
    expect(read(0)).toMatchObject({ messageId: externalId, content: { kind: 'pick', data: 'd:village:ortok' } });
    expect(channel.transcript('aigul')).toMatchObject([{ picked: 'd:village:ortok' }]);
  });

  it('gives each event an id of its own: a message, its edit, two taps of one button', async () => {
    const { externalId } = await channel.send(aigul, { text: 'Айыл?', options: [{ data: 'x', label: 'Орток' }] });
    await channel.say('aigul', { kind: 'pick', messageId: externalId, data: 'x' });
    await channel.say('aigul', { kind: 'pick', messageId: externalId, data: 'x' });
    await channel.say('aigul', { kind: 'text', text: 'Суу жог' });
    const messageId = channel.transcript('aigul').at(-1)?.id ?? '';
    await channel.say('aigul', { kind: 'edit', messageId, text: 'Суу жок' });
    expect(new Set(inbox.map(({ eventId }) => eventId)).size).toBe(4);
  });

  it('brings a location', async () => {
    await channel.say('aigul', { kind: 'location', latitude: 42.2, longitude: 75.6 });
    expect(read(0)?.content).toEqual({ kind: 'location', latitude: 42.2, longitude: 75.6 });
  });

  it('brings several files as one album in one batch, the words with the first', async () => {
    const batches: number[] = [];
    await channel.start(async (events) => {
      batches.push(events.length);
      inbox.push(...events);
    });
    await channel.say('aigul', { kind: 'files', files: [photo, photo], caption: 'түтүк' });
    expect(batches).toEqual([2]);
    const [first, second] = [read(0)?.content, read(1)?.content];
    expect(first).toMatchObject({
      kind: 'media',
      caption: 'түтүк',
      media: { kind: 'photo', mime: 'image/jpeg', fileName: 'суу.jpg', size: 5 },
    });
    expect(second).toMatchObject({ kind: 'media', caption: '' });
    const albums = [first, second].map((content) => (content?.kind === 'media' ? content.albumId : null));
    expect(albums[0]).toEqual(expect.any(String));
    expect(albums[1]).toBe(albums[0]);
  });

  it('gives an upload out again after a restart, and lets nobody else on the machine read it', async () => {
    await channel.say('aigul', { kind: 'files', files: [photo], caption: '' });
    const content = read(0)?.content;
    const ref = content?.kind === 'media' ? content.media.ref : '';
    const bytes = await new Response(await create().fetch(ref)).arrayBuffer();
    expect(new Uint8Array(bytes)).toEqual(photo.bytes);
    expect((await stat(join(dir, 'files', ref))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dir, 'files'))).mode & 0o777).toBe(0o700);
  });

  it.each(['00000000-0000-0000-0000-000000000000', '../../etc/passwd', ''])(
    'says of the ref %j that it is gone',
    async (ref) => {
      await expect(channel.fetch(ref)).rejects.toMatchObject({ name: 'SendError', reason: 'gone' });
    },
  );

  it('removes uploads after a week, at a start', async () => {
    await channel.say('aigul', { kind: 'files', files: [photo, photo], caption: '' });
    const [old = ''] = await readdir(join(dir, 'files'));
    const past = new Date(NOW.getTime() - 8 * 24 * 3600 * 1000);
    await utimes(join(dir, 'files', old), past, past);
    await create().start(receive);
    expect(await readdir(join(dir, 'files'))).toHaveLength(1);
  });

  it('changes the message that another one replaces, in its place', async () => {
    const first = await channel.send(aigul, { text: 'Бет 1', options: [{ data: 'next', label: '›' }] });
    await channel.send(aigul, { text: 'Дагы' });
    const second = await channel.send(aigul, { text: 'Бет 2', replaces: first.externalId });
    expect(second).toEqual(first);
    expect(channel.transcript('aigul').map(({ text }) => text)).toEqual(['Бет 2', 'Дагы']);
  });

  it('sends anew what should replace a message that is there no more', async () => {
    await channel.send(aigul, { text: 'Бет 2', replaces: 'gone' });
    expect(channel.transcript('aigul')).toHaveLength(1);
  });

  it.each([
    ['no words and no file', { text: '' }],
    ['a button of 65 bytes', { text: 'x', options: [{ data: 'x'.repeat(65), label: 'x' }] }],
  ])('rejects %s, as real platforms do', async (_, content) => {
    await expect(channel.send(aigul, content)).rejects.toMatchObject({ name: 'SendError', reason: 'rejected' });
  });

  it('shows each further file of the bot in a bubble of its own', async () => {
    const file = (name: string) => ({ path: `/tmp/${name}`, name, mime: 'application/pdf' });
    const options = [{ data: 'a:b:c', label: 'Келем' }];
    const content = { text: 'Жыйын', options, file: file('1.pdf'), moreFiles: [file('2.pdf'), file('3.pdf')] };
    const { externalId } = await channel.send(aigul, content);
    const bubbles = channel.transcript('aigul');
    expect(bubbles.map(({ text, file }) => [text, file?.name])).toEqual([
      ['Жыйын', '1.pdf'],
      ['', '2.pdf'],
      ['', '3.pdf'],
    ]);
    expect(bubbles[0]).toMatchObject({ id: externalId, options });
    expect(channel.findFile(bubbles[2]?.file?.id ?? '')?.path).toBe('/tmp/3.pdf');
  });

  it('offers a file of the bot to the page', async () => {
    await channel.send(aigul, { text: '', file: { path: '/tmp/plan.pdf', name: 'план.pdf', mime: 'application/pdf' } });
    const [message] = channel.transcript('aigul');
    expect(channel.findFile(message?.file?.id ?? '')).toEqual({
      path: '/tmp/plan.pdf',
      name: 'план.pdf',
      mime: 'application/pdf',
    });
    expect(channel.findFile('other')).toBeNull();
  });

  it('keeps the last 500 messages of a person', async () => {
    for (let n = 1; n <= 501; n += 1) await channel.send(aigul, { text: String(n) });
    expect(channel.transcript('aigul').map(({ text }) => text)).toEqual(
      Array.from({ length: 500 }, (_, n) => String(n + 2)),
    );
  });

  it('tells what changed after a revision: new and changed messages of all chats, in their places', async () => {
    const first = await channel.send(aigul, { text: 'a', options: [{ data: 'x', label: 'x' }] });
    await channel.send({ ...aigul, id: 'emma' }, { text: 'b' });
    const seen = Math.max(...channel.changesAfter(0).map(({ rev }) => rev));
    expect(channel.changesAfter(seen)).toEqual([]);
    await channel.send(aigul, { text: 'c' });
    await channel.say('aigul', { kind: 'pick', messageId: first.externalId, data: 'x' });
    expect(channel.changesAfter(seen).map(({ text }) => text)).toEqual(['a', 'c']);
  });

  it('calls a subscriber at each change until it leaves', async () => {
    const heard: string[] = [];
    const leave = channel.subscribe((message) => heard.push(`${message.person} ${plain(message.text)}`));
    await channel.send(aigul, { text: 'a' });
    leave();
    await channel.send(aigul, { text: 'b' });
    expect(heard).toEqual(['aigul a']);
  });

  it('goes on counting after a restart, so that an open page takes new messages for new', async () => {
    await channel.send(aigul, { text: 'before' });
    const [before] = channel.transcript('aigul');
    const later = create(new Date(NOW.getTime() + 1000));
    await later.send(aigul, { text: 'after' });
    const [after] = later.changesAfter(before?.rev ?? 0);
    expect(after?.text).toBe('after');
    expect(after?.seq).toBeGreaterThan(before?.seq ?? 0);
    expect(after?.id).not.toBe(before?.id);
  });

  it.each(['', 'Aigul', '../x', 'a'.repeat(33)])('knows no person %j', async (person) => {
    await expect(channel.say(person, { kind: 'text', text: 'x' })).rejects.toMatchObject({ code: 'invalid' });
  });
});
