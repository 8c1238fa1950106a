import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../src/db/open.ts';
import { storeEvents } from '../../src/messaging/inbox.ts';
import { BotProcess } from '../support/bot-process.ts';
import { spawnDatabaseEnv } from '../support/database.ts';
import { type Run, runSunush } from '../support/run-sunush.ts';
import { textEvent } from '../support/talk.ts';

const TALKS = [
  {
    language: 'ky',
    says: ['салам', 'Кыргызча', 'Мантышта таза суу жок, үч күндөн бери', 'Макулмун', 'Жөнөтүү', 'Аял', '2'],
    hears: [
      /Тилди тандаңыз/,
      /сунуш боту/,
      /Макулсузбу/,
      /Багыты: Таза суу/,
      /Номери: KS-\d+-0001/,
      /Жашыңыз канчада/,
      /Рахмат!/,
    ],
  },
  {
    language: 'ru',
    says: [
      'привет',
      '2',
      'В Ортоке ночью темно, нужны фонари на улице',
      '1',
      'отправить',
      'не хочу говорить',
      'не хочу говорить',
    ],
    hears: [
      /Выберите язык/,
      /бот предложений/,
      /Согласны/,
      /Направление: Уличное освещение/,
      /Номер: KS-\d+-0002/,
      /Сколько вам лет/,
      /Спасибо!/,
    ],
  },
  {
    language: 'en',
    says: ['hello', 'English', 'Repair the bridge in Ak-Talaa', 'I agree', 'Send', '3', '4'],
    hears: [
      /Choose a language/,
      /proposal bot/,
      /Do you agree/,
      /Sector: Roads and bridges/,
      /Number: KS-\d+-0003/,
      /How old are you/,
      /Thank you!/,
    ],
  },
];

function karaSuuFile(): {
  municipality: { code: string };
  villages: { id: string; names: object; spellings: string[] }[];
  sectors: { id: string }[];
} {
  const file = new URL('../../src/places/catalogues/kara-suu.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('sunush', { timeout: 300_000 }, () => {
  const database = spawnDatabaseEnv();
  const run = (...args: string[]): Promise<Run> => runSunush(args, database.env);

  it.each(TALKS)('walks a proposal through a pipe in $language', async ({ language, says, hears }) => {
    const { code, out, err } = await runSunush(
      ['chat', '--as', `test-${language}`],
      database.env,
      `${says.join('\n')}\n`,
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    let rest = out;
    for (const expected of hears) {
      expect(rest).toMatch(expected);
      rest = rest.slice(rest.search(expected));
    }
  });

  describe('while the database is open elsewhere, which saves each command its start', () => {
    let held: OpenDatabase;
    beforeAll(async () => {
      held = await database.open({ role: 'start' });
    });
    afterAll(() => held.close());

    it('shows what was sent in the list and in both formats of the export', async () => {
      const list = await run('proposals', 'list', '--language', 'en');
      expect(list).toMatchObject({ code: 0, err: '3 proposal(s).\n' });
      expect(list.out).toMatch(
        /KS-\d+-0003\t\d\d\.\d\d\.\d{4}\tAk-Talaa\tRoads and bridges\tReceived\tRepair the bridge in Ak-Talaa\n/,
      );
      const json = await run('proposals', 'export', '--format', 'json', '--village', 'ortok');
      expect(JSON.parse(json.out)).toMatchObject([
        {
          village: 'ortok',
          sector: 'lighting',
          status: 'received',
          language: 'ru',
          channel: 'terminal',
          source: 'chat',
        },
      ]);
      const path = join(database.dataDir, 'proposals.csv');
      await run('proposals', 'export', '--out', path, '--language', 'ru');
      expect(readFileSync(path, 'utf8')).toMatch(/^\uFEFFНомер,/);
    });

    it('leaves no half file behind an export that fails', async () => {
      const path = join(database.dataDir, 'half.csv');
      expect((await run('proposals', 'export', '--out', path, '--village', 'nowhere')).code).toBe(2);
      expect(readdirSync(database.dataDir).filter((name) => name.startsWith('half'))).toEqual([]);
    });

    it('says what is wrong in one sentence, and ends with 2 for wrong use and 1 for failure', async () => {
      expect(await run('proposals', 'list', '--status', 'lost')).toMatchObject({ code: 2, out: '' });
      expect(await run('propsals')).toMatchObject({ code: 2, err: expect.stringContaining('proposals') });
      expect(await run('catalogue', 'load', '/there/is/no/file')).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^\/there\/is\/no\/file cannot be read/),
      });
      expect(await run('proposals', 'export', '--out', '/there/is/no/folder.csv')).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^\/there\/is\/no\/folder\.csv cannot be written/),
      });
      const wrong = await runSunush(['doctor'], { ...database.env, PORT: 'abc', TELEGRAM_API_ROOT: 'nonsense' });
      expect(wrong.code).toBe(1);
      expect(wrong.out).toMatch(/PORT[\s\S]*|TELEGRAM_API_ROOT/);
    });

    it('finds old proposals by a village and a sector that are no longer in use', async () => {
      const catalogue = karaSuuFile();
      catalogue.villages = catalogue.villages.filter(({ id }) => id !== 'ortok');
      catalogue.sectors = catalogue.sectors.filter(({ id }) => id !== 'lighting');
      const path = join(database.dataDir, 'smaller.json');
      writeFileSync(path, JSON.stringify(catalogue));
      expect(await run('catalogue', 'load', path)).toMatchObject({ code: 0 });
      expect(await run('proposals', 'list', '--village', 'ortok', '--sector', 'lighting')).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^KS-\d+-0002\t.*\n$/),
      });
      expect(await run('proposals', 'list', '--village', 'atlantis')).toMatchObject({
        code: 2,
        err: "There is no village 'atlantis': expected one of mantysh, kyzyl-dobo, kara-moinok, ak-talaa.\n",
      });
    });

    it('loads a second municipality, after which a command wants to know which', async () => {
      const catalogue = karaSuuFile();
      catalogue.municipality.code = 'AB';
      const path = join(database.dataDir, 'second.json');
      writeFileSync(path, JSON.stringify(catalogue));
      const twice = await run('catalogue', 'load', path);
      expect(twice).toMatchObject({ code: 1, err: expect.stringContaining('villages[0].id') });
      catalogue.villages = [
        { id: 'jany-ayil', names: { ky: 'Жаңы-Айыл', ru: 'Жаны-Айыл', en: 'Jany-Ayil' }, spellings: [] },
      ];
      writeFileSync(path, JSON.stringify(catalogue));
      expect(await run('catalogue', 'load', path)).toMatchObject({ code: 0 });
      expect(await run('proposals', 'list')).toMatchObject({ code: 2, err: expect.stringContaining('--municipality') });
      expect(await run('proposals', 'list', '--municipality', 'AB')).toMatchObject({
        code: 0,
        err: '0 proposal(s).\n',
      });
    });
  });

  it('ends a start whose port is taken, and leaves nothing open', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    try {
      const address = taken.address();
      const port = typeof address === 'object' ? `${address?.port}` : '';
      expect(await runSunush(['start'], { ...database.env, PORT: port })).toMatchObject({
        code: 1,
        err: `port ${port} on 127.0.0.1 is taken by another program: set PORT to a free one\n`,
      });
      expect(await run('proposals', 'list', '--municipality', 'KS')).toMatchObject({ code: 0 });
    } finally {
      taken.close();
    }
  });

  it('lets messages wait as they are when it cannot start, however often that is tried', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const looking = async (look: (open: OpenDatabase) => Promise<unknown>) => {
      const open = await database.open();
      try {
        return await look(open);
      } finally {
        await open.close();
      }
    };
    try {
      await looking(({ db }) => storeEvents(db, [textEvent('aigul', 'салам')]));
      const address = taken.address();
      const port = typeof address === 'object' ? `${address?.port}` : '';
      expect(await runSunush(['start'], { ...database.env, PORT: port })).toMatchObject({ code: 1 });
      const waiting = await looking(({ sql }) => sql`delete from inbox where status = 'new' returning attempts`);
      expect(waiting).toMatchObject([{ attempts: 0 }]);
    } finally {
      taken.close();
    }
  });

  it('works beside a running start, which restore does not', async () => {
    const bot = new BotProcess(database.env);
    await bot.start();
    try {
      expect(await run('proposals', 'list', '--municipality', 'KS')).toMatchObject({
        code: 0,
        err: '3 proposal(s).\n',
      });
      expect(await run('doctor')).toMatchObject({ code: 0 });
      const file = join(database.dataDir, 'backup.tar.gz');
      expect(await run('backup', file)).toMatchObject({ code: 0 });
      expect(await run('backup', file)).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
      expect(await run('backup', '/no/such/folder/file')).toMatchObject({
        code: 1,
        err: 'The file /no/such/folder/file cannot be written (ENOENT).\n',
      });
      expect(await run('restore', file, '--force')).toMatchObject({ code: 1 });
      expect(await run('parked', 'list')).toMatchObject({ code: 0, err: 'Nothing is parked.\n' });
      const again = new BotProcess(database.env);
      if (database.env.DATABASE_URL === undefined) await expect(again.start()).rejects.toThrow(/ended with 1/);
      expect(await bot.stop()).toBe(0);
      expect(await run('restore', file)).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
      expect(await run('restore', file, '--force')).toMatchObject({ code: 0 });
      expect(await run('proposals', 'list', '--municipality', 'KS')).toMatchObject({
        code: 0,
        err: '3 proposal(s).\n',
      });
    } finally {
      await bot.kill();
    }
  });
});

describe('sunush on an empty database', { timeout: 300_000 }, () => {
  const database = spawnDatabaseEnv();
  const run = (...args: string[]): Promise<Run> => runSunush(args, database.env);

  it('loads no catalogue by looking at it, so that another one may be the only one', async () => {
    expect(await run('migrate')).toMatchObject({ code: 0 });
    expect(await run('doctor')).toMatchObject({ code: 0 });
    const catalogue = karaSuuFile();
    catalogue.municipality.code = 'AB';
    const path = join(database.dataDir, 'own.json');
    writeFileSync(path, JSON.stringify(catalogue));
    expect(await run('catalogue', 'load', path)).toMatchObject({ code: 0 });
    expect(await run('proposals', 'list', '--municipality', 'KS')).toMatchObject({
      code: 2,
      err: "There is no municipality 'KS': give --municipality with one of AB.\n",
    });
  });
});
