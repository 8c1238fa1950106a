import { z } from 'zod';

// Every field may be absent or of another shape than documented: it then counts as absent, and nothing throws.
// The shapes: https://core.telegram.org/bots/api#update
const lax = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

const Id = z.number().transform(String);

const User = z.object({
  id: Id,
  is_bot: lax(z.boolean()),
  first_name: lax(z.string()),
  last_name: lax(z.string()),
  language_code: lax(z.string()),
});

const Chat = z.object({ id: Id, type: lax(z.string()), title: lax(z.string()) });

const File = z.object({
  file_id: z.string(),
  file_unique_id: z.string(),
  file_size: lax(z.number()),
  file_name: lax(z.string()),
  mime_type: lax(z.string()),
});
export type TelegramFile = z.output<typeof File>;

const Entity = z.object({ type: z.string(), offset: z.number(), length: z.number() });
const Location = z.object({ latitude: z.number(), longitude: z.number() });

const RepliedMessage = z.object({
  message_id: lax(Id),
  from: lax(User),
  sender_chat: lax(Chat),
  text: lax(z.string()),
  caption: lax(z.string()),
  entities: lax(z.array(Entity)),
  caption_entities: lax(z.array(Entity)),
  photo: lax(z.array(File)),
  voice: lax(File),
  audio: lax(File),
  video: lax(File),
  video_note: lax(File),
  animation: lax(File),
  document: lax(File),
  location: lax(Location),
});
export type TelegramRepliedMessage = z.output<typeof RepliedMessage>;

const Message = RepliedMessage.extend({
  date: lax(z.number()),
  edit_date: lax(z.number()),
  chat: lax(Chat),
  reply_to_message: lax(RepliedMessage),
  media_group_id: lax(z.string()),
  forward_origin: lax(z.looseObject({})),
  is_automatic_forward: lax(z.boolean()),
  contact: lax(z.object({ phone_number: z.string(), user_id: lax(Id) })),
  migrate_to_chat_id: lax(Id),
});
export type TelegramMessage = z.output<typeof Message>;

const CallbackQuery = z.object({ id: lax(z.string()), from: lax(User), message: lax(Message), data: lax(z.string()) });

const ChatMemberUpdated = z.object({
  chat: lax(Chat),
  from: lax(User),
  date: lax(z.number()),
  old_chat_member: lax(z.object({ status: z.string() })),
  new_chat_member: lax(z.object({ status: z.string() })),
});

const Update = z.object({
  update_id: lax(z.number().int()),
  message: lax(Message),
  edited_message: lax(Message),
  channel_post: lax(Message),
  callback_query: lax(CallbackQuery),
  my_chat_member: lax(ChatMemberUpdated),
});
export type TelegramUpdate = z.output<typeof Update>;

/** What we understand of an update; whatever is missing or of a wrong shape is absent. Never throws. */
export function parseUpdate(payload: unknown): TelegramUpdate {
  return Update.safeParse(payload).data ?? {};
}

/** The keys of an object in the payload, to name what we do not understand. */
export function keysOf(payload: unknown, key: string): string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const value: unknown = Object.entries(payload).find(([name]) => name === key)?.[1];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
