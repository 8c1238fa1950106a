import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { AppError, toError } from '../core/errors.ts';
import { translator } from '../core/texts.ts';
import { foreignItems } from '../plans/foreign-words.ts';
import { MAX_TEMPLATE_MEGABYTES } from '../plans/open-template.ts';
import { planFields } from '../plans/plan-document.ts';
import type { PlanView } from '../plans/queries.ts';
import { renderPlan } from '../plans/render-plan.ts';
import type { PlanLanguage } from '../plans/template-tags.ts';
import { describeProblems } from '../plans/template-words.ts';
import { getTemplate, resetTemplate, setTemplate, TemplateError } from '../plans/templates.ts';
import type { Chosen } from './plan-choice.ts';
import { tell } from './with-database.ts';

/** Writes a plan as a Word file. */
export async function exportPlan(
  { world, places, municipality }: Chosen,
  plan: PlanView,
  { language, out, version }: { language: PlanLanguage; out: string; version?: number },
): Promise<void> {
  const template = await getTemplate(world.ctx.db, { municipalityId: municipality.id, language });
  await write(out, renderPlan(template, planFields(plan, places, language), language));
  tell(`${out}: plan of ${plan.year}, ${plan.lines.length} line(s).`);
  const items = version === undefined ? foreignItems(plan) : [];
  if (items.length > 0) tell(`Words in Latin letters, to be written anew, stand in line ${items.join(', ')}.`);
}

export interface TemplateOptions {
  readonly language: PlanLanguage;
  readonly out?: string;
  readonly reset?: true;
}

/** Puts a template in, takes it out as a file, or goes back to the first one. @throws {AppError} for every mistake a line */
export async function handleTemplate(
  { world, municipality }: Chosen,
  path: string | undefined,
  { language, out, reset }: TemplateOptions,
): Promise<void> {
  const whose = { municipalityId: municipality.id, language };
  if (path !== undefined) {
    await putTemplate(world.ctx, whose, path);
    return tell(`The template in '${language}' is kept.`);
  }
  if (reset === true) {
    const done = await resetTemplate(world.ctx, whose);
    return tell(done ? 'The first template is in use again.' : 'The first template is in use.');
  }
  if (out === undefined) throw new AppError('invalid', 'Give a FILE to load, --out FILE to write, or --reset.');
  await write(out, await getTemplate(world.ctx.db, whose));
  tell(`${out}: template in '${language}'.`);
}

async function putTemplate(
  ctx: Chosen['world']['ctx'],
  whose: { municipalityId: number; language: PlanLanguage },
  path: string,
): Promise<void> {
  const file = await readFile(path).catch((cause: unknown) => {
    throw new AppError('not-found', `${path} cannot be read: ${toError(cause).message}`, { cause });
  });
  try {
    if (file.length > MAX_TEMPLATE_MEGABYTES * 1024 * 1024) throw new TemplateError([{ kind: 'too-large', tag: '' }]);
    await setTemplate(ctx, { ...whose, file });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const lines = describeProblems(error.problems, translator('en'), Number.POSITIVE_INFINITY);
    throw new AppError('invalid', [`${path}: the template was not changed.`, ...lines].join('\n'), { cause: error });
  }
}

/** Under another name until it is whole. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
  } catch (cause) {
    await rm(`${path}.part`, { force: true });
    throw new AppError('conflict', `${path} cannot be written: ${toError(cause).message}`, { cause });
  }
}
