import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import type { DialogKey } from '../messaging/dialog-key.ts';
import { requireRight } from '../staff/require-right.ts';
import type { Right } from '../staff/rights.ts';
import { planJobs } from './tables.ts';
import { PLAN_LANGUAGES } from './template-tags.ts';

const language = z.enum(PLAN_LANGUAGES);

/** What takes a file, so that no turn waits for it. */
export const PlanRequest = z.discriminatedUnion('kind', [
  /** The plan as a document; `version`: as it was put down then. */
  z.strictObject({ kind: z.literal('document'), planId: z.int(), version: z.int().optional(), language }),
  /** The template in use. */
  z.strictObject({ kind: z.literal('template'), language }),
  /** A file that somebody sent is to be the template. */
  z.strictObject({ kind: z.literal('new-template'), mediaId: z.int(), language }),
]);
export type PlanRequest = z.output<typeof PlanRequest>;

/** What somebody must be allowed for it, when they ask and when it is done. */
export function rightFor({ kind }: PlanRequest): Right {
  return kind === 'new-template' ? 'plans.edit' : 'exports.make';
}

/** So many at once for one person: whoever taps a button ten times wants one file. */
const MOST_WAITING = 3;

/** Notes what is wanted; `runPlanJobs` does it and answers in the chat. False: enough is waiting. @throws {NoRightError} */
export async function requestPlanJob(
  ctx: Context,
  input: { municipalityId: number; staffId: number; key: DialogKey; locale: Locale; request: PlanRequest },
): Promise<boolean> {
  const { municipalityId, staffId, key, locale } = input;
  const request = PlanRequest.parse(input.request);
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, rightFor(request), municipalityId);
    const own = and(eq(planJobs.staffId, staffId), sql`${planJobs.request}->>'kind' = ${request.kind}`);
    if ((await tx.$count(planJobs, own)) >= MOST_WAITING) return false;
    const { channel, account, chatId, personId } = key;
    await tx.insert(planJobs).values({
      municipalityId,
      staffId,
      channel,
      account,
      chatId,
      personId,
      request,
      locale,
      createdAt: ctx.clock.now(),
    });
    if (request.kind === 'document') {
      await recordAudit(tx, ctx, {
        action: 'plan.export',
        subject: `plan:${request.planId}`,
        municipalityId,
        after: { language: request.language, version: request.version ?? null },
      });
    }
    return true;
  });
}
