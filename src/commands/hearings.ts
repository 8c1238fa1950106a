import type { Command } from 'commander';
import { callOffHearing, moveHearing } from '../announcements/move-hearing.ts';
import { isoWithOffset } from '../core/dates.ts';
import { AppError } from '../core/errors.ts';
import { DEFAULT_LOCALE } from '../core/texts.ts';
import { countIntents, type Intent } from '../hearings/intent-queries.ts';
import { getHearing, type Hearing, listHearings } from '../hearings/queries.ts';
import { Line, localText, MAX_LINE_LENGTH } from '../hearings/rules.ts';
import { loadPlaces, type Municipality } from '../places/places.ts';
import { momentOf } from './announce-moments.ts';
import { toHearingWords } from './announce-words.ts';
import { type Common, parseId } from './announcements-choice.ts';
import { type CommandWorld, chooseMunicipality, tell, withDatabase } from './with-database.ts';

interface MoveOptions extends Common {
  readonly startsAt?: string;
  readonly village?: string;
  readonly building?: string;
}

export function addHearings(program: Command): void {
  const hearings = program.command('hearings').description('Public hearings; `announce` plans one with its notice.');
  const command = (usage: string, words: string) =>
    hearings.command(usage).description(words).option('--municipality <code>', 'where there are several');
  command('list', 'One line a hearing, the soonest first, with how many say that they come and that they do not.')
    .option('--past', 'also those that have begun')
    .option('--json', 'for programs')
    .action((o: Common & { past?: true; json?: true }) => withDatabase((world) => list(world, o)));
  command('move', 'Gives a hearing another time or place; whoever was told of it is told of that at once.')
    .argument('<id>', 'as `hearings list` shows it', parseId)
    .option('--starts-at <time>', 'such as "2027-04-20 10:00", by the clocks of the municipality')
    .option('--village <id>')
    .option('--building <words>', 'where in the village')
    .action((id: number, o: MoveOptions) => onHearing(id, o, (at) => move(at, o)));
  command('call-off', 'Ends a hearing that will not take place; whoever was told of it is told so at once.')
    .argument('<id>', 'as `hearings list` shows it', parseId)
    .requiredOption('--reason <words>', 'as residents read it, in their language')
    .action((id: number, o: Common & { reason: string }) =>
      onHearing(id, o, async ({ world }) => {
        const reason = lineOf('--reason', o.reason);
        const { told } = await callOffHearing(world.ctx, { hearingId: id, reason });
        tell(`Hearing ${id} is called off. ${told} will be told.`);
      }),
    );
}

interface ChosenHearing {
  readonly world: CommandWorld;
  readonly municipality: Municipality;
  readonly hearing: Hearing;
}

function onHearing(id: number, o: Common, work: (at: ChosenHearing) => Promise<void>): Promise<void> {
  return withDatabase(async (world) => {
    const { db } = world.ctx;
    const hearing = await getHearing(db, id);
    const municipality = (await loadPlaces(db)).municipality(hearing.municipalityId);
    if (o.municipality !== undefined && o.municipality !== municipality.code) {
      throw new AppError('not-found', `Hearing ${id} is of ${municipality.code}, not of ${o.municipality}.`);
    }
    await work({ world, municipality, hearing }).catch((thrown: unknown) => {
      throw toHearingWords(thrown);
    });
  });
}

/** @throws {AppError} `invalid` */
function lineOf(option: string, words: string): string {
  const line = Line.safeParse(words);
  if (line.success) return line.data;
  throw new AppError('invalid', `${option}: expected 1 to ${MAX_LINE_LENGTH} characters.`);
}

async function move({ world, municipality, hearing }: ChosenHearing, o: MoveOptions): Promise<void> {
  const { startsAt, village: villageId, building } = o;
  const { timeZone, villages } = municipality;
  if (villageId !== undefined && !villages.some((one) => one.id === villageId)) {
    const expected = villages.map((one) => one.id).join(', ');
    throw new AppError('invalid', `There is no village '${villageId}': expected one of ${expected}.`);
  }
  const changes = {
    ...(startsAt === undefined ? {} : { startsAt: momentOf('--starts-at', startsAt, timeZone) }),
    ...(villageId === undefined ? {} : { villageId }),
    ...(building === undefined ? {} : { building: lineOf('--building', building) }),
  };
  if (Object.keys(changes).length === 0) {
    throw new AppError('invalid', 'Give --starts-at, --village or --building.');
  }
  const { told } = await moveHearing(world.ctx, { hearingId: hearing.id, changes });
  const after = await getHearing(world.ctx.db, hearing.id);
  const where = `${isoWithOffset(after.startsAt, timeZone)}, ${after.villageId}, ${after.building}`;
  tell(`Hearing ${hearing.id}: ${where}. ${told} will be told.`);
}

async function list(world: CommandWorld, o: Common & { past?: true; json?: true }): Promise<void> {
  const { municipality } = await chooseMunicipality(world, o.municipality);
  const { db, clock } = world.ctx;
  const from = o.past ? new Date(0) : clock.now();
  const found = await listHearings(db, { municipalityId: municipality.id, from });
  const rows = [];
  for (const { id, state, kind, startsAt, villageId, building, topic } of found) {
    const intents = await countIntents(db, id);
    const count = (intent: Intent) => intents.reduce((sum, one) => sum + (one.intent === intent ? one.count : 0), 0);
    rows.push({
      ...{ id, state, kind },
      startsAt: isoWithOffset(startsAt, municipality.timeZone),
      place: { village: villageId, building },
      ...{ coming: count('coming'), notComing: count('not_coming') },
      topic,
    });
  }
  if (o.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else {
    for (const { id, state, kind, startsAt, place, coming, notComing, topic } of rows) {
      const words = (localText(topic, DEFAULT_LOCALE)?.text ?? '').replaceAll(/\s+/g, ' ');
      const cells = [id, state, kind, startsAt, place.village, place.building, coming, notComing, words];
      process.stdout.write(`${cells.join('\t')}\n`);
    }
  }
  tell(`${rows.length} hearing(s).`);
}
