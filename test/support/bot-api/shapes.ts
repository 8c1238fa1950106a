import type { Json } from './api-error.ts';
import type { Bot } from './methods.ts';
import type { Chat, Message, SentFile, World } from './world.ts';

/** A chat as updates and answers carry it. */
export function toApiChat(chat: Chat, world: World): Json {
  if (chat.type !== 'private') return { id: chat.id, type: chat.type, title: chat.title };
  return { id: chat.id, type: 'private', first_name: world.people.get(chat.id)?.first_name ?? '' };
}

/** A message as updates and answers carry it; people's media are added by whoever makes the update. */
export function toApiMessage(chat: Chat, message: Message, world: World, bot: Bot): Json {
  const { buttons, file, replyTo } = message;
  const replied = replyTo === null ? null : chat.find(replyTo);
  const person = message.fromId === null ? null : world.people.get(message.fromId);
  return {
    message_id: message.id,
    date: message.date,
    chat: toApiChat(chat, world),
    from: person
      ? { is_bot: false, ...person }
      : { id: bot.id, is_bot: true, first_name: 'Bot', username: bot.username },
    ...(message.text !== '' && { [file ? 'caption' : 'text']: message.text }),
    ...(file && message.fromId === null && { [file.kind]: apiFile(file) }),
    ...(message.fromId !== null && commandEntities(message.text)),
    ...(replied && { reply_to_message: toApiMessage(chat, { ...replied, replyTo: null }, world, bot) }),
    ...(buttons.length > 0 && {
      reply_markup: {
        inline_keyboard: buttons.map((row) => row.map((b) => ({ text: b.text, callback_data: b.data }))),
      },
    }),
  };
}

function apiFile({ kind, id, uniqueId }: SentFile): unknown {
  const file = { file_id: id, file_unique_id: uniqueId };
  return kind === 'photo'
    ? [
        { ...file, file_id: 'photo-small', width: 1, height: 1 },
        { ...file, width: 9, height: 9 },
      ]
    : file;
}

function commandEntities(text: string): Json {
  const command = /^\/[a-z0-9_]{1,32}(@\w+)?/i.exec(text)?.[0];
  return command ? { entities: [{ type: 'bot_command', offset: 0, length: command.length }] } : {};
}
