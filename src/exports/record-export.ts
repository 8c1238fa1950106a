import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import type { ProposalFilter } from '../proposals/list-proposals.ts';
import type { ExportFormat } from './request.ts';

export interface RecordedExport {
  readonly municipalityId: number;
  readonly filter: ProposalFilter;
  readonly format: ExportFormat;
  readonly names: boolean;
  /** With those that staff have hidden. */
  readonly hidden: boolean;
  readonly count: number;
}

/** Writes down who takes which proposals out of the office, and whether with names: before the file is made. */
export async function recordExport(tx: Tx, ctx: Context, taken: RecordedExport): Promise<void> {
  const { municipalityId, filter, ...rest } = taken;
  const { municipalityId: _, shownOnly: __, ...chosen } = filter;
  await recordAudit(tx, ctx, {
    action: 'proposals.export',
    subject: `municipality:${municipalityId}`,
    municipalityId,
    after: { ...Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)), ...rest },
  });
}
