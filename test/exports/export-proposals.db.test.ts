import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Context, Tx } from '../../src/core/context.ts';
import { exportProposals } from '../../src/exports/export-proposals.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { editProposal } from '../../src/proposals/edit-proposal.ts';
import { setDemographics } from '../../src/residents/set-demographics.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenMedia, givenMunicipality, givenProposal, givenResident } from '../support/given.ts';

const database = useDatabase();
const within = (work: (ctx: Context & { tx: Tx }) => Promise<void>) =>
  rolledBack(database.db, (tx) => work({ ...testContext(database.db), tx }));
const first = '=1+1, "көпүрө"\nкерек';

async function exported(
  ctx: Context & { tx: Tx },
  format: 'csv' | 'json',
  locale: 'ky' | 'ru' | 'en',
): Promise<string> {
  const out = new PassThrough({ highWaterMark: 10_000_000 });
  await exportProposals({ db: ctx.tx, places: await loadPlaces(ctx.tx), filter: {}, format, locale, out });
  out.end();
  return (await text(out)).replace('\uFEFF', '');
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
        },
      ]);
    }));

  it('says how far it is, and stops reading when the target breaks', () =>
    within(async (ctx) => {
      const municipality = await givenMunicipality(ctx);
      await ctx.tx.execute(sql`
        insert into proposals (municipality_id, number, year, sequence, test, source, village_id, sector_id,
          text, first_text, language, status, submitted_at, updated_at)
        select ${municipality.id}, 'KS-2026-' || n, 2026, n, false, 'import', 'ks-upper', 'roads',
          'сөз', 'сөз', 'ky', 'received', now(), now()
        from generate_series(1, 4500) n`);
      const common = { db: ctx.tx, places: await loadPlaces(ctx.tx), filter: {}, format: 'csv', locale: 'ky' } as const;
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
