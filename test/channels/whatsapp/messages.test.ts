import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InboundContent, OutboundContent } from '../../../src/messaging/contract.ts';
import { eventually } from '../eventually.ts';
import { chatOf, until, type WhatsAppStage, whatsAppStage } from './stage.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** One linked browser for all; a person of their own in each test. */
let here: WhatsAppStage;
let people = 0;
beforeAll(async () => {
  here = await whatsAppStage({ ackMs: 5_000, callMs: 5_000, sendMs: 12_000 });
  await here.link();
});
afterAll(() => here.close());
beforeEach(() => {
  people++;
  here.inbox.length = 0;
});

const number = () => `99655520${String(people).padStart(4, '0')}`;
const chat = () => chatOf(number());
const person = (about = {}) => here.web.phone.person(number(), { name: 'Айгүл', ...about });
const contents = (): (InboundContent | undefined)[] => here.messages().map((message) => message?.content);
const refs = () => contents().map((content) => (content?.kind === 'media' ? content.media.ref : ''));
const send = (content: OutboundContent, to = chat()) => here.channel.send(to, content);

async function bytesOf(ref: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await here.channel.fetch(ref)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('what people send', () => {
  it('comes with its bytes: a photo with its words, a voice, a file', async () => {
    const voice = randomBytes(3000);
    const photo = Buffer.concat([PNG, randomBytes(100_000)]);
    person().sendsPhoto(photo, 'Көпүрө');
    person().sendsVoice(voice);
    person().sendsDocument(PNG, 'смета.pdf');
    await eventually(() => contents().length).toBe(3);
    const [first, second, third] = contents();
    if (first?.kind !== 'media' || second?.kind !== 'media' || third?.kind !== 'media')
      throw new Error('no files came');
    expect(first).toMatchObject({ caption: 'Көпүрө', media: { kind: 'photo' } });
    expect(second.media.kind).toBe('voice');
    expect(third.media).toMatchObject({ kind: 'document', fileName: 'смета.pdf' });
    expect(await bytesOf(first.media.ref)).toEqual(photo);
    expect(await bytesOf(second.media.ref)).toEqual(voice);
    expect(await bytesOf(third.media.ref)).toEqual(PNG);
  });

  it('may be a place', async () => {
    person().sendsLocation(42.2, 75.75);
    await eventually(contents).toEqual([{ kind: 'location', latitude: 42.2, longitude: 75.75 }]);
  });

  it('is refused before the download when it is too large, and gone when it has expired', async () => {
    person().sendsBigFile(100 * 1024 * 1024, { type: 'video' });
    const expired = person().sendsPhoto(PNG, '', { state: 'expired' });
    await eventually(() => contents().length).toBe(2);
    const [large = '', old = ''] = refs();
    await expect(here.channel.fetch(large)).rejects.toMatchObject({ reason: 'rejected' });
    await expect(here.channel.fetch(old)).rejects.toMatchObject({ reason: 'gone' });
    expect(here.web.downloads).not.toContain(large);
    expect(old).toBe(expired);
  });

  it('is refused where it is larger than it says, and where it says nothing', async () => {
    const large = Buffer.concat([PNG, Buffer.alloc(21 * 1024 * 1024)]);
    person().sendsDocument(large, 'a.pdf', { size: 10 });
    person().sendsDocument(large, 'b.pdf', { more: { size: undefined } });
    person().sendsDocument(PNG, 'c.pdf', { more: { size: undefined } });
    await eventually(() => contents().length).toBe(3);
    const [less = '', none = '', small = ''] = refs();
    await expect(here.channel.fetch(less)).rejects.toMatchObject({ reason: 'rejected' });
    await expect(here.channel.fetch(none)).rejects.toMatchObject({ reason: 'rejected' });
    expect(await bytesOf(small)).toEqual(PNG);
  });

  it('is not gone where its download only broke off', async () => {
    person().sendsPhoto(PNG, '', { state: 'cut off' });
    await eventually(() => contents().length).toBe(1);
    await expect(here.channel.fetch(refs()[0] ?? '')).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('is answered where it is nothing that can be kept: a sticker, a poll, what is to be seen once, a call', async () => {
    person().sendsSticker(PNG);
    person().sendsPoll('Кайсы күнү?', ['Дүйшөмбү', 'Жума']);
    person().sendsPhoto(PNG, '', { viewOnce: true });
    person().calls();
    await eventually(() => contents().map((content) => content?.kind)).toEqual(Array(4).fill('unsupported'));
  });

  it('comes once it can be read, where it came sealed first', async () => {
    person().sendsCiphertextFirst('Мектепке спортзал', { decrypts: 50 });
    await eventually(here.texts).toEqual(['Мектепке спортзал']);
    expect(here.inbox).toHaveLength(1);
  });

  it('is corrected by an edit, which names the message that it changes', async () => {
    const id = person().writes('Мантыш');
    await eventually(() => here.inbox.length).toBe(1);
    person().edits(id, 'Орток');
    await eventually(() => here.messages().at(-1)).toMatchObject({ edited: true, messageId: id });
    expect(here.texts()).toEqual(['Мантыш', 'Орток']);
  });

  it('is not taken from status, broadcast lists, channels and our own phone', async () => {
    person().sendsStatus('Менин күнүм');
    person().sendsByBroadcastList('Баарыңарга салам');
    here.web.phone.newsletterPosts('120363000000000000', 'Жаңылык');
    here.web.phone.writes(chat().id, 'Өз телефонубуздан');
    person().writes('Акыркы');
    await eventually(here.texts).toContain('Акыркы');
    expect(here.inbox).toHaveLength(1);
  });

  it('is shown as seen only once it is stored', async () => {
    person().writes('Суу жок');
    await eventually(here.texts).toEqual(['Суу жок']);
    await eventually(() => here.web.unread(chat().id)).toBe(0);
  });

  it('comes under the id it was sent by, and tells the number of whoever hides it', async () => {
    const lid = here.web.phone.person(number(), { name: 'Бакыт', lid: '7700123', speaksAs: 'lid' });
    lid.writes('Жол бузулду');
    await eventually(() => here.inbox.length).toBe(1);
    expect(here.inbox[0]).toMatchObject({ chatId: '7700123@lid', personId: '7700123@lid' });
    expect(here.messages()[0]?.alsoKnownAs).toBe(`${number()}@c.us`);
    await send({ text: 'Кабыл алынды' }, chatOf('7700123@lid'));
    await eventually(() => here.web.sent.to('7700123@lid').map(({ text }) => text)).toEqual(['Кабыл алынды']);
  });

  it('is taken although it is two days old', async () => {
    person().writes('Кечиккен кат', { at: new Date(Date.now() - 2 * 24 * 3_600_000) });
    await eventually(here.texts).toEqual(['Кечиккен кат']);
  });
});

describe('what is sent', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sunush-files-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, mime: string, bytes = PNG) {
    const path = join(folder, `${people}-${name}`);
    await writeFile(path, bytes);
    return { path, name, mime };
  }
  const sent = () => here.web.sent.to(chat().id);

  it('carries files as people know them: a photo with its words, a voice to be heard, a document by its name', async () => {
    person().writes('салам');
    await eventually(() => here.inbox.length).toBe(1);
    const files = [
      await file('a.jpg', 'image/jpeg'),
      await file('b.ogg', 'audio/ogg'),
      await file('План.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
    ];
    await send({ text: ['Жыйын ', { bold: 'эртең' }], file: files[0], moreFiles: files.slice(1) } as OutboundContent);
    await eventually(() => sent().length).toBe(3);
    expect(sent().map(({ text, kind, media }) => [text, kind === 'voice', media?.filename ?? null])).toMatchObject([
      ['Жыйын *эртең*', false, null],
      ['', true, null],
      ['', false, 'План.docx'],
    ]);
    for (const { media } of sent()) expect(media?.bytes).toEqual(PNG);
  });

  it('is told as sent only once WhatsApp has it', async () => {
    person().writes('салам');
    await here.web.trouble.linkDown();
    await expect(send({ text: 'Кечигет' })).rejects.toMatchObject({ reason: 'unreachable', mayHaveArrived: true });
    await here.web.trouble.linkUp();
    await here.ready();
    const since = new Date(Date.now() - 60_000);
    await eventually(() =>
      here.channel.findSent(chat(), { text: 'Кечигет' }, { since, isOther: async () => false }).catch(() => null),
    ).toMatchObject({ externalId: expect.any(String) });
    expect(sent()).toHaveLength(1);
  });

  it('is found again by its words, and only by them, where the answer was lost', async () => {
    person().writes('салам');
    const since = new Date(Date.now() - 60_000);
    const find = (text: string, isOther = async (_: string) => false) =>
      here.channel.findSent(chat(), { text }, { since, isOther });
    await here.web.trouble.set({ sends: 'unanswered' });
    await expect(send({ text: 'KS-2026-0042 кабыл алынды' })).rejects.toMatchObject({ mayHaveArrived: true });
    await here.web.trouble.set({ sends: 'pass' });
    await expect(find('KS-2026-0042 кабыл алынды')).rejects.toMatchObject({ reason: 'unreachable' });
    here.web.acks.server(sent()[0]?.id ?? '');
    await here.channel.close();
    await here.open();
    await here.ready();
    expect(await find('KS-2026-0043 кабыл алынды')).toBeNull();
    expect(await find('KS-2026-0042 кабыл алынды', async () => true)).toBeNull();
    expect(await find('KS-2026-0042 кабыл алынды')).toMatchObject({ externalId: sent()[0]?.id });
    // it is taken now: the same words again are another message
    expect(await find('KS-2026-0042 кабыл алынды')).toBeNull();
  });

  it('is looked for in vain with somebody who has no chat with us yet, and then goes to them', async () => {
    person();
    const found = here.channel.findSent(
      chat(),
      { text: 'Жыйын эртең' },
      { since: new Date(), isOther: async () => false },
    );
    expect(await found).toBeNull();
    await send({ text: 'Жыйын эртең' });
    expect(sent()).toHaveLength(1);
  });

  it('is sent in the parts that are missing, where some were found', async () => {
    person().writes('салам');
    const content = {
      text: 'Сметалар',
      file: await file('1.pdf', 'application/pdf'),
      moreFiles: [await file('2.pdf', 'application/pdf')],
    };
    await send({ text: content.text, file: content.file });
    await here.channel.close();
    await here.open();
    await here.ready();
    const since = new Date(Date.now() - 60_000);
    expect(await here.channel.findSent(chat(), content, { since, isOther: async () => false })).toBeNull();
    await send(content);
    expect(sent().map(({ media }) => media?.filename)).toEqual(['1.pdf', '2.pdf']);
  });

  it('is given time where its file takes longer than a call may', async () => {
    person().writes('салам');
    await here.web.trouble.set({ uploadMs: 7_000 });
    await send({ text: 'План', file: await file('1.pdf', 'application/pdf') });
    await here.web.trouble.set({ uploadMs: 0 });
    expect(sent()).toHaveLength(1);
  });

  it('goes once, though it is tried again while its file is on the way, and holds up nobody else', async () => {
    person().writes('салам');
    const content = { text: 'План', file: await file('1.pdf', 'application/pdf') };
    await here.web.trouble.set({ uploadMs: 16_000 });
    const first = send(content);
    const answer = send({ text: 'Жооп' });
    await expect(first).rejects.toMatchObject({ mayHaveArrived: true });
    await send(content);
    await answer;
    await here.web.trouble.set({ uploadMs: 0 });
    expect(sent().map(({ text }) => text)).toEqual(['Жооп', 'План']);
  });

  it('is not begun where one of its files is gone', async () => {
    person().writes('салам');
    const content = { text: 'Узун текст. '.repeat(120), file: await file('1.pdf', 'application/pdf') };
    await rm(content.file.path);
    await expect(send(content)).rejects.toMatchObject({ reason: 'rejected', mayHaveArrived: false });
    expect(sent()).toEqual([]);
  });

  it('is sent in the parts that are missing, where a later one failed', async () => {
    person().writes('салам');
    const content = { text: 'Узун текст. '.repeat(120), file: await file('1.pdf', 'application/pdf') };
    let asked = 0;
    await expect(here.channel.send(chat(), content, () => ++asked < 2)).rejects.toMatchObject({ mayHaveArrived: true });
    const since = new Date(Date.now() - 60_000);
    expect(await here.channel.findSent(chat(), content, { since, isOther: async () => false })).toBeNull();
    await send(content);
    expect(sent().map(({ media }) => media?.filename ?? 'text')).toEqual(['text', '1.pdf']);
    // all of it is taken now: the same again is another notice
    expect(await here.channel.findSent(chat(), content, { since, isOther: async () => false })).toBeNull();
    await send(content);
    expect(sent()).toHaveLength(4);
  });

  it('is followed as far as it gets', async () => {
    person().writes('салам');
    const told: string[] = [];
    here.channel.tellAcks((acks) => told.push(...acks.map(({ externalId, ack }) => `${externalId} ${ack}`)));
    const { externalId } = await send({ text: 'Угуу 20-апрелде' });
    here.web.acks.delivered(externalId);
    here.web.acks.read(externalId);
    await eventually(() => told.filter((one) => one.startsWith(externalId))).toEqual(
      ['server', 'delivered', 'read'].map((ack) => `${externalId} ${ack}`),
    );
  });

  it('is followed also where it was read while the bot was away, whatever the page knows of others', async () => {
    person().writes('салам');
    here.web.acks.automatic = 'server';
    const { externalId } = await send({ text: 'Жыйын' });
    here.web.acks.automatic = 'delivered';
    await here.channel.close();
    here.web.acks.read(externalId);
    const told: string[] = [];
    await here.open({}, { listUnread: async () => ['no id', externalId] });
    here.channel.tellAcks((acks) => told.push(...acks.map(({ externalId: id, ack }) => `${id} ${ack}`)));
    await eventually(() => told).toContain(`${externalId} read`);
  });

  it('fails when the page hangs, and the next one goes', async () => {
    person().writes('салам');
    await here.web.trouble.set({ sends: 'hang' });
    await expect(send({ text: 'Биринчи' })).rejects.toMatchObject({ reason: 'unreachable' });
    await here.web.trouble.set({ sends: 'pass' });
    await send({ text: 'Экинчи' });
    expect(sent().map(({ text }) => text)).toContain('Экинчи');
  });

  it('goes to nobody who is not on WhatsApp, and to a number that never wrote', async () => {
    await expect(send({ text: 'x' }, chatOf('996000000001'))).rejects.toMatchObject({ reason: 'gone' });
    person();
    await send({ text: 'Салам' });
    expect(sent()).toHaveLength(1);
  });
});

describe('a village group', () => {
  it('hands over what is tagged, said to us or a command, and nothing else', async () => {
    const aida = person();
    const group = here.web.phone.makeGroup(`12036300000000${people}@g.us`, 'Мантыш айылы', [aida]);
    aida.writesIn(group, 'Кечинде жыйын барбы?');
    aida.writesIn(group, 'Менин сунушум башка');
    aida.writesIn(group, '#сунуш көчөгө жарык керек');
    aida.writesIn(group, '/link mantysh');
    const question = aida.writesIn(group, 'Суу качан болот?');
    aida.writesIn(group, '#сунуш', { quoted: question });
    await eventually(() => here.inbox.length).toBe(3);
    expect(here.texts()).toEqual(['#сунуш көчөгө жарык керек', '/link mantysh', '#сунуш']);
    const [first, , third] = here.messages();
    expect(first).toMatchObject({ group: true, groupTitle: 'Мантыш айылы' });
    expect(first).not.toHaveProperty('quoted');
    expect(third?.quoted).toMatchObject({ messageId: question.split('_', 3).join('_'), text: 'Суу качан болот?' });
    expect(JSON.stringify(here.inbox)).not.toContain('Кечинде');
  });

  it('tells when we are put out and let in again, and takes nothing meanwhile', async () => {
    const group = here.web.phone.makeGroup(`12036300000000${people}@g.us`, 'Орток', [person()]);
    await send({ text: 'Салам' }, chatOf(group.id));
    group.removesBot();
    await eventually(() => contents().at(-1)).toEqual({ kind: 'blocked' });
    await expect(send({ text: 'Салам' }, chatOf(group.id))).rejects.toMatchObject({ reason: 'gone' });
    group.addsBot();
    await eventually(() => contents().at(-1)).toEqual({ kind: 'unblocked' });
    await send({ text: 'Кайра келдик' }, chatOf(group.id));
  });

  it('of a thousand who talk at once holds nobody up', async () => {
    const aida = person();
    const group = here.web.phone.makeGroup(`12036300000000${people}@g.us`, 'Кызыл-Дөбө', [aida]);
    for (let index = 0; index < 1000; index++) aida.writesIn(group, `Сөз ${index}`);
    aida.writes('Өзүмдүн сунушум');
    await eventually(here.texts).toEqual(['Өзүмдүн сунушум']);
  });
});

describe('what came while the bot was away', () => {
  it('is read back once it is there again, each message once', async () => {
    person().writes('биринчи');
    await eventually(here.texts).toEqual(['биринчи']);
    await here.channel.close();
    const group = here.web.phone.makeGroup(`12036300000000${people}@g.us`, 'Ак-Талаа', [person()]);
    person().writes('экинчи');
    person().sendsPhoto(PNG, 'үчүнчү');
    person().writesIn(group, 'жөн эле сөз');
    person().writesIn(group, '#сунуш балдар аянты');
    await here.open();
    await eventually(() => here.inbox.length).toBe(4);
    expect(new Set(here.inbox.map(({ eventId }) => eventId)).size).toBe(4);
    expect(JSON.stringify(here.inbox)).not.toContain('жөн эле');
  });

  it('is read first where somebody waits, and also where it was read on the phone', async () => {
    const answered = person();
    people++;
    const waiting = person();
    answered.writes('салам');
    await eventually(() => here.inbox.length).toBe(1);
    await here.channel.close();
    answered.writes('окулду');
    here.web.phone.reads(answered.id);
    waiting.writes('күтүп жатам');
    await here.open();
    await eventually(here.texts).toEqual(['салам', 'күтүп жатам', 'окулду']);
  });

  it('is read of the other chats where one cannot be read, and of that one once it can', {
    timeout: 90_000,
  }, async () => {
    const unreadable = person();
    people++;
    const other = person();
    unreadable.writes('салам');
    await eventually(() => here.inbox.length).toBe(1);
    await here.channel.close();
    await here.web.trouble.set({ unreadableChat: unreadable.id });
    unreadable.writes('кийинки');
    other.writes('экинчи чат');
    here.web.phone.reads(other.id);
    await here.open({ readAgainMs: 2_000 });
    await until(() => here.texts().includes('экинчи чат'), 'the other chat');
    expect(here.texts()).not.toContain('кийинки');
    await here.web.trouble.set({ unreadableChat: null });
    await until(() => here.texts().includes('кийинки'), 'the chat that could not be read');
  });

  it('comes although it can be read only later', { timeout: 300_000 }, async () => {
    person().writes('биринчи');
    await eventually(() => here.inbox.length).toBe(1);
    await here.channel.close();
    person().sendsCiphertextFirst('спортзал', { decrypts: 15_000 });
    await here.open();
    await here.ready();
    await until(() => here.texts().includes('спортзал'), 'what came sealed');
    expect(here.messages().at(-1)?.edited).toBe(false);
  });

  it('comes although it is days old, where nobody has read it and it came to the bot', {
    timeout: 90_000,
  }, async () => {
    person().writes('биринчи');
    await eventually(() => here.inbox.length).toBe(1);
    await here.channel.close();
    const file = join(here.dataDir, 'whatsapp/status.json');
    const day = (ago: number) => new Date(Date.now() - ago * 24 * 3_600_000);
    await writeFile(file, JSON.stringify({ ...here.channel.status, linkedAt: day(5) }));
    people++;
    person().writes('үч күндүк', { at: day(3) });
    people++;
    person().writes('боттон мурунку', { at: day(6) });
    await here.open();
    await until(() => here.texts().includes('үч күндүк'), 'what is days old');
    expect(here.texts()).not.toContain('боттон мурунку');
  });
});
