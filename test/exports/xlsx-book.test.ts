import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import type { Cell, Column } from '../../src/exports/table-sink.ts';
import { createXlsxBook, type SheetPlan } from '../../src/exports/xlsx-book.ts';

const columns: Column[] = [
  { id: 'number', heading: 'Номери', width: 15 },
  { id: 'text', heading: 'Сунуш' },
];

async function packed(work: (book: ReturnType<typeof createXlsxBook>) => Promise<void>, mostRows?: number) {
  const out = new PassThrough({ highWaterMark: 10_000_000 });
  const book = createXlsxBook(out, mostRows === undefined ? {} : { mostRows });
  await work(book);
  await book.end();
  out.end();
  const zip = new PizZip(await buffer(out));
  return (path: string) => zip.file(path)?.asText() ?? '';
}

/** One sheet of these rows, as its XML. */
async function sheet(rows: Cell[][], plan: Partial<SheetPlan> = {}): Promise<string> {
  const part = await packed(async (book) => {
    const sink = book.sheet({ title: 'Сунуштар', columns, filter: true, ...plan });
    await sink.write(rows);
    await sink.end();
  });
  return part('xl/worksheets/sheet1.xml');
}

/** The words of the one cell as they stand in the file. */
async function words(text: string): Promise<string> {
  return (
    /<t xml:space="preserve">([^<]*)<\/t><\/is><\/c><\/row><\/sheetData>/.exec(await sheet([['1', text]]))?.[1] ?? ''
  );
}

describe('createXlsxBook', () => {
  it('freezes and repeats the headings, filters them, and prints all columns on pages across', async () => {
    const part = await packed(async (book) => {
      const sink = book.sheet({ title: 'Сунуштар', columns, filter: true });
      await sink.write([['1', 'а']]);
      await sink.write([['2', 'б']]);
      await sink.end();
    });
    const xml = part('xl/worksheets/sheet1.xml');
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<col min="1" max="1" width="15" customWidth="1"/>');
    expect(xml).toContain('<autoFilter ref="A1:B3"/>');
    expect(xml).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
    expect(part('xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Сунуштар'!$1:$1</definedName>`,
    );
  });

  it('keeps words, numbers and dates apart, and leaves empty cells out', async () => {
    const xml = await sheet([['a', 5, 45_000.5, null, '', Number.NaN]], {
      columns: [...columns, { id: 'at', heading: 'Күнү', instant: true }],
    });
    expect(xml).toContain('<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">a</t></is></c>');
    expect(xml).toContain('<c r="B2" s="4"><v>5</v></c><c r="C2" s="3"><v>45000.5</v></c></row>');
  });

  it.each([
    ['=HYPERLINK("http://a")', '=HYPERLINK("http://a")'],
    ['<b>жол</b> & көпүрө', '&lt;b&gt;жол&lt;/b&gt; &amp; көпүрө'],
    ['а\u0000\u0007б\uFFFEв', 'абв'],
    ['а\uD800б\uDC00', 'аб'],
    ['🌉 ө ү ң', '🌉 ө ү ң'],
    ['а\r\nб\rв', 'а\nб\nв'],
    ['_x000D_ _X0041_ _x12_', '_x005F_x000D_ _x005F_X0041_ _x12_'],
    [']]> &amp;', ']]&gt; &amp;amp;'],
  ])('writes %j as words', async (text, written) => {
    expect(await words(text)).toBe(written);
  });

  it('quotes words that would become a formula when somebody edits them', async () => {
    expect(await sheet([['=1+1', '-жол']])).toMatch(/<c r="A2" s="5" .*<c r="B2" s="5" /);
  });

  it('stands counts at the right, and what stands for one', async () => {
    const counts: Column = { id: 'people', heading: 'Адам', counts: true };
    const xml = await sheet(
      [
        ['Мантыш', 5],
        ['Орток', '*'],
      ],
      { columns: [columns[1] ?? counts, counts] },
    );
    const looks = ['B2', 'B3'].map((at) => new RegExp(`<c r="${at}" s="(\\d+)"`).exec(xml)?.[1]);
    expect(new Set(looks)).toEqual(new Set(['4']));
  });

  it.each([
    ['says so at the foot of the pages', 'Урматтуу айыл өкмөтү! '.repeat(400), '&amp;CТолугу &amp;&amp; калганы&amp;R'],
    ['says nothing where they fit', 'Урматтуу айыл өкмөтү! ', '&amp;L&amp;A&amp;R'],
  ])('%s when words are longer than a row can be high', async (_, text, foot) => {
    const xml = await sheet([['1', text]], { cutNote: 'Толугу & калганы' });
    expect(xml).toContain(foot);
  });

  it('cuts words to what a cell holds, between letters', async () => {
    expect(await words('ө'.repeat(40_000))).toBe('ө'.repeat(32_767));
    expect(await words(`${'ө'.repeat(32_766)}🌉`)).toBe('ө'.repeat(32_766));
  });

  it('goes on in another sheet when one is full', async () => {
    const part = await packed(async (book) => {
      const sink = book.sheet({ title: 'Сунуштар', columns, filter: true });
      await sink.write(Array.from({ length: 5 }, (_, at) => [String(at)]));
      await sink.end();
      const next = book.sheet({ title: 'Сумма', columns, filter: false });
      await next.write([['бардыгы']], 'bold');
      await next.end();
    }, 3);
    expect(part('xl/workbook.xml').match(/(?<=<sheet name=")[^"]*/g)).toEqual([
      'Сунуштар',
      'Сунуштар (2)',
      'Сунуштар (3)',
      'Сумма',
    ]);
    expect(part('xl/worksheets/sheet2.xml')).toMatch(/Номери.*<row r="2">.*>2<.*<row r="3">.*>3</);
    expect(part('xl/worksheets/sheet3.xml')).toContain('<autoFilter ref="A1:B2"/>');
    expect(part('xl/worksheets/sheet4.xml')).not.toContain('autoFilter');
  });

  it('makes of any title one that Excel takes', async () => {
    const part = await packed(async (book) => {
      const sink = book.sheet({ title: `'Жол: [а/б]' & ${'ө'.repeat(40)}`, columns, filter: false });
      await sink.end();
    });
    const [title = ''] = part('xl/workbook.xml').match(/(?<=<sheet name=")[^"]*/) ?? [];
    expect(title).toMatch(/^Жол {3}а б {3}&amp; ө+$/);
    expect(title.replace('&amp;', '&')).toHaveLength(31);
  });

  it('has headings when there is no row', async () => {
    expect(await sheet([])).toMatch(/<row r="1">.*Номери.*<\/row><\/sheetData><autoFilter ref="A1:B1"\/>/);
  });

  it('waits for a target that is slow, and keeps nothing back', async () => {
    let waiting: (() => void)[] = [];
    let bytes = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        waiting.push(done);
      },
    });
    const book = createXlsxBook(slow);
    const sink = book.sheet({ title: 'а', columns, filter: false });
    const random = Array.from({ length: 20_000 }, () => [String(Math.random()), String(Math.random())]);
    let done = false;
    const writing = sink.write(random).then(() => {
      done = true;
    });
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(done).toBe(false);
    const pump = async () => {
      for (const take of waiting.splice(0)) take();
      await new Promise(setImmediate);
    };
    while (!done) await pump();
    await writing;
    expect(bytes).toBeGreaterThan(100_000);
    waiting = [];
  });

  it('rejects when the target breaks', async () => {
    const out = new Writable({ write: (_chunk, _encoding, done) => done(new Error('ENOSPC')) });
    out.on('error', () => {});
    const sink = createXlsxBook(out).sheet({ title: 'а', columns, filter: false });
    await expect(sink.write([['1', 'а']])).rejects.toThrow('ENOSPC');
  });
});
