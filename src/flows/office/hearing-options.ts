import type { Context } from '../../core/context.ts';
import type { Translate } from '../../core/texts.ts';
import type { Option } from '../../dialog/types.ts';
import { countIntents, tallyIntents } from '../../hearings/intent-queries.ts';
import type { Hearing } from '../../hearings/queries.ts';
import { countOpenQuestions } from '../../hearings/question-queries.ts';
import { phaseOf } from '../../hearings/rules.ts';

export const DESK_ACTS = ['people', 'questions', 'record', 'move', 'cancel'] as const;
export type DeskAct = (typeof DESK_ACTS)[number];

/** What the office sees below a hearing, and what it may do with it. */
export async function deskOptions(
  ctx: Context,
  hearing: Hearing,
  t: Translate,
): Promise<{ text: string; options: Option[] }> {
  const db = ctx.tx ?? ctx.db;
  const { coming, away } = tallyIntents(await countIntents(db, hearing.id));
  const count = await countOpenQuestions(db, hearing.id);
  const phase = phaseOf(hearing, ctx.clock.now());
  const planned = phase === 'coming' || phase === 'begun';
  const offered: Record<DeskAct, boolean> = {
    people: coming + away > 0,
    questions: count > 0,
    record: phase === 'begun' || phase === 'held',
    move: planned,
    cancel: planned,
  };
  const lines = [
    t('hearing-intents', { coming, away }),
    ...(count > 0 ? [t('hearing-open-questions', { count })] : []),
  ];
  const options = DESK_ACTS.filter((act) => offered[act]).map((id) => ({ id, label: t(`btn-hearing-${id}`) }));
  return { text: lines.join('\n'), options };
}
