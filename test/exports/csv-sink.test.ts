import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createCsvSink } from '../../src/exports/csv-sink.ts';
import type { Cell } from '../../src/exports/table-sink.ts';

const columns = [
  { id: 'number', heading: 'Номери' },
  { id: 'text', heading: 'Сунуш' },
];

async function written(...pages: Cell[][][]): Promise<string> {
  const out = new PassThrough({ highWaterMark: 1_000_000 });
  const sink = createCsvSink(out, columns);
  for (const page of pages) await sink.write(page);
  await sink.end();
  out.end();
  return text(out);
}

/** The one cell as it stands in the file, without the quotes of CSV. */
async function cell(value: Cell): Promise<string> {
  const file = await written([['x', value]]);
  const field = file.slice(file.indexOf('\n') + 3, -1);
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
}

describe('createCsvSink', () => {
  it('writes a byte order mark and the headings once, then page after page', async () => {
    const file = await written([['1', 'а']], [], [['2', 'б']]);
    expect(file.replace('\uFEFF', '')).toBe('Номери,Сунуш\n1,а\n2,б\n');
  });

  it('begins with the bytes of the mark', async () => {
    const chunks: Buffer[] = [];
    const out = new Writable({
      write(chunk, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    await createCsvSink(out, columns).end();
    expect(Buffer.concat(chunks).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });

  it('writes the headings when there is no row', async () => {
    expect((await written()).replace('\uFEFF', '')).toBe('Номери,Сунуш\n');
  });

  it('quotes commas, quotes and line breaks, and leaves the words as they are', async () => {
    const file = await written([['1', 'а, "б"\nв\rг']]);
    expect(file).toContain('1,"а, ""б""\nв\rг"\n');
  });

  it('quotes a lone carriage return, which many readers take for a line end', async () => {
    expect(await written([['1', 'а\rб']])).toContain('1,"а\rб"\n');
  });

  it('writes nothing for null, and numbers as they are', async () => {
    expect((await written([[null, -5]])).endsWith('\n,-5\n')).toBe(true);
  });

  it.each([
    ['=1+1'],
    ['+996'],
    ['-жол'],
    ['@SUM(A1)'],
    ['\tжол'],
    ['\rжол'],
    ['\nжол'],
    ['  =1+1'],
    ['\t =1+1'],
    ['\u00A0=1+1'],
    ['\u3000=1+1'],
    ['\u200B=1+1'],
    ['\uFEFF=1+1'],
    ['＝1+1'],
    ['＋1'],
    ['－1'],
    ['＠SUM'],
    ['=cmd|"/c calc"!A1'],
  ])('makes %j text that no spreadsheet runs', async (formula) => {
    expect(await cell(formula)).toBe(`'${formula}`);
  });

  it.each([['Көпүрө = жол'], ['1-мектеп'], ['«=1»'], [' жол'], ['жол+суу']])('leaves %j alone', async (plain) => {
    expect(await cell(plain)).toBe(plain);
  });

  it('waits until the target has taken a page', async () => {
    let take: (() => void) | undefined;
    const out = new Writable({
      write(_chunk, _encoding, done) {
        take = done;
      },
    });
    let resolved = false;
    const writing = createCsvSink(out, columns)
      .write([['1', 'а']])
      .then(() => {
        resolved = true;
      });
    await new Promise(setImmediate);
    expect(resolved).toBe(false);
    take?.();
    await writing;
    expect(resolved).toBe(true);
  });

  it('rejects when the target breaks', async () => {
    const out = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    out.on('error', () => {});
    await expect(createCsvSink(out, columns).write([['1', 'а']])).rejects.toThrow('EPIPE');
  });
});
