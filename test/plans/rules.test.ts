import { describe, expect, it } from 'vitest';
import { PlanInputError } from '../../src/plans/errors.ts';
import { LOCAL_ISSUES, usualIssue } from '../../src/plans/local-issues.ts';
import {
  parseActivities,
  parseBeneficiaries,
  parseDay,
  parseFundings,
  parseSoms,
} from '../../src/plans/parse-fields.ts';
import { completeBeneficiaries, overfunding, shorten } from '../../src/plans/rules.ts';

describe('completeBeneficiaries', () => {
  it.each([
    ['nothing is known', [null, null, null], [null, null, null]],
    ['only all are known', [800, null, null], [800, null, null]],
    ['all three add up', [5910, 3068, 2842], [5910, 3068, 2842]],
    ['men follow', [800, 390, null], [800, 390, 410]],
    ['women follow', [800, null, 410], [800, 390, 410]],
    ['all follow', [null, 390, 410], [800, 390, 410]],
    ['nobody gains', [0, 0, 0], [0, 0, 0]],
  ] as const)('takes numbers where %s', (_, [total, women, men], expected) => {
    const { total: t, women: w, men: m } = completeBeneficiaries({ total, women, men });
    expect([t, w, m]).toEqual(expected);
  });

  it.each([
    ['the sum is another one', [7037, 3475, 3545]],
    ['there are more women than people', [10, 11, null]],
    ['women alone are known', [null, 5, null]],
  ] as const)('refuses numbers where %s', (_, [total, women, men]) => {
    expect(() => completeBeneficiaries({ total, women, men })).toThrow(PlanInputError);
  });
});

describe('overfunding', () => {
  it.each([
    [null, [500], 0],
    [500, [], 0],
    [500, [300, 200], 0],
    [500, [300, 280], 80],
  ])('is, at a cost of %s with %j, %d', (cost, amounts, expected) => {
    const fundings = amounts.map((amount) => ({ source: 'Жергиликтүү бюджет', amount }));
    expect(overfunding({ cost, fundings })).toBe(expected);
  });
});

describe('shorten', () => {
  it.each([
    ['Суу жок.', 20, 'Суу жок'],
    ['Суу\nжок,  үч күн', 40, 'Суу жок, үч күн'],
    ['Көпүрөнүн тактайлары чирип калган', 24, 'Көпүрөнүн тактайлары…'],
    ['Көпүрөнүнтактайларычирипкалган', 10, 'Көпүрөнүн…'],
    ['😀😀😀😀😀😀', 4, '😀…'],
    ['', 5, ''],
  ])('makes of %j at most %d characters', (text, most, expected) => {
    expect(shorten(text, most)).toBe(expected);
  });
});

describe('parseSoms', () => {
  it.each([
    ['380000', 380_000],
    ['1 150 000', 1_150_000],
    ['1\u00A0150\u00A0000 сом', 1_150_000],
    ['1.150.000', 1_150_000],
    ['1,150,000 som', 1_150_000],
    ['1,15 млн', 1_150_000],
    ['1.15 млн сом', 1_150_000],
    ['380 миң сом', 380_000],
    ['380 тыс. сомов', 380_000],
    ['0', 0],
    ['жок', null],
    ['-5', null],
    ['1,5', null],
    ['380 доллар', null],
    ['Бюджет 380000', null],
    ['99999999999999999999', null],
    ['', null],
  ])('reads %j as %s', (text, soms) => {
    expect(parseSoms(text)).toBe(soms);
  });
});

describe('parseFundings', () => {
  it('reads a source a line, dashes and bullets left out', () => {
    expect(parseFundings('Жергиликтүү бюджет – 380 миң\n- «Ак-Суу» фонду: 1 000 000 сом\n2) Донор 5')).toEqual([
      { source: 'Жергиликтүү бюджет', amount: 380_000 },
      { source: '«Ак-Суу» фонду', amount: 1_000_000 },
      { source: 'Донор', amount: 5 },
    ]);
  });

  it.each(['', 'Жергиликтүү бюджет', '380 000', 'Бюджет – 5\nДонор'])('refuses %j', (text) => {
    expect(parseFundings(text)).toBeNull();
  });
});

describe('parseActivities', () => {
  it('reads activity, term and responsible, of which the last two may be missing', () => {
    expect(parseActivities('Шагыл төгүү; май–июнь; Жер адиси\n\n• Көпүрөнү оңдоо')).toEqual([
      { activity: 'Шагыл төгүү', term: 'май–июнь', responsible: 'Жер адиси' },
      { activity: 'Көпүрөнү оңдоо', term: '', responsible: '' },
    ]);
  });

  it.each(['', '; май; башчы'])('refuses %j', (text) => {
    expect(parseActivities(text)).toBeNull();
  });
});

describe('parseBeneficiaries', () => {
  it.each([
    ['800 390 410', { total: 800, women: 390, men: 410 }],
    ['800 адам, аял 390', { total: 800, women: 390, men: null }],
    ['5\u00A0910', { total: 5910, women: null, men: null }],
    ['көп', null],
    ['1 2 3 4', null],
  ])('reads %j', (text, expected) => {
    expect(parseBeneficiaries(text)).toEqual(expected);
  });
});

describe('parseDay', () => {
  it.each([
    ['12.05.2027', '2027-05-12'],
    ['1.5.2027', '2027-05-01'],
    ['2027-05-12', '2027-05-12'],
    ['31.02.2027', null],
    ['эртең', null],
  ])('reads %j as %s', (text, day) => {
    expect(parseDay(text)).toBe(day);
  });
});

describe('LOCAL_ISSUES', () => {
  it('has a number for sectors that are a local matter, and none for the others', () => {
    expect(LOCAL_ISSUES).toHaveLength(22);
    expect(LOCAL_ISSUES[(usualIssue('roads') ?? 0) - 1]?.en).toBe('Municipal roads in settlements');
    expect(usualIssue('health')).toBeNull();
  });
});
