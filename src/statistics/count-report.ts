import type { Database } from '../core/context.ts';
import { loadPlaces, type Municipality } from '../places/places.ts';
import { AGE_BANDS, SEXES } from '../residents/tables.ts';
import { countedMeetings, countedProposals, countedSupports, type MeetingRow } from './queries.ts';
import {
  byDimension,
  type Dimension,
  type ParticipationRow,
  type Report,
  type Selection,
  WOMEN_GOAL_PERCENT,
  type WomenShare,
} from './report.ts';
import { Tally } from './tally.ts';

/**
 * Counts anew, in small statements: a million proposals take some seconds, and nobody waits for it meanwhile.
 * @throws the reason of `signal` once it is aborted
 */
export async function countReport(
  db: Database,
  selection: Selection,
  now: Date,
  signal?: AbortSignal,
): Promise<Report> {
  const municipality = (await loadPlaces(db)).municipality(selection.municipalityId);
  const tally = await tallyOf(db, selection, signal);
  const villages = villageRows(tally, municipality, await countedMeetings(db, selection), selection);
  const whole = villages.at(-1);
  if (whole === undefined) throw new Error('the rows of the villages end with the whole municipality');
  const orders: Partial<Record<Dimension, readonly string[]>> = {
    village: villageOrder(municipality, selection),
    sector: municipality.sectors.map(({ id }) => id),
    sex: SEXES,
    ageBand: AGE_BANDS,
  };
  const by = byDimension((name) => tally.parts(name, orders[name]));
  const { total } = tally;
  return {
    municipalityId: municipality.id,
    countedAt: now.toISOString(),
    from: selection.from ?? null,
    to: selection.to ?? null,
    total,
    by,
    countedTwice: byDimension((name) => ({
      authors: sum(by[name].map(({ authors }) => authors)) - total.authors,
      supporters: sum(by[name].map(({ supporters }) => supporters)) - total.supporters,
    })),
    villages,
    villagesWithNone: by.village.flatMap(({ key, proposals }) => (key !== null && proposals === 0 ? [key] : [])),
    womenAuthors: shareOf(whole.women, whole.women + whole.men),
    womenAtMeetings: shareOf(whole.meetingWomen ?? 0, whole.meetingPeopleCounted),
    meetings: whole.meetings,
    vulnerable: tally.vulnerable,
  };
}

/**
 * Who took part, a row a village in the catalogue's order, the whole municipality last. For a table that leaves the
 * office give it to `suppressParticipation` first.
 */
export async function participation(db: Database, selection: Selection): Promise<ParticipationRow[]> {
  const municipality = (await loadPlaces(db)).municipality(selection.municipalityId);
  return villageRows(await tallyOf(db, selection), municipality, await countedMeetings(db, selection), selection);
}

async function tallyOf(db: Database, selection: Selection, signal?: AbortSignal): Promise<Tally> {
  const tally = new Tally();
  for await (const page of countedProposals(db, selection)) {
    signal?.throwIfAborted();
    for (const { place, author } of page) tally.addProposal(place, author);
  }
  for await (const page of countedSupports(db, selection)) {
    signal?.throwIfAborted();
    for (const { place, supporter } of page) tally.addSupport(place, supporter);
  }
  return tally;
}

function villageRows(
  tally: Tally,
  municipality: Municipality,
  meetings: readonly MeetingRow[],
  selection: Selection,
): ParticipationRow[] {
  const order = villageOrder(municipality, selection);
  // a village that is out of use may have had proposals or meetings
  const met = meetings.map(({ villageId }) => villageId).filter((id) => !order.includes(id));
  const rows = tally.parts('village', [...order, ...met]).flatMap(({ key, ...count }) => {
    if (key === null) return [];
    const held = meetings.filter(({ villageId }) => villageId === key);
    return [{ villageId: key, ...count, ...tally.peopleOf(key), ...meetingCells(held) }];
  });
  return [...rows, { villageId: null, ...tally.total, ...tally.people, ...meetingCells(meetings) }];
}

function meetingCells(held: readonly MeetingRow[]) {
  const counted = held.flatMap(({ women }) => (women === null ? [] : [women]));
  return {
    meetings: sum(held.map(({ meetings }) => meetings)),
    meetingPeople: sum(held.map(({ people }) => people)),
    meetingWomen: counted.length === 0 ? null : sum(counted),
    meetingPeopleCounted: sum(held.map(({ peopleCounted }) => peopleCounted)),
  };
}

function villageOrder(municipality: Municipality, { villageId }: Selection): readonly string[] {
  return villageId === undefined ? municipality.villages.map(({ id }) => id) : [villageId];
}

/** @param known women and men */
function shareOf(women: number, known: number): WomenShare {
  // down, so that 30 is never shown where it is less
  const percent = known === 0 ? null : Math.floor((women * 1000) / known) / 10;
  return {
    women,
    known,
    percent,
    goalPercent: WOMEN_GOAL_PERCENT,
    belowGoal: known === 0 ? null : women * 100 < known * WOMEN_GOAL_PERCENT,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
