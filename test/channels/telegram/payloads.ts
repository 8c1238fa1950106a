/** Raw updates as Telegram sends them, each a copy of its own. */
type Json = Record<string, unknown>;

const FROM = { id: 501, is_bot: false, first_name: 'Айгүл', last_name: 'Осмонова', language_code: 'ky' };
const PRIVATE = { id: 501, type: 'private', first_name: 'Айгүл' };
export const GROUP = { id: -1001, type: 'supergroup', title: 'Мантыш' };
export const CHANNEL = { id: -1009, type: 'channel', title: 'Мантыш кабарлары' };
export const BOT = { id: 1234567890, is_bot: true, first_name: 'Сунуш', username: 'sunush_test_bot' };

/** A message in the private chat, with these fields on top. */
export function message(fields: Json): Json {
  return { update_id: 900, message: { message_id: 41, date: 1_790_000_000, chat: PRIVATE, from: FROM, ...fields } };
}

/** What a channel posts by itself. */
export function channelPost(fields: Json): Json {
  const post = { message_id: 43, date: 1_790_000_000, chat: CHANNEL, sender_chat: CHANNEL, ...fields };
  return { update_id: 904, channel_post: post };
}

/** The same in a group. */
export function groupMessage(fields: Json): Json {
  return message({ chat: GROUP, ...fields });
}

export function editedMessage(fields: Json): Json {
  const { message: edited } = message({ edit_date: 1_790_000_060, ...fields });
  return { update_id: 901, edited_message: edited };
}

export function callbackQuery(fields: Json): Json {
  const { message: keyboard } = message({ from: BOT, text: 'Кайсы айыл?' });
  return { update_id: 902, callback_query: { id: '7', from: FROM, chat_instance: '1', message: keyboard, ...fields } };
}

export function membership(before: string, after: string, chat: Json = PRIVATE): Json {
  const change = { old_chat_member: { user: BOT, status: before }, new_chat_member: { user: BOT, status: after } };
  return { update_id: 903, my_chat_member: { chat, from: FROM, date: 1_790_000_000, ...change } };
}

/** What marks the first word as a command. */
export function command(length: number): Json {
  return { entities: [{ type: 'bot_command', offset: 0, length }] };
}

export function file(id: string, fields: Json = {}): Json {
  return { file_id: id, file_unique_id: `${id}-u`, ...fields };
}
