import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spawnDatabaseEnv } from '../support/database.ts';
import { type Run, runSunush } from '../support/run-sunush.ts';

describe('sunush import', { timeout: 300_000 }, () => {
  const database = spawnDatabaseEnv();
  const sunush = (...args: string[]): Promise<Run> => runSunush(args, database.env);
  const path = (name: string) => join(database.dataDir, name);

  it('writes a template, names what is wrong with a filled one, and imports the mended one once', async () => {
    const template = await sunush('import', '--template', '--out', path('t.csv'), '--language', 'ru');
    expect(template).toMatchObject({ code: 0, out: '' });
    const headings = readFileSync(path('t.csv'), 'utf8');
    expect(headings).toBe('\uFEFFТекст предложения,Село,Направление,Дата,Пол,Возраст,Язык\n');

    writeFileSync(path('t.csv'), `${headings}Нет воды,Орток,,31.12.2025,жен,34,ru\n,Бишкек,,,,,\n`);
    const bad = await sunush('import', path('t.csv'), '--language', 'ru', '--json');
    expect(bad.code).toBe(1);
    expect(bad.err.split('\n').slice(0, 3)).toEqual([
      'Строка 3, «Текст предложения»: нет текста предложения',
      'Строка 3, «Село»: такого села нет в списке «Бишкек»',
      'Nothing was imported: 1 bad row(s) of 2.',
    ]);
    expect(JSON.parse(bad.out)).toMatchObject({ added: 0, mistakes: [{ line: 3, reason: 'no-text' }, { line: 3 }] });

    writeFileSync(path('t.csv'), `${headings}Нет воды,Орток,,31.12.2025,жен,34,ru\n`);
    const done = await sunush('import', path('t.csv'));
    expect(done).toMatchObject({ code: 0, out: '' });
    expect(done.err).toMatch(/^1 proposal\(s\) imported: KS-\d{4}-0001 to KS-\d{4}-0001\.$/m);
    const again = await sunush('import', path('t.csv'), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ added: 0, present: 1, first: null });
    expect(again.err).toContain('Nothing was imported. 1 were imported before.');
  });

  it('ends with 2 when it is used wrongly, with 1 when the file is none', async () => {
    writeFileSync(path('x.xlsx'), '%PDF-1.7');
    const [neither, pdf, meeting] = await Promise.all([
      sunush('import'),
      sunush('import', path('x.xlsx')),
      sunush('meetings', 'list', '--json'),
    ]);
    expect(neither).toMatchObject({ code: 2, out: '' });
    expect(pdf.code).toBe(1);
    expect(pdf.err).toContain('of the kind PDF: expected XLSX or CSV');
    expect(meeting).toMatchObject({ code: 0, out: '[]\n' });
  });
});
