import { AppError } from '../core/errors.ts';
import type { Municipality, Places } from '../places/places.ts';
import { parseDay } from '../plans/parse-fields.ts';
import { findPlan, getPlan, getVersion, type PlanLine, type PlanView } from '../plans/queries.ts';
import { type CommandWorld, chooseMunicipality, withDatabase } from './with-database.ts';

/** What every command about plans works with. */
export interface Chosen {
  readonly world: CommandWorld;
  readonly places: Places;
  readonly municipality: Municipality;
}

/** Options of all of them. */
export interface Common {
  readonly municipality?: string;
}

/** Opens the database for a municipality. */
export function chosen(o: Common, work: (at: Chosen) => Promise<void>): Promise<void> {
  return withDatabase(async (world) => work({ world, ...(await chooseMunicipality(world, o.municipality)) }));
}

/** The same for a line, by its number. @throws {AppError} */
export function onLine(
  o: Common,
  year: number,
  item: number,
  work: (at: Chosen, plan: PlanView, line: PlanLine) => Promise<void>,
): Promise<void> {
  return chosen(o, async (at) => {
    const plan = await planOf(at, year);
    await work(at, plan, lineOf(plan, item));
  });
}

/** The plan of a year, as it is or as it was. @throws {AppError} */
export async function planOf({ world, municipality }: Chosen, year: number, version?: number): Promise<PlanView> {
  const { db } = world.ctx;
  const found = await findPlan(db, municipality.id, year);
  if (found === null)
    throw new AppError('not-found', `There is no plan of ${year}: begin it with plan create ${year}.`);
  return version === undefined ? getPlan(db, found.id) : getVersion(db, found.id, version);
}

/** @throws {AppError} `invalid` */
export function lineOf(plan: PlanView, item: number): PlanLine {
  const line = plan.lines.find(({ position }) => position === item);
  if (line === undefined) {
    throw new AppError('invalid', `There is no line ${item}: the plan of ${plan.year} has ${plan.lines.length}.`);
  }
  return line;
}

/** @throws {AppError} `invalid` */
export function dayOf(text: string): string {
  const day = parseDay(text);
  if (day === null) throw new AppError('invalid', `date '${text}': expected YYYY-MM-DD.`);
  return day;
}
