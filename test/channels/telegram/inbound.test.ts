import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEvent } from '../../../src/channels/telegram/inbound.ts';
import { BOT, callbackQuery, command, editedMessage, GROUP, groupMessage, membership, message } from './payloads.ts';

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
    ['the word that the group has moved', { migrate_to_chat_id: -1002 }, true],
  ])('of a group: %s', (_, fields, kept) => {
    expect(toEvent(groupMessage(fields), SELF) !== null).toBe(kept);
  });

  it('drops what is posted in channels', () => {
    expect(toEvent({ update_id: 1, channel_post: { message_id: 1, text: 'x' } }, SELF)).toBeNull();
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
