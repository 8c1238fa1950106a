/** Fields of a message that carry what somebody else said before it. https://core.telegram.org/bots/api#message */
const OTHERS: readonly string[] = ['reply_to_message', 'external_reply', 'quote', 'reply_to_story', 'pinned_message'];

/** The message that is answered: a proposal that the answer tags, or one of ours, of which nothing but that is needed. */
type Answered = 'quoted' | 'ours' | null;

/**
 * An update of a group without what others said there before, but for the message that is answered where it is needed.
 * Other shapes come back as they are. Pure.
 */
export function withoutOthers(update: unknown, answered: Answered): unknown {
  if (!isRecord(update)) return update;
  const kept = { ...update };
  for (const kind of ['message', 'edited_message', 'channel_post'])
    if (isRecord(kept[kind])) kept[kind] = alone(kept[kind], answered);
  const { callback_query: query } = kept;
  if (isRecord(query) && isRecord(query.message))
    kept.callback_query = { ...query, message: alone(query.message, null) };
  return kept;
}

function alone(message: Record<string, unknown>, answered: Answered): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(message).filter(([field]) => !OTHERS.includes(field)));
  const { reply_to_message: before } = message;
  if (answered === null || !isRecord(before)) return kept;
  const { message_id, from } = before;
  return { ...kept, reply_to_message: answered === 'quoted' ? alone(before, null) : { message_id, from } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
