import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { formatDate } from '../core/dates.ts';
import { AppError } from '../core/errors.ts';
import { DEFAULT_LOCALE, LOCALES, type Locale, translator } from '../core/texts.ts';
import { EXPORT_FORMATS } from '../exports/request.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import { parseProposalFilter, proposalPages } from '../proposals/list-proposals.ts';
import { PROPOSAL_STATUSES } from '../proposals/rules.ts';
import { exportFile, type FileOptions, writeProposals } from './export-file.ts';
import { type CommandWorld, chooseMunicipality, tell, withDatabase } from './with-database.ts';

interface FilterOptions {
  municipality?: string;
  village?: string;
  sector?: string;
  status?: string;
  channel?: string;
  proposalLanguage?: string;
  from?: string;
  to?: string;
}

export function addProposals(program: Command): void {
  const proposals = program.command('proposals').description('What residents have sent.');
  withFilters(proposals.command('list').description('One line a proposal, oldest first.'))
    .option('--json', 'for programs')
    .action((options: FilterOptions & { json?: boolean; language: Locale }) =>
      withDatabase(async (world) => {
        const chosen = await filterOf(world, options);
        if (!options.json) return list(world, chosen, options.language);
        const count = await writeProposals(world, chosen, { ...options, format: 'json', hidden: true }, process.stdout);
        tell(`${count} proposal(s).`);
      }),
    );
  withFilters(proposals.command('export').description('All columns, as a file for a spreadsheet, a program or paper.'))
    .addOption(
      new Option('--format <format>', 'default: by the name of the file, else csv').choices([...EXPORT_FORMATS]),
    )
    .option('--out <file>', 'default: stdout')
    .option('--names', 'with the names and addresses of those who wrote; it is written down who asked for them')
    .option('--hidden', 'with those that staff have hidden')
    .option('--media <folder>', 'photos, voice messages and other files too, in a folder for each proposal')
    .action((options: FilterOptions & FileOptions) =>
      withDatabase(async (world) => exportFile(world, await filterOf(world, options), options)),
    );
}

function withFilters(command: Command): Command {
  return command
    .option('--municipality <code>', 'where there are several')
    .option('--village <id>')
    .option('--sector <id>')
    .addOption(new Option('--status <status>').choices([...PROPOSAL_STATUSES]))
    .option('--from <date>', 'submitted on or after, YYYY-MM-DD')
    .option('--to <date>', 'submitted on or before, YYYY-MM-DD')
    .addOption(
      new Option('--channel <channel>', 'test proposals come only when asked for so').choices([...CHANNEL_NAMES]),
    )
    .addOption(new Option('--proposal-language <language>', 'language of the resident').choices([...LOCALES]))
    .addOption(
      new Option('--language <language>', 'of headings and names').choices([...LOCALES]).default(DEFAULT_LOCALE),
    );
}

async function filterOf(world: CommandWorld, o: FilterOptions) {
  const { places, municipality } = await chooseMunicipality(world, o.municipality);
  const villageId = checked(
    'village',
    o.village,
    municipality.villages,
    (id) => places.municipalityOf(id)?.id === municipality.id,
  );
  const sectorId = checked(
    'sector',
    o.sector,
    municipality.sectors,
    (id) => places.sector(municipality.id, id) !== null,
  );
  const given = {
    municipalityId: municipality.id,
    villageId,
    sectorId,
    status: o.status,
    from: o.from,
    to: o.to,
    channel: o.channel,
    language: o.proposalLanguage,
  };
  const filter = parseProposalFilter(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  return { places, municipality, filter: { ...filter, municipalityId: municipality.id } };
}

/** An id that exists, be it retired: old proposals still have it. @throws {AppError} `invalid`, with those in use */
function checked(
  kind: string,
  id: string | undefined,
  inUse: readonly { readonly id: string }[],
  exists: (id: string) => boolean,
): string | undefined {
  if (id === undefined || exists(id)) return id;
  const expected = inUse.map((one) => one.id).join(', ');
  throw new AppError('invalid', `There is no ${kind} '${id}': expected one of ${expected}.`);
}

async function list(
  world: CommandWorld,
  { places, municipality, filter }: Awaited<ReturnType<typeof filterOf>>,
  language: Locale,
): Promise<void> {
  const t = translator(language);
  let count = 0;
  for await (const page of proposalPages(world.ctx.db, filter)) {
    const lines = page.map((row) =>
      [
        row.number,
        formatDate(row.submittedAt, language, municipality.timeZone, 'dmy'),
        places.village(row.villageId)?.names[language] ?? row.villageId,
        places.sector(row.municipalityId, row.sectorId)?.labels[language] ?? row.sectorId,
        t(`status-${row.status}`),
        row.text.replace(/\s+/g, ' '),
      ].join('\t'),
    );
    count += page.length;
    if (!process.stdout.write(`${lines.join('\n')}\n`)) await once(process.stdout, 'drain');
  }
  tell(`${count} proposal(s).`);
}
