import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { ProgressTeller } from '../../src/announcements/progress.ts';
import { plain } from '../../src/core/text.ts';
import { useOffice } from './stage.ts';

const stage = useOffice();

describe('ProgressTeller', () => {
  it('edits the one message of whoever released it, only when something has changed, until all is sent', async () => {
    const office = await stage.open('PA');
    for (let n = 0; n < 4; n++) await office.person();
    const told: string[] = [];
    const teller = new ProgressTeller({
      db: stage.database.db,
      accounts: () => [{ channel: 'telegram', account: office.account }],
      tell: async ({ chatId }, { text, replaces }) => void told.push(`${chatId} ${replaces}: ${plain(text)}`),
    });
    const id = await office.announces();
    await office.releases(id);
    await teller.run();
    expect(told, 'the first message has not arrived').toEqual([]);
    await stage.database.db.execute(sql`
      update deliveries d set status = 'sent', external_id = '55' from sends s where s.id = d.send_id and s.kind = 'notice'`);
    await office.arrive('sent', { most: 1 });
    await teller.run();
    await teller.run();
    await office.arrive('failed', { most: 1 });
    await teller.run();
    expect(told).toEqual([
      'officer-PA 55: Саламатсыздарбы · билдирүү\nЖөнөтүлүүдө: 1 / 4. Жөнөтүлгөн жок: 0.',
      'officer-PA 55: Саламатсыздарбы · билдирүү\nЖөнөтүлүүдө: 1 / 4. Жөнөтүлгөн жок: 1.',
    ]);
    await office.arrive();
    await teller.run();
    expect(await office.report(id)).toMatchObject({ state: 'done', totals: { sent: 3, failed: 1 } });
    expect(told).toHaveLength(2);
  });
});
