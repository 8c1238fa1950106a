import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Actor, Context, Tx } from '../../src/core/context.ts';
import { media } from '../../src/messaging/tables.ts';
import { removeStaff } from '../../src/staff/remove-staff.ts';
import { NoRightError } from '../../src/staff/require-right.ts';
import { RIGHTS, type Right, ROLES, type Role } from '../../src/staff/rights.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { givenMedia, givenMunicipality, givenProposal, givenResident, givenStaff } from '../support/given.ts';
import { type Office, VERBS } from './rights-table.ts';
import { verbsThatAsk } from './verbs.ts';

const ALL = ROLES;
const WORKING = ['admin', 'officer', 'working-group'] as const;
const ANSWERING = ['admin', 'officer'] as const;

/** Who may do what, written out once more: names and numbers are for *admin* and *officer* alone. */
const MAY: Readonly<Record<Right, readonly Role[]>> = {
  'proposals.read': ALL,
  'proposals.tag': WORKING,
  'proposals.ask': ANSWERING,
  'proposals.answer': ANSWERING,
  'proposals.decide': ANSWERING,
  'proposals.hide': ANSWERING,
  'proposals.merge': WORKING,
  'proposals.transcribe': WORKING,
  'proposals.enter': WORKING,
  'proposals.import': ANSWERING,
  'senders.block': ANSWERING,
  'answers.edit': ANSWERING,
  'meetings.record': WORKING,
  'statistics.read': ALL,
  'exports.make': ALL,
  'exports.names': ANSWERING,
  'plans.read': ALL,
  'plans.edit': WORKING,
  'plans.approve': ANSWERING,
  'announcements.read': ALL,
  'announcements.prepare': WORKING,
  'announcements.release': ANSWERING,
  'hearings.manage': ANSWERING,
  'groups.link': ANSWERING,
  'staff.list': WORKING,
  'staff.manage': ['admin'],
};

/** Beside the roles: whoever has none here, any more, or elsewhere only. */
const OUTSIDERS = ['resident', 'removed admin', 'admin of another municipality'] as const;
type Person = Role | (typeof OUTSIDERS)[number];

const database = useDatabase();
let office: Office;
const people = new Map<Person, { actor: Actor; staffId: number }>();

beforeAll(async () => {
  const ctx = testContext(database.db, { actor: { type: 'operator', name: 'root' } });
  const system = testContext(database.db);
  const municipality = await givenMunicipality(system);
  const elsewhere = await givenMunicipality(system, { code: 'AB' });
  const address = { channel: 'telegram', account: '1', id: 'author' } as const;
  const author = await givenResident(system, { address, villageId: 'ks-upper' });
  const voice = await givenMedia(system, address, 'voice.ogg');
  await database.db.update(media).set({ kind: 'voice' }).where(eq(media.id, voice));
  const proposal = (mediaIds: number[] = []) => givenProposal(system, author, municipality, { mediaIds });
  office = {
    municipality,
    residentId: author.id,
    proposalId: (await proposal()).id,
    otherProposalId: (await proposal()).id,
    spokenId: (await proposal([voice])).id,
    dispensableId: (await givenStaff(system, municipality, 'officer')).staffId,
  };
  const member = async (person: Person, role: Role, where = municipality) => {
    const { staffId } = await givenStaff(system, where, role);
    people.set(person, { actor: { type: 'staff', staffId }, staffId });
    return staffId;
  };
  for (const role of ROLES) await member(role, role);
  await member('admin of another municipality', 'admin', elsewhere);
  const staffId = await member('removed admin', 'admin');
  await removeStaff(ctx, { municipalityId: municipality.id, staffId });
  people.set('resident', { actor: { type: 'resident', residentId: author.id }, staffId: 0 });
});

/** Lets somebody try a verb; what they tried is undone. Returns what was audited as denied, or null where it worked. */
function tries(person: Person, verb: keyof typeof VERBS) {
  return rolledBack(database.db, async (tx: Tx) => {
    const who = people.get(person);
    const entry = VERBS[verb];
    if (who === undefined || entry === undefined) throw new Error(`${person} or ${verb} is not there`);
    const base: Context = testContext(database.db);
    const trial = {
      ctx: { ...base, tx, actor: who.actor },
      operator: { ...base, tx, actor: { type: 'operator', name: 'root' } },
      staffId: who.staffId,
    } as const;
    try {
      await entry.run(office, trial);
      return null;
    } catch (error) {
      // a file goes to the chat of somebody of the staff: whoever is none is refused before a right is asked for
      if (person === 'resident' && String(error).includes('somebody of the staff')) return { right: entry.right };
      if (!(error instanceof NoRightError)) throw error;
      const denied = await tx.select().from(auditLog).where(eq(auditLog.action, 'right.denied'));
      expect(denied, 'one denial is written down').toHaveLength(1);
      expect(denied[0]).toMatchObject({ municipalityId: office.municipality.id });
      return denied[0]?.after;
    }
  });
}

describe('requireRight', () => {
  it('is asked by the verbs of the table and by no other', () => {
    const listed = new Set(Object.keys(VERBS).map((name) => name.split(' ')[0]));
    expect([...listed].sort()).toEqual(verbsThatAsk());
  });

  it.each(Object.keys(VERBS))('lets those do %s who have the right, and writes down who has not', async (verb) => {
    const right = VERBS[verb]?.right ?? 'staff.manage';
    for (const role of ROLES) {
      expect(await tries(role, verb), role).toEqual(MAY[right].includes(role) ? null : { right });
    }
    for (const outsider of OUTSIDERS) expect(await tries(outsider, verb), outsider).not.toBeNull();
  });

  it('knows no right that nobody was thought of for', () => {
    expect(Object.keys(MAY).sort()).toEqual([...RIGHTS].sort());
  });
});
