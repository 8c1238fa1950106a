import { eq, sql } from 'drizzle-orm';
import { type CreateAnnouncementInput, createAnnouncement } from '../../src/announcements/create-announcement.ts';
import { releaseAnnouncement } from '../../src/announcements/release-announcement.ts';
import { type AnnouncementReport, reportAnnouncement } from '../../src/announcements/report.ts';
import { runAnnouncements } from '../../src/announcements/run-announcements.ts';
import type { Context } from '../../src/core/context.ts';
import { plain } from '../../src/core/text.ts';
import type { Locale } from '../../src/core/texts.ts';
import { type DeliveryStatus, deliveries, sends } from '../../src/deliveries/tables.ts';
import { createHearing } from '../../src/hearings/create-hearing.ts';
import type { Hearing } from '../../src/hearings/queries.ts';
import type { LocalTexts } from '../../src/hearings/tables.ts';
import type { ChannelName } from '../../src/messaging/contract.ts';
import type { Municipality } from '../../src/places/places.ts';
import { municipalities } from '../../src/places/tables.ts';
import { addresses, residents } from '../../src/residents/tables.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenMunicipality, givenResident, givenStaff } from '../support/given.ts';
import { TestClock } from '../support/talk.ts';

const TOPIC: LocalTexts = { ky: 'Жол', ru: 'Дорога', en: 'The road' };

/** An office with people around it, and a clock that the test moves. The sends are looked at in the tables. */
export function useOffice() {
  const database = useDatabase();
  let count = 0;
  return {
    database,
    async open(code: string, now = '2027-04-01T12:00:00+06:00') {
      count += 1;
      return Office.open(testContext(database.db, { clock: new TestClock(now) }), code, count);
    },
  };
}

export class Office {
  readonly ctx: Context;
  readonly clock: TestClock;
  readonly municipality: Municipality;
  readonly officer: Context;
  readonly second: Context;
  readonly account: string;
  #people = 0;

  private constructor(ctx: Context, o: { municipality: Municipality; account: string; staffIds: [number, number] }) {
    this.ctx = ctx;
    this.clock = ctx.clock as TestClock;
    this.municipality = o.municipality;
    this.account = o.account;
    const [first, second] = o.staffIds;
    this.officer = { ...ctx, actor: { type: 'staff', staffId: first } };
    this.second = { ...ctx, actor: { type: 'staff', staffId: second } };
  }

  static async open(ctx: Context, code: string, count: number): Promise<Office> {
    const municipality = await givenMunicipality(ctx, { code });
    const account = String(count);
    const member = async (id: string) =>
      (await givenStaff(ctx, municipality, 'officer', { channel: 'telegram', account, id })).staffId;
    return new Office(ctx, {
      municipality,
      account,
      staffIds: [await member(`officer-${code}`), await member(`second-${code}`)],
    });
  }

  /** Somebody of the first village, or of the one that is named. */
  async person(o: { village?: string; language?: Locale; channel?: ChannelName } = {}): Promise<number> {
    this.#people += 1;
    const villageId = o.village ?? this.municipality.villages[0]?.id ?? '';
    const address = { channel: o.channel ?? 'telegram', account: this.account, id: `p${this.#people}` } as const;
    const { id } = await givenResident(this.ctx, { address, villageId, name: `p${this.#people}` });
    if (o.language) await this.ctx.db.update(residents).set({ language: o.language }).where(eq(residents.id, id));
    return id;
  }

  async group(
    village: string,
    id = `-100${village}`,
    channel: ChannelName = 'telegram',
    account = this.account,
  ): Promise<string> {
    await this.ctx.db.insert(addresses).values({
      ...{ channel, account, externalId: id, groupVillageId: village, groupTitle: village },
      ...{ linkedBy: 'operator:test', linkedAt: this.clock.now() },
    });
    return `${channel}:${id}`;
  }

  /** The municipality wants announcements in the linked groups. */
  async prefersGroups(): Promise<void> {
    const settings = { ...this.municipality.settings, preferGroups: true };
    await this.ctx.db.update(municipalities).set({ settings }).where(eq(municipalities.id, this.municipality.id));
  }

  hearing(startsAt = '2027-04-20T10:00:00+06:00', topic: LocalTexts = TOPIC): Promise<Hearing> {
    return createHearing(this.officer, {
      municipalityId: this.municipality.id,
      kind: 'budget_draft',
      topic,
      startsAt: new Date(startsAt),
      villageId: this.municipality.villages[0]?.id ?? '',
      building: 'Клуб',
    });
  }

  async announces(input: Partial<CreateAnnouncementInput> = {}): Promise<number> {
    const { id } = await createAnnouncement(this.officer, {
      municipalityId: this.municipality.id,
      kind: 'other',
      ...(input.kind === undefined || input.kind === 'other' ? { texts: { ky: 'Саламатсыздарбы' } } : {}),
      ...input,
    });
    return id;
  }

  /** Released, and what is due now is begun. */
  async releases(announcementId: number): Promise<void> {
    await releaseAnnouncement(this.officer, { announcementId, mediaDir: '/media' });
    await this.runs();
  }

  runs(): Promise<void> {
    return runAnnouncements({
      ctx: { ...this.ctx, actor: { type: 'system', job: 'announcements' } },
      mediaDir: '/media',
    });
  }

  /** It is that time; what fell due is begun. */
  async at(time: string): Promise<void> {
    this.clock.pass(new Date(time).getTime() - this.clock.now().getTime());
    await this.runs();
  }

  /** Whatever waits of the announcement has arrived, or has come to another end. */
  async arrive(status: DeliveryStatus = 'sent', o: { most?: number } = {}): Promise<void> {
    await this.ctx.db.execute(sql`
      update deliveries set status = ${status}, settled_at = now() where id in (
        select d.id from deliveries d join sends s on s.id = d.send_id
        where s.municipality_id = ${this.municipality.id} and s.kind = 'announcement' and d.status in ('pending', 'sending')
        order by d.id limit ${o.most ?? null})`);
    await this.runs();
  }

  /** The platform takes no message for this chat. */
  async refuses(chatId: string): Promise<void> {
    await this.ctx.db.execute(sql`
      update deliveries d set status = 'failed', reason = 'rejected', settled_at = now()
      from addresses a where a.id = d.address_id and a.account = ${this.account} and a.external_id = ${chatId}`);
    await this.runs();
  }

  report(announcementId: number): Promise<AnnouncementReport> {
    return reportAnnouncement(this.ctx.db, announcementId);
  }

  /** Rungs with their states: `now done, 7d planned`. */
  async ladder(announcementId: number): Promise<string> {
    const { sends: all } = await this.report(announcementId);
    return all.map(({ rung, state }) => `${rung} ${state}`).join(', ');
  }

  /** What each person was sent, or is to be sent, by `p1`: the text in their language. Of the announcements' sends alone. */
  async said(o: { status?: DeliveryStatus } = {}): Promise<Record<string, string[]>> {
    const rows = await this.ctx.db
      .select({ to: addresses.externalId, language: deliveries.language, contents: sends.contents })
      .from(deliveries)
      .innerJoin(sends, eq(sends.id, deliveries.sendId))
      .innerJoin(addresses, eq(addresses.id, deliveries.addressId))
      .where(
        sql`${sends.kind} = 'announcement' and ${sends.municipalityId} = ${this.municipality.id}
          and ${deliveries.status} = ${o.status ?? 'sent'}`,
      )
      .orderBy(deliveries.id);
    const said: Record<string, string[]> = {};
    for (const { to, language, contents } of rows) {
      const text = plain(contents?.[language].text ?? '')
        .split('\n')
        .slice(0, 2)
        .join(' / ');
      said[to] = [...(said[to] ?? []), text];
    }
    return said;
  }
}
