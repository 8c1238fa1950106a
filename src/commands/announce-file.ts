import { z } from 'zod';
import { Approval, AudienceInput, MAX_TEXT_LENGTH, MOST_FILES } from '../announcements/input.ts';
import { MOST_RUNGS, RUNG } from '../announcements/ladder.ts';
import { ANNOUNCEMENT_KINDS } from '../announcements/tables.ts';
import { dayIn } from '../core/days.ts';
import { instantAt } from '../core/zoned.ts';
import { HearingFields, localTexts } from '../hearings/rules.ts';
import { crossMistakes } from './announce-checks.ts';
import { inOrder, type Mistake, toMistakes } from './announce-mistakes.ts';
import { instantOf } from './announce-moments.ts';

/** What a file is checked against. */
export interface Known {
  /** Ids of the municipality's villages. */
  readonly villages: readonly string[];
  /** Addresses of the groups that are linked to them, as `telegram:-100123`. */
  readonly groups: readonly string[];
  readonly timeZone: string;
  readonly now: Date;
}

/** What an announcement's file says. Files are paths as they stand there. */
export type AnnouncementFile = z.output<ReturnType<typeof fileSchema>>;

/** The end of a day of the municipality where a day is given, but no later than the hearing begins. */
export function proposalsUntil({ hearing }: AnnouncementFile, { timeZone }: Known): Date | null {
  if (hearing?.proposalsUntil == null) return null;
  const { proposalsUntil: until, startsAt } = hearing;
  const instant = instantOf(until);
  if (instant !== null) return instant;
  return until === dayIn(startsAt, timeZone) ? startsAt : instantAt(until, '23:59', timeZone);
}

/** Reads what JSON gave: the announcement, or every mistake. Nothing is looked up but in `known`; files are not touched. */
export function parseAnnouncementFile(
  raw: unknown,
  known: Known,
): { readonly file: AnnouncementFile | null; readonly mistakes: readonly Mistake[] } {
  const parsed = fileSchema(known).safeParse(raw);
  const found = parsed.success ? [] : parsed.error.issues.flatMap((issue) => toMistakes(issue, raw));
  const mistakes = inOrder([...found, ...crossMistakes(raw, known)]);
  return { file: parsed.success && mistakes.length === 0 ? parsed.data : null, mistakes };
}

const FilePath = z.string().min(1);

function fileSchema({ villages, groups }: Known) {
  const named = (what: string, all: readonly string[]) =>
    z.string().refine((name) => all.includes(name), {
      error: ({ input }) => {
        const offered = all.length === 0 ? 'none is known' : `expected one of ${all.join(', ')}`;
        return `there is no ${what} '${String(input)}': ${offered}`;
      },
    });
  const Village = named('village', villages);
  const { kind, topic, building, convener, agenda, draftUrl, contact } = HearingFields.shape;
  return z.strictObject({
    kind: z.enum(ANNOUNCEMENT_KINDS),
    hearing: z
      .strictObject({
        kind,
        startsAt: Instant,
        place: z.strictObject({ village: Village, building }),
        topic,
        convener,
        agenda,
        draft: z
          .strictObject({ file: FilePath.optional(), url: draftUrl })
          .refine(({ file, url }) => (file === undefined) !== (url == null), { error: 'expected a file or a url' })
          .optional(),
        contact,
        proposalsUntil: z
          .string()
          .refine((text) => instantOf(text) !== null || z.iso.date().safeParse(text).success, {
            error: 'expected a day such as 2027-04-18, or a time such as 2027-04-18T18:00:00+06:00',
          })
          .optional(),
      })
      .optional(),
    approval: z
      .strictObject({
        ...Approval.omit({ mediaId: true }).shape,
        date: z.iso.date('expected a day such as 2027-05-28'),
        number: z.preprocess((value) => (typeof value === 'number' ? String(value) : value), Approval.shape.number),
        file: FilePath.optional(),
      })
      .optional(),
    text: localTexts(MAX_TEXT_LENGTH).optional(),
    audience: AudienceInput.extend({
      villages: z.array(Village).default([]),
      groups: z.array(named('linked group', groups)).default([]),
    }).prefault({}),
    ladder: z
      .array(z.string().regex(RUNG, 'expected now, or a number with d, h or m, such as 7d'))
      .min(1)
      .max(MOST_RUNGS)
      .optional(),
    at: Instant.optional(),
    attachments: z.array(FilePath).max(MOST_FILES).default([]),
    release: z.boolean().default(false),
  });
}

const Instant = z
  .string()
  .refine((text) => instantOf(text) !== null, {
    error: 'expected a time with its offset, such as 2027-04-20T10:00:00+06:00',
  })
  .transform((text) => instantOf(text) ?? new Date(Number.NaN));
