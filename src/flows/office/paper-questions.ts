import { addDays, dayIn } from '../../core/days.ts';
import type { Locale, Translate } from '../../core/texts.ts';
import { wordsOf } from '../../core/words.ts';
import type { Dialog } from '../../dialog/types.ts';
import { listMeetings } from '../../meetings/queries.ts';
import type { Municipality } from '../../places/places.ts';
import { matchSector, suggestSectors } from '../../places/suggest-sectors.ts';
import { matchVillage, suggestVillage } from '../../places/suggest-village.ts';
import { askBeside, besideIn, type Given, together } from '../beside.ts';
import { type Kit, sectorOptions, villageOptions } from '../kit.ts';
import type { Words } from '../proposal-draft.ts';
import type { Office } from './office.ts';
import { meetingLabel, type PaperDraft, parseWho, type Who, whoOf, whoOptions } from './paper-card.ts';

/** What the papers of a pile have in common, so that it is asked once. */
export interface Pile {
  readonly villageId: string;
  readonly meetingId: number | null;
  /** Papers of it that are stored. */
  readonly count: number;
}

/** Everything the questions of one paper work with. */
export interface Desk {
  readonly kit: Kit;
  readonly office: Office;
  readonly municipality: Municipality;
  readonly locale: Locale;
  readonly t: Translate;
  readonly pile: Pile | null;
}

/** Meetings of the last days are offered as where a proposal was said. */
const RECENT_DAYS = 30;
const OFFERED_MEETINGS = 5;

export async function askVillage(d: Dialog, { kit, locale, t, municipality }: Desk, given: Given): Promise<string> {
  const options = await d.remember('villages', () => {
    const { ranked } = suggestVillage(together(given).text, municipality.villages, null);
    return villageOptions(kit.places, locale, municipality.villages, ranked);
  });
  return askBeside(d, besideIn(locale, given), (other) =>
    d.choose<string | Words>('village', t('paper-ask-village'), options, {
      other: (input) => {
        const id = input.kind === 'text' ? matchVillage(input.text, municipality.villages) : null;
        return id === null ? other(input) : { value: id };
      },
      misunderstood: t('village-unknown'),
    }),
  );
}

export async function askSector(d: Dialog, { t, locale, municipality }: Desk, given: Given): Promise<string> {
  const options = await d.remember('sectors', () => {
    const { text } = together(given);
    return sectorOptions(municipality, locale, text === '' ? [] : suggestSectors(text, municipality.sectors));
  });
  return askBeside(d, besideIn(locale, given), (other) =>
    d.choose<string | Words>('sector', t('ask-sector'), options, {
      other: (input) => {
        const id = input.kind === 'text' ? matchSector(input.text, municipality.sectors, locale) : null;
        return id === null ? other(input) : { value: id };
      },
      misunderstood: t('sector-unknown'),
    }),
  );
}

export async function askWho(d: Dialog, { t, locale }: Desk, given: Given): Promise<Who> {
  let typed: Who | null = null;
  const chosen = await askBeside(d, besideIn(locale, given), async (other) => {
    const answer = await d.choose<Who | Words>('who', t('paper-ask-who'), whoOptions(t), {
      other: (input) => {
        const who = input.kind === 'text' ? parseWho(input.text) : null;
        return who === null ? other(input) : { value: who };
      },
      optional: true,
      compact: true,
    });
    if (typeof answer === 'string' || 'text' in answer) return answer;
    typed = answer;
    return 'typed';
  });
  return typed ?? whoOf(chosen);
}

type ChosenMeeting = PaperDraft['meeting'];

/** Asked where a meeting of that village was recorded lately, and not again within a pile. */
export async function askMeeting(
  d: Dialog,
  desk: Desk,
  o: { villageId: string; given: Given; pile: Pile | null },
): Promise<ChosenMeeting> {
  const { t, locale, office, municipality } = desk;
  const { villageId, given, pile } = o;
  const recent = await d.remember('meetings', async (ctx) => {
    const since = addDays(dayIn(ctx.clock.now(), municipality.timeZone), -RECENT_DAYS);
    const all = await listMeetings(ctx.tx ?? ctx.db, { municipalityId: office.municipalityId, villageId });
    const fresh = all.filter(({ heldOn }) => heldOn >= since).slice(0, OFFERED_MEETINGS);
    // one that proposals are entered from may be older
    const ofPile = all.filter(({ id }) => id === pile?.meetingId && !fresh.some((one) => one.id === id));
    return [...fresh, ...ofPile].map((meeting) => ({ id: meeting.id, label: meetingLabel(meeting, locale, null) }));
  });
  if (pile !== null && pile.villageId === villageId) return recent.find(({ id }) => id === pile.meetingId) ?? null;
  if (recent.length === 0) return null;
  const none = { id: 'none', label: t('btn-paper-no-meeting'), spellings: wordsOf('no') };
  const options = [...recent.map(({ id, label }) => ({ id: String(id), label })), none];
  const chosen = await askBeside(d, besideIn(locale, given), (other) =>
    d.choose<Words>('meeting', t('paper-ask-meeting'), options, { other }),
  );
  return recent.find(({ id }) => String(id) === chosen) ?? null;
}
