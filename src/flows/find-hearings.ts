import type { Context } from '../core/context.ts';
import { HearingNotFoundError } from '../hearings/errors.ts';
import { findUnannounced, getHearing, type Hearing, listHearings } from '../hearings/queries.ts';
import { arrange, shownFrom } from '../hearings/rules.ts';
import { hasRight } from '../staff/rights.ts';
import type { Kit } from './kit.ts';

/** Null: there is none, or the person is not to know of it yet. */
export async function findHearing(ctx: Context, kit: Pick<Kit, 'staff'>, id: number): Promise<Hearing | null> {
  try {
    const found = await getHearing(ctx.tx ?? ctx.db, id);
    return (await isHidden(ctx, kit, found)) ? null : found;
  } catch (error) {
    if (error instanceof HearingNotFoundError) return null;
    throw error;
  }
}

/** Hearings of a municipality that are worth showing to the person, in the order in which they are shown. */
export async function findHearings(
  ctx: Context,
  kit: Pick<Kit, 'staff'>,
  municipalityId: number,
): Promise<readonly (Hearing & { readonly unannounced: boolean })[]> {
  const db = ctx.tx ?? ctx.db;
  const now = ctx.clock.now();
  const all = arrange(await listHearings(db, { municipalityId, from: shownFrom(now) }), now);
  const unannounced = await findUnannounced(
    db,
    all.map(({ id }) => id),
  );
  const marked = all.map((one) => ({ ...one, unannounced: unannounced.has(one.id) }));
  return readsDrafts(kit, municipalityId) ? marked : marked.filter((one) => !one.unannounced);
}

async function isHidden(ctx: Context, kit: Pick<Kit, 'staff'>, { id, municipalityId }: Hearing): Promise<boolean> {
  return !readsDrafts(kit, municipalityId) && (await isUnannounced(ctx, id));
}

/** Whether nobody outside the office is to know of it. */
export async function isUnannounced(ctx: Context, id: number): Promise<boolean> {
  return (await findUnannounced(ctx.tx ?? ctx.db, [id])).has(id);
}

function readsDrafts({ staff }: Pick<Kit, 'staff'>, municipalityId: number): boolean {
  return staff.some((one) => one.municipalityId === municipalityId && hasRight(one.role, 'announcements.read'));
}
