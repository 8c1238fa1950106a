import type { Context } from '../../core/context.ts';
import { DEFAULT_LOCALE, translator } from '../../core/texts.ts';
import type { Flow } from '../../dialog/types.ts';
import { hasRight } from '../../staff/rights.ts';
import { findHearing } from '../find-hearings.ts';
import type { HearingsArgs } from '../hearings.ts';
import type { Kit, Opened } from '../kit.ts';
import { callOff, move } from './hearing-move.ts';
import { DESK_ACTS } from './hearing-options.ts';
import { showPeople } from './hearing-people.ts';
import { answerQuestions } from './hearing-questions.ts';
import { record } from './hearing-record.ts';
import type { HearingDesk, ShownOnDesk } from './hearing-room.ts';
import { enterOffice, entranceOf } from './office.ts';

/** How a step ends. `questions`: those come next. */
type Next = 'hearing' | 'questions' | 'elsewhere';
type Step = (desk: HearingDesk) => Promise<Next>;

const STEPS: Readonly<Record<(typeof DESK_ACTS)[number], Step>> = {
  people: showPeople,
  questions: answerQuestions,
  record,
  move,
  cancel: callOff,
};

/** What an office does with one hearing: who comes, questions, what became of it, another day or place, or none. */
export const hearingDesk: Flow<Kit, Opened> = {
  name: 'hearing-desk',
  version: 1,
  async run(d, kit, { about }) {
    const locale = kit.locale ?? DEFAULT_LOCALE;
    const t = translator(locale);
    const [, id = '', name = ''] = /^(\d{1,15})\.([a-z]+)$/.exec(about) ?? [];
    const act = DESK_ACTS.find((one) => one === name);
    const shown = await d.remember('shown', (ctx) => (id === '' ? null : readShown(ctx, kit, Number(id))));
    if (shown === null || act === undefined) return d.say(t('hearing-gone'));
    const { staffId, municipalityId, hearing } = shown;
    if (staffId === null) {
      // whoever has the right elsewhere has none here
      if ((await enterOffice(d, kit, 'hearings.manage')) !== null) await d.say(t('no-right'));
      return;
    }
    const office = entranceOf(kit, 'hearings.manage')({ staffId, municipalityId });
    const municipality = kit.places.municipality(municipalityId);
    const next = await STEPS[act]({ d, kit, t, locale, office, municipality, hearing });
    if (next === 'elsewhere') return kit.next({ again: true });
    if (next === 'questions') {
      return kit.next({ start: 'hearing-desk', args: { about: `${id}.questions` } satisfies Opened });
    }
    return kit.next({ start: 'hearings', args: { about: id, again: true } satisfies HearingsArgs });
  },
};

async function readShown(ctx: Context, kit: Kit, id: number) {
  const found = await findHearing(ctx, kit, id);
  if (found === null) return null;
  const { municipalityId, revision, startsAt, villageId, building, minutesMediaId, minutesUrl } = found;
  const mine = kit.staff.find((one) => one.municipalityId === municipalityId && hasRight(one.role, 'hearings.manage'));
  const hasMinutes = minutesMediaId !== null || minutesUrl !== null;
  const hearing: ShownOnDesk = { id, revision, startsAt: startsAt.toISOString(), villageId, building, hasMinutes };
  return { staffId: mine?.staffId ?? null, municipalityId, hearing };
}
