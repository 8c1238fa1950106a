import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type Announcement, getAnnouncement } from '../announcements/queries.ts';
import { pacesOf } from '../configured-channels.ts';
import { AppError } from '../core/errors.ts';
import type { Paces } from '../messaging/pace.ts';
import { loadPlaces, type Municipality, type Places } from '../places/places.ts';
import { toWords } from './announce-words.ts';
import { type CommandWorld, withDatabase } from './with-database.ts';

/** Options of all commands about announcements and hearings. */
export interface Common {
  readonly municipality?: string;
}

/** One announcement, with what commands about it work with. */
export interface ChosenAnnouncement {
  readonly world: CommandWorld;
  readonly places: Places;
  readonly municipality: Municipality;
  readonly announcement: Announcement;
  readonly mediaDir: string;
  /** How fast the channels that are on may send. */
  readonly paces: Paces;
}

/** A number as an argument. @throws {InvalidArgumentError} */
export function parseId(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('expected the number that the list shows.');
  return Number(value);
}

/** Opens the database for an announcement. What a verb refuses is said in words. */
export function onAnnouncement(id: number, o: Common, work: (at: ChosenAnnouncement) => Promise<void>): Promise<void> {
  return withDatabase(async (world) => {
    const announcement = await getAnnouncement(world.ctx.db, id);
    const places = await loadPlaces(world.ctx.db);
    const municipality = places.municipality(announcement.municipalityId);
    if (o.municipality !== undefined && o.municipality !== municipality.code) {
      throw new AppError('not-found', `Announcement ${id} is of ${municipality.code}, not of ${o.municipality}.`);
    }
    const mediaDir = join(world.config.dataDir, 'media');
    const paces = pacesOf(world.config);
    await work({ world, places, municipality, announcement, mediaDir, paces }).catch((thrown: unknown) => {
      throw toWords(thrown, id);
    });
  });
}
