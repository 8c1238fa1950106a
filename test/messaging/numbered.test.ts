import { describe, expect, it } from 'vitest';
import { bold, plain } from '../../src/core/text.ts';
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
  it('keeps what is bold', () => {
    const text = numbered({ text: ['Айыл: ', bold('Орток')], options }, '');
    expect(text).toContainEqual(bold('Орток'));
    expect(plain(text)).toBe('Айыл: Орток\n\n1. Мантыш\n2. Орток');
  });
});
