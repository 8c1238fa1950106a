import { describe, expect, it } from 'vitest';
import { changeAnnouncement } from '../../src/announcements/change-announcement.ts';
import { useOffice } from './stage.ts';

const stage = useOffice();

describe('changeAnnouncement', () => {
  it('leaves as it was whatever is not named', async () => {
    const office = await stage.open('AA');
    const { id: hearingId } = await office.hearing();
    const announcementId = await office.announces({
      kind: 'hearing',
      hearingId,
      texts: { ky: 'Келиңиздер' },
      audience: { villages: ['aa-upper'], languages: ['ky'] },
      at: new Date('2027-04-05T09:00:00+06:00'),
    });
    const changed = await changeAnnouncement(office.officer, { announcementId, changes: { ladder: ['now', '3d'] } });
    expect(changed).toMatchObject({
      ladder: ['now', '3d'],
      texts: { ky: 'Келиңиздер' },
      audience: { villages: ['aa-upper'], languages: ['ky'], channels: [], groups: [] },
      at: new Date('2027-04-05T09:00:00+06:00'),
    });
  });
});
