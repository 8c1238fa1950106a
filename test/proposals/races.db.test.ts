import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/core/context.ts';
import { AppError } from '../../src/core/errors.ts';
import { isRepeatable } from '../../src/db/transaction.ts';
import { forgetResident } from '../../src/privacy/forget-resident.ts';
import { changeStatus } from '../../src/proposals/change-status.ts';
import { hideProposal } from '../../src/proposals/hide-proposal.ts';
import { mergeProposals } from '../../src/proposals/merge-proposals.ts';
import { peopleOf } from '../../src/proposals/people.ts';
import { supportProposal } from '../../src/proposals/support-proposal.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { undoMerge } from '../../src/proposals/undo-merge.ts';
import { withdrawProposal } from '../../src/proposals/withdraw-proposal.ts';
import { withdrawSupport } from '../../src/proposals/withdraw-support.ts';
import { databaseKind, testContext, useDatabase } from '../support/database.ts';
import { as, asStaffOf, givenMunicipality, givenProposal, givenResident, givenStaff } from '../support/given.ts';

const database = useDatabase();

const PEOPLE = 7;
const AT_ONCE = 3;

interface World {
  readonly ctx: Context;
  readonly people: readonly number[];
  /** Each of the person in the same place. */
  readonly ids: readonly number[];
  readonly officers: readonly { staffId: number }[];
}

/** What somebody may do: the first number says who, the others to which. */
type Verb = (world: World, who: number, one: number, other: number) => Promise<unknown>;
const person = ({ ctx, people }: World, who: number) => as(ctx, people[who] ?? 0);
const officer = ({ ctx, officers }: World, who: number) =>
  asStaffOf(ctx, officers[who % officers.length] ?? { staffId: 0 });
const proposal = ({ ids }: World, which: number) => ids[which] ?? 0;

const VERBS: Readonly<Record<string, { weight: number; verb: Verb }>> = {
  support: { weight: 8, verb: (w, who, one) => supportProposal(person(w, who), proposal(w, one)) },
  'withdraw support': { weight: 3, verb: (w, who, one) => withdrawSupport(person(w, who), proposal(w, one)) },
  merge: {
    weight: 8,
    verb: (w, who, one, other) =>
      mergeProposals(officer(w, who), { fromId: proposal(w, one), intoId: proposal(w, other) }),
  },
  'undo merge': { weight: 3, verb: (w, who, one) => undoMerge(officer(w, who), { proposalId: proposal(w, one) }) },
  take: {
    weight: 1,
    verb: (w, who, one) => changeStatus(officer(w, who), { proposalId: proposal(w, one), to: 'in_review' }),
  },
  hide: { weight: 1, verb: (w, who, one) => hideProposal(officer(w, who), { proposalId: proposal(w, one) }) },
  withdraw: { weight: 1, verb: (w, who) => withdrawProposal(person(w, who), proposal(w, who)) },
  forget: { weight: 1, verb: (w, who) => forgetResident(person(w, who), w.people[who] ?? 0) },
};

const acts = fc.array(
  fc.record({
    name: fc.oneof(...Object.entries(VERBS).map(([name, { weight }]) => ({ weight, arbitrary: fc.constant(name) }))),
    who: fc.nat(PEOPLE - 1),
    one: fc.nat(PEOPLE - 1),
    other: fc.nat(PEOPLE - 1),
  }),
  { minLength: 50, maxLength: 50 },
);

async function given(): Promise<World> {
  const ctx = testContext(database.db);
  const municipality = await givenMunicipality(ctx);
  const officers = [await givenStaff(ctx, municipality, 'officer'), await givenStaff(ctx, municipality, 'officer')];
  const people: number[] = [];
  const ids: number[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const author = await givenResident(ctx);
    people.push(author.id);
    ids.push((await givenProposal(ctx, author, municipality)).id);
  }
  return { ctx, people, ids, officers };
}

/** As a turn does: what lost to another transaction is done again. What was foreseen is an answer like any other. */
async function doing(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await act();
      return;
    } catch (error) {
      if (error instanceof AppError) return;
      if (!isRepeatable(error) || attempt === 5) throw error;
    }
  }
}

describe('verbs on the same proposals at once', () => {
  // the embedded database has one session: nobody can meet there
  it.runIf(databaseKind() === 'postgres')(
    'leave right counts, no circle, and nothing behind what was withdrawn or hidden',
    async () => {
      await fc.assert(
        fc.asyncProperty(acts, async (wanted) => {
          const world = await given();
          const left = [...wanted];
          await Promise.all(
            Array.from({ length: AT_ONCE }, async () => {
              for (let act = left.pop(); act !== undefined; act = left.pop()) {
                const { name, who, one, other } = act;
                await doing(async () => VERBS[name]?.verb(world, who, one, other));
              }
            }),
          );
          const { db } = database;
          for (const id of world.ids) {
            const [row] = await db.select().from(proposals).where(eq(proposals.id, id));
            const { joinedIds, supporterIds } = await db.transaction((tx) => peopleOf(tx, id));
            expect(row?.supporterCount).toBe(joinedIds.length + supporterIds.length);
            const [into] = await db
              .select()
              .from(proposals)
              .where(eq(proposals.id, row?.mergedIntoId ?? 0));
            expect([into?.status, into?.hiddenAt ?? null]).not.toContain('withdrawn');
            expect(into?.hiddenAt ?? null).toBeNull();
            let at = into;
            for (let steps = 0; at?.mergedIntoId != null; steps++) {
              expect(steps).toBeLessThan(PEOPLE);
              [at] = await db.select().from(proposals).where(eq(proposals.id, at.mergedIntoId));
            }
          }
        }),
        { numRuns: 3, endOnFailure: true },
      );
    },
  );
});
