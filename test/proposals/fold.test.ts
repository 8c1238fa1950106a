import { describe, expect, it } from 'vitest';
import { foldProposal } from '../../src/proposals/fold.ts';

describe('foldProposal', () => {
  it.each([
    ['Kyrgyz letters with and without their marks', 'Көчөгө үй үчүн суу өтсүн', 'Кочого уй учун суу отсун'],
    ['Latin spelling', 'мектепке жылуулук', 'mektepke jyluuluk'],
    ['dashes, quotes and signs', 'Тез-жардам «машинасы»!', 'тез жардам машинасы'],
  ])('gives one spelling for %s', (_, one, other) => {
    expect(foldProposal(one, null)).toBe(foldProposal(other, null));
  });

  it('has no letter that a database of locale C does not know', () => {
    const text = 'Ө, ү, ң; щётка, цех, объезд, юрта, ящик, жайыт, школьный; qwerty; Қазақ ғылым һәм ўзбек';
    expect(foldProposal(text, null)).toMatch(/^[a-z0-9 ]+$/);
  });

  it('joins the transcript to the words', () => {
    expect(foldProposal('Суу', 'көпүрө керек')).toBe('su kopuro kerek');
    expect(foldProposal('', 'көпүрө керек')).toBe('kopuro kerek');
  });

  it('is empty where there is no word, which is not null', () => {
    expect(foldProposal('… 👍', null)).toBe('');
  });

  it('is cut between words after 2,000 characters', () => {
    const folded = foldProposal('мектеп '.repeat(1_000), null);
    expect(folded.length).toBeLessThanOrEqual(2_000);
    expect(folded.endsWith(' mektep')).toBe(true);
    expect(foldProposal('1'.repeat(3_000), null)).toHaveLength(2_000);
  });
});
