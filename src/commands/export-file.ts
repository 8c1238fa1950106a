import { extname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { copyMedia, type MissingFile } from '../exports/copy-media.ts';
import type { MunicipalFilter } from '../exports/export-options.ts';
import { exportedFilter, exportProposals } from '../exports/export-proposals.ts';
import { recordExport } from '../exports/record-export.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../exports/request.ts';
import type { Places } from '../places/places.ts';
import { countProposals } from '../proposals/list-proposals.ts';
import { staySmall } from './stay-small.ts';
import { toFile } from './to-file.ts';
import { type CommandWorld, tell } from './with-database.ts';

export interface FileOptions {
  readonly format?: ExportFormat;
  /** Absent: stdout. */
  readonly out?: string;
  readonly language: Locale;
  readonly names?: boolean;
  readonly hidden?: boolean;
  /** A folder for photos and voice messages. */
  readonly media?: string;
}

export interface Chosen {
  readonly places: Places;
  readonly filter: MunicipalFilter;
}

/** Writes the proposals to a file or to stdout, and says how many; who took them out is written down first. */
export async function exportFile(world: CommandWorld, chosen: Chosen, options: FileOptions): Promise<void> {
  const { ctx, config } = world;
  const { out, names = false, hidden = false } = options;
  const format = formatOf(options);
  if (out === undefined && (format === 'xlsx' || format === 'docx') && process.stdout.isTTY) {
    throw new AppError('invalid', `A file of the format ${format} is not for a terminal: give --out FILE.`);
  }
  const filter = exportedFilter(chosen.filter, hidden);
  const count = await countProposals(ctx.db, filter);
  await withTransaction(ctx, (tx) =>
    recordExport(tx, ctx, { municipalityId: filter.municipalityId, filter, format, names, hidden, count }),
  );
  const write = (target: Writable) => writeProposals(world, chosen, { ...options, format }, target);
  const written = out === undefined ? await write(process.stdout) : await toFile(out, write);
  tell(written === 0 ? '0 proposal(s): none fits, and the file has nothing in it.' : `${written} proposal(s).`);
  if (options.media === undefined) return;
  const { copied, missing } = await copyMedia({
    db: ctx.db,
    filter,
    from: join(config.dataDir, 'media'),
    to: options.media,
  });
  tell(`${copied} file(s) in ${options.media}.`);
  tellMissing(missing);
}

/** As it is asked for, else as the name of the file tells. */
function formatOf({ format, out }: FileOptions): ExportFormat {
  const ending = out === undefined ? '' : extname(out).slice(1).toLowerCase();
  return format ?? EXPORT_FORMATS.find((one) => one === ending) ?? 'csv';
}

/** Says from time to time how far it is. Returns how many it wrote. */
export function writeProposals(
  { ctx }: CommandWorld,
  { places, filter }: Chosen,
  { format, language, names = false, hidden = false }: FileOptions & { format: ExportFormat },
  out: Writable,
): Promise<number> {
  let told = Date.now();
  return staySmall(() =>
    exportProposals({
      db: ctx.db,
      places,
      filter,
      format,
      locale: language,
      out,
      names,
      hidden,
      madeAt: ctx.clock.now(),
      onProgress(written) {
        if (Date.now() - told < 2000) return;
        told = Date.now();
        tell(`${written} …`);
      },
    }),
  );
}

const WHY: Readonly<Record<MissingFile['why'], string>> = {
  pending: 'not fetched from the platform yet',
  gone: 'not to be had from the platform any more',
  lost: 'not in the folder of the media',
};
/** More lines than these nobody reads. */
const MOST_TOLD = 20;

function tellMissing(missing: readonly MissingFile[]): void {
  if (missing.length === 0) return;
  tell(`${missing.length} file(s) could not be copied:`);
  for (const { number, position, why } of missing.slice(0, MOST_TOLD)) tell(`  ${number}/${position}: ${WHY[why]}`);
  if (missing.length > MOST_TOLD) tell(`  and ${missing.length - MOST_TOLD} more`);
}
