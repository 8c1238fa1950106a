import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import type { Municipality } from '../../src/places/places.ts';
import { describeMyData } from '../../src/privacy/describe-my-data.ts';
import { forgetResident } from '../../src/privacy/forget-resident.ts';
import { changeStatus } from '../../src/proposals/change-status.ts';
import { editProposal } from '../../src/proposals/edit-proposal.ts';
import { MergeRefusedError, ProposalNotFoundError, SupportRefusedError } from '../../src/proposals/errors.ts';
import { foldWaiting } from '../../src/proposals/fold-waiting.ts';
import { hideProposal, showProposal } from '../../src/proposals/hide-proposal.ts';
import { mergeProposals } from '../../src/proposals/merge-proposals.ts';
import { peopleOf } from '../../src/proposals/people.ts';
import { findSimilar } from '../../src/proposals/similar.ts';
import { supportProposal } from '../../src/proposals/support-proposal.ts';
import { listSupported } from '../../src/proposals/support-queries.ts';
import { proposalSupports, proposals } from '../../src/proposals/tables.ts';
import { undoMerge } from '../../src/proposals/undo-merge.ts';
import { withdrawProposal } from '../../src/proposals/withdraw-proposal.ts';
import { withdrawSupport } from '../../src/proposals/withdraw-support.ts';
import { SenderBlockedError } from '../../src/residents/block-resident.ts';
import { ForbiddenError } from '../../src/residents/rules.ts';
import { residents } from '../../src/residents/tables.ts';
import { NoRightError } from '../../src/staff/require-right.ts';
import { databaseKind, rolledBack, testContext, useDatabase } from '../support/database.ts';
import { as, asStaffOf, givenMunicipality, givenProposal, givenResident, givenStaff } from '../support/given.ts';
import { readPairs } from '../support/needs.ts';

const database = useDatabase();

interface World {
  readonly ctx: Context & { tx: Tx };
  readonly municipality: Municipality;
  /** The id of somebody new. */
  person(): Promise<number>;
  /** A proposal of somebody new, or of `by`. */
  says(text: string, options?: { by?: number; villageId?: string; test?: boolean }): Promise<number>;
  staff(role?: 'officer' | 'deputy'): Promise<Context>;
  row(id: number): Promise<typeof proposals.$inferSelect>;
  similar(text: string, options?: { residentId?: number; proposalId?: number; test?: boolean }): Promise<number[]>;
}

async function worldIn(ctx: Context & { tx: Tx }): Promise<World> {
  const municipality = await givenMunicipality(ctx);
  const person = async () => (await givenResident(ctx)).id;
  return {
    ctx,
    municipality,
    person,
    says: async (text, { by, ...options } = {}) =>
      (await givenProposal(ctx, { id: by ?? (await person()) }, municipality, { text, ...options })).id,
    staff: async (role = 'officer') => asStaffOf(ctx, await givenStaff(ctx, municipality, role)),
    row: async (id) => {
      const [found] = await ctx.tx.select().from(proposals).where(eq(proposals.id, id));
      if (found === undefined) throw new Error(`proposal ${id} is gone`);
      return found;
    },
    similar: async (text, { test = false, ...options } = {}) => {
      const found = await findSimilar(ctx, { text, villageId: 'ks-upper', test, limit: 3, ...options });
      return found.map(({ id }) => id);
    },
  };
}

const within = (work: (world: World) => Promise<void>) =>
  rolledBack(database.db, async (tx) => work(await worldIn({ ...testContext(database.db), tx })));

describe('findSimilar', () => {
  it('finds the same need in other words and spellings, the likest first', () =>
    within(async ({ says, similar }) => {
      const roof = await says('Мектептин чатыры агып жатат, оңдоп бериңиздер');
      const same = await says('мектептин чатыры агып жатат');
      await says('Мектепке компьютер керек');
      expect(await similar('Мектептин чатыры агып жатат')).toEqual([same, roof]);
      expect(await similar('mektep chatyry agyp jatat')).toHaveLength(2);
      expect(await similar('Көпүрө бузулуп калды')).toEqual([]);
    }));

  it.each([
    ['a short word and its forms', 'Суу жок', 'Айылга сууну берип койсоңуз', true],
    ['the only word that tells something', 'Жол керек', 'Жолду оңдоп бергиле', true],
    ['a short word inside a longer one', 'Суу жок', 'Айылга сугат керек', false],
    ['one word of several', 'Мектепке мугалим керек', 'Мектепке компьютер керек', false],
    ['two words that begin alike', 'Садик, сады', 'Садик, сады керек', true],
  ])('goes by %s', (_, sent, asked, found) =>
    within(async ({ says, similar }) => {
      const id = await says(sent);
      expect(await similar(asked)).toEqual(found ? [id] : []);
    }),
  );

  it('finds the labelled pairs that their words tell, among all the others', () =>
    within(async ({ ctx, says }) => {
      const pairs = readPairs();
      const ids: number[] = [];
      for (const { other } of pairs) ids.push(await says(other));
      const found = { same: 0, different: 0 };
      for (const [at, { verdict, one }] of pairs.entries()) {
        const offered = await findSimilar(ctx, { text: one, villageId: 'ks-upper', test: false, limit: pairs.length });
        if (offered.some(({ id }) => id === ids[at])) found[verdict] += 1;
      }
      expect(found).toEqual({ same: 44, different: 1 });
    }));

  it('never takes two numbers for one', () =>
    within(async ({ says, similar }) => {
      const five = await says('5-үйдүн короосун тазалап бергиле');
      expect(await similar('7-үйдүн короосун тазалап бергиле')).toEqual([]);
      expect(await similar('5 үйдүн короосун тазалагыла')).toEqual([five]);
    }));

  it('finds the same number among many others', () =>
    within(async ({ ctx, says, similar }) => {
      const first = await says('1-үйдүн короосун тазалап бергиле');
      await ctx.tx.execute(sql`
        insert into proposals (municipality_id, number, year, sequence, test, channel, source, village_id, sector_id,
          text, first_text, folded, language, status, submitted_at, updated_at)
        select municipality_id, number || '-' || n, year, sequence, test, channel, source, village_id, sector_id,
          text, first_text, n || substr(folded, 2), language, status, submitted_at, updated_at
        from proposals cross join generate_series(2, 600) n where id = ${first}`);
      const [last] = await ctx.tx.execute<{ id: string }>(sql`select max(id) as id from proposals`);
      const none = await says('Үйдүн короосун тазалап бергиле');
      expect(await similar('600-үйдүн короосун тазалагыла')).toEqual([Number(last?.id)]);
      expect(await similar('үйдүн короосун тазалагыла')).toEqual([none]);
    }));

  it('sees a number wherever it stands in a long text', () =>
    within(async ({ says, similar }) => {
      const long = (house: number) =>
        `Көчөбүздө кышында муз катып, жазында баткак болот, балдар мектепке бара албай кыйналат. ${'Жолго шагыл төшөп, арыктарды тазалап, суу агуучу түтүк коюп берсеңиздер, ата-энелер ыраазы болор эле. '.repeat(4)}Кайрылган ${house}-үйдүн тургундары.`;
      const id = await says(long(5));
      expect(await similar(long(5))).toEqual([id]);
      expect(await similar(long(7))).toEqual([]);
    }));

  it('leaves out other villages, the other series, own ones, hidden and closed ones', () =>
    within(async ({ ctx, says, similar, row, person }) => {
      const me = await person();
      const text = 'Колонкадан суу чыкпай калды';
      await says(text, { villageId: 'ks-lower' });
      await says(text, { test: true });
      const own = await says(text, { by: me });
      const hidden = await says(text);
      const withdrawn = await says(text);
      await ctx.tx.update(proposals).set({ hiddenAt: new Date() }).where(eq(proposals.id, hidden));
      const { residentId } = await row(withdrawn);
      await withdrawProposal(as(ctx, residentId ?? 0), withdrawn);
      expect(await similar(text, { residentId: me })).toEqual([]);
      expect(await similar(text)).toEqual([own]);
      expect(await similar(text, { proposalId: own })).toEqual([]);
      expect(await similar(text, { test: true })).toHaveLength(1);
    }));

  it('offers at most as many as wanted, and none that the person supports already', () =>
    within(async ({ ctx, says, similar, person }) => {
      const me = await person();
      const ids = [];
      for (let n = 0; n < 5; n++) ids.push(await says('Көчөдө жарык жок, балдар коркот'));
      expect(await similar('Көчөдө жарык жок')).toEqual(ids.slice(0, 3));
      await supportProposal(as(ctx, me), ids[0] ?? 0);
      expect(await similar('Көчөдө жарык жок', { residentId: me })).toEqual(ids.slice(1, 4));
    }));

  it('follows an edit, and offers what a similar one was merged into', () =>
    within(async ({ ctx, says, similar, row, staff }) => {
      const lamp = await says('Көчө чырактары күйбөйт');
      const other = await says('Түнкүсүн айыл караңгы');
      await mergeProposals(await staff(), { fromId: lamp, intoId: other });
      expect(await similar('Көчөдөгү чырактар күйбөйт')).toEqual([other]);
      const { residentId } = await row(other);
      await editProposal(as(ctx, residentId ?? 0), { proposalId: other, text: 'Жайытка суу керек' });
      expect(await similar('Жайыттарга суу керек')).toEqual([other]);
    }));

  it('is no obstacle where the look-up fails', () =>
    within(async ({ ctx, says, similar }) => {
      await says('Айылга китепкана керек');
      await ctx.tx.execute(sql`alter table proposals rename column folded to gone`);
      expect(await similar('Айылга китепкана керек')).toEqual([]);
      await ctx.tx.execute(sql`alter table proposals rename column gone to folded`);
      expect(await similar('Айылга китепкана керек')).toHaveLength(1);
    }));

  it('knows rows of an older version once they are folded', () =>
    within(async ({ ctx, says, similar }) => {
      const id = await says('Айылга мончо керек');
      await ctx.tx.update(proposals).set({ folded: null }).where(eq(proposals.id, id));
      expect(await similar('мончо керек')).toEqual([]);
      expect(await foldWaiting(ctx.tx)).toBe(1);
      expect(await similar('мончо керек')).toEqual([id]);
    }));
});

describe('supportProposal', () => {
  it('counts a person once, and takes it back', () =>
    within(async ({ ctx, says, person, row }) => {
      const id = await says('Айылга мончо керек');
      const me = await person();
      expect(await supportProposal(as(ctx, me), id)).toMatchObject({ id, supporterCount: 1 });
      expect(await supportProposal(as(ctx, me), id)).toMatchObject({ supporterCount: 1 });
      expect(await supportProposal(as(ctx, await person()), id)).toMatchObject({ supporterCount: 2 });
      expect(await listSupported(ctx.tx, me, 10)).toMatchObject([{ id, supporterCount: 2, status: 'received' }]);
      expect(await withdrawSupport(as(ctx, me), id)).toMatchObject({ supporterCount: 1 });
      expect(await withdrawSupport(as(ctx, me), id)).toMatchObject({ supporterCount: 1 });
      expect(await listSupported(ctx.tx, me, 10)).toEqual([]);
      expect(await row(id)).toMatchObject({ supporterCount: 1, revision: 0 });
      const audit = await ctx.tx
        .select()
        .from(auditLog)
        .where(eq(auditLog.subject, `proposal:${id}`));
      expect(audit.map(({ action }) => action)).toEqual([
        'proposal.submit',
        'proposal.support',
        'proposal.support',
        'proposal.withdraw-support',
      ]);
    }));

  it('is refused for an own, a closed and a hidden one, without consent, and to who is blocked', () =>
    within(async ({ ctx, says, person, row }) => {
      const me = await person();
      const own = await says('Айылга мончо керек', { by: me });
      await expect(supportProposal(as(ctx, me), own)).rejects.toThrow(SupportRefusedError);
      const other = await says('Айылга дарыкана керек');
      await expect(supportProposal(ctx, other)).rejects.toThrow(ForbiddenError);
      await ctx.tx.update(residents).set({ blockedAt: new Date() }).where(eq(residents.id, me));
      await expect(supportProposal(as(ctx, me), other)).rejects.toThrow(SenderBlockedError);
      await ctx.tx.update(residents).set({ blockedAt: null, consentAt: null }).where(eq(residents.id, me));
      await expect(supportProposal(as(ctx, me), other)).rejects.toThrow(ForbiddenError);
      await ctx.tx.update(residents).set({ consentAt: new Date() }).where(eq(residents.id, me));
      const { residentId } = await row(other);
      await withdrawProposal(as(ctx, residentId ?? 0), other);
      await expect(supportProposal(as(ctx, me), other)).rejects.toThrow(SupportRefusedError);
      const hidden = await says('Айылга китепкана керек');
      await ctx.tx.update(proposals).set({ hiddenAt: new Date() }).where(eq(proposals.id, hidden));
      await expect(supportProposal(as(ctx, me), hidden)).rejects.toThrow(ProposalNotFoundError);
      await expect(supportProposal(as(ctx, me), 999_999)).rejects.toThrow(ProposalNotFoundError);
    }));

  it('goes with the person who is erased, who can see it before', () =>
    within(async ({ ctx, says, person, row, staff }) => {
      const [me, id, from] = [await person(), await says('Айылга мончо керек'), await says('Мончо жок')];
      await supportProposal(as(ctx, me), id);
      await mergeProposals(await staff(), { fromId: from, intoId: id });
      expect(await row(id)).toMatchObject({ supporterCount: 2 });
      expect(await describeMyData(ctx.tx, me)).toMatchObject({ supportCount: 1 });
      await forgetResident(as(ctx, me), me);
      expect(await row(id)).toMatchObject({ supporterCount: 1 });
      const { residentId: author } = await row(from);
      await forgetResident(as(ctx, author ?? 0), author ?? 0);
      expect(await row(id)).toMatchObject({ supporterCount: 0 });
      expect(await ctx.tx.select().from(proposalSupports)).toEqual([]);
    }));
});

/** Who was told what, by resident. */
async function told(tx: Tx): Promise<Record<number, string[]>> {
  const rows = await tx.execute<{ id: string; text: string }>(sql`
    select a.resident_id as id, s.contents -> d.language ->> 'text' as text
    from ${deliveries} d join ${sends} s on s.id = d.send_id join addresses a on a.id = d.address_id order by d.id`);
  const all: Record<number, string[]> = {};
  for (const { id, text } of rows) all[Number(id)] = [...(all[Number(id)] ?? []), text];
  return all;
}

describe('mergeProposals', () => {
  it('moves author and supporters along, tells them once, and is undone', () =>
    within(async ({ ctx, says, person, row, staff }) => {
      const officer = await staff();
      const [author, fan, both] = [await person(), await person(), await person()];
      const [from, into] = [await says('Мектептин чатыры агат', { by: author }), await says('Мектептин чатыры жаман')];
      await supportProposal(as(ctx, fan), from);
      await supportProposal(as(ctx, both), from);
      await supportProposal(as(ctx, both), into);
      const { number, revision } = await row(from);
      const target = await row(into);
      expect(await mergeProposals(officer, { fromId: from, intoId: into, revision })).toEqual({
        from: number,
        into: target.number,
        supporterCount: 3,
      });
      expect(await row(from)).toMatchObject({ status: 'merged', mergedIntoId: into, text: 'Мектептин чатыры агат' });
      expect(await row(into)).toMatchObject({ supporterCount: 3, revision: target.revision + 1 });
      expect(await peopleOf(ctx.tx, into)).toMatchObject({ joinedIds: [author], supporterIds: [fan, both] });
      const heard = await told(ctx.tx);
      expect(heard[author]).toEqual([
        `Сунушуңуз окшош сунушка кошулду. Жаңы номери: ${target.number}. Колдогондор да кошо өттү.`,
      ]);
      expect(heard[fan]).toEqual([expect.stringContaining(`Сиз колдогон ${number} сунушу`)]);
      expect(heard[both]).toHaveLength(1);
      expect(heard[target.residentId ?? 0]).toBeUndefined();
      expect(await listSupported(ctx.tx, fan, 10)).toMatchObject([{ id: into }]);

      const late = await person();
      await supportProposal(as(ctx, late), from);
      await undoMerge(officer, { proposalId: from });
      expect(await row(from)).toMatchObject({ status: 'received', mergedIntoId: null, supporterCount: 2 });
      expect(await row(into)).toMatchObject({ supporterCount: 2 });
      expect((await peopleOf(ctx.tx, into)).supporterIds).toEqual([both, late]);
      const after = await told(ctx.tx);
      expect(after[author]?.at(-1)).toContain('кайра өз алдынча');
      expect(after[late]).toBeUndefined();
      await expect(undoMerge(officer, { proposalId: from })).rejects.toThrow(MergeRefusedError);
      const audit = await ctx.tx
        .select()
        .from(auditLog)
        .where(eq(auditLog.subject, `proposal:${into}`));
      expect(audit.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['proposal.merge', 'proposal.undo-merge']),
      );
    }));

  it('takes what was merged before along, and gives it back', () =>
    within(async ({ ctx, says, row, staff, person }) => {
      const officer = await staff();
      const [a, b, c] = [await says('Мончо жок'), await says('Мончо керек'), await says('Мончо салынсын')];
      await supportProposal(as(ctx, await person()), a);
      await mergeProposals(officer, { fromId: a, intoId: b });
      await mergeProposals(officer, { fromId: b, intoId: c });
      expect(await row(c)).toMatchObject({ supporterCount: 3 });
      await undoMerge(officer, { proposalId: a });
      expect(await row(c)).toMatchObject({ supporterCount: 1 });
      expect(await row(b)).toMatchObject({ supporterCount: 0, status: 'merged' });
      expect(await row(a)).toMatchObject({ supporterCount: 1, status: 'received' });
    }));

  it('leaves the author of a merged one an author, who hears what becomes of the other', () =>
    within(async ({ ctx, says, row, staff, person }) => {
      const officer = await staff();
      const [author, other, fan] = [await person(), await person(), await person()];
      const [from, into] = [await says('Мончо жок', { by: author }), await says('Мончо керек', { by: other })];
      await supportProposal(as(ctx, author), into);
      await supportProposal(as(ctx, fan), into);
      await mergeProposals(officer, { fromId: from, intoId: into });
      await changeStatus(officer, { proposalId: into, to: 'in_review' });
      const { number } = await row(into);
      const news = `Сунушуңуз каралып жатат. Номери: ${number}.`;
      const heard = await told(ctx.tx);
      expect(heard[author]?.slice(1)).toEqual([news]);
      expect(heard[other]).toEqual([news]);
      expect(heard[fan]).toEqual([`Сиз колдогон сунуш боюнча кабар. Номери: ${number}. Абалы: Каралууда.`]);
      expect((await row(into)).supporterCount).toBe(2);
    }));

  it('tells where the other one has got to', () =>
    within(async ({ ctx, says, row, staff, person }) => {
      const author = await person();
      const [from, into] = [await says('Мончо жок', { by: author }), await says('Мончо керек')];
      await ctx.tx.update(proposals).set({ status: 'planned' }).where(eq(proposals.id, into));
      await mergeProposals(await staff(), { fromId: from, intoId: into });
      const { number } = await row(into);
      expect((await told(ctx.tx))[author]).toEqual([
        `Сунушуңуз окшош сунушка кошулду. Жаңы номери: ${number}. Анын абалы: Планга кирди.`,
      ]);
    }));

  it('tells the author of a hidden one nothing of the other, nor counts them, until it is shown again', () =>
    within(async ({ ctx, says, row, staff, person }) => {
      const officer = await staff();
      const author = await person();
      const [into, from] = [await says('Мончо керек'), await says('Мончо жок', { by: author })];
      await mergeProposals(officer, { fromId: from, intoId: into });
      const before = (await told(ctx.tx))[author];
      await hideProposal(officer, { proposalId: from });
      expect(await row(into)).toMatchObject({ supporterCount: 0 });
      await changeStatus(officer, { proposalId: into, to: 'in_review' });
      await undoMerge(officer, { proposalId: from });
      expect((await told(ctx.tx))[author]).toEqual(before);
      await expect(mergeProposals(officer, { fromId: from, intoId: into })).rejects.toThrow('(hidden)');
      await showProposal(officer, { proposalId: from });
      await mergeProposals(officer, { fromId: from, intoId: into });
      await hideProposal(officer, { proposalId: from });
      await showProposal(officer, { proposalId: from });
      expect(await row(into)).toMatchObject({ supporterCount: 1 });
    }));

  it('refuses what does not fit', () =>
    within(async ({ ctx, says, staff }) => {
      const officer = await staff();
      const [a, b] = [await says('Мончо жок'), await says('Мончо керек')];
      const lower = await says('Мончо керек', { villageId: 'ks-lower' });
      const test = await says('Мончо керек', { test: true });
      const refusal = (fromId: number, intoId: number) =>
        mergeProposals(officer, { fromId, intoId }).then(
          () => 'merged',
          (error: unknown) => (error instanceof MergeRefusedError ? error.reason : error),
        );
      expect(await refusal(a, a)).toBe('itself');
      expect(await refusal(a, lower)).toBe('other-village');
      expect(await refusal(a, test)).toBe('test');
      await expect(mergeProposals(await staff('deputy'), { fromId: a, intoId: b })).rejects.toThrow(NoRightError);
      expect(await refusal(a, b)).toBe('merged');
      expect(await refusal(b, a)).toBe('itself');
      expect(await refusal(a, lower)).toBe('changed');
      await mergeProposals(officer, { fromId: b, intoId: lower, acrossVillages: true });
      await ctx.tx.update(proposals).set({ status: 'done' }).where(eq(proposals.id, lower));
      expect(await refusal(await says('Мончо'), a)).toBe('closed');
    }));

  it('lets nothing go with a proposal that its author takes back', () =>
    within(async ({ ctx, says, row, staff, person }) => {
      const officer = await staff();
      const [author, other, fan, late] = [await person(), await person(), await person(), await person()];
      const into = await says('Мончо жок', { by: author });
      const [near, far] = [await says('Мончо керек', { by: other }), await says('Мончо салынсын')];
      await changeStatus(officer, { proposalId: near, to: 'in_review' });
      await supportProposal(as(ctx, fan), near);
      await mergeProposals(officer, { fromId: far, intoId: near });
      await mergeProposals(officer, { fromId: near, intoId: into });
      await supportProposal(as(ctx, late), into);
      const before = await told(ctx.tx);
      await withdrawProposal(as(ctx, author), into);
      expect(await row(into)).toMatchObject({ status: 'withdrawn', supporterCount: 1 });
      expect(await row(near)).toMatchObject({ status: 'in_review', mergedIntoId: null, supporterCount: 2 });
      expect(await row(far)).toMatchObject({ status: 'merged', mergedIntoId: near });
      const { number } = await row(near);
      const heard = await told(ctx.tx);
      const news = (id: number) => heard[id]?.slice(before[id]?.length ?? 0);
      expect(news(other)).toEqual([expect.stringContaining(`Номери мурдагыдай: ${number}.`)]);
      expect(news(fan)).toEqual([expect.stringContaining(`Номери: ${number}. Колдооңуз өз ордунда.`)]);
      expect(news(late)).toEqual([
        `Сиз колдогон сунушту автору кайтарып алды. Номери: ${(await row(into)).number}. Сизге да керек болсо, өзүңүз сунуш жазыңыз.`,
      ]);
      expect(news(author) ?? []).toEqual([]);
      const audit = await ctx.tx
        .select()
        .from(auditLog)
        .where(eq(auditLog.subject, `proposal:${into}`));
      expect(audit.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['proposal.undo-merge', 'proposal.withdraw']),
      );
    }));

  it('lets nothing be hidden with a proposal that turned out to be abuse', () =>
    within(async ({ ctx, says, row, staff, person }) => {
      const officer = await staff();
      const author = await person();
      const [from, into] = [await says('Мончо жок', { by: author }), await says('Мончо керек')];
      await mergeProposals(officer, { fromId: from, intoId: into });
      await hideProposal(officer, { proposalId: into });
      expect(await row(from)).toMatchObject({ status: 'received', mergedIntoId: null, hiddenAt: null });
      expect(await row(into)).toMatchObject({ supporterCount: 0 });
      expect((await told(ctx.tx))[author]?.at(-1)).toContain('кайра өз алдынча');
      await showProposal(officer, { proposalId: into });
      expect(await row(from)).toMatchObject({ status: 'received' });
    }));

  // the embedded database has one session: nobody can meet there
  it.runIf(databaseKind() === 'postgres')(
    'makes no circle and no dead end of two officers who merge crosswise',
    async () => {
      const ctx = testContext(database.db);
      const municipality = await givenMunicipality(ctx);
      const officers = [await givenStaff(ctx, municipality, 'officer'), await givenStaff(ctx, municipality, 'officer')];
      for (let round = 0; round < 5; round++) {
        const { id: one } = await givenProposal(ctx, await givenResident(ctx), municipality);
        const { id: other } = await givenProposal(ctx, await givenResident(ctx), municipality);
        const outcomes = await Promise.allSettled(
          officers.map((officer, at) =>
            mergeProposals(
              asStaffOf(ctx, officer),
              at === 0 ? { fromId: one, intoId: other } : { fromId: other, intoId: one },
            ),
          ),
        );
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
        const [failed] = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(failed?.reason).toBeInstanceOf(MergeRefusedError);
      }
    },
  );

  it.runIf(databaseKind() === 'postgres')('counts right when many support one at once', async () => {
    const ctx = testContext(database.db);
    const municipality = await givenMunicipality(ctx);
    const { id } = await givenProposal(ctx, await givenResident(ctx), municipality);
    const people = await Promise.all(Array.from({ length: 8 }, () => givenResident(ctx)));
    await Promise.all([...people, ...people].map((person) => supportProposal(as(ctx, person.id), id)));
    const [row] = await database.db.select().from(proposals).where(eq(proposals.id, id));
    expect(row?.supporterCount).toBe(8);
  });
});
