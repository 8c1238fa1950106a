import type { Option } from '../../dialog/types.ts';
import { getPlan } from '../../plans/queries.ts';
import { type Reasons, type Suggestion, suggestLines } from '../../plans/suggest-lines.ts';
import { takeSuggestion } from '../../plans/take-suggestion.ts';
import { act, type Desk, go, look } from './plan-desk.ts';

/** So many sectors at once: those that most people wrote about. */
const SHOWN = 12;

/** What most people ask for, with the reasons; one tap makes a line of it. */
export async function suggestScreen(desk: Desk, planId: number): Promise<void> {
  const { d, t, locale } = desk;
  const shown = await look(desk, 'suggestions', async (db) => {
    const { id, municipalityId, revision, lines } = await getPlan(db, planId);
    const all = await suggestLines(db, { id, municipalityId });
    const items = Object.fromEntries(lines.map((line) => [line.id, line.position]));
    return { revision, items, suggestions: all.slice(0, SHOWN) };
  });
  if (shown === null) return;
  const { suggestions, revision } = shown;
  if (suggestions.length === 0) {
    await d.say(t('plan-suggest-none'));
    return go(desk, { planId });
  }
  const text = [t('plan-suggest'), ...suggestions.map((one, index) => `${index + 1}. ${reasons(one, desk)}`)];
  const options: Option[] = [
    ...suggestions.map(({ sectorId, people }) => ({
      id: `s-${sectorId}`,
      label: t('plan-suggest-option', { sector: sectorName(sectorId, desk), people }),
      spellings: [sectorName(sectorId, desk)],
    })),
    { id: 'back', label: t('btn-plan-back'), pinned: true },
  ];
  const answer = await d.choose('sector', text.join('\n'), options);
  const chosen = suggestions.find(({ sectorId }) => `s-${sectorId}` === answer);
  if (chosen === undefined) return go(desk, { planId });
  const villageIds = await askVillages(desk, chosen);
  const joins = chosen.lineId !== null && (await d.confirm('join', t('plan-ask-join'), joinLabels(t)));
  const taken = await act(desk, 'take', (ctx) =>
    takeSuggestion(ctx, {
      planId,
      revision,
      sectorId: chosen.sectorId,
      language: locale,
      ...(villageIds === null ? {} : { villageIds }),
      ...(joins && chosen.lineId !== null ? { lineId: chosen.lineId } : {}),
    }),
  );
  if (taken === null) return go(desk, { planId });
  const item = shown.items[taken.lineId] ?? Object.keys(shown.items).length + 1;
  await d.say(t('plan-done-added', { item, count: taken.proposals }));
  return go(desk, { planId, lineId: taken.lineId });
}

function joinLabels(t: Desk['t']): { yes: string; no: string } {
  return { yes: t('btn-plan-join'), no: t('btn-plan-new-line') };
}

/** Null: all of them. */
async function askVillages(desk: Desk, { sectorId, villages }: Suggestion): Promise<string[] | null> {
  if (villages.length < 2) return null;
  const { d, t, kit, locale } = desk;
  const name = (id: string) => kit.places.village(id)?.names[locale] ?? id;
  const options: Option[] = [
    { id: 'all', label: t('btn-plan-all-villages') },
    ...villages.map(({ villageId, people }) => ({
      id: villageId,
      label: t('plan-suggest-option', { sector: name(villageId), people }),
      spellings: [name(villageId)],
    })),
  ];
  const lines = villages.map((one) => counts(one, name(one.villageId), t));
  const text = [sectorName(sectorId, desk), ...lines, t('plan-suggest-which')].join('\n');
  const chosen = await d.choose('villages', text, options);
  return chosen === 'all' ? null : [chosen];
}

function reasons(one: Suggestion, desk: Desk): string {
  const { t, kit, locale } = desk;
  const villages = one.villages.map(
    ({ villageId, people }) => `${kit.places.village(villageId)?.names[locale] ?? villageId} ${people}`,
  );
  return `${counts(one, sectorName(one.sectorId, desk), t)} (${villages.join(', ')})`;
}

/** The reasons in numbers; women only where authors told that they are. */
function counts({ people, women, supporters, proposals }: Reasons, sector: string, t: Desk['t']): string {
  const numbers = { sector, people, supporters, proposals };
  return women > 0 ? t('plan-suggest-item', { ...numbers, women }) : t('plan-suggest-item-plain', numbers);
}

function sectorName(id: string, { kit, office, locale }: Desk): string {
  return kit.places.sector(office.municipalityId, id)?.labels[locale] ?? id;
}
