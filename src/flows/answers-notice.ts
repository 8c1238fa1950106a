import { emojiDigits } from '../core/folding.ts';
import { wordKey } from '../core/words.ts';
import { findLastOptions } from '../deliveries/last-options.ts';
import type { Input } from '../dialog/types.ts';
import { addressOf } from '../messaging/dialog-key.ts';
import { answersQuestion } from './answer-question.ts';
import type { Turn } from './answering.ts';

/** Nobody answers by a number what lies further up in the chat. */
const WITHIN_DAYS = 14;

/** No button says more. */
const LONGEST_LABEL = 40;

/**
 * The data of the button of a notice that somebody means who types its number, or its label, where the platform shows
 * no buttons. Null: none is meant. What was shown last counts: an open question, or a menu, that came after the notice,
 * is what the number answers; whoever has answered the notice so may do it once more.
 */
export async function optionOfNotice(
  { ctx, kit, session, resident, input: { tx, key }, heardAt }: Turn,
  input: Input,
): Promise<string | null> {
  if (input.kind !== 'text' || resident === null) return null;
  if (session.saved !== null && session.saved.flow !== 'menu') return null;
  const number = emojiDigits(input.text);
  if (number === null && input.text.length > LONGEST_LABEL) return null;
  const last = await findLastOptions(tx, addressOf(key), WITHIN_DAYS);
  if (last === null) return null;
  const isNews = heardAt === null || last.sentAt > heardAt;
  if (!isNews && kit.memory.noticed !== last.deliveryId) return null;
  if (!last.isLast && answersQuestion(kit.questions, input, ctx.clock.now())) return null;
  const label = wordKey(input.text);
  const meant = number === null ? last.options.find((one) => wordKey(one.label) === label) : last.options[number - 1];
  if (meant === undefined) return null;
  kit.memory.noticed = last.deliveryId;
  return meant.data;
}
