import { describe, expect, it } from 'vitest';
import { translator } from '../../../src/core/texts.ts';
import { parseAges, parseAttendance, parseHeldOn } from '../../../src/flows/office/meeting-card.ts';
import { parseWho, whoOf, whoOptions } from '../../../src/flows/office/paper-card.ts';

const t = translator('en');
const text = (words: string) => ({ kind: 'text', text: words }) as const;

describe('parseWho', () => {
  it.each([
    ['аял 34', 'woman', '29-54'],
    ['Эркек, 60 жашта', 'man', '55+'],
    ['жен., 14 лет', 'woman', '14-28'],
    ['мужчина 28', 'man', '14-28'],
    ['woman', 'woman', null],
    ['байке', 'man', null],
    ['34', null, '29-54'],
    ['55 жаш жана улуу', null, '55+'],
    ['мужчина, 55 и старше', 'man', '55+'],
    ['55+', null, '55+'],
  ])('understands «%s»', (words, sex, ageBand) => {
    expect(parseWho(words)).toEqual({ sex, ageBand });
  });

  it.each(['', 'Мантыш', 'аял эркек', '34 45', 'аял 7', 'аял 134', 'аялдарга 34 орундуу залга жылытуу керек'])(
    'leaves «%s» to others',
    (words) => {
      expect(parseWho(words)).toBe(null);
    },
  );
});

describe('whoOptions', () => {
  it('are all understood', () => {
    const all = whoOptions(t).map(({ id }) => whoOf(id));
    expect(new Set(all.map(({ sex, ageBand }) => `${sex} ${ageBand}`))).toEqual(
      new Set(['woman', 'man'].flatMap((sex) => ['14-28', '29-54', '55+', null].map((band) => `${sex} ${band}`))),
    );
    expect(whoOf('skip')).toEqual({ sex: null, ageBand: null });
  });
});

describe('parseAttendance', () => {
  it.each([
    ['45, 18', 45, 18],
    ['45,18', 45, 18],
    ['45 18', 45, 18],
    ['45/18', 45, 18],
    ['45 адам, 18 аял', 45, 18],
    ['45 people', 45, null],
    ['45, 0', 45, 0],
    ['45, 45', 45, 45],
  ])('understands «%s»', (words, people, women) => {
    expect(parseAttendance(t)(text(words))).toEqual({ value: { people, women } });
  });

  it.each(['көп', '0', '45, 46', '45, 18, 3', '-5', '4.5', '999999', ''])('refuses «%s» with a reason', (words) => {
    expect(parseAttendance(t)(text(words))).toEqual({ refuse: expect.stringMatching(/\w/) });
  });
});

describe('parseAges', () => {
  it.each([
    '12, 20, 8',
    '12 20 8',
    '12,20,8',
    '14–28: 12, 29–54: 20, 55+: 8',
    '14-28 - 12; 29-54 - 20; 55 и старше - 8',
  ])('understands «%s»', (words) => {
    expect(parseAges(t, 40)(text(words))).toEqual({ value: { age14: 12, age29: 20, age55: 8 } });
  });

  it.each(['12, 20', '12, 20, 9', '12, 20, 8, 1', 'жок', '12, x, 8'])('refuses «%s» with a reason', (words) => {
    expect(parseAges(t, 40)(text(words))).toEqual({ refuse: expect.stringMatching(/\w/) });
  });
});

describe('parseHeldOn', () => {
  it('takes a day up to today, and tells why not another', () => {
    const read = parseHeldOn(t, '2026-11-22');
    expect(read(text('22.11'))).toEqual({ value: '2026-11-22' });
    expect(read(text('5-май 2025'))).toEqual({ value: '2025-05-05' });
    expect(read(text('23.11.2026'))).toEqual({ refuse: t('meeting-date-late') });
    expect(read(text('31.11'))).toEqual({ refuse: t('meeting-date-wrong') });
    expect(read(text('1.1.1950'))).toEqual({ refuse: t('meeting-date-wrong') });
  });
});
