/**
 * A text for a person, neutral of any platform: plain, or parts some of which are bold. Each channel renders it and
 * escapes all of it, so nothing that a resident wrote can turn into markup.
 */
export type Text = string | readonly TextPart[];
export type TextPart = string | { readonly bold: string };

export function bold(text: string): TextPart {
  return { bold: text };
}

/** The text without its bold marks. */
export function plain(text: Text): string {
  if (typeof text === 'string') return text;
  return text.map((part) => (typeof part === 'string' ? part : part.bold)).join('');
}

/**
 * Text as it may be stored and shown: no NUL or other control characters but line breaks and tabs, no lone
 * surrogates (PostgreSQL refuses both), no characters that turn the direction of what stands around it, line ends
 * as `\n`, trimmed.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\uFFFD', '')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, '')
    .trim();
}

/** As it stands alone, on a button: with a capital letter, whatever it is inside a sentence. */
export function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}
