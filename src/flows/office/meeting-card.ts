import { parseDay } from '../../core/days.ts';
import { type Locale, type Translate, translator } from '../../core/texts.ts';
import type { Input, Option, Parsed } from '../../dialog/types.ts';
import type { Meeting } from '../../meetings/queries.ts';
import { MOST_PEOPLE } from '../../meetings/record-meeting.ts';
import { MEETING_KINDS, type MeetingKind } from '../../meetings/tables.ts';
import type { Places } from '../../places/places.ts';
import { meetingLabel } from './paper-card.ts';

/** Who came, as far as somebody counted. */
export interface Attendance {
  readonly people: number;
  readonly women: number | null;
}
export interface Ages {
  readonly age14: number;
  readonly age29: number;
  readonly age55: number;
}

const SPELLINGS: Readonly<Record<MeetingKind, readonly string[]>> = {
  pra: ['жмба', 'экба', 'синс', 'pra'],
  gathering: ['жыйын', 'жыйналыш', 'айыл жыйыны', 'сход', 'gathering'],
  other: ['башка', 'другое', 'other'],
};

export function kindOptions(t: Translate): Option[] {
  return MEETING_KINDS.map((id) => ({ id, label: t(`meeting-kind-${id}`), spellings: SPELLINGS[id] }));
}

export function kindOf(option: string): MeetingKind {
  return MEETING_KINDS.find((kind) => kind === option) ?? 'other';
}

/** A day up to today, in any of the ways in which people write one. */
export function parseHeldOn(t: Translate, today: string): (input: Input) => Parsed<string> {
  return (input) => {
    const day = input.kind === 'text' ? parseDay(input.text, today) : null;
    if (day === null || day < '2000') return { refuse: t('meeting-date-wrong') };
    return day > today ? { refuse: t('meeting-date-late') } : { value: day };
  };
}

/** «45, 18», «45 адам, 18 аял», or «45» alone where women were not counted. */
export function parseAttendance(t: Translate): (input: Input) => Parsed<Attendance> {
  return (input) => {
    const [people = 0, women = null, more] = numbersIn(input);
    if (more !== undefined || people < 1 || people > MOST_PEOPLE) {
      return { refuse: t('meeting-number-wrong', { max: MOST_PEOPLE }) };
    }
    if (women !== null && women > people) return { refuse: t('meeting-women-many', { people }) };
    return { value: { people, women } };
  };
}

/** Three numbers, no more people together than came. */
export function parseAges(t: Translate, people: number): (input: Input) => Parsed<Ages> {
  return (input) => {
    const [age14, age29, age55, more] = withoutBands(input);
    if (age14 === undefined || age29 === undefined || age55 === undefined || more !== undefined) {
      return { refuse: t('meeting-ages-wrong') };
    }
    if (age14 + age29 + age55 > people) return { refuse: t('meeting-ages-many', { people }) };
    return { value: { age14, age29, age55 } };
  };
}

function numbersIn(input: Input): number[] {
  if (input.kind !== 'text' || /\d[.,]\d|-\d/.test(input.text.replace(/,\s/g, ' '))) return listedIn(input);
  return (input.text.match(/\d+/g) ?? []).map(Number);
}

/** «45,18» is two numbers; «4.5» and «-3» are none. */
function listedIn(input: Input): number[] {
  const text = input.kind === 'text' ? input.text : '';
  return /^\s*\d+(?:\s*[,;/]\s*\d+)*\s*$/.test(text) ? (text.match(/\d+/g) ?? []).map(Number) : [];
}

/** «14–28: 12, 29–54: 20, 55+: 8» tells the bands too. */
function withoutBands(input: Input): number[] {
  if (input.kind !== 'text') return [];
  const text = input.text.replace(
    /14\s*[-–—]\s*28|29\s*[-–—]\s*54|55\s*(?:\+|ж\p{L}*\s+жана\s+улуу|и\s+старше)/gu,
    ' ',
  );
  return numbersIn({ kind: 'text', text });
}

/** A meeting with all that is known of it. */
export function meetingText(
  meeting: Omit<Meeting, 'id' | 'proposalCount'> & { readonly proposalCount: number | null },
  places: Places,
  locale: Locale,
): string {
  const t = translator(locale);
  const { people, women, age14, age29, age55, photoCount, proposalCount } = meeting;
  const ages = age14 === null || age29 === null || age55 === null ? null : { young: age14, middle: age29, old: age55 };
  const lines = [
    meetingLabel(meeting, locale, null),
    t('card-village', { village: places.village(meeting.villageId)?.names[locale] ?? meeting.villageId }),
    t('meeting-people', { people }),
    ...(women === null ? [] : [t('meeting-women', { women })]),
    ...(ages === null ? [] : [t('meeting-ages', ages)]),
    ...(photoCount > 0 ? [t('meeting-photos', { count: photoCount })] : []),
    ...(proposalCount === null ? [] : [t('meeting-proposals', { count: proposalCount })]),
  ];
  return lines.join('\n');
}
