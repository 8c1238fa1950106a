import { formatDate } from '../core/dates.ts';
import { bold, type Text } from '../core/text.ts';
import { DEFAULT_LOCALE, type Translate } from '../core/texts.ts';
import type { Dialog, Flow, Option } from '../dialog/types.ts';
import { answerIn } from '../proposals/answer-texts.ts';
import { editProposal } from '../proposals/edit-proposal.ts';
import { ProposalClosedError } from '../proposals/errors.ts';
import {
  countOwnProposals,
  findMergedInto,
  getOwnProposal,
  listOwnProposals,
  type OwnProposal,
} from '../proposals/queries.ts';
import { listOpenQuestions, type OpenQuestion } from '../proposals/question-queries.ts';
import { isSetAside, mayEdit, type ProposalStatus } from '../proposals/rules.ts';
import { withdrawProposal } from '../proposals/withdraw-proposal.ts';
import { SenderBlockedError } from '../residents/block-resident.ts';
import { editClosed } from './closed.ts';
import { inPlan } from './in-plan.ts';
import { asResident, isElsewhere, type Kit, orElsewhere, textsOf } from './kit.ts';
import { openSupported, readSupportedOption, supportedOptions } from './my-supported.ts';
import { parseText } from './proposal-draft.ts';

/** As many as a keyboard with pages holds in comfort; older ones are read in the office's list. */
const LISTED = 50;

/**
 * Own proposals: number, status, answer; read, corrected while nobody works on them, withdrawn. Behind them those that
 * the person supports.
 */
export const myProposals: Flow<Kit> = {
  name: 'my',
  version: 2,
  async run(d, kit) {
    const t = textsOf(kit);
    const residentId = await d.remember('me', () => kit.resident?.id ?? null);
    for (;;) {
      const own = residentId === null ? [] : await list(d, residentId, t);
      const supported = residentId === null ? [] : await supportedOptions(d, { t, residentId });
      if (residentId === null || own.length + supported.length === 0) {
        const write = { id: 'propose', label: t('btn-write-proposal') };
        const answer = await d.choose('empty', t('my-empty'), [write], orElsewhere);
        return kit.next(isElsewhere(answer) ? { again: true } : { start: 'propose', args: { opened: false } });
      }
      const count = await d.remember('count', (ctx) => countOwnProposals(ctx.tx ?? ctx.db, residentId));
      const prompt = own.length > 0 ? t('my-list', { count }) : t('my-list-supported', { count: supported.length });
      const which = await d.choose('which', prompt, [...own, ...supported], orElsewhere);
      if (isElsewhere(which)) return kit.next({ again: true });
      const supportedId = readSupportedOption(which);
      const more =
        supportedId === null
          ? await open(d, kit, { t, residentId, id: Number(which) })
          : await openSupported(d, kit, { t, residentId, id: supportedId });
      if (!more) return;
    }
  },
};

function list(d: Dialog, residentId: number, t: Translate): Promise<Option[]> {
  return d.remember('list', async (ctx) => {
    const own = await listOwnProposals(ctx.tx ?? ctx.db, residentId, {
      limit: LISTED,
      offset: 0,
    });
    return own.map((proposal) => ({
      id: String(proposal.id),
      label: t('my-option', { number: proposal.number, status: statusOf(proposal, t) }),
      spellings: [proposal.number],
    }));
  });
}

function statusOf(proposal: OwnProposal, t: Translate): string {
  return isSetAside(proposal) ? t('my-set-aside') : t(`status-${proposal.status}`);
}

/** One proposal and what may be done with it. False: the person is done. */
async function open(d: Dialog, kit: Kit, o: { t: Translate; residentId: number; id: number }): Promise<boolean> {
  const { t, residentId, id } = o;
  const shown = await d.remember('item', async (ctx) => {
    const db = ctx.tx ?? ctx.db;
    const proposal = await getOwnProposal(db, residentId, id);
    const aside = isSetAside(proposal);
    const into = aside ? null : await findMergedInto(db, id);
    const questions = await listOpenQuestions(db, id);
    const plan = await inPlan(db, { id, status: (into ?? proposal).status }, t);
    return {
      number: proposal.number,
      open: mayEdit(proposal.status),
      blocked: kit.resident?.blockedAt != null,
      aside,
      text: describe(proposal, { questions, into, plan }, kit, t),
      questions: questions.map(({ id: questionId, number, question }) => ({ id: questionId, number, question })),
    };
  });
  const options: Option[] = [
    ...(shown.questions.length > 0 ? [{ id: 'answer', label: t('btn-answer') }] : []),
    ...(shown.open && !shown.blocked && !shown.aside ? [{ id: 'edit', label: t('btn-edit-text') }] : []),
    ...(shown.open ? [{ id: 'withdraw', label: t('btn-withdraw') }] : []),
    { id: 'list', label: t('btn-to-list') },
  ];
  const answer = await d.choose('item', shown.text, options, orElsewhere);
  if (isElsewhere(answer)) kit.next({ again: true });
  if (answer === 'answer') kit.next({ start: 'answer-question', args: { questions: shown.questions, input: null } });
  if (answer === 'edit') await correct(d, o);
  if (answer === 'withdraw') await withdraw(d, { ...o, number: shown.number });
  return answer === 'list';
}

interface Around {
  readonly questions: readonly OpenQuestion[];
  /** What stands for it now: from then on that is what gets further, and is answered. */
  readonly into: Awaited<ReturnType<typeof findMergedInto>>;
  readonly plan: readonly string[];
}

function describe(proposal: OwnProposal, { questions, into, plan }: Around, kit: Kit, t: Translate): Text {
  const { number, text, submittedAt, municipalityId } = proposal;
  const zone = kit.places.municipality(municipalityId).timeZone;
  const village = kit.places.village(proposal.villageId);
  const sector = kit.places.sector(municipalityId, proposal.sectorId);
  const locale = kit.locale ?? DEFAULT_LOCALE;
  const answer = (into && answerIn(into, locale)) ?? answerIn(proposal, locale);
  const lines = [
    statusOf(proposal, t),
    ...(isSetAside(proposal) ? [t('my-item-set-aside')] : []),
    ...(into === null ? [] : [t('my-item-merged', { target: into.number, status: t(`status-${into.status}`) })]),
    ...plan,
    text === '' ? t('card-no-text') : t('card-text', { text }),
    ...(village ? [t('card-village', { village: village.names[locale] })] : []),
    ...(sector ? [t('card-sector', { sector: sector.labels[locale] })] : []),
    ...(proposal.attachmentCount > 0 ? [t('card-files', { count: proposal.attachmentCount })] : []),
    t('my-item-date', { date: formatDate(submittedAt, locale, zone, 'long') }),
    ...(answer === null ? [] : [t('my-item-answer', { answer })]),
    ...questions.map(({ question }) => t('question-waits', { question })),
  ];
  return [bold(number), ` · ${lines.join('\n')}`];
}

async function correct(
  d: Dialog,
  { t, residentId, id }: { t: Translate; residentId: number; id: number },
): Promise<void> {
  const text = await d.ask('new-text', t('ask-new-text'), {
    parse: parseText(t),
  });
  const edited = await d.effect('edit', (ctx) =>
    whileOpen(() =>
      editProposal(asResident(ctx, residentId), { proposalId: id, text }).then(
        ({ number }) => ({ number }),
        nullWhereBlocked,
      ),
    ),
  );
  if ('closed' in edited) return d.say(editClosed(t, edited.closed));
  await d.say(edited.number === null ? t('sender-blocked') : t('my-changed', { number: edited.number }));
}

async function withdraw(
  d: Dialog,
  { t, residentId, id, number }: { t: Translate; residentId: number; id: number; number: string },
): Promise<void> {
  const labels = { yes: t('btn-withdraw-yes'), no: t('btn-withdraw-no') };
  if (!(await d.confirm('sure', t('withdraw', { number }), labels))) {
    await d.say(t('withdraw-kept'));
    return;
  }
  const done = await d.effect('withdraw', (ctx) => whileOpen(() => withdrawProposal(asResident(ctx, residentId), id)));
  await d.say(
    'closed' in done
      ? t('withdraw-closed', { status: t(`status-${done.closed}`) })
      : t('withdrawn', { number: done.number }),
  );
}

/** `closed`: staff began to work on it in the meantime. */
async function whileOpen<T extends object>(verb: () => Promise<T>): Promise<T | { readonly closed: ProposalStatus }> {
  try {
    return await verb();
  } catch (error) {
    if (error instanceof ProposalClosedError) return { closed: error.status };
    throw error;
  }
}

/** Staff blocked the person after the button was shown. */
function nullWhereBlocked(error: unknown): { number: null } {
  if (error instanceof SenderBlockedError) return { number: null };
  throw error;
}
