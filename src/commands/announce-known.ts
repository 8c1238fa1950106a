import type { Context } from '../core/context.ts';
import { databaseNow } from '../db/database-now.ts';
import type { Municipality } from '../places/places.ts';
import { listGroups } from '../residents/groups.ts';
import type { Known } from './announce-file.ts';

/** What the file of an announcement of this municipality may name. */
export async function readKnown(ctx: Context, municipality: Municipality): Promise<Known> {
  const groups = await listGroups(ctx.db, municipality.id);
  return {
    villages: municipality.villages.map(({ id }) => id),
    groups: groups.map(({ address: { channel, id } }) => `${channel}:${id}`),
    timeZone: municipality.timeZone,
    now: await databaseNow(ctx),
  };
}
