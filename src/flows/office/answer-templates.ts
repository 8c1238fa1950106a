import { DEFAULT_LOCALE, type Locale, type Translate } from '../../core/texts.ts';
import type { Dialog, Flow, Option } from '../../dialog/types.ts';
import { MAX_ANSWER_LENGTH } from '../../proposals/answer-proposal.ts';
import {
  ANSWERED_STATUSES,
  type AnsweredStatus,
  type AnswerTemplate,
  addTemplate,
  changeTemplate,
  listTemplates,
  removeTemplate,
  TemplateNotFoundError,
  TooManyTemplatesError,
} from '../../proposals/answer-templates.ts';
import type { AnswerTexts } from '../../proposals/answer-texts.ts';
import { NoRightError } from '../../staff/require-right.ts';
import { asStaff, type Kit, textsOf } from '../kit.ts';
import { beginning, OWN_WORDS, ownWords } from './free-words.ts';
import { enterOffice, entranceOf, type Office } from './office.ts';

export interface AnswersArgs {
  readonly office?: Office;
  readonly status?: AnsweredStatus;
}

/** The sentences that the office answers with: looked at, added, changed, removed; one change a conversation. */
export const answers: Flow<Kit, AnswersArgs> = {
  name: 'answers',
  version: 1,
  async run(d, kit, args) {
    const t = textsOf(kit);
    const office = args.office
      ? entranceOf(kit, 'answers.edit')(args.office)
      : await enterOffice(d, kit, 'answers.edit');
    if (office === null) return;
    const desk: TemplateDesk = { d, kit, t, locale: kit.locale ?? DEFAULT_LOCALE, office };
    const status = args.status ?? (await askStatus(d, t));
    if (status === null) return kit.next({ start: 'inbox', args: { about: '', office } });
    const changed = await oneChange(desk, status);
    kit.next({ start: 'answers', args: changed ? { office, status } : { office } });
  },
};

interface TemplateDesk {
  readonly d: Dialog;
  readonly kit: Kit;
  readonly t: Translate;
  readonly locale: Locale;
  readonly office: Office;
}

async function askStatus(d: Dialog, t: Translate): Promise<AnsweredStatus | null> {
  const options = ANSWERED_STATUSES.map((id) => ({ id, label: t(`status-${id}`) }));
  const chosen = await d.choose('status', t('templates-status'), [...options, { id: 'card', label: t('btn-to-card') }]);
  return ANSWERED_STATUSES.find((id) => id === chosen) ?? null;
}

/** False: back to the statuses. */
async function oneChange(desk: TemplateDesk, status: AnsweredStatus): Promise<boolean> {
  const { d, t, locale, office } = desk;
  const { municipalityId } = office;
  const templates = await d.remember('templates', (ctx) => listTemplates(ctx.tx ?? ctx.db, { municipalityId, status }));
  const own = templates.filter(({ id }) => id !== null);
  const prompt = t(own.length > 0 ? 'templates-own' : 'templates-default', { status: t(`status-${status}`) });
  const lines = templates.map(({ texts }, at) => `${at + 1}. ${texts[locale]}`);
  const options: Option[] = [
    ...own.map(({ id, texts }) => ({ id: `t${id ?? 0}`, label: beginning(texts[locale]) })),
    { id: 'add', label: t('btn-add-template') },
    { id: 'back', label: t('btn-to-list') },
  ];
  const chosen = await d.choose('template', [prompt, ...lines].join('\n'), options);
  if (chosen === 'back') return false;
  if (chosen === 'add') {
    const texts = await askTexts(desk);
    await apply(desk, t('templates-saved'), (as) => addTemplate(as, { municipalityId, status, texts }));
    return true;
  }
  const template = own.find(({ id }) => chosen === `t${id ?? 0}`);
  if (template !== undefined) await openTemplate(desk, template);
  return true;
}

async function openTemplate(desk: TemplateDesk, { id, texts }: AnswerTemplate): Promise<void> {
  const { d, t, office } = desk;
  const { municipalityId } = office;
  const templateId = id ?? 0;
  const options = [
    { id: 'change', label: t('btn-change-template') },
    { id: 'remove', label: t('btn-remove-template') },
    { id: 'back', label: t('btn-to-list') },
  ];
  const all = [texts.ky, texts.ru, texts.en].join('\n');
  const chosen = await d.choose('open', `${all}\n${t('templates-open')}`, options);
  if (chosen === 'change') {
    const reworded = await askTexts(desk);
    await apply(desk, t('templates-saved'), (as) =>
      changeTemplate(as, { municipalityId, templateId, texts: reworded }),
    );
  }
  if (chosen === 'remove') {
    await apply(desk, t('templates-removed'), (as) => removeTemplate(as, { municipalityId, templateId }));
  }
}

/** The same sentence in three languages; what is left out is said in Kyrgyz. */
async function askTexts({ d, t }: TemplateDesk): Promise<AnswerTexts> {
  const parse = ownWords(t, MAX_ANSWER_LENGTH);
  const ky = await d.ask(OWN_WORDS, t('templates-ky'), { parse });
  const ru = await d.ask(OWN_WORDS, t('templates-ru'), { parse, optional: true });
  const en = await d.ask(OWN_WORDS, t('templates-en'), { parse, optional: true });
  return { ky, ru: ru ?? ky, en: en ?? ky };
}

async function apply(
  { d, t, office }: TemplateDesk,
  done: string,
  verb: (ctx: Parameters<typeof addTemplate>[0]) => Promise<unknown>,
): Promise<void> {
  const outcome = await d.effect('apply', async (ctx) => {
    try {
      await verb(asStaff(ctx, office.staffId));
      return { is: 'done' } as const;
    } catch (error) {
      if (error instanceof TemplateNotFoundError) return { is: 'gone' } as const;
      if (error instanceof TooManyTemplatesError) return { is: 'full', most: error.most } as const;
      if (error instanceof NoRightError) return { is: 'no-right' } as const;
      throw error;
    }
  });
  switch (outcome.is) {
    case 'done':
      return d.say(done);
    case 'gone':
      return d.say(t('templates-gone'));
    case 'full':
      return d.say(t('templates-full', { most: outcome.most }));
    case 'no-right':
      return d.say(t('no-right'));
  }
}
