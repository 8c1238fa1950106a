import { describe, expect, it } from 'vitest';
import { taggedText } from '../../src/core/proposal-tag.ts';

describe(taggedText, () => {
  it.each([
    ['a hashtag before the words', '#сунуш көчөдө жарык жок', 'көчөдө жарык жок'],
    ['a hashtag in another case', '#СУНУШ Көчөдө жарык жок', 'Көчөдө жарык жок'],
    ['a hashtag with signs behind it', '#Сунуш: көчөдө жарык жок!', 'көчөдө жарык жок!'],
    ['a hashtag with a dash behind it', '#сунуш – көчөдө жарык жок', 'көчөдө жарык жок'],
    ['a hashtag at the end', 'Көчөдө жарык жок #сунуш', 'Көчөдө жарык жок'],
    ['a hashtag at the end of a sentence', 'Көчөдө жарык жок. #сунуш.', 'Көчөдө жарык жок.'],
    ['a hashtag in the middle', 'Көчөдө #сунуш жарык жок', 'Көчөдө жарык жок'],
    ['a hashtag in brackets', 'Көчөдө жарык жок (#сунуш)', 'Көчөдө жарык жок'],
    ['a hashtag in bold', '*#сунуш* көчөдө жарык жок', 'көчөдө жарык жок'],
    ['a hashtag on a line of its own', '#сунуш\n- жол\n- суу', '- жол\n- суу'],
    ['a Russian hashtag', '#предложение на улице нет света', 'на улице нет света'],
    ['an English hashtag', '#Proposal no light', 'no light'],
    ['the wide sign that some keyboards have', '＃сунуш жарык жок', 'жарык жок'],
    ['two tags', '#сунуш #proposal Сунуш: жарык жок', 'жарык жок'],
    ['the word with a colon', 'сунуш: көчөдө жарык жок', 'көчөдө жарык жок'],
    ['the word with a colon and a capital letter', 'Предложение : нет света', 'нет света'],
    ['the word with a colon behind a sign', '❗️ Proposal: no light', 'no light'],
    ['a quotation after the tag', '#сунуш «Ак-Булак» көчөсү', '«Ак-Булак» көчөсү'],
    ['the command', '/propose көчөдө жарык жок', 'көчөдө жарык жок'],
    ['the command that names a bot', '/propose@sunush_bot көчөдө жарык жок', 'көчөдө жарык жок'],
    ['a tag alone', '#сунуш', ''],
    ['a tag with a sign alone', ' Сунуш: 👍', ''],
    ['the command alone', '/propose', ''],
  ])('reads what is proposed: %s', (_, text, proposed) => {
    expect(taggedText(text)).toBe(proposed);
  });

  it.each([
    ['the word alone', 'сунуш'],
    ['talk that begins with the word', 'Сунуш жакшы экен'],
    ['the word with a dash, as people talk', 'Сунуш – жакшы нерсе'],
    ['the word within talk', 'менин сунушум: кечинде жыйналалы'],
    ['the word with a colon within talk', 'бир сунуш: кечинде жыйналалы'],
    ['a longer hashtag', '#сунуштар көп'],
    ['a hashtag that goes on', '#сунуш_2026'],
    ['a hashtag stuck to a word', 'көп#сунуш'],
    ['a hashtag in a link', 'https://a.kg/#сунуш'],
    ['another hashtag', '#жарык жок'],
    ['another command', '/proposes'],
    ['the command within talk', 'жазыңыз: /propose'],
    ['nothing', ''],
  ])('leaves talk alone: %s', (_, text) => {
    expect(taggedText(text)).toBeNull();
  });
});
