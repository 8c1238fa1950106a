import { z } from 'zod';
import { isTimeZone } from '../core/dates.ts';
import { AppError } from '../core/errors.ts';
import { parseKeywords } from './keywords.ts';

const words = z.string().trim().min(1).max(200);

/** A name in the three languages. */
const Names = z.strictObject({ ky: words, ru: words, en: words });
export type Names = z.infer<typeof Names>;

/** Kyrgyz case forms of a village name, for texts written by hand. */
const Cases = z.strictObject({ in: words, to: words, from: words, of: words, resident: words });
export type Cases = z.infer<typeof Cases>;

const id = (pattern: RegExp, expected: string) => z.string().regex(pattern, `expected ${expected}`);
const villageId = id(/^[a-z][a-z0-9-]{0,23}$/, 'small Latin letters, digits and dashes, at most 24');
const sectorId = id(/^[a-z][a-z0-9_]{0,23}$/, 'small Latin letters, digits and underscores, at most 24');
// Test proposals are numbered TEST-2026-0001 in every municipality.
const code = id(/^(?!TEST$)[A-Z]{2,6}$/, '2 to 6 capital Latin letters, not TEST');
const clockTime = id(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');

const Keywords = z.string().superRefine((list, context) => {
  for (const message of parseKeywords(list).problems) context.addIssue({ code: 'custom', message });
});

/** Keywords of one weight; below zero they speak against the sector. Their notation is told in `keywords.ts`. */
const KeywordGroup = z.strictObject({
  weight: z.number().int().min(-20).max(20),
  words: z.array(Keywords).min(1),
});
export type KeywordGroup = z.infer<typeof KeywordGroup>;

const Village = z.strictObject({
  id: villageId,
  names: Names,
  spellings: z.array(words).default([]),
  cases: Cases.optional(),
  /** The name is also an ordinary word, such as «орток»: written small it names the village only with more to go by. */
  ordinaryWord: z.boolean().default(false),
  /** The code of the municipality that the village leaves with its history. */
  movedFrom: code.optional(),
});

const Sector = z.strictObject({
  id: sectorId,
  labels: z.strictObject({ ky: words.max(40), ru: words.max(40), en: words.max(40) }),
  names: Names,
  keywords: z.array(KeywordGroup).default([]),
});

const LongText = z.strictObject({
  ky: z.string().trim().min(1).max(4000),
  ru: z.string().trim().min(1).max(4000),
  en: z.string().trim().min(1).max(4000),
});

/** Texts that the law asks for. The version is kept with each consent that is given to it. */
const Legal = z.strictObject({ consentVersion: words.max(40), consentShort: LongText, consentLong: LongText });
export type Legal = z.infer<typeof Legal>;

const dayOfYear = id(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'MM-DD');

/** Something that the law wants each year: staff are reminded, and offered a notice that is ready to be filled in. */
const CalendarItem = z.strictObject({
  id: sectorId,
  /** The day of the year on which staff are reminded. */
  on: dayOfYear,
  /** The last day on which the reminder is still of use. */
  until: dayOfYear,
  /** What is to be done. */
  texts: z.strictObject({ ky: words.max(400), ru: words.max(400), en: words.max(400) }),
  /** The notice that is offered. */
  notice: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('hearing'),
      hearing: z.enum(['sedp_draft', 'budget_draft', 'budget_execution', 'jap', 'other']),
      topic: Names,
    }),
    z.strictObject({ kind: z.literal('plan_approval'), plan: z.enum(['jap', 'sedp', 'budget']) }),
  ]),
});
export type CalendarItem = z.infer<typeof CalendarItem>;

/** What a municipality decides for itself; each has a default. */
const Settings = z.strictObject({
  /** Days after which nothing of an erased person is left in backups. */
  backupDays: z.number().int().min(0).max(3650).default(30),
  /** Calendar days between a notice and its hearing, below which staff are warned. */
  noticeDays: z.number().int().min(0).max(365).default(10),
  /** No announcements at these times, in the municipality's zone. */
  quietHours: z.strictObject({ from: clockTime, to: clockTime }).default({ from: '21:00', to: '08:00' }),
  /** Days of silence after which an open dialog expires; its draft is kept. */
  dialogExpiryDays: z.number().int().min(1).max(365).default(7),
  /** Days within which the author of a group message must consent, else the person is erased from it. */
  consentDays: z.number().int().min(1).max(365).default(7),
  /** Rungs of a hearing's reminders before its start: days, hours, minutes. */
  hearingLadder: z
    .array(id(/^(now|\d{1,3}[dhm])$/, '"now" or a number with d, h or m'))
    .default(['now', '7d', '1d', '2h']),
  /** Whether an announcement needs a second person to release it. */
  releaseNeedsSecondPerson: z.boolean().default(false),
  /** Whether announcements go to a village's linked group in place of its people, where it has one. */
  preferGroups: z.boolean().default(true),
  /** What the law wants each year. */
  calendar: z.array(CalendarItem).superRefine(refuseRepeatedIds, evenWithOtherMistakes()).default([]),
});
export type Settings = z.infer<typeof Settings>;

/** Settings as they were stored, perhaps when there were others: what is missing has its default, the rest is left out. */
export function readSettings(stored: unknown): Settings {
  return Settings.strip().parse(stored);
}

const timeZone = z.string().refine(isTimeZone, 'expected an IANA time zone such as Asia/Bishkek');

/** The catalogue file of one municipality. The order of villages and sectors is the order in which they are shown. */
export const Catalogue = z.strictObject({
  municipality: z.strictObject({ code, names: Names, timeZone: timeZone.optional() }),
  settings: Settings.prefault({}),
  legal: Legal,
  villages: z.array(Village).min(1).superRefine(refuseRepeatedIds, evenWithOtherMistakes()),
  sectors: z
    .array(Sector)
    .min(1)
    .superRefine(refuseRepeatedIds, evenWithOtherMistakes())
    .superRefine((list: readonly unknown[], context) => {
      if (list.some((item) => idOf(item) === 'other')) return;
      context.addIssue({ code: 'custom', message: "expected a sector 'other' for what fits nowhere else" });
    }, evenWithOtherMistakes()),
});
export type Catalogue = z.infer<typeof Catalogue>;

/** All mistakes of a catalogue file at once, each with its path: `villages[2].names.ru: …`. */
export class CatalogueError extends AppError {
  override name = 'CatalogueError';
  readonly issues: readonly string[];
  constructor(issues: readonly string[], options?: ErrorOptions) {
    super(
      'catalogue',
      `the catalogue has ${issues.length} mistake(s):\n${issues.map((issue) => `  ${issue}`).join('\n')}`,
      options,
    );
    this.issues = issues;
  }
}

/** Checks a catalogue file as JSON gave it. @throws {CatalogueError} with every mistake */
export function parseCatalogue(file: unknown): Catalogue {
  const result = Catalogue.safeParse(file);
  if (result.success) return result.data;
  throw new CatalogueError(result.error.issues.flatMap(describeIssue));
}

function refuseRepeatedIds(list: readonly unknown[], context: z.core.$RefinementCtx): void {
  const ids = list.map(idOf);
  ids.forEach((each, index) => {
    if (each === null || ids.indexOf(each) === index) return;
    context.addIssue({ code: 'custom', path: [index, 'id'], message: `'${each}' stands twice` });
  });
}

/** zod would leave such a check out where anything else in the list is wrong. */
function evenWithOtherMistakes() {
  return { when: (payload: z.core.ParsePayload) => Array.isArray(payload.value) };
}

function idOf(item: unknown): string | null {
  return typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : null;
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${pathText([...issue.path, key])}: unknown field`);
  }
  return [`${pathText(issue.path)}: ${issue.message}`];
}

/** `villages[2].names.ru`, as a person finds it in the file. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${String(step)}`;
  return text === '' ? '(the file)' : text;
}
