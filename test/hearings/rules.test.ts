import { describe, expect, it } from 'vitest';
import { HearingRefusedError } from '../../src/hearings/errors.ts';
import { hearingButton, readAboutHearing } from '../../src/hearings/hearing-buttons.ts';
import {
  arrange,
  checkTimes,
  localText,
  localTexts,
  PageLink,
  shownFrom,
  takesQuestions,
} from '../../src/hearings/rules.ts';

const at = (time: string) => new Date(`2026-12-${time}:00+06:00`);

describe('localText', () => {
  it.each([
    ['the words in that language', { ky: 'Жол', ru: 'Дорога', en: 'Road' }, 'ru', { text: 'Дорога', language: 'ru' }],
    ['the Kyrgyz ones where it has none', { ky: 'Жол', ru: 'Дорога' }, 'en', { text: 'Жол', language: 'ky' }],
    ['the Russian ones where there are no others', { ru: 'Дорога' }, 'ky', { text: 'Дорога', language: 'ru' }],
    ['nothing of an empty text', { ky: '', en: 'Road' }, 'ky', { text: 'Road', language: 'en' }],
    ['nothing where nothing is written', {}, 'ky', null],
    ['nothing where there is nothing', null, 'ky', null],
  ] as const)('gives %s', (_, texts, locale, expected) => {
    expect(localText(texts, locale)).toEqual(expected);
  });
});

describe('localTexts', () => {
  it('keeps the languages that were written in, cleaned', () => {
    expect(localTexts(20).parse({ ky: ' Жол\u200B ', ru: '  ', en: undefined })).toEqual({ ky: 'Жол' });
  });

  it.each([
    ['no words at all', {}],
    ['blanks', { ky: '  ' }],
    ['another language', { ky: 'Жол', de: 'Weg' }],
    ['too many letters', { ky: 'Жолдорду оңдоо жөнүндө' }],
  ])('refuses %s', (_, texts) => {
    expect(() => localTexts(20).parse(texts)).toThrow();
  });
});

describe('PageLink', () => {
  it.each(['https://koomtalkuu.gov.kg/ky/12', 'http://айыл.рф/план'])('takes %s', (url) => {
    expect(PageLink.safeParse(url).success).toBe(true);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'ftp://a.kg/b', 'koomtalkuu.gov.kg', ''])(
    'refuses %s',
    (url) => {
      expect(PageLink.safeParse(url).success).toBe(false);
    },
  );
});

describe('checkTimes', () => {
  const problemOf = (startsAt: Date, proposalsUntil: Date | null) => {
    try {
      checkTimes({ startsAt, proposalsUntil }, at('10T10:00'));
      return null;
    } catch (error) {
      return error instanceof HearingRefusedError ? error.problem : error;
    }
  };
  it.each([
    ['a start ahead', at('10T10:01'), null, null],
    ['a start now', at('10T10:00'), null, 'past'],
    ['questions up to the start', at('12T10:00'), at('12T10:00'), null],
    ['questions after the start', at('12T10:00'), at('12T10:01'), 'proposals-until'],
    ['questions that were over before', at('12T10:00'), at('10T10:00'), 'proposals-until'],
  ])('judges %s', (_, startsAt, until, problem) => {
    expect(problemOf(startsAt, until)).toBe(problem);
  });
});

describe('takesQuestions', () => {
  const hearing = { state: 'planned', startsAt: at('12T10:00'), proposalsUntil: null } as const;
  it.each([
    ['before it begins', hearing, at('12T09:59'), true],
    ['once it begins', hearing, at('12T10:00'), false],
    ['once its own moment has come', { ...hearing, proposalsUntil: at('11T18:00') }, at('11T18:00'), false],
    ['of a canceled one', { ...hearing, state: 'canceled' as const }, at('10T10:00'), false],
  ])('%s', (_, one, now, taken) => {
    expect(takesQuestions(one, now)).toBe(taken);
  });
});

describe('arrange', () => {
  const one = (start: string, state: 'planned' | 'held' | 'canceled') => ({ state, startsAt: at(start) });
  it('puts what is ahead first, soonest first, then what took place, the latest first', () => {
    const soon = one('12T10:00', 'planned');
    const off = one('14T10:00', 'canceled');
    const late = one('16T10:00', 'planned');
    const held = one('01T10:00', 'held');
    const begun = one('09T10:00', 'planned');
    expect(arrange([late, held, off, begun, soon], at('10T10:00'))).toEqual([soon, off, late, begun, held]);
  });

  it('leaves out what nobody looks for any more', () => {
    const old = { state: 'held', startsAt: new Date('2026-09-01T10:00:00Z') } as const;
    const forgotten = { state: 'planned', startsAt: new Date('2026-11-01T10:00:00Z') } as const;
    expect(arrange([old, forgotten, one('09T10:00', 'canceled')], at('10T10:00'))).toEqual([]);
    expect(shownFrom(at('10T10:00'))).toEqual(new Date('2026-09-11T10:00:00+06:00'));
  });
});

describe('readAboutHearing', () => {
  it('reads what a button was made of', () => {
    const [, , about = ''] = hearingButton(12, 'cannot').split(':');
    expect(readAboutHearing(about)).toEqual({ hearingId: 12, act: 'cannot' });
  });

  it.each([
    ['come', { hearingId: null, act: 'come' }],
    ['draft', null],
    ['12', null],
    ['12.', null],
    ['12.dance', null],
    ['-1.come', null],
    ['1234567890123456.come', null],
  ])('reads %s', (about, expected) => {
    expect(readAboutHearing(about)).toEqual(expected);
  });
});
