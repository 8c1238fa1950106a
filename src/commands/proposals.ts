import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { type Command, Option } from 'commander';
import { formatDate } from '../core/dates.ts';
import { AppError, toError } from '../core/errors.ts';
import { DEFAULT_LOCALE, LOCALES, type Locale, translator } from '../core/texts.ts';
import { exportProposals } from '../exports/export-proposals.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import { type ProposalFilter, parseProposalFilter, proposalPages } from '../proposals/list-proposals.ts';
import { PROPOSAL_STATUSES } from '../proposals/rules.ts';
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
        if (options.json) await write(world, options, 'json', process.stdout);
        else await list(world, options);
      }),
    );
  withFilters(proposals.command('export').description('All columns, as a file for a spreadsheet or a program.'))
    .addOption(new Option('--format <format>').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'default: stdout')
    .action((options: FilterOptions & { format: 'csv' | 'json'; language: Locale; out?: string }) =>
      withDatabase((world) =>
        options.out === undefined
          ? write(world, options, options.format, process.stdout)
          : toFile(world, options, options.out),
      ),
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
  const filter: ProposalFilter = parseProposalFilter(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  return { places, municipality, filter };
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

async function list(world: CommandWorld, options: FilterOptions & { language: Locale }): Promise<void> {
  const { places, municipality, filter } = await filterOf(world, options);
  const t = translator(options.language);
  let count = 0;
  for await (const page of proposalPages(world.ctx.db, filter)) {
    const lines = page.map((row) =>
      [
        row.number,
        formatDate(row.submittedAt, options.language, municipality.timeZone, 'dmy'),
        places.village(row.villageId)?.names[options.language] ?? row.villageId,
        places.sector(row.municipalityId, row.sectorId)?.labels[options.language] ?? row.sectorId,
        t(`status-${row.status}`),
        row.text.replace(/\s+/g, ' '),
      ].join('\t'),
    );
    count += page.length;
    if (!process.stdout.write(`${lines.join('\n')}\n`)) await once(process.stdout, 'drain');
  }
  tell(`${count} proposal(s).`);
}

async function write(
  world: CommandWorld,
  options: FilterOptions & { language: Locale },
  format: 'csv' | 'json',
  out: Writable,
): Promise<void> {
  const { places, filter } = await filterOf(world, options);
  const startedAt = Date.now();
  let told = startedAt;
  const count = await exportProposals({
    db: world.ctx.db,
    places,
    filter,
    format,
    locale: options.language,
    out,
    onProgress(written) {
      if (Date.now() - told < 2000) return;
      told = Date.now();
      tell(`${written} …`);
    },
  });
  tell(`${count} proposal(s).`);
}

/** Under another name until it is whole. */
async function toFile(
  world: CommandWorld,
  options: FilterOptions & { format: 'csv' | 'json'; language: Locale },
  path: string,
): Promise<void> {
  const partial = `${path}.part`;
  const out = createWriteStream(partial);
  await once(out, 'open').catch((cause: unknown) => {
    throw new AppError('conflict', `${path} cannot be written: ${toError(cause).message}`, { cause });
  });
  try {
    await write(world, options, options.format, out);
    out.end();
    await once(out, 'finish');
    await rename(partial, path);
  } catch (cause) {
    out.destroy();
    await rm(partial, { force: true });
    throw cause;
  }
}
