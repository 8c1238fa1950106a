import { eq, max } from 'drizzle-orm';
import { actorName } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { getPlan, type PlanView } from './queries.ts';
import { planVersions } from './tables.ts';

/** Puts down how the plan stands now, lines and proposals with it. Returns it with its number, from 1. */
export async function keepVersion(
  tx: Tx,
  ctx: Context,
  planId: number,
): Promise<{ version: number; content: PlanView }> {
  const content = await getPlan(tx, planId);
  const [last] = await tx
    .select({ version: max(planVersions.version) })
    .from(planVersions)
    .where(eq(planVersions.planId, planId));
  const version = (last?.version ?? 0) + 1;
  await tx
    .insert(planVersions)
    .values({ planId, version, status: content.status, at: ctx.clock.now(), actor: actorName(ctx.actor), content });
  return { version, content };
}
