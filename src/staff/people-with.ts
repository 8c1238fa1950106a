import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { hasRight, type Right, ROLES } from './rights.ts';
import { staff } from './tables.ts';

/** Residents' numbers of those who have the right in the municipality now. */
export async function peopleWith(db: Database, municipalityId: number, right: Right): Promise<number[]> {
  const able = ROLES.filter((role) => hasRight(role, right));
  const rows = await db
    .select({ residentId: staff.residentId })
    .from(staff)
    .where(and(eq(staff.municipalityId, municipalityId), inArray(staff.role, able), isNull(staff.removedAt)))
    .orderBy(staff.id);
  return rows.map(({ residentId }) => residentId);
}

/** The same of those whom audit rows name (`staff:3`) and who still work there. */
export async function peopleNamed(db: Database, actors: readonly (string | null)[]): Promise<number[]> {
  const ids = actors.flatMap((actor) => (actor?.startsWith('staff:') ? [Number(actor.slice(6))] : []));
  if (ids.length === 0) return [];
  const rows = await db
    .select({ residentId: staff.residentId })
    .from(staff)
    .where(and(inArray(staff.id, ids), isNull(staff.removedAt)));
  return rows.map(({ residentId }) => residentId);
}
