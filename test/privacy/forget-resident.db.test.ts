import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { dialogs, inbox, media, replies } from '../../src/messaging/tables.ts';
import { describeMyData } from '../../src/privacy/describe-my-data.ts';
import { forgetResident } from '../../src/privacy/forget-resident.ts';
import { editProposalByMessage } from '../../src/proposals/edit-proposal.ts';
import { proposalAttachments, proposals } from '../../src/proposals/tables.ts';
import { findResidentByAddress } from '../../src/residents/queries.ts';
import { ForbiddenError, ResidentNotFoundError } from '../../src/residents/rules.ts';
import { setDemographics } from '../../src/residents/set-demographics.ts';
import { setVulnerable } from '../../src/residents/set-vulnerable.ts';
import { stopAnswers } from '../../src/residents/stop-notices.ts';
import { residents } from '../../src/residents/tables.ts';
import { findMemberships } from '../../src/staff/queries.ts';
import { staff } from '../../src/staff/tables.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenMedia, givenMunicipality, givenProposal, givenResident, givenStaff } from '../support/given.ts';

const database = useDatabase();
const address = { channel: 'telegram', account: '1', id: '770011223344' } as const;
const name = 'Айбек Токтогулов';

/** A resident with a proposal, a photo in it, another file, and something in every table of messaging. */
async function givenFullLife(ctx: Context & { tx: Tx }) {
  const municipality = await givenMunicipality(ctx);
  const { id } = await givenResident(ctx, { address, name, villageId: 'ks-upper' });
  await setDemographics(ctx, { residentId: id, sex: 'woman', ageBand: '55+' });
  await setVulnerable(ctx, { residentId: id, vulnerable: true });
  await givenStaff(ctx, municipality, 'admin', address, { name });
  await stopAnswers(ctx, id);
  const photo = await givenMedia(ctx, address, 'in-the-proposal.jpg');
  await givenMedia(ctx, address, 'of-a-draft.jpg');
  const key = { channel: address.channel, account: address.account, chatId: address.id };
  const messageRef = `telegram:1:${address.id}:5`;
  await givenProposal(ctx, { id }, municipality, { text: 'Көпүрө керек', mediaIds: [photo], messageRef });
  await ctx.tx.insert(inbox).values({ ...key, personId: address.id, eventId: '1', payload: { text: name } });
  await ctx.tx.insert(dialogs).values({ ...key, personId: address.id, memory: { language: 'ky', name } });
  await ctx.tx.insert(replies).values({ ...key, content: { text: `Салам, ${name}` } });
  return { id, photo, messageRef };
}

const within = (work: (ctx: Context & { tx: Tx }) => Promise<void>) =>
  rolledBack(database.db, (tx) => work({ ...testContext(database.db), tx }));

/** Every row of every table, as one text; without the dialogs, whose rows the turn that erases still holds. */
async function everything(tx: Tx): Promise<string> {
  const tables = await tx.execute<{ name: string }>(
    sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'dialogs'`,
  );
  const rows = [];
  for (const table of tables)
    rows.push(await tx.execute(sql.raw(`select '${table.name}' as of, t::text from ${table.name} t`)));
  return JSON.stringify(rows);
}

describe('forgetResident', () => {
  it('leaves neither the name nor the address of the person in any table', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      expect(await everything(ctx.tx)).toContain(name);
      await forgetResident(as(ctx, id), id);
      const left = await everything(ctx.tx);
      expect(left).not.toContain('Токтогулов');
      expect(left).not.toContain(address.id);
    }));

  it('leaves no row of a dialog of the person', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      await forgetResident(as(ctx, id), id);
      expect(await ctx.tx.select().from(dialogs)).toEqual([]);
    }));

  it('ends what the person was of the staff, also where nobody else is admin', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      await forgetResident(as(ctx, id), id);
      expect(await ctx.tx.select().from(staff)).toMatchObject([{ name: null, removedAt: ctx.clock.now() }]);
      expect(await findMemberships(ctx.tx, [address])).toEqual(new Map());
      const [ended] = await ctx.tx.select().from(auditLog).where(eq(auditLog.action, 'staff.remove'));
      expect(ended).toMatchObject({ actor: `resident:${id}`, before: { role: 'admin' }, after: { role: null } });
    }));

  it('keeps the proposal with its photo and number, by nobody', () =>
    within(async (ctx) => {
      const { id, photo, messageRef } = await givenFullLife(ctx);
      await forgetResident(as(ctx, id), id);
      expect(await ctx.tx.select().from(proposals)).toMatchObject([
        { number: 'KS-2026-0001', text: 'Көпүрө керек', residentId: null, messageRef: null, status: 'received' },
      ]);
      expect(await ctx.tx.select().from(proposalAttachments)).toMatchObject([{ mediaId: photo }]);
      expect(await ctx.tx.select().from(media).where(eq(media.id, photo))).toMatchObject([{ status: 'stored' }]);
      expect(await editProposalByMessage(ctx, messageRef, 'Башка')).toBeNull();
    }));

  it('gives other files up to be removed', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      await forgetResident(as(ctx, id), id);
      expect(await ctx.tx.select().from(media).where(eq(media.path, 'of-a-draft.jpg'))).toMatchObject([
        { status: 'refused', chatId: '', personId: '' },
      ]);
    }));

  it('keeps a bare number of the person and of what was done', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      await forgetResident(as(ctx, id), id);
      const [bare] = await ctx.tx.select().from(residents);
      const { id: number, language, createdAt, erasedAt, ...personal } = bare ?? {};
      expect({ number, language, createdAt, erasedAt }).toMatchObject({ number: id, erasedAt: ctx.clock.now() });
      expect(Object.values(personal).filter((value) => value !== null)).toEqual([]);
      const actions = await ctx.tx.select({ action: auditLog.action, actor: auditLog.actor }).from(auditLog);
      expect(actions.at(-1)).toEqual({ action: 'resident.forget', actor: `resident:${id}` });
    }));

  it('tells when backups are free of the person, by the setting of the municipality', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      await ctx.tx.execute(sql`update municipalities set settings = jsonb_set(settings, '{backupDays}', '7')`);
      const { goneFromBackupsAt } = await forgetResident(as(ctx, id), id);
      expect(goneFromBackupsAt).toEqual(new Date('2026-11-29T10:00:00+06:00'));
    }));

  it('takes 30 days where nothing tells the municipality', () =>
    within(async (ctx) => {
      const { id } = await givenResident(ctx);
      expect((await forgetResident(as(ctx, id), id)).goneFromBackupsAt).toEqual(new Date('2026-12-22T10:00:00+06:00'));
    }));

  it('lets the person come back as somebody new', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      await forgetResident(as(ctx, id), id);
      expect(await findResidentByAddress(ctx.tx, address)).toBeNull();
      const again = await givenResident(ctx, { address });
      expect(again.id).not.toBe(id);
      expect(await describeMyData(ctx.tx, again.id)).toMatchObject({ proposalCount: 0, sex: null });
    }));

  it('leaves everything of others', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      const other = await givenResident(ctx, { address: { ...address, id: '7' }, name: 'Бермет' });
      await givenMedia(ctx, { ...address, id: '7' }, 'other.jpg');
      const before = await describeMyData(ctx.tx, other.id);
      await forgetResident(as(ctx, id), id);
      expect(await describeMyData(ctx.tx, other.id)).toEqual(before);
      expect((await ctx.tx.select({ path: media.path }).from(media)).map(({ path }) => path)).toContain('other.jpg');
    }));

  it('refuses another resident, and a person who is erased already', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      const other = await givenResident(ctx);
      await expect(forgetResident(as(ctx, other.id), id)).rejects.toThrow(ForbiddenError);
      await forgetResident(as(ctx, id), id);
      await expect(forgetResident(as(ctx, id), id)).rejects.toThrow(ResidentNotFoundError);
    }));
});

describe('describeMyData', () => {
  it('tells all that is kept about the person', () =>
    within(async (ctx) => {
      const { id } = await givenFullLife(ctx);
      expect(await describeMyData(ctx.tx, id)).toEqual({
        language: 'ky',
        villageId: 'ks-upper',
        name,
        sex: 'woman',
        ageBand: '55+',
        consentAt: ctx.clock.now(),
        consentVersion: '1',
        addresses: [address],
        noticesTo: null,
        proposalCount: 1,
        supportCount: 0,
        intentCount: 0,
        hearingQuestionCount: 0,
        fileCount: 1,
        announcements: false,
        answers: false,
        vulnerable: true,
        roles: [{ municipalityId: expect.any(Number), role: 'admin', name }],
      });
    }));
});
