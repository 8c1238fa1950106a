import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context, Tx } from '../../src/core/context.ts';
import { plain } from '../../src/core/text.ts';
import type { Locale } from '../../src/core/texts.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import type { ChannelAddress } from '../../src/messaging/contract.ts';
import type { Municipality } from '../../src/places/places.ts';
import { addToProposal } from '../../src/proposals/add-to-proposal.ts';
import { answerProposal } from '../../src/proposals/answer-proposal.ts';
import { answerQuestion, takeAnswerBack } from '../../src/proposals/answer-question.ts';
import {
  addTemplate,
  changeTemplate,
  listTemplates,
  removeTemplate,
  TemplateNotFoundError,
} from '../../src/proposals/answer-templates.ts';
import { askAuthor } from '../../src/proposals/ask-author.ts';
import { blockSender, unblockSender } from '../../src/proposals/block-sender.ts';
import { changeStatus } from '../../src/proposals/change-status.ts';
import { editProposal, editProposalByMessage } from '../../src/proposals/edit-proposal.ts';
import {
  AnswerNeededError,
  HiddenError,
  NoAuthorError,
  ProposalChangedError,
  QuestionClosedError,
  StatusError,
  UnknownPlaceError,
} from '../../src/proposals/errors.ts';
import { hideProposal, showProposal } from '../../src/proposals/hide-proposal.ts';
import { countInbox, findByNumber, type InboxFilter, nextInboxCard } from '../../src/proposals/inbox-queries.ts';
import { mergeProposals } from '../../src/proposals/merge-proposals.ts';
import { openCard } from '../../src/proposals/open-card.ts';
import { findOpenQuestions, listOpenQuestions } from '../../src/proposals/question-queries.ts';
import { findCard } from '../../src/proposals/read-card.ts';
import { showAuthor } from '../../src/proposals/show-author.ts';
import { proposalSupports, proposals } from '../../src/proposals/tables.ts';
import { tagProposal } from '../../src/proposals/tag-proposal.ts';
import { NothingToHearError, transcribe } from '../../src/proposals/transcribe.ts';
import { withdrawProposal } from '../../src/proposals/withdraw-proposal.ts';
import { SenderBlockedError } from '../../src/residents/block-resident.ts';
import { listAddresses } from '../../src/residents/queries.ts';
import { residents } from '../../src/residents/tables.ts';
import { NoRightError } from '../../src/staff/require-right.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import {
  as,
  asStaffOf,
  givenMedia,
  givenMunicipality,
  givenProposal,
  givenResident,
  givenStaff,
} from '../support/given.ts';

const database = useDatabase();
const OWN = (words: string) => ({ ky: words, ru: words, en: words });

interface World {
  readonly ctx: Context & { tx: Tx };
  readonly office: Context & { tx: Tx };
  readonly staffId: number;
  readonly municipality: Municipality;
  readonly authorId: number;
  readonly proposalId: number;
  readonly supporter: (language: Locale) => Promise<number>;
  readonly row: () => Promise<typeof proposals.$inferSelect>;
}

/** A proposal of a resident who reads Russian, and an officer of its municipality. */
const within = (work: (world: World) => Promise<void>) =>
  rolledBack(database.db, async (tx) => {
    const ctx = { ...testContext(database.db), tx };
    const municipality = await givenMunicipality(ctx);
    const author = await givenResident(ctx, { name: 'Бермет' });
    await tx.update(residents).set({ language: 'ru' }).where(eq(residents.id, author.id));
    const { id: proposalId } = await givenProposal(ctx, author, municipality, { language: 'ru' });
    const officer = await givenStaff(ctx, municipality, 'officer');
    await work({
      ctx,
      office: { ...asStaffOf(ctx, officer), tx },
      staffId: officer.staffId,
      municipality,
      authorId: author.id,
      proposalId,
      supporter: async (language) => {
        const { id } = await givenResident(ctx);
        await tx.update(residents).set({ language }).where(eq(residents.id, id));
        await tx.insert(proposalSupports).values({ proposalId, residentId: id, at: ctx.clock.now() });
        return id;
      },
      row: async () => {
        const [row] = await tx.select().from(proposals).where(eq(proposals.id, proposalId));
        if (row === undefined) throw new Error('the proposal is gone');
        return row;
      },
    });
  });

/** What goes out, to whom, in their language. */
async function told(tx: Tx): Promise<{ residentId: number; text: string; status: string }[]> {
  const rows = await tx
    .select({
      language: deliveries.language,
      contents: sends.contents,
      status: deliveries.status,
      residentId: sql<string>`(select resident_id::text from addresses where id = ${deliveries.addressId})`,
    })
    .from(deliveries)
    .innerJoin(sends, eq(sends.id, deliveries.sendId))
    .orderBy(deliveries.id);
  return rows.map(({ language, contents, status, residentId }) => ({
    residentId: Number(residentId),
    text: plain(contents?.[language].text ?? ''),
    status,
  }));
}

async function audited(tx: Tx): Promise<string[]> {
  const rows = await tx.select().from(auditLog).orderBy(auditLog.id);
  return rows
    .map(({ action }) => action)
    .filter((action) => !/^(resident.register|proposal.submit|catalogue)/.test(action));
}

describe('changeStatus', () => {
  it('tells author and supporters once, each in their language', () =>
    within(async ({ office, proposalId, authorId, supporter, row, staffId }) => {
      const kyrgyz = await supporter('ky');
      const english = await supporter('en');
      const answer = { ky: 'Чатырын жабабыз', ru: 'Починим крышу', en: 'We will mend the roof' };
      await changeStatus(office, { proposalId, revision: 0, to: 'in_review', answer });
      const { number } = await row();
      expect(await told(office.tx)).toEqual([
        {
          residentId: authorId,
          status: 'pending',
          text: `Ваше предложение рассматривают. Номер: ${number}.\nОтвет айыл окмоту: «Починим крышу»`,
        },
        {
          residentId: kyrgyz,
          status: 'pending',
          text: `Сиз колдогон сунуш боюнча кабар. Номери: ${number}. Абалы: Каралууда.\nАйыл өкмөтүнүн жообу: «Чатырын жабабыз»`,
        },
        {
          residentId: english,
          status: 'pending',
          text: `News of a proposal you support. Number: ${number}. Status: In review.\nThe okmotu's answer: “We will mend the roof”`,
        },
      ]);
      expect(await row()).toMatchObject({ status: 'in_review', answer: 'Починим крышу', revision: 1 });
      const [audit] = (await office.tx.select().from(auditLog)).filter(({ action }) => action === 'proposal.status');
      expect(audit).toMatchObject({
        actor: `staff:${staffId}`,
        before: { status: 'received' },
        after: { status: 'in_review' },
      });
    }));

  it('refuses a card that was changed after it was shown, and tells nobody', () =>
    within(async ({ office, proposalId }) => {
      await tagProposal(office, { proposalId, revision: 0, sectorId: 'water' });
      await expect(changeStatus(office, { proposalId, revision: 0, to: 'in_review' })).rejects.toThrow(
        ProposalChangedError,
      );
      expect(await told(office.tx)).toEqual([]);
    }));

  it('refuses a card that its author corrected or took back since', () =>
    within(async ({ ctx, office, proposalId, authorId }) => {
      await editProposal(as(ctx, authorId), { proposalId, text: 'Көпүрө эмес, жол бузулган' });
      await expect(answerProposal(office, { proposalId, revision: 0, answer: OWN('Макул') })).rejects.toThrow(
        ProposalChangedError,
      );
      await withdrawProposal(as(ctx, authorId), proposalId);
      await expect(changeStatus(office, { proposalId, revision: 1, to: 'in_review' })).rejects.toThrow(
        ProposalChangedError,
      );
    }));

  it('declines with a reason only', () =>
    within(async ({ office, proposalId, row }) => {
      await expect(changeStatus(office, { proposalId, to: 'declined' })).rejects.toThrow(AnswerNeededError);
      await changeStatus(office, { proposalId, to: 'declined', answer: OWN('Акча жок') });
      expect((await told(office.tx))[0]?.text).toMatch(
        /^На этот раз предложение не вошло в план\. .* Причина: Акча жок$/,
      );
      await changeStatus(office, { proposalId, to: 'in_review' });
      expect(await row()).toMatchObject({ status: 'in_review', answer: 'Акча жок' });
    }));

  it('says how much money there is and from where, and keeps it below the proposal', () =>
    within(async ({ office, proposalId, row }) => {
      await changeStatus(office, { proposalId, to: 'planned' });
      await changeStatus(office, { proposalId, to: 'funded', money: { amount: 150_000, source: 'местный бюджет' } });
      expect((await told(office.tx)).at(-1)?.text.replaceAll('\u00a0', ' ')).toMatch(
        /выделены средства: 150 000 сом\. Номер: .*\. Источник: местный бюджет\.$/,
      );
      const { answer, answers } = await row();
      expect(answer?.replaceAll('\u00a0', ' ')).toBe('Выделены средства: 150 000 сом. Источник: местный бюджет.');
      expect(answers?.ky.replaceAll('\u00a0', ' ')).toBe('Бөлүнгөн каражат: 150 000 сом. Булагы: местный бюджет.');
      expect(answers?.ru).toBe(answer);
      expect(await audited(office.tx)).toEqual(['proposal.status', 'proposal.status', 'proposal.fund']);
    }));

  it.each([
    ['received', 'done'],
    ['received', 'merged'],
    ['received', 'withdrawn'],
    ['planned', 'declined'],
  ] as const)('does not lead from %s to %s', (from, to) =>
    within(async ({ office, proposalId }) => {
      await office.tx.update(proposals).set({ status: from }).where(eq(proposals.id, proposalId));
      await expect(changeStatus(office, { proposalId, to, answer: OWN('Жок') })).rejects.toThrow(StatusError);
    }),
  );

  it('tells no author who has not consented yet, also not of what theirs was merged into', () =>
    within(async ({ ctx, office, authorId, proposalId, municipality, supporter }) => {
      await ctx.tx.update(residents).set({ consentAt: null }).where(eq(residents.id, authorId));
      const other = await givenProposal(ctx, await givenResident(ctx), municipality);
      const supporterId = await supporter('ky');
      await mergeProposals(office, { fromId: proposalId, intoId: other.id });
      await changeStatus(office, { proposalId: other.id, to: 'in_review' });
      const ids = (await told(ctx.tx)).map(({ residentId }) => residentId);
      expect(ids).not.toContain(authorId);
      expect(ids.filter((id) => id === supporterId)).toHaveLength(2);
    }));

  it('tells nobody who wants no answers, and writes that down', () =>
    within(async ({ office, proposalId, authorId }) => {
      await office.tx.update(residents).set({ answersStoppedAt: office.clock.now() }).where(eq(residents.id, authorId));
      await changeStatus(office, { proposalId, to: 'in_review' });
      expect((await told(office.tx)).map(({ status }) => status)).toEqual(['skipped']);
    }));
});

describe('answerProposal', () => {
  it('keeps the answer in the language of the proposal, and in each, while its status stays', () =>
    within(async ({ office, proposalId, row, supporter }) => {
      await supporter('en');
      const answers = { ky: 'Келебиз', ru: 'Приедем', en: 'We will come' };
      await answerProposal(office, { proposalId, answer: answers });
      const { number } = await row();
      expect(await row()).toMatchObject({ status: 'received', answer: 'Приедем', answers, revision: 1 });
      expect((await told(office.tx)).map(({ text }) => text)).toEqual([
        `Ответ айыл окмоту, предложение ${number}:\n«Приедем»`,
        `A proposal you support was answered. Number: ${number}.\nThe okmotu's answer: “We will come”`,
      ]);
    }));

  it('has nothing to say on what was withdrawn', () =>
    within(async ({ office, proposalId }) => {
      await office.tx.update(proposals).set({ status: 'withdrawn' }).where(eq(proposals.id, proposalId));
      await expect(answerProposal(office, { proposalId, answer: OWN('Рахмат') })).rejects.toThrow(StatusError);
    }));
});

describe('askAuthor', () => {
  const chat = async (tx: Tx, residentId: number): Promise<ChannelAddress> => {
    const [row] = await tx.execute<{ channel: 'telegram'; account: string; id: string }>(
      sql`select channel, account, external_id as id from addresses where resident_id = ${residentId}`,
    );
    if (row === undefined) throw new Error('no chat');
    return row;
  };
  const arrive = (tx: Tx) => tx.update(deliveries).set({ status: 'sent' });

  it('asks, and hands the answer to the one who asked', () =>
    within(async ({ ctx, office, proposalId, authorId, row }) => {
      const { questionId } = await askAuthor(office, { proposalId, revision: 0, question: 'Какая улица?' });
      const { number } = await row();
      const address = await chat(office.tx, authorId);
      expect((await findOpenQuestions(office.tx, [address])).size).toBe(0);
      await arrive(office.tx);
      expect((await findOpenQuestions(office.tx, [address])).get(authorId)).toMatchObject([
        { id: questionId, proposalId, number, question: 'Какая улица?' },
      ]);
      await answerQuestion(as(ctx, authorId), { questionId, text: 'Центральная' });
      expect((await told(office.tx)).map(({ text }) => text)).toEqual([
        `Вопрос от айыл окмоту, предложение ${number}:\n«Какая улица?»\nОтветьте здесь.`,
        `Автордун жообу, сунуш ${number}:\n«Центральная»`,
      ]);
      expect((await findOpenQuestions(office.tx, [address])).size).toBe(0);
      expect((await row()).revision).toBe(2);
      expect(await audited(office.tx)).toEqual(['question.ask', 'question.answer']);
      await expect(answerQuestion(as(ctx, authorId), { questionId, text: 'Снова' })).rejects.toThrow(
        QuestionClosedError,
      );
    }));

  it('asks no more once the author has taken the proposal back', () =>
    within(async ({ ctx, office, proposalId, authorId }) => {
      await askAuthor(office, { proposalId, question: 'Какая улица?' });
      await arrive(office.tx);
      const open = async () => [
        (await findOpenQuestions(office.tx, [await chat(office.tx, authorId)])).size,
        (await listOpenQuestions(office.tx, proposalId)).length,
      ];
      expect(await open()).toEqual([1, 1]);
      await withdrawProposal(as(ctx, authorId), proposalId);
      expect(await open()).toEqual([0, 0]);
    }));

  it('takes back what was no answer, with its files', () =>
    within(async ({ ctx, office, proposalId, authorId, municipality }) => {
      const { questionId } = await askAuthor(office, { proposalId, question: 'Какая улица?' });
      const photo = await givenMedia(ctx, await chat(office.tx, authorId), 'a.png');
      await answerQuestion(as(ctx, authorId), { questionId, text: '', mediaIds: [photo] });
      const files = async () =>
        (await findCard(office.tx, { proposalId, municipalityId: municipality.id }))?.files.map(({ id }) => id);
      expect(await files()).toEqual([photo]);
      await takeAnswerBack(as(ctx, authorId), { questionId, mediaIds: [photo] });
      expect(await files()).toEqual([]);
      await arrive(office.tx);
      expect((await findOpenQuestions(office.tx, [await chat(office.tx, authorId)])).get(authorId)).toHaveLength(1);
    }));

  it('is answered by the author alone', () =>
    within(async ({ ctx, office, proposalId }) => {
      const { questionId } = await askAuthor(office, { proposalId, question: 'Какая улица?' });
      const stranger = await givenResident(ctx);
      await expect(answerQuestion(as(ctx, stranger.id), { questionId, text: 'Моя' })).rejects.toThrow();
    }));

  it.each(['unagreed', 'stopped', 'unreachable', 'none'] as const)('reaches nobody: %s', (reason) =>
    within(async ({ office, proposalId, authorId }) => {
      const { tx } = office;
      const at = office.clock.now();
      if (reason === 'unagreed') await tx.update(residents).set({ consentAt: null }).where(eq(residents.id, authorId));
      if (reason === 'stopped')
        await tx.update(residents).set({ answersStoppedAt: at }).where(eq(residents.id, authorId));
      if (reason === 'unreachable')
        await tx.execute(sql`update addresses set unreachable_at = now(), unreachable_reason = 'blocked'`);
      if (reason === 'none') await tx.update(proposals).set({ residentId: null }).where(eq(proposals.id, proposalId));
      await expect(askAuthor(office, { proposalId, question: 'Кайда?' })).rejects.toThrow(
        new NoAuthorError(proposalId, reason),
      );
    }),
  );
});

describe('tagProposal', () => {
  it('moves a proposal between the villages and sectors of the municipality', () =>
    within(async ({ office, proposalId, row }) => {
      await tagProposal(office, { proposalId, revision: 0, villageId: 'ks-lower', sectorId: 'water' });
      expect(await row()).toMatchObject({ villageId: 'ks-lower', sectorId: 'water', revision: 1 });
      expect(await told(office.tx)).toEqual([]);
      await tagProposal(office, { proposalId, revision: 1, sectorId: 'water' });
      expect(await audited(office.tx)).toEqual(['proposal.tag']);
    }));

  it('knows no village of another municipality, and no sector that is not there', () =>
    within(async ({ ctx, office, proposalId }) => {
      await givenMunicipality(ctx, { code: 'AB' });
      await expect(tagProposal(office, { proposalId, villageId: 'ab-upper' })).rejects.toThrow(UnknownPlaceError);
      await expect(tagProposal(office, { proposalId, sectorId: 'moon' })).rejects.toThrow(UnknownPlaceError);
    }));
});

describe('hideProposal', () => {
  it('lets nobody say or ask anything of it, until it is shown again', () =>
    within(async ({ office, proposalId, authorId }) => {
      await askAuthor(office, { proposalId, question: 'Какая улица?' });
      const before = await told(office.tx);
      await hideProposal(office, { proposalId });
      await expect(changeStatus(office, { proposalId, to: 'in_review' })).rejects.toThrow(HiddenError);
      await expect(answerProposal(office, { proposalId, answer: OWN('Макул') })).rejects.toThrow(HiddenError);
      await expect(askAuthor(office, { proposalId, question: 'Какая?' })).rejects.toThrow(HiddenError);
      expect(await told(office.tx)).toEqual(before);
      await office.tx.update(deliveries).set({ status: 'sent' });
      const [chat] = await listAddresses(office.tx, authorId);
      const waiting = async () => [
        await listOpenQuestions(office.tx, proposalId),
        (await findOpenQuestions(office.tx, chat === undefined ? [] : [chat])).get(authorId) ?? [],
      ];
      expect(await waiting()).toEqual([[], []]);
      await showProposal(office, { proposalId });
      expect(await waiting()).toMatchObject([[{ proposalId }], [{ proposalId }]]);
      await changeStatus(office, { proposalId, to: 'in_review' });
    }));

  it('takes abuse out of the queue and keeps it; it comes back when shown', () =>
    within(async ({ office, proposalId, municipality }) => {
      const next = (filter: InboxFilter) => nextInboxCard(office.tx, { municipalityId: municipality.id, filter });
      await hideProposal(office, { proposalId, revision: 0 });
      expect(await next({ state: 'new' })).toBeNull();
      expect(await next({ state: 'hidden' })).toBe(proposalId);
      await office.tx.update(proposals).set({ test: true }).where(eq(proposals.id, proposalId));
      expect(await next({ state: 'hidden' })).toBeNull();
      await office.tx.update(proposals).set({ test: false }).where(eq(proposals.id, proposalId));
      await showProposal(office, { proposalId, revision: 1 });
      expect(await next({ state: 'new' })).toBe(proposalId);
      expect(await audited(office.tx)).toEqual(['proposal.hide', 'proposal.show']);
    }));
});

describe('blockSender', () => {
  it('takes no more proposals from the person until unblocked', () =>
    within(async ({ ctx, office, proposalId, authorId, municipality }) => {
      await blockSender(office, { proposalId, revision: 0 });
      await expect(givenProposal(ctx, { id: authorId }, municipality)).rejects.toThrow(SenderBlockedError);
      await unblockSender(office, { proposalId, revision: 1 });
      await givenProposal(ctx, { id: authorId }, municipality);
      expect(await audited(office.tx)).toEqual(['resident.block', 'resident.unblock']);
    }));

  it('takes nothing more into what the person sent, but lets them take it back', () =>
    within(async ({ ctx, office, proposalId, authorId, row }) => {
      const messageRef = 'telegram:1:100:7';
      await office.tx.update(proposals).set({ messageRef }).where(eq(proposals.id, proposalId));
      const { text } = await row();
      await blockSender(office, { proposalId });
      const me = as(ctx, authorId);
      await expect(editProposal(me, { proposalId, text: 'Брань' })).rejects.toThrow(SenderBlockedError);
      await expect(editProposalByMessage(me, messageRef, 'Опять брань')).rejects.toThrow(SenderBlockedError);
      const more = { proposalId, mediaIds: [], text: 'Ещё брань' };
      await expect(addToProposal(me, more)).rejects.toThrow(SenderBlockedError);
      expect(await row()).toMatchObject({ text });
      await withdrawProposal(me, proposalId);
      expect(await row()).toMatchObject({ status: 'withdrawn' });
    }));
});

describe('transcribe', () => {
  it('keeps what a voice message says apart from the own words, and finds it', () =>
    within(async ({ ctx, office, authorId, municipality }) => {
      const voice = await givenMedia(ctx, { channel: 'telegram', account: '1', id: 'x' }, 'a.ogg');
      await office.tx.execute(sql`update media set kind = 'voice' where id = ${voice}`);
      const { id: proposalId } = await givenProposal(ctx, { id: authorId }, municipality, {
        text: '',
        mediaIds: [voice],
      });
      const find = (filter: InboxFilter) => nextInboxCard(office.tx, { municipalityId: municipality.id, filter });
      expect(await find({ state: 'new', words: 'мектеп' })).toBeNull();
      expect(await find({ state: 'new', voice: true })).toBe(proposalId);
      await transcribe(office, { proposalId, revision: 0, transcript: 'Мектептин чатыры тешик' });
      expect(await find({ state: 'new', words: 'мектеп ЧАТЫР' })).toBe(proposalId);
      expect(await findCard(office.tx, { proposalId, municipalityId: municipality.id })).toMatchObject({
        text: '',
        transcript: 'Мектептин чатыры тешик',
      });
    }));

  it('has nothing to write down without a voice message', () =>
    within(async ({ office, proposalId }) => {
      await expect(transcribe(office, { proposalId, transcript: 'Бир нерсе' })).rejects.toThrow(NothingToHearError);
    }));
});

describe('openCard', () => {
  it('tells the second of two who has it open, for a quarter of an hour', () =>
    within(async ({ ctx, office, proposalId, municipality }) => {
      const second = await givenStaff(ctx, municipality, 'working-group', undefined, { name: 'Марат' });
      const other = asStaffOf(ctx, second);
      const card = { proposalId, municipalityId: municipality.id };
      expect(await openCard(office, card)).toMatchObject({ openBy: null });
      expect(await openCard(office, card)).toMatchObject({ openBy: null });
      expect(await openCard(other, card)).toMatchObject({ openBy: { name: 'Жылдыз' } });
      expect(await openCard(office, card)).toMatchObject({ openBy: { name: 'Марат' } });
      const later = { now: () => new Date(ctx.clock.now().getTime() + 16 * 60_000) };
      expect(await openCard({ ...other, clock: later }, card)).toMatchObject({ openBy: null });
    }));

  it('counts a card as left once the next one is open', () =>
    within(async ({ ctx, office, proposalId, municipality, authorId }) => {
      const other = asStaffOf(ctx, await givenStaff(ctx, municipality, 'officer', undefined, { name: 'Марат' }));
      const { id: nextId } = await givenProposal(ctx, { id: authorId }, municipality);
      await openCard(office, { proposalId, municipalityId: municipality.id });
      await openCard(office, { proposalId: nextId, municipalityId: municipality.id, leavesId: proposalId });
      expect(await openCard(other, { proposalId, municipalityId: municipality.id })).toMatchObject({ openBy: null });
    }));

  it('shows no proposal of another office', () =>
    within(async ({ ctx, proposalId }) => {
      const elsewhere = await givenMunicipality(ctx, { code: 'AB' });
      const stranger = asStaffOf(ctx, await givenStaff(ctx, elsewhere, 'admin'));
      expect(await openCard(stranger, { proposalId, municipalityId: elsewhere.id })).toBeNull();
      const { municipalityId } = await givenStaff(ctx, await givenMunicipality(ctx), 'officer');
      await expect(openCard(stranger, { proposalId, municipalityId })).rejects.toThrow(NoRightError);
    }));
});

describe('showAuthor', () => {
  it('tells the name to those who may know it, and writes down that they asked', () =>
    within(async ({ ctx, office, proposalId, municipality, authorId }) => {
      expect(await showAuthor(office, { proposalId })).toEqual({ name: 'Бермет' });
      const group = asStaffOf(ctx, await givenStaff(ctx, municipality, 'working-group'));
      await expect(showAuthor(group, { proposalId })).rejects.toThrow(NoRightError);
      const rows = await office.tx.select().from(auditLog).where(eq(auditLog.action, 'proposal.show-author'));
      expect(rows).toMatchObject([{ after: { residentId: authorId } }]);
      expect(JSON.stringify(await findCard(office.tx, { proposalId, municipalityId: municipality.id }))).not.toContain(
        'Бермет',
      );
    }));
});

describe('nextInboxCard', () => {
  it('goes through the queue oldest first, by any filter', () =>
    within(async ({ ctx, office, proposalId, municipality, authorId }) => {
      const { id: municipalityId } = municipality;
      const other = await givenProposal(ctx, { id: authorId }, municipality, {
        villageId: 'ks-lower',
        sectorId: 'water',
        text: 'Таза суу керек',
      });
      await givenProposal(ctx, { id: authorId }, municipality, { test: true });
      await givenProposal(ctx, { id: authorId }, await givenMunicipality(ctx, { code: 'AB' }), {});
      const queue = async (filter: InboxFilter) => {
        const ids: number[] = [];
        for (let after = 0; ; ) {
          const id = await nextInboxCard(office.tx, { municipalityId, filter, after });
          if (id === null) return ids;
          ids.push(id);
          after = id;
        }
      };
      const both = [proposalId, other.id];
      expect(await queue({ state: 'new' })).toEqual(both);
      expect(await queue({ state: 'open' })).toEqual(both);
      expect(await queue({ state: 'all' })).toEqual(both);
      expect(await queue({ state: 'in_review' })).toEqual([]);
      expect(await queue({ state: 'new', villageId: 'ks-lower' })).toEqual([other.id]);
      expect(await queue({ state: 'new', villageId: 'ab-upper' })).toEqual([]);
      expect(await queue({ state: 'new', sectorId: 'roads' })).toEqual([proposalId]);
      expect(await queue({ state: 'new', words: 'таза СУУ' })).toEqual([other.id]);
      expect(await queue({ state: 'new', voice: true })).toEqual([]);
      expect(await countInbox(office.tx, { municipalityId, filter: { state: 'new' } }, 100)).toBe(2);
      expect(await countInbox(office.tx, { municipalityId, filter: { state: 'new' } }, 1)).toBe(1);
    }));
});

describe('findByNumber', () => {
  it.each([
    ['KS-2026-0001', true],
    ['ks-2026-1', true],
    ['КС 2026 0001', true],
    ['2026-0001', true],
    ['№ 1', true],
    ['0001', true],
    ['KS-2025-0001', false],
    ['2', false],
    ['суу', false],
    ['99999999999999999999', false],
  ])('reads %s', (typed, found) =>
    within(async ({ office, proposalId, municipality }) => {
      const o = { municipalityId: municipality.id, typed, year: 2026 };
      expect(await findByNumber(office.tx, o)).toBe(found ? proposalId : null);
    }),
  );
});

describe('answer templates', () => {
  it('are those of the program until the municipality has its own', () =>
    within(async ({ office, municipality }) => {
      const of = { municipalityId: municipality.id, status: 'declined' } as const;
      const list = async () => (await listTemplates(office.tx, of)).map(({ texts }) => texts.ru);
      expect(await list()).toHaveLength(3);
      const id = await addTemplate(office, { ...of, texts: { ky: 'Жок', ru: 'Нет', en: 'No' } });
      await addTemplate(office, { ...of, texts: { ky: 'Кийин', ru: 'Позже', en: 'Later' } });
      expect(await list()).toEqual(['Нет', 'Позже']);
      await changeTemplate(office, { municipalityId: municipality.id, templateId: id, texts: OWN('Жок') });
      expect(await list()).toEqual(['Жок', 'Позже']);
      await removeTemplate(office, { municipalityId: municipality.id, templateId: id });
      expect(await list()).toEqual(['Позже']);
      await expect(removeTemplate(office, { municipalityId: municipality.id, templateId: id })).rejects.toThrow(
        TemplateNotFoundError,
      );
      expect(await audited(office.tx)).toEqual(['template.add', 'template.add', 'template.change', 'template.remove']);
    }));

  it('belong to their municipality', () =>
    within(async ({ ctx, office, municipality }) => {
      const of = { municipalityId: municipality.id, status: 'declined' } as const;
      const templateId = await addTemplate(office, { ...of, texts: OWN('Жок') });
      const elsewhere = await givenMunicipality(ctx, { code: 'AB' });
      const stranger = asStaffOf(ctx, await givenStaff(ctx, elsewhere, 'admin'));
      await expect(removeTemplate(stranger, { municipalityId: elsewhere.id, templateId })).rejects.toThrow(
        TemplateNotFoundError,
      );
      await expect(removeTemplate(stranger, { municipalityId: municipality.id, templateId })).rejects.toThrow(
        NoRightError,
      );
    }));
});
