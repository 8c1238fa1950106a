import { eq } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import { addresses, joinCodes, residents } from './tables.ts';

export type Person = typeof residents.$inferSelect;

/** What nobody keeps of a person who is erased: the bare row, a number, is left. */
export const NOTHING_KEPT = {
  villageId: null,
  name: null,
  sex: null,
  ageBand: null,
  vulnerable: null,
  demographicsAskedAt: null,
  consentVersion: null,
  consentAt: null,
  announcementsStoppedAt: null,
  answersStoppedAt: null,
} as const;

/**
 * What is kept of one person who was taken for two: of `kept` whatever is known, else of `joined`. The newer consent
 * stands; what either has stopped stays stopped, and whom staff have blocked once is blocked.
 */
export function onePerson(kept: Person, joined: Person): Partial<Person> {
  const newer = (joined.consentAt?.getTime() ?? 0) > (kept.consentAt?.getTime() ?? 0) ? joined : kept;
  return {
    villageId: kept.villageId ?? joined.villageId,
    name: kept.name ?? joined.name,
    sex: kept.sex ?? joined.sex,
    ageBand: kept.ageBand ?? joined.ageBand,
    vulnerable: kept.vulnerable ?? joined.vulnerable,
    demographicsAskedAt: kept.demographicsAskedAt ?? joined.demographicsAskedAt,
    consentVersion: newer.consentVersion,
    consentAt: newer.consentAt,
    announcementsStoppedAt: kept.announcementsStoppedAt ?? joined.announcementsStoppedAt,
    answersStoppedAt: kept.answersStoppedAt ?? joined.answersStoppedAt,
    blockedAt: kept.blockedAt ?? joined.blockedAt,
    createdAt: new Date(Math.min(kept.createdAt.getTime(), joined.createdAt.getTime())),
  };
}

/** Makes the chats of `joined`, and what is known of them, those of `kept`; `joined` is left as a bare number. */
export async function takeOverPerson(tx: Tx, kept: Person, joined: Person, at: Date): Promise<void> {
  await tx.delete(joinCodes).where(eq(joinCodes.residentId, joined.id));
  await tx.update(addresses).set({ residentId: kept.id, preferredAt: null }).where(eq(addresses.residentId, joined.id));
  await tx.update(residents).set(onePerson(kept, joined)).where(eq(residents.id, kept.id));
  await tx
    .update(residents)
    .set({ ...NOTHING_KEPT, blockedAt: null, erasedAt: at })
    .where(eq(residents.id, joined.id));
}
