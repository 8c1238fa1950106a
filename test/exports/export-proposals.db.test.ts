import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { eq, sql } from 'drizzle-orm';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import type { Context, Tx } from '../../src/core/context.ts';
import { copyMedia } from '../../src/exports/copy-media.ts';
import type { ExportOptions } from '../../src/exports/export-options.ts';
import { exportProposals } from '../../src/exports/export-proposals.ts';
import { TooManyForDocumentError } from '../../src/exports/request.ts';
import { meetings } from '../../src/meetings/tables.ts';
import { media } from '../../src/messaging/tables.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { editProposal } from '../../src/proposals/edit-proposal.ts';
import { countProposals } from '../../src/proposals/list-proposals.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { setDemographics } from '../../src/residents/set-demographics.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenMedia, givenMunicipality, givenProposal, givenResident } from '../support/given.ts';

const database = useDatabase();
const within = (work: (ctx: Context & { tx: Tx }) => Promise<void>) =>
  rolledBack(database.db, (tx) => work({ ...testContext(database.db), tx }));
const first = '=1+1, "көпүрө"\nкерек';

async function bytes(
  ctx: Context & { tx: Tx },
  options: Pick<ExportOptions, 'format' | 'locale'> & Partial<ExportOptions>,
): Promise<Buffer> {
  const out = new PassThrough({ highWaterMark: 10_000_000 });
  const { tx: db, clock } = ctx;
  const places = await loadPlaces(db);
  const filter = { municipalityId: places.municipalityByCode('KS')?.id ?? 0 };
  await exportProposals({ db, places, filter, out, madeAt: clock.now(), ...options });
  out.end();
  return buffer(out);
}

async function exported(
  ctx: Context & { tx: Tx },
  format: 'csv' | 'json',
  locale: 'ky' | 'ru' | 'en',
  options: Partial<ExportOptions> = {},
): Promise<string> {
  return (await bytes(ctx, { format, locale, ...options })).toString().replace('\uFEFF', '');
}

/** What a person reads in a sheet, a line a row, with `|` between cells; in a document, a line a paragraph or cell. */
function read(file: Buffer, path: string): string[] {
  const xml = new PizZip(file).file(path)?.asText() ?? '';
  const rows = xml.matchAll(path.startsWith('xl') ? /<row [^>]*>(.*?)<\/row>/gs : /<w:p>(.*?)<\/w:p>/gs);
  return [...rows].map(([, row = '']) =>
    row
      .replace(/<\/c>(?=<c)/g, '|')
      .replace(/<w:br\/>/g, '\n')
      .replace(/<[^>]+>/g, ''),
  );
}

async function givenPaper(ctx: Context & { tx: Tx }, set: Partial<typeof proposals.$inferInsert> = {}): Promise<void> {
  const [municipality] = (await loadPlaces(ctx.tx)).municipalities;
  const sequence = 100 + (await countProposals(ctx.tx, {}));
  await ctx.tx.insert(proposals).values({
    municipalityId: municipality?.id ?? 0,
    number: `KS-2026-0${sequence}`,
    year: 2026,
    sequence,
    test: false,
    source: 'paper',
    villageId: 'ks-lower',
    sectorId: 'water',
    text: 'Суу жок',
    firstText: 'Суу жок',
    language: 'ky',
    status: 'received',
    submittedAt: ctx.clock.now(),
    updatedAt: ctx.clock.now(),
    enteredBy: 'staff:77',
    authorVulnerable: true,
    ...set,
  });
}

async function givenOne(ctx: Context & { tx: Tx }): Promise<void> {
  const municipality = await givenMunicipality(ctx);
  const address = { channel: 'telegram', account: '1', id: '100' } as const;
  const resident = await givenResident(ctx, { address, name: 'Айбек' });
  await setDemographics(ctx, { residentId: resident.id, sex: 'woman', ageBand: '55+' });
  const { id } = await givenProposal(ctx, resident, municipality, {
    text: first,
    mediaIds: [await givenMedia(ctx, address, 'a.jpg')],
  });
  await editProposal(as(ctx, resident.id), { proposalId: id, text: 'Жаңы сөз' });
}

async function givenMany(ctx: Context & { tx: Tx }, municipalityId: number, count: number): Promise<void> {
  await ctx.tx.execute(sql`
    insert into proposals (municipality_id, number, year, sequence, test, source, village_id, sector_id,
      text, first_text, language, status, submitted_at, updated_at)
    select ${municipalityId}, 'KS-2026-' || n, 2026, n, false, 'import', 'ks-upper', 'roads',
      'сөз', 'сөз', 'ky', 'received', now(), now()
    from generate_series(1, ${count}::int) n`);
}

describe('exportProposals', () => {
  it('writes the columns in their order, headings and names in the asked language', () =>
    within(async (ctx) => {
      await givenOne(ctx);
      expect((await exported(ctx, 'csv', 'en')).split('\n')).toEqual([
        'Number,Submitted at,Channel,Village,Sector,Text,Status,Supporters,Sex,Age band,Language,Attachments,Answer,Merged into,Source',
        'KS-2026-0001,2026-11-22T10:00:00+06:00,telegram,ks-upper en,"roads, long en",Жаңы сөз,Received,0,woman,55+,ky,1,,,chat',
        '',
      ]);
      const [headings, row] = (await exported(ctx, 'csv', 'ky')).split('\n');
      expect(headings).toMatch(/^Номери,/);
      expect(row).toContain(',ks-upper ky,');
    }));

  it('writes ids and the first wording, byte for byte, in JSON', () =>
    within(async (ctx) => {
      await givenOne(ctx);
      expect(JSON.parse(await exported(ctx, 'json', 'ky'))).toEqual([
        {
          number: 'KS-2026-0001',
          submitted_at: '2026-11-22T10:00:00+06:00',
          channel: 'telegram',
          village: 'ks-upper',
          sector: 'roads',
          text: 'Жаңы сөз',
          status: 'received',
          supporters: 0,
          sex: 'woman',
          age_band: '55+',
          language: 'ky',
          attachments: 1,
          answer: null,
          merged_into: null,
          source: 'chat',
          first_text: first,
          transcript: null,
        },
      ]);
    }));

  it('answers in the language of the headings, in JSON in that of the proposal', () =>
    within(async (ctx) => {
      await givenMunicipality(ctx);
      const answers = { ky: 'Жасайбыз', ru: 'Сделаем', en: 'We will' };
      await givenPaper(ctx, { language: 'ru', answer: answers.ru, answers });
      await givenPaper(ctx, { language: 'ru', answer: 'Давно' });
      expect(await exported(ctx, 'csv', 'ky')).toMatch(/,Жасайбыз,[\s\S]*,Давно,/);
      expect(await exported(ctx, 'csv', 'en')).toMatch(/,We will,[\s\S]*,Давно,/);
      expect(JSON.parse(await exported(ctx, 'json', 'ky'))).toMatchObject([{ answer: 'Сделаем' }, { answer: 'Давно' }]);
      const lines = read(await bytes(ctx, { format: 'docx', locale: 'ky' }), 'word/document.xml');
      expect(lines).toEqual(expect.arrayContaining(['Жасайбыз', 'Давно']));
    }));

  it('has what is known of a speaker on paper, and the voice apart from the words', () =>
    within(async (ctx) => {
      await givenOne(ctx);
      const heard = { text: '', firstText: '', transcript: 'Суу кечээ токтоду', supporterCount: 4 };
      await givenPaper(ctx, { authorSex: 'man', authorAgeBand: '14-28', ...heard });
      const csv = await exported(ctx, 'csv', 'ky');
      expect(csv).toContain(',[үн] Суу кечээ токтоду,Катталды,4,man,14-28,ky,0,,,paper\n');
      const [, spoken] = JSON.parse(await exported(ctx, 'json', 'ky'));
      expect(spoken).toMatchObject({ text: '', transcript: 'Суу кечээ токтоду', sex: 'man', channel: null });
      expect(JSON.stringify(spoken)).not.toMatch(/staff|vulnerable/);
      await ctx.tx.update(proposals).set({ transcript: 'Көпүрө' });
      expect(await exported(ctx, 'csv', 'ru')).toContain('"Жаңы сөз\n[голос] Көпүрө"');
    }));

  it('names who wrote only when asked, and brings what is hidden only when asked', () =>
    within(async (ctx) => {
      await givenOne(ctx);
      await givenPaper(ctx, { hiddenAt: ctx.clock.now(), text: 'Сөгүнүү' });
      const plain = await exported(ctx, 'csv', 'en');
      expect(plain).not.toMatch(/Айбек|telegram:100|Сөгүнүү/);
      const [headings, row, hidden] = (
        await exported(ctx, 'csv', 'en', { names: true, hidden: true, format: 'csv' })
      ).split('\n');
      expect(headings).toMatch(/,Source,Author,Contact,Hidden at$/);
      expect(row).toMatch(/,chat,Айбек,telegram:100,$/);
      expect(hidden).toMatch(/,paper,,,2026-11-22T10:00:00\+06:00$/);
      expect((await exported(ctx, 'csv', 'en', { names: true })).split('\n')).toHaveLength(3);
    }));

  it('makes a workbook of proposals, of what they come to, and of who took part', () =>
    within(async (ctx) => {
      await givenOne(ctx);
      for (let n = 0; n < 6; n++) await givenPaper(ctx, { authorSex: 'woman', supporterCount: 2 });
      await givenPaper(ctx, { status: 'withdrawn' });
      const [municipality] = (await loadPlaces(ctx.tx)).municipalities;
      const meeting = { municipalityId: municipality?.id ?? 0, villageId: 'ks-lower', kind: 'pra' } as const;
      const recorded = { recordedBy: 'system:test', recordedAt: ctx.clock.now() };
      await ctx.tx.insert(meetings).values([
        { ...meeting, ...recorded, heldOn: '2026-03-01', people: 40, women: 3 },
        { ...meeting, ...recorded, heldOn: '2026-04-01', people: 25 },
        { ...meeting, ...recorded, heldOn: '2026-05-01', people: 99, canceledAt: ctx.clock.now() },
      ]);
      const file = await bytes(ctx, { format: 'xlsx', locale: 'en' });
      const [headings, row] = read(file, 'xl/worksheets/sheet1.xml');
      expect(headings).toMatch(/^Number\|Submitted at\|Channel\|.*\|Source$/);
      // 46348 days after 1899-12-30 is 2026-11-22; ten in the morning
      expect(row).toMatch(
        /^KS-2026-0001\|46348\.41666\d*\|telegram\|ks-upper en\|roads, long en\|Жаңы сөз\|Received\|0\|/,
      );
      expect(read(file, 'xl/worksheets/sheet2.xml')).toEqual([
        'Sector|ks-upper en|ks-lower en|All',
        'Proposals',
        'roads, long en|1|0|1',
        'water, long en|0|6|6',
        'All|1|6|7',
        '',
        'Supporters',
        'roads, long en|0|0|0',
        'water, long en|0|12|12',
        'All|0|12|12',
        '',
        'Chosen: all proposals',
        'Merged and withdrawn proposals are not counted here.',
      ]);
      expect(read(file, 'xl/worksheets/sheet3.xml')).toEqual([
        'Village|Proposals|Authors|Supporters|Women|Men|Sex not said|14–28|29–54|55 and over|Age not said|Meetings|People at meetings|Women among them',
        'ks-upper en|*|*|0|*|0|0|0|0|*|0|0|0',
        'ks-lower en|*|*|0|*|0|0|0|0|0|*|2|65|*',
        'All|7|*|0|*|0|0|0|0|*|*|2|65|*',
        '',
        'Chosen: all proposals',
        'Merged proposals are counted too, withdrawn ones are not.',
        'A person counts once in each village and once in the row “All”.',
        expect.stringMatching(/^“\*”: fewer than five/),
      ]);
    }));

  it('does not say that withdrawn ones are left out where they alone are asked for', () =>
    within(async (ctx) => {
      await givenOne(ctx);
      await givenPaper(ctx, { status: 'withdrawn', supporterCount: 3 });
      const [municipality] = (await loadPlaces(ctx.tx)).municipalities;
      const filter = { municipalityId: municipality?.id ?? 0, status: 'withdrawn' as const };
      const file = await bytes(ctx, { format: 'xlsx', locale: 'en', filter });
      expect(read(file, 'xl/worksheets/sheet2.xml').slice(1)).toEqual(
        expect.arrayContaining(['water, long en|0|1|1', 'All|0|3|3']),
      );
      for (const sheet of ['sheet2', 'sheet3']) {
        const lines = read(file, `xl/worksheets/${sheet}.xml`);
        expect(lines).toContain('Chosen: Status: Withdrawn');
        expect(lines.join()).not.toContain('Merged');
      }
    }));

  it('makes a document by village and sector, whose words are words', () =>
    within(async (ctx) => {
      await givenOne(ctx);
      await givenPaper(ctx, { text: '<w:br/> {айыл} & =1+1\nэки сап', answer: 'Жазында <b>баштайбыз</b>' });
      const lines = read(await bytes(ctx, { format: 'docx', locale: 'ky', names: true }), 'word/document.xml');
      expect(lines.slice(0, 5)).toEqual([
        'KS ky: тургундардын сунуштары',
        'Тандалганы: бардык сунуштар',
        'Түзүлгөн күнү: 2026-жылдын 22-ноябры. Сунуштар: 2.',
        'ks-upper ky',
        'roads, long ky',
      ]);
      expect(lines).toContain('Жаңы сөз\nАвтору: Айбек, telegram:100');
      expect(lines.slice(lines.indexOf('ks-lower ky'))).toEqual(
        expect.arrayContaining(['&lt;w:br/&gt; {айыл} &amp; =1+1\nэки сап', 'Жазында &lt;b&gt;баштайбыз&lt;/b&gt;']),
      );
    }));

  it('keeps short rows of a document on one page, and tells where a merged one went', () =>
    within(async (ctx) => {
      await givenOne(ctx);
      const [into] = await ctx.tx.select({ id: proposals.id }).from(proposals);
      await givenPaper(ctx, { status: 'merged', mergedIntoId: into?.id ?? 0, text: 'Суу жок. '.repeat(300) });
      const file = await bytes(ctx, { format: 'docx', locale: 'ky' });
      expect(read(file, 'word/document.xml')).toContain('Бириктирилди\nKS-2026-0001');
      const rows = new PizZip(file).file('word/document.xml')?.asText().split('<w:tr>').slice(1) ?? [];
      const isWhole = (words: string) => rows.find((row) => row.includes(words))?.includes('<w:cantSplit/>');
      expect(['Жаңы сөз', 'Суу жок.'].map(isWhole)).toEqual([true, false]);
    }));

  it('makes no document of more than anybody reads', () =>
    within(async (ctx) => {
      const { id } = await givenMunicipality(ctx);
      await givenMany(ctx, id, 2001);
      await expect(bytes(ctx, { format: 'docx', locale: 'ky' })).rejects.toThrow(TooManyForDocumentError);
    }));

  it.each(['csv', 'xlsx', 'json', 'docx'] as const)('makes a whole file of nothing as %s', (format) =>
    within(async (ctx) => {
      await givenMunicipality(ctx);
      const file = await bytes(ctx, { format, locale: 'ky' });
      if (format === 'csv') expect(file.toString()).toMatch(/^\uFEFFНомери,.*\n$/);
      if (format === 'json') expect(JSON.parse(file.toString())).toEqual([]);
      if (format === 'xlsx') expect(read(file, 'xl/worksheets/sheet1.xml')).toHaveLength(1);
      if (format === 'docx') expect(read(file, 'word/document.xml').join()).toContain('Мындай сунуш жок.');
    }),
  );

  it('says how far it is, and stops reading when the target breaks', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      await givenMany(ctx, municipality.id, 4500);
      const common = {
        db: ctx.tx,
        places: await loadPlaces(ctx.tx),
        filter: { municipalityId: municipality.id },
        format: 'csv',
        locale: 'ky',
        madeAt: new Date(),
      } as const;
      const counts: number[] = [];
      const onProgress = (count: number) => void counts.push(count);
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      expect(await exportProposals({ ...common, out: nowhere, onProgress })).toBe(4500);
      expect(counts).toEqual([2000, 4000, 4500]);
      counts.length = 0;
      const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
      await expect(exportProposals({ ...common, out: broken, onProgress })).rejects.toThrow('EPIPE');
      expect(counts).toEqual([]);
    }));
});

describe('copyMedia', () => {
  it('brings the files under names of our own, and tells of those that are not there', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      const address = { channel: 'telegram', account: '1', id: '100' } as const;
      const resident = await givenResident(ctx, { address });
      const from = mkdtempSync(join(database.dataDir, 'media-'));
      mkdirSync(join(from, '07'));
      writeFileSync(join(from, '07', '7.ogg'), 'voice');
      const paths = ['07/7.ogg', '07/lost.jpg', '07/8.jpg'];
      const mediaIds: number[] = [];
      for (const path of paths) mediaIds.push(await givenMedia(ctx, address, path));
      await ctx.tx
        .update(media)
        .set({ status: 'pending', path: null, fileName: '../../etc/passwd' })
        .where(eq(media.id, mediaIds[2] ?? 0));
      const { number } = await givenProposal(ctx, resident, municipality, { mediaIds });
      await givenPaper(ctx);
      const to = join(from, 'to', 'here');
      const filter = { municipalityId: municipality.id };
      expect(await copyMedia({ db: ctx.tx, filter, from, to })).toEqual({
        copied: 1,
        missing: [
          { number, position: 2, why: 'lost' },
          { number, position: 3, why: 'pending' },
        ],
      });
      expect(readdirSync(to)).toEqual([number]);
      expect(readdirSync(join(to, number))).toEqual(['1.ogg']);
      expect(readFileSync(join(to, number, '1.ogg'), 'utf8')).toBe('voice');
      writeFileSync(join(from, 'taken'), '');
      await expect(copyMedia({ db: ctx.tx, filter, from, to: join(from, 'taken', 'x') })).rejects.toThrow(
        /cannot be written/,
      );
    }));
});
