import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Context } from '../../src/core/context.ts';
import type { Locale } from '../../src/core/texts.ts';
import { sendNotice } from '../../src/deliveries/send-notice.ts';
import type { CreateHearingInput } from '../../src/hearings/create-hearing.ts';
import { hearingButtons } from '../../src/hearings/hearing-buttons.ts';
import type { Hearing } from '../../src/hearings/queries.ts';
import { type HearingQuestion, listOpenQuestions } from '../../src/hearings/question-queries.ts';
import { hearingIntents, hearings } from '../../src/hearings/tables.ts';
import { media } from '../../src/messaging/tables.ts';
import { loadPlaces, type Municipality } from '../../src/places/places.ts';
import { findResidentByAddress, type Resident } from '../../src/residents/queries.ts';
import { setLanguage } from '../../src/residents/set-language.ts';
import type { Role } from '../../src/staff/rights.ts';
import { testContext } from '../support/database.ts';
import { givenHearing, givenMedia, givenResident, givenStaff } from '../support/given.ts';
import type { Person, useTalk } from '../support/talk.ts';

const at = (id: string) => ({ channel: 'simulator', account: 'local', id }) as const;

/** Hearings of Kara-Suu and the people around them, in the talk of a test file. */
export class HearingStage {
  readonly #world: ReturnType<typeof useTalk>;

  constructor(world: ReturnType<typeof useTalk>) {
    this.#world = world;
  }

  get ctx(): Context {
    return testContext(this.#world.database.db, { clock: this.#world.talk.clock });
  }

  async karaSuu(): Promise<Municipality> {
    const municipality = (await loadPlaces(this.#world.database.db)).municipalityByCode('KS');
    if (municipality === null) throw new Error('no municipality KS');
    return municipality;
  }

  async planned(options: Partial<CreateHearingInput> = {}): Promise<Hearing> {
    return givenHearing(this.ctx, await this.karaSuu(), {
      kind: 'budget_draft',
      topic: { ky: '2027-жылдын бюджети', ru: 'Бюджет 2027 года' },
      ...options,
    });
  }

  /** Of Mantysh, unless told otherwise. */
  async neighbour(id: string, options: { language?: Locale; villageId?: string } = {}): Promise<Person> {
    const one = await givenResident(this.ctx, { address: at(id), villageId: options.villageId ?? 'mantysh' });
    if (options.language) await setLanguage(this.ctx, { residentId: one.id, language: options.language });
    return this.#world.as(id);
  }

  async colleague(id: string, role: Role, language: Locale = 'ky'): Promise<Person> {
    await givenStaff(this.ctx, await this.karaSuu(), role, at(id), { language });
    return this.#world.as(id);
  }

  async residentOf(person: Person): Promise<Resident> {
    const found = await findResidentByAddress(this.#world.database.db, at(person.id));
    if (found === null) throw new Error(`${person.id} is nobody we know`);
    return found;
  }

  /** A notice with the buttons of the hearing. */
  async notify(person: Person, hearing: Hearing): Promise<void> {
    const { id } = await this.residentOf(person);
    await this.#world.database.db.transaction((tx) =>
      sendNotice(tx, this.ctx, {
        municipalityId: hearing.municipalityId,
        subject: `hearing:${hearing.id}`,
        audience: 'own',
        residentIds: [id],
        write: (t) => ({ text: t('hearing-head'), options: hearingButtons(hearing, t), compact: true }),
      }),
    );
    await this.#world.talk.settled();
  }

  async intentOf(person: Person, hearing: Hearing): Promise<string | null> {
    const { id } = await this.residentOf(person);
    const rows = await this.#world.database.db.select().from(hearingIntents).where(eq(hearingIntents.residentId, id));
    return rows.find(({ hearingId }) => hearingId === hearing.id)?.intent ?? null;
  }

  questions(hearing: Hearing): Promise<HearingQuestion[]> {
    return listOpenQuestions(this.#world.database.db, hearing.id);
  }

  /** A PDF that somebody of the office sent; nobody fetches a pending one. */
  async file(status: 'stored' | 'pending' = 'stored'): Promise<number> {
    const { db, dataDir } = this.#world.database;
    const id = await givenMedia(this.ctx, { ...at('office'), account: 'nobody' }, 'draft.pdf');
    const path = status === 'stored' ? 'draft.pdf' : null;
    await db.update(media).set({ path, status, mime: 'application/pdf' }).where(eq(media.id, id));
    await mkdir(join(dataDir, 'media'), { recursive: true });
    await writeFile(join(dataDir, 'media', 'draft.pdf'), '%PDF-1.7');
    return id;
  }

  /** Nothing of what was planned is shown any more. */
  async clear(): Promise<void> {
    await this.#world.database.db.update(hearings).set({ startsAt: new Date('2020-01-01T00:00:00Z') });
  }
}
