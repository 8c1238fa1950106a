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

  it('joins the transcript to the words', () => {
    expect(foldProposal('Суу', 'көпүрө керек')).toBe('су копуро керек');
    expect(foldProposal('', 'көпүрө керек')).toBe('копуро керек');
  });

  it('is empty where there is no word, which is not null', () => {
    expect(foldProposal('… 👍', null)).toBe('');
  });

  it('is cut between words after 2,000 characters', () => {
    const folded = foldProposal('мектеп '.repeat(1_000), null);
    expect(folded.length).toBeLessThanOrEqual(2_000);
    expect(folded.endsWith(' мектеп')).toBe(true);
    expect(foldProposal('1'.repeat(3_000), null)).toHaveLength(2_000);
  });
});
