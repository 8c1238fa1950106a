import { LOCALES, translator } from '../core/texts.ts';
import { isLongList } from '../dialog/long-list.ts';
import type { Output } from '../dialog/types.ts';
import type { OutboundContent } from '../messaging/contract.ts';
import { isAmongOthers } from '../messaging/dialog-key.ts';
import { type Kit, textsOf } from './kit.ts';

/** What a flow says, with the words that stand below its options where they are a numbered list. */
export function toContent({ question: _, back, ...output }: Output, kit: Kit, flow: string): OutboundContent {
  const { options } = output;
  if (options === undefined) return output;
  const hint = hintOf({ options, back: back === true }, kit, flow);
  const more = isLongList(options.length) ? { more: textsOf(kit)('numbered-more') } : {};
  return { ...output, ...(hint === '' ? {} : { hint }), ...more };
}

/** Only what may be typed here: nobody goes back from what is settled, nor from the menu to the menu. */
function hintOf(
  { options, back }: { options: NonNullable<Output['options']>; back: boolean },
  kit: Kit,
  flow: string,
): string {
  // the first question is asked in all languages
  if (kit.locale === null) return LOCALES.map((locale) => translator(locale)('numbered-hint')).join(' ');
  const t = textsOf(kit);
  if (isAmongOthers(kit.key)) return t('numbered-hint-group');
  const isMenu = flow === 'menu';
  const ways = [
    ...(back || (isMenu && kit.memory.suspended !== undefined) ? [t('numbered-back')] : []),
    ...(isMenu ? [] : [t('numbered-menu')]),
  ];
  // below a question for words there is nothing to choose from but to skip it
  const choose = options.every(({ pinned }) => pinned === true) ? [] : [t('numbered-hint')];
  return [...choose, ...(ways.length > 0 ? [ways.join(', ')] : [])].join(' ');
}
