import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context } from '../../src/core/context.ts';
import { plain } from '../../src/core/text.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import { answerHearingQuestion } from '../../src/hearings/answer-hearing-question.ts';
import { askHearing } from '../../src/hearings/ask-hearing.ts';
import { cancelHearing } from '../../src/hearings/cancel-hearing.ts';
import { HearingRefusedError } from '../../src/hearings/errors.ts';
import { countIntents, findIntent } from '../../src/hearings/intent-queries.ts';
import { addToQuestion, rewordQuestion, takeQuestionBack } from '../../src/hearings/own-question.ts';
import type { Hearing } from '../../src/hearings/queries.ts';
import { countOpenQuestions, listOpenQuestions, listOwnQuestions } from '../../src/hearings/question-queries.ts';
import { type SetIntentInput, setIntent } from '../../src/hearings/set-intent.ts';
import { hearingQuestionMedia, hearingQuestions } from '../../src/hearings/tables.ts';
import { media } from '../../src/messaging/tables.ts';
import type { Municipality } from '../../src/places/places.ts';
import { describeMyData } from '../../src/privacy/describe-my-data.ts';
import { forgetResident } from '../../src/privacy/forget-resident.ts';
import { SenderBlockedError } from '../../src/residents/block-resident.ts';
import type { Resident } from '../../src/residents/queries.ts';
import { ForbiddenError, ResidentNotFoundError } from '../../src/residents/rules.ts';
import { setDemographics } from '../../src/residents/set-demographics.ts';
import { stopAnswers } from '../../src/residents/stop-notices.ts';
import { residents } from '../../src/residents/tables.ts';
import { fixedClock, rolledBack, testContext, truncateAll, useDatabase } from '../support/database.ts';
import {
  as,
  asStaffOf,
  givenHearing,
  givenMedia,
  givenMunicipality,
  givenResident,
  givenStaff,
} from '../support/given.ts';

const database = useDatabase();

interface Scene {
  readonly ctx: Context;
  readonly db: NonNullable<Context['tx']>;
  readonly municipality: Municipality;
  readonly officer: Context;
  readonly hearing: Hearing;
  readonly resident: Resident;
}

/** A hearing in four weeks, an officer, a resident; nothing stays of it. */
function scene<T>(play: (scene: Scene) => Promise<T>): Promise<T> {
  return rolledBack(database.db, async (tx) => {
    const ctx = testContext(database.db, { tx });
    const municipality = await givenMunicipality(ctx);
    const officer = asStaffOf(ctx, await givenStaff(ctx, municipality, 'officer'));
    const hearing = await givenHearing(ctx, municipality, { proposalsUntil: new Date('2026-12-18T10:00:00+06:00') });
    return play({ ctx, db: tx, municipality, officer, hearing, resident: await givenResident(ctx) });
  });
}

const says = (ctx: Context, resident: { id: number }, hearing: { id: number }, intent: SetIntentInput['intent']) =>
  setIntent(as(ctx, resident.id), { residentId: resident.id, hearingId: hearing.id, intent });
const asks = (
  ctx: Context,
  resident: { id: number },
  hearing: { id: number },
  text = 'Жол качан?',
  files: number[] = [],
) =>
  askHearing(as(ctx, resident.id), {
    residentId: resident.id,
    hearingId: hearing.id,
    text,
    language: 'ky',
    mediaIds: files,
  });
const at = (ctx: Context, text: string): Context => ({ ...ctx, clock: fixedClock(`${text}+06:00`) });
const refusal = (problem: string) => expect.objectContaining({ problem });

describe('setIntent', () => {
  it('keeps the last word of each', () =>
    scene(async ({ ctx, db, hearing, resident }) => {
      const of = { hearingId: hearing.id, residentId: resident.id };
      expect(await findIntent(db, of)).toBeNull();
      expect(await says(ctx, resident, hearing, 'coming')).toEqual({ changed: true });
      expect(await says(ctx, resident, hearing, 'coming')).toEqual({ changed: false });
      expect(await says(ctx, resident, hearing, 'not_coming')).toEqual({ changed: true });
      expect(await findIntent(db, of)).toBe('not_coming');
      const rows = await db.select().from(auditLog).where(eq(auditLog.action, 'hearing.intent'));
      expect(rows.map(({ after }) => after)).toEqual([{ intent: 'coming' }, { intent: 'not_coming' }]);
    }));

  it.each([
    ['once it has begun', '2026-12-20T10:00:00', 'begun'],
    ['of one that is called off', '2026-11-22T10:00:00', 'canceled'],
  ])('refuses %s', (_, now, problem) =>
    scene(async ({ ctx, officer, hearing, resident }) => {
      if (problem === 'canceled') await cancelHearing(officer, { hearingId: hearing.id, reason: 'Кар' });
      await expect(says(at(ctx, now), resident, hearing, 'coming')).rejects.toThrow(refusal(problem));
    }),
  );

  it('is said by oneself, and by nobody who is erased', () =>
    scene(async ({ ctx, hearing, resident }) => {
      const other = await givenResident(ctx);
      const foreign = { residentId: resident.id, hearingId: hearing.id, intent: 'coming' } as const;
      await expect(setIntent(as(ctx, other.id), foreign)).rejects.toThrow(ForbiddenError);
      await forgetResident(as(ctx, resident.id), resident.id);
      await expect(says(ctx, resident, hearing, 'coming')).rejects.toThrow(ResidentNotFoundError);
    }));
});

describe('countIntents', () => {
  it('counts by village, sex and age band, what is not told too', () =>
    scene(async ({ ctx, db, hearing }) => {
      const person = async (villageId: string, sex: 'woman' | 'man' | null, intent: SetIntentInput['intent']) => {
        const one = await givenResident(ctx, { villageId });
        if (sex !== null) await setDemographics(as(ctx, one.id), { residentId: one.id, sex, ageBand: '29-54' });
        await says(ctx, one, hearing, intent);
      };
      await person('ks-upper', 'woman', 'coming');
      await person('ks-upper', 'woman', 'coming');
      await person('ks-upper', 'woman', 'not_coming');
      await person('ks-lower', null, 'coming');
      expect(await countIntents(db, hearing.id)).toEqual([
        { intent: 'coming', villageId: 'ks-lower', sex: null, ageBand: null, count: 1 },
        { intent: 'coming', villageId: 'ks-upper', sex: 'woman', ageBand: '29-54', count: 2 },
        { intent: 'not_coming', villageId: 'ks-upper', sex: 'woman', ageBand: '29-54', count: 1 },
      ]);
    }));
});

describe('askHearing', () => {
  it('keeps the words, the language and the files with the hearing', () =>
    scene(async ({ ctx, db, hearing }) => {
      const address = { channel: 'telegram', account: '1', id: '7' } as const;
      const resident = await givenResident(ctx, { address, villageId: 'ks-upper' });
      const files = [await givenMedia(ctx, address, 'a.ogg'), await givenMedia(ctx, address, 'b.png')];
      const { id } = await asks(ctx, resident, hearing, ' Жол качан? ', files);
      expect(await listOpenQuestions(db, hearing.id)).toEqual([
        {
          id,
          hearingId: hearing.id,
          villageId: 'ks-upper',
          language: 'ky',
          text: 'Жол качан?',
          askedAt: '2026-11-22T04:00:00Z',
          answer: null,
          unheard: null,
          files: [
            { kind: 'photo', mime: null, path: 'a.ogg', state: 'stored' },
            { kind: 'photo', mime: null, path: 'b.png', state: 'stored' },
          ],
        },
      ]);
    }));

  it.each([
    ['after the last day for questions', '2026-12-18T10:00:00', 'closed'],
    ['to one that is called off', '2026-11-22T10:00:00', 'canceled'],
  ])('takes none %s', (_, now, problem) =>
    scene(async ({ ctx, officer, hearing, resident }) => {
      if (problem === 'canceled') await cancelHearing(officer, { hearingId: hearing.id, reason: 'Кар' });
      await expect(asks(at(ctx, now), resident, hearing)).rejects.toThrow(refusal(problem));
    }),
  );

  it('takes none without words and files, and none of a blocked sender or without consent', () =>
    scene(async ({ ctx, db, hearing, resident, municipality }) => {
      await expect(asks(ctx, resident, hearing, ' ')).rejects.toThrow(refusal('nothing'));
      const member = await givenStaff(ctx, municipality, 'deputy');
      await expect(asks(ctx, { id: member.residentId }, hearing)).rejects.toThrow(ForbiddenError);
      await db.update(residents).set({ blockedAt: ctx.clock.now() }).where(eq(residents.id, resident.id));
      await expect(asks(ctx, resident, hearing)).rejects.toThrow(SenderBlockedError);
    }));
});

describe('a question of one’s own', () => {
  it('follows its message, and takes what comes after it', () =>
    scene(async ({ ctx, db, hearing, resident }) => {
      const file = await givenMedia(ctx, { channel: 'telegram', account: '1', id: '7' }, 'a.png');
      const { id: questionId } = await asks(ctx, resident, hearing);
      const self = as(ctx, resident.id);
      await rewordQuestion(self, { questionId, text: 'Көпүрө качан?' });
      await addToQuestion(self, { questionId, mediaIds: [file] });
      await addToQuestion(self, { questionId, mediaIds: [file] });
      expect(await listOpenQuestions(db, hearing.id)).toMatchObject([
        { text: 'Көпүрө качан?', files: [{ path: 'a.png' }] },
      ]);
    }));

  it('leaves the hearing when it was none, with its files', () =>
    scene(async ({ ctx, db, hearing, resident }) => {
      const file = await givenMedia(ctx, { channel: 'telegram', account: '1', id: '7' }, 'a.png');
      const { id } = await asks(ctx, resident, hearing, '', [file]);
      await takeQuestionBack(as(ctx, resident.id), id);
      expect(await db.select().from(hearingQuestions)).toEqual([]);
      expect(await db.select().from(hearingQuestionMedia)).toEqual([]);
      expect(await db.select().from(media)).toHaveLength(1);
    }));

  it('is changed by nobody else, and by nobody once it is answered', () =>
    scene(async ({ ctx, officer, hearing, resident }) => {
      const { id: questionId } = await asks(ctx, resident, hearing);
      const other = await givenResident(ctx);
      await expect(rewordQuestion(as(ctx, other.id), { questionId, text: 'Жок' })).rejects.toThrow(ForbiddenError);
      await answerHearingQuestion(officer, { questionId, answer: 'Быйыл' });
      const self = as(ctx, resident.id);
      await expect(rewordQuestion(self, { questionId, text: 'Жок' })).rejects.toThrow(refusal('answered'));
      await expect(addToQuestion(self, { questionId, mediaIds: [] })).rejects.toThrow(refusal('answered'));
      await expect(takeQuestionBack(self, questionId)).rejects.toThrow(refusal('answered'));
    }));
});

describe('answerHearingQuestion', () => {
  it('writes once to the one who asked, in their language, which hearing and what they asked', () =>
    scene(async ({ ctx, db, officer, hearing, resident }) => {
      const { id: questionId } = await asks(ctx, resident, hearing);
      expect(await answerHearingQuestion(officer, { questionId, answer: ' Быйыл ' })).toEqual({ told: true });
      const again = answerHearingQuestion(officer, { questionId, answer: 'Дагы' });
      await expect(again).rejects.toThrow(refusal('answered'));
      const [send] = await db.select().from(sends);
      expect(send?.subject).toBe(`hearing:${hearing.id}`);
      expect(send?.contents?.ky.text).toBe(
        [
          'Айыл өкмөтүнүн жообу. Коомдук угуу: Биргелешкен аракеттер планы, 2026-жылдын 20-декабры',
          'Сурооңуз: «Жол качан?»',
          'Жооп: «Быйыл»',
        ].join('\n'),
      );
      expect(send?.contents?.en.text).toContain('Public hearing: Joint Action Plan, 20 December 2026');
      expect(await db.select().from(deliveries)).toMatchObject([{ status: 'pending', language: 'ky', bulk: false }]);
      const [row] = await db.select().from(hearingQuestions);
      expect(row).toMatchObject({ answer: 'Быйыл', sendId: send?.id, answeredBy: expect.stringMatching(/^staff:/) });
      expect(await countOpenQuestions(db, hearing.id)).toBe(0);
      const own = { hearingId: hearing.id, residentId: resident.id };
      expect(await listOwnQuestions(db, own)).toEqual([{ text: 'Жол качан?', answer: 'Быйыл' }]);
    }));

  it('does not say a long question again in full, nor one that was spoken', () =>
    scene(async ({ ctx, db, officer, hearing, resident }) => {
      const file = await givenMedia(ctx, { channel: 'telegram', account: '1', id: '7' }, 'a.ogg');
      const long = await asks(ctx, resident, hearing, 'Ж'.repeat(3_000));
      const spoken = await asks(ctx, resident, hearing, '', [file]);
      for (const { id } of [long, spoken]) await answerHearingQuestion(officer, { questionId: id, answer: 'Быйыл' });
      const texts = (await db.select().from(sends)).map(({ contents }) => plain(contents?.ky.text ?? ''));
      expect(texts[0]).toContain(`«${'Ж'.repeat(300)}…»`);
      expect(texts[1]).not.toContain('Сурооңуз');
    }));

  it.each([
    ['of somebody who wants no answers', 'stopped'],
    ['of somebody who is erased', 'erased'],
  ])('keeps the answer to a question %s, and says that it reaches nobody', (_, unheard) =>
    scene(async ({ ctx, db, officer, hearing, resident }) => {
      const { id: questionId } = await asks(ctx, resident, hearing);
      const end = unheard === 'stopped' ? stopAnswers : forgetResident;
      await end(as(ctx, resident.id), resident.id);
      expect(await listOpenQuestions(db, hearing.id)).toMatchObject([{ unheard, text: 'Жол качан?' }]);
      expect(await answerHearingQuestion(officer, { questionId, answer: 'Быйыл' })).toEqual({ told: false });
      expect(await db.select().from(deliveries).where(eq(deliveries.status, 'pending'))).toEqual([]);
    }),
  );

  it('answers also after the hearing, and after it was called off', () =>
    scene(async ({ ctx, officer, hearing, resident }) => {
      const { id: questionId } = await asks(ctx, resident, hearing);
      await cancelHearing(officer, { hearingId: hearing.id, reason: 'Кар' });
      const late = at(officer, '2027-01-20T10:00:00');
      expect(await answerHearingQuestion(late, { questionId, answer: 'Быйыл' })).toEqual({ told: true });
    }));

  it('knows no question that is not there', () =>
    scene(async ({ officer }) => {
      const answer = answerHearingQuestion(officer, { questionId: 7, answer: 'Быйыл' });
      await expect(answer).rejects.toThrow(refusal('answered'));
    }));
});

describe('forgetResident, of the hearings', () => {
  it('takes the intent away and leaves the question with its files, by nobody', () =>
    scene(async ({ ctx, db, hearing }) => {
      const address = { channel: 'telegram', account: '1', id: '7' } as const;
      const resident = await givenResident(ctx, { address, villageId: 'ks-upper' });
      const [kept, lost] = [await givenMedia(ctx, address, 'a.png'), await givenMedia(ctx, address, 'b.png')];
      await says(ctx, resident, hearing, 'coming');
      await asks(ctx, resident, hearing, 'Жол качан?', [kept]);
      expect(await describeMyData(db, resident.id)).toMatchObject({
        intentCount: 1,
        hearingQuestionCount: 1,
        fileCount: 1,
      });
      await forgetResident(as(ctx, resident.id), resident.id);
      expect(await countIntents(db, hearing.id)).toEqual([]);
      expect(await listOpenQuestions(db, hearing.id)).toMatchObject([
        { text: 'Жол качан?', villageId: null, files: [{ path: 'a.png', state: 'stored' }] },
      ]);
      const states = (await db.select().from(media)).map(({ id, status, personId }) => [id, status, personId]);
      expect(states.sort()).toEqual([
        [kept, 'stored', ''],
        [lost, 'refused', ''],
      ]);
    }));

  it('leaves the draft and the minutes that the person brought', () =>
    scene(async ({ ctx, db, municipality }) => {
      const address = { channel: 'telegram', account: '1', id: '7' } as const;
      const { residentId } = await givenStaff(ctx, municipality, 'officer', address);
      const draftMediaId = await givenMedia(ctx, address, 'draft.pdf');
      await givenHearing(ctx, municipality, { draftMediaId });
      await forgetResident(as(ctx, residentId), residentId);
      expect(await db.select().from(media)).toMatchObject([{ id: draftMediaId, status: 'stored' }]);
    }));
});

describe('at the same time', () => {
  beforeEach(() => truncateAll(database.db));

  it('whoever says that they come when the hearing is called off is counted before, or told after', async () => {
    const ctx = testContext(database.db);
    const municipality = await givenMunicipality(ctx);
    const officer = asStaffOf(ctx, await givenStaff(ctx, municipality, 'officer'));
    const hearing = await givenHearing(ctx, municipality);
    const people = await Promise.all(Array.from({ length: 8 }, () => givenResident(ctx)));
    const [canceled, ...said] = await Promise.allSettled([
      cancelHearing(officer, { hearingId: hearing.id, reason: 'Кар' }),
      ...people.map((one) => says(ctx, one, hearing, 'coming')),
    ]);
    expect(canceled.status).toBe('fulfilled');
    const told = said.filter((one) => one.status === 'rejected');
    for (const { reason } of told) expect(reason).toBeInstanceOf(HearingRefusedError);
    const counted = (await countIntents(database.db, hearing.id)).reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(people.length - told.length);
  });

  it('two officers answer a question once', async () => {
    const ctx = testContext(database.db);
    const municipality = await givenMunicipality(ctx);
    const hearing = await givenHearing(ctx, municipality);
    const { id: questionId } = await asks(ctx, await givenResident(ctx), hearing);
    const officers = [await givenStaff(ctx, municipality, 'officer'), await givenStaff(ctx, municipality, 'officer')];
    const answers = await Promise.allSettled(
      officers.map((one, n) => answerHearingQuestion(asStaffOf(ctx, one), { questionId, answer: `Жооп ${n}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await database.db.select().from(deliveries)).toHaveLength(1);
  });
});
