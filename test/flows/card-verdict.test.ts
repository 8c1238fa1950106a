import { describe, expect, it } from 'vitest';
import { cardVerdict } from '../../src/flows/card-verdict.ts';

const NO = { says: 'no', rest: '', apart: false };

describe('cardVerdict', () => {
  it.each([
    'ооба',
    'ооба, жөнөтүңүз',
    'ооба жибере бериңиз',
    'макул, туура',
    'да, отправляйте',
    'да, всё верно',
    'yes please',
  ])('takes «%s» for a yes', (text) => {
    expect(cardVerdict(text)).toEqual({ says: 'yes' });
  });

  it.each(['жок', 'нет', 'ой, нет', 'жок, туура эмес', 'туура эмес', 'да нет', 'no no'])(
    'takes «%s» for a no',
    (text) => {
      expect(cardVerdict(text)).toEqual(NO);
    },
  );

  it.each([
    ['жок, Орток', 'Орток', true],
    ['ой нет Орток', 'Орток', false],
    ['нет, не так: вода', 'так: вода', true],
    ['нет воды', 'воды', false],
  ])('tells what stands behind the no of «%s»', (text, rest, apart) => {
    expect(cardVerdict(text)).toEqual({ says: 'no', rest, apart });
  });

  it.each(['не Мантыш', 'суу жок', 'дагы жол керек', 'да, и ещё свет отключают', 'правильно', 'Мантыш', ''])(
    'leaves «%s» alone',
    (text) => {
      expect(cardVerdict(text)).toBeNull();
    },
  );
});
