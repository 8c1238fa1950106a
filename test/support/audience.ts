import { sql } from 'drizzle-orm';
import { type CreateAnnouncementInput, createAnnouncement } from '../../src/announcements/create-announcement.ts';
import { releaseAnnouncement } from '../../src/announcements/release-announcement.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Database } from '../../src/core/context.ts';
import type { DeliveryStatus } from '../../src/deliveries/tables.ts';
import type { ChannelAddress } from '../../src/messaging/contract.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { testContext } from './database.ts';

/** A resident of the first village of Kara-Suu at each of these chats of the bot on Telegram, all at once. */
export function writeResidents(db: Database, botId: number, chats: readonly number[]): Promise<void> {
  return writeResidentsAt(db, { channel: 'telegram', account: String(botId) }, chats.map(String));
}

/** The same at chats of any channel. */
export async function writeResidentsAt(
  db: Database,
  { channel, account }: Pick<ChannelAddress, 'channel' | 'account'>,
  chats: readonly string[],
): Promise<void> {
  const villageId = (await loadPlaces(db)).municipalityByCode('KS')?.villages[0]?.id;
  await db.execute(sql`
    with chats as (
      select chat, nextval(pg_get_serial_sequence('residents', 'id')) as id
      from unnest(${sql.param([...chats])}::text[]) as c (chat)
    ), people as (
      insert into residents (id, language, village_id, consent_version, consent_at, created_at) overriding system value
      select id, 'ky', ${villageId}, '1', now(), now() from chats
    )
    insert into addresses (resident_id, channel, account, external_id) select id, ${channel}, ${account}, chat from chats`);
}

type AudienceInput = NonNullable<CreateAnnouncementInput['audience']>;

/** Releases a notice to all of Kara-Suu, or to a part of it; the program begins to send it. Returns its id. */
export async function announce(db: Database, text: string, audience: AudienceInput = {}): Promise<number> {
  const ctx = testContext(db, { actor: { type: 'operator', name: 'test' }, clock: systemClock });
  const municipalityId = (await loadPlaces(db)).municipalityByCode('KS')?.id ?? 0;
  const { id } = await createAnnouncement(ctx, { municipalityId, kind: 'other', texts: { ky: text }, audience });
  await releaseAnnouncement(ctx, { announcementId: id, mediaDir: '/none' });
  return id;
}

/** What became of the announcements' deliveries, by chat. */
export async function readBulk(db: Database) {
  return db.execute<{ chat: string; status: DeliveryStatus; reason: string | null; possibly_doubled: boolean }>(sql`
    select a.external_id as chat, d.status, d.reason, d.possibly_doubled
    from deliveries d join addresses a on a.id = d.address_id where d.bulk order by d.id`);
}
