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
