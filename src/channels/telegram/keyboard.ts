import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { OutboundContent, OutboundOption } from '../../messaging/contract.ts';

const ONE_PAGE = 10;
const PAGE = 8;
// Side by side more of them fit on a screen.
const COMPACT_PAGE = 24;
const ROW_LENGTH = 28;
const ROW_BUTTONS = 5;

/**
 * The inline keyboard of a message, or null without options. A long list comes in pages, what is pinned below each of
 * them; `page` beyond it is the last.
 */
export function toKeyboard(content: OutboundContent): InlineKeyboardMarkup | null {
  const options = content.options ?? [];
  if (options.length === 0) return null;
  const compact = content.compact ?? false;
  const most = compact ? COMPACT_PAGE : ONE_PAGE;
  const inRows = (shown: readonly OutboundOption[]) =>
    compact ? sideBySide(shown) : shown.map((option) => [toButton(option)]);
  if (options.length <= most) return { inline_keyboard: inRows(options) };
  const listed = options.filter(({ pinned }) => pinned !== true);
  const size = compact ? COMPACT_PAGE : PAGE;
  const pageCount = Math.ceil(listed.length / size);
  const page = Math.min(Math.max(0, content.page ?? 0), pageCount - 1);
  const turns = pageButtons(options[0]?.data ?? '', page, pageCount);
  const pinned = inRows(options.filter((option) => option.pinned === true));
  const rows = inRows(listed.slice(page * size, (page + 1) * size));
  return { inline_keyboard: [...rows, ...(turns.length > 0 ? [turns] : []), ...pinned] };
}

function toButton(option: OutboundOption): InlineKeyboardButton {
  return { text: option.label, callback_data: option.data };
}

function sideBySide(options: readonly OutboundOption[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const option of options) {
    length += option.label.length;
    const row = rows.at(-1);
    if (row && length <= ROW_LENGTH && row.length < ROW_BUTTONS) {
      row.push(toButton(option));
    } else {
      rows.push([toButton(option)]);
      length = option.label.length;
    }
  }
  return rows;
}

// The data of `<dialog>:<question>:<option>` up to its last part says whose page it is.
function pageButtons(data: string, page: number, pageCount: number): InlineKeyboardButton[] {
  const prefix = data.slice(0, data.lastIndexOf(':') + 1);
  const buttons: InlineKeyboardButton[] = [];
  if (page > 0) buttons.push({ text: `« ${page}/${pageCount}`, callback_data: `${prefix}>${page - 1}` });
  if (page < pageCount - 1)
    buttons.push({ text: `${page + 2}/${pageCount} »`, callback_data: `${prefix}>${page + 1}` });
  return buttons;
}
