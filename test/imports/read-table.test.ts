import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import { readTable, readTableFile } from '../../src/imports/read-table.ts';
import { ImportFileError } from '../../src/imports/table-source.ts';
import { dateCell, formulaCell, packed, workbook } from '../support/workbook.ts';

/** Rows by their lines, of the first sheet. */
async function rowsOf(bytes: Buffer | string): Promise<Record<number, readonly unknown[]>> {
  const { sheets } = await readTable(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  return Object.fromEntries((sheets[0] ?? []).map(({ line, cells }) => [line, cells]));
}

const refusal = (bytes: Buffer) => readTable(bytes).then(String, (error: unknown) => error);

describe('readTable of CSV', () => {
  const plain = { 1: ['text', 'village'], 2: ['Суу жок', 'Орток'] };

  it.each([
    ['commas', 'text,village\nСуу жок,Орток'],
    ['semicolons and Windows line ends', 'text;village\r\nСуу жок;Орток\r\n'],
    ['tabs', 'text\tvillage\nСуу жок\tОрток\n'],
    ['a byte order mark', '\uFEFFtext,village\nСуу жок,Орток\n'],
    ['quotes', '"text";"village"\n"Суу жок";"Орток"\n'],
    ['old line ends', 'text,village\rСуу жок,Орток'],
  ])('reads %s', async (_, text) => {
    expect(await rowsOf(text)).toEqual(plain);
  });

  it('reads a delimiter that its first line tells, and keeps the lines of the file', async () => {
    expect(await rowsOf('sep=|\ntext|village\nСуу жок|Орток')).toEqual({ 2: plain[1], 3: plain[2] });
  });

  it('reads windows-1251', async () => {
    const cyrillic = [0xd1, 0xf3, 0xf3, 0x20, 0xe6, 0xee, 0xea, 0x3b, 0xce, 0xf0, 0xf2, 0xee, 0xea];
    expect(await rowsOf(Buffer.concat([Buffer.from('text;village\n'), Buffer.from(cyrillic)]))).toEqual(plain);
  });

  it.each(['utf-16le', 'utf-16be'])('reads %s, which Excel calls Unicode text', async (encoding) => {
    const bytes = Buffer.from('\uFEFFtext\tvillage\nСуу жок\tОрток\n', 'utf16le');
    expect(await rowsOf(encoding === 'utf-16le' ? bytes : bytes.swap16())).toEqual(plain);
  });

  it('keeps line breaks, quotes and delimiters inside quotes, and the lines at which rows begin', async () => {
    const text = 'text;village\n"Көпүрө;\n""Достук"" жолу";Орток\n\n;;\nМТФ "Достук" жолу;Мантыш\n';
    expect(await rowsOf(text)).toEqual({
      1: ['text', 'village'],
      2: ['Көпүрө;\n"Достук" жолу', 'Орток'],
      6: ['МТФ "Достук" жолу', 'Мантыш'],
    });
  });

  it('leaves a formula as the text that it is', async () => {
    expect(await rowsOf("text,village\n=1+1,'=2\n")).toMatchObject({ 2: ['=1+1', "'=2"] });
  });

  it.each([
    ['a quote that does not end', Buffer.from('text,village\n"Суу,Орток\nx,y\n'), 'quotation mark'],
    [
      'damaged letters',
      Buffer.concat([Buffer.from('Суу жок бизде,a\nЖол к'), Buffer.from([0xd0]), Buffer.from('р')]),
      'line 2',
    ],
    ['a web page', Buffer.from('<html><table><tr><td>text</td></tr></table>'), 'HTML'],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj'), 'PDF'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'PNG'],
    ['a program', Buffer.from([1, 2, 3, 0, 5, 200, 201]), 'neither'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'XLS'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a row of a thousand columns', Buffer.from('a,'.repeat(1000)), '1001 columns'],
  ])('refuses %s', async (_, bytes, why) => {
    const error = await refusal(bytes);
    expect(error).toBeInstanceOf(ImportFileError);
    expect(String(error)).toContain(why);
  });
});

describe('readTable of XLSX', () => {
  it('reads words, numbers, dates and what formulas gave, at their lines', async () => {
    const bytes = workbook([
      ['text', 'village', 'date', 'age'],
      [],
      ['Суу <жок> & «жол»', formulaCell('A1', 'Орток'), dateCell(46_022), 34],
      ['=1+1', null, null, null],
    ]);
    expect(await rowsOf(bytes)).toEqual({
      1: ['text', 'village', 'date', 'age'],
      3: ['Суу <жок> & «жол»', 'Орток', new Date('2025-12-31'), 34],
      4: ['=1+1', null, null, null],
    });
  });

  it('tells errors of formulas, and formulas that no program has computed', async () => {
    const cells = [
      '<c r="A1" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c r="B1" t="e"><v>#N/A</v></c>',
      '<c r="C1"><f>A2&amp;"b"</f><v></v></c>',
      '<c r="D1" t="n" s="1"><f t="shared" si="0"/></c>',
      '<c r="E1" t="str"><f>A2</f><v></v></c>',
      '<c r="F1"><f>1+1</f><v>2</v></c>',
    ];
    expect(await rowsOf(packed(`<sheetData><row r="1">${cells.join('')}</row></sheetData>`))).toEqual({
      1: ['#DIV/0!', '#N/A', '#VALUE!', '#VALUE!', null, 2],
    });
  });

  it('fills merged cells downwards, and tells which', async () => {
    const bytes = workbook(
      [
        ['text', 'village'],
        ['бир', 'Орток'],
        ['эки', null],
        ['үч', 'Мантыш'],
      ],
      { merged: ['B2:B3', 'A1:B1'] },
    );
    const { sheets } = await readTable(bytes);
    expect(sheets[0]?.map(({ cells }) => cells[1])).toEqual(['village', 'Орток', 'Орток', 'Мантыш']);
    expect(sheets[0]?.map(({ merged }) => [...(merged ?? [])])).toEqual([[], [], [1], []]);
  });

  it('reads a sheet whose rows have a style down to the last', async () => {
    const styled = Array.from(
      { length: 50_000 },
      (_, at) => `<row r="${at + 2}" s="1"><c r="A${at + 2}" s="1"/></row>`,
    );
    const first = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>';
    expect(await rowsOf(packed(`<sheetData>${first}${styled.join('')}</sheetData>`))).toEqual({ 1: ['text'] });
  });

  it('expands no entities', async () => {
    const strings = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>';
    const bytes = packed('<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>', {
      parts: { 'xl/sharedStrings.xml': strings },
    });
    expect(JSON.stringify(await rowsOf(bytes))).not.toContain('aaaa');
  });

  const whole = workbook([['text', 'village']]);
  const at = (reference: string) =>
    packed(`<sheetData><row r="1"><c r="${reference}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>`);
  it.each([
    ['macros', packed('<sheetData/>', { parts: { 'xl/vbaProject.bin': 'x' } }), 'macros'],
    ['an archive of something else', zipOf({ 'a.txt': 'b' }), 'ZIP'],
    ['a text document', zipOf({ 'word/document.xml': '<a/>' }), 'DOCX'],
    ['a table of LibreOffice', zipOf({ 'content.xml': '<a/>' }), 'OpenDocument'],
    ['a part of a file', whole.subarray(0, whole.length - 30), 'damaged'],
    ['changed bytes', withByte(whole, 200), 'damaged'],
    ['a cell in row 1048576', at('A1048576'), 'row 1048576'],
    ['a cell in column XFD', at('XFD1'), 'column XFD'],
    [
      'a bomb',
      packed('<sheetData/>', { parts: { 'xl/big.xml': Buffer.alloc(70 * 1024 * 1024, 'a') } }),
      '64 MB at most',
    ],
    [
      'a bomb that lies about its size',
      lying(packed('<sheetData/>', { parts: { 'xl/big.xml': 'a'.repeat(1e6) } })),
      'damaged',
    ],
  ])('refuses %s', async (_, bytes, why) => {
    const error = await refusal(bytes);
    expect(error).toBeInstanceOf(ImportFileError);
    expect(String(error)).toContain(why);
  });
});

describe('readTableFile', () => {
  it('refuses a file above the measure before it reads it, a folder, and what is not there', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sunush-import-'));
    try {
      const path = join(dir, 'large.csv');
      writeFileSync(path, '');
      truncateSync(path, 50 * 1024 * 1024);
      await expect(readTableFile(path)).rejects.toThrow('50 MB: expected 20 MB at most');
      await expect(readTableFile(dir)).rejects.toThrow('no file');
      await expect(readTableFile(join(dir, 'none.csv'))).rejects.toThrow('cannot be read');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const zip = new PizZip();
  for (const [path, content] of Object.entries(files)) zip.file(path, content);
  return zip.generate({ type: 'nodebuffer' });
}

function withByte(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 0xff;
  return changed;
}

/** Declares a tenth of what the part unpacks to, in the directory of the archive. */
function lying(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(1e6);
  for (let at = changed.indexOf(size); at !== -1; at = changed.indexOf(size, at + 1)) changed.writeUInt32LE(1e5, at);
  return changed;
}
