import { z } from 'zod';
import { cleanText } from '../core/text.ts';
import { LOCALES } from '../core/texts.ts';
import { Line, localTexts } from '../hearings/rules.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import { MOST_RUNGS, RUNG } from './ladder.ts';
import { ANNOUNCEMENT_KINDS, APPROVED_PLANS } from './tables.ts';

/** Of a platform's one message, less what is said around it. */
export const MAX_TEXT_LENGTH = 3_500;
export const MOST_FILES = 5;

export const AudienceInput = z.strictObject({
  villages: z.array(z.string().min(1)).default([]),
  languages: z.array(z.enum(LOCALES)).default([]),
  channels: z.array(z.enum(CHANNEL_NAMES)).default([]),
  /** `telegram:-100123` */
  groups: z.array(z.string().regex(/^[a-z]+:.+$/, 'expected an address such as telegram:-100123')).default([]),
});

export const Approval = z.strictObject({
  plan: z.enum(APPROVED_PLANS),
  body: Line,
  date: z.iso.date(),
  number: z.string().transform(cleanText).pipe(z.string().min(1).max(40)),
  mediaId: z.int().nullable().default(null),
  takenIn: localTexts(1_500).nullable().default(null),
});

/** What an announcement is made of; its hearing exists already. */
export const AnnouncementFields = z.strictObject({
  kind: z.enum(ANNOUNCEMENT_KINDS),
  hearingId: z.int().nullable().default(null),
  approval: Approval.nullable().default(null),
  texts: localTexts(MAX_TEXT_LENGTH).nullable().default(null),
  audience: AudienceInput.prefault({}),
  /** Absent: for a hearing the municipality's own, else `now`. */
  ladder: z
    .array(z.string().regex(RUNG, 'expected now, or a number with d, h or m, such as 7d'))
    .min(1)
    .max(MOST_RUNGS)
    .optional(),
  /** When `now` is sent; null: at the release. */
  at: z.date().nullable().default(null),
  mediaIds: z.array(z.int()).max(MOST_FILES).default([]),
});

/** What must hold between the fields, for the whole of them. */
export function checkFields(
  fields: Fields,
  context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
) {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { kind, hearingId, approval, texts, ladder = [] } = fields;
  if ((kind === 'hearing') !== (hearingId !== null))
    issue('hearingId', `with kind '${kind}': expected ${kind === 'hearing' ? 'one' : 'none'}`);
  if ((kind === 'plan_approval') !== (approval !== null)) {
    issue('approval', `with kind '${kind}': expected ${kind === 'plan_approval' ? 'one' : 'none'}`);
  }
  if (kind === 'other' && texts === null) issue('texts', 'expected words in at least one language');
  if (kind !== 'hearing' && ladder.some((rung) => rung !== 'now'))
    issue('ladder', 'without a hearing: expected now alone');
}

export type Fields = z.output<typeof AnnouncementFields>;
