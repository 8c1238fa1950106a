import { describe, expect, it } from 'vitest';
import { splitNeeds } from '../../src/places/split-needs.ts';
import { karaSuu } from '../support/needs.ts';

const { sectors } = karaSuu();

describe('splitNeeds', () => {
  it.each([
    ['numbers in a line', '1. суу жок 2. жол жаман 3. мектеп эски', ['суу жок', 'жол жаман', 'мектеп эски']],
    ['numbers without a space', '1)суу 2)жол', ['суу', 'жол']],
    ['emoji numbers', '1️⃣ таза суу\n2️⃣ көчө жарыгы', ['таза суу', 'көчө жарыгы']],
    ['dashes', '- көпүрө оңдоо\n- клубга ремонт', ['көпүрө оңдоо', 'клубга ремонт']],
    ['Kyrgyz ordinals', 'Биринчиден, суу жок, экинчиден, жол жаман', ['суу жок', 'жол жаман']],
    ['Russian ordinals', 'Во-первых, дорога. Во-вторых, нет воды', ['дорога.', 'нет воды']],
    [
      'lines about different sectors',
      'көчөдө суу чыкпайт\nмектептин чатыры агат',
      ['көчөдө суу чыкпайт', 'мектептин чатыры агат'],
    ],
  ])('splits %s', (_, text, parts) => {
    expect(splitNeeds(text, sectors)).toEqual(parts);
  });

  it('keeps what stands before a list, with its first need', () => {
    expect(splitNeeds('Айылга керек:\n1. көпүрө\n2. жарык')).toEqual(['Айылга керек: көпүрө', 'жарык']);
  });

  it.each([
    ['one need', 'Көчөбүздү асфальттап бергиле'],
    ['two lines about the same', 'суу жок\nсуу тартып бергиле'],
    ['a greeting above the need', 'Саламатсыздарбы\nбиздин көчөдө суу жок'],
    ['a date', '2026-ж. 1. 05. күнү суу жок болду'],
    ['numbers that do not run from one', '18. үйдөн 2. көчөгө чейин жол'],
    ['a sum', '1.5 млн сомго 2.5 км жол'],
    ['ordinal numbers of things', '1-мектеп менен 2-мектептин чатыры'],
    ['a word that only begins with a number', 'биринчи айылга жол керек'],
    ['a single point', '1. суу жок'],
    ['an empty text', ''],
  ])('leaves %s whole', (_, text) => {
    expect(splitNeeds(text, sectors)).toEqual([text]);
  });

  it('leaves a document of many points whole', () => {
    const text = Array.from({ length: 30 }, (_, index) => `${index + 1}. пункт`).join('\n');
    expect(splitNeeds(text)).toEqual([text]);
  });
});
