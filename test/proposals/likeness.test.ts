import { describe, expect, it } from 'vitest';
import { foldProposal } from '../../src/proposals/fold.ts';
import { differInNumber, likeness, numbersPattern } from '../../src/proposals/likeness.ts';
import { type Pair, readPairs } from '../support/needs.ts';

const folded = (text: string) => foldProposal(text, null);

describe('differInNumber', () => {
  it.each([
    ['5-үйдүн короосу', '7-үйдүн короосу', true],
    ['двор дома 5', 'двор дома № 5', false],
    ['5-үйдүн жанында', 'бешинчи үйдүн жанында', false],
    ['Бешинчи үй', 'Жетинчи үй', true],
    ['дом 12а', 'дом 12б', true],
    ['дом 12А', 'дом 12а', false],
    ['дом 12-а', 'дом 12-б', true],
    ['12 а үйүнө суу', '12 б үйүнө суу', true],
    ['дом 12 а', 'дом 12а', false],
    ['дом 12-а', 'дом 12', true],
    ['в домах 5 и 7', 'в домах 5, 7', false],
    ['дом 012', 'дом 12', false],
    ['5-үйгө суу', 'үйгө суу', true],
    ['3 жана 5-үй', '5 жана 3-үй', false],
    ['эки жылдан бери суу жок', 'суу жок', false],
    ['эки жылдан бери суу жок', 'үч жылдан бери суу жок', true],
    ['жыйырма үйгө суу', 'отуз үйгө суу', true],
    ['жыйырма үйгө суу', '20 үйгө суу', false],
    ['жыйырма беш үйгө суу', 'жыйырма алты үйгө суу', true],
    ['сто домов без воды', 'двести домов без воды', true],
    ['сороковой дом', 'пятидесятый дом', true],
    ['house twenty', 'house thirty', true],
    ['миң түп көчөт', 'жүз түп көчөт', true],
    ['көчө үчүн', 'көчө', false],
    ['суу жетишпейт', 'суу', false],
  ])('«%s» and «%s»: %s', (one, other, differ) => {
    expect(differInNumber(folded(one), folded(other))).toBe(differ);
    expect(differInNumber(folded(other), folded(one))).toBe(differ);
    // what is looked up by the pattern misses none of those that do not differ
    if (!differ) expect(folded(other)).toMatch(new RegExp(numbersPattern(folded(one))));
    if (!differ) expect(folded(one)).toMatch(new RegExp(numbersPattern(folded(other))));
  });
});

describe('likeness', () => {
  it.each([
    ['the same words in other forms', 'Айылда мектептин чатыры агып жатат', 'мектептин чатырынан агып атат', 1],
    ['asking alone', 'Көпүрө бузулуп калды, оңдоп берсеңиздер', 'Жол бузулуп калды, оңдоп берсеңиздер', 0],
    ['words that only begin alike', 'суу жок', 'сугат жок', 0],
    ['half of what is told', 'Мектепке мугалим керек', 'Мектепке компьютер керек', 0.5],
    ['what is said by who says more', 'Көчөдө жарык жок', 'Көчөдө жарык жок, балдар коркот', 5 / 6],
    ['nothing that is told', 'Жардам бериңиздерчи', 'Жардам бериңиздерчи', 0],
  ])('sees %s', (_, one, other, expected) => {
    expect(likeness(folded(one), folded(other))).toBeCloseTo(expected, 5);
  });

  it('does not count the name of the village', () => {
    const [one, other] = [folded('Мантышта жол жаман'), folded('Мантыштын жолу')];
    expect(likeness(one, other, [folded('Мантыш')])).toBe(1);
    expect(likeness(folded('Мантышта жол'), folded('Мантышта мончо'), [folded('Мантыш')])).toBe(0);
  });

  // The words of a need, in other words and beside another need in like words.
  it('tells labelled pairs apart', () => {
    const pairs = readPairs();
    const offered = ({ one, other }: Pair) =>
      likeness(folded(one), folded(other)) >= 0.7 && !differInNumber(folded(one), folded(other));
    const count = (verdict: string) => pairs.filter((pair) => pair.verdict === verdict).length;
    const found = (verdict: string) => pairs.filter((pair) => pair.verdict === verdict && offered(pair)).length;
    expect([count('same'), count('different')]).toEqual([50, 44]);
    expect(found('same')).toBeGreaterThanOrEqual(44);
    expect(found('different')).toBeLessThanOrEqual(1);
  });
});
