import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asc, eq, sql } from 'drizzle-orm';
import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import type { OutboundContent } from '../../src/messaging/contract.ts';
import { media } from '../../src/messaging/tables.ts';
import type { Municipality } from '../../src/places/places.ts';
import { addLine } from '../../src/plans/add-line.ts';
import { approvePlan } from '../../src/plans/approve-plan.ts';
import { createPlan } from '../../src/plans/create-plan.ts';
import { defaultTemplate } from '../../src/plans/default-template.ts';
import { editLine } from '../../src/plans/edit-line.ts';
import {
  PlanChangedError,
  PlanClosedError,
  PlanEmptyError,
  PlanInputError,
  UnplannableError,
} from '../../src/plans/errors.ts';
import { markHeard } from '../../src/plans/mark-heard.ts';
import { moveLine, removeLine } from '../../src/plans/order-lines.ts';
import { requestPlanJob } from '../../src/plans/plan-jobs.ts';
import { findLineOf, getPlan, getVersion, listVersions } from '../../src/plans/queries.ts';
import { removeOldPlanFiles, runPlanJobs } from '../../src/plans/run-plan-jobs.ts';
import { findByNumbers, setLineProposals } from '../../src/plans/set-line-proposals.ts';
import { suggestLines } from '../../src/plans/suggest-lines.ts';
import { planJobs, plans } from '../../src/plans/tables.ts';
import { takeSuggestion } from '../../src/plans/take-suggestion.ts';
import { getTemplate, resetTemplate, setTemplate, TemplateError } from '../../src/plans/templates.ts';
import { mergeProposals } from '../../src/proposals/merge-proposals.ts';
import { countSupporters } from '../../src/proposals/people.ts';
import { setStatus } from '../../src/proposals/set-status.ts';
import { proposalSupports, proposals } from '../../src/proposals/tables.ts';
import { residents } from '../../src/residents/tables.ts';
import { NoRightError } from '../../src/staff/require-right.ts';
import { staff } from '../../src/staff/tables.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { givenMedia, givenMunicipality, givenProposal, givenResident, givenStaff } from '../support/given.ts';
import { silentLog } from '../support/log.ts';

const database = useDatabase();

/** A municipality with the plan of 2027, in a transaction that leaves nothing behind. */
interface Scene {
  readonly tx: Tx;
  readonly ctx: Context;
  readonly municipality: Municipality;
  readonly planId: number;
}

function scene(work: (at: Scene) => Promise<void>): () => Promise<void> {
  return () =>
    rolledBack(database.db, async (tx) => {
      const ctx = testContext(tx, { tx });
      const municipality = await givenMunicipality(ctx);
      const { planId } = await createPlan(ctx, { municipalityId: municipality.id, year: 2027 });
      await work({ tx, ctx, municipality, planId });
    });
}

async function given({ ctx, municipality }: Scene, options: Parameters<typeof givenProposal>[3] = {}) {
  const author = await givenResident(ctx);
  return { ...(await givenProposal(ctx, author, municipality, options)), author };
}

async function supported({ tx, ctx }: Scene, proposalId: number, residentIds: readonly number[]): Promise<void> {
  for (const residentId of residentIds) {
    await tx.insert(proposalSupports).values({ proposalId, residentId, at: ctx.clock.now() });
  }
  await countSupporters(tx, proposalId);
}

async function becomes({ tx, ctx }: Scene, id: number, to: 'declined' | 'merged', into: number | null = null) {
  const [row] = await tx.select().from(proposals).where(eq(proposals.id, id));
  if (row === undefined) throw new Error(`no proposal ${id}`);
  await setStatus(tx, ctx, row, { to, mergedIntoId: into });
}

async function lineWith(at: Scene, proposalIds: readonly number[]): Promise<number> {
  const { lineId } = await addLine(at.ctx, { planId: at.planId, fields: { direction: 'Таза суу' } });
  await setLineProposals(at.ctx, { planId: at.planId, lineId, add: [...proposalIds] });
  return lineId;
}

/** Who was told what, in their language: resident and text. */
async function told({ tx }: Scene): Promise<{ residentId: number; text: unknown }[]> {
  const rows = await tx.execute<{
    residentId: string;
    language: string;
    contents: Record<string, OutboundContent>;
  }>(sql`
    select a.resident_id as "residentId", d.language, s.contents
    from ${deliveries} d join ${sends} s on s.id = d.send_id join addresses a on a.id = d.address_id order by d.id`);
  return rows.map(({ residentId, language, contents }) => ({
    residentId: Number(residentId),
    text: contents[language]?.text,
  }));
}

const APPROVAL = { body: 'Айылдык кеңеш', date: '2026-11-20', number: '17/3' };

describe('createPlan', () => {
  it(
    'makes one plan a year, however often it is asked',
    scene(async ({ ctx, municipality, planId }) => {
      const again = await createPlan(ctx, { municipalityId: municipality.id, year: 2027 });
      expect(again).toEqual({ planId, created: false });
    }),
  );
});

describe('suggestLines', () => {
  it(
    'ranks sectors by people, then supporters, with the villages and the women among them',
    scene(async (at) => {
      const { tx, ctx, municipality, planId } = at;
      const [roads] = [await given(at), await given(at)];
      await supported(at, roads.id, [(await givenResident(ctx)).id, (await givenResident(ctx)).id]);
      const one = await given(at, { sectorId: 'water' });
      await tx.update(residents).set({ sex: 'woman' }).where(eq(residents.id, one.author.id));
      await givenProposal(ctx, one.author, municipality, { sectorId: 'water', villageId: 'ks-lower' });
      await given(at, { sectorId: 'water', villageId: 'ks-lower' });
      const paper = await given(at, { sectorId: 'water' });
      await tx.update(proposals).set({ residentId: null, authorSex: 'woman' }).where(eq(proposals.id, paper.id));
      await given(at, { sectorId: 'other' });
      const found = await suggestLines(tx, { id: planId, municipalityId: municipality.id });
      expect(found.map(({ sectorId, people }) => [sectorId, people])).toEqual([
        ['water', 3],
        ['roads', 2],
        ['other', 1],
      ]);
      expect(found[0]).toEqual({
        ...{ sectorId: 'water', people: 3, women: 2, supporters: 0, proposals: 4, lineId: null },
        villages: [
          { villageId: 'ks-lower', people: 2, women: 1, supporters: 0, proposals: 2 },
          { villageId: 'ks-upper', people: 2, women: 2, supporters: 0, proposals: 2 },
        ],
      });
      expect(found[1]).toMatchObject({ supporters: 2 });
    }),
  );

  it(
    'counts the people of merged ones where they went, so that a sector loses nothing by it',
    scene(async (at) => {
      const { tx, ctx, municipality, planId } = at;
      const [root, first, second, paper] = [await given(at), await given(at), await given(at), await given(at)];
      await tx.update(proposals).set({ residentId: null }).where(eq(proposals.id, paper.id));
      await supported(at, first.id, [(await givenResident(ctx)).id, root.author.id]);
      const own = await givenProposal(ctx, root.author, municipality);
      const counted = async () => (await suggestLines(tx, { id: planId, municipalityId: municipality.id }))[0];
      expect(await counted()).toMatchObject({ people: 4, supporters: 2, proposals: 5 });
      await mergeProposals(ctx, { fromId: second.id, intoId: first.id });
      for (const { id } of [first, paper, own]) await mergeProposals(ctx, { fromId: id, intoId: root.id });
      expect(await counted()).toMatchObject({ people: 4, supporters: 1, proposals: 1 });
    }),
  );

  it(
    'leaves out what is hidden, a test, declined, merged, of elsewhere, or in the plan already',
    scene(async (at) => {
      const { tx, municipality, planId, ctx } = at;
      const hidden = await given(at);
      await tx.update(proposals).set({ hiddenAt: ctx.clock.now() }).where(eq(proposals.id, hidden.id));
      await given(at, { test: true });
      const open = await given(at, { sectorId: 'water' });
      await becomes(at, (await given(at)).id, 'declined');
      await becomes(at, (await given(at)).id, 'merged', open.id);
      const elsewhere = await givenMunicipality(ctx, { code: 'AB' });
      await givenProposal(ctx, await givenResident(ctx), elsewhere);
      const all = () => suggestLines(tx, { id: planId, municipalityId: municipality.id });
      expect((await all()).map(({ sectorId }) => sectorId)).toEqual(['water']);
      await lineWith(at, [open.id]);
      expect(await all()).toEqual([]);
    }),
  );
});

describe('takeSuggestion', () => {
  it(
    'makes a line with the words of each village, and tells nobody',
    scene(async (at) => {
      const { tx, ctx, planId } = at;
      await given(at, { sectorId: 'water', text: 'Суу үч күндө бир келет.\nТүтүк эски!' });
      const loud = await given(at, { sectorId: 'water', text: 'Колонка иштебейт' });
      await supported(at, loud.id, [(await givenResident(ctx)).id]);
      await given(at, { sectorId: 'water', villageId: 'ks-lower', text: 'Суу жок' });
      const taken = await takeSuggestion(ctx, { planId, sectorId: 'water', language: 'ru' });
      expect(taken.proposals).toBe(3);
      const plan = await getPlan(tx, planId);
      expect(plan.lines).toMatchObject([
        {
          position: 1,
          direction: 'water, long ru',
          sectorId: 'water',
          issueNumber: 4,
          villages: [
            { villageId: 'ks-upper', problem: 'Колонка иштебейт; Суу үч күндө бир келет. Түтүк эски' },
            { villageId: 'ks-lower', problem: 'Суу жок' },
          ],
        },
      ]);
      expect(await told(at)).toEqual([]);
      await expect(takeSuggestion(ctx, { planId, sectorId: 'water', language: 'ky' })).rejects.toMatchObject({
        mistake: 'nothing-to-add',
      });
    }),
  );

  it(
    'takes one village only, and adds another to the line later, whose words stay',
    scene(async (at) => {
      const { tx, ctx, planId } = at;
      await given(at, { sectorId: 'water', text: 'Суу жок' });
      await given(at, { sectorId: 'water', villageId: 'ks-lower', text: 'Колонка иштебейт' });
      const { lineId } = await takeSuggestion(ctx, {
        planId,
        sectorId: 'water',
        language: 'ky',
        villageIds: ['ks-upper'],
      });
      const villages = [{ villageId: 'ks-upper', problem: 'Түтүк эскирген' }];
      await editLine(ctx, { planId, lineId, set: { villages } });
      await takeSuggestion(ctx, { planId, sectorId: 'water', language: 'ky', lineId });
      const [line] = (await getPlan(tx, planId)).lines;
      expect(line?.villages).toEqual([...villages, { villageId: 'ks-lower', problem: 'Колонка иштебейт' }]);
      expect(line?.proposals).toHaveLength(2);
    }),
  );
});

describe('setLineProposals', () => {
  it(
    'moves a proposal that stands in another line, and puts for a merged one what it was merged into',
    scene(async (at) => {
      const { tx, ctx, planId } = at;
      const [root, merged] = [await given(at), await given(at)];
      await becomes(at, merged.id, 'merged', root.id);
      const first = await lineWith(at, [root.id]);
      const second = await lineWith(at, [merged.id]);
      const plan = await getPlan(tx, planId);
      expect(plan.lines.map(({ id, proposals: own }) => [id, own.map(({ id: one }) => one)])).toEqual([
        [first, []],
        [second, [root.id]],
      ]);
      const municipalityId = at.municipality.id;
      expect(await findLineOf(tx, { municipalityId, proposalId: merged.id })).toMatchObject({
        lineId: second,
        position: 2,
      });
      expect(await findLineOf(tx, { proposalId: merged.id, approved: true })).toBeNull();
      await setLineProposals(ctx, { planId, lineId: second, remove: [root.id] });
      expect(await findLineOf(tx, { municipalityId, proposalId: merged.id })).toBeNull();
    }),
  );

  it(
    'names every proposal that cannot be planned, and changes nothing',
    scene(async (at) => {
      const { tx, ctx, planId } = at;
      const [open, declined, hidden] = [await given(at), await given(at), await given(at)];
      await becomes(at, declined.id, 'declined');
      await tx.update(proposals).set({ hiddenAt: ctx.clock.now() }).where(eq(proposals.id, hidden.id));
      const { lineId } = await addLine(ctx, { planId, fields: { direction: 'Жол' } });
      const before = await getPlan(tx, planId);
      const add = [open.id, declined.id, hidden.id, 999_999];
      const refused = await setLineProposals(ctx, { planId, lineId, add }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UnplannableError);
      expect(refused).toMatchObject({
        proposals: [
          { number: declined.number, why: 'declined' },
          { number: hidden.number, why: 'hidden' },
          { number: '999999', why: 'unknown' },
        ],
      });
      expect(await getPlan(tx, planId)).toEqual(before);
    }),
  );
});

describe('findByNumbers', () => {
  it(
    'finds a proposal by what people call it, in its municipality alone',
    scene(async ({ tx, ctx, municipality, ...rest }) => {
      const one = await given({ tx, ctx, municipality, ...rest });
      const elsewhere = await givenMunicipality(ctx, { code: 'AB' });
      const other = await givenProposal(ctx, await givenResident(ctx), elsewhere);
      const wanted = [one.number, one.number.toLowerCase(), '1', '0001', other.number, '9', "1'; --"];
      expect(await findByNumbers(tx, municipality.id, wanted)).toEqual({
        ids: [one.id, one.id, one.id, one.id],
        unknown: [other.number, '9', "1'; --"],
      });
    }),
  );
});

describe('editLine', () => {
  it(
    'changes what is given, and refuses what makes no sense',
    scene(async ({ tx, ctx, planId }) => {
      const { lineId } = await addLine(ctx, { planId, fields: { direction: 'Жол', cost: 500 } });
      const edit = (set: Parameters<typeof editLine>[1]['set']) => editLine(ctx, { planId, lineId, set });
      await edit({ beneficiaries: { total: 800, women: 390, men: null }, direction: ' Жолдор\u0000 ' });
      const [line] = (await getPlan(tx, planId)).lines;
      expect(line).toMatchObject({ direction: 'Жолдор', cost: 500, beneficiaries: 800, women: 390, men: 410 });
      const village = { villageId: 'ks-upper', problem: 'жок' };
      const mistakes = [
        () => edit({ beneficiaries: { total: 800, women: 390, men: 411 } }),
        () => edit({ villages: [{ villageId: 'nowhere', problem: '' }] }),
        () => edit({ villages: [village, village] }),
        () => edit({ sectorId: 'nothing' }),
      ];
      for (const mistake of mistakes) await expect(mistake()).rejects.toThrow(PlanInputError);
      await expect(edit({ cost: -1 })).rejects.toThrow();
      await expect(edit({ cost: 0.5 })).rejects.toThrow();
      await expect(edit({ direction: '' })).rejects.toThrow();
      await expect(editLine(ctx, { planId, lineId: 999_999, set: { cost: 1 } })).rejects.toMatchObject({
        code: 'not-found',
      });
    }),
  );

  it(
    'refuses to act on a plan that has changed since it was shown',
    scene(async ({ tx, ctx, planId }) => {
      const { lineId, revision } = await addLine(ctx, { planId, fields: { direction: 'Жол' } });
      const shown = { planId, lineId, revision };
      await editLine(ctx, { ...shown, set: { cost: 1 } });
      await expect(editLine(ctx, { ...shown, set: { cost: 2 } })).rejects.toThrow(PlanChangedError);
      await expect(removeLine(ctx, shown)).rejects.toThrow(PlanChangedError);
      await expect(approvePlan(ctx, { planId, revision, ...APPROVAL })).rejects.toThrow(PlanChangedError);
      expect((await getPlan(tx, planId)).lines).toMatchObject([{ cost: 1 }]);
    }),
  );
});

describe('moveLine', () => {
  it(
    'numbers lines from 1 without gaps, also when one is removed',
    scene(async ({ tx, ctx, planId }) => {
      const ids: number[] = [];
      for (const direction of ['а', 'б', 'в', 'г']) {
        ids.push((await addLine(ctx, { planId, fields: { direction } })).lineId);
      }
      const order = async () =>
        (await getPlan(tx, planId)).lines.map(({ position, direction }) => `${position}${direction}`);
      const [first = 0, second = 0] = ids;
      await moveLine(ctx, { planId, lineId: first, position: 3 });
      expect(await order()).toEqual(['1б', '2в', '3а', '4г']);
      await moveLine(ctx, { planId, lineId: first, position: -5 });
      expect(await order()).toEqual(['1а', '2б', '3в', '4г']);
      await moveLine(ctx, { planId, lineId: first, position: 99 });
      expect(await order()).toEqual(['1б', '2в', '3г', '4а']);
      await removeLine(ctx, { planId, lineId: second });
      expect(await order()).toEqual(['1в', '2г', '3а']);
    }),
  );
});

describe('markHeard', () => {
  it(
    'keeps what was heard, and lets the plan be changed afterwards',
    scene(async ({ tx, ctx, planId }) => {
      await expect(markHeard(ctx, { planId, heardOn: '2026-11-20' })).rejects.toThrow(PlanEmptyError);
      const { lineId } = await addLine(ctx, { planId, fields: { direction: 'Жол' } });
      await expect(markHeard(ctx, { planId, heardOn: '2026-11-23' })).rejects.toMatchObject({ mistake: 'date-future' });
      expect(await markHeard(ctx, { planId, heardOn: '2026-11-22' })).toMatchObject({ version: 1 });
      await editLine(ctx, { planId, lineId, set: { direction: 'Ички жол' } });
      expect(await markHeard(ctx, { planId, heardOn: '2026-11-21' })).toMatchObject({ version: 2 });
      expect(await listVersions(tx, planId)).toMatchObject([
        { version: 1, status: 'heard' },
        { version: 2, status: 'heard' },
      ]);
      expect((await getVersion(tx, planId, 1)).lines).toMatchObject([{ direction: 'Жол' }]);
      expect((await getVersion(tx, planId, 2)).lines).toMatchObject([{ direction: 'Ички жол' }]);
    }),
  );
});

describe('approvePlan', () => {
  it(
    'makes its open proposals planned and tells author and supporters once, each in their words',
    scene(async (at) => {
      const { tx, ctx, planId } = at;
      const one = await given(at);
      const [friend, russian] = [await givenResident(ctx), await givenResident(ctx)];
      await tx.update(residents).set({ language: 'ru' }).where(eq(residents.id, russian.id));
      // the author supports the own proposal too: that is no second person
      await supported(at, one.id, [friend.id, russian.id, one.author.id]);
      await addLine(ctx, { planId, fields: { direction: 'Жол' } });
      await lineWith(at, [one.id]);
      expect(await told(at)).toEqual([]);
      const done = await approvePlan(ctx, { planId, ...APPROVAL });
      expect(done).toEqual({ already: false, planned: 1, told: 3, skipped: [] });
      expect(await told(at)).toEqual([
        {
          residentId: one.author.id,
          text: `2027-жылга Биргелешкен аракеттер планы бекитилди. Анда сиздин сунушуңуз да бар. Номери: ${one.number}, пункту: 2.`,
        },
        {
          residentId: friend.id,
          text: `2027-жылга Биргелешкен аракеттер планы бекитилди. Анда сиз колдогон сунуш бар. Номери: ${one.number}, пункту: 2.`,
        },
        {
          residentId: russian.id,
          text: `Утверждён документ: План совместных действий на 2027 год. В нём есть предложение, которое вы поддержали. Номер: ${one.number}, пункт: 2.`,
        },
      ]);
      const [stored] = await tx.select({ status: proposals.status }).from(proposals).where(eq(proposals.id, one.id));
      expect(stored?.status).toBe('planned');
      expect(await getVersion(tx, planId, 1)).toMatchObject({ status: 'approved', documentNumber: '17/3' });
    }),
  );

  it(
    'does nothing the second time, and is final',
    scene(async (at) => {
      const { tx, ctx, planId } = at;
      const one = await given(at);
      const lineId = await lineWith(at, [one.id]);
      await approvePlan(ctx, { planId, ...APPROVAL });
      const before = [await getPlan(tx, planId), await told(at)];
      expect(await approvePlan(ctx, { planId, ...APPROVAL, number: '99' })).toMatchObject({ already: true, told: 0 });
      for (const verb of [
        () => editLine(ctx, { planId, lineId, set: { cost: 1 } }),
        () => removeLine(ctx, { planId, lineId }),
        () => addLine(ctx, { planId, fields: { direction: 'Жол' } }),
        () => setLineProposals(ctx, { planId, lineId, remove: [one.id] }),
        () => markHeard(ctx, { planId, heardOn: '2026-11-20' }),
      ]) {
        await expect(verb()).rejects.toThrow(PlanClosedError);
      }
      expect([await getPlan(tx, planId), await told(at)]).toEqual(before);
    }),
  );

  it(
    'leaves out what was declined or hidden meanwhile, and says so',
    scene(async (at) => {
      const { tx, ctx, planId } = at;
      const [open, declined, hidden] = [await given(at), await given(at), await given(at)];
      await lineWith(at, [open.id, declined.id, hidden.id]);
      await becomes(at, declined.id, 'declined');
      await tx.update(proposals).set({ hiddenAt: ctx.clock.now() }).where(eq(proposals.id, hidden.id));
      expect(await approvePlan(ctx, { planId, ...APPROVAL })).toMatchObject({
        planned: 1,
        told: 1,
        skipped: [
          { number: declined.number, why: 'declined' },
          { number: hidden.number, why: 'hidden' },
        ],
      });
      expect((await told(at)).map(({ residentId }) => residentId)).toEqual([open.author.id]);
      const [line] = (await getPlan(tx, planId)).lines;
      expect(line?.proposals.find(({ id }) => id === hidden.id)?.text).toBe(null);
    }),
  );

  it(
    'plans what a proposal of the plan was merged into, for the authors of both; people are counted, not notices',
    scene(async (at) => {
      const { tx, ctx, planId, municipality } = at;
      const [root, placed, both] = [await given(at), await given(at), await given(at)];
      const second = await givenProposal(ctx, root.author, municipality);
      await lineWith(at, [placed.id, both.id, second.id]);
      await becomes(at, placed.id, 'merged', root.id);
      await becomes(at, both.id, 'merged', root.id);
      expect(await approvePlan(ctx, { planId, ...APPROVAL })).toMatchObject({ planned: 2, told: 3, skipped: [] });
      const [line] = (await getPlan(tx, planId)).lines;
      expect(line?.proposals).toMatchObject([{ id: root.id, status: 'planned' }, { id: second.id }]);
      const heard = await told(at);
      expect(heard.map(({ residentId }) => residentId)).toEqual([
        ...[root.author.id, placed.author.id, both.author.id],
        root.author.id,
      ]);
      for (const { text } of heard) expect(text).toContain('Анда сиздин сунушуңуз да бар.');
    }),
  );

  it(
    'is for those who have the right, and writes down who tried',
    scene(async (at) => {
      const { tx, ctx, municipality, planId } = at;
      await lineWith(at, [(await given(at)).id]);
      const member = await givenStaff(ctx, municipality, 'working-group', {
        channel: 'telegram',
        account: '1',
        id: 'wg',
      });
      const asMember: Context = { ...ctx, actor: { type: 'staff', staffId: member.staffId } };
      await expect(approvePlan(asMember, { planId, ...APPROVAL })).rejects.toThrow(NoRightError);
      await addLine(asMember, { planId, fields: { direction: 'Жол' } });
      const rows = await tx
        .select()
        .from(auditLog)
        .where(eq(auditLog.actor, `staff:${member.staffId}`))
        .orderBy(asc(auditLog.id));
      expect(rows.map(({ action }) => action)).toEqual(['right.denied', 'plan.line.add']);
      expect(JSON.stringify(rows)).not.toContain('Жол');
    }),
  );
});

describe('setTemplate', () => {
  it(
    'keeps a template that can be used, a broken one changes nothing, and the first one comes back',
    scene(async ({ tx, ctx, municipality }) => {
      const whose = { municipalityId: municipality.id, language: 'ky' } as const;
      const first = await defaultTemplate('ky');
      const zip = new PizZip(Buffer.from(first));
      zip.file(
        'word/document.xml',
        (zip.file('word/document.xml')?.asText() ?? '').replace('БЕКИТЕМИН', 'МАКУЛДАШЫЛДЫ'),
      );
      const own = zip.generate({ type: 'uint8array' });
      await setTemplate(ctx, { ...whose, file: own });
      await expect(setTemplate(ctx, { ...whose, file: Buffer.from('жок') })).rejects.toThrow(TemplateError);
      expect(Buffer.from(await getTemplate(tx, whose)).equals(Buffer.from(own))).toBe(true);
      expect(await resetTemplate(ctx, whose)).toBe(true);
      expect(await resetTemplate(ctx, whose)).toBe(false);
      expect(await getTemplate(tx, whose)).toEqual(first);
    }),
  );
});

describe('runPlanJobs', () => {
  const key = { channel: 'telegram', account: '1', chatId: 'clerk', personId: 'clerk' } as const;

  /** Somebody of the office and what they asked for, stored; returns what they are sent. */
  async function office() {
    const ctx = testContext(database.db);
    const municipality = await givenMunicipality(ctx, { code: 'JB' });
    const [known] = await database.db.select().from(staff).where(eq(staff.municipalityId, municipality.id));
    const address = { channel: 'telegram', account: '1', id: 'clerk' } as const;
    const staffId = known?.id ?? (await givenStaff(ctx, municipality, 'officer', address)).staffId;
    const asClerk: Context = { ...ctx, actor: { type: 'staff', staffId } };
    const { planId } = await createPlan(asClerk, { municipalityId: municipality.id, year: 2027 });
    const heard: OutboundContent[] = [];
    const who = { municipalityId: municipality.id, staffId, key, locale: 'ky' } as const;
    const { dataDir, db } = database;
    const run = (accounts = [{ channel: 'telegram', account: '1' } as const]) =>
      runPlanJobs({
        ...{ db, clock: ctx.clock, log: silentLog, dataDir, accounts },
        tell: (_, content, within) =>
          db.transaction(async (tx) => {
            if (await within(tx)) heard.push(content);
          }),
      });
    return { ctx, asClerk, planId, who, heard, run, staffId };
  }

  it('makes the file, once, where its sender is', async () => {
    const { asClerk, planId, who, heard, run } = await office();
    await addLine(asClerk, { planId, fields: { direction: 'Ички жолдор' } });
    await requestPlanJob(asClerk, { ...who, request: { kind: 'document', planId, language: 'ky' } });
    await run([]);
    expect(heard).toEqual([]);
    await run();
    await run();
    expect(heard).toMatchObject([{ file: { name: 'plan-2027-ky.docx' } }]);
    const path = heard[0]?.file?.path ?? '';
    expect(new PizZip(readFileSync(path)).file('word/document.xml')?.asText()).toContain('Ички жолдор');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await database.db.$count(planJobs)).toBe(0);
    await removeOldPlanFiles(database.dataDir, new Date(Date.now() + 9 * 24 * 60 * 60_000));
    expect(() => statSync(path)).toThrow();
  });

  it('says which items hold words in Latin letters, while they can be written anew', async () => {
    const { asClerk, planId, who, heard, run } = await office();
    const plan = await getPlan(database.db, planId);
    const wants = async () => {
      await requestPlanJob(asClerk, { ...who, request: { kind: 'document', planId, language: 'ky' } });
      await run();
      return heard.at(-1)?.text;
    };
    const name = '2027-жылга Биргелешкен аракеттер планы';
    expect(await wants()).toBe(name);
    for (const direction of ['Library', 'Жолдор', 'We need lamps']) {
      await addLine(asClerk, { planId, fields: { direction } });
    }
    const [library, , lamps] = [1, 2, 3].map((at) => plan.lines.length + at);
    expect(await wants()).toBe(
      `${name}\nКөңүл буруңуз: бул пункттарда латын тамгалуу сөздөр бар: ${library}, ${lamps}. ` +
        'Аларды файлдын тилинде кайра жазып коюңуз.',
    );
    await database.db.update(plans).set({ status: 'approved' }).where(eq(plans.id, planId));
    expect(await wants()).toBe(name);
    await database.db.update(plans).set({ status: 'draft' }).where(eq(plans.id, planId));
  });

  it('looks at a template that was sent, when it has arrived, and says all that is wrong', async () => {
    const { ctx, asClerk, who, heard, run } = await office();
    const mediaId = await givenMedia(ctx, { channel: 'telegram', account: '1', id: 'clerk' }, '07/1.docx');
    await database.db.update(media).set({ status: 'pending' }).where(eq(media.id, mediaId));
    await requestPlanJob(asClerk, { ...who, request: { kind: 'new-template', mediaId, language: 'ky' } });
    await run();
    expect(heard).toEqual([]);
    mkdirSync(join(database.dataDir, 'media', '07'), { recursive: true });
    writeFileSync(join(database.dataDir, 'media', '07', '1.docx'), await defaultTemplate('ru'));
    await database.db.update(media).set({ status: 'stored' }).where(eq(media.id, mediaId));
    await database.db.update(planJobs).set({ nextAttemptAt: sql`now()` });
    await run();
    expect(heard[0]?.text).toMatch(/^Үлгү өзгөргөн жок\. Каталары:\nМындай белги жок: \{дата_утверждения\}\n/);
    await requestPlanJob(asClerk, { ...who, request: { kind: 'new-template', mediaId, language: 'ru' } });
    await run();
    expect(heard[1]?.text).toBe('Үлгү сакталды, эми план ошону менен басылат.');
  });

  it('takes no more than three wishes at once', async () => {
    const { asClerk, planId, who, heard, run } = await office();
    const ask = () => requestPlanJob(asClerk, { ...who, request: { kind: 'document', planId, language: 'ru' } });
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([true, true, true, false]);
    await run();
    expect(heard).toHaveLength(3);
  });

  it('tells somebody who has been removed meanwhile nothing', async () => {
    const { ctx, asClerk, planId, who, heard, run, staffId } = await office();
    await requestPlanJob(asClerk, { ...who, request: { kind: 'document', planId, language: 'ky' } });
    await database.db.update(staff).set({ removedAt: ctx.clock.now() }).where(eq(staff.id, staffId));
    await run();
    expect(heard).toEqual([]);
    expect(await database.db.$count(planJobs)).toBe(0);
  });
});
