import type { Context } from '../core/context.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import type { Dialog, Flow, Option } from '../dialog/types.ts';
import { HEARING_ACTS, hearingButton } from '../hearings/hearing-buttons.ts';
import { hasRight } from '../staff/rights.ts';
import { findHearing, findHearings } from './find-hearings.ts';
import { frameOf, type HearingView, labelOf, lineOf, sayFile, viewHearing } from './hearing-view.ts';
import { isElsewhere, type Kit, type Opened, orElsewhere } from './kit.ts';
import { askLanguage } from './language.ts';
import { deskOptions } from './office/hearing-options.ts';

export interface HearingsArgs extends Opened {
  /** Shown already: its files are not sent again. */
  readonly again?: true;
}

/** As many as a keyboard with pages holds in comfort. */
const LISTED = 20;

/** Hearings of the person's municipality: what is coming, what became of others; and what an office does with them. */
export const hearings: Flow<Kit, HearingsArgs> = {
  name: 'hearings',
  version: 1,
  async run(d, kit, { about, typed, again }) {
    const locale = await askLanguage(d, kit);
    if (locale === null) return;
    const t = translator(locale);
    if (typed === undefined && /^\d{1,15}$/.test(about)) {
      return oneHearing(d, kit, { t, locale, id: Number(about), again: again === true, listed: true });
    }
    const municipalityId = await whichMunicipality(d, kit, { t, locale });
    if (municipalityId === null) return kit.next({ again: true });
    const list = await d.remember('list', (ctx) => listed(ctx, kit, { municipalityId, locale }));
    const [only, second] = list;
    if (only === undefined) return d.say(t('hearings-none'));
    if (second === undefined) return oneHearing(d, kit, { t, locale, id: only.id, again: false, listed: false });
    const lines = list.map(({ line }, at) => `${at + 1}. ${line}`);
    const options = list.map(({ id, label }) => ({ id: String(id), label }));
    const chosen = await d.choose('which', [t('hearings-list'), ...lines].join('\n'), options, orElsewhere);
    if (isElsewhere(chosen)) return kit.next({ again: true });
    return oneHearing(d, kit, { t, locale, id: Number(chosen), again: false, listed: true });
  },
};

/** Where the person lives or manages hearings; where neither is known, they say. Null: they spoke of something else. */
async function whichMunicipality(
  d: Dialog,
  kit: Kit,
  { t, locale }: { t: Translate; locale: Locale },
): Promise<number | null> {
  const among = await d.remember('municipalities', () => {
    const ids = homesOf(kit);
    return ids.map((id) => ({ id: String(id), label: kit.places.municipality(id).names[locale] }));
  });
  const [only, second] = among;
  if (only !== undefined && second === undefined) return Number(only.id);
  const chosen = await d.choose('municipality', t('hearings-which'), among, orElsewhere);
  return isElsewhere(chosen) ? null : Number(chosen);
}

/** The municipalities whose hearings are the person's; all where nothing tells. */
export function homesOf({ places, resident, memory, staff }: Kit): number[] {
  const villageId = resident?.villageId ?? memory.villageId;
  const own = villageId === undefined || villageId === null ? null : places.municipalityOf(villageId);
  const offices = staff.filter(({ role }) => hasRight(role, 'hearings.manage')).map((one) => one.municipalityId);
  const ids = new Set([...(own === null ? [] : [own.id]), ...offices]);
  return ids.size > 0 ? [...ids] : places.municipalities.map(({ id }) => id);
}

async function listed(ctx: Context, kit: Kit, { municipalityId, locale }: { municipalityId: number; locale: Locale }) {
  const frame = frameOf(ctx, kit, locale);
  const found = await findHearings(ctx, kit, municipalityId);
  return found.slice(0, LISTED).map((one) => ({ id: one.id, label: labelOf(one, frame), line: lineOf(one, frame) }));
}

interface OneHearing {
  readonly t: Translate;
  readonly locale: Locale;
  readonly id: number;
  readonly again: boolean;
  /** There are others to go back to. */
  readonly listed: boolean;
}

async function oneHearing(d: Dialog, kit: Kit, { t, locale, id, again, listed: isListed }: OneHearing): Promise<void> {
  const shown = await d.remember('item', async (ctx) => {
    const found = await findHearing(ctx, kit, id);
    if (found === null) return null;
    const manages = kit.staff.some(
      (member) => member.municipalityId === found.municipalityId && hasRight(member.role, 'hearings.manage'),
    );
    const view = await viewHearing(ctx, kit, found, locale);
    return { view, desk: manages ? await deskOptions(ctx, found, t) : null };
  });
  if (shown === null) return d.say(t('hearing-gone'));
  const { view, desk } = shown;
  if (!again) for (const file of view.files) await sayFile(d, kit, file);
  const options: Option[] = [
    ...actOptions(view, t),
    ...(desk?.options ?? []),
    ...(isListed ? [{ id: 'list', label: t('btn-to-list') }] : []),
  ];
  const text = desk === null ? view.text : [...view.text, `\n${desk.text}`];
  if (options.length === 0) return d.say(text);
  const chosen = await d.choose('item', text, options, { ...orElsewhere, compact: true });
  if (isElsewhere(chosen)) return kit.next({ again: true });
  if (chosen === 'list') return kit.next({ start: 'hearings', args: { about: '' } satisfies HearingsArgs });
  const flow = HEARING_ACTS.some((act) => act === chosen) ? 'hearing' : 'hearing-desk';
  return kit.next({ start: flow, args: { about: `${id}.${chosen}` } satisfies Opened });
}

/** What anybody may do. The buttons go on working when the conversation is over. */
function actOptions({ id, phase, hasDraft, takesQuestions }: HearingView, t: Translate): Option[] {
  const offered = [
    { id: 'come', label: t('btn-come'), is: phase === 'coming' },
    { id: 'cannot', label: t('btn-cannot-come'), is: phase === 'coming' },
    { id: 'draft', label: t('btn-read-draft'), is: hasDraft && phase !== 'canceled' },
    { id: 'ask', label: t('btn-hearing-ask'), is: takesQuestions },
  ] as const;
  return offered
    .filter(({ is }) => is)
    .map(({ id: act, label }) => ({ id: act, label, opens: hearingButton(id, act) }));
}
