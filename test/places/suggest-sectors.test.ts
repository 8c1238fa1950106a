import { describe, expect, it } from 'vitest';
import { matchSector, suggestSectors } from '../../src/places/suggest-sectors.ts';
import { inLatin, karaSuu, measureSuggestions, type Need, readNeeds, withoutKyrgyzLetters } from '../support/needs.ts';

const { sectors } = karaSuu();
const needs = readNeeds();
const ownNeeds = readNeeds('needs-own.tsv');
const kyrgyz = [...needs, ...ownNeeds].filter((need) => need.language === 'ky' || need.language === 'mixed');

function rewritten(rewrite: (text: string) => string): Need[] {
  return kyrgyz.map((need) => ({ ...need, text: rewrite(need.text) }));
}

describe('suggestSectors', () => {
  it.each([
    ['the collected needs', needs],
    ['needs written for the project', ownNeeds],
    ['Kyrgyz needs without ө, ү, ң', rewritten(withoutKyrgyzLetters)],
    ['Kyrgyz needs in Latin', rewritten((text) => inLatin(text, 'plain'))],
    ['Kyrgyz needs in Latin with marks', rewritten((text) => inLatin(text, 'marked'))],
    ['needs in capitals', needs.map((need) => ({ ...need, text: need.text.toUpperCase() }))],
  ])('is right at first in 85 of 100 and within three in 95: %s', (label, rows) => {
    const { count, first, withinThree } = measureSuggestions(rows, sectors);
    console.log(
      `${label}: ${count} needs, first ${(first * 100).toFixed(1)} %, within three ${(withinThree * 100).toFixed(1)} %`,
    );
    expect(first).toBeGreaterThanOrEqual(0.85);
    expect(withinThree).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    ['жарык with a street is lighting', 'көчөдө жарык жок', 'lighting'],
    ['жарык that goes out is electricity', 'жарык күндө өчөт', 'electricity'],
    ['a bare свет is electricity', 'свет жок', 'electricity'],
    ['water alone is drinking water', 'суу жок', 'water'],
    ['water for fields is farming', 'сугат суу жетпейт', 'farming'],
    ['drinking beats the ditch it comes from', 'арыктан суу ичип жүрөбүз', 'water'],
    ['water that floods is a disaster', 'сел жүрүп, суу үйлөрдү басты', 'disaster'],
    ['an ambulance is not help in general', 'тез жардам жок', 'health'],
    ['a doctor for cattle is farming', 'мал доктор керек', 'farming'],
    ['a toilet goes with its building', 'мектептин ажатканасы эски', 'school'],
    ['a playground is a public place', 'балдарга оюн аянтча', 'public_space'],
    ['the road to school is a road', 'мектепке барган жол баткак', 'roads'],
    ['a plot for a house is land', 'үй салганга жер тилке', 'property'],
    ['a bathhouse is social', 'айылга мончо', 'social'],
  ])('knows that %s', (_, text, sector) => {
    expect(suggestSectors(text, sectors)[0]).toBe(sector);
  });

  it.each([
    ['a missing letter', 'копродо тосмо жок', 'roads'],
    ['a missing letter in the middle', 'трансфоматор жайы', 'electricity'],
    ['swapped letters', 'мекетпте орун тар', 'school'],
    ['a letter too many', 'китепакана жөнүндө', 'library'],
  ])('sees through %s', (_, text, sector) => {
    expect(suggestSectors(text, sectors)[0]).toBe(sector);
  });

  it.each([
    ['орто is not өрт', 'орто мектеп', 'school'],
    ['жана is not жаан', 'чакан жана орто бизнес', 'business'],
    ['зима is no зым', 'зимой улицу не чистят от снега', 'roads'],
    ['борбор is no борьба', 'айылдын борборуна отургуч', 'public_space'],
    ['село is no сел', 'для нашего села нужен мост', 'roads'],
    ['алмаштыруу is no alma', 'мамыларды алмаштыруу', 'electricity'],
  ])('does not fall for words that fold alike: %s', (_, text, sector) => {
    expect(suggestSectors(text, sectors)[0]).toBe(sector);
  });

  it('names every sector once, whatever the text', () => {
    for (const text of ['', 'жол жана суу', '👍', 'lorem ipsum']) {
      const ranked = suggestSectors(text, sectors);
      expect([...ranked].sort()).toEqual(sectors.map((sector) => sector.id).sort());
    }
  });

  it('begins with other where nothing speaks for a sector', () => {
    expect(suggestSectors('бир нерсе деп койсомбу', sectors)[0]).toBe('other');
  });

  it('does not take the name of the aimak for water', () => {
    expect(suggestSectors('Кара-Суу айыл аймагы үчүн сунуш', sectors)[0]).toBe('other');
  });

  it('answers at once for a text of 100,000 characters', () => {
    const startedAt = performance.now();
    suggestSectors('жол суу мектеп '.repeat(7_000), sectors);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });
});

describe('matchSector', () => {
  it.each([
    ['a label', 'Бала бакча', 'preschool'],
    ['a part of a label', 'маданият', 'culture'],
    ['a label of another language', 'Детский сад', 'preschool'],
    ['a label in Latin', 'kitepkana', 'library'],
    ['a slip of the finger', 'Уличное освщение', 'lighting'],
    ['a keyword', 'мост', 'roads'],
    ['a keyword with an ending', 'садикке', 'preschool'],
    ['the last resort', 'башка', 'other'],
  ])('takes %s', (_, text, sector) => {
    expect(matchSector(text, sectors, 'ky')).toBe(sector);
  });

  it.each(['жок', 'ооба', 'отправить', '', '👍', 'көчө', 'жол менен суу', 'мен муну жакшы көрөм'])(
    'does not take "%s"',
    (text) => {
      expect(matchSector(text, sectors, 'ky')).toBeNull();
    },
  );
});
