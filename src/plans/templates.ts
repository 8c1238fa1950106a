import { and, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Database } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireRight } from '../staff/require-right.ts';
import { checkTemplate } from './check-template.ts';
import { defaultTemplate } from './default-template.ts';
import type { TemplateProblem } from './open-template.ts';
import { planTemplates } from './tables.ts';
import type { PlanLanguage } from './template-tags.ts';

/** The template cannot be used; nothing was changed. */
export class TemplateError extends AppError {
  readonly problems: readonly TemplateProblem[];
  constructor(problems: readonly TemplateProblem[]) {
    super('invalid', `the template cannot be used: ${problems.map(({ kind }) => kind).join(', ')}`);
    this.problems = problems;
  }
}

interface Whose {
  readonly municipalityId: number;
  readonly language: PlanLanguage;
}

/** Puts a template in the place of the one in use. @throws {NoRightError} @throws {TemplateError} naming every mistake */
export async function setTemplate(ctx: Context, input: Whose & { file: Uint8Array }): Promise<void> {
  const { municipalityId, language, file } = input;
  // outside of the transaction: it is filled with a sample, which takes its time
  const problems = checkTemplate(file, language);
  if (problems.length > 0) throw new TemplateError(problems);
  await withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'plans.edit', municipalityId);
    const updatedAt = ctx.clock.now();
    await tx
      .insert(planTemplates)
      .values({ municipalityId, language, file, updatedAt })
      .onConflictDoUpdate({
        target: [planTemplates.municipalityId, planTemplates.language],
        set: { file, updatedAt },
      });
    await recordAudit(tx, ctx, {
      action: 'plan.template.set',
      subject: `municipality:${municipalityId}`,
      municipalityId,
      after: { language, bytes: file.length },
    });
  });
}

/** Goes back to the template that comes with the program. False: it is in use already. @throws {NoRightError} */
export async function resetTemplate(ctx: Context, { municipalityId, language }: Whose): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'plans.edit', municipalityId);
    const removed = await tx
      .delete(planTemplates)
      .where(and(eq(planTemplates.municipalityId, municipalityId), eq(planTemplates.language, language)))
      .returning({ language: planTemplates.language });
    if (removed.length === 0) return false;
    await recordAudit(tx, ctx, {
      action: 'plan.template.reset',
      subject: `municipality:${municipalityId}`,
      municipalityId,
      after: { language },
    });
    return true;
  });
}

/** The template in use: the municipality's own, else the one that comes with the program. */
export async function getTemplate(db: Database, { municipalityId, language }: Whose): Promise<Uint8Array> {
  const [own] = await db
    .select({ file: planTemplates.file })
    .from(planTemplates)
    .where(and(eq(planTemplates.municipalityId, municipalityId), eq(planTemplates.language, language)));
  return own === undefined ? defaultTemplate(language) : own.file;
}
