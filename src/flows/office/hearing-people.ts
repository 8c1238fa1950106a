import type { Translate } from '../../core/texts.ts';
import {
  countIntents,
  INTENT_PARTS,
  type IntentPart,
  type IntentTable,
  tallyIntents,
} from '../../hearings/intent-queries.ts';
import { suppressIntents } from '../../statistics/public-intents.ts';
import type { Cell } from '../../statistics/report.ts';
import { partName } from '../../statistics/words.ts';
import { isElsewhere, orElsewhere } from '../kit.ts';
import type { HearingDesk } from './hearing-room.ts';

const TITLES = {
  villageId: 'hearing-people-villages',
  sex: 'hearing-people-sexes',
  ageBand: 'hearing-people-ages',
} as const satisfies Record<IntentPart, string>;

/** Who said that they come, by village, sex and age; the same without small numbers for whoever shows it around. */
export async function showPeople(desk: HearingDesk): Promise<'hearing' | 'elsewhere'> {
  const { d, t, hearing } = desk;
  const shown = await d.remember('people', async (ctx) => {
    const table = tallyIntents(await countIntents(ctx.tx ?? ctx.db, hearing.id));
    if (table.coming + table.away === 0) return null;
    return { office: describe(desk, table), everybody: describe(desk, suppressIntents(table)) };
  });
  if (shown === null) {
    await d.say(t('hearing-people-none'));
    return 'hearing';
  }
  const back = { id: 'hearing', label: t('btn-to-hearing') };
  const first = await d.choose(
    'people',
    shown.office,
    [{ id: 'public', label: t('btn-hearing-public') }, back],
    orElsewhere,
  );
  if (isElsewhere(first)) return 'elsewhere';
  if (first === 'hearing') return 'hearing';
  const second = await d.choose('public', `${shown.everybody}\n\n${t('hearing-people-public')}`, [back], orElsewhere);
  return isElsewhere(second) ? 'elsewhere' : 'hearing';
}

function describe({ kit, t, locale, municipality }: HearingDesk, table: IntentTable<Cell>): string {
  const naming = { places: kit.places, municipalityId: municipality.id, locale, t };
  const parts = INTENT_PARTS.flatMap((part) => [
    '',
    t(TITLES[part]),
    ...table.by[part].map(({ key, coming, away }) => {
      const name = partName(part === 'villageId' ? 'village' : part, key, naming);
      return t('hearing-people-part', { name, coming: cell(coming), away: cell(away) });
    }),
  ]);
  return [head(table, t), ...parts].join('\n');
}

function head({ coming, away }: IntentTable<Cell>, t: Translate): string {
  return t('hearing-intents', { coming: cell(coming), away: cell(away) });
}

/** A number that is withheld is a dash. */
function cell(count: Cell): string {
  return count === null ? '–' : String(count);
}
