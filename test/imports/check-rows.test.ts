import { describe, expect, it } from 'vitest';
import { checkRows } from '../../src/imports/check-rows.ts';
import { findHeadings } from '../../src/imports/columns.ts';
import type { SourceCell, SourceRow, TableSource } from '../../src/imports/table-source.ts';
import { karaSuu } from '../support/kara-suu.ts';

const municipality = karaSuu();

function numbered(rows: readonly (readonly SourceCell[])[]): SourceRow[] {
  return rows.map((cells, index) => ({ line: index + 1, cells }));
}

function check(rows: readonly SourceRow[], encoding: TableSource['encoding'] = 'utf-8') {
  const headings = findHeadings(rows);
  if (headings === null) throw new Error('no headings');
  return checkRows(rows, headings, { municipality, today: '2026-11-22', encoding });
}

/** One row below headings that name its cells. */
function checkOne(cells: Readonly<Record<string, SourceCell>>, encoding?: TableSource['encoding']) {
  const whole = { text: 'Көчөгө жарык керек', village: 'Мантыш', ...cells };
  return check(numbered([Object.keys(whole), Object.values(whole)]), encoding);
}

const oneOf = (cells: Readonly<Record<string, SourceCell>>) => checkOne(cells).rows[0];
const reasons = (cells: Readonly<Record<string, SourceCell>>, encoding?: TableSource['encoding']) =>
  checkOne(cells, encoding).mistakes.map(({ column, reason }) => `${column}: ${reason}`);

describe('findHeadings', () => {
  it.each([
    ['ids', ['village', 'text', 'age_band', 'sex', 'date', 'sector', 'language']],
    ['Kyrgyz', ['Айыл', 'Сунуштун тексти', 'Жашы', 'Жынысы', 'Күнү', 'Багыты', 'Тили']],
    ['Russian', ['Село', 'Предложение', 'Возраст', 'Пол', 'Дата', 'Направление', 'Язык']],
    ['English in any case', ['VILLAGE', 'Proposal', 'Age', 'Sex', 'Date', 'Sector', 'Language']],
    ['slips of the finger', ['Айыл', 'Сунуштун текси', 'Жаш курагы', 'Жыныс', 'Күнү', 'Багыт', 'Тил']],
  ])('knows them in %s, in any order', (_, cells) => {
    const columns = findHeadings(numbered([cells]))?.columns;
    expect([...(columns ?? [])].sort((a, b) => a[1] - b[1]).map(([id]) => id)).toEqual([
      ...['village', 'text', 'age_band', 'sex', 'date', 'sector', 'language'],
    ]);
  });

  it('finds them below a title, and names the columns that nobody reads', () => {
    const rows = numbered([
      ['Сунуштар 2025'],
      [null, 'Бардыгы: 5'],
      ['№', 'Айыл', 'ФИО', 'Сунуш'],
      [1, 'Орток', 'x', 'y'],
    ]);
    expect(findHeadings(rows)).toMatchObject({ at: 2, unknown: ['№', 'ФИО'] });
  });

  it('reads the headings of our own exports', () => {
    const own = 'Номери,Жөнөтүлгөн убактысы,Каналы,Айыл,Багыты,Сунуштун тексти,Абалы,Колдогондор,Жынысы,Жашы,Тили';
    expect([...(findHeadings(numbered([own.split(',')]))?.columns.keys() ?? [])]).toEqual([
      ...['date', 'village', 'sector', 'text', 'sex', 'age_band', 'language'],
    ]);
  });

  it('finds none without a text or a village', () => {
    expect(
      findHeadings(
        numbered([
          ['text', 'date'],
          ['village', 'sector'],
        ]),
      ),
    ).toBe(null);
  });

  it('refuses a column that stands twice', () => {
    expect(() => findHeadings(numbered([['text', 'village', 'Айыл']]))).toThrow(
      "row 1: two columns are headed as 'village'",
    );
  });
});

describe('checkRows', () => {
  it('makes a proposal of words and a village alone', () => {
    expect(oneOf({})).toEqual({
      text: 'Көчөгө жарык керек',
      villageId: 'mantysh',
      sectorId: 'lighting',
      day: null,
      sex: null,
      ageBand: null,
      language: 'ky',
    });
  });

  it.each([
    ['ak-talaa', 'ak-talaa'],
    ['Ак Талаа', 'ak-talaa'],
    ['ортокко', 'ortok'],
    ['с. Мантыш', 'mantysh'],
    ['Kyzyl-Dobo', 'kyzyl-dobo'],
    ['Кызыл Добо айылы', 'kyzyl-dobo'],
  ])('knows the village «%s»', (village, id) => {
    expect(oneOf({ village })?.villageId).toBe(id);
  });

  it.each([
    ['roads', 'roads'],
    ['Мектеп', 'school'],
    ['Дороги и мосты', 'roads'],
    ['ичуучу таза суу', 'water'],
    [null, 'lighting'],
  ])('knows the sector «%s»', (sector, id) => {
    expect(oneOf({ sector })?.sectorId).toBe(id);
  });

  it.each([
    ['аял', '34', 'woman', '29-54'],
    ['Ж', '14–28 жаш', 'woman', '14-28'],
    ['муж.', '55+', 'man', '55+'],
    ['man', 60, 'man', '55+'],
    ['эркек', '55 жаш жана улуу', 'man', '55+'],
    ['-', '—', null, null],
    ['айтпай эле коёюн', 'жок', null, null],
  ])('knows who «%s», «%s» is', (sex, age, wantedSex, wantedBand) => {
    expect(oneOf({ sex, age_band: age })).toMatchObject({ sex: wantedSex, ageBand: wantedBand });
  });

  it.each([
    [new Date('2025-12-31'), '2025-12-31'],
    [new Date('2025-12-30T23:59:59.999Z'), '2025-12-31'],
    [46_022, '2025-12-31'],
    ['46022', '2025-12-31'],
    ['31.12.25', '2025-12-31'],
    ['2026-11-22', '2026-11-22'],
    ['-', null],
  ])('knows the day %s', (date, day) => {
    expect(oneOf({ date })?.day).toBe(day);
  });

  it('keeps the words as they are, but for marks that no text may hold', () => {
    expect(oneOf({ text: '  <b>Көпүрө</b>\r\n{x} =1+1\u0000 ' })?.text).toBe('<b>Көпүрө</b>\n{x} =1+1');
    expect(oneOf({ text: "'=суу жок" })?.text).toBe('=суу жок');
    expect(oneOf({ text: "'суу' жок" })?.text).toBe("'суу' жок");
  });

  it.each([
    [{ text: null }, ['text: no-text']],
    [{ text: '…' }, ['text: no-letters']],
    [{ text: '12345' }, ['text: no-letters']],
    [{ text: 'а'.repeat(10_001) }, ['text: text-long']],
    [{ village: '' }, ['village: no-village']],
    [{ village: 'Бишкек' }, ['village: village']],
    [{ sector: 'тамак-аш' }, ['sector: sector']],
    [{ date: '32.12.2025' }, ['date: date']],
    [{ date: '23.11.2026' }, ['date: date-late']],
    [{ date: '31.12.1999' }, ['date: date-early']],
    [{ sex: 'x' }, ['sex: sex']],
    [{ age_band: '7' }, ['age_band: age']],
    [{ age_band: '20-30' }, ['age_band: age']],
    [{ language: 'немис' }, ['language: language']],
    [{ village: '#REF!' }, ['village: formula']],
    [{ village: 'x', sex: 'x', age_band: 'x' }, ['village: village', 'sex: sex', 'age_band: age']],
  ])('names all that is wrong with %j', (cells, wanted) => {
    expect(reasons(cells)).toEqual(wanted);
    expect(checkOne(cells).rows).toEqual([]);
  });

  it('names lost letters where the encoding has none for them', () => {
    expect(reasons({ text: 'К?ч?г? жарык керек' }, 'windows-1251')).toEqual(['text: letters-lost']);
    expect(reasons({ text: 'Кµчµгµ жарык керек' }, 'windows-1251')).toEqual(['text: letters-lost']);
    expect(reasons({ text: 'Көчөгө жарык качан?Керек' })).toEqual([]);
  });

  it('tells the line and the cell, shortened, of every bad row', () => {
    const rows = numbered([
      ['text', 'village'],
      ['a', 'x'],
      [null, null],
      ['b', 'Орток'],
      ['c', 'y'.repeat(50)],
    ]);
    expect(check(rows).mistakes).toEqual([
      { line: 2, column: 'village', reason: 'village', value: 'x' },
      { line: 5, column: 'village', reason: 'village', value: 'y'.repeat(40) },
    ]);
    expect(check(rows).rows).toHaveLength(1);
  });

  it('takes a merged village for each row, and a merged text for its first', () => {
    const filled = { line: 3, cells: ['Көпүрө керек', 'Орток', 'аял'] };
    const heads = numbered([
      ['text', 'village', 'sex'],
      ['Көпүрө керек', 'Орток', null],
    ]);
    expect(check([...heads, { ...filled, merged: new Set([1]) }]).rows).toHaveLength(2);
    expect(check([...heads, { ...filled, merged: new Set([0, 1]) }]).mistakes).toMatchObject([
      { line: 3, reason: 'no-text' },
    ]);
    expect(check([...heads, { ...filled, merged: new Set([0, 1, 2]) }])).toMatchObject({ rows: [{}], mistakes: [] });
  });
});
