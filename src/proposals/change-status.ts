import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { type Locale, translator } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { AnswerInput } from './answer-proposal.ts';
import { type AnswerTexts, inEachLanguage, type KeptAnswer, keepAnswer } from './answer-texts.ts';
import { AnswerNeededError, StatusError } from './errors.ts';
import { lockForStaff, requireShown } from './lock-for-staff.ts';
import { PROPOSAL_STATUSES, staffSteps } from './rules.ts';
import { setStatus } from './set-status.ts';
import { type Money, tellNews } from './tell-people.ts';

/** More soms than any aimak has. */
export const MOST_SOMS = 999_999_999_999;

const ChangeStatusInput = z.object({
  proposalId: z.int(),
  revision: z.int().optional(),
  to: z.enum(PROPOSAL_STATUSES),
  /** Public. Declining needs one. */
  answer: AnswerInput.nullable().default(null),
  /** Only with `funded`. */
  money: z
    .object({
      amount: z.int().min(1).max(MOST_SOMS),
      source: z.string().transform(cleanText).pipe(z.string().min(1).max(200)),
    })
    .nullable()
    .default(null),
});
export type ChangeStatusInput = z.input<typeof ChangeStatusInput>;

/**
 * Staff take a proposal a step further, or decline or reopen it; its author and supporters are told, each once.
 * @throws {StatusError} where the step may not be taken @throws {AnswerNeededError} @throws {HiddenError} @throws as `lockForStaff`
 */
export async function changeStatus(ctx: Context, input: ChangeStatusInput): Promise<void> {
  const { proposalId, revision, to, answer, money } = ChangeStatusInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const proposal = await lockForStaff(tx, ctx, 'proposals.decide', { proposalId, revision });
    requireShown(proposal);
    if (!staffSteps(proposal.status).includes(to)) throw new StatusError(proposalId, proposal.status, to);
    if (to === 'declined' && answer === null) throw new AnswerNeededError(proposalId, to);
    const kept = keptAnswer(proposal.language, answer, to === 'funded' ? money : null);
    await setStatus(tx, ctx, proposal, { to, ...(kept === null ? {} : { answer: kept }) });
    if (to === 'funded' && money !== null) {
      await recordAudit(tx, ctx, {
        action: 'proposal.fund',
        subject: `proposal:${proposalId}`,
        municipalityId: proposal.officeId,
        after: { amount: money.amount },
      });
    }
    await tellNews(tx, ctx, proposal, { number: proposal.number, to, answer, money: to === 'funded' ? money : null });
  });
}

/** What is read below the proposal from then on; null: what stood there stays. */
function keptAnswer(language: Locale, answer: AnswerTexts | null, money: Money | null): KeptAnswer | null {
  if (answer === null && money === null) return null;
  const texts = inEachLanguage((locale) =>
    [
      ...(money === null ? [] : [translator(locale)('answer-funded', { ...money })]),
      ...(answer === null ? [] : [answer[locale]]),
    ].join('\n'),
  );
  return keepAnswer(texts, language);
}
