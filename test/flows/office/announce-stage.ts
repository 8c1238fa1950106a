import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeAll, expect } from 'vitest';
import { type Announcement, listAnnouncements } from '../../../src/announcements/queries.ts';
import { type AnnouncementReport, reportAnnouncement } from '../../../src/announcements/report.ts';
import { runAnnouncements } from '../../../src/announcements/run-announcements.ts';
import type { Locale } from '../../../src/core/texts.ts';
import { loadPlaces, type Municipality } from '../../../src/places/places.ts';
import { residents } from '../../../src/residents/tables.ts';
import type { Role } from '../../../src/staff/rights.ts';
import { eventually } from '../../channels/eventually.ts';
import { testContext } from '../../support/database.ts';
import { givenResident, givenStaff } from '../../support/given.ts';
import { type Person, type TalkOptions, useTalk } from '../../support/talk.ts';

/** The okmotu of Kara-Suu on the simulator, with a resident of each language. */
export function useAnnouncing(options: TalkOptions = {}) {
  const world = useTalk(options);
  let municipality: Municipality | undefined;
  const stage = {
    world,
    get municipality(): Municipality {
      if (municipality === undefined) throw new Error('the municipality is loaded before the first test');
      return municipality;
    },
    context: () => testContext(world.database.db, { clock: world.talk.clock }),
    async resident(id: string, o: { village: string; language: Locale; name: string }): Promise<Person> {
      const address = { channel: 'simulator', account: 'local', id } as const;
      const known = await givenResident(stage.context(), { address, villageId: o.village, name: o.name });
      await world.database.db.update(residents).set({ language: o.language }).where(eq(residents.id, known.id));
      return world.as(id);
    },
    async member(id: string, role: Role, language: Locale = 'ky'): Promise<Person> {
      const address = { channel: 'simulator', account: 'local', id } as const;
      await givenStaff(stage.context(), stage.municipality, role, address, { language });
      return world.as(id);
    },
    /** The latest. */
    async last(): Promise<Announcement> {
      const { db } = world.database;
      const [found] = await listAnnouncements(db, { municipalityId: stage.municipality.id, limit: 1 });
      if (found === undefined) throw new Error('nothing was announced');
      return found;
    },
    async report(): Promise<AnnouncementReport> {
      return reportAnnouncement(world.database.db, (await stage.last()).id);
    },
    /** What is due now is begun, and has arrived. */
    async runs(): Promise<void> {
      const ctx = { ...stage.context(), actor: { type: 'system', job: 'announcements' } } as const;
      const run = () => runAnnouncements({ ctx, mediaDir: join(world.database.dataDir, 'media') });
      await run();
      await world.talk.settled();
      await run();
      await world.talk.settled();
    },
    /** It is that time; what fell due is begun, and has arrived. */
    async at(time: string): Promise<void> {
      world.talk.clock.pass(new Date(time).getTime() - world.talk.clock.now().getTime());
      await stage.runs();
    },
    /** The last that somebody heard is, or soon will be, this. */
    async hears(person: Person, text: string | RegExp): Promise<void> {
      await eventually(() => person.heard.at(-1)).toMatch(text);
    },
  };
  beforeAll(async () => {
    const found = (await loadPlaces(world.database.db)).municipalityByCode('KS');
    expect(found).not.toBeNull();
    municipality = found ?? undefined;
  });
  return stage;
}
