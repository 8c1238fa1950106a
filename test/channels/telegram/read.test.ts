import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUpdate } from '../../../src/channels/telegram/read.ts';
import {
  callbackQuery,
  channelPost,
  command,
  editedMessage,
  file,
  GROUP,
  groupMessage,
  membership,
  message,
} from './payloads.ts';

const MB = 1024 * 1024;
const media = { mime: null, fileName: null, size: null };

describe(readUpdate.name, () => {
  it('reads who wrote, when and where', () => {
    expect(readUpdate(message({ text: 'Суу жок' }))).toEqual({
      messageId: '41',
      edited: false,
      sentAt: new Date(1_790_000_000_000),
      group: false,
      personName: 'Айгүл Осмонова',
      languageCode: 'ky',
      content: { kind: 'text', text: 'Суу жок' },
    });
  });

  it('gives an edited message the id of the message it changes', () => {
    expect(readUpdate(editedMessage({ text: 'Жол' }))).toMatchObject({
      messageId: '41',
      edited: true,
      sentAt: new Date(1_790_000_060_000),
      content: { kind: 'text', text: 'Жол' },
    });
  });

  it('names the message that carries the tapped button', () => {
    expect(readUpdate(callbackQuery({ data: 'a1:village:mantysh' }))).toMatchObject({
      messageId: '41',
      personName: 'Айгүл Осмонова',
      content: { kind: 'pick', data: 'a1:village:mantysh' },
    });
  });

  it('knows a group', () => {
    expect(readUpdate(groupMessage({ text: '/propose Суу жок', ...command(8) }))?.group).toBe(true);
    expect(readUpdate(callbackQuery({ message: { message_id: 5, date: 0, chat: GROUP } }))?.group).toBe(true);
  });

  it('tells what a group is called, and that nobody in particular wrote', () => {
    const linking = { text: '/link@sunush_test_bot', ...command(21) };
    expect(readUpdate(groupMessage(linking))).toMatchObject({ groupTitle: 'Мантыш', content: { text: '/link' } });
    expect(readUpdate(groupMessage(linking))).not.toHaveProperty('anonymous');
    expect(readUpdate(groupMessage({ ...linking, sender_chat: GROUP }))).toMatchObject({ anonymous: true });
    expect(readUpdate(channelPost({ text: '/link' }))).toEqual({
      messageId: '43',
      edited: false,
      sentAt: new Date(1_790_000_000_000),
      group: true,
      groupTitle: 'Мантыш кабарлары',
      readOnly: true,
      anonymous: true,
      personName: null,
      languageCode: null,
      content: { kind: 'text', text: '/link' },
    });
  });

  const answered = { message_id: 7, date: 1, from: { id: 77, is_bot: false, first_name: 'Нурлан' } };
  const none = { media: null, location: null };

  it.each([
    ['its words', { text: 'Суу жок' }, { personId: '77', text: 'Суу жок', ...none }],
    [
      'its caption and its file',
      { caption: 'Жол', photo: [file('p')] },
      { personId: '77', text: 'Жол', media: expect.objectContaining({ ref: 'p' }), location: null },
    ],
    ['that the group wrote it', { text: 'Суу жок', sender_chat: GROUP }, { personId: null, text: 'Суу жок', ...none }],
  ])('brings the message that the tag of a proposal answers: %s', (_, fields, quoted) => {
    const tag = { text: '#сунуш', reply_to_message: { ...answered, ...fields } };
    expect(readUpdate(groupMessage(tag))?.quoted).toEqual({ messageId: '7', ...quoted });
  });

  it.each([
    ['more is said', groupMessage({ text: '#сунуш Жол жаман', reply_to_message: { ...answered, text: 'Суу' } })],
    [
      'it is of a bot',
      groupMessage({ text: '#сунуш', reply_to_message: { message_id: 7, from: { id: 1, is_bot: true } } }),
    ],
    ['it is no tag', groupMessage({ text: 'ооба', reply_to_message: { ...answered, text: 'Суу' } })],
    ['nobody else is there', message({ text: '#сунуш', reply_to_message: { ...answered, text: 'Суу' } })],
  ])('brings no message that is answered where %s', (_, update) => {
    expect(readUpdate(update)).not.toHaveProperty('quoted');
  });

  it.each([
    ['a command with its argument', { text: '/start mantysh', ...command(6) }, '/start mantysh'],
    ['a command that names the bot', { text: '/propose@sunush_test_bot Суу', ...command(24) }, '/propose Суу'],
    ['an address that only looks like a command', { text: 'кат@mail.kg', entities: [] }, 'кат@mail.kg'],
    ['an empty text', { text: '' }, ''],
    ['100,000 characters', { text: 'ө'.repeat(100_000) }, 'ө'.repeat(100_000)],
    ['control characters and NUL', { text: 'Су\u0000у\u0007 жок\u001b' }, 'Суу жок'],
    ['nothing but control characters', { text: '\u0000\u0001' }, ''],
    ['a lone surrogate', { text: 'Суу \ud83d жок' }, 'Суу  жок'],
    ['marks that turn the direction', { text: '\u202eсуу\u202c' }, 'суу'],
    ['a right-to-left text', { text: 'ماء' }, 'ماء'],
    ['a forwarded message', { text: 'Суу', forward_origin: { type: 'user', date: 1 } }, 'Суу'],
    ['a reply', { text: 'ооба', reply_to_message: { message_id: 1, date: 1, text: 'Суу?' } }, 'ооба'],
  ])('takes %s as text', (_, fields, text) => {
    expect(readUpdate(message(fields))?.content).toEqual({ kind: 'text', text });
  });

  it.each([
    [
      'a photo in its largest size that can be fetched',
      { photo: [file('s', { file_size: MB }), file('m', { file_size: 20 * MB }), file('l', { file_size: 21 * MB })] },
      { kind: 'photo', ref: 'm', uniqueRef: 'm-u', ...media, mime: 'image/jpeg', size: 20 * MB },
    ],
    [
      'a photo that nobody can fetch, so that it can be refused',
      { photo: [file('l', { file_size: 21 * MB })] },
      { kind: 'photo', ref: 'l', uniqueRef: 'l-u', ...media, mime: 'image/jpeg', size: 21 * MB },
    ],
    [
      'a voice message',
      { voice: file('v', { mime_type: 'audio/ogg', file_size: 900, duration: 3 }) },
      { kind: 'voice', ref: 'v', uniqueRef: 'v-u', ...media, mime: 'audio/ogg', size: 900 },
    ],
    [
      'music',
      { audio: file('a', { file_name: 'ыр.mp3' }) },
      { kind: 'audio', ref: 'a', uniqueRef: 'a-u', ...media, fileName: 'ыр.mp3' },
    ],
    ['a video', { video: file('f') }, { kind: 'video', ref: 'f', uniqueRef: 'f-u', ...media }],
    ['a round video', { video_note: file('n') }, { kind: 'video', ref: 'n', uniqueRef: 'n-u', ...media }],
    [
      'a moving picture',
      { animation: file('g'), document: file('g') },
      { kind: 'video', ref: 'g', uniqueRef: 'g-u', ...media },
    ],
    [
      'a file with a name that hides something',
      { document: file('d', { file_name: 'план\u202egpj.exe', mime_type: 'image/jpeg' }) },
      { kind: 'document', ref: 'd', uniqueRef: 'd-u', ...media, fileName: 'планgpj.exe', mime: 'image/jpeg' },
    ],
  ])('reads %s', (_, fields, expected) => {
    expect(readUpdate(message(fields))?.content).toEqual({
      kind: 'media',
      media: expected,
      caption: '',
      albumId: null,
    });
  });

  it('reads a part of an album with its words', () => {
    const content = readUpdate(
      message({ photo: [file('p')], caption: ' Көпүрө\u0000 ', media_group_id: '77' }),
    )?.content;
    expect(content).toMatchObject({ kind: 'media', caption: 'Көпүрө', albumId: '77' });
  });

  it.each([
    [
      'a place',
      { location: { latitude: 42.2, longitude: 75.7 } },
      { kind: 'location', latitude: 42.2, longitude: 75.7 },
    ],
    [
      'a place with a name',
      { venue: { title: 'Клуб' }, location: { latitude: 42.2, longitude: 75.7 } },
      { kind: 'location', latitude: 42.2, longitude: 75.7 },
    ],
    [
      'an own number',
      { contact: { phone_number: '+996700000000', user_id: 501 } },
      { kind: 'contact', phone: '+996700000000', own: true },
    ],
    [
      'the number of somebody else',
      { contact: { phone_number: '1', user_id: 502 } },
      { kind: 'contact', phone: '1', own: false },
    ],
    [
      'the number of nobody on Telegram',
      { contact: { phone_number: '1' } },
      { kind: 'contact', phone: '1', own: false },
    ],
    [
      'a number without a sender',
      { from: undefined, contact: { phone_number: '1' } },
      { kind: 'contact', phone: '1', own: false },
    ],
    ['a sticker', { sticker: file('s') }, { kind: 'unsupported', what: 'sticker' }],
    ['a poll', { poll: { id: '1' } }, { kind: 'unsupported', what: 'poll' }],
    ['a dice', { dice: { emoji: '🎲', value: 3 } }, { kind: 'unsupported', what: 'dice' }],
    ['a game', { game: { title: 'x' } }, { kind: 'unsupported', what: 'game' }],
    ['something Telegram invents next year', { hologram: {} }, { kind: 'unsupported', what: 'unknown' }],
    ['a photo of a wrong shape', { photo: 'x' }, { kind: 'unsupported', what: 'unknown' }],
    ['a group that has become a supergroup', { migrate_to_chat_id: -1002 }, { kind: 'moved', toChatId: '-1002' }],
  ])('reads %s', (_, fields, content) => {
    expect(readUpdate(message(fields))?.content).toEqual(content);
  });

  it.each([
    ['the person blocking the bot', membership('member', 'kicked'), 'blocked'],
    ['the person coming back', membership('kicked', 'member'), 'unblocked'],
    ['the bot thrown out of a group', membership('administrator', 'left', GROUP), 'blocked'],
    ['the bot taken into a group', membership('left', 'member', GROUP), 'unblocked'],
    ['a change of rights', membership('member', 'administrator', GROUP), undefined],
  ])('reads %s', (_, payload, kind) => {
    expect(readUpdate(payload)?.content.kind).toBe(kind);
  });

  it.each([
    ['a member who joined', message({ new_chat_members: [] })],
    ['a pinned message', message({ pinned_message: {} })],
    ['a call', message({ video_chat_started: {} })],
    ['a post of a channel', { update_id: 1, channel_post: { message_id: 1 } }],
    ['an empty update', { update_id: 1 }],
    ['the next point of a live location', editedMessage({ location: { latitude: 42.2, longitude: 75.7 } })],
    ['an edited sticker', editedMessage({ sticker: file('s') })],
  ])('finds nothing to answer in %s', (_, payload) => {
    expect(readUpdate(payload)).toBeNull();
  });

  it('takes forged button data as it is, cleaned', () => {
    expect(readUpdate(callbackQuery({ data: '\u0000;DROP' }))?.content).toEqual({ kind: 'pick', data: ';DROP' });
    expect(readUpdate(callbackQuery({ data: 7 }))?.content).toEqual({ kind: 'pick', data: '' });
    expect(readUpdate(callbackQuery({ message: undefined, data: 'x' }))?.messageId).toBeNull();
  });

  it('never throws, whatever the payload', () => {
    const junk = fc.record(
      {
        message: fc.anything(),
        edited_message: fc.anything(),
        callback_query: fc.anything(),
        my_chat_member: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(junk, fc.anything()), (payload) => void readUpdate(payload)),
      { numRuns: 500 },
    );
  });
});
