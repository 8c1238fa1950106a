import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale, type TextKey, translator } from '../../src/core/texts.ts';
import { commandWord, controlWords, isSmallTalk } from '../../src/core/words.ts';

/** What a text tells the resident to write: whatever it quotes. */
function quoted(text: string): string[] {
  return [...text.matchAll(/[«“]([^»”]+)[»”]/g)].map((match) => match[1] ?? '');
}

function first(locale: Locale, key: 'mydata-hint' | 'stop-all-done' | 'ask-photo'): string {
  return quoted(translator(locale)(key))[0] ?? '';
}

describe.each(LOCALES)('words that texts in %s tell people to write', (locale) => {
  const t = translator(locale);

  it('each begin what the help says', () => {
    const begun = quoted(t('help-words')).map((word) => commandWord(word));
    expect(begun).toEqual(['propose', 'my', 'hearings', 'language', 'village', 'stop', 'join', 'mydata', 'forget']);
  });

  it('begin what the other texts say', () => {
    expect(commandWord(first(locale, 'mydata-hint'))).toBe('forget');
    expect(commandWord(first(locale, 'stop-all-done'))).toBe('my');
    expect(isSmallTalk(quoted(t('forget-done', { date: '…' }))[0] ?? '')).toBe(true);
    expect(controlWords(first(locale, 'ask-photo'))).toContain('done');
  });

  it.each([
    ['btn-yes', 'yes'],
    ['btn-no', 'no'],
    ['btn-skip', 'skip'],
    ['btn-done', 'done'],
    ['btn-cancel', 'cancel'],
  ] as const satisfies readonly (readonly [TextKey, string])[])('mean on %s what typing them means', (key, act) => {
    expect(controlWords(t(key))).toContain(act);
  });
});
