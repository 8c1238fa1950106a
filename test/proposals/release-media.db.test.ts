import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { announcementMedia, announcements } from '../../src/announcements/tables.ts';
import { askHearing } from '../../src/hearings/ask-hearing.ts';
import { dialogs, media } from '../../src/messaging/tables.ts';
import { releaseMedia } from '../../src/proposals/release-media.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { as, givenHearing, givenMedia, givenMunicipality, givenProposal, givenResident } from '../support/given.ts';

const database = useDatabase();
beforeEach(() => truncateAll(database.db));
const address = { channel: 'telegram', account: '1', id: '7' } as const;
const key = { channel: 'telegram', account: '1', chatId: '7', personId: '7' } as const;

async function givenOldMedia(path: string): Promise<number> {
  const id = await givenMedia(testContext(database.db), address, path);
  await database.db.update(media).set({ createdAt: sql`now() - interval '9 days'` }).where(eq(media.id, id));
  return id;
}
const statuses = async () =>
  Object.fromEntries((await database.db.select().from(media)).map(({ id, status }) => [id, status]));

describe('releaseMedia', () => {
  it('marks a file that is part of nothing, and forgets whose it was', async () => {
    const id = await givenOldMedia('1.png');
    expect(await releaseMedia(database.db, 8)).toBe(1);
    expect(await database.db.select().from(media)).toMatchObject([{ id, status: 'refused', chatId: '', personId: '' }]);
    expect(await releaseMedia(database.db, 8)).toBe(0);
  });

  it('removes what was never fetched', async () => {
    const id = await givenOldMedia('1.png');
    await database.db.update(media).set({ path: null, status: 'gone' }).where(eq(media.id, id));
    await releaseMedia(database.db, 8);
    expect(await statuses()).toEqual({});
  });

  it('leaves young files, and those of a proposal', async () => {
    const ctx = testContext(database.db);
    const young = await givenMedia(ctx, address, '1.png');
    const sent = await givenOldMedia('2.png');
    const municipality = await givenMunicipality(ctx);
    await givenProposal(ctx, await givenResident(ctx), municipality, { mediaIds: [sent] });
    expect(await releaseMedia(database.db, 8)).toBe(0);
    expect(await statuses()).toEqual({ [young]: 'stored', [sent]: 'stored' });
  });

  it('leaves the draft of a hearing, what came with a question to one, and what an announcement names', async () => {
    const ctx = testContext(database.db);
    const municipality = await givenMunicipality(ctx);
    const [draft, asked, sent, approved, nothing] = [
      await givenOldMedia('1.pdf'),
      await givenOldMedia('2.ogg'),
      await givenOldMedia('3.pdf'),
      await givenOldMedia('4.pdf'),
      await givenOldMedia('5.pdf'),
    ];
    const hearing = await givenHearing(ctx, municipality, { draftMediaId: draft });
    const { id: residentId } = await givenResident(ctx);
    const question = { residentId, hearingId: hearing.id, text: '', language: 'ky' as const, mediaIds: [asked] };
    await askHearing(as(ctx, residentId), question);
    const [announcement] = await database.db
      .insert(announcements)
      .values({
        municipalityId: municipality.id,
        kind: 'plan_approval',
        approval: { plan: 'jap', body: 'Кеңеш', date: '2026-11-20', number: '1', mediaId: approved, takenIn: null },
        audience: { villages: [], languages: [], channels: [], groups: [] },
        ladder: ['now'],
        createdBy: 'system:test',
        createdAt: ctx.clock.now(),
      })
      .returning();
    const announcementId = announcement?.id ?? 0;
    await database.db.insert(announcementMedia).values({ announcementId, mediaId: sent, position: 0 });
    expect(await releaseMedia(database.db, 8)).toBe(1);
    const kept = { [draft]: 'stored', [asked]: 'stored', [sent]: 'stored', [approved]: 'stored' };
    expect(await statuses()).toEqual({ ...kept, [nothing]: 'refused' });
  });

  it.each([
    ['open', 'saved'],
    ['interrupted', 'memory'],
  ])('leaves the files of a draft that is %s', async (_, where) => {
    const id = await givenOldMedia('1.png');
    const draft = { args: { saved: { state: { steps: [['?text', { p: [{ media: [{ id, kind: 'photo' }] }] }]] } } } };
    const saved = { flow: 'propose', version: 1, id: 'abcd', question: 'card', timeoutMs: null, state: null, ...draft };
    const other = await givenOldMedia('2.png');
    await database.db
      .insert(dialogs)
      .values({ ...key, ...(where === 'saved' ? { saved } : { memory: { suspended: saved } }) });
    expect(await releaseMedia(database.db, 8)).toBe(1);
    expect(await statuses()).toEqual({ [id]: 'stored', [other]: 'refused' });
  });

  it('is not misled by an id that begins alike, or by the draft of somebody else', async () => {
    const id = await givenOldMedia('1.png');
    const memory = { suspended: { media: [{ id: Number(`${id}0`) }] } };
    await database.db.insert(dialogs).values([
      { ...key, memory },
      { ...key, chatId: '8', personId: '8', memory: { suspended: { media: [{ id }] } } },
    ]);
    expect(await releaseMedia(database.db, 8)).toBe(1);
  });
});
