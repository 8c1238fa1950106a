import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context } from '../../src/core/context.ts';
import { cancelHearing } from '../../src/hearings/cancel-hearing.ts';
import { changeHearing } from '../../src/hearings/change-hearing.ts';
import { createHearing } from '../../src/hearings/create-hearing.ts';
import { HearingChangedError, HearingNotFoundError, HearingRefusedError } from '../../src/hearings/errors.ts';
import { getHearing, listHearings } from '../../src/hearings/queries.ts';
import { recordHearing } from '../../src/hearings/record-hearing.ts';
import type { Municipality } from '../../src/places/places.ts';
import { villages } from '../../src/places/tables.ts';
import { fixedClock, rolledBack, testContext, useDatabase } from '../support/database.ts';
import { asStaffOf, givenHearing, givenMunicipality, givenStaff } from '../support/given.ts';

const database = useDatabase();

interface Scene {
  readonly ctx: Context;
  readonly db: NonNullable<Context['tx']>;
  readonly municipality: Municipality;
  readonly officer: Context;
}

/** A municipality with an officer; nothing stays of it. */
function scene<T>(play: (scene: Scene) => Promise<T>): Promise<T> {
  return rolledBack(database.db, async (tx) => {
    const ctx = testContext(database.db, { tx });
    const municipality = await givenMunicipality(ctx);
    const officer = asStaffOf(ctx, await givenStaff(ctx, municipality, 'officer'));
    return play({ ctx, db: tx, municipality, officer });
  });
}

const day = (text: string) => new Date(`${text}T10:00:00+06:00`);
const at = (ctx: Context, text: string): Context => ({ ...ctx, clock: fixedClock(`${text}+06:00`) });
const refusal = (problem: string) => expect.objectContaining({ name: 'AppError', problem });

describe('createHearing', () => {
  it('keeps what the hearing is, planned, and who plans it', () =>
    scene(async ({ db, municipality, officer }) => {
      const made = await createHearing(officer, {
        municipalityId: municipality.id,
        kind: 'budget_draft',
        topic: { ky: ' Бюджет ', ru: '' },
        startsAt: day('2027-04-20'),
        villageId: 'ks-lower',
        building: 'Мектеп',
        agenda: { ky: '1. Доклад' },
        draftUrl: 'https://koomtalkuu.gov.kg/1',
        contact: 'Айгүл, 0700 00 00 00',
        proposalsUntil: day('2027-04-18'),
      });
      expect(made).toMatchObject({
        kind: 'budget_draft',
        topic: { ky: 'Бюджет' },
        villageId: 'ks-lower',
        convener: null,
        state: 'planned',
        revision: 1,
        createdBy: expect.stringMatching(/^staff:\d+$/),
      });
      expect(await getHearing(db, made.id)).toEqual(made);
    }));

  it.each([
    ['a start that is past', { startsAt: day('2026-11-21') }, 'past'],
    ['a village of another municipality', { villageId: 'ab-upper' }, 'village'],
    ['questions after the start', { proposalsUntil: day('2026-12-21') }, 'proposals-until'],
  ])('refuses %s', (_, options, problem) =>
    scene(async ({ ctx, municipality }) => {
      await givenMunicipality(ctx, { code: 'AB' });
      await expect(givenHearing(ctx, municipality, options)).rejects.toThrow(refusal(problem));
    }),
  );

  it('refuses a village that is not in the catalogue any more', () =>
    scene(async ({ ctx, db, municipality }) => {
      await db.update(villages).set({ retiredAt: ctx.clock.now() }).where(eq(villages.id, 'ks-lower'));
      await expect(givenHearing(ctx, municipality, { villageId: 'ks-lower' })).rejects.toThrow(refusal('village'));
    }));

  it.each([
    ['no topic', { topic: {} }],
    ['a draft that is a script', { draftUrl: 'javascript:alert(1)' }],
    ['no place', { building: '  ' }],
    ['a field that nobody knows', { hall: 'Клуб' } as object],
  ])('takes nothing with %s', (_, options: object) =>
    scene(async ({ ctx, municipality }) => {
      await expect(givenHearing(ctx, municipality, options)).rejects.toThrow();
    }),
  );
});

describe('changeHearing', () => {
  it('tells what it was and what it is, and raises the revision', () =>
    scene(async ({ ctx, db, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality, { contact: 'Айгүл' });
      const changes = { startsAt: day('2026-12-22'), building: 'Мектеп', contact: null };
      const { before, after } = await changeHearing(officer, { hearingId, revision: 1, changes });
      expect(before).toMatchObject({ startsAt: day('2026-12-20'), building: 'Клуб', contact: 'Айгүл', revision: 1 });
      expect(after).toMatchObject({ startsAt: day('2026-12-22'), building: 'Мектеп', contact: null, revision: 2 });
      expect(after.topic).toEqual(before.topic);
      const [row] = await db.select().from(auditLog).where(eq(auditLog.action, 'hearing.change'));
      expect(row).toMatchObject({
        subject: `hearing:${hearingId}`,
        before: { startsAt: '2026-12-20T04:00:00.000Z' },
        after: { startsAt: '2026-12-22T04:00:00.000Z', fields: ['startsAt', 'building', 'contact'] },
      });
    }));

  it('refuses to change what was shown before somebody else changed it', () =>
    scene(async ({ ctx, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality);
      await changeHearing(officer, { hearingId, revision: 1, changes: { building: 'Мектеп' } });
      const second = changeHearing(officer, { hearingId, revision: 1, changes: { building: 'Китепкана' } });
      await expect(second).rejects.toThrow(HearingChangedError);
    }));

  it.each([
    ['to the past', { startsAt: day('2026-11-20') }, 'past'],
    ['to a village of nowhere', { villageId: 'nowhere' }, 'village'],
    ['with questions after its start', { proposalsUntil: day('2026-12-21') }, 'proposals-until'],
  ])('does not move it %s', (_, changes, problem) =>
    scene(async ({ ctx, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality);
      await expect(changeHearing(officer, { hearingId, changes })).rejects.toThrow(refusal(problem));
    }),
  );

  it('takes questions up to the start of one that moves before their last day', () =>
    scene(async ({ ctx, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality, { proposalsUntil: day('2026-12-18') });
      const later = await changeHearing(officer, { hearingId, changes: { startsAt: day('2026-12-28') } });
      expect(later.after.proposalsUntil).toEqual(day('2026-12-18'));
      const sooner = await changeHearing(officer, { hearingId, changes: { startsAt: day('2026-12-10') } });
      expect(sooner.after.proposalsUntil).toBeNull();
    }));

  it('moves one that did not take place when its time came, and no other field of it asks for a new time', () =>
    scene(async ({ ctx, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality);
      const late = at(officer, '2026-12-21T10:00:00');
      await changeHearing(late, { hearingId, changes: { contact: 'Бакыт' } });
      const { after } = await changeHearing(late, { hearingId, changes: { startsAt: day('2026-12-25') } });
      expect(after).toMatchObject({ state: 'planned', startsAt: day('2026-12-25'), revision: 3 });
    }));

  it('knows nothing of a hearing that is not there', () =>
    scene(async ({ officer }) => {
      await expect(changeHearing(officer, { hearingId: 7, changes: {} })).rejects.toThrow(HearingNotFoundError);
    }));
});

describe('cancelHearing', () => {
  it('calls it off with the reason, once', () =>
    scene(async ({ ctx, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality);
      expect(await cancelHearing(officer, { hearingId, reason: ' Кар жаады ' })).toMatchObject({
        state: 'canceled',
        cancelReason: 'Кар жаады',
        revision: 2,
      });
      await expect(cancelHearing(officer, { hearingId, reason: 'Дагы' })).rejects.toThrow(refusal('canceled'));
      const change = changeHearing(officer, { hearingId, changes: { building: 'Мектеп' } });
      await expect(change).rejects.toThrow(refusal('canceled'));
    }));

  it('does not cancel without a reason', () =>
    scene(async ({ ctx, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality);
      await expect(cancelHearing(officer, { hearingId, reason: ' ' })).rejects.toThrow();
    }));
});

describe('recordHearing', () => {
  it('keeps who came, and puts it right when told again; minutes that are not named stay', () =>
    scene(async ({ ctx, db, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality);
      const late = at(officer, '2026-12-20T13:00:00');
      const minutesUrl = 'https://karasuu.kg/1';
      await recordHearing(late, { hearingId, people: 40, women: 15, minutesUrl });
      expect(await getHearing(db, hearingId)).toMatchObject({
        state: 'held',
        peopleCount: 40,
        womenCount: 15,
        minutesUrl,
        heldRecordedAt: late.clock.now(),
      });
      await recordHearing(late, { hearingId, revision: 2, people: 42, women: null });
      expect(await getHearing(db, hearingId)).toMatchObject({ peopleCount: 42, womenCount: null, minutesUrl });
      await expect(cancelHearing(late, { hearingId, reason: 'Ката' })).rejects.toThrow(refusal('held'));
    }));

  it.each([
    ['before it begins', '2026-12-20T09:59:00', 'not-begun'],
    ['once it is called off', '2026-12-20T13:00:00', 'canceled'],
  ])('refuses %s', (_, now, problem) =>
    scene(async ({ ctx, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality);
      if (problem === 'canceled') await cancelHearing(officer, { hearingId, reason: 'Кар' });
      const record = recordHearing(at(officer, now), { hearingId, people: 40, women: 15 });
      await expect(record).rejects.toThrow(refusal(problem));
    }),
  );

  it('takes no more women than people', () =>
    scene(async ({ ctx, municipality, officer }) => {
      const { id: hearingId } = await givenHearing(ctx, municipality);
      await expect(recordHearing(officer, { hearingId, people: 4, women: 5 })).rejects.toThrow('more women');
    }));
});

describe('listHearings', () => {
  it('lists those of the municipality from a moment on, soonest first, canceled ones too', () =>
    scene(async ({ ctx, db, municipality, officer }) => {
      const elsewhere = await givenMunicipality(ctx, { code: 'AB' });
      await givenHearing(ctx, elsewhere);
      const late = await givenHearing(ctx, municipality, { startsAt: day('2026-12-28') });
      const soon = await givenHearing(ctx, municipality, { startsAt: day('2026-12-02') });
      const past = await givenHearing(ctx, municipality, { startsAt: day('2026-11-23') });
      await cancelHearing(officer, { hearingId: soon.id, reason: 'Кар' });
      const ids = async (from: Date) =>
        (await listHearings(db, { municipalityId: municipality.id, from })).map(({ id }) => id);
      expect(await ids(day('2026-12-01'))).toEqual([soon.id, late.id]);
      expect(await ids(day('2026-11-23'))).toEqual([past.id, soon.id, late.id]);
    }));
});

describe('two officers at one hearing', () => {
  it('are not both heard: the second one is told', async () => {
    const ctx = testContext(database.db);
    const municipality = await givenMunicipality(ctx);
    const { id: hearingId } = await givenHearing(ctx, municipality);
    const officers = [await givenStaff(ctx, municipality, 'officer'), await givenStaff(ctx, municipality, 'officer')];
    const changes = await Promise.allSettled(
      officers.map((member, n) =>
        changeHearing(asStaffOf(ctx, member), { hearingId, revision: 1, changes: { building: `Мектеп ${n}` } }),
      ),
    );
    expect(changes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = changes.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: expect.any(HearingChangedError) });
    const calls = await Promise.allSettled(
      officers.map((member) => cancelHearing(asStaffOf(ctx, member), { hearingId, reason: 'Кар' })),
    );
    expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(calls.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(HearingRefusedError),
    });
  });
});
