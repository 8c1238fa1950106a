import type { InlineKeyboardMarkup } from 'grammy/types';
import { plain } from '../../core/text.ts';
import type { OutboundContent, OutboundFile } from '../../messaging/contract.ts';
import { MAX_CAPTION, toHtml } from './html.ts';
import { toKeyboard } from './keyboard.ts';

interface Common {
  readonly chat_id: string;
  /** More than 30 a second, for Stars: https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once */
  readonly allow_paid_broadcast?: true;
  readonly reply_markup?: InlineKeyboardMarkup;
  /** https://core.telegram.org/bots/api#replyparameters */
  readonly reply_parameters?: { readonly message_id: number; readonly allow_sending_without_reply: true };
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
 * The calls that send `content` to a chat, in order; the last one carries the buttons. Pure. A text that is too long for
 * a caption goes before its files. An edit stands alone: when it turns out impossible, the calls of the same content
 * without `replaces` are what is left to do. `paid`: announcements are paid for, to be sent faster.
 */
export function toApiCalls(chatId: string, content: OutboundContent, { paid = false } = {}): ApiCall[] {
  const common: Common = { chat_id: chatId, ...(paid && content.bulk && { allow_paid_broadcast: true }) };
  const texts = toHtml(content.text);
  const files = filesOf(content);
  const captioned = files.length > 0 && plain(content.text).trim().length <= MAX_CAPTION;
  const calls: ApiCall[] = captioned ? [] : texts.map((text) => textCall(common, text, content, texts.length > 1));
  for (const [index, file] of files.entries()) {
    const caption = captioned && index === 0 ? texts[0] : undefined;
    const words = caption === undefined ? {} : ({ caption, parse_mode: 'HTML' } as const);
    calls.push({ method: methodFor(file), payload: { ...common, ...words }, file });
  }
  return withKeyboard(answering(calls, content), toKeyboard(content));
}

/** The files of a content, in their order. */
export function filesOf({ file, moreFiles = [] }: OutboundContent): OutboundFile[] {
  return file === undefined ? [...moreFiles] : [file, ...moreFiles];
}

function textCall(common: Common, text: string, content: OutboundContent, inPieces: boolean): ApiCall {
  const payload = { ...common, text, parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const;
  const replaced = inPieces || filesOf(content).length > 0 ? Number.NaN : Number(content.replaces);
  return Number.isSafeInteger(replaced)
    ? { method: 'editMessageText', payload: { ...payload, message_id: replaced } }
    : { method: 'sendMessage', payload };
}

/** The first message answers; an edit keeps what it answered. */
function answering(calls: ApiCall[], { answers }: OutboundContent): ApiCall[] {
  const answered = Number(answers);
  const [first, ...rest] = calls;
  if (!Number.isSafeInteger(answered) || first === undefined || first.method === 'editMessageText') return calls;
  const reply_parameters = { message_id: answered, allow_sending_without_reply: true };
  return [{ ...first, payload: { ...first.payload, reply_parameters } } as ApiCall, ...rest];
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
