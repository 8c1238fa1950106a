import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEvent } from '../../../src/channels/telegram/inbound.ts';
import {
  BOT,
  CHANNEL,
  callbackQuery,
  channelPost,
  command,
  editedMessage,
  GROUP,
  groupMessage,
  membership,
  message,
} from './payloads.ts';

const FORWARDED = { type: 'user', date: 1_790_000_000, sender_user: BOT };
const SELF = { account: String(BOT.id), username: 'Sunush_Test_Bot' };

describe(toEvent.name, () => {
  it.each([
    ['a message', message({ text: 'Суу' }), { eventId: '900', chatId: '501', personId: '501' }],
    ['an edited message', editedMessage({ text: 'Суу' }), { eventId: '901', chatId: '501', personId: '501' }],
    ['a button in private', callbackQuery({ data: 'x' }), { eventId: '902', chatId: '501', personId: '501' }],
    [
      'a button in a group',
      callbackQuery({ message: { message_id: 1, chat: GROUP } }),
      { eventId: '902', chatId: '-1001', personId: '501' },
    ],
    [
      'a button without its message',
      callbackQuery({ message: undefined }),
      { eventId: '902', chatId: '501', personId: '501' },
    ],
    ['a block', membership('member', 'kicked'), { eventId: '903', chatId: '501', personId: '501' }],
    [
      'a command in a group',
      groupMessage({ text: '/propose Суу', ...command(8) }),
      { eventId: '900', chatId: '-1001', personId: '501' },
    ],
    [
      'an anonymous administrator, who is the group itself',
      groupMessage({ text: '/propose Суу', ...command(8), sender_chat: GROUP }),
      { eventId: '900', chatId: '-1001', personId: '-1001' },
    ],
    [
      'the command that links a channel, which nobody in particular writes',
      channelPost({ text: '/link mantysh' }),
      { eventId: '904', chatId: '-1009', personId: '-1009' },
    ],
    [
      'a button in a channel, pressed by somebody',
      callbackQuery({ message: { message_id: 1, chat: CHANNEL } }),
      { eventId: '902', chatId: '-1009', personId: '501' },
    ],
  ])('takes the keys of %s', (_, update, keys) => {
    expect(toEvent(update, SELF)).toEqual({ channel: 'telegram', account: SELF.account, payload: update, ...keys });
  });

  it.each([
    ['a command', { text: '/propose', ...command(8) }, true],
    ['a command that names the bot', { text: '/propose@sunush_test_BOT', ...command(24) }, true],
    ['a command for another bot', { text: '/propose@other_bot', ...command(18) }, false],
    ['a command as a caption', { photo: [], caption: '/propose Суу', caption_entities: command(8).entities }, true],
    ['a reply to the bot', { text: 'ооба', reply_to_message: { message_id: 1, from: BOT } }, true],
    ['a reply to a neighbour', { text: 'ооба', reply_to_message: { message_id: 1, from: { id: 7 } } }, false],
    ['talk', { text: 'Кечээ суу болгон жок' }, false],
    [
      'talk that mentions a command',
      { text: 'жаз: /propose', entities: [{ type: 'bot_command', offset: 5, length: 8 }] },
      false,
    ],
    ['a picture', { photo: [] }, false],
    ['a proposal with its hashtag', { text: 'Суу жок #Сунуш' }, true],
    ['a proposal that begins with the word', { text: 'Предложение: нет воды' }, true],
    ['a picture with the hashtag below it', { photo: [], caption: '#proposal Суу жок' }, true],
    ['talk of proposals', { text: 'Сунуш жакшы экен, сунуштар көп' }, false],
    ['the tag in a command for another bot', { text: '/add@other_bot #сунуш', ...command(14) }, false],
    ['a tagged message that is forwarded', { text: '#сунуш Суу жок', forward_origin: FORWARDED }, false],
    ['a forwarded command', { text: '/link', ...command(5), forward_origin: FORWARDED }, false],
    ['what its channel posts there', { text: '#сунуш Суу жок', is_automatic_forward: true }, false],
    ['the word that the group has moved', { migrate_to_chat_id: -1002 }, true],
  ])('of a group: %s', (_, fields, kept) => {
    expect(toEvent(groupMessage(fields), SELF) !== null).toBe(kept);
  });

  const neighbour = { message_id: 7, from: { id: 77, first_name: 'Нурлан' }, text: 'Кечээ суу болгон жок' };
  it.each([
    ['a command', { text: '/propose Жол жаман', ...command(8), reply_to_message: neighbour }],
    ['a tag with words of its own', { text: '#сунуш Жол жаман', reply_to_message: neighbour }],
    ['a photo with the tag', { photo: [], caption: '#сунуш', reply_to_message: neighbour }],
    ['words that quote', { text: '#сунуш Жол жаман', quote: { text: neighbour.text }, external_reply: neighbour }],
    ['a reply to the bot', { text: 'ооба', reply_to_message: { message_id: 1, from: BOT, text: neighbour.text } }],
  ])('keeps nothing of what %s answers', (_, fields) => {
    const event = toEvent(groupMessage(fields), SELF);
    expect(event).not.toBeNull();
    expect(JSON.stringify(event)).not.toMatch(/Нурлан|Кечээ/);
  });

  it('keeps nothing of the message that the keyboard of a pressed button answers', () => {
    const keyboard = { message_id: 1, chat: GROUP, from: BOT, text: 'Кайсы айыл?', reply_to_message: neighbour };
    expect(JSON.stringify(toEvent(callbackQuery({ message: keyboard }), SELF))).not.toContain('Кечээ');
  });

  it('keeps the one message that the tag alone answers, and not what that answers', () => {
    const quoted = { ...neighbour, reply_to_message: { message_id: 6, text: 'Баары жакшыбы?' } };
    const stored = JSON.stringify(toEvent(groupMessage({ text: '#сунуш', reply_to_message: quoted }), SELF));
    expect(stored).toContain('Кечээ суу болгон жок');
    expect(stored).not.toContain('жакшыбы');
  });

  it.each([
    ['the command that links it', { text: '/link', ...command(5) }, true],
    ['the command with a village', { text: '/link Мантыш' }, true],
    ['the command that names the bot', { text: '/LINK@sunush_test_bot' }, true],
    ['the command for another bot', { text: '/link@other_bot' }, false],
    ['another command', { text: '/propose Суу жок', ...command(8) }, false],
    ['a longer command', { text: '/linked' }, false],
    ['a post', { text: 'Кечээ суу болгон жок' }, false],
    ['a post that mentions the command', { text: 'Жазыңыз: /link' }, false],
    ['a picture with the command below it', { photo: [], caption: '/link', caption_entities: [] }, false],
    ['a reply to the bot', { text: 'ооба', reply_to_message: { message_id: 1, from: BOT } }, false],
    ['the command in a place of unknown shape', { text: '/link', chat: undefined }, false],
    ['a post of a wrong shape', { text: 7 }, false],
  ])('of a channel: %s', (_, fields, kept) => {
    expect(toEvent(channelPost(fields), SELF) !== null).toBe(kept);
  });

  it('drops what is posted in channels and changed there', () => {
    expect(toEvent({ update_id: 1, channel_post: 'x' }, SELF)).toBeNull();
    expect(toEvent({ update_id: 1, edited_channel_post: { message_id: 1, text: '/link' } }, SELF)).toBeNull();
  });

  it('keeps an update of unknown shape', () => {
    expect(toEvent({ update_id: 5, hologram: { text: 'Суу' } }, SELF)).toMatchObject({
      eventId: '5',
      chatId: '0',
      personId: '0',
    });
    expect(toEvent({ update_id: 6, message: 'Суу' }, SELF)).toMatchObject({ eventId: '6' });
  });

  it('knows an update without a number by what it holds', () => {
    const [first, again, other] = [{ a: 1 }, { a: 1 }, { a: 2 }].map((update) => toEvent(update, SELF)?.eventId);
    expect(first).toBe(again);
    expect(first).not.toBe(other);
  });

  it('never throws, whatever the update', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (update) => void toEvent(update, SELF)),
      { numRuns: 500 },
    );
  });
});
