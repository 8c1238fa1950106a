import type { Writable } from 'node:stream';
import type { Database } from '../core/context.ts';
import type { Locale, Translate } from '../core/texts.ts';
import type { Places } from '../places/places.ts';
import type { Right } from '../staff/rights.ts';
import { exportProposals } from './export-proposals.ts';
import { exportRecipients } from './export-recipients.ts';
import { type ExportRequest, type JobRequest, MIME, type RecipientsRequest } from './request.ts';

/** What a file is made with. */
export interface Making {
  readonly db: Database;
  readonly places: Places;
  readonly timeZone: string;
  readonly locale: Locale;
  readonly out: Writable;
  readonly madeAt: Date;
  /** A rejection ends it. */
  readonly onProgress: (done: number) => Promise<void>;
}

/** What is made beside the talk, and what is said of it. */
export interface JobKind {
  /** That who asked must have when it is begun and when it leaves. */
  readonly rights: readonly Right[];
  readonly mime: string;
  /** Letters that every device can show. */
  fileName(code: string, day: string): string;
  /** Returns how many rows it has. */
  write(making: Making): Promise<number>;
  progress(t: Translate, of: { done: number; total: number }): string;
  ready(t: Translate, count: number): string;
  tooLarge(t: Translate): string;
}

export function kindOf(request: JobRequest): JobKind {
  return 'announcementId' in request ? recipients(request) : proposals(request);
}

function proposals(request: ExportRequest): JobKind {
  const { format, names } = request;
  return {
    rights: names ? ['exports.make', 'exports.names'] : ['exports.make'],
    mime: MIME[format],
    fileName: (code, day) => `proposals-${code}-${day}.${format}`,
    write: ({ timeZone: _, ...making }) => exportProposals({ ...request, ...making }),
    progress: (t, of) => t('export-progress', of),
    ready: (t, count) => t(names ? 'export-ready-names' : 'export-ready', { count }),
    tooLarge: (t) => t('export-too-large'),
  };
}

function recipients(request: RecipientsRequest): JobKind {
  const { announcementId, format, names } = request;
  return {
    rights: names ? ['announcements.read', 'exports.names'] : ['announcements.read'],
    mime: MIME[format],
    fileName: (code, day) => `recipients-${code}-${announcementId}-${day}.${format}`,
    write: ({ madeAt: _, ...making }) => exportRecipients({ ...request, ...making }),
    progress: (t, { done }) => t('announce-file-progress', { count: done }),
    ready: (t, count) => t(names ? 'announce-file-ready-names' : 'announce-file-ready', { count }),
    tooLarge: (t) => t('announce-file-too-large'),
  };
}
