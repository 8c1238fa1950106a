import type postgres from 'postgres';

/** The bot that the residents are reached by: of the Bot API's token. */
const BOT = '1234567890';
export const FIRST_CHAT = 1_000_000_001;

/** Fills a database that holds a catalogue with so many residents, each at a chat of the bot. */
export async function seedResidents(sql: postgres.Sql, count: number): Promise<void> {
  await sql.begin(async (tx) => {
    // every key points to a row that is there: a third of the time goes into checking that a million times
    const [session] = await tx<{ superuser: string }[]>`select current_setting('is_superuser') as superuser`;
    if (session?.superuser === 'on') await tx`set local session_replication_role = replica`;
    await tx`
      insert into residents (language, village_id, demographics_asked_at, consent_version, consent_at, created_at)
      select (array['ky', 'ru', 'en'])[1 + n % 3], villages.ids[1 + n % cardinality(villages.ids)], now(), '1', now(), now()
      from generate_series(1, ${count}::int) n, (select array_agg(id) as ids from villages) villages`;
    await tx`
      insert into addresses (resident_id, channel, account, external_id)
      select id, 'telegram', ${BOT}, (id - 1 + ${FIRST_CHAT}::bigint)::text from residents`;
  });
  await sql`vacuum analyze`;
}

/** A send of an announcement, with a delivery to each resident, made as one statement; returns its id. */
export async function seedSend(sql: postgres.Sql, text: string): Promise<number> {
  const contents = { ky: { text }, ru: { text }, en: { text } };
  const [send] = await sql<{ id: string }[]>`
    insert into sends (municipality_id, kind, subject, contents, created_at, deadline_at)
    select id, 'announcement', 'announcement:1', ${sql.json(contents)}, now(), now() + interval '1 day'
    from municipalities limit 1 returning id`;
  const id = Number(send?.id);
  await sql`
    insert into deliveries (send_id, address_id, channel, account, language, bulk, status)
    select ${id}, a.id, a.channel, a.account, r.language, true, 'pending'
    from addresses a join residents r on r.id = a.resident_id order by a.id`;
  await sql`analyze deliveries`;
  return id;
}
