import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Database } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { cleanText } from '../core/text.ts';
import { LOCALES, type Locale, type TextKey, translator } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireRight } from '../staff/require-right.ts';
import { noticeTemplates } from './tables.ts';

const WHEN = ['date', 'time', 'village', 'place'] as const;

/** The notices that are written from a template, each with the fields that it may name. */
export const NOTICE_FIELDS = {
  hearing: [...WHEN, 'kind', 'topic', 'convener', 'agenda', 'link', 'until', 'contact'],
  'hearing-later': [...WHEN, 'kind', 'topic', 'contact'],
  'hearing-tomorrow': [...WHEN, 'kind', 'topic', 'contact'],
  'hearing-today': [...WHEN, 'kind', 'topic', 'contact'],
  'hearing-moved': [...WHEN, 'kind', 'topic', 'contact', 'old'],
  'hearing-canceled': [...WHEN, 'kind', 'topic', 'contact', 'reason'],
  'hearing-when': WHEN,
  approved: ['plan', 'body', 'date', 'number', 'taken'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type NoticeName = keyof typeof NOTICE_FIELDS;
export const NOTICE_NAMES = Object.keys(NOTICE_FIELDS) as readonly NoticeName[];

/** What is put in place of a field; empty: the line that names it is left out. */
export type FieldValues = Readonly<Record<string, string>>;

export const MAX_TEMPLATE_LENGTH = 2_000;
const FIELD = /\{\s*([^{}]*?)\s*\}/g;

/** A template that cannot be used. */
export class NoticeTemplateError extends AppError {
  /** Names in braces that the notice has no value for. */
  readonly unknown: readonly string[];
  readonly known: readonly string[];
  constructor(notice: NoticeName, unknown: readonly string[]) {
    super('invalid', `template '${notice}': unknown field(s) ${unknown.join(', ')}`);
    this.unknown = unknown;
    this.known = NOTICE_FIELDS[notice];
  }
}

/** The template that the program brings. */
export function defaultTemplate(notice: NoticeName, locale: Locale): string {
  const fields = Object.fromEntries(NOTICE_FIELDS[notice].map((field) => [field, `{${field}}`]));
  return untyped(locale)(`notice-${notice}`, fields);
}

/** Which fields the text with that key names is told by `NOTICE_FIELDS`, and a test holds the two together. */
function untyped(locale: Locale): (key: TextKey, fields: FieldValues) => string {
  return translator(locale) as (key: TextKey, fields: FieldValues) => string;
}

/** Puts values in place of fields. A line that names a field without a value is left out, whatever else it says. */
export function fillTemplate(template: string, values: FieldValues): string {
  const lines = template.split('\n').flatMap((line) => {
    const names = [...line.matchAll(FIELD)].map(([, name = '']) => name);
    if (names.some((name) => (values[name] ?? '') === '')) return [];
    return [line.replace(FIELD, (_, name: string) => values[name] ?? '')];
  });
  return lines.join('\n').trim();
}

/** Names in braces that the notice has no value for, each once. */
export function unknownFields(notice: NoticeName, template: string): string[] {
  const known: readonly string[] = NOTICE_FIELDS[notice];
  const names = [...template.matchAll(FIELD)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => !known.includes(name)))];
}

/** Templates of a municipality: its own where there is one, else the program's. */
export type Templates = Readonly<Record<Locale, Readonly<Record<NoticeName, string>>>>;

export async function readTemplates(db: Database, municipalityId: number): Promise<Templates> {
  const own = await db.select().from(noticeTemplates).where(eq(noticeTemplates.municipalityId, municipalityId));
  const textOf = (notice: NoticeName, locale: Locale) =>
    own.find((row) => row.notice === notice && row.language === locale)?.text ?? defaultTemplate(notice, locale);
  const inLocale = (locale: Locale) =>
    Object.fromEntries(NOTICE_NAMES.map((notice) => [notice, textOf(notice, locale)])) as Record<NoticeName, string>;
  return Object.fromEntries(LOCALES.map((locale) => [locale, inLocale(locale)])) as Record<
    Locale,
    Record<NoticeName, string>
  >;
}

const SetTemplateInput = z.strictObject({
  municipalityId: z.int(),
  notice: z.enum(NOTICE_NAMES),
  language: z.enum(LOCALES),
  /** Null: the program's own again. */
  text: z.string().transform(cleanText).pipe(z.string().min(1).max(MAX_TEMPLATE_LENGTH)).nullable(),
});
export type SetTemplateInput = z.input<typeof SetTemplateInput>;

/**
 * Changes the sentence in which the office announces something; what is sent already stays as it was. Right
 * `announcements.release`. @throws {NoRightError} @throws {NoticeTemplateError} with every unknown field
 */
export async function setNoticeTemplate(ctx: Context, input: SetTemplateInput): Promise<void> {
  const { municipalityId, notice, language, text } = SetTemplateInput.parse(input);
  const unknown = text === null ? [] : unknownFields(notice, text);
  if (unknown.length > 0) throw new NoticeTemplateError(notice, unknown);
  await withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'announcements.release', municipalityId);
    const at = and(
      eq(noticeTemplates.municipalityId, municipalityId),
      eq(noticeTemplates.notice, notice),
      eq(noticeTemplates.language, language),
    );
    if (text === null) await tx.delete(noticeTemplates).where(at);
    else {
      const set = { text, updatedAt: ctx.clock.now() };
      await tx
        .insert(noticeTemplates)
        .values({ municipalityId, notice, language, ...set })
        .onConflictDoUpdate({
          target: [noticeTemplates.municipalityId, noticeTemplates.notice, noticeTemplates.language],
          set,
        });
    }
    await recordAudit(tx, ctx, {
      action: 'announcement.template',
      subject: `municipality:${municipalityId}`,
      municipalityId,
      after: { notice, language, length: text?.length ?? 0 },
    });
  });
}
