import { and, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { ChannelAddress } from '../../src/messaging/contract.ts';
import { eraseUnagreed } from '../../src/privacy/erase-unagreed.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { addresses, residents } from '../../src/residents/tables.ts';
import type { FakePerson } from '../support/bot-api/person.ts';
import type { Chat } from '../support/bot-api/world.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenResident } from '../support/given.ts';
import { GroupStage } from './group-stage.ts';

/** Numbers that stand in no table by chance. */
let people = 77_000_000;

/** A group of Kyzyl-Dobo, fresh for each test; the bot is an administrator of it and hears everything. */
export function useVillageGroup() {
  const database = useDatabase();
  const there: { stage?: GroupStage; officer?: FakePerson; chat?: Chat } = {};
  const given = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('the group is there only while tests run');
    return thing;
  };

  beforeAll(async () => {
    const stage = await GroupStage.start(database, false);
    there.stage = stage;
    there.officer = await stage.member(501, 'officer');
    await stage.member(502, 'working-group');
    await stage.member(503, 'deputy');
  });
  afterAll(() => there.stage?.stop());
  beforeEach(async () => {
    const chat = given(there.stage).group();
    there.chat = chat;
    await given(there.stage).hears(chat, () => given(there.officer).sends('/link kyzyl-dobo', { chat }));
  });

  const addressOf = (person: FakePerson): ChannelAddress => {
    return { channel: 'telegram', account: String(given(there.stage).api.bot.id), id: String(person.id) };
  };
  return {
    database,
    get stage() {
      return given(there.stage);
    },
    /** Of the staff; linked the group. */
    get officer() {
      return given(there.officer);
    },
    get chat() {
      return given(there.chat);
    },

    /** Somebody who never wrote to the bot: it cannot write to them either. */
    stranger(): FakePerson {
      people += 1;
      return given(there.stage).api.user(people);
    },

    /** Who consented in a chat of their own, in Ortok. */
    async villager(): Promise<FakePerson> {
      people += 1;
      const [person] = given(there.stage).api.acquaintances([people]);
      if (person === undefined) throw new Error('nobody there');
      await givenResident(testContext(database.db), { address: addressOf(person), villageId: 'ortok' });
      return person;
    },

    /** What is heard in the group, and in the person's own chat with the bot. */
    inGroup: (work: () => unknown) => given(there.stage).hears(given(there.chat), work),
    alone: (person: FakePerson, work: () => unknown) => given(there.stage).hears(person.chat, work),

    count: () => database.db.$count(proposals),

    /** The proposal that came last. */
    async last() {
      const [row] = await database.db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
      if (row === undefined) throw new Error('there is no proposal');
      return row;
    },

    async residentOf(person: FakePerson) {
      const { channel, account, id } = addressOf(person);
      const at = and(eq(addresses.channel, channel), eq(addresses.account, account), eq(addresses.externalId, id));
      const [found] = await database.db
        .select({ resident: residents })
        .from(addresses)
        .innerJoin(residents, eq(residents.id, addresses.residentId))
        .where(at);
      return found?.resident ?? null;
    },

    /** What the sweeper does every ten minutes. */
    sweep: () => eraseUnagreed({ ...testContext(database.db), clock: given(there.stage).clock }),
  };
}
