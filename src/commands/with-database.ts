import { userInfo } from 'node:os';
import { type Config, readEnvironment } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import type { Context } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { createLogger, type Logger } from '../core/logger.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { ensureDefaultCatalogue } from '../places/load-catalogue.ts';
import { loadPlaces, type Municipality, type Places } from '../places/places.ts';

/** What a command works with. Data goes to stdout, words to stderr. */
export interface CommandWorld {
  readonly config: Config;
  readonly log: Logger;
  readonly open: OpenDatabase;
  /** The operator acts, under the name of the system's user. */
  readonly ctx: Context;
}

export function readWorld(): { config: Config; log: Logger } {
  const config = readEnvironment();
  return { config, log: createLogger(config.log) };
}

/**
 * Opens the database beside a running `start`, or without one, and closes it whatever happens. `alone`: only while no
 * `start` runs. `asItIs`: an empty one gets no catalogue, so that a backup or another catalogue may come into it.
 */
export async function withDatabase<T>(
  work: (world: CommandWorld) => Promise<T>,
  { alone = false, asItIs = alone }: { alone?: boolean; asItIs?: boolean } = {},
): Promise<T> {
  const { config, log } = readWorld();
  const { databaseUrl, dataDir } = config;
  const open = await openDatabase({ databaseUrl, dataDir, role: alone ? 'start' : 'command', log, poolSize: 2 });
  try {
    const actor = { type: 'operator', name: userInfo().username } as const;
    const ctx: Context = { db: open.db, clock: systemClock, log, actor };
    if (!asItIs) await ensureDefaultCatalogue(ctx, { timeZone: config.timeZone });
    return await work({ config, log, open, ctx });
  } finally {
    await open.close();
  }
}

/** The municipality that a command is about. @throws {AppError} when there are several and none is named */
export async function chooseMunicipality(
  { ctx }: CommandWorld,
  code: string | undefined,
): Promise<{ places: Places; municipality: Municipality }> {
  const places = await loadPlaces(ctx.db);
  const codes = places.municipalities.map((municipality) => municipality.code).join(', ');
  const [only, second] = places.municipalities;
  const municipality = code === undefined ? (second === undefined ? only : undefined) : places.municipalityByCode(code);
  if (municipality) return { places, municipality };
  const found = code === undefined ? 'There are several municipalities' : `There is no municipality '${code}'`;
  throw new AppError('invalid', `${found}: give --municipality with one of ${codes}.`);
}

/** Words for people. */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
