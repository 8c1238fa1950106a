import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/core/context.ts';
import { parseCatalogue } from '../../src/places/catalogue.ts';
import type { Municipality } from '../../src/places/places.ts';

/** Kara-Suu as its catalogue file describes it, for what needs no database. */
export function karaSuu(): Municipality {
  const path = new URL('../../src/places/catalogues/kara-suu.json', import.meta.url);
  const {
    municipality: own,
    settings,
    legal,
    villages,
    sectors,
  } = parseCatalogue(JSON.parse(readFileSync(path, 'utf8')));
  const of = { municipalityId: 1, retired: false };
  return {
    id: 1,
    code: own.code,
    names: own.names,
    timeZone: 'Asia/Bishkek',
    settings,
    legal,
    villages: villages.map((village) => ({ ...village, ...of, cases: null })),
    sectors: sectors.map((sector) => ({ ...sector, ...of })),
  };
}

/** Nobody is reminded of what the law wants: a word that comes by the hour of the day would stand in a talk. */
export async function withoutCalendar(db: Database): Promise<void> {
  await db.execute(sql`
    update municipalities set settings = settings || '{"calendar": []}', revision = revision + 1`);
}
