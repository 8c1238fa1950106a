import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHtml } from '../../../src/channels/telegram/html.ts';
import { toKeyboard } from '../../../src/channels/telegram/keyboard.ts';
import { toApiCalls } from '../../../src/channels/telegram/outbound.ts';
import { plain, type TextPart } from '../../../src/core/text.ts';
import { parseHtml } from '../../support/bot-api/html.ts';

const BASE = { chat_id: '7', parse_mode: 'HTML', link_preview_options: { is_disabled: true } };
const options = (count: number, label = 'Айыл') =>
  Array.from({ length: count }, (_, index) => ({ data: `a1:village:v${index}`, label: `${label} ${index}` }));
const option = (index: number) => ({ text: `Айыл ${index}`, callback_data: `a1:village:v${index}` });

describe(toApiCalls.name, () => {
  it('sends a text as escaped HTML without link previews', () => {
    const text = [{ bold: 'KS-2026-0042' }, ': <Суу> & "жол" https://example.kg'];
    expect(toApiCalls('7', { text })).toEqual([
      {
        method: 'sendMessage',
        payload: { ...BASE, text: '<b>KS-2026-0042</b>: &lt;Суу&gt; &amp; "жол" https://example.kg' },
      },
    ]);
  });

  it('puts the buttons under the last piece of a long text', () => {
    const calls = toApiCalls('7', { text: `${'а'.repeat(4000)}\n\n${'б'.repeat(200)}`, options: options(1) });
    expect(calls).toEqual([
      { method: 'sendMessage', payload: { ...BASE, text: 'а'.repeat(4000) } },
      {
        method: 'sendMessage',
        payload: { ...BASE, text: 'б'.repeat(200), reply_markup: { inline_keyboard: [[option(0)]] } },
      },
    ]);
  });

  it('edits the message that this one replaces', () => {
    expect(toApiCalls('7', { text: 'Айыл?', replaces: '41' })).toEqual([
      { method: 'editMessageText', payload: { ...BASE, text: 'Айыл?', message_id: 41 } },
    ]);
  });

  it('answers a message with its first piece, also if that is gone', () => {
    const reply_parameters = { message_id: 41, allow_sending_without_reply: true };
    const [first, second] = toApiCalls('7', { text: `${'а'.repeat(4000)}\n\n${'б'.repeat(200)}`, answers: '41' });
    expect(first?.payload).toEqual({ ...BASE, text: 'а'.repeat(4000), reply_parameters });
    expect(second?.payload).toEqual({ ...BASE, text: 'б'.repeat(200) });
  });

  it('answers nothing by an edit, nor what is no message of Telegram', () => {
    expect(toApiCalls('7', { text: 'Айыл?', replaces: '41', answers: '40' })[0]?.payload).not.toHaveProperty(
      'reply_parameters',
    );
    expect(toApiCalls('7', { text: 'Айыл?', answers: 'true_996@c.us_3EB0' })).toEqual([
      { method: 'sendMessage', payload: { ...BASE, text: 'Айыл?' } },
    ]);
  });

  it.each([
    ['is too long for one message', { text: 'а'.repeat(5000), replaces: '41' }],
    ['has a file', { text: 'а', replaces: '41', file: { path: '/x', name: 'x', mime: 'text/csv' } }],
    ['replaces what is no message of Telegram', { text: 'а', replaces: 'true_996@c.us_3EB0' }],
  ])('sends anew what %s', (_, content) => {
    expect(toApiCalls('7', content).map((call) => call.method)).not.toContain('editMessageText');
  });

  it.each([
    ['image/jpeg', 'sendPhoto'],
    ['image/png', 'sendPhoto'],
    ['audio/ogg; codecs=opus', 'sendVoice'],
    ['audio/mpeg', 'sendDocument'],
    ['image/heic', 'sendDocument'],
    ['application/pdf', 'sendDocument'],
  ])('sends a file of type %s by %s, with the text below it', (mime, method) => {
    const file = { path: '/data/x', name: 'x', mime };
    expect(toApiCalls('7', { text: 'План', file })).toEqual([
      { method, payload: { chat_id: '7', caption: 'План', parse_mode: 'HTML' }, file },
    ]);
  });

  it('sends a text that is too long for a caption before its file', () => {
    const file = { path: '/data/x', name: 'x', mime: 'application/pdf' };
    expect(toApiCalls('7', { text: 'а'.repeat(1025), file, options: options(1) })).toEqual([
      { method: 'sendMessage', payload: { ...BASE, text: 'а'.repeat(1025) } },
      {
        method: 'sendDocument',
        payload: { chat_id: '7', reply_markup: { inline_keyboard: [[option(0)]] } },
        file,
      },
    ]);
    expect(toApiCalls('7', { text: '&'.repeat(1024), file })).toHaveLength(1);
  });

  it('pays for what is sent in bulk, and for nothing else, where it is to be paid for', () => {
    const file = { path: '/data/x', name: 'x', mime: 'application/pdf' };
    const isPaid = (content: Parameters<typeof toApiCalls>[1], paid: boolean) =>
      toApiCalls('7', content, { paid }).map(({ payload }) => payload.allow_paid_broadcast ?? false);
    expect(isPaid({ text: 'а', bulk: true }, true)).toEqual([true]);
    expect(isPaid({ text: 'а'.repeat(2000), file, bulk: true }, true)).toEqual([true, true]);
    expect(isPaid({ text: 'а' }, true)).toEqual([false]);
    expect(isPaid({ text: 'а', bulk: true }, false)).toEqual([false]);
  });

  it('sends a file without words', () => {
    const file = { path: '/data/x', name: 'x', mime: 'application/pdf' };
    expect(toApiCalls('7', { text: '', file })).toEqual([{ method: 'sendDocument', payload: { chat_id: '7' }, file }]);
  });
});

describe(toKeyboard.name, () => {
  const rows = (content: Parameters<typeof toKeyboard>[0]) => toKeyboard(content)?.inline_keyboard ?? [];
  const labels = (content: Parameters<typeof toKeyboard>[0]) =>
    rows(content).map((row) => row.map((button) => button.text));

  it('puts one option in a row', () => {
    expect(rows({ text: '', options: options(2) })).toEqual([[option(0)], [option(1)]]);
  });

  it('puts short options side by side where asked', () => {
    const short = ['Ооба', 'Жок', 'Билбейм', 'Айтпайм', 'Кийин', 'Мен эмес, кошунам'].map((label, index) => ({
      data: `a:b:${index}`,
      label,
    }));
    expect(labels({ text: '', options: short, compact: true })).toEqual([
      ['Ооба', 'Жок', 'Билбейм', 'Айтпайм', 'Кийин'],
      ['Мен эмес, кошунам'],
    ]);
  });

  it('shows ten options at once', () => {
    expect(rows({ text: '', options: options(10) })).toHaveLength(10);
  });

  it('turns the pages of a longer list by the data of its own question', () => {
    const list = options(19);
    expect(rows({ text: '', options: list }).at(-1)).toEqual([{ text: '2/3 »', callback_data: 'a1:village:>1' }]);
    expect(rows({ text: '', options: list, page: 1 })).toEqual([
      ...[8, 9, 10, 11, 12, 13, 14, 15].map((index) => [option(index)]),
      [
        { text: '« 1/3', callback_data: 'a1:village:>0' },
        { text: '3/3 »', callback_data: 'a1:village:>2' },
      ],
    ]);
    expect(rows({ text: '', options: list, page: 2 })).toHaveLength(4);
  });

  it('keeps what is pinned below every page of a longer list', () => {
    const pinned = { data: 'a1:village:back', label: 'Артка', pinned: true };
    const list = [...options(9), pinned, { ...pinned, data: 'a1:village:more' }];
    expect(labels({ text: '', options: list })).toEqual([
      ...[0, 1, 2, 3, 4, 5, 6, 7].map((index) => [`Айыл ${index}`]),
      ['2/2 »'],
      ['Артка'],
      ['Артка'],
    ]);
    expect(labels({ text: '', options: list, page: 1 })).toEqual([['Айыл 8'], ['« 1/2'], ['Артка'], ['Артка']]);
    expect(labels({ text: '', options: [...options(8), pinned] })).toHaveLength(9);
  });

  it.each([[3], [99], [-1]])('stays within the list when asked for page %i', (page) => {
    expect(
      rows({ text: '', options: options(19), page })
        .flat()
        .map((button) => button.text),
    ).toContain(page < 0 ? 'Айыл 0' : 'Айыл 18');
  });

  it('has none without options', () => {
    expect(toKeyboard({ text: '' })).toBeNull();
    expect(toKeyboard({ text: '', options: [] })).toBeNull();
  });
});

describe(toHtml.name, () => {
  const shown = (pieces: string[]) => pieces.map((html) => parseHtml(html).text);

  it.each([
    ['a paragraph', 'аа аа. бб\n\nвв вв', 12, ['аа аа. бб', 'вв вв']],
    ['a line', 'аа аа. бб\nвв вв', 12, ['аа аа. бб', 'вв вв']],
    ['a word rather than a paragraph far above', 'а\n\nбббб бббб бббб', 13, ['а\n\nбббб бббб', 'бббб']],
    ['a sentence', 'аа аа аа. бб вв', 12, ['аа аа аа.', 'бб вв']],
    ['a word', 'аааа бббб вввв', 10, ['аааа бббб', 'вввв']],
    ['a character, by need', 'аааааааааа', 4, ['аааа', 'аааа', 'аа']],
    ['no surrogate pair', 'а😀😀😀', 4, ['а😀', '😀😀']],
    ['nothing when it fits', 'аа бб', 5, ['аа бб']],
    ['nothing of white space', ' \n ', 5, []],
  ])('cuts after %s', (_, text, limit, pieces) => {
    expect(shown(toHtml(text, limit))).toEqual(pieces);
  });

  it('goes on in bold where a bold part was cut', () => {
    expect(toHtml(['а', { bold: 'бб вв' }], 4)).toEqual(['а<b>бб</b>', '<b>вв</b>']);
  });

  it('counts what is shown, not its escapes', () => {
    expect(toHtml('<'.repeat(4096))).toHaveLength(1);
    expect(toHtml('<'.repeat(4097))).toHaveLength(2);
  });

  it('shows all characters of any text, in pieces that Telegram takes', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constant('<b>&amp;😀\n\n. '),
    );
    const part = fc.oneof(
      piece,
      piece.map((text): TextPart => ({ bold: text })),
    );
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 2, max: 40 }), (text, limit) => {
        const pieces = shown(toHtml(text, limit));
        for (const shownPiece of pieces) expect(shownPiece.length).toBeLessThanOrEqual(limit);
        const bare = (value: string) => value.toWellFormed().replace(/\s/g, '');
        expect(bare(pieces.join(''))).toBe(bare(plain(text)));
      }),
      { numRuns: 200 },
    );
  });
});
