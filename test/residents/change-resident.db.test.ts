import { desc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { giveConsent } from '../../src/residents/give-consent.ts';
import { getResident } from '../../src/residents/queries.ts';
import { ForbiddenError, ResidentNotFoundError } from '../../src/residents/rules.ts';
import { setDemographics } from '../../src/residents/set-demographics.ts';
import { setLanguage } from '../../src/residents/set-language.ts';
import { setVillage, VillageNotFoundError } from '../../src/residents/set-village.ts';
import { resumeNotices, stopAnnouncements, stopAnswers } from '../../src/residents/stop-notices.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenMunicipality, givenResident } from '../support/given.ts';

const database = useDatabase();
const now = new Date('2026-11-22T10:00:00+06:00');
const within = (work: (ctx: Context & { tx: Tx }, residentId: number) => Promise<void>) =>
  rolledBack(database.db, async (tx) => {
    const ctx = { ...testContext(database.db), tx };
    await givenMunicipality(ctx);
    const { id } = await givenResident(ctx);
    await work({ ...as(ctx, id), tx }, id);
  });

const verbs: [string, (ctx: Context, residentId: number) => Promise<void>, object][] = [
  ['setLanguage', (ctx, residentId) => setLanguage(ctx, { residentId, language: 'en' }), { language: 'en' }],
  [
    'setVillage',
    (ctx, residentId) => setVillage(ctx, { residentId, villageId: 'ks-lower' }),
    { villageId: 'ks-lower' },
  ],
  [
    'giveConsent',
    (ctx, residentId) => giveConsent(ctx, { residentId, version: '2' }),
    { consentVersion: '2', consentAt: now },
  ],
  [
    'setDemographics',
    (ctx, residentId) => setDemographics(ctx, { residentId, sex: 'woman', ageBand: '29-54' }),
    { sex: 'woman', ageBand: '29-54', demographicsAskedAt: now },
  ],
  ['stopAnnouncements', stopAnnouncements, { announcementsStoppedAt: now, answersStoppedAt: null }],
  ['stopAnswers', stopAnswers, { announcementsStoppedAt: now, answersStoppedAt: now }],
];

describe.each(verbs)('%s', (_, verb, expected) => {
  it('changes the resident and writes an audit row', () =>
    within(async (ctx, residentId) => {
      await verb(ctx, residentId);
      expect(await getResident(ctx.tx, residentId)).toMatchObject(expected);
      const [audit] = await ctx.tx.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
      expect(audit).toMatchObject({ actor: `resident:${residentId}`, subject: `resident:${residentId}` });
    }));

  it('refuses another resident', () =>
    within(async (ctx, residentId) => {
      const other = await givenResident(testContext(database.db, { tx: ctx.tx }));
      await expect(verb(as(ctx, other.id), residentId)).rejects.toThrow(ForbiddenError);
    }));

  it('says that there is no such resident', () =>
    within(async (ctx) => {
      await expect(verb(testContext(database.db, { tx: ctx.tx }), 999_999)).rejects.toThrow(ResidentNotFoundError);
    }));
});

describe('setDemographics with nothing told', () => {
  it('remembers that the question was put', () =>
    within(async (ctx, residentId) => {
      await setDemographics(ctx, { residentId, sex: null, ageBand: null });
      expect(await getResident(ctx.tx, residentId)).toMatchObject({
        sex: null,
        ageBand: null,
        demographicsAskedAt: now,
      });
    }));
});

describe('setVillage with an unknown village', () => {
  it('refuses it and keeps the old one', () =>
    within(async (ctx, residentId) => {
      await setVillage(ctx, { residentId, villageId: 'ks-upper' });
      await expect(setVillage(ctx, { residentId, villageId: 'nowhere' })).rejects.toThrow(VillageNotFoundError);
      expect(await getResident(ctx.tx, residentId)).toMatchObject({ villageId: 'ks-upper' });
    }));
});

describe('resumeNotices', () => {
  it('lets announcements and answers come again', () =>
    within(async (ctx, residentId) => {
      await stopAnswers(ctx, residentId);
      await resumeNotices(ctx, residentId);
      expect(await getResident(ctx.tx, residentId)).toMatchObject({
        announcementsStoppedAt: null,
        answersStoppedAt: null,
      });
    }));
});
