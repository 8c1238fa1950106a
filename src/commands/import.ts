import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { AppError, toError } from '../core/errors.ts';
import { DEFAULT_LOCALE, LOCALES, type Locale, translator } from '../core/texts.ts';
import type { Mistake } from '../imports/check-rows.ts';
import { headingOf } from '../imports/columns.ts';
import { type ImportReport, importTable } from '../imports/import-file.ts';
import { readTableFile } from '../imports/read-table.ts';
import { ImportFileError } from '../imports/table-source.ts';
import { csvTemplate, xlsxTemplate } from '../imports/template.ts';
import { MAX_TEXT_LENGTH } from '../proposals/submit-proposal.ts';
import { chooseMunicipality, tell, withDatabase } from './with-database.ts';

interface ImportOptions {
  municipality?: string;
  dryRun?: boolean;
  meeting?: string;
  json?: boolean;
  template?: boolean;
  out?: string;
  format?: 'xlsx' | 'csv';
  language?: Locale;
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description('Proposals from a spreadsheet: all of them, or with every bad row named none.')
    .argument('[file]', 'CSV or XLSX; what was imported before is left out')
    .option('--dry-run', 'only check')
    .option('--municipality <code>', 'where there are several')
    .option('--meeting <id>', 'the meeting that they were said at, see `meetings list`')
    .option('--json', 'what was done, for programs')
    .option('--template', 'write an empty table to fill in')
    .option('--out <file>', 'of the template; default: stdout')
    .addOption(
      new Option('--format <format>', 'of the template; default: of --out, else xlsx').choices(['xlsx', 'csv']),
    )
    .addOption(
      new Option(
        '--language <language>',
        'of the template (default ky), or of what is told of rows (default en)',
      ).choices([...LOCALES]),
    )
    .action(async (file: string | undefined, options: ImportOptions) => {
      if (options.template === true && file === undefined) await writeTemplate(options);
      else if (options.template !== true && file !== undefined) await importFile(file, options);
      else throw new AppError('invalid', 'Give a FILE to import, or --template.');
    });
}

async function writeTemplate({
  municipality: code,
  out,
  format,
  language = DEFAULT_LOCALE,
}: ImportOptions): Promise<void> {
  const isCsv = format === undefined ? out?.toLowerCase().endsWith('.csv') === true : format === 'csv';
  const bytes = await withDatabase(async (world) => {
    const { municipality } = await chooseMunicipality(world, code);
    return isCsv ? csvTemplate(language) : xlsxTemplate(municipality, language);
  });
  if (out === undefined) {
    if (!isCsv && process.stdout.isTTY) throw new AppError('invalid', 'A workbook is no text: give --out FILE.');
    process.stdout.write(bytes);
    return;
  }
  await writeFile(out, bytes).catch((cause: unknown) => {
    throw new AppError('conflict', `${out} cannot be written: ${toError(cause).message}`, { cause });
  });
  tell(`${out} is written.`);
}

async function importFile(path: string, options: ImportOptions): Promise<void> {
  const { municipality: code, dryRun = false, json = false, language = 'en' } = options;
  const meetingId = options.meeting === undefined ? null : Number(options.meeting);
  if (meetingId !== null && !Number.isSafeInteger(meetingId)) {
    throw new AppError('invalid', `--meeting '${options.meeting}': expected a number.`);
  }
  const table = await readTableFile(path);
  const report = await withDatabase(async (world) => {
    const { municipality } = await chooseMunicipality(world, code);
    return importTable(world.ctx, table, { municipality, meetingId, dryRun });
  });
  if (json) process.stdout.write(`${JSON.stringify(toJson(report, dryRun, language))}\n`);
  if (report.ignored.length > 0) tell(`Columns that are not read: ${report.ignored.join(', ')}.`);
  for (const mistake of report.mistakes) tell(describe(mistake, language));
  if (report.result === null) {
    const lines = new Set(report.mistakes.map(({ line }) => line)).size;
    throw new ImportFileError(`Nothing was imported: ${lines} bad row(s) of ${report.rows + lines}.`);
  }
  const { added, present, numbers } = report.result;
  const already = present === 0 ? '' : ` ${present} were imported before.`;
  if (dryRun) tell(`${added} proposal(s) would be imported.${already} Nothing was changed.`);
  else if (numbers === null) tell(`Nothing was imported.${already}`);
  else tell(`${added} proposal(s) imported: ${numbers.first} to ${numbers.last}.${already}`);
}

function describe({ line, column, reason, value }: Mistake, locale: Locale): string {
  const t = translator(locale);
  const what = reason === 'text-long' ? t('import-text-long', { max: MAX_TEXT_LENGTH }) : t(`import-${reason}`);
  const shown = value === '' ? '' : ` ${t('import-value', { value })}`;
  return t('import-mistake', { line, column: headingOf(column, locale), what: `${what}${shown}` });
}

function toJson({ rows, mistakes, ignored, result }: ImportReport, dryRun: boolean, locale: Locale) {
  return {
    dryRun,
    rows,
    added: result?.added ?? 0,
    present: result?.present ?? 0,
    first: result?.numbers?.first ?? null,
    last: result?.numbers?.last ?? null,
    ignored,
    mistakes: mistakes.map((mistake) => ({ ...mistake, message: describe(mistake, locale) })),
  };
}
