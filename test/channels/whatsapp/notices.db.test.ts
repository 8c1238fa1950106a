import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportAnnouncement } from '../../../src/announcements/report.ts';
import { type App, createApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { DeliveryStatus } from '../../../src/deliveries/tables.ts';
import { isLinked } from '../../../src/messaging/link.ts';
import { loadPlaces } from '../../../src/places/places.ts';
import { answerProposal } from '../../../src/proposals/answer-proposal.ts';
import { announce, readBulk, writeResidentsAt } from '../../support/audience.ts';
import { testContext, useDatabase } from '../../support/database.ts';
import { asStaffOf, givenStaff } from '../../support/given.ts';
import { lastStored } from '../../support/last-stored.ts';
import { silentLog } from '../../support/log.ts';
import { WHATSAPP_AT_ONCE } from '../../support/whatsapp-pace.ts';
import { startWhatsAppWeb, type WhatsAppWeb } from '../../support/whatsapp-web/web.ts';
import { eventually } from '../eventually.ts';

const RECIPIENTS = 25;

describe('notices on WhatsApp', { timeout: 300_000 }, () => {
  const database = useDatabase();
  let web: WhatsAppWeb;
  let app: App;

  beforeAll(async () => {
    web = await startWhatsAppWeb();
    const env = { ...WHATSAPP_AT_ONCE, WHATSAPP_CHROMIUM_PATH: web.launcher, SIMULATOR: 'off', PORT: '0' };
    const config = readConfig({ DATA_DIR: database.dataDir, LOG_LEVEL: 'silent', ...env }, false);
    app = await createApp({ config, open: database.open, clock: systemClock, log: silentLog });
    await app.start();
    await web.phone.scanQr();
    while (!app.accounts.every(({ channel }) => isLinked(channel))) await delay(20);
  });
  afterAll(async () => {
    await app.stop();
    await web.close();
  });

  it('bring the answer of the okmotu to the author’s phone, and follow it until it is read', async () => {
    const aida = web.phone.person('996555310001', { name: 'Аида' });
    const heard = () => web.sent.to(aida.id).map(({ text }) => text);
    const told = () => heard().join('\n');
    for (const [deed, answer] of [
      ['Мантышта көчөдө жарык жок', 'Тилди тандаңыз'],
      ['1', 'Макулсузбу?'],
      ['1', 'Жөнөтөлүбү?'],
      ['1', 'Номери: KS-'],
    ] as const) {
      aida.writes(deed);
      await eventually(told).toContain(answer);
    }
    web.acks.automatic = 'server';
    await answers('Жаңы чырактар жазында коюлат');
    await eventually(told).toContain('Жаңы чырактар жазында коюлат');
    const notice = web.sent.to(aida.id).findLast(({ text }) => text.includes('Жаңы чырактар'));
    const sent = { status: 'sent', external_id: notice?.id, possibly_doubled: false };
    await eventually(deliveries).toEqual([{ ...sent, ack: 'server' }]);
    web.acks.delivered(notice?.id ?? '');
    await eventually(deliveries).toEqual([{ ...sent, ack: 'delivered' }]);
    web.acks.read(notice?.id ?? '');
    await eventually(deliveries).toEqual([{ ...sent, ack: 'read' }]);
  });

  it('go to everybody once, and the report tells how far', async () => {
    const people = Array.from({ length: RECIPIENTS }, (_, at) => web.phone.person(`9965553200${at + 10}`));
    const chats = people.map(({ id }) => id);
    for (const blocking of people.slice(0, 3)) blocking.blocksBot();
    web.acks.automatic = 'delivered';
    await writeResidentsAt(database.db, { channel: 'whatsapp', account: 'bot' }, chats);
    const id = await announce(database.db, 'Эртең саат онодо клубда жыйын');
    await expect
      .poll(async () => (await reportAnnouncement(database.db, id)).state, { timeout: 240_000, interval: 50 })
      .toBe('done');
    const copies = chats.map((chat) => web.sent.to(chat).filter(({ text }) => text.includes('клубда жыйын')).length);
    expect(copies).toEqual(chats.map(() => 1));
    for (const chat of chats.slice(3, 10)) web.acks.read(web.sent.to(chat).at(-1)?.id ?? '');
    const all = RECIPIENTS + 1; // with the author of the other test
    await expect
      .poll(async () => (await reportAnnouncement(database.db, id)).acks, { interval: 50 })
      .toEqual({ server: all, delivered: all - 3, read: 7 });
    const { totals } = await reportAnnouncement(database.db, id);
    expect(totals).toMatchObject({ sent: all, pending: 0, sending: 0, failed: 0, skipped: 0, possiblyDoubled: 0 });
    expect((await readBulk(database.db)).map(({ chat }) => chat).sort()).toEqual(
      [...chats, '996555310001@c.us'].sort(),
    );
  });

  /** As somebody of the okmotu does. */
  async function answers(words: string): Promise<void> {
    const { db } = database;
    const ctx = testContext(db, { clock: systemClock });
    const municipality = (await loadPlaces(db)).municipalityByCode('KS');
    const officer = await givenStaff(ctx, municipality ?? { id: 0 }, 'officer');
    const { id } = await lastStored(db);
    await answerProposal(asStaffOf(ctx, officer), { proposalId: id, answer: { ky: words, ru: words, en: words } });
  }

  async function deliveries() {
    const rows = await database.db.execute<{
      status: DeliveryStatus;
      external_id: string | null;
      ack: string | null;
      possibly_doubled: boolean;
    }>(sql`select status, external_id, ack, possibly_doubled from deliveries where not bulk order by id`);
    return [...rows];
  }
});
