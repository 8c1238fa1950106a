import { foldProposal } from '../../src/proposals/fold.ts';
import { needs } from '../support/stored.ts';
import { withSql } from './server.ts';

const TEXTS = needs(200);
const FOLDED = TEXTS.map((text) => foldProposal(text, null));

/**
 * Fills a database that holds a catalogue and nothing else as `count` proposals of a tenth as many residents would
 * have left it: rows, audit, counter.
 */
export async function seedProposals(databaseUrl: string, count: number): Promise<void> {
  await withSql(databaseUrl, async (sql) => {
    const [village] = await sql`select 1 from villages limit 1`;
    if (village === undefined) throw new Error('the database holds no catalogue: `migrate` brings none, others do');
    const [session] = await sql<{ superuser: string }[]>`select current_setting('is_superuser') as superuser`;
    await sql.begin(async (tx) => {
      // every key below points to a row that is there: a third of the time goes into checking that a million times
      if (session?.superuser === 'on') await tx`set local session_replication_role = replica`;
      const residents = Math.ceil(count / 10);
      await tx`
        insert into residents (language, village_id, name, demographics_asked_at, consent_version, consent_at, created_at)
        select 'ky', villages.ids[1 + n % cardinality(villages.ids)], 'Айбек ' || n, now(), '1', now(), now()
        from generate_series(1, ${residents}::int) n, (select array_agg(id) as ids from villages) villages`;
      await tx`
        insert into addresses (resident_id, channel, account, external_id)
        select id, 'telegram', '1234567890', (id + 1000000000)::text from residents`;
      await tx`
        insert into proposals (municipality_id, number, year, sequence, test, channel, source, village_id, sector_id,
          resident_id, text, first_text, folded, language, status, message_ref, submitted_at, updated_at)
        select m.id, m.code || '-' || year || '-' || lpad(n::text, greatest(4, length(n::text)), '0'), year, n, false,
          'telegram', 'chat', villages.ids[1 + n % cardinality(villages.ids)],
          sectors.ids[1 + n % cardinality(sectors.ids)], 1 + n % ${residents}::int, texts.list[1 + n % 200],
          texts.list[1 + n % 200], texts.folded[1 + n % 200], 'ky', 'received',
          'telegram:1234567890:' || (1 + n % ${residents}::int + 1000000000) || ':' || n, at, at
        from generate_series(1, ${count}::int) n
          cross join lateral (select now() - (${count}::int - n) * interval '1 second' as at) times
          cross join municipalities m
          cross join (select extract(year from now() at time zone 'Asia/Bishkek')::int as year) this
          cross join (select array_agg(id) as ids from villages) villages
          cross join (select array_agg(id) as ids from sectors) sectors
          cross join (select ${sql.array(TEXTS)}::text[] as list, ${sql.array(FOLDED)}::text[] as folded) texts`;
      await tx`
        insert into audit_log (municipality_id, actor, action, subject, after, at)
        select municipality_id, 'resident:' || resident_id, 'proposal.submit', 'proposal:' || id,
          json_build_object('number', number, 'villageId', village_id, 'sectorId', sector_id), submitted_at
        from proposals`;
      await tx`
        insert into proposal_counters (municipality_id, year, series, last)
        select municipality_id, year, 'main', max(sequence) from proposals group by 1, 2`;
    });
    await sql`vacuum analyze`;
  });
}

/** Lets residents support what others have sent: every tenth proposal has three supporters. */
export async function seedSupports(databaseUrl: string): Promise<void> {
  await withSql(databaseUrl, async (sql) => {
    await sql`
      insert into proposal_supports (proposal_id, resident_id, at)
      select p.id, r.id, now() from proposals p
        cross join (select max(id) as most from residents) residents
        cross join generate_series(1, 3) n
        join residents r on r.id = 1 + (p.id * 7 + n * 11) % residents.most
      where p.id % 10 = 0 and r.id <> p.resident_id
      on conflict do nothing`;
    await sql`vacuum analyze proposal_supports`;
  });
}
