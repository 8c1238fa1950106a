import { and, eq, isNull, like, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { sendNotice } from '../../src/deliveries/send-notice.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { askHearing } from '../../src/hearings/ask-hearing.ts';
import { setIntent } from '../../src/hearings/set-intent.ts';
import { hearingIntents, hearingQuestions } from '../../src/hearings/tables.ts';
import type { ChannelAddress } from '../../src/messaging/contract.ts';
import { dialogs } from '../../src/messaging/tables.ts';
import type { Municipality } from '../../src/places/places.ts';
import { describeMyData } from '../../src/privacy/describe-my-data.ts';
import { forgetResident } from '../../src/privacy/forget-resident.ts';
import { checkJoinCode, joinChats } from '../../src/privacy/join-chats.ts';
import { supportProposal } from '../../src/proposals/support-proposal.ts';
import { proposalQuestions, proposalSupports, proposals } from '../../src/proposals/tables.ts';
import { setBlocked } from '../../src/residents/block-resident.ts';
import { giveJoinCode, tidyJoinCodes } from '../../src/residents/give-join-code.ts';
import { hashJoinCode } from '../../src/residents/join-code.ts';
import { knowProvisionally } from '../../src/residents/know-provisionally.ts';
import { findResidentByAddress, listAddresses } from '../../src/residents/queries.ts';
import { setDemographics } from '../../src/residents/set-demographics.ts';
import { setLanguage } from '../../src/residents/set-language.ts';
import { stopAnnouncements, stopAnswers } from '../../src/residents/stop-notices.ts';
import { addresses, joinCodes, residents } from '../../src/residents/tables.ts';
import { staff } from '../../src/staff/tables.ts';
import { databaseKind, rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, givenHearing, givenMunicipality, givenProposal, givenResident, givenStaff } from '../support/given.ts';
import { countLockWaiters } from '../support/lock-waiters.ts';
import { TestClock } from '../support/talk.ts';

const database = useDatabase();
const TELEGRAM = { channel: 'telegram', account: '1', id: '770011' } as const;
const WHATSAPP = { channel: 'whatsapp', account: 'bot', id: '996555@c.us' } as const;

interface Stage {
  readonly ctx: Context & { readonly tx: Tx };
  readonly clock: TestClock;
  readonly municipality: Municipality;
}

const within = (work: (stage: Stage) => Promise<void>) =>
  rolledBack(database.db, async (tx) => {
    const clock = new TestClock('2026-11-22T10:00:00+06:00');
    const ctx = { ...testContext(database.db), clock, tx };
    await work({ ctx, clock, municipality: await givenMunicipality(ctx) });
  });

/** One person as two: on WhatsApp, who gives the code, and on Telegram. */
async function givenTwo({ ctx }: Stage) {
  const kept = await givenResident(ctx, { address: WHATSAPP, villageId: 'ks-upper' });
  const joined = await givenResident(ctx, { address: TELEGRAM, villageId: 'ks-lower' });
  return { kept: kept.id, joined: joined.id };
}

const codeOf = async ({ ctx }: Stage, residentId: number, address: ChannelAddress = WHATSAPP) =>
  hashJoinCode(await giveJoinCode(as(ctx, residentId), { residentId, address }));

/** The chat on Telegram types the code of the one on WhatsApp. */
async function join(stage: Stage, { kept, joined }: { kept: number; joined: number }) {
  const codeHash = await codeOf(stage, kept);
  return joinChats(as(stage.ctx, joined), { codeHash, address: TELEGRAM });
}

/** How many rows point to a resident, by table and column, whatever tables there are; only what is above zero. */
async function pointersTo(tx: Tx, residentId: number): Promise<string[]> {
  const columns = await tx.execute<{ table: string; column: string }>(sql`
    select c.conrelid::regclass::text as table, a.attname as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
    where c.contype = 'f' and c.confrelid = 'residents'::regclass`);
  expect(columns.length).toBeGreaterThan(6);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const [row] = await tx.execute<{ count: number }>(
      sql.raw(`select count(*)::int as count from ${table} where ${column} = ${residentId}`),
    );
    if (row !== undefined && row.count > 0) found.push(`${table}.${column}`);
  }
  return found;
}

const personOf = async ({ ctx }: Stage, id: number) => {
  const [row] = await ctx.tx.select().from(residents).where(eq(residents.id, id));
  return row;
};

describe('joinChats', () => {
  it('makes the two chats those of whoever gave the code, once', () =>
    within(async (stage) => {
      const both = await givenTwo(stage);
      expect(await join(stage, both)).toEqual({ state: 'joined', residentId: both.kept });
      const { tx } = stage.ctx;
      expect((await findResidentByAddress(tx, TELEGRAM))?.id).toBe(both.kept);
      expect(await listAddresses(tx, both.kept)).toEqual([WHATSAPP, TELEGRAM]);
      const [done] = await tx.select().from(auditLog).where(eq(auditLog.action, 'resident.join'));
      expect(done).toMatchObject({
        actor: `resident:${both.joined}`,
        subject: `resident:${both.kept}`,
        after: { joined: both.joined, channel: 'telegram' },
      });
    }));

  it('leaves nothing that points to the other one, and of them a number', () =>
    within(async (stage) => {
      const { ctx, municipality } = stage;
      const both = await givenTwo(stage);
      const { joined } = both;
      await setDemographics(as(ctx, joined), { residentId: joined, sex: 'woman', ageBand: '55+' });
      const own = await givenProposal(ctx, { id: joined }, municipality);
      await ctx.tx.insert(proposalQuestions).values({
        proposalId: own.id,
        residentId: joined,
        question: 'Кайсы көчө?',
        askedAt: ctx.clock.now(),
      });
      const neighbour = await givenResident(ctx);
      const theirs = await givenProposal(ctx, neighbour, municipality);
      await supportProposal(as(ctx, joined), theirs.id);
      const hearing = await givenHearing(ctx, municipality);
      await setIntent(as(ctx, joined), { hearingId: hearing.id, residentId: joined, intent: 'coming' });
      await askHearing(as(ctx, joined), {
        hearingId: hearing.id,
        residentId: joined,
        text: 'Жол качан?',
        language: 'ky',
        mediaIds: [],
      });
      await givenStaff(ctx, municipality, 'officer', TELEGRAM);
      await codeOf(stage, joined, TELEGRAM);
      expect((await pointersTo(ctx.tx, joined)).sort()).toEqual([
        'addresses.resident_id',
        'hearing_intents.resident_id',
        'hearing_questions.resident_id',
        'join_codes.resident_id',
        'proposal_questions.resident_id',
        'proposal_supports.resident_id',
        'proposals.resident_id',
        'staff.resident_id',
      ]);
      await join(stage, both);
      expect(await pointersTo(ctx.tx, joined)).toEqual([]);
      const { id, language, createdAt, erasedAt, ...personal } = (await personOf(stage, joined)) ?? {};
      expect({ id, language, createdAt, erasedAt }).toMatchObject({ id: joined, erasedAt: ctx.clock.now() });
      expect(Object.values(personal).filter((value) => value !== null)).toEqual([]);
      expect(await describeMyData(ctx.tx, both.kept)).toMatchObject({
        sex: 'woman',
        ageBand: '55+',
        proposalCount: 1,
        supportCount: 1,
        intentCount: 1,
        hearingQuestionCount: 1,
        roles: [{ role: 'officer' }],
        addresses: [WHATSAPP, TELEGRAM],
        noticesTo: TELEGRAM,
      });
    }));

  it('lets double support and support of one’s own fall together, and counts anew', () =>
    within(async (stage) => {
      const { ctx, municipality } = stage;
      const both = await givenTwo(stage);
      const neighbour = await givenResident(ctx);
      const theirs = await givenProposal(ctx, neighbour, municipality);
      const ofKept = await givenProposal(ctx, { id: both.kept }, municipality);
      const ofJoined = await givenProposal(ctx, { id: both.joined }, municipality);
      await supportProposal(as(ctx, both.kept), theirs.id);
      await supportProposal(as(ctx, both.joined), theirs.id);
      await supportProposal(as(ctx, both.joined), ofKept.id);
      await supportProposal(as(ctx, both.kept), ofJoined.id);
      await supportProposal(as(ctx, neighbour.id), ofJoined.id);
      await join(stage, both);
      const counts = await ctx.tx
        .select({ id: proposals.id, count: proposals.supporterCount })
        .from(proposals)
        .orderBy(proposals.id);
      expect(counts).toEqual([
        { id: theirs.id, count: 1 },
        { id: ofKept.id, count: 0 },
        { id: ofJoined.id, count: 1 },
      ]);
      const supports = await ctx.tx.select({ by: proposalSupports.residentId }).from(proposalSupports);
      expect(supports.map(({ by }) => by).sort()).toEqual([both.kept, neighbour.id].sort());
    }));

  it('keeps the last of two answers to whether they come', () =>
    within(async (stage) => {
      const { ctx, clock, municipality } = stage;
      const both = await givenTwo(stage);
      const first = await givenHearing(ctx, municipality);
      const second = await givenHearing(ctx, municipality);
      const says = (hearingId: number, residentId: number, intent: 'coming' | 'not_coming') =>
        setIntent(as(ctx, residentId), { hearingId, residentId, intent });
      await says(first.id, both.kept, 'coming');
      await says(second.id, both.joined, 'coming');
      clock.pass(60_000);
      await says(first.id, both.joined, 'not_coming');
      await says(second.id, both.kept, 'not_coming');
      await join(stage, both);
      const intents = await ctx.tx.select().from(hearingIntents).orderBy(hearingIntents.hearingId);
      expect(intents).toMatchObject([
        { hearingId: first.id, residentId: both.kept, intent: 'not_coming' },
        { hearingId: second.id, residentId: both.kept, intent: 'not_coming' },
      ]);
      expect(await ctx.tx.$count(hearingQuestions)).toBe(0);
    }));

  it('keeps the higher role of two in a municipality, and what either is in others', () =>
    within(async (stage) => {
      const { ctx, municipality } = stage;
      const other = await givenMunicipality(ctx, { code: 'AB' });
      const both = await givenTwo(stage);
      const lower = await givenStaff(ctx, municipality, 'deputy', WHATSAPP);
      const higher = await givenStaff(ctx, municipality, 'admin', TELEGRAM);
      const elsewhere = await givenStaff(ctx, other, 'officer', TELEGRAM);
      await join(stage, both);
      const now = await ctx.tx.select().from(staff).where(isNull(staff.removedAt)).orderBy(staff.id);
      expect(now).toMatchObject([
        { id: lower.staffId, residentId: both.kept, role: 'admin' },
        { id: elsewhere.staffId, residentId: both.kept, role: 'officer' },
      ]);
      const ended = await ctx.tx.select().from(staff).where(eq(staff.id, higher.staffId));
      expect(ended).toMatchObject([{ residentId: both.kept, role: 'admin', removedAt: ctx.clock.now() }]);
      const told = await ctx.tx.select().from(auditLog).where(like(auditLog.action, 'staff.%')).orderBy(auditLog.id);
      expect(told.map(({ action, subject }) => [action, subject])).toEqual([
        ['staff.remove', `staff:${higher.staffId}`],
        ['staff.change-role', `staff:${lower.staffId}`],
      ]);
    }));

  it('keeps the newer consent, the language and village of whoever gave the code, and every stop', () =>
    within(async (stage) => {
      const { ctx, clock, municipality } = stage;
      const both = await givenTwo(stage);
      clock.pass(1_000);
      await ctx.tx
        .update(residents)
        .set({ consentVersion: '2', consentAt: clock.now() })
        .where(eq(residents.id, both.joined));
      await setLanguage(as(ctx, both.joined), { residentId: both.joined, language: 'ru' });
      await stopAnnouncements(as(ctx, both.joined), both.joined);
      await setBlocked(ctx.tx, ctx, { residentId: both.joined, blocked: true, municipalityId: municipality.id });
      await join(stage, both);
      expect(await personOf(stage, both.kept)).toMatchObject({
        language: 'ky',
        villageId: 'ks-upper',
        consentVersion: '2',
        consentAt: clock.now(),
        announcementsStoppedAt: clock.now(),
        answersStoppedAt: null,
        blockedAt: clock.now(),
      });
    }));

  it('takes the consent of the only one who gave it', () =>
    within(async (stage) => {
      const { ctx, municipality } = stage;
      const officer = await givenStaff(ctx, municipality, 'officer', WHATSAPP);
      const { id: joined } = await givenResident(ctx, { address: TELEGRAM, villageId: 'ks-lower', name: 'Бермет' });
      await join(stage, { kept: officer.residentId, joined });
      expect(await personOf(stage, officer.residentId)).toMatchObject({
        consentVersion: '1',
        villageId: 'ks-lower',
        name: 'Бермет',
      });
    }));

  it('makes the chat of a stranger one more of the person', () =>
    within(async (stage) => {
      const { ctx } = stage;
      const { id } = await givenResident(ctx, { address: WHATSAPP });
      const codeHash = await codeOf(stage, id);
      expect(await joinChats(ctx, { codeHash, address: TELEGRAM })).toEqual({ state: 'joined', residentId: id });
      expect(await listAddresses(ctx.tx, id)).toEqual([WHATSAPP, TELEGRAM]);
      expect(await ctx.tx.$count(residents)).toBe(1);
    }));

  it('says what waits for both once, and tells the chat that gave the code', () =>
    within(async (stage) => {
      const { ctx, municipality } = stage;
      const both = await givenTwo(stage);
      await sendNotice(ctx.tx, ctx, {
        municipalityId: municipality.id,
        subject: 'proposal:1',
        residentIds: [both.kept, both.joined],
        audience: 'own',
        write: () => ({ text: 'Планга кирди.' }),
      });
      await join(stage, both);
      const rows = await ctx.tx
        .select({ channel: deliveries.channel, status: deliveries.status })
        .from(deliveries)
        .orderBy(deliveries.id);
      expect(rows).toEqual([
        { channel: 'whatsapp', status: 'pending' },
        { channel: 'whatsapp', status: 'pending' },
      ]);
    }));

  it('keeps what has reached one of them and lets the other go', () =>
    within(async (stage) => {
      const { ctx, municipality } = stage;
      const both = await givenTwo(stage);
      await sendNotice(ctx.tx, ctx, {
        municipalityId: municipality.id,
        subject: 'proposal:1',
        residentIds: [both.kept, both.joined],
        audience: 'own',
        write: () => ({ text: 'Планга кирди.' }),
      });
      await ctx.tx.update(deliveries).set({ status: 'sent' }).where(eq(deliveries.channel, 'telegram'));
      await join(stage, both);
      const left = await ctx.tx
        .select({ channel: deliveries.channel })
        .from(deliveries)
        .where(and(eq(deliveries.status, 'sent')));
      expect(left).toEqual([{ channel: 'telegram' }]);
      expect(await ctx.tx.$count(deliveries, eq(deliveries.status, 'pending'))).toBe(1);
    }));

  it('skips what waits where answers were stopped by either', () =>
    within(async (stage) => {
      const { ctx, municipality } = stage;
      const both = await givenTwo(stage);
      await stopAnswers(as(ctx, both.joined), both.joined);
      await sendNotice(ctx.tx, ctx, {
        municipalityId: municipality.id,
        subject: 'proposal:1',
        residentIds: [both.kept],
        audience: 'own',
        write: () => ({ text: 'Планга кирди.' }),
      });
      await join(stage, both);
      const rows = await ctx.tx.select({ reason: deliveries.reason }).from(deliveries).orderBy(deliveries.id);
      expect(rows).toEqual([{ reason: 'opted_out' }, { reason: null }]);
    }));

  it('lets both chats be erased by /forget', () =>
    within(async (stage) => {
      const { ctx } = stage;
      const both = await givenTwo(stage);
      await join(stage, both);
      await forgetResident(as(ctx, both.kept), both.kept);
      expect(await ctx.tx.$count(addresses)).toBe(0);
      expect(await ctx.tx.$count(joinCodes)).toBe(0);
    }));
});

describe('a code that is refused', () => {
  it('is the one of this very chat, or of a chat that is joined already', () =>
    within(async (stage) => {
      const { ctx } = stage;
      const both = await givenTwo(stage);
      const own = await codeOf(stage, both.kept);
      expect(await checkJoinCode(ctx, { codeHash: own, address: WHATSAPP })).toEqual({ state: 'own' });
      await join(stage, both);
      const again = await codeOf(stage, both.kept);
      expect(await joinChats(as(ctx, both.kept), { codeHash: again, address: TELEGRAM })).toEqual({ state: 'same' });
    }));

  it('has been used, has run out, or was replaced by a newer one', () =>
    within(async (stage) => {
      const { ctx, clock } = stage;
      const both = await givenTwo(stage);
      const third = { ...TELEGRAM, id: '3' };
      const old = await codeOf(stage, both.kept);
      const codeHash = await codeOf(stage, both.kept);
      expect(await checkJoinCode(ctx, { codeHash: old, address: third })).toMatchObject({ state: 'wrong' });
      await joinChats(as(ctx, both.joined), { codeHash, address: TELEGRAM });
      expect(await joinChats(ctx, { codeHash, address: third })).toMatchObject({ state: 'used' });
      const late = await codeOf(stage, both.kept);
      clock.pass(20 * 60_000);
      expect(await joinChats(ctx, { codeHash: late, address: { ...third, id: '4' } })).toMatchObject({
        state: 'expired',
        minutes: 0,
      });
      await tidyJoinCodes(ctx.tx, new Date(clock.now().getTime() + 25 * 3_600_000));
      expect(await ctx.tx.$count(joinCodes)).toBe(0);
    }));

  it('is followed by a pause from the third on, and by silence from the eighth', () =>
    within(async (stage) => {
      const { ctx, clock } = stage;
      const { kept } = await givenTwo(stage);
      const right = await codeOf(stage, kept);
      const tries = (codeHash: string) => checkJoinCode(ctx, { codeHash, address: TELEGRAM });
      expect(await tries('a')).toEqual({ state: 'wrong', minutes: 0 });
      expect(await tries('b')).toEqual({ state: 'wrong', minutes: 0 });
      expect(await tries('c')).toEqual({ state: 'wrong', minutes: 1 });
      expect(await tries(right)).toEqual({ state: 'paused', minutes: 1 });
      expect(await tries(right)).toEqual({ state: 'silent' });
      clock.pass(60_000);
      expect(await tries(right)).toEqual({ state: 'fits', channel: 'whatsapp' });
      for (let more = 4; more <= 8; more++) {
        await tries('d');
        clock.pass(20 * 60_000);
      }
      expect(await tries(right)).toEqual({ state: 'silent' });
    }));

  it('is typed by somebody who is known by words in a group alone', () =>
    within(async (stage) => {
      const { ctx } = stage;
      const { id } = await givenResident(ctx, { address: WHATSAPP });
      const codeHash = await codeOf(stage, id);
      await knowProvisionally(ctx.tx, ctx, {
        address: TELEGRAM,
        language: 'ky',
        villageId: 'ks-upper',
        canWrite: true,
      });
      expect(await joinChats(ctx, { codeHash, address: TELEGRAM })).toEqual({ state: 'unagreed' });
    }));

  it('is typed while something is open in another chat of the person', () =>
    within(async (stage) => {
      const { ctx } = stage;
      const both = await givenTwo(stage);
      const codeHash = await codeOf(stage, both.kept);
      const { channel, account, id } = TELEGRAM;
      const saved = { version: 1, id: 'abcde', args: null, state: null, question: 'text', timeoutMs: null };
      const group = { channel, account, chatId: '-100', personId: id } as const;
      await ctx.tx.insert(dialogs).values({ ...group, saved: { ...saved, flow: 'menu' } });
      await ctx.tx.insert(dialogs).values({ ...group, chatId: id, saved: { ...saved, flow: 'join' } });
      const tries = () => checkJoinCode(as(ctx, both.joined), { codeHash, address: TELEGRAM });
      expect(await tries()).toMatchObject({ state: 'fits' });
      await ctx.tx
        .update(dialogs)
        .set({ saved: { ...saved, flow: 'link' } })
        .where(eq(dialogs.chatId, '-100'));
      expect(await tries()).toEqual({ state: 'busy' });
    }));
});

describe('a code that is given', () => {
  it('is kept as a hash, one for each person', () =>
    within(async (stage) => {
      const { ctx } = stage;
      const { id } = await givenResident(ctx, { address: WHATSAPP });
      await giveJoinCode(as(ctx, id), { residentId: id, address: WHATSAPP });
      const code = await giveJoinCode(as(ctx, id), { residentId: id, address: WHATSAPP });
      expect(code).toMatch(/^\d{6}$/);
      expect(await ctx.tx.select().from(joinCodes)).toMatchObject([{ residentId: id, codeHash: hashJoinCode(code) }]);
    }));

  it('is refused to somebody else, and for a chat of somebody else', () =>
    within(async (stage) => {
      const { ctx } = stage;
      const { kept, joined } = await givenTwo(stage);
      const asked = (by: number) => giveJoinCode(as(ctx, by), { residentId: kept, address: TELEGRAM });
      await expect(asked(joined)).rejects.toThrow('residents act for themselves');
      await expect(asked(kept)).rejects.toThrow('not theirs');
    }));
});

describe('two at once', () => {
  const givenOnDisk = async () => {
    const ctx = { ...testContext(database.db) };
    const one = await givenResident(ctx);
    const other = await givenResident(ctx);
    const addressOf = async (id: number) => (await listAddresses(database.db, id))[0] ?? TELEGRAM;
    const person = async (id: number) => {
      const address = await addressOf(id);
      return { id, address, codeHash: hashJoinCode(await giveJoinCode(as(ctx, id), { residentId: id, address })) };
    };
    return { ctx, one: await person(one.id), other: await person(other.id) };
  };

  it.each(['in transactions of their own', 'within one'])('who type the same code %s: one wins', async (how) => {
    const { ctx, one, other } = await givenOnDisk();
    const stranger = { channel: 'whatsapp', account: 'bot', id: `${how.length}@c.us` } as const;
    const inputs = [stranger, other.address].map((address) => ({ codeHash: one.codeHash, address }));
    const all = (tx?: Tx) => Promise.all(inputs.map((input) => joinChats(tx ? { ...ctx, tx } : ctx, input)));
    const done = how === 'within one' ? await database.db.transaction((tx) => all(tx)) : await all();
    expect(done.map(({ state }) => state).sort()).toEqual(['joined', 'used']);
    expect(await listAddresses(database.db, one.id)).toHaveLength(2);
  });

  // the embedded database does one transaction after the other
  it.runIf(databaseKind() === 'postgres')('wait for what the person does elsewhere, and take it over', async () => {
    const { ctx, one, other } = await givenOnDisk();
    const municipality = await givenMunicipality(ctx, { code: 'RC' });
    const neighbour = await givenResident(ctx);
    const proposal = await givenProposal(ctx, neighbour, municipality);
    let joining: ReturnType<typeof joinChats> | undefined;
    await database.db.transaction(async (tx) => {
      await supportProposal({ ...as(ctx, other.id), tx }, proposal.id);
      joining = joinChats(ctx, { codeHash: one.codeHash, address: other.address });
      // until it waits for us
      await expect.poll(() => countLockWaiters(database.db)).toBeGreaterThan(0);
    });
    expect(await joining).toMatchObject({ state: 'joined' });
    const given = await database.db.select().from(proposalSupports);
    expect(given).toMatchObject([{ proposalId: proposal.id, residentId: one.id }]);
  });

  it.each(['in transactions of their own', 'within one'])('who type each other’s code %s: one is left', async (how) => {
    const { ctx, one, other } = await givenOnDisk();
    const inputs = [
      { codeHash: one.codeHash, address: other.address },
      { codeHash: other.codeHash, address: one.address },
    ];
    const all = (tx?: Tx) => Promise.all(inputs.map((input) => joinChats(tx ? { ...ctx, tx } : ctx, input)));
    const done = how === 'within one' ? await database.db.transaction((tx) => all(tx)) : await all();
    expect(done.filter(({ state }) => state === 'joined')).toHaveLength(1);
    const left = await Promise.all([one.id, other.id].map((id) => listAddresses(database.db, id)));
    expect(left.map(({ length }) => length).sort()).toEqual([0, 2]);
  });
});
