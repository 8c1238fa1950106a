import type { Text, TextPart } from '../core/text.ts';
import type { OutboundContent } from './contract.ts';

/**
 * A message with its options as a numbered list below the text, for channels without buttons. The numbers count from
 * one in the order of the options; `hint` (may be empty) is said after the list. Without options: the text alone.
 */
export function numbered(content: Pick<OutboundContent, 'text' | 'options'>, hint: string): Text {
  const options = content.options ?? [];
  if (options.length === 0) return content.text;
  const lines = options.map((option, index) => `${index + 1}. ${option.label}`);
  const list = `\n\n${lines.join('\n')}${hint === '' ? '' : `\n\n${hint}`}`;
  if (typeof content.text === 'string') return content.text + list;
  const parts: TextPart[] = [...content.text, list];
  return parts;
}
