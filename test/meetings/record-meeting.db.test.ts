import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import type { Context } from '../../src/core/context.ts';
import { getMeeting, listMeetings, MeetingNotFoundError } from '../../src/meetings/queries.ts';
import { cancelMeeting, type RecordMeetingInput, recordMeeting } from '../../src/meetings/record-meeting.ts';
import { meetingMedia, meetings } from '../../src/meetings/tables.ts';
import { media } from '../../src/messaging/tables.ts';
import type { Municipality } from '../../src/places/places.ts';
import { forgetResident } from '../../src/privacy/forget-resident.ts';
import { enterProposal } from '../../src/proposals/enter-proposal.ts';
import { UnknownPlaceError } from '../../src/proposals/errors.ts';
import { foldProposal } from '../../src/proposals/fold.ts';
import { releaseMedia } from '../../src/proposals/release-media.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { NoRightError } from '../../src/staff/require-right.ts';
import { rolledBack, testContext, useDatabase } from '../support/database.ts';
import { asStaffOf, givenMedia, givenMunicipality, givenStaff } from '../support/given.ts';

const database = useDatabase();

interface Scene {
  readonly ctx: Context;
  readonly db: NonNullable<Context['tx']>;
  readonly municipality: Municipality;
  readonly group: Context;
  readonly deputy: Context;
}

/** A municipality with somebody of the working group, who may, and a deputy, who may not; nothing stays of it. */
function scene<T>(play: (scene: Scene) => Promise<T>): Promise<T> {
  return rolledBack(database.db, async (tx) => {
    const ctx = testContext(database.db, { tx });
    const municipality = await givenMunicipality(ctx);
    const as = async (role: 'working-group' | 'deputy') => asStaffOf(ctx, await givenStaff(ctx, municipality, role));
    return play({ ctx, db: tx, municipality, group: await as('working-group'), deputy: await as('deputy') });
  });
}

const GATHERING: RecordMeetingInput = {
  villageId: 'ks-upper',
  kind: 'gathering',
  heldOn: '2026-11-21',
  people: 45,
  women: 18,
  ages: { age14: 12, age29: 20, age55: 8 },
};

describe('recordMeeting', () => {
  it('keeps who came, who recorded it, and the sheets in their order', () =>
    scene(async ({ ctx, db, group, municipality }) => {
      const address = { channel: 'telegram', account: '1', id: '7' } as const;
      const sheets = [await givenMedia(ctx, address, 'a.png'), await givenMedia(ctx, address, 'b.png')];
      const { id } = await recordMeeting(group, { ...GATHERING, mediaIds: [...sheets, ...sheets] });
      const [row] = await db.select().from(meetings);
      expect(row).toMatchObject({ id, people: 45, women: 18, age14: 12, age29: 20, age55: 8, heldOn: '2026-11-21' });
      expect(row?.recordedBy).toMatch(/^staff:\d+$/);
      expect((await db.select().from(meetingMedia)).map(({ mediaId, position }) => [mediaId, position])).toEqual([
        [sheets[0], 0],
        [sheets[1], 1],
      ]);
      expect(await getMeeting(db, municipality.id, id)).toMatchObject({ photoCount: 2, proposalCount: 0 });
    }));

  it('writes numbers into the audit, and whose they are', () =>
    scene(async ({ db, group }) => {
      const { id } = await recordMeeting(group, { ...GATHERING, women: null, ages: null });
      const rows = await db.select().from(auditLog).where(eq(auditLog.action, 'meeting.record'));
      expect(rows).toMatchObject([
        { subject: `meeting:${id}`, after: { villageId: 'ks-upper', people: 45, women: null, photos: 0 } },
      ]);
    }));

  it.each([
    ['more women than people', { women: 46 }],
    ['age bands above the people', { ages: { age14: 20, age29: 20, age55: 6 } }],
    ['nobody', { people: 0, women: null, ages: null }],
    ['a day to come', { heldOn: '2026-11-23' }],
    ['no day', { heldOn: '2026-02-30' }],
    ['a village of nowhere', { villageId: 'nowhere' }],
  ])('refuses %s', (_, wrong) =>
    scene(async ({ db, group }) => {
      await expect(recordMeeting(group, { ...GATHERING, ...wrong })).rejects.toThrow();
      expect(await db.select().from(meetings)).toEqual([]);
    }),
  );

  it('is for those with the right', () =>
    scene(({ deputy }) => expect(recordMeeting(deputy, GATHERING)).rejects.toThrow(NoRightError)));
});

describe('cancelMeeting', () => {
  it('takes it off the list, once, and leaves its proposals', () =>
    scene(async ({ db, group, municipality }) => {
      const { id } = await recordMeeting(group, GATHERING);
      await enterProposal(group, paper(municipality, { meetingId: id }));
      await cancelMeeting(group, id);
      await cancelMeeting(group, id);
      expect(await listMeetings(db, { municipalityId: municipality.id })).toEqual([]);
      await expect(getMeeting(db, municipality.id, id)).rejects.toThrow(MeetingNotFoundError);
      expect(await db.select().from(proposals)).toMatchObject([{ meetingId: id }]);
      const rows = await db.select().from(auditLog).where(eq(auditLog.action, 'meeting.cancel'));
      expect(rows).toMatchObject([{ after: { proposals: 1 } }]);
    }));

  it('is for those with the right', () =>
    scene(async ({ group, deputy }) => {
      const { id } = await recordMeeting(group, GATHERING);
      await expect(cancelMeeting(deputy, id)).rejects.toThrow(NoRightError);
    }));
});

describe('listMeetings', () => {
  it('has the latest first, of one village where it is asked for, since a day', () =>
    scene(async ({ db, group, municipality }) => {
      const { id: municipalityId } = municipality;
      for (const heldOn of ['2026-10-01', '2026-11-20', '2026-11-01'])
        await recordMeeting(group, { ...GATHERING, heldOn });
      await recordMeeting(group, { ...GATHERING, villageId: 'ks-lower', heldOn: '2026-11-10' });
      const days = async (filter: object) =>
        (await listMeetings(db, { municipalityId, ...filter })).map(({ heldOn }) => heldOn);
      expect(await days({})).toEqual(['2026-11-20', '2026-11-10', '2026-11-01', '2026-10-01']);
      expect(await days({ villageId: 'ks-upper', since: '2026-11-01' })).toEqual(['2026-11-20', '2026-11-01']);
      expect(await days({ limit: 1 })).toEqual(['2026-11-20']);
      expect(await listMeetings(db, { municipalityId: municipalityId + 1 })).toEqual([]);
    }));
});

function paper(municipality: Municipality, more: Partial<Parameters<typeof enterProposal>[1]> = {}) {
  return {
    municipalityId: municipality.id,
    villageId: 'ks-upper',
    sectorId: 'water',
    text: 'Суу жок',
    language: 'ky' as const,
    test: false,
    mediaIds: [],
    sex: null,
    ageBand: null,
    vulnerable: null,
    meetingId: null,
    ...more,
  };
}

describe('enterProposal', () => {
  it('numbers it like any other, for nobody but those who said it', () =>
    scene(async ({ db, group, municipality }) => {
      const { id } = await recordMeeting(group, GATHERING);
      const said = paper(municipality, { sex: 'woman', ageBand: '55+', vulnerable: true, meetingId: id });
      expect(await enterProposal(group, said)).toMatchObject({ number: 'KS-2026-0001' });
      expect(await enterProposal(group, paper(municipality, { test: true }))).toMatchObject({
        number: 'TEST-2026-0001',
      });
      const [row] = await db.select().from(proposals);
      expect(row).toMatchObject({
        source: 'paper',
        channel: null,
        residentId: null,
        folded: foldProposal('Суу жок', null),
        authorSex: 'woman',
        authorAgeBand: '55+',
        authorVulnerable: true,
        meetingId: id,
      });
      expect(row?.enteredBy).toMatch(/^staff:\d+$/);
    }));

  it.each([
    ['no words and no photo', { text: ' \u200b ' }],
    ['a village of elsewhere', { villageId: 'nowhere' }],
    ['a meeting that is not there', { meetingId: 99 }],
  ])('refuses %s, and gives no number', (_, wrong) =>
    scene(async ({ group, municipality }) => {
      await expect(enterProposal(group, paper(municipality, wrong))).rejects.toThrow();
      expect(await enterProposal(group, paper(municipality))).toMatchObject({ number: 'KS-2026-0001' });
    }),
  );

  it('names what it does not know', () =>
    scene(({ group, municipality }) =>
      expect(enterProposal(group, paper(municipality, { sectorId: 'x' }))).rejects.toThrow(UnknownPlaceError),
    ));

  it('is for those with the right', () =>
    scene(({ deputy, municipality }) =>
      expect(enterProposal(deputy, paper(municipality))).rejects.toThrow(NoRightError),
    ));
});

describe('photos of papers and sheets', () => {
  it('stay with what they show, also when the officer who sent them is erased', () =>
    scene(async ({ ctx, db, municipality }) => {
      const officer = await givenStaff(ctx, municipality, 'officer');
      const by = asStaffOf(ctx, officer);
      const sheet = await givenMedia(ctx, officer.address, 'sheet.png');
      const paperPhoto = await givenMedia(ctx, officer.address, 'paper.png');
      const canceled = await givenMedia(ctx, officer.address, 'canceled.png');
      await recordMeeting(by, { ...GATHERING, mediaIds: [sheet] });
      await enterProposal(by, paper(municipality, { mediaIds: [paperPhoto] }));
      await db.update(media).set({ createdAt: new Date('2026-01-01T00:00:00Z') });
      expect(await releaseMedia(db, 8)).toBe(1);
      await forgetResident(ctx, officer.residentId);
      const rows = await db.select().from(media);
      expect(Object.fromEntries(rows.map(({ id, status, chatId }) => [id, [status, chatId]]))).toEqual({
        [sheet]: ['stored', ''],
        [paperPhoto]: ['stored', ''],
        [canceled]: ['refused', ''],
      });
    }));
});
