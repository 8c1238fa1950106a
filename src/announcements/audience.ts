import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { DEFAULT_LOCALE, type Locale } from '../core/texts.ts';
import type { DeliveryReason } from '../deliveries/tables.ts';
import type { ChannelName } from '../messaging/contract.ts';
import { noticeOrder } from '../residents/notice-chat.ts';
import type { Audience } from './tables.ts';

/** Whose people the audience is chosen from. */
export interface AudienceOf {
  readonly municipalityId: number;
  readonly audience: Audience;
  /** Whether a village's linked groups are taken in place of its people where none is named. */
  readonly preferGroups: boolean;
}

/**
 * Rows `address_id, channel, account, language, reason, is_group` of everybody in the audience, each person once, in the
 * chat that `noticeOrder` puts first, among those of the channels that are named; and of each group. `reason` is why a
 * row is not sent to: the person stopped announcements, the chat takes none, or a group of their village and account
 * speaks to them, in its own language: where only others are wanted, none does. People of the simulator and the
 * terminal are in it only while nobody is on a real channel, or where these are named. Whoever has not consented is in
 * none.
 */
export function audienceRows({ municipalityId, audience, preferGroups }: AudienceOf): SQL {
  const { villages, languages, channels, groups } = audience;
  const chosen = villages.length === 0 ? sql`` : sql`and v.id = any(${sql.param([...villages])}::text[])`;
  const spoken = languages.length === 0 ? sql`` : sql`and r.language = any(${sql.param([...languages])}::text[])`;
  const within = channels.length === 0 ? REAL : sql`and a.channel = any(${sql.param([...channels])}::text[])`;
  const named = sql`${sql.param([...groups])}::text[]`;
  // a group that has become a supergroup since is still meant
  const byName = sql`(a.channel || ':' || a.external_id = any(${named}) or a.channel || ':' || a.former_id = any(${named}))`;
  const theirs = languages.length === 0 || languages.includes(DEFAULT_LOCALE);
  const targets = preferGroups && groups.length === 0 ? sql`${theirs} ${within}` : byName;
  return sql`
    with own as materialized (
      select v.id from villages v where v.municipality_id = ${municipalityId}
    ), linked as materialized (
      select a.id as address_id, a.channel, a.account, ${DEFAULT_LOCALE}::text as language,
        a.unreachable_reason as reason, a.group_village_id as village_id
      from addresses a join own on own.id = a.group_village_id
      where ${targets} ${villages.length === 0 || groups.length > 0 ? sql`` : sql`and a.group_village_id = any(${sql.param([...villages])}::text[])`}
    ), people as (
      select distinct on (r.id) a.id as address_id, a.channel, a.account, r.language,
        case
          when r.announcements_stopped_at is not null then 'opted_out'
          when a.unreachable_at is not null then coalesce(a.unreachable_reason, 'gone')
          when exists (
            select from linked
            where ${theirs} and linked.village_id = v.id and linked.channel = a.channel and linked.account = a.account
              and linked.reason is null
          ) then 'by_group'
        end as reason
      from own v
      join residents r on r.village_id = v.id
      join addresses a on a.resident_id = r.id
      where r.erased_at is null and r.consent_at is not null ${chosen} ${spoken} ${within}
      order by r.id, ${noticeOrder('a')}
    )
    select address_id, channel, account, language, reason, false as is_group from people
    union all
    select address_id, channel, account, language, reason, true as is_group from linked`;
}

const REAL = sql`and (
  a.channel in ('telegram', 'whatsapp')
  or not exists (select from addresses real where real.channel in ('telegram', 'whatsapp'))
)`;

/**
 * Rows like those of the audience for everybody whom an earlier send of the announcement may have reached
 * (`reached`), or for whom one was waiting when it was taken back, and whom none has reached (`waiting`). A person who
 * has joined chats since is one: the row is of the chat that `noticeOrder` puts first.
 */
export function earlierRows(announcementId: number, recipients: 'reached' | 'waiting'): SQL {
  const reached = sql`(d.status in ('sent', 'sending') or d.possibly_doubled)`;
  const having =
    recipients === 'reached'
      ? sql`bool_or(${reached})`
      : sql`bool_or(d.status = 'canceled') and not bool_or(${reached})`;
  return sql`
    with earlier as materialized (
      select g.resident_id, g.group_id
      from announcement_rungs rung join deliveries d on d.send_id = rung.send_id
      join addresses at on at.id = d.address_id
      cross join lateral (
        select at.resident_id, case when at.resident_id is null then at.id end as group_id
      ) g
      where rung.announcement_id = ${announcementId}
      group by g.resident_id, g.group_id having ${having}
    )
    select a.id as address_id, a.channel, a.account, coalesce(r.language, ${DEFAULT_LOCALE}) as language,
      case
        when r.announcements_stopped_at is not null then 'opted_out'
        when a.unreachable_at is not null then coalesce(a.unreachable_reason, 'gone')
      end as reason,
      e.resident_id is null as is_group
    from earlier e
    left join residents r on r.id = e.resident_id
    cross join lateral (
      select id from addresses where e.resident_id is null and id = e.group_id
      union all
      (select a.id from addresses a where a.resident_id = e.resident_id order by ${noticeOrder('a')} limit 1)
    ) best
    join addresses a on a.id = best.id`;
}

/** How many an audience is, before it is sent to. */
export interface AudienceCount {
  /** People and groups to whom it goes. */
  readonly total: number;
  readonly people: number;
  readonly groups: number;
  /** Of those to whom it goes; only what is above zero. */
  readonly byChannel: Readonly<Partial<Record<ChannelName, number>>>;
  readonly byLanguage: Readonly<Partial<Record<Locale, number>>>;
  /** Those to whom it does not go, by the reason. */
  readonly skipped: Readonly<Partial<Record<DeliveryReason, number>>>;
}

interface CountRow {
  readonly channel: ChannelName;
  readonly language: Locale;
  readonly reason: DeliveryReason | null;
  readonly is_group: boolean;
  readonly count: number;
  readonly [column: string]: unknown;
}

export async function countAudience(db: Database, of: AudienceOf): Promise<AudienceCount> {
  const rows = await db.execute<CountRow>(sql`
    select x.channel, x.language, x.reason, x.is_group, count(*)::int as count
    from (${audienceRows(of)}) x
    group by 1, 2, 3, 4`);
  const sum = (which: (row: CountRow) => boolean) => rows.filter(which).reduce((total, { count }) => total + count, 0);
  const by = <K extends string>(key: (row: CountRow) => K | null) => {
    const counts: Partial<Record<K, number>> = {};
    for (const row of rows) {
      const name = key(row);
      if (name !== null) counts[name] = (counts[name] ?? 0) + row.count;
    }
    return counts;
  };
  const goes = ({ reason }: CountRow) => reason === null;
  return {
    total: sum(goes),
    people: sum((row) => goes(row) && !row.is_group),
    groups: sum((row) => goes(row) && row.is_group),
    byChannel: by((row) => (goes(row) ? row.channel : null)),
    byLanguage: by((row) => (goes(row) && !row.is_group ? row.language : null)),
    skipped: by(({ reason }) => reason),
  };
}

/** A few of those to whom it goes, for a look: names as their platforms show them, with villages. */
export async function sampleAudience(
  db: Database,
  of: AudienceOf,
  most: number,
): Promise<
  readonly { readonly name: string | null; readonly villageId: string | null; readonly channel: ChannelName }[]
> {
  const rows = await db.execute<{ name: string | null; village_id: string | null; channel: ChannelName }>(sql`
    select coalesce(r.name, a.group_title) as name, coalesce(r.village_id, a.group_village_id) as village_id, x.channel
    from (${audienceRows(of)}) x
    join addresses a on a.id = x.address_id left join residents r on r.id = a.resident_id
    where x.reason is null
    order by x.is_group desc, a.id
    limit ${most}`);
  return rows.map(({ name, village_id: villageId, channel }) => ({ name, villageId, channel }));
}
