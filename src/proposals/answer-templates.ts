import { and, asc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Database } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { type TextKey, translator } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireRight } from '../staff/require-right.ts';
import { AnswerInput } from './answer-proposal.ts';
import { type AnswerTexts, inEachLanguage } from './answer-texts.ts';
import type { ProposalStatus } from './rules.ts';
import { answerTemplates } from './tables.ts';

/** Statuses that an answer may go with: the one a proposal is given, or has. */
export const ANSWERED_STATUSES = ['received', 'in_review', 'planned', 'funded', 'done', 'declined'] as const;
export type AnsweredStatus = (typeof ANSWERED_STATUSES)[number];

/** As many as a keyboard holds in comfort. */
const MOST_TEMPLATES = 8;

/** A sentence to answer with. */
export interface AnswerTemplate {
  /** Null: one of those that the program brings, until the municipality has its own for this status. */
  readonly id: number | null;
  readonly texts: AnswerTexts;
}

/** There is no such template in the municipality. */
export class TemplateNotFoundError extends AppError {
  constructor(templateId: number) {
    super('not-found', `answer template ${templateId}: not there, or removed`);
  }
}

/** A keyboard holds no more of them. */
export class TooManyTemplatesError extends AppError {
  readonly most = MOST_TEMPLATES;
  constructor(status: ProposalStatus) {
    super('conflict', `answer templates for '${status}': ${MOST_TEMPLATES} are there, expected no more`);
  }
}

/** Texts without variables alone. */
const DEFAULTS: Readonly<Record<AnsweredStatus, readonly (TextKey & `template-${string}-${number}`)[]>> = {
  received: ['template-received-1', 'template-received-2'],
  in_review: ['template-review-1', 'template-review-2'],
  planned: ['template-planned-1'],
  funded: ['template-funded-1'],
  done: ['template-done-1'],
  declined: ['template-declined-1', 'template-declined-2', 'template-declined-3'],
};

/** The municipality's own sentences for a status in their order; those of the program while there are none. */
export async function listTemplates(
  db: Database,
  o: { municipalityId: number; status: AnsweredStatus },
): Promise<readonly AnswerTemplate[]> {
  const own = await db
    .select({ id: answerTemplates.id, texts: answerTemplates.texts })
    .from(answerTemplates)
    .where(
      and(
        eq(answerTemplates.municipalityId, o.municipalityId),
        eq(answerTemplates.status, o.status),
        isNull(answerTemplates.removedAt),
      ),
    )
    .orderBy(asc(answerTemplates.position), asc(answerTemplates.id));
  if (own.length > 0) return own;
  return DEFAULTS[o.status].map((key) => ({ id: null, texts: inEachLanguage((locale) => translator(locale)(key)) }));
}

const AddTemplateInput = z.object({ municipalityId: z.int(), status: z.enum(ANSWERED_STATUSES), texts: AnswerInput });

/** Adds a sentence behind the others of its status. @throws {TooManyTemplatesError} @throws {NoRightError} */
export async function addTemplate(ctx: Context, input: z.input<typeof AddTemplateInput>): Promise<number> {
  const { municipalityId, status, texts } = AddTemplateInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'answers.edit', municipalityId);
    const own = await tx
      .select({ position: answerTemplates.position })
      .from(answerTemplates)
      .where(
        and(
          eq(answerTemplates.municipalityId, municipalityId),
          eq(answerTemplates.status, status),
          isNull(answerTemplates.removedAt),
        ),
      );
    if (own.length >= MOST_TEMPLATES) throw new TooManyTemplatesError(status);
    const position = Math.max(0, ...own.map((one) => one.position)) + 1;
    const [row] = await tx
      .insert(answerTemplates)
      .values({ municipalityId, status, texts, position, updatedAt: ctx.clock.now() })
      .returning({ id: answerTemplates.id });
    if (row === undefined) throw new Error('insert into answer_templates returned no row');
    await recordAudit(tx, ctx, {
      action: 'template.add',
      subject: `template:${row.id}`,
      municipalityId,
      after: { status, position },
    });
    return row.id;
  });
}

const ChangeTemplateInput = z.object({ municipalityId: z.int(), templateId: z.int(), texts: AnswerInput });

/** Rewords a sentence; answers given with it before stay as they were. @throws {TemplateNotFoundError} @throws {NoRightError} */
export async function changeTemplate(ctx: Context, input: z.input<typeof ChangeTemplateInput>): Promise<void> {
  const { municipalityId, templateId, texts } = ChangeTemplateInput.parse(input);
  await change(ctx, { municipalityId, templateId, action: 'template.change', set: { texts } });
}

/** Offers a sentence no more. @throws as `changeTemplate` */
export async function removeTemplate(
  ctx: Context,
  { municipalityId, templateId }: { municipalityId: number; templateId: number },
): Promise<void> {
  const set = { removedAt: ctx.clock.now() };
  await change(ctx, { municipalityId, templateId, action: 'template.remove', set });
}

async function change(
  ctx: Context,
  o: {
    municipalityId: number;
    templateId: number;
    action: string;
    set: Partial<typeof answerTemplates.$inferInsert>;
  },
): Promise<void> {
  const { municipalityId, templateId, action, set } = o;
  await withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'answers.edit', municipalityId);
    const changed = await tx
      .update(answerTemplates)
      .set({ ...set, updatedAt: ctx.clock.now() })
      .where(
        and(
          eq(answerTemplates.id, templateId),
          eq(answerTemplates.municipalityId, municipalityId),
          isNull(answerTemplates.removedAt),
        ),
      )
      .returning({ status: answerTemplates.status });
    const [found] = changed;
    if (found === undefined) throw new TemplateNotFoundError(templateId);
    await recordAudit(tx, ctx, {
      action,
      subject: `template:${templateId}`,
      municipalityId,
      before: { status: found.status },
      after: { length: set.texts?.ky.length ?? 0 },
    });
  });
}
