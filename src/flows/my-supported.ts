import { bold, type Text } from '../core/text.ts';
import { DEFAULT_LOCALE, type Translate } from '../core/texts.ts';
import type { Dialog, Option } from '../dialog/types.ts';
import { answerIn } from '../proposals/answer-texts.ts';
import { listSupported, type SupportedProposal } from '../proposals/support-queries.ts';
import { withdrawSupport } from '../proposals/withdraw-support.ts';
import { inPlan } from './in-plan.ts';
import { asResident, isElsewhere, type Kit, orElsewhere } from './kit.ts';

/** Further ones are supported all the same; the list has to stay a list. */
const LISTED = 50;

/** Stands before the id of what is supported, so that it is told from an own one. */
const PREFIX = 's';

/** The person and the language they read. */
interface Reader {
  readonly t: Translate;
  readonly residentId: number;
}

/** What the person supports, as choices beside the own ones. */
export function supportedOptions(d: Dialog, { t, residentId }: Reader): Promise<Option[]> {
  return d.remember('supported', async (ctx) => {
    const supported = await listSupported(ctx.tx ?? ctx.db, residentId, LISTED);
    return supported.map(({ id, number, status }) => ({
      id: `${PREFIX}${id}`,
      label: t('my-option-supported', { number, status: t(`status-${status}`) }),
      spellings: [number],
    }));
  });
}

/** The proposal behind such a choice; null: it is one of the own. */
export function readSupportedOption(option: string): number | null {
  return option.startsWith(PREFIX) ? Number(option.slice(PREFIX.length)) : null;
}

/** One supported proposal; its support may be taken back. False: the person is done. */
export async function openSupported(d: Dialog, kit: Kit, o: Reader & { id: number }): Promise<boolean> {
  const { t, residentId, id } = o;
  const text = await d.remember('supported-item', async (ctx) => {
    const db = ctx.tx ?? ctx.db;
    const supported = await listSupported(db, residentId, LISTED);
    const found = supported.find((one) => one.id === id);
    return found === undefined ? null : describe(found, await inPlan(db, found, t), kit, t);
  });
  // taken back on another phone, or hidden meanwhile
  if (text === null) return true;
  const options = [
    { id: 'withdraw', label: t('btn-withdraw-support') },
    { id: 'list', label: t('btn-to-list') },
  ];
  const answer = await d.choose('supported-item', text, options, orElsewhere);
  if (isElsewhere(answer)) kit.next({ again: true });
  if (answer !== 'withdraw') return answer === 'list';
  const { number, count } = await d.effect('withdraw-support', async (ctx) => {
    const left = await withdrawSupport(asResident(ctx, residentId), id);
    return { number: left.number, count: left.supporterCount };
  });
  await d.say(t('support-withdrawn', { number, count }));
  return false;
}

function describe(proposal: SupportedProposal, plan: readonly string[], kit: Kit, t: Translate): Text {
  const { number, status, text, municipalityId } = proposal;
  const locale = kit.locale ?? DEFAULT_LOCALE;
  const answer = answerIn(proposal, locale);
  const village = kit.places.village(proposal.villageId);
  const sector = kit.places.sector(municipalityId, proposal.sectorId);
  const lines = [
    t(`status-${status}`),
    ...plan,
    text === '' ? t('card-no-text') : t('card-text', { text }),
    ...(village ? [t('card-village', { village: village.names[locale] })] : []),
    ...(sector ? [t('card-sector', { sector: sector.labels[locale] })] : []),
    t('my-item-supporters', { count: proposal.supporterCount }),
    ...(answer === null ? [] : [t('my-item-answer', { answer })]),
  ];
  return [bold(number), ` · ${lines.join('\n')}`];
}
