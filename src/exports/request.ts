import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { ProposalFilter } from '../proposals/list-proposals.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'docx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What somebody asked for, as it stands in a job. */
export const ExportRequest = z.strictObject({
  filter: ProposalFilter.required({ municipalityId: true }),
  format: z.enum(EXPORT_FORMATS),
  /** With the names and addresses of those who wrote. */
  names: z.boolean(),
});
export type ExportRequest = z.infer<typeof ExportRequest>;

/** A table of those to whom an announcement went, or was to go. */
const RecipientsRequest = z.strictObject({
  announcementId: z.int(),
  format: z.enum(['csv', 'xlsx']),
  names: z.boolean(),
});
export type RecipientsRequest = z.infer<typeof RecipientsRequest>;

/** Whatever is made beside the talk. */
export const JobRequest = z.union([ExportRequest, RecipientsRequest]);
export type JobRequest = z.infer<typeof JobRequest>;

/** Media types of the files, for those who open them. */
export const MIME: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** A document is made whole, in memory; nobody reads more on paper. */
export const MOST_IN_DOCUMENT = 2_000;

/** A document of so many would be neither made nor read. */
export class TooManyForDocumentError extends AppError {
  constructor() {
    super('invalid', `A document holds at most ${MOST_IN_DOCUMENT} proposals: choose fewer, or the format xlsx.`);
  }
}
