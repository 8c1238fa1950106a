import type { Database } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { type Cases, type KeywordGroup, type Legal, type Names, readSettings, type Settings } from './catalogue.ts';
import { type PlacesRows, readPlacesRevision, readPlacesRows } from './queries.ts';

export interface Village {
  readonly id: string;
  readonly municipalityId: number;
  readonly names: Names;
  readonly spellings: readonly string[];
  readonly cases: Cases | null;
  /** The name is also an ordinary word. */
  readonly ordinaryWord: boolean;
  /** No longer offered; old proposals still name it. */
  readonly retired: boolean;
}

export interface Sector {
  readonly id: string;
  readonly municipalityId: number;
  /** Short, for buttons. */
  readonly labels: Names;
  /** Long, for tables and documents. */
  readonly names: Names;
  readonly keywords: readonly KeywordGroup[];
  readonly retired: boolean;
}

export interface Municipality {
  readonly id: number;
  readonly code: string;
  readonly names: Names;
  readonly timeZone: string;
  readonly settings: Settings;
  readonly legal: Legal;
  /** In the catalogue's order, without the retired ones; so are `sectors`. */
  readonly villages: readonly Village[];
  readonly sectors: readonly Sector[];
}

/** All places of the database at one moment; never changes. */
export interface Places {
  readonly revision: string;
  /** Oldest first. */
  readonly municipalities: readonly Municipality[];
  /** Of all municipalities, without the retired ones. */
  readonly villages: readonly Village[];
  /** @throws {AppError} `not-found` */
  municipality(id: number): Municipality;
  municipalityByCode(code: string): Municipality | null;
  /** The municipality that the village, retired or not, belongs to. */
  municipalityOf(villageId: string): Municipality | null;
  /** Also a retired one. */
  village(id: string): Village | null;
  /** Also a retired one. */
  sector(municipalityId: number, id: string): Sector | null;
}

/** Reads all places, two or three small statements. Takes the pool, or the transaction one stands in. */
export async function loadPlaces(db: Database): Promise<Places> {
  return buildPlaces(await readPlacesRows(db));
}

function buildPlaces(rows: PlacesRows): Places {
  const villages = rows.villages.map(
    ({ position: _, retiredAt, ...village }): Village => ({ ...village, retired: retiredAt !== null }),
  );
  const sectors = rows.sectors.map(
    ({ position: _, retiredAt, ...sector }): Sector => ({ ...sector, retired: retiredAt !== null }),
  );
  const municipalities = rows.municipalities.map(
    ({ id, code, names, timeZone, settings, legal }): Municipality => ({
      id,
      code,
      names,
      timeZone,
      settings: readSettings(settings),
      legal,
      villages: villages.filter((village) => village.municipalityId === id && !village.retired),
      sectors: sectors.filter((sector) => sector.municipalityId === id && !sector.retired),
    }),
  );
  const byId = new Map(municipalities.map((municipality) => [municipality.id, municipality]));
  const byCode = new Map(municipalities.map((municipality) => [municipality.code, municipality]));
  const villageById = new Map(villages.map((village) => [village.id, village]));
  const sectorByKey = new Map(sectors.map((sector) => [`${sector.municipalityId}:${sector.id}`, sector]));
  return Object.freeze({
    revision: rows.revision,
    municipalities,
    villages: municipalities.flatMap((municipality) => municipality.villages),
    municipality(id: number) {
      const found = byId.get(id);
      if (found === undefined) throw new AppError('not-found', `municipality ${id}: there is none`);
      return found;
    },
    municipalityByCode: (code: string) => byCode.get(code) ?? null,
    municipalityOf: (villageId: string) => byId.get(villageById.get(villageId)?.municipalityId ?? -1) ?? null,
    village: (id: string) => villageById.get(id) ?? null,
    sector: (municipalityId: number, id: string) => sectorByKey.get(`${municipalityId}:${id}`) ?? null,
  });
}

/** How long a snapshot is used before the database is asked whether a newer one exists. */
const CHECK_AFTER_MS = 2_000;

/** The latest places, re-read only when a catalogue was loaded since; a load is noticed within two seconds. */
export class PlacesCache {
  readonly #monotonicNow: () => number;
  #places: Places | null = null;
  #checkAt = 0;

  constructor(monotonicNow: () => number = () => performance.now()) {
    this.#monotonicNow = monotonicNow;
  }

  /**
   * Takes the pool, or the transaction one stands in: asking the pool from inside a transaction would wait for itself
   * on the embedded database. `needed`: ids of municipalities, for which the database is asked at once.
   */
  async read(db: Database, needed: readonly number[] = []): Promise<Places> {
    const now = this.#monotonicNow();
    const places = this.#places;
    const whole = needed.every((id) => places?.municipalities.some((known) => known.id === id));
    if (places !== null && whole && now < this.#checkAt) return places;
    this.#checkAt = now + CHECK_AFTER_MS; // others go on with the old snapshot while this one asks
    const known = this.#places;
    if (known !== null && known.revision === (await readPlacesRevision(db))) return known;
    this.#places = await loadPlaces(db);
    return this.#places;
  }
}
