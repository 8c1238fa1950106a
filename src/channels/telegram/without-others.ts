/** Fields of a message that carry what somebody else said before it. https://core.telegram.org/bots/api#message */
const OTHERS: readonly string[] = ['reply_to_message', 'external_reply', 'quote', 'reply_to_story', 'pinned_message'];

/**
 * An update of a group without what others said there before; with `quoted` the message that is answered stays, as the
 * proposal that the answer tags. Other shapes come back as they are. Pure.
 */
export function withoutOthers(update: unknown, quoted: boolean): unknown {
  if (!isRecord(update)) return update;
  const kept = { ...update };
  for (const kind of ['message', 'edited_message', 'channel_post'])
    if (isRecord(kept[kind])) kept[kind] = alone(kept[kind], quoted);
  const { callback_query: query } = kept;
  if (isRecord(query) && isRecord(query.message))
    kept.callback_query = { ...query, message: alone(query.message, false) };
  return kept;
}

function alone(message: Record<string, unknown>, quoted: boolean): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(message).filter(([field]) => !OTHERS.includes(field)));
  const { reply_to_message: answered } = message;
  return quoted && isRecord(answered) ? { ...kept, reply_to_message: alone(answered, false) } : kept;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
