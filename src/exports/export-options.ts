import type { Writable } from 'node:stream';
import type { Database } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import type { Places } from '../places/places.ts';
import type { ProposalFilter, ProposalRow } from '../proposals/list-proposals.ts';
import type { Author } from './authors.ts';
import type { ExportFormat } from './request.ts';

/** Of one municipality. */
export type MunicipalFilter = ProposalFilter & { readonly municipalityId: number };

export interface ExportOptions {
  readonly db: Database;
  readonly places: Places;
  readonly filter: MunicipalFilter;
  readonly format: ExportFormat;
  /** Of headings, and of the names of villages, sectors and statuses; JSON has their ids. */
  readonly locale: Locale;
  readonly out: Writable;
  /** With the names and addresses of those who wrote: whoever calls has asked for the right. */
  readonly names?: boolean;
  /** With those that staff have hidden. */
  readonly hidden?: boolean;
  /** Of the day that stands on a document. */
  readonly madeAt: Date;
  /** Called after each page with the rows written so far; what it throws ends the export. */
  readonly onProgress?: (count: number) => void | Promise<void>;
}

/** A page of proposals, with those who wrote them where that is asked for. */
export interface ExportPage {
  readonly rows: readonly ProposalRow[];
  /** By the id of the proposal. */
  readonly authors: ReadonlyMap<number, Author>;
}
