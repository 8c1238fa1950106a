import { describe, expect, it } from 'vitest';
import { bold, plain } from '../../src/core/text.ts';
import type { OutboundContent } from '../../src/messaging/contract.ts';
import { numbered } from '../../src/messaging/numbered.ts';

const options = [
  { data: 'a', label: 'Мантыш' },
  { data: 'b', label: 'Орток' },
];

describe('numbered', () => {
  it('counts the options from one below the text and says the hint last', () => {
    expect(numbered({ text: 'Кайсы айыл?', options }, 'Номерин жазыңыз.')).toBe(
      'Кайсы айыл?\n\n1. Мантыш\n2. Орток\n\nНомерин жазыңыз.',
    );
  });
  it('leaves out an empty hint', () => {
    expect(numbered({ text: 'Кайсы айыл?', options }, '')).toBe('Кайсы айыл?\n\n1. Мантыш\n2. Орток');
  });
  it('gives a message without options back as it is', () => {
    expect(numbered({ text: 'Рахмат', options: [] }, 'Номерин жазыңыз.')).toBe('Рахмат');
  });
  describe('with more options than fit at one look', () => {
    const villages = Array.from({ length: 19 }, (_, at) => ({ data: `v${at}`, label: `Айыл ${at + 1}` }));
    const lines = (content: Omit<OutboundContent, 'text'>) =>
      plain(numbered({ text: 'Кайсы?', more: 'Калганын көрүү: +', ...content }, '0 – артка'))
        .split('\n')
        .slice(2);

    it('shows a page of them with the numbers that they have in the whole list', () => {
      const [first, second] = [lines({ options: villages }), lines({ options: villages, page: 1 })];
      expect(first.slice(0, 8)).toEqual(villages.slice(0, 8).map(({ label }, at) => `${at + 1}. ${label}`));
      expect(first.slice(8)).toEqual(['', 'Калганын көрүү: +', '0 – артка']);
      expect(second[0]).toBe('9. Айыл 9');
    });
    it('begins again after the last page', () => {
      expect(lines({ options: villages, page: 2 }).slice(0, 4)).toEqual([
        '17. Айыл 17',
        '18. Айыл 18',
        '19. Айыл 19',
        '',
      ]);
      expect(lines({ options: villages, page: 3 })).toEqual(lines({ options: villages }));
    });
    it('keeps what is pinned below every page', () => {
      const options = [{ data: 'new', label: 'Жаңы', pinned: true }, ...villages];
      expect(lines({ options }).slice(6, 9)).toEqual(['8. Айыл 7', '1. Жаңы', '']);
      expect(lines({ options, page: 1 }).slice(6, 8)).toEqual(['15. Айыл 14', '1. Жаңы']);
    });
    it('shows nine at once', () => {
      expect(lines({ options: villages.slice(0, 9) })).toEqual([
        ...villages.slice(0, 9).map(({ label }, at) => `${at + 1}. ${label}`),
        '',
        '0 – артка',
      ]);
    });
  });
  it('keeps what is bold', () => {
    const text = numbered({ text: ['Айыл: ', bold('Орток')], options }, '');
    expect(text).toContainEqual(bold('Орток'));
    expect(plain(text)).toBe('Айыл: Орток\n\n1. Мантыш\n2. Орток');
  });
});
