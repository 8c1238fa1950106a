// XML has no place for most of them: https://www.w3.org/TR/xml/#charsets
const FORBIDDEN = /(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]|\p{Cs}/gu;

/** The words without what XML cannot say: control characters, halves of letters. Line ends are `\n`. */
export function legalInXml(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(FORBIDDEN, '');
}
