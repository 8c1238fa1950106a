/** A link that opens the bot in Telegram and lets whoever follows it join by the code. `bot`: its name, with or without @. */
export function telegramJoinLink(bot: string, code: string): string {
  return `https://t.me/${bot.replace(/^@/, '')}?start=staff_${code}`;
}

/** A link that lets whoever follows it choose a group, adds the bot to it and says there that it is to be linked. */
export function telegramGroupLink(bot: string): string {
  return `https://t.me/${bot.replace(/^@/, '')}?startgroup=link`;
}

/** A link to the chat with the bot alone, which `/start <payload>` begins; `payload` of at most 64 letters, digits, - and _. */
export function telegramPrivateLink(bot: string, payload: string): string {
  return `https://t.me/${bot.replace(/^@/, '')}?start=${payload}`;
}

/** A link to the chat with the bot alone in WhatsApp, where `text` is ready to be sent; `number`: the bot's own, digits. */
export function whatsAppPrivateLink(number: string, text: string): string {
  return `https://wa.me/${number}?text=${encodeURIComponent(text)}`;
}
