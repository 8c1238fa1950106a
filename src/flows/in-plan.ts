import type { Database } from '../core/context.ts';
import type { Translate } from '../core/texts.ts';
import { findLineOf } from '../plans/queries.ts';
import type { ProposalStatus } from '../proposals/rules.ts';

const IN_PLAN: readonly ProposalStatus[] = ['planned', 'funded', 'done'];

/** A line that tells in which plan and item it stands, as its people were told; none where no approved plan has it. */
export async function inPlan(
  db: Database,
  { id, status }: { id: number; status: ProposalStatus },
  t: Translate,
): Promise<string[]> {
  const found = IN_PLAN.includes(status) ? await findLineOf(db, { proposalId: id, approved: true }) : null;
  if (found === null) return [];
  return [t('my-item-plan', { plan: t('plan-name', { year: String(found.year) }), line: found.position })];
}
