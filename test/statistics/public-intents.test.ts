import { describe, expect, it } from 'vitest';
import { type IntentCount, tallyIntents } from '../../src/hearings/intent-queries.ts';
import { suppressIntents } from '../../src/statistics/public-intents.ts';

const came = (
  villageId: string,
  sex: IntentCount['sex'],
  count: number,
  intent: IntentCount['intent'] = 'coming',
): IntentCount => ({ villageId, sex, ageBand: null, intent, count });

describe('suppressIntents', () => {
  it('shows what nobody is recognised by', () => {
    const table = tallyIntents([came('a', 'woman', 7), came('b', 'man', 6), came('b', 'man', 5, 'not_coming')]);
    expect(suppressIntents(table)).toEqual(table);
  });

  it('withholds what is small, and what would give it away', () => {
    const table = tallyIntents([came('a', 'woman', 7), came('b', 'woman', 6), came('c', 'woman', 2)]);
    const { coming, by } = suppressIntents(table);
    expect(coming).toBe(15);
    expect(by.villageId.map((part) => part.coming)).toEqual([7, null, null]);
    expect(by.sex).toEqual([{ key: 'woman', coming: 15, away: 0 }]);
  });

  it('shows that nobody said something', () => {
    const { by, away } = suppressIntents(tallyIntents([came('a', 'woman', 3)]));
    expect(away).toBe(0);
    expect(by.villageId).toEqual([{ key: 'a', coming: null, away: 0 }]);
  });
});

describe('tallyIntents', () => {
  it('adds up by each part, what is not told last', () => {
    const table = tallyIntents([came('b', null, 1), came('b', 'man', 2), came('a', 'woman', 3, 'not_coming')]);
    expect(table).toMatchObject({
      coming: 3,
      away: 3,
      by: {
        villageId: [
          { key: 'a', coming: 0, away: 3 },
          { key: 'b', coming: 3, away: 0 },
        ],
        sex: [
          { key: 'man', coming: 2 },
          { key: 'woman', away: 3 },
          { key: null, coming: 1 },
        ],
      },
    });
  });
});
