import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WAWebJS from 'whatsapp-web.js';
import { startWhatsAppWeb, type WhatsAppWeb } from '../../support/whatsapp-web/web.ts';
import { profileFolder, type RealClient, startClient } from './real-client.ts';

const { Location, MessageMedia, Poll } = WAWebJS;

let web: WhatsAppWeb;
let bot: RealClient;
const undo: (() => Promise<void>)[] = [];

beforeAll(async () => {
  web = await startWhatsAppWeb();
  bot = startClient(web, await profileFolder((step) => undo.push(step)));
  await web.phone.scanQr();
  await bot.says('ready');
});

afterAll(async () => {
  await bot.client.destroy();
  const { complaints } = web;
  await web.close();
  for (const step of undo) await step();
  expect(complaints).toEqual([]);
});

const bytes = (size: number, seed: number) => Buffer.from(Array.from({ length: size }, (_, at) => (at * seed) % 256));

describe('what people send to the bot', () => {
  it('a text comes with its sender, its time and its id', async () => {
    const at = new Date('2026-05-04T03:02:01Z');
    const id = web.phone.person('996555000001').writes('Салам, суу жок', { at });
    const message = await bot.message(id);
    expect(message).toMatchObject({ body: 'Салам, суу жок', from: '996555000001@c.us', type: 'chat', fromMe: false });
    expect(message.timestamp).toBe(at.getTime() / 1000);
    expect((await message.getContact()).pushname).toBe('996555000001');
  });

  it.each([
    ['a photo with a caption', 'image', 'image/jpeg'],
    ['a voice message', 'ptt', 'audio/ogg; codecs=opus'],
    ['a document', 'document', 'application/pdf'],
    ['a sticker', 'sticker', 'image/webp'],
  ])('%s comes with the same bytes', async (_what, type, mimetype) => {
    const person = web.phone.person('996555000002');
    const content = bytes(70_000, 7);
    const send: Record<string, () => string> = {
      image: () => person.sendsPhoto(content, 'Көпүрө'),
      ptt: () => person.sendsVoice(content),
      document: () => person.sendsDocument(content, 'арыз.pdf'),
      sticker: () => person.sendsSticker(content),
    };
    const message = await bot.message(send[type]?.() ?? '');
    expect(message).toMatchObject({ type, hasMedia: true, _data: { size: content.length, mimetype } });
    const media = await message.downloadMedia();
    expect(Buffer.from(media.data, 'base64').equals(content)).toBe(true);
    expect(media.mimetype).toBe(mimetype);
  });

  it('a file can be judged by its size without a download', async () => {
    const id = web.phone.person('996555000002').sendsBigFile(90_000_000);
    const message = await bot.message(id);
    expect(message).toMatchObject({ hasMedia: true, _data: { size: 90_000_000 } });
    expect(web.downloads).not.toContain(id);
  });

  it('an expired file is undefined, one the server cannot give throws', async () => {
    const person = web.phone.person('996555000002');
    const expired = await bot.message(person.sendsPhoto(bytes(10, 3), '', { state: 'expired' }));
    expect(await expired.downloadMedia()).toBeUndefined();
    const broken = await bot.message(person.sendsPhoto(bytes(10, 3), '', { state: 'broken' }));
    await expect(broken.downloadMedia()).rejects.toThrow('media: 500');
    expect(web.downloads).toContain(broken.id._serialized);
  });

  it('a place, a reply, a message that disappears, one to be seen once', async () => {
    const person = web.phone.person('996555000003');
    const place = await bot.message(person.sendsLocation(42.2, 75.75, 'Клуб'));
    expect(place.location).toMatchObject({ latitude: 42.2, longitude: 75.75, name: 'Клуб' });
    const reply = await bot.message(person.writes('ооба', { quoted: place.id._serialized }));
    expect(reply.hasQuotedMsg).toBe(true);
    expect((await reply.getQuotedMessage()).id._serialized).toBe(place.id._serialized);
    expect((await bot.message(person.writes('…', { ephemeral: true }))).isEphemeral).toBe(true);
    const once = await bot.message(person.sendsPhoto(bytes(10, 3), '', { viewOnce: true }));
    expect(once).toMatchObject({ hasMedia: true, _data: { isViewOnce: true } });
    const withheld = person.sendsPhoto(bytes(10, 3), '', { viewOnce: 'withheld' });
    await bot.message(withheld, 'message_ciphertext');
  });

  it('a message that cannot be read at first comes as ciphertext, then once as itself', async () => {
    const id = web.phone.person('996555000003').sendsCiphertextFirst('Жол жаман');
    await bot.message(id, 'message_ciphertext');
    expect((await bot.message(id)).body).toBe('Жол жаман');
  });

  it('an edit, a deletion, an emoji, a call', async () => {
    const person = web.phone.person('996555000004');
    const id = person.writes('Мектеп');
    await bot.message(id);
    const emoji = new Promise<string>((resolve) => {
      bot.client.on('message_reaction', (reaction) => resolve(reaction.reaction));
    });
    person.reacts(id, '👍');
    expect(await emoji).toBe('👍');
    person.edits(id, 'Мектепке жол');
    expect((await bot.message(id, 'message_edit')).body).toBe('Мектепке жол');
    person.revokes(id);
    await bot.message(id, 'message_revoke_everyone');
    person.calls();
    await bot.says('call');
  });

  it('a status, a broadcast list, a channel, own messages: each can be told apart', async () => {
    const person = web.phone.person('996555000004');
    expect(await bot.message(person.sendsStatus('Салам'))).toMatchObject({ isStatus: true, from: 'status@broadcast' });
    expect(await bot.message(person.sendsByBroadcastList('Салам'))).toMatchObject({ broadcast: true });
    const post = await bot.message(web.phone.newsletterPosts('120363', 'Жаңылык'));
    expect(post.from).toBe('120363@newsletter');
    const own = await bot.message(web.phone.writes(person.id, 'мен'), 'message_create');
    expect(own).toMatchObject({ fromMe: true, to: person.id });
  });

  it('a vote in a poll of theirs', async () => {
    const person = web.phone.person('996555000004');
    const vote = new Promise<unknown>((resolve) => {
      bot.client.on('vote_update', (update) => resolve(update));
    });
    const id = person.sendsPoll('Качан?', ['Бүгүн', 'Эртең']);
    expect((await bot.message(id)).type).toBe('poll_creation');
    person.votes(id, [1]);
    expect(await vote).toMatchObject({ selectedOptions: [{ name: 'Эртең', localId: 1 }] });
  });

  it('fifty at once, each of them', async () => {
    const person = web.phone.person('996555000005');
    const ids = Array.from({ length: 50 }, (_, at) => person.writes(`${at}`));
    const messages = await Promise.all(ids.map((id) => bot.message(id)));
    expect(messages.map(({ body }) => body)).toEqual(ids.map((_, at) => `${at}`));
  });
});

describe('what the bot sends', () => {
  it('a text comes with ack 0 and goes on to delivered and read', async () => {
    const { id } = web.phone.person('996555000011');
    web.phone.person('996555000011').writes('?');
    const message = await bot.client.sendMessage(id, 'Саламатсызбы');
    expect(message.ack).toBe(0);
    const sent = await web.sent.waitFor((each) => each.id === message.id._serialized);
    expect(sent).toMatchObject({ chatId: id, kind: 'text', text: 'Саламатсызбы', quotedId: null });
    await expect.poll(() => bot.acks(sent.id)).toEqual([1, 2]);
    web.acks.read(sent.id);
    await expect.poll(() => bot.acks(sent.id)).toEqual([1, 2, 3]);
    expect((await bot.client.getMessageById(sent.id)).ack).toBe(3);
  });

  it('a reply names what it replies to', async () => {
    const asked = await bot.message(web.phone.person('996555000012').writes('?'));
    const answer = await asked.reply('!', undefined, { linkPreview: false, sendSeen: false });
    const sent = await web.sent.waitFor((each) => each.id === answer.id._serialized);
    expect(sent.quotedId).toBe(asked.id._serialized);
  });

  it.each([
    ['a photo', 'image', 'image/jpeg', {}],
    ['a voice message', 'voice', 'audio/ogg; codecs=opus', { sendAudioAsVoice: true }],
    ['a document', 'document', 'application/pdf', { sendMediaAsDocument: true }],
  ])('%s arrives with the same bytes', async (_what, kind, mimetype, how) => {
    const person = web.phone.person('996555000013');
    person.writes('?');
    const content = bytes(70_000, 11);
    const media = new MessageMedia(mimetype, content.toString('base64'), 'файл.pdf');
    const message = await bot.client.sendMessage(person.id, media, { caption: 'Мына', ...how });
    const sent = await web.sent.waitFor((each) => each.id === message.id._serialized);
    expect(sent).toMatchObject({ kind, text: 'Мына', media: { mimetype } });
    expect(sent.media?.bytes.equals(content)).toBe(true);
    expect(sent.media?.filename).toBe(kind === 'document' ? 'файл.pdf' : null);
  });

  it('a place, a poll, "typing…", an emoji', async () => {
    const person = web.phone.person('996555000014');
    const asked = await bot.message(person.writes('?'));
    await bot.client.sendMessage(person.id, new Location(42.2, 75.75, { name: 'Клуб' }));
    expect(await web.sent.waitFor((each) => each.kind === 'location')).toMatchObject({ location: { latitude: 42.2 } });
    await bot.client.sendMessage(person.id, new Poll('Качан?', ['Бүгүн', 'Эртең']));
    const poll = await web.sent.waitFor((each) => each.kind === 'poll');
    expect(poll).toMatchObject({ text: 'Качан?', poll: { options: ['Бүгүн', 'Эртең'] } });
    await (await asked.getChat()).sendStateTyping();
    await expect.poll(() => web.typing).toContainEqual({ chatId: person.id, state: 'typing' });
    await asked.react('✅');
    expect(web.reactions).toContainEqual({ messageId: asked.id._serialized, emoji: '✅' });
  });

  it('a message to somebody who blocked the bot stays at the server; one that fails says -1', async () => {
    const person = web.phone.person('996555000015');
    person.writes('?');
    person.blocksBot();
    const stays = await bot.client.sendMessage(person.id, 'а', { waitUntilMsgSent: true });
    await web.trouble.set({ sends: 'fail' });
    const fails = await bot.client.sendMessage(person.id, 'б');
    await expect.poll(() => bot.acks(fails.id._serialized)).toEqual([-1]);
    await web.trouble.set({ sends: 'pass' });
    expect(bot.acks(stays.id._serialized)).toEqual([1]);
  });

  it('a send that hangs does not return; one without an answer stays at ack 0 though it arrived', async () => {
    const person = web.phone.person('996555000016');
    person.writes('?');
    await web.trouble.set({ sends: 'hang' });
    const late = new Promise((resolve) => setTimeout(() => resolve('late'), 300));
    const hangs = bot.client.sendMessage(person.id, 'а').catch(() => 'given up');
    expect(await Promise.race([hangs, late])).toBe('late');
    await web.trouble.set({ sends: 'unanswered' });
    const message = await bot.client.sendMessage(person.id, 'б');
    const sent = await web.sent.waitFor((each) => each.id === message.id._serialized);
    expect(sent.ack).toBe(0);
    await web.trouble.set({ sends: 'pass' });
    web.acks.delivered(sent.id);
    await expect.poll(() => bot.acks(sent.id)).toEqual([2]);
  });

  it('somebody new is written to only after a look-up, and not without WhatsApp', async () => {
    const { id } = web.phone.person('996555000017');
    await expect(bot.client.sendMessage(id, 'а')).rejects.toThrow('No LID for user');
    expect(await bot.client.getNumberId('996555000017')).toMatchObject({ _serialized: id });
    expect((await bot.client.sendMessage(id, 'б')).to).toBe(id);
    expect(await bot.client.getNumberId('996555999999')).toBeNull();
  });
});

describe('people with a LID', () => {
  it('write under it, and the pair is told where it is known', async () => {
    const open = web.phone.person('996555000021', { lid: '771', speaksAs: 'lid' });
    const message = await bot.message(open.writes('Салам'));
    expect(message.from).toBe('771@lid');
    const pair = { lid: '771@lid', pn: '996555000021@c.us' };
    expect(await bot.client.getContactLidAndPhone(['771@lid'])).toEqual([pair]);
    expect(await bot.client.getContactLidAndPhone(['996555000021@c.us'])).toEqual([pair]);
    const answer = await message.reply('Саламатсызбы');
    expect(answer.to).toBe('771@lid');
    expect((await bot.client.sendMessage('996555000021@c.us', 'Дагы')).to).toBe('771@lid');
  });

  it('may hide their number, or have a number whose LID is not told', async () => {
    const hidden = web.phone.person('772@lid');
    await bot.message(hidden.writes('Салам'));
    expect(await bot.client.getContactLidAndPhone(['772@lid'])).toEqual([{ lid: '772@lid' }]);
    const plain = web.phone.person('996555000022');
    await bot.message(plain.writes('Салам'));
    expect(await bot.client.getContactLidAndPhone([plain.id])).toEqual([{ pn: plain.id }]);
  });
});

describe('a group', () => {
  it('brings who wrote, takes an answer, and refuses it once the bot was put out', async () => {
    const person = web.phone.person('996555000031');
    const group = web.phone.makeGroup('120363000000000001', 'Мантыш', [person, web.phone.person('996555000032')]);
    const message = await bot.message(person.writesIn(group, '@сунуш суу жок', { mentions: ['996700000000@c.us'] }));
    expect(message).toMatchObject({ from: group.id, author: person.id, mentionedIds: ['996700000000@c.us'] });
    const chat = await message.getChat();
    expect(chat).toMatchObject({
      isGroup: true,
      name: 'Мантыш',
      isReadOnly: false,
    });
    const answer = await message.reply('Кабыл алынды');
    const sent = await web.sent.waitFor((each) => each.id === answer.id._serialized);
    expect(sent).toMatchObject({ chatId: group.id, quotedId: message.id._serialized });
    const reply = await bot.message(person.writesIn(group, 'Рахмат', { quoted: sent.id }));
    expect((await reply.getQuotedMessage()).fromMe).toBe(true);
    const out = new Promise<string[]>((resolve) => {
      bot.client.on('group_leave', (notification) => resolve(notification.recipientIds));
    });
    group.removesBot();
    expect(await out).toEqual(['996700000000@c.us']);
    const refused = await bot.client.sendMessage(group.id, 'Дагы');
    await expect.poll(() => bot.acks(refused.id._serialized)).toEqual([-1]);
  });

  it('may name its members by LID, and let only admins write', async () => {
    const person = web.phone.person('996555000033', { lid: '773', speaksAs: 'lid' });
    const group = web.phone.makeGroup('120363000000000002', 'Ортоk', [person], { byLid: true });
    group.announceOnly();
    const message = await bot.message(person.writesIn(group, 'Салам'));
    expect(message).toMatchObject({ from: group.id, author: '773@lid' });
    expect((await message.getChat()).isReadOnly).toBe(true);
  });
});

describe('a chat', () => {
  it('counts what is unread until the bot has seen it, and gives its messages', async () => {
    const person = web.phone.person('996555000041');
    const since = Date.now() - 60_000;
    const ids = Array.from({ length: 30 }, (_, at) => person.writes(`${at}`, { at: new Date(since + at * 1000) }));
    await bot.message(ids.at(-1) ?? '');
    const chats = await bot.client.getChats();
    const chat = chats.find(({ id }) => id._serialized === person.id);
    expect(chat).toMatchObject({ unreadCount: 30, lastMessage: { body: '29' } });
    await chat?.sendSeen();
    expect(web.unread(person.id)).toBe(0);
    const messages = await chat?.fetchMessages({ limit: 25 });
    expect(messages?.map(({ body }) => body)).toEqual(Array.from({ length: 25 }, (_, at) => `${at + 5}`));
  });
});
