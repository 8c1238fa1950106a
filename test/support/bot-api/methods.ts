import { ApiError, badRequest, type Json, textField } from './api-error.ts';
import { type Mark, parseHtml } from './html.ts';
import type { Part } from './multipart.ts';
import { toApiMessage } from './shapes.ts';
import type { Button, Chat, Message, World } from './world.ts';

/** Limits of the Bot API, in UTF-16 units where of text. */
const MAX = {
  text: 4096,
  caption: 1024,
  dataBytes: 64,
  buttons: 100,
  rowButtons: 8,
  photoBytes: 10e6,
  fileBytes: 50 * 1024 * 1024,
};

export interface Call {
  readonly payload: Json;
  readonly files: readonly Part[];
}

export interface Bot {
  readonly id: number;
  readonly username: string;
}

type Method = (world: World, bot: Bot, call: Call) => unknown;

/** What the bot may call, but for receiving, which is `Updates`. Each checks what Telegram checks. */
export const METHODS: Record<string, Method> = {
  getMe: (_world, bot) => ({
    id: bot.id,
    is_bot: true,
    first_name: 'Bot',
    username: bot.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  }),

  sendMessage(world, bot, { payload }) {
    const chat = openChat(world, payload);
    const { text, marks } = shownText(payload, 'text', MAX.text);
    if (text.trim() === '') throw badRequest('message text is empty');
    return toApiMessage(chat, send(chat, { text, marks, file: null }, payload), world, bot);
  },

  sendPhoto: (world, bot, call) => sendFile(world, bot, call, 'photo', MAX.photoBytes),
  sendDocument: (world, bot, call) => sendFile(world, bot, call, 'document', MAX.fileBytes),
  sendVoice: (world, bot, call) => sendFile(world, bot, call, 'voice', MAX.fileBytes),

  editMessageText(world, bot, { payload }) {
    const chat = openChat(world, payload);
    const old = ownMessage(chat, payload);
    if (old.file !== null) throw badRequest('there is no text in the message to edit');
    const { text, marks } = shownText(payload, 'text', MAX.text);
    if (text.trim() === '') throw badRequest('message text is empty');
    return change(world, bot, chat, old, { ...old, text, marks, buttons: keyboardOf(payload) });
  },

  editMessageReplyMarkup(world, bot, { payload }) {
    const chat = openChat(world, payload);
    const old = ownMessage(chat, payload);
    return change(world, bot, chat, old, { ...old, buttons: keyboardOf(payload) });
  },

  deleteMessage(world, _bot, { payload }) {
    if (!openChat(world, payload).remove(Number(payload.message_id))) throw badRequest('message to delete not found');
    return true;
  },

  answerCallbackQuery(world, _bot, { payload }) {
    if (world.openClicks.delete(textField(payload, 'callback_query_id'))) return true;
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  },

  setMyCommands(world, _bot, { payload }) {
    const { commands } = payload;
    if (!Array.isArray(commands) || commands.length > 100) throw badRequest('expected an Array of BotCommand');
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
      if (typeof description !== 'string' || description.length < 1 || description.length > 256) {
        throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
      }
    }
    const language = textField(payload, 'language_code');
    if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
    world.commands.set(language, commands);
    return true;
  },

  getFile(world, _bot, { payload }) {
    const file = world.files.get(textField(payload, 'file_id'));
    if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
    if (file.size > 20 * 1024 * 1024) throw badRequest('file is too big');
    return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.path };
  },

  sendChatAction: (world, _bot, { payload }) => openChat(world, payload) !== null,
  getChat(world, _bot, { payload }) {
    const chat = openChat(world, payload);
    return { id: chat.id, type: chat.type };
  },
};

function sendFile(world: World, bot: Bot, call: Call, kind: 'photo' | 'document' | 'voice', maxBytes: number): Json {
  const { payload, files } = call;
  const chat = openChat(world, payload);
  const { text, marks } = shownText(payload, 'caption', MAX.caption);
  const given = textField(payload, kind);
  const upload = files.find((part) => given === `attach://${part.name}` || part.name === kind);
  const known = upload ? undefined : world.files.get(given);
  if (!upload && given === '') throw badRequest(`there is no ${kind} in the request`);
  if (!upload && !known) throw badRequest('wrong file identifier/HTTP URL specified');
  if (known && !known.id.startsWith(`${kind}-`)) throw badRequest(`type of file mismatch`);
  const bytes = upload?.body ?? known?.bytes ?? Buffer.alloc(0);
  if (bytes.byteLength === 0) throw badRequest('file must be non-empty');
  if (bytes.byteLength > maxBytes) throw new ApiError(413, 'Request Entity Too Large');
  const stored = known ?? world.addFile(kind, bytes, { name: upload?.fileName ?? kind });
  const file = { kind, id: stored.id, uniqueId: stored.uniqueId, name: stored.name, bytes };
  return toApiMessage(chat, send(chat, { text, marks, file }, payload), world, bot);
}

function send(chat: Chat, content: Pick<Message, 'text' | 'marks' | 'file'>, payload: Json): Message {
  const date = Math.floor(Date.now() / 1000);
  return chat.add('sent', {
    ...content,
    fromId: null,
    buttons: keyboardOf(payload),
    date,
    replyTo: answered(chat, payload),
  });
}

// https://core.telegram.org/bots/api#replyparameters
function answered(chat: Chat, { reply_parameters: reply }: Json): number | null {
  if (typeof reply !== 'object' || reply === null) return null;
  const { message_id: id, allow_sending_without_reply: anyway } = reply as Json;
  if (chat.find(Number(id)) !== null) return Number(id);
  if (anyway !== true) throw badRequest('message to be replied not found');
  return null;
}

function change(world: World, bot: Bot, chat: Chat, old: Message, changed: Message): Json {
  if (
    JSON.stringify([old.text, old.marks, old.buttons]) ===
    JSON.stringify([changed.text, changed.marks, changed.buttons])
  ) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  chat.change(changed);
  return toApiMessage(chat, changed, world, bot);
}

function openChat(world: World, payload: Json): Chat {
  const chat = world.chats.get(Number(payload.chat_id));
  if (!chat) throw badRequest('chat not found');
  if (chat.closed === 'blocked') throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  if (chat.closed === 'deactivated') throw new ApiError(403, 'Forbidden: user is deactivated');
  if (chat.closed === 'kicked') throw new ApiError(403, `Forbidden: bot was kicked from the ${chat.type} chat`);
  if (chat.closed) {
    const parameters = { migrate_to_chat_id: chat.closed.movedTo };
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', parameters);
  }
  return chat;
}

function ownMessage(chat: Chat, payload: Json): Message {
  const message = chat.find(Number(payload.message_id));
  if (!message) throw badRequest('message to edit not found');
  if (message.fromId !== null) throw badRequest("message can't be edited");
  return message;
}

function shownText(payload: Json, field: 'text' | 'caption', max: number): { text: string; marks: readonly Mark[] } {
  const given = textField(payload, field);
  if (!given.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  const mode = payload.parse_mode;
  if (mode !== undefined && mode !== 'HTML') throw badRequest('unsupported parse_mode');
  const shown = mode === 'HTML' ? parseHtml(given) : { text: given, marks: [] };
  if (shown.text.length > max)
    throw badRequest(field === 'text' ? 'message is too long' : 'message caption is too long');
  return shown;
}

function keyboardOf(payload: Json): Button[][] {
  const markup = typeof payload.reply_markup === 'string' ? JSON.parse(payload.reply_markup) : payload.reply_markup;
  const rows: unknown = markup?.inline_keyboard;
  if (rows === undefined) return [];
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    throw badRequest('field "inline_keyboard" must be an Array of Arrays');
  if (rows.flat().length > MAX.buttons) throw badRequest('reply markup is too long');
  return rows.map((row) => {
    if (row.length > MAX.rowButtons) throw badRequest('too many buttons in a row');
    return row.map((button: Json) => {
      const { text, callback_data: data } = button;
      if (typeof text !== 'string' || text === '')
        throw badRequest("can't parse inline keyboard button: Text must be non-empty");
      if (typeof data !== 'string' || data === '' || Buffer.byteLength(data) > MAX.dataBytes)
        throw badRequest('BUTTON_DATA_INVALID');
      return { text, data };
    });
  });
}
