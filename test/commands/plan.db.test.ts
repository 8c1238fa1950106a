import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import { loadPlaces } from '../../src/places/places.ts';
import { createPlan } from '../../src/plans/create-plan.ts';
import { defaultTemplate } from '../../src/plans/default-template.ts';
import { spawnDatabaseEnv, testContext } from '../support/database.ts';
import { givenProposal, givenResident } from '../support/given.ts';
import { type Run, runSunush } from '../support/run-sunush.ts';

describe('plan', { timeout: 300_000 }, () => {
  const database = spawnDatabaseEnv();
  const run = (...args: string[]): Promise<Run> => runSunush(['plan', ...args], database.env);

  it('makes a line of proposals, shows it, and writes the file', async () => {
    // an empty database gets its catalogue by the first command
    expect(await run('show')).toMatchObject({ code: 0, err: '0 plan(s).\n' });
    const open = await database.open();
    const ctx = testContext(open.db);
    const municipality = (await loadPlaces(open.db)).municipalityByCode('KS');
    if (municipality === null) throw new Error('no municipality KS');
    await createPlan(ctx, { municipalityId: municipality.id, year: 2027 });
    await givenProposal(ctx, await givenResident(ctx), municipality, { sectorId: 'water', text: 'Суу жок' });
    await open.close();
    const fields = ['--beneficiaries', '800 390 410', '--funding', 'Бюджет – 380 миң', '--funding', 'Донор – 1,15 млн'];
    expect(await run('add', '2027', '--sector', 'water', ...fields)).toMatchObject({
      code: 0,
      err: 'Line 1 has 1 proposal(s) more.\n',
    });
    const shown = JSON.parse((await run('show', '2027', '--json')).out);
    expect(shown.lines).toMatchObject([
      {
        ...{ position: 1, beneficiaries: 800, women: 390, men: 410 },
        villages: [{ villageId: 'mantysh', problem: 'Суу жок' }],
        fundings: [
          { source: 'Бюджет', amount: 380_000 },
          { source: 'Донор', amount: 1_150_000 },
        ],
        proposals: [{ number: 'KS-2026-0001' }],
      },
    ]);
    const path = join(database.dataDir, 'plan.docx');
    expect(await run('export', '2027', '--out', path)).toMatchObject({ code: 0 });
    expect(new PizZip(readFileSync(path)).file('word/document.xml')?.asText()).toContain('KS-2026-0001');
  });

  it('says which lines of the file hold words in Latin letters', async () => {
    const path = join(database.dataDir, 'plan.docx');
    expect((await run('export', '2027', '--out', path)).err).toBe(`${path}: plan of 2027, 1 line(s).\n`);
    await run('edit', '2027', '1', '--village-problem', 'mantysh=There is no water');
    expect((await run('export', '2027', '--out', path)).err).toBe(
      `${path}: plan of 2027, 1 line(s).\nWords in Latin letters, to be written anew, stand in line 1.\n`,
    );
  });

  it('adds a line with all its fields, none of them where that is said, or not at all', async () => {
    const open = await database.open();
    const ctx = testContext(open.db);
    const municipality = (await loadPlaces(open.db)).municipalityByCode('KS');
    if (municipality === null) throw new Error('no municipality KS');
    const resident = await givenResident(ctx);
    await givenProposal(ctx, resident, municipality, { sectorId: 'health', villageId: 'ortok', text: 'ФАП муздак' });
    await givenProposal(ctx, resident, municipality, { sectorId: 'health', villageId: 'mantysh', text: 'Дарыгер жок' });
    await open.close();
    const add = (...args: string[]) => run('add', '2027', '--sector', 'health', ...args);
    expect(await add('--beneficiaries', '10 90 410')).toMatchObject({ code: 2 });
    const words = ['--village-problem', 'ortok=ФАПта жылытуу жок'];
    expect(await add('--issue', 'none', ...words)).toMatchObject({ code: 0 });
    const { lines } = JSON.parse((await run('show', '2027', '--json')).out);
    expect(lines).toHaveLength(2);
    const [, added] = lines;
    expect(added).toMatchObject({ sectorId: 'health', issueNumber: null, cost: null });
    expect(added.villages).toEqual([
      { villageId: 'mantysh', problem: 'Дарыгер жок' },
      { villageId: 'ortok', problem: 'ФАПта жылытуу жок' },
    ]);
  });

  it('says all that is wrong with a template, and ends with 2', async () => {
    const path = join(database.dataDir, 'ru.docx');
    const zip = new PizZip(Buffer.from(await defaultTemplate('ru')));
    const body = zip.file('word/document.xml')?.asText() ?? '';
    zip.file('word/document.xml', body.replace('{год}', '{гот}').replace('{/сёла}', ''));
    writeFileSync(path, zip.generate({ type: 'nodebuffer' }));
    expect(await run('template', path, '--language', 'ru')).toMatchObject({
      code: 2,
      err: `${path}: the template was not changed.\nThere is no such tag: {гот}\nA repeated part is not closed: {#сёла}\n`,
    });
  });
});
