import { describe, expect, it } from 'vitest';
import { CatalogueError, parseCatalogue } from '../../src/places/catalogue.ts';
import { aCatalogue } from '../support/given.ts';
import { karaSuu } from '../support/needs.ts';

function issuesOf(file: unknown): readonly string[] {
  try {
    parseCatalogue(file);
  } catch (error) {
    if (error instanceof CatalogueError) return error.issues;
    throw error;
  }
  return [];
}

describe('parseCatalogue', () => {
  it('takes the catalogue of Kara-Suu, with its five villages and nineteen sectors', () => {
    const catalogue = karaSuu();
    expect(catalogue.villages.map((village) => village.id)).toEqual([
      'mantysh',
      'kyzyl-dobo',
      'kara-moinok',
      'ortok',
      'ak-talaa',
    ]);
    expect(catalogue.sectors).toHaveLength(19);
  });

  it('takes what the law wants of Kara-Suu each year, told in each language without words of another', () => {
    const { calendar } = karaSuu().settings;
    expect(calendar.map(({ id, on, until }) => `${on} to ${until}: ${id}`)).toEqual([
      '01-11 to 03-31: execution_hearing',
      '04-01 to 05-31: sedp_hearing',
      '05-11 to 06-01: sedp_approval',
      '05-16 to 08-31: budget_hearing',
      '11-01 to 12-31: jap_gathering',
    ]);
    const topics = calendar.flatMap(({ notice }) => (notice.kind === 'hearing' ? [notice.topic] : []));
    const told = [...calendar.map(({ texts }) => texts), ...topics];
    expect(told.flatMap(({ ky, ru }) => [ky, ru]).filter((text) => /\p{Script=Latin}/u.test(text))).toEqual([]);
    expect(told.map(({ en }) => en).filter((text) => /\p{Script=Cyrillic}/u.test(text))).toEqual([]);
  });

  it('fills in the settings that a file leaves out', () => {
    expect(parseCatalogue(aCatalogue('KS')).settings).toMatchObject({
      backupDays: 30,
      noticeDays: 10,
      quietHours: { from: '21:00', to: '08:00' },
      dialogExpiryDays: 7,
    });
  });

  it('names every mistake with its path, all at once', () => {
    const file = aCatalogue('KS');
    const wrong = {
      ...file,
      surprise: true,
      municipality: { ...file.municipality, code: 'ks', timeZone: 'Asia/Nowhere' },
      settings: { backupDays: -1, quietHours: { from: '25:00', to: '08:00', until: '09:00' } },
      villages: [{ ...file.villages[0], names: { ky: 'Мантыш', ru: '' } }, file.villages[1], file.villages[1]],
      sectors: [{ ...file.sectors[0], keywords: [{ weight: 5, words: ['жол~, !!'] }] }],
    };
    expect(issuesOf(wrong).map((issue) => issue.replace(/: .*/s, ''))).toEqual(
      expect.arrayContaining([
        'surprise',
        'municipality.code',
        'municipality.timeZone',
        'settings.backupDays',
        'settings.quietHours.from',
        'settings.quietHours.until',
        'villages[0].names.ru',
        'villages[0].names.en',
        'villages[2].id',
        'sectors',
        'sectors[0].keywords[0].words[0]',
      ]),
    );
  });

  it('refuses the code that test proposals are numbered with', () => {
    expect(issuesOf(aCatalogue('TEST'))).toEqual([expect.stringMatching(/^municipality\.code: .*not TEST/)]);
    expect(issuesOf(aCatalogue('TESTS'))).toEqual([]);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a text', 'KS'],
  ])('refuses %s', (_, file) => {
    expect(issuesOf(file)).toEqual([expect.stringMatching(/^\(the file\): /)]);
  });
});
