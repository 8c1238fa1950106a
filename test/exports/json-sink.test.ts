import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createJsonSink } from '../../src/exports/json-sink.ts';
import type { Cell } from '../../src/exports/table-sink.ts';

const columns = [
  { id: 'number', heading: 'Номери' },
  { id: 'text', heading: 'Сунуш' },
];

async function written(...pages: Cell[][][]): Promise<string> {
  const out = new PassThrough({ highWaterMark: 1_000_000 });
  const sink = createJsonSink(out, columns);
  for (const page of pages) await sink.write(page);
  await sink.end();
  out.end();
  return text(out);
}

describe('createJsonSink', () => {
  it('writes one array over all pages, keyed by the ids of the columns', async () => {
    expect(
      JSON.parse(
        await written(
          [
            ['1', 'а'],
            ['2', null],
          ],
          [],
          [['3', 'в']],
        ),
      ),
    ).toEqual([
      { number: '1', text: 'а' },
      { number: '2', text: null },
      { number: '3', text: 'в' },
    ]);
  });

  it('writes an empty array when there is no row', async () => {
    expect(await written()).toBe('[]\n');
  });

  it.each([['=1+1'], ['  өткөн, "тырмакча"\n\tжана 🌉\u2028'], ['\\u0000 деген сөз'], ['']])(
    'gives back %j as it was',
    async (words) => {
      expect(JSON.parse(await written([['1', words]]))).toEqual([{ number: '1', text: words }]);
    },
  );
});
