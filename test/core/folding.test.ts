import { describe, expect, it } from 'vitest';
import { closeTo, emojiDigits, foldKey, foldWords, withinDistance } from '../../src/core/folding.ts';

describe('foldWords', () => {
  it.each([
    ['missing Kyrgyz letters', 'копуродогу ондоо', 'көпүрөдөгү оңдоо'],
    ['letters of old Kyrgyz fonts', 'кєпїрєлўр', 'көпүрөлңр'],
    ['look-alike letters of other keyboards', 'ѳзѳн таӊ', 'өзөн таң'],
    ['Kazakh letters', 'сұу қана ғ ә і', 'суу кана г а и'],
    ['Latin spelling with j and y', 'jol jarykka', 'жол жарыкка'],
    ['Latin spelling with zh and i', 'zhol zharik', 'жол жарык'],
    ['Latin spelling with marks', 'köpürö üy ñ', 'көпүрө үй ң'],
    ['Russian in Latin', 'pomogite s vodoy v shkole', 'помогите с водой в школе'],
    ['Russian soft letters in Latin', 'obyavlenie yama', 'объявление яма'],
    ['the digits of the old chat spelling', '4o4 ba6', 'чоч баш'],
    ['doubled letters', 'суууу жоок', 'су жок'],
    ['Latin letters inside a Cyrillic word', 'cуу жoл', 'суу жол'],
    ['ts for ц', 'meditsina konsert', 'медицина концерт'],
    ['ng for ң', 'jangy tengiz', 'жаңы теңиз'],
    ['capitals and punctuation', '«СУУ», жол!', 'суу жол'],
  ])('makes %s one spelling', (_, typed, meant) => {
    expect(foldWords(typed)).toEqual(foldWords(meant));
  });

  it('splits at dashes and drops emoji', () => {
    expect(foldWords('Кара-Мойнок 🚰!')).toEqual(['кара', 'моинок']);
  });

  it('keeps numbers as they are', () => {
    expect(foldWords('110 киши, 3G, 18km, 44')).toEqual(['110', 'киши', '3г', '18км', '44']);
  });

  it('finds no words in an empty text, emoji or lone surrogates', () => {
    expect(foldWords(' 🙏👍 ')).toEqual([]);
    expect(foldWords('\uD800')).toEqual([]);
  });
});

describe('foldKey', () => {
  it('drops what stands between words', () => {
    expect(foldKey('Кызыл-Дөбө')).toBe(foldKey('kizil dobo'));
    expect(foldKey('Ак Талаа')).toBe(foldKey('акталаа'));
  });

  it('does not merge digits', () => {
    expect(foldKey('00')).toBe('00');
  });

  it('gives the same key when folded again', () => {
    for (const text of ['Кызыл-Дөбө', 'көңгөй', 'Mektep, ichki joldor'])
      expect(foldKey(foldKey(text))).toBe(foldKey(text));
  });
});

describe('closeTo', () => {
  it.each([
    ['Мантыш', 'Мантиш'],
    ['Мантыш', 'Мантш'],
    ['Кара-Мойнок', 'карамойнак'],
    ['Жөнөтүү', 'жонотуу'],
    ['Отправить', 'отпрвить'],
    ['Отправить', 'отпраивть'],
  ])('takes %s and %s for the same', (a, b) => {
    expect(closeTo(a, b)).toBe(true);
  });

  it.each([
    ['жол', 'жок'],
    ['Мектеп', 'Медицина'],
    ['', ''],
    ['суу', ''],
    ['мектеп', 'мек'],
  ])('tells "%s" from "%s"', (a, b) => {
    expect(closeTo(a, b)).toBe(false);
  });
});

describe('withinDistance', () => {
  it('counts a swap of neighbours once', () => {
    expect(withinDistance('мектеп', 'мекетп', 1)).toBe(true);
    expect(withinDistance('мектеп', 'мекетп', 0)).toBe(false);
  });
});

describe('emojiDigits', () => {
  it.each([
    ['3️⃣', 3],
    ['③', 3],
    ['❸', 3],
    ['➂', 3],
    ['3', 3],
    ['3.', 3],
    ['3)', 3],
    [' №3 ', 3],
    ['⑶', 3],
    ['１２', 12],
    ['1️⃣0️⃣', 10],
    ['🔟', 10],
    ['0', 0],
  ])('reads %s', (typed, number) => {
    expect(emojiDigits(typed)).toBe(number);
  });

  it.each(['', 'үч', '3 жол', '1000', '3а', '-3', '👍'])('sees no number in "%s"', (typed) => {
    expect(emojiDigits(typed)).toBeNull();
  });
});
