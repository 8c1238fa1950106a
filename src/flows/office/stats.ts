import type { Context } from '../../core/context.ts';
import { formatDate } from '../../core/dates.ts';
import { DEFAULT_LOCALE, type Translate } from '../../core/texts.ts';
import type { Dialog, Flow } from '../../dialog/types.ts';
import { readStatistics } from '../../statistics/kept-report.ts';
import type { Dimension, Report, WomenShare } from '../../statistics/report.ts';
import { type Naming, partName } from '../../statistics/words.ts';
import { asStaff, ELSEWHERE, type Elsewhere, isElsewhere, type Kit, type Opened, textsOf } from '../kit.ts';
import { enterOffice, type Office } from './office.ts';

const DETAILS = ['village', 'sector', 'people', 'month', 'way'] as const;
type Detail = (typeof DETAILS)[number];

/** More months would not fit a phone; older ones stand in the table that the command line prints. */
const MOST_MONTHS = 12;

/** Who takes part, in a few lines; then, by a button each, by village, sector, sex and age, month, and way. */
export const stats: Flow<Kit, Opened> = {
  name: 'stats',
  version: 1,
  async run(d, kit) {
    const office = await enterOffice(d, kit, 'statistics.read');
    if (office === null) return;
    const t = textsOf(kit);
    let text = await look(d, kit, office, describe);
    for (;;) {
      if (text === null) return d.say(t('stats-counting'));
      const options = DETAILS.map((id) => ({ id, label: t(`btn-stats-${id}`) }));
      // a report is no question: whatever else is said is read as if it were not there
      const chosen = await d.choose<Elsewhere>('which', `${text}\n\n${t('stats-which')}`, options, {
        other: () => ({ value: ELSEWHERE }),
      });
      if (isElsewhere(chosen)) return kit.next({ again: true });
      const detail = DETAILS.find((id) => id === chosen) ?? 'village';
      text = await look(d, kit, office, (report, naming) => describeDetail(detail, report, naming));
    }
  },
};

/** A text made of the figures as they are now, remembered; null: they are being counted. */
function look(
  d: Dialog,
  kit: Kit,
  { staffId, municipalityId }: Office,
  write: (report: Report, naming: Naming, time: string) => string,
): Promise<string | null> {
  return d.remember('figures', async (ctx: Context) => {
    const report = await readStatistics(asStaff(ctx, staffId), municipalityId);
    if (report === null) return null;
    const locale = kit.locale ?? DEFAULT_LOCALE;
    const { timeZone } = kit.places.municipality(municipalityId);
    const time = formatDate(new Date(report.countedAt), locale, timeZone, 'with-time');
    return write(report, { places: kit.places, municipalityId, locale, t: textsOf(kit) }, time);
  });
}

function describe(report: Report, naming: Naming, time: string): string {
  const { t, places, municipalityId, locale } = naming;
  const { total, meetings, villages, villagesWithNone, vulnerable } = report;
  const people = villages.find(({ villageId }) => villageId === null)?.meetingPeople ?? 0;
  const none = villagesWithNone.map((id) => partName('village', id, naming));
  return [
    t('stats-head', { municipality: places.municipality(municipalityId).names[locale] }),
    t('stats-as-of', { time }),
    '',
    t('stats-proposals', { count: total.proposals }),
    t('stats-people', { authors: total.authors, supporters: total.supporters }),
    womenLine('stats-women', report.womenAuthors, t),
    t('stats-meetings', { meetings, people }),
    womenLine('stats-met-women', report.womenAtMeetings, t),
    ...(none.length === 0 ? [] : [t('stats-villages-none', { villages: none.join(', ') })]),
    ...(vulnerable === 0 ? [] : [t('stats-vulnerable', { count: vulnerable })]),
  ].join('\n');
}

/** Always there, with a mark where the share is below the goal. */
function womenLine(of: 'stats-women' | 'stats-met-women', share: WomenShare, t: Translate): string {
  const { percent, goalPercent: goal, known, belowGoal } = share;
  if (percent === null) return t(`${of}-unknown`, { goal });
  const reached = belowGoal === true ? 'below' : 'reached';
  if (of === 'stats-met-women') return t(`stats-met-women-${reached}`, { percent, goal });
  return t(`stats-women-${reached}`, { percent, goal, known });
}

function describeDetail(detail: Detail, report: Report, naming: Naming): string {
  const { t } = naming;
  switch (detail) {
    case 'village':
      return [...partLines('village', report, naming), ...meetingLines(report, naming), '', t('stats-twice')].join(
        '\n',
      );
    case 'sector':
      return [...partLines('sector', report, naming), '', t('stats-twice')].join('\n');
    case 'people':
      return [
        t('stats-title-sex'),
        ...partLines('sex', report, naming),
        '',
        t('stats-title-age'),
        ...partLines('ageBand', report, naming),
      ].join('\n');
    case 'month':
      return partLines('month', report, naming).slice(-MOST_MONTHS).join('\n');
    case 'way':
      return [
        t('stats-title-source'),
        ...partLines('source', report, naming),
        '',
        t('stats-title-channel'),
        ...partLines('channel', report, naming),
      ].join('\n');
  }
}

/** Villages and the groups of people all; of the rest those that occur, sectors by how often. */
function partLines(dimension: Dimension, report: Report, naming: Naming): string[] {
  const all = report.by[dimension];
  const bare = dimension === 'sector' ? all.filter(({ proposals }) => proposals > 0) : all;
  const parts = dimension === 'sector' ? bare.toSorted((a, b) => b.proposals - a.proposals) : bare;
  if (parts.length === 0) return [naming.t('stats-none')];
  return parts.map(({ key, proposals, authors, supporters }) =>
    naming.t('stats-part', { name: partName(dimension, key, naming), proposals, authors, supporters }),
  );
}

function meetingLines({ villages }: Report, naming: Naming): string[] {
  const { t } = naming;
  const held = villages.filter(({ villageId, meetings }) => villageId !== null && meetings > 0);
  if (held.length === 0) return [];
  return [
    '',
    t('stats-title-meetings'),
    ...held.map(({ villageId, meetings, meetingPeople: people, meetingWomen }) => {
      const women = meetingWomen === null ? t('stats-unsaid') : String(meetingWomen);
      return t('stats-part-met', { name: partName('village', villageId, naming), meetings, people, women });
    }),
  ];
}
