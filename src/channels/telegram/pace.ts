import type { Pace } from '../../messaging/pace.ts';

// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
const CHAT_GAP_MS = 1_000;
/** 20 a minute. */
const GROUP_GAP_MS = 3_000;

/** What Telegram takes from a bot in bulk; the ids of groups are negative. */
export function telegramPace(perSecond: number): Pace {
  return { perSecond, chatGapMs: (chatId) => (chatId.startsWith('-') ? GROUP_GAP_MS : CHAT_GAP_MS) };
}
