// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them, https://www.w3.org/TR/xml/#charsets
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

/** The words without what XML cannot say: control characters, halves of letters. Line ends are `\n`. */
export function legalInXml(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '');
}
