import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { desc, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditLog } from '../../../src/audit/tables.ts';
import { plain } from '../../../src/core/text.ts';
import { removeOldExports } from '../../../src/exports/remove-old-exports.ts';
import { type ExportJobsOptions, runExportJobs } from '../../../src/exports/run-export-jobs.ts';
import { startExport } from '../../../src/exports/start-export.ts';
import { exportJobs } from '../../../src/exports/tables.ts';
import { asStaff } from '../../../src/flows/kit.ts';
import { replies } from '../../../src/messaging/tables.ts';
import { loadPlaces, type Municipality } from '../../../src/places/places.ts';
import { proposals } from '../../../src/proposals/tables.ts';
import { staff } from '../../../src/staff/tables.ts';
import { eventually } from '../../channels/eventually.ts';
import { testContext } from '../../support/database.ts';
import { givenProposal, givenResident, givenStaff } from '../../support/given.ts';
import { type Person, useTalk } from '../../support/talk.ts';

const world = useTalk();
const context = () => testContext(world.database.db);
const dir = () => join(world.database.dataDir, 'exports');
let municipality: Municipality;

beforeAll(async () => {
  const ctx = context();
  const found = (await loadPlaces(ctx.db)).municipalityByCode('KS');
  if (found === null) throw new Error('no municipality KS');
  municipality = found;
  const author = await givenResident(ctx, { name: 'Айбек' });
  await givenProposal(ctx, author, municipality, { villageId: 'mantysh', sectorId: 'water', text: 'Таза суу жок' });
  await givenProposal(ctx, author, municipality, { villageId: 'ortok', sectorId: 'roads', text: '=1+1 көпүрө' });
});

async function colleague(id: string, role: 'officer' | 'working-group' | 'deputy'): Promise<Person> {
  await givenStaff(context(), municipality, role, { channel: 'simulator', account: 'local', id });
  return world.as(id);
}

/** The file that came into the chat, once it is there. */
async function received(person: Person): Promise<Buffer> {
  await eventually(() => person.heard.at(-1)).toMatch(/\(proposals-KS-2026-11-22\.\w+\)$/);
  const file = world.talk.channel.findFile(person.chat.at(-1)?.file?.id ?? '');
  return readFileSync(file?.path ?? '');
}

describe('export', () => {
  it('shows what will be in the file, makes it, and sends it to the chat', async () => {
    const person = await colleague('ky-group', 'working-group');
    await person.plays(`
      > /export
      Сунуштардын файлы.
      Тандалганы: бардык сунуштар
      Сунуштар: 2 [Улантуу|Айыл боюнча|Багыт боюнча|Абалы боюнча|Жылы боюнча|Жокко чыгаруу]
      > [Айыл боюнча]
      Кайсы айылдын сунуштары? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > орток
      Сунуштардын файлы.
      Тандалганы: Айыл: Орток
      Сунуштар: 1 [Улантуу|Айыл боюнча|Багыт боюнча|Абалы боюнча|Жылы боюнча|Баарын тандоо|Жокко чыгаруу]
      > [Жылы боюнча]
      Жылын тандаңыз же кайсы күндөн баштап экенин жазыңыз. Мисалы: 01.05.2026 [2026|2025|2024]
      > 31.02.2026
      Күндү мындай жазыңыз: 01.05.2026
      Жылын тандаңыз же кайсы күндөн баштап экенин жазыңыз. Мисалы: 01.05.2026 [2026|2025|2024]
      > 1.11.26
      Сунуштардын файлы.
      Тандалганы: Айыл: Орток; Башталган күнү: 01.11.2026
      Сунуштар: 1 [Улантуу|Айыл боюнча|Багыт боюнча|Абалы боюнча|Жылы боюнча|Баарын тандоо|Жокко чыгаруу]
      > [Улантуу]
      Кандай файл керек?
      Таблица: XLSX, басып чыгарууга документ: DOCX, жөнөкөй таблица: CSV. [Таблица|Документ|Жөнөкөй таблица|Программа үчүн]
      > csv
      Текшерип көрүңүз:
      Тандалганы: Айыл: Орток; Башталган күнү: 01.11.2026
      Сунуштар: 1
      Файлы: Жөнөкөй таблица (CSV)
      Аты жана байланышы кошулбайт. [Файлды даярдоо|Башкасын тандоо|Жокко чыгаруу]
      > [Файлды даярдоо]
      Баштадык, 1 сунуш. Файл ушул жерге келет.
    `);
    const file = (await received(person)).toString();
    expect(person.heard.at(-1)).toBe('Файл даяр: 1 сунуш. (proposals-KS-2026-11-22.csv)');
    expect(file).toMatch(/^\uFEFFНомери,.*\n.*,Орток,.*,'=1\+1 көпүрө,Катталды,/);
    expect(file).not.toContain('Айбек');
    const [row] = await world.database.db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
    expect(row).toMatchObject({
      action: 'proposals.export',
      actor: expect.stringMatching(/^staff:/),
      after: { villageId: 'ortok', from: '2026-11-01', format: 'csv', names: false, hidden: false, count: 1 },
    });
    const [job] = await world.database.db.select().from(exportJobs);
    expect(job).toMatchObject({ status: 'done', chatId: '', personId: '' });
    expect(statSync(job?.path ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(dir()).mode & 0o777).toBe(0o700);
  });

  it('asks of names only those who may see them, and says that they are in the file', async () => {
    const officer = await colleague('ky-officer', 'officer');
    await officer.says('/export');
    await officer.taps('Улантуу');
    expect(await officer.taps('Жөнөкөй таблица')).toEqual([
      'Сунуш бергендердин аты жана байланышы кошо чыксынбы? Бул жеке маалымат, файл башкаларга берилбейт. [Аттары менен|Атсыз]',
    ]);
    await officer.taps('Аттары менен');
    await officer.taps('Файлды даярдоо');
    expect((await received(officer)).toString()).toMatch(/,Айбек,telegram:chat-\d+\n/);
    expect(officer.heard.at(-1)).toContain('Анда адамдардын аты бар');
  });

  it('does not go on with nothing, and shows all again', async () => {
    const deputy = await colleague('ky-deputy', 'deputy');
    await deputy.says('экспорт');
    await deputy.taps('Абалы боюнча');
    const [none] = await deputy.taps('Аткарылды');
    expect(none).toMatch(/Сунуштар: 0\nМындай сунуш жок\. Башкасын тандап көрүңүз\. \[Айыл боюнча\|/);
    const [all] = await deputy.taps('Баарын тандоо');
    expect(all).toMatch(/бардык сунуштар\nСунуштар: 2 \[Улантуу/);
    expect(await deputy.taps('Жокко чыгаруу')).toEqual(['Токтоттук, эч нерсе жөнөтүлгөн жок.']);
  });

  it('is for the staff alone', async () => {
    const resident = world.as('ky-resident');
    await givenResident(context(), { address: { channel: 'simulator', account: 'local', id: 'ky-resident' } });
    expect(await resident.says('/export')).toEqual(['Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.']);
  });
});

describe('runExportJobs', () => {
  /** Asked for in a chat that nobody in this process sends for, so that nothing but the test works on it. */
  async function given(format: 'csv' | 'xlsx' | 'json' | 'docx' = 'csv', names = false) {
    const member = await givenStaff(context(), municipality, 'officer');
    const { id: chatId } = member.address;
    const { jobId } = await startExport(asStaff(context(), member.staffId), {
      request: { filter: { municipalityId: municipality.id }, format, names },
      to: { channel: 'telegram', account: '1', chatId, personId: chatId },
      language: 'en',
    });
    return { ...member, jobId, chatId };
  }

  function run(options: Partial<ExportJobsOptions> = {}): Promise<void> {
    return runExportJobs({
      ctx: context(),
      dir: dir(),
      accounts: [{ channel: 'telegram', account: '1' }],
      tell: (key, content, within) => world.talk.app.runner.tell(key, () => content, within),
      signal: new AbortController().signal,
      ...options,
    });
  }

  async function said(chatId: string): Promise<string[]> {
    const rows = await world.database.db.select().from(replies).where(eq(replies.chatId, chatId)).orderBy(replies.id);
    return rows.map(({ content: { text, file } }) => `${plain(text)}${file === undefined ? '' : ` (${file.name})`}`);
  }

  async function jobOf(id: number) {
    const [job] = await world.database.db.select().from(exportJobs).where(eq(exportJobs.id, id));
    if (job === undefined) throw new Error(`no job ${id}`);
    return job;
  }

  const filesOf = (id: number) =>
    existsSync(dir()) ? readdirSync(dir()).filter((name) => name.startsWith(`${id}-`)) : [];
  const set = (id: number, values: object) =>
    world.database.db.update(exportJobs).set(values).where(eq(exportJobs.id, id));

  it.each(['csv', 'xlsx', 'json', 'docx'] as const)('sends a file as %s, once', async (format) => {
    const { chatId, jobId } = await given(format);
    await Promise.all([run(), run()]);
    expect(await said(chatId)).toEqual([`The file is ready: 2 proposals. (proposals-KS-2026-11-22.${format})`]);
    expect(filesOf(jobId)).toHaveLength(1);
  });

  it('leaves the jobs of chats that others send for', async () => {
    const { chatId, jobId } = await given();
    await run({ accounts: [] });
    await run({ accounts: [{ channel: 'telegram', account: '2' }] });
    expect(await said(chatId)).toEqual([]);
    expect(await jobOf(jobId)).toMatchObject({ status: 'waiting', attempts: 0 });
    await run();
  });

  it('gives nothing to whoever is removed before the file is there', async () => {
    const { chatId, jobId, staffId } = await given('csv', true);
    await world.database.db.update(staff).set({ removedAt: new Date() }).where(eq(staff.id, staffId));
    await run();
    expect(await said(chatId)).toEqual([]);
    expect(await jobOf(jobId)).toMatchObject({ status: 'canceled', chatId: '' });
    expect(filesOf(jobId)).toEqual([]);
  });

  it('gives nothing to whoever is removed while it is made', async () => {
    const { chatId, jobId, staffId } = await given('csv', true);
    await run({
      progressEveryMs: -1,
      async tell(key, content, within) {
        await world.database.db.update(staff).set({ removedAt: new Date() }).where(eq(staff.id, staffId));
        await world.talk.app.runner.tell(key, () => content, within);
      },
    });
    expect(await said(chatId)).toEqual(['The file is being made: 2 of 2 proposals written.']);
    expect(await jobOf(jobId)).toMatchObject({ status: 'canceled' });
    expect(filesOf(jobId)).toEqual([]);
  });

  it('is not asked twice by one person at a time', async () => {
    const { staffId, chatId } = await given();
    const again = startExport(asStaff(context(), staffId), {
      request: { filter: { municipalityId: municipality.id }, format: 'csv', names: false },
      to: { channel: 'telegram', account: '1', chatId, personId: chatId },
      language: 'en',
    });
    await expect(again).rejects.toThrow('not done yet');
    await run();
  });

  it('says that a file is too large for the chat', async () => {
    const { chatId, jobId } = await given('xlsx');
    await run({ maxBytes: 100 });
    expect(await said(chatId)).toEqual([
      'The file became too large for the chat. Choose fewer proposals and ask again.',
    ]);
    expect(await jobOf(jobId)).toMatchObject({ status: 'failed' });
    expect(filesOf(jobId)).toEqual([]);
  });

  it('takes over what fell silent, and not what is worked on', async () => {
    const { chatId, jobId } = await given();
    await set(jobId, { status: 'running', attempts: 1 });
    await run();
    expect(await said(chatId)).toEqual([]);
    await set(jobId, { touchedAt: sql`now() - interval '31 seconds'` });
    await run();
    expect(await said(chatId)).toHaveLength(1);
    expect(await jobOf(jobId)).toMatchObject({ status: 'done', attempts: 2 });
  });

  it('drops its file when another process took the job over meanwhile', async () => {
    const { chatId, jobId } = await given();
    await run({
      async tell(key, content, within) {
        await set(jobId, { attempts: 2 });
        await world.talk.app.runner.tell(key, () => content, within);
      },
    });
    expect(await said(chatId)).toEqual([]);
    expect(filesOf(jobId)).toEqual([]);
    expect(await jobOf(jobId)).toMatchObject({ status: 'running', attempts: 2 });
    await set(jobId, { status: 'failed' });
  });

  it('tries three times, then says that it cannot', async () => {
    const { chatId, jobId } = await given();
    writeFileSync(join(world.database.dataDir, 'file'), '');
    for (let attempt = 1; attempt <= 3; attempt++) {
      await run({ dir: join(world.database.dataDir, 'file') });
      expect(await jobOf(jobId)).toMatchObject({ attempts: attempt, status: attempt < 3 ? 'waiting' : 'failed' });
      await set(jobId, { touchedAt: sql`now() - interval '1 minute'` });
    }
    expect(await said(chatId)).toEqual(['The file could not be made. Please ask again a little later.']);
  });

  it('does not try for ever what ends the process each time', async () => {
    const { chatId, jobId } = await given();
    await set(jobId, { status: 'running', attempts: 3, touchedAt: sql`now() - interval '1 minute'` });
    await run();
    expect(await said(chatId)).toEqual(['The file could not be made. Please ask again a little later.']);
    expect(await jobOf(jobId)).toMatchObject({ status: 'failed' });
  });

  it('puts the job back when the program stops', async () => {
    const { jobId, chatId } = await given();
    const stop = new AbortController();
    const stopping: ExportJobsOptions['tell'] = async () => stop.abort();
    await world.database.db.execute(sql`
      insert into proposals (municipality_id, number, year, sequence, test, source, village_id, sector_id,
        text, first_text, language, status, submitted_at, updated_at)
      select municipality_id, 'KS-2025-' || n, 2025, n, test, 'import', village_id, sector_id,
        text, first_text, language, status, submitted_at, updated_at
      from ${proposals}, generate_series(1, 2500) n where number = 'KS-2026-0001'`);
    await run({ signal: stop.signal, progressEveryMs: -1, tell: stopping });
    expect(await jobOf(jobId)).toMatchObject({ status: 'waiting', attempts: 0 });
    expect(filesOf(jobId)).toEqual([]);
    await run();
    expect(await said(chatId)).toEqual([expect.stringContaining('2,502 proposals')]);
  });

  it('removes files a day after they were made, but none that still waits to be sent', async () => {
    const old = await given();
    const unsent = await given();
    await run();
    await world.database.db.update(exportJobs).set({ touchedAt: sql`now() - interval '25 hours'` });
    await world.database.db.delete(replies).where(eq(replies.chatId, old.chatId));
    mkdirSync(dir(), { recursive: true });
    const stray = join(dir(), '999-1');
    writeFileSync(stray, '');
    utimesSync(stray, new Date('2026-11-20T10:00:00Z'), new Date('2026-11-20T10:00:00Z'));
    await removeOldExports(world.database.db, dir(), context().clock.now());
    expect(filesOf(old.jobId)).toEqual([]);
    expect(filesOf(unsent.jobId)).toHaveLength(1);
    expect(existsSync(stray)).toBe(false);
    expect(await world.database.db.$count(exportJobs, eq(exportJobs.id, old.jobId))).toBe(0);
  });
});
