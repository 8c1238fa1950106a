import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { cancelAnnouncement } from '../../src/announcements/cancel-announcement.ts';
import { changeAnnouncement } from '../../src/announcements/change-announcement.ts';
import { UnknownInAnnouncementError } from '../../src/announcements/create-announcement.ts';
import {
  AnnouncementChangedError,
  AnnouncementRefusedError,
  AnnouncementStateError,
  SecondPersonError,
} from '../../src/announcements/errors.ts';
import { examine } from '../../src/announcements/examine.ts';
import { unlinkGroup } from '../../src/announcements/link-group.ts';
import { callOffHearing, moveHearing } from '../../src/announcements/move-hearing.ts';
import { pauseAnnouncement, resumeAnnouncement } from '../../src/announcements/pause-announcement.ts';
import { getAnnouncement } from '../../src/announcements/queries.ts';
import { prepareAnnouncement, releaseAnnouncement } from '../../src/announcements/release-announcement.ts';
import { listRecipients } from '../../src/announcements/report.ts';
import type { Paces } from '../../src/messaging/pace.ts';
import { municipalities } from '../../src/places/tables.ts';
import { markUnreachable, moveAddress } from '../../src/residents/change-address.ts';
import { stopAnnouncements } from '../../src/residents/stop-notices.ts';
import { as } from '../support/given.ts';
import { useOffice } from './stage.ts';

const stage = useOffice();
const mediaDir = '/media';

describe('an audience', () => {
  it('is everybody of the municipality who consented, each once, in their language', async () => {
    const office = await stage.open('AA');
    await office.person();
    await office.person({ language: 'ru', village: 'aa-lower' });
    await office.person({ language: 'en' });
    const id = await office.announces({ texts: { ky: 'Салам', ru: 'Привет' } });
    await office.releases(id);
    await office.arrive();
    expect(await office.said()).toEqual({ p1: ['Салам'], p2: ['Привет'], p3: ['Салам'] });
    expect(await office.report(id)).toMatchObject({ state: 'done', totals: { sent: 3 } });
  });

  it('counts those who stopped announcements or cannot be reached, and sends them nothing', async () => {
    const office = await stage.open('AB');
    const [stopped] = [await office.person(), await office.person(), await office.person()];
    await stopAnnouncements(as(office.ctx, stopped), stopped);
    await markUnreachable(office.ctx, { channel: 'telegram', account: office.account, id: 'p2' }, 'blocked');
    const id = await office.announces();
    await office.releases(id);
    await office.arrive();
    const { sends } = await office.report(id);
    expect(sends).toMatchObject([{ totals: { sent: 1, skipped: 2 }, reasons: { opted_out: 1, blocked: 1 } }]);
  });

  it('is narrowed by village, language and channel', async () => {
    const office = await stage.open('AC');
    await office.person();
    await office.person({ language: 'ru' });
    await office.person({ language: 'ru', channel: 'whatsapp' });
    await office.person({ language: 'ru', village: 'ac-lower' });
    const id = await office.announces({
      audience: { villages: ['ac-upper'], languages: ['ru'], channels: ['telegram'] },
    });
    await office.releases(id);
    await office.arrive();
    expect(Object.keys(await office.said())).toEqual(['p2']);
  });

  it('leaves the people of a group to the group, and counts it as one', async () => {
    const office = await stage.open('AD');
    await office.person();
    await office.person({ village: 'ad-lower' });
    const group = await office.group('ad-upper');
    const id = await office.announces({ audience: { groups: [group] } });
    await office.releases(id);
    await office.arrive();
    expect(Object.keys(await office.said()).toSorted()).toEqual(['-100ad-upper', 'p2']);
    expect((await office.report(id)).sends).toMatchObject([
      { totals: { sent: 2, skipped: 1 }, reasons: { by_group: 1 } },
    ]);
  });

  it('goes to the linked groups where the municipality prefers that, and says of their people `by group`', async () => {
    const office = await stage.open('AH');
    await office.prefersGroups();
    for (let one = 0; one < 3; one++) await office.person({ channel: 'whatsapp' });
    await office.person({ channel: 'whatsapp', village: 'ah-lower' });
    await office.group('ah-upper', '120363@g.us', 'whatsapp');
    const id = await office.announces();
    await office.releases(id);
    await office.arrive();
    expect(Object.keys(await office.said()).toSorted()).toEqual(['120363@g.us', 'p4']);
    expect((await office.report(id)).sends).toMatchObject([
      { totals: { sent: 2, skipped: 3, failed: 0 }, reasons: { by_group: 3 } },
    ]);
    const told = [];
    for await (const one of listRecipients(office.ctx.db, id, { names: true })) told.push(one);
    const short = told.map(({ channel, address, status, reason }) => `${channel}:${address} ${status} ${reason ?? ''}`);
    expect(short.toSorted()).toEqual([
      'whatsapp:120363@g.us sent ',
      'whatsapp:p1 skipped by_group',
      'whatsapp:p2 skipped by_group',
      'whatsapp:p3 skipped by_group',
      'whatsapp:p4 sent ',
    ]);
  });

  it.each([
    ['AN', 'ru', ['p2']],
    ['AO', 'ky', ['-100ao-upper']],
  ] as const)('goes to preferred groups only where their language is wanted (%s: %s)', async (code, language, said) => {
    const office = await stage.open(code);
    await office.prefersGroups();
    await office.group(`${code.toLowerCase()}-upper`);
    await office.person({ language: 'ky' });
    await office.person({ language: 'ru' });
    const texts = { ky: 'Салам', ru: 'Привет' };
    await office.releases(await office.announces({ texts, audience: { languages: [language] } }));
    await office.arrive();
    expect(Object.keys(await office.said())).toEqual(said);
  });

  it('leaves nobody of another language to a group that is named', async () => {
    const office = await stage.open('AP');
    const group = await office.group('ap-upper');
    await office.person({ language: 'ru' });
    const audience = { languages: ['ru' as const], groups: [group] };
    await office.releases(await office.announces({ texts: { ky: 'Салам', ru: 'Привет' }, audience }));
    await office.arrive();
    expect(await office.said()).toEqual({ '-100ap-upper': ['Салам'], p1: ['Привет'] });
  });

  it('leaves nobody to a group of another account', async () => {
    const office = await stage.open('AQ');
    await office.person();
    const groups = [
      await office.group('aq-upper', '-1001'),
      await office.group('aq-upper', '-1002', 'telegram', `${office.account}-other`),
    ];
    const [own = '', other = ''] = groups;
    await office.releases(await office.announces({ audience: { groups: [other] } }));
    expect(Object.keys(await office.said({ status: 'pending' }))).toEqual([other.slice('telegram:'.length), 'p1']);
    const id = await office.announces({ audience: { groups: [own, other] } });
    await office.releases(id);
    expect((await office.report(id)).totals).toMatchObject({ pending: 2, skipped: 1 });
    await office.refuses('-1001');
    expect((await office.report(id)).totals).toMatchObject({ pending: 2, failed: 1 });
  });

  it('goes to groups first, whenever they were linked', async () => {
    const office = await stage.open('AM');
    await office.person({ village: 'am-lower' });
    const group = await office.group('am-upper');
    await office.person({ village: 'am-lower' });
    await office.releases(await office.announces({ audience: { groups: [group] } }));
    expect(Object.keys(await office.said({ status: 'pending' }))).toEqual(['-100am-upper', 'p1', 'p2']);
  });

  it('goes to the people themselves where their group takes no message', async () => {
    const office = await stage.open('AJ');
    await office.person();
    const quiet = await office.person();
    await office.person({ village: 'aj-lower' });
    await office.group('aj-upper');
    await office.group('aj-lower');
    const id = await office.announces({ audience: { groups: ['telegram:-100aj-upper', 'telegram:-100aj-lower'] } });
    await office.releases(id);
    await stopAnnouncements(as(office.ctx, quiet), quiet);
    await office.refuses('-100aj-upper');
    expect((await office.report(id)).sends).toMatchObject([
      { state: 'running', totals: { pending: 2, failed: 1, skipped: 2 }, reasons: { opted_out: 1, by_group: 1 } },
    ]);
    await office.arrive();
    expect(Object.keys(await office.said()).toSorted()).toEqual(['-100aj-lower', 'p1']);
    expect(await office.report(id)).toMatchObject({ state: 'done', totals: { sent: 2, failed: 1, skipped: 2 } });
  });

  it('leaves the people to another group of their village while one is left', async () => {
    const office = await stage.open('AK');
    await office.person();
    const groups = [await office.group('ak-upper', '-1001'), await office.group('ak-upper', '-1002')];
    const id = await office.announces({ audience: { groups } });
    await office.releases(id);
    await office.refuses('-1001');
    expect((await office.report(id)).totals).toMatchObject({ pending: 1, skipped: 1 });
    await office.refuses('-1002');
    expect((await office.report(id)).totals).toMatchObject({ pending: 1, failed: 2 });
    await office.arrive();
    expect(Object.keys(await office.said())).toEqual(['p1']);
  });

  it('goes to the people of a group that is unlinked before it was told', async () => {
    const office = await stage.open('AL');
    await office.person();
    const group = await office.group('al-upper', '-1003');
    const id = await office.announces({ audience: { groups: [group] } });
    await office.releases(id);
    await unlinkGroup(office.officer, { address: { channel: 'telegram', account: office.account, id: '-1003' } });
    await office.arrive();
    expect(Object.keys(await office.said())).toEqual(['p1']);
    expect((await office.report(id)).totals).toMatchObject({ sent: 1, canceled: 1 });
  });

  it('leaves nobody to a group of another channel, or to one that the bot was put out of', async () => {
    const office = await stage.open('AI');
    await office.person({ channel: 'whatsapp' });
    await office.person();
    await office.person({ channel: 'whatsapp', village: 'ai-lower' });
    const groups = [
      await office.group('ai-upper', '1@g.us', 'whatsapp'),
      await office.group('ai-lower', '2@g.us', 'whatsapp'),
    ];
    await markUnreachable(office.ctx, { channel: 'whatsapp', account: office.account, id: '2@g.us' }, 'gone');
    const id = await office.announces({ audience: { groups } });
    await office.releases(id);
    await office.arrive();
    expect(Object.keys(await office.said()).toSorted()).toEqual(['1@g.us', 'p2', 'p3']);
  });

  it('means a group by the name that it had before it moved, too', async () => {
    const office = await stage.open('AG');
    const group = await office.group('ag-upper', '-77');
    const id = await office.announces({ audience: { groups: [group] } });
    await moveAddress(office.ctx, { channel: 'telegram', account: office.account, id: '-77' }, '-10077');
    await office.releases(id);
    await office.arrive();
    expect(Object.keys(await office.said())).toEqual(['-10077']);
  });

  it('has nobody of the simulator once somebody is on a real channel', async () => {
    const office = await stage.open('AE');
    await office.person({ channel: 'simulator' });
    await office.person();
    const all = await office.announces();
    await office.releases(all);
    await office.arrive();
    expect(Object.keys(await office.said())).toEqual(['p2']);
  });

  it('refuses villages and groups of others', async () => {
    const office = await stage.open('AF');
    await expect(office.announces({ audience: { villages: ['aa-upper', 'af-upper'] } })).rejects.toThrow(
      new UnknownInAnnouncementError('village', ['aa-upper']),
    );
    await expect(office.announces({ audience: { groups: ['telegram:-1'] } })).rejects.toThrow(
      UnknownInAnnouncementError,
    );
  });
});

describe('a ladder', () => {
  it('is sent rung by rung, each once, by the words of its day', async () => {
    const office = await stage.open('BA');
    await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '7d', '1d', '2h'] });
    await office.releases(id);
    await office.arrive();
    expect(await office.ladder(id)).toBe('now done, 7d planned, 1d planned, 2h planned');
    for (const time of ['2027-04-13T10:00:01+06:00', '2027-04-19T10:00:00+06:00', '2027-04-20T08:00:00+06:00']) {
      await office.at(time);
      await office.runs();
      await office.arrive();
    }
    expect(await office.ladder(id)).toBe('now done, 7d done, 1d done, 2h done');
    expect(await office.report(id)).toMatchObject({ state: 'done', totals: { sent: 4, pending: 0 } });
    expect((await office.said()).p1).toEqual([
      'КООМДУК УГУУ / Бюджеттин долбоору',
      expect.stringContaining('Эске салабыз'),
      expect.stringContaining('Эртең'),
      expect.stringContaining('Бүгүн саат 10:00'),
    ]);
  });

  it('starts each rung once, however many look at the same moment', async () => {
    const office = await stage.open('BE');
    for (let n = 0; n < 5; n++) await office.person();
    const ids = [await office.announces(), await office.announces(), await office.announces()];
    for (const announcementId of ids) await releaseAnnouncement(office.officer, { announcementId, mediaDir });
    await Promise.all([office.runs(), office.runs(), office.runs(), office.runs()]);
    await office.arrive();
    for (const id of ids) {
      expect(await office.report(id)).toMatchObject({ state: 'done', totals: { sent: 5 } });
      expect((await office.report(id)).sends).toHaveLength(1);
    }
    expect(Object.values(await office.said()).map((texts) => texts.length)).toEqual([3, 3, 3, 3, 3]);
  });

  it('sends nothing that comes too late, and reports it', async () => {
    const office = await stage.open('BB');
    await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '7d', '1d'] });
    await office.releases(id);
    await office.arrive();
    await office.at('2027-04-19T12:00:00+06:00');
    expect(await office.ladder(id)).toBe('now done, 7d stale, 1d running');
    await office.at('2027-04-25T12:00:00+06:00');
    await office.arrive();
    expect(await office.report(id)).toMatchObject({ state: 'done' });
  });

  it('sends nothing at all where the program ran only after the hearing', async () => {
    const office = await stage.open('BC');
    await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '1d'] });
    await releaseAnnouncement(office.officer, { announcementId: id, mediaDir });
    await office.at('2027-04-21T12:00:00+06:00');
    await office.runs();
    expect(await office.ladder(id)).toBe('now stale, 1d stale');
    expect(await office.report(id)).toMatchObject({ state: 'done', totals: { sent: 0 } });
  });

  it('asks again who is there: whoever joins later gets the later sends', async () => {
    const office = await stage.open('BD');
    await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '1d'] });
    await office.releases(id);
    await office.arrive();
    await office.person();
    await office.at('2027-04-19T10:00:00+06:00');
    await office.arrive();
    const said = await office.said();
    expect([said.p1?.length, said.p2?.length]).toEqual([2, 1]);
  });
});

describe('releaseAnnouncement', () => {
  it('is warned of languages that nobody wrote in, also in the topic of a hearing', async () => {
    const office = await stage.open('CE');
    const { id: hearingId } = await office.hearing('2027-04-20T10:00:00+06:00', { ky: 'Жол' });
    const announcement = await getAnnouncement(office.ctx.db, await office.announces({ kind: 'hearing', hearingId }));
    const { warnings } = await examine(office.ctx.db, announcement, { now: office.clock.now(), mediaDir });
    expect(warnings).toEqual([
      { kind: 'language-missing', locale: 'ru', reads: 'ky' },
      { kind: 'language-missing', locale: 'en', reads: 'ky' },
    ]);
  });

  it('is warned of a channel that takes its time with the people who are on it, where it is on', async () => {
    const office = await stage.open('CF');
    await office.person();
    for (let one = 0; one < 3; one++) await office.person({ channel: 'whatsapp' });
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '2h'] });
    const announcement = await getAnnouncement(office.ctx.db, id);
    const slow = { perSecond: 1, chatGapMs: () => 0, caps: { perHour: 1, perDay: 10 } };
    const warned = async (paces?: Paces) =>
      (await examine(office.ctx.db, announcement, { now: office.clock.now(), mediaDir, ...(paces && { paces }) }))
        .warnings;
    expect(await warned({ telegram: slow, whatsapp: slow })).toEqual([
      { kind: 'slow-channel', channel: 'whatsapp', rung: 'now', until: new Date('2027-04-01T14:00:00+06:00') },
      { kind: 'channel-too-slow', channel: 'whatsapp', rung: '2h' },
    ]);
    expect([await warned({ telegram: slow }), await warned()]).toEqual([[], []]);
  });

  it('is warned of the night where somebody would be reached then', async () => {
    const office = await stage.open('CG');
    await office.person({ channel: 'whatsapp' });
    const announcement = await getAnnouncement(office.ctx.db, await office.announces());
    const free = { perSecond: 1, chatGapMs: () => 0 };
    const quiet = { ...free, quietHours: { from: '21:00', to: '08:00', timeZone: 'Asia/Bishkek' } };
    const warned = async (paces: Paces) => {
      const now = new Date('2027-04-01T23:00:00+06:00');
      const { warnings } = await examine(office.ctx.db, announcement, { now, mediaDir, paces });
      return warnings.map(({ kind }) => kind).filter((kind) => kind === 'rung-at-night');
    };
    expect([await warned({ whatsapp: quiet }), await warned({ whatsapp: free })]).toEqual([[], ['rung-at-night']]);
    await office.person();
    expect(await warned({ telegram: free, whatsapp: quiet })).toEqual(['rung-at-night']);
  });

  it('works once', async () => {
    const office = await stage.open('CA');
    await office.person();
    const id = await office.announces();
    await office.releases(id);
    await expect(releaseAnnouncement(office.officer, { announcementId: id, mediaDir })).rejects.toThrow(
      AnnouncementStateError,
    );
    expect((await office.report(id)).sends).toHaveLength(1);
  });

  it('names every problem at once, and changes nothing', async () => {
    const office = await stage.open('CB');
    const { id: hearingId } = await office.hearing('2027-04-02T10:00:00+06:00');
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['7d'] });
    const refused = await releaseAnnouncement(office.officer, { announcementId: id, mediaDir }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(AnnouncementRefusedError);
    expect((refused as AnnouncementRefusedError).problems).toEqual([
      { kind: 'nothing-to-send' },
      { kind: 'audience-empty' },
    ]);
    expect(await office.report(id)).toMatchObject({ state: 'draft', sends: [] });
  });

  it('wants a second person where the municipality does', async () => {
    const office = await stage.open('CC');
    await office.person();
    const settings = { ...office.municipality.settings, releaseNeedsSecondPerson: true };
    await stage.database.db
      .update(municipalities)
      .set({ settings })
      .where(eq(municipalities.id, office.municipality.id));
    const announcementId = await office.announces();
    await expect(releaseAnnouncement(office.officer, { announcementId, mediaDir })).rejects.toThrow(SecondPersonError);
    await prepareAnnouncement(office.officer, { announcementId, mediaDir });
    await expect(releaseAnnouncement(office.officer, { announcementId, mediaDir })).rejects.toThrow(SecondPersonError);
    await expect(releaseAnnouncement(office.second, { announcementId, mediaDir })).resolves.toMatchObject({
      state: 'released',
    });
  });

  it('refuses what another officer has changed meanwhile', async () => {
    const office = await stage.open('CD');
    await office.person();
    const announcementId = await office.announces();
    await changeAnnouncement(office.second, { announcementId, revision: 1, changes: { texts: { ky: 'Башка' } } });
    await expect(releaseAnnouncement(office.officer, { announcementId, revision: 1, mediaDir })).rejects.toThrow(
      AnnouncementChangedError,
    );
  });
});

describe('pausing and canceling', () => {
  it('holds back what waits, in the middle of a send, and lets it go on', async () => {
    const office = await stage.open('DA');
    for (let n = 0; n < 3; n++) await office.person();
    const announcementId = await office.announces();
    await office.releases(announcementId);
    await office.arrive('sent', { most: 1 });
    await pauseAnnouncement(office.officer, { announcementId });
    await office.runs();
    expect(await office.report(announcementId)).toMatchObject({ state: 'paused', totals: { sent: 1, pending: 2 } });
    await resumeAnnouncement(office.officer, { announcementId });
    await office.arrive();
    expect(await office.report(announcementId)).toMatchObject({ state: 'done', totals: { sent: 3 } });
  });

  it('takes back what waits for good, and says so the second time', async () => {
    const office = await stage.open('DB');
    for (let n = 0; n < 3; n++) await office.person();
    const announcementId = await office.announces();
    await office.releases(announcementId);
    await office.arrive('sent', { most: 1 });
    await cancelAnnouncement(office.officer, { announcementId });
    await office.runs();
    expect(await office.report(announcementId)).toMatchObject({
      state: 'canceled',
      totals: { sent: 1, canceled: 2, pending: 0 },
    });
    await expect(cancelAnnouncement(office.officer, { announcementId })).rejects.toThrow(AnnouncementStateError);
  });
});

describe('moveHearing', () => {
  it('corrects those who were told, tells the new time to those who waited, and moves the reminders', async () => {
    const office = await stage.open('EA');
    for (let n = 0; n < 3; n++) await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '1d'] });
    await office.releases(id);
    await office.arrive('sent', { most: 1 });
    const startsAt = new Date('2027-04-27T15:00:00+06:00');
    expect(await moveHearing(office.officer, { hearingId, changes: { startsAt } })).toEqual({ told: 3 });
    await office.runs();
    await office.arrive();
    expect(await office.said()).toEqual({
      p1: [
        'КООМДУК УГУУ / Бюджеттин долбоору',
        expect.stringContaining('Мурда: 20-апрель, шейшемби, 10:00. Эми: 27-апрель'),
      ],
      p2: ['КООМДУК УГУУ / Бюджеттин долбоору'],
      p3: ['КООМДУК УГУУ / Бюджеттин долбоору'],
    });
    expect(await office.ladder(id)).toBe('now canceled, moved done, again done, 1d canceled, 1d planned');
    await office.at('2027-04-26T15:00:00+06:00');
    await office.arrive();
    expect((await office.said()).p2?.at(-1)).toContain('Эртең коомдук угуу: саат 15:00');
  });

  it('says what holds, and what people know of, where the hearing is moved again before word of it went out', async () => {
    const office = await stage.open('ED');
    for (let n = 0; n < 3; n++) await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now'] });
    await office.releases(id);
    await office.arrive('sent', { most: 1 });
    for (const day of ['27', '28', '29']) {
      const startsAt = new Date(`2027-04-${day}T15:00:00+06:00`);
      expect(await moveHearing(office.officer, { hearingId, changes: { startsAt } })).toEqual({ told: 3 });
    }
    await office.runs();
    await office.arrive();
    const { p1, ...waited } = await office.said();
    expect(p1?.[1]).toContain('Мурда: 20-апрель, шейшемби, 10:00. Эми: 29-апрель');
    const notice = ['КООМДУК УГУУ / Бюджеттин долбоору'];
    expect(waited).toEqual({ p2: notice, p3: notice });
  });

  it('tells of an announcement that was canceled only those who were told of it, however often it is moved', async () => {
    const office = await stage.open('EE');
    for (let n = 0; n < 3; n++) await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '1d'] });
    await office.releases(id);
    await office.arrive('sent', { most: 1 });
    await cancelAnnouncement(office.officer, { announcementId: id });
    for (const day of ['27', '28']) {
      const startsAt = new Date(`2027-04-${day}T15:00:00+06:00`);
      expect(await moveHearing(office.officer, { hearingId, changes: { startsAt } })).toEqual({ told: 1 });
      await office.runs();
      await office.arrive();
    }
    expect(await office.ladder(id)).toBe('now canceled, moved done, moved done, 1d canceled');
  });

  it('tells nobody where time and place stay, nor before the first send', async () => {
    const office = await stage.open('EB');
    await office.person();
    const { id: hearingId } = await office.hearing();
    const at = new Date('2027-04-05T10:00:00+06:00');
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '1d'], at });
    await office.releases(id);
    expect(await moveHearing(office.officer, { hearingId, changes: { contact: 'Айнура 0700' } })).toEqual({ told: 0 });
    expect(
      await moveHearing(office.officer, { hearingId, changes: { startsAt: new Date('2027-04-22T10:00:00+06:00') } }),
    ).toEqual({ told: 0 });
    expect(await office.ladder(id)).toBe('now canceled, now planned, 1d canceled, 1d planned');
    await office.at('2027-04-05T10:00:00+06:00');
    await office.arrive();
    expect(Object.values(await office.said()).flat()).toHaveLength(1);
  });

  it('reaches those who were told by an announcement that is done', async () => {
    const office = await stage.open('EC');
    await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now'] });
    await office.releases(id);
    await office.arrive();
    expect(await office.report(id)).toMatchObject({ state: 'done' });
    await moveHearing(office.officer, { hearingId, changes: { startsAt: new Date('2027-04-22T10:00:00+06:00') } });
    await office.runs();
    await office.arrive();
    expect((await office.said()).p1).toHaveLength(2);
    expect(await office.report(id)).toMatchObject({ state: 'done' });
  });
});

describe('callOffHearing', () => {
  it('tells those who were told that it will not take place, and nobody else anything', async () => {
    const office = await stage.open('FA');
    for (let n = 0; n < 2; n++) await office.person();
    const { id: hearingId } = await office.hearing();
    const id = await office.announces({ kind: 'hearing', hearingId, ladder: ['now', '1d'] });
    await office.releases(id);
    await office.arrive('sent', { most: 1 });
    await callOffHearing(office.officer, { hearingId, reason: 'Каржы жок' });
    await office.runs();
    await office.arrive();
    expect(await office.said()).toEqual({
      p1: [
        'КООМДУК УГУУ / Бюджеттин долбоору',
        '20-апрель, шейшемби күнкү коомдук угуу болбойт. Темасы: Жол. / Себеби: Каржы жок',
      ],
    });
    expect(await office.report(id)).toMatchObject({ state: 'done' });
    await office.at('2027-04-19T12:00:00+06:00');
    expect((await office.report(id)).totals.pending).toBe(0);
  });
});
