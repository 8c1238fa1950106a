import type { InlineKeyboardMarkup } from 'grammy/types';
import { plain } from '../../core/text.ts';
import type { OutboundContent, OutboundFile } from '../../messaging/contract.ts';
import { MAX_CAPTION, toHtml } from './html.ts';
import { toKeyboard } from './keyboard.ts';

interface Common {
  readonly chat_id: string;
  readonly reply_markup?: InlineKeyboardMarkup;
}

interface TextFields {
  readonly text: string;
  readonly parse_mode: 'HTML';
  readonly link_preview_options: { readonly is_disabled: true };
}

interface CaptionFields {
  readonly caption?: string;
  readonly parse_mode?: 'HTML';
}

/** One call of the Bot API, the file still a path. */
export type ApiCall =
  | { readonly method: 'sendMessage'; readonly payload: Common & TextFields }
  | { readonly method: 'editMessageText'; readonly payload: Common & TextFields & { readonly message_id: number } }
  | {
      readonly method: 'sendPhoto' | 'sendVoice' | 'sendDocument';
      readonly payload: Common & CaptionFields;
      readonly file: OutboundFile;
    };

/**
 * The calls that send `content` to a chat, in order; the last one carries the buttons. Pure. An edit stands alone: when
 * it turns out impossible, the calls of the same content without `replaces` are what is left to do.
 */
export function toApiCalls(chatId: string, content: OutboundContent): ApiCall[] {
  const keyboard = toKeyboard(content);
  const texts = toHtml(content.text);
  const { file } = content;
  const calls: ApiCall[] = [];
  if (file) {
    const captioned = plain(content.text).trim().length <= MAX_CAPTION;
    const caption = captioned && texts[0] !== undefined ? ({ caption: texts[0], parse_mode: 'HTML' } as const) : {};
    calls.push({ method: methodFor(file), payload: { chat_id: chatId, ...caption }, file });
    if (captioned) return withKeyboard(calls, keyboard);
  }
  for (const text of texts) {
    const payload = { chat_id: chatId, text, parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const;
    const replaced = texts.length === 1 && !file ? Number(content.replaces) : Number.NaN;
    if (Number.isSafeInteger(replaced))
      calls.push({ method: 'editMessageText', payload: { ...payload, message_id: replaced } });
    else calls.push({ method: 'sendMessage', payload });
  }
  return withKeyboard(calls, keyboard);
}

function withKeyboard(calls: ApiCall[], keyboard: InlineKeyboardMarkup | null): ApiCall[] {
  if (keyboard === null) return calls;
  return calls.map((call, index) =>
    index === calls.length - 1 ? ({ ...call, payload: { ...call.payload, reply_markup: keyboard } } as ApiCall) : call,
  );
}

// Telegram shows pictures of these types in the chat, and plays voices of this one; everything else is a file to tap.
function methodFor({ mime }: OutboundFile): 'sendPhoto' | 'sendVoice' | 'sendDocument' {
  if (mime === 'image/jpeg' || mime === 'image/png') return 'sendPhoto';
  return mime.startsWith('audio/ogg') ? 'sendVoice' : 'sendDocument';
}
