import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFailed } from 'vitest';
import { reportAnnouncement } from '../../src/announcements/report.ts';
import { eventIdOf } from '../../src/channels/whatsapp/inbound.ts';
import { inbox } from '../../src/messaging/tables.ts';
import { announce, readBulk, writeResidentsAt } from '../support/audience.ts';
import { databaseKind } from '../support/database.ts';
import { need, numbersUpTo, storedProposals, toldProposals } from '../support/stored.ts';
import { until, type Victim, WhatsAppProgram, walk } from './whatsapp-stage.ts';

const FULL = process.env.SOAK === 'full';
const VICTIMS = ['parent', 'child', 'browser'] as const;
/** In the short form one database has the child killed, the other one the browser. */
const ROUNDS: readonly Victim[] = FULL
  ? Array.from({ length: 21 }, (_, at) => VICTIMS[at % VICTIMS.length] ?? 'parent')
  : ['parent', databaseKind() === 'embedded' ? 'child' : 'browser'];
/** Newcomers who talk when a round kills, and those who begin while the program is away. */
const TALKING = 3;
const LATE = 2;
const RECIPIENTS = FULL ? 600 : 80;
/** Slow enough that an announcement goes on over all rounds. */
const GAP = FULL ? { WHATSAPP_MIN_GAP_MS: '50', WHATSAPP_MAX_GAP_MS: '150' } : { WHATSAPP_MAX_GAP_MS: '40' };
const NOTICE = 'Эртең саат онодо клубда жыйын';

/** Its parts are found as Linux tells. */
describe.runIf(process.platform === 'linux')('kill -9 of the parts of WhatsApp', () => {
  let program: WhatsAppProgram;
  beforeEach(async () => {
    program = await WhatsAppProgram.start(GAP);
  });
  afterEach(() => program.close());

  it('amid talks and an announcement loses and doubles nothing', { timeout: 1_800_000 }, async () => {
    const { web } = program;
    onTestFailed(() => console.log(program.bot.errors.split('\n').slice(-100).join('\n')));
    const chats = Array.from({ length: RECIPIENTS }, (_, at) => web.phone.person(`9965554${10_000 + at}`).id);
    const told = () => web.sent.all.filter(({ text }) => text.includes(NOTICE)).length;
    const id = await program.asCommand(async ({ db }) => {
      await writeResidentsAt(db, { channel: 'whatsapp', account: 'bot' }, chats);
      return announce(db, NOTICE);
    });
    await until(() => told() > 0, 'the first to hear'); // whoever comes later is not of the audience
    const linkedAt = program.status?.linkedAt;
    const texts: string[] = [];
    const said: string[] = [];
    const walks: Promise<string>[] = [];
    const newcomer = () => {
      const text = need(texts.length + 1);
      const number = `9965555${10_000 + texts.length}`;
      texts.push(text);
      const one = walk(web, number, text, async (messageId) => {
        said.push(messageId);
        await delay(Math.random() * 150); // people do not answer in step
      });
      one.catch(() => undefined); // it is awaited in the end
      walks.push(one);
    };
    for (const [round, victim] of ROUNDS.entries()) {
      const before = said.length;
      for (let count = 0; count < TALKING; count++) newcomer();
      const share = (RECIPIENTS * (round + 1)) / (ROUNDS.length + 2);
      await until(() => told() >= share && said.length >= before + TALKING + 1, 'talks and sends under way');
      await delay(Math.random() * 200);
      await program.kill(victim);
      for (let count = 0; count < LATE; count++) newcomer();
      if (victim === 'parent') await program.bot.start();
      await program.ready();
      expect(program.browsers()).toHaveLength(1);
    }
    const numbers = await Promise.all(walks);
    await until(() => told() >= RECIPIENTS, 'everybody to hear');
    await program.asCommand(async ({ db }) => {
      while ((await reportAnnouncement(db, id)).state !== 'done') await delay(100);
    });
    expect(program.status).toMatchObject({ linkedAt, qr: null, state: 'ready' });
    expect(await program.bot.stop()).toBe(0);
    await until(() => program.leftovers().length === 0, 'the browser to be gone with the program');

    const kept = await program.asCommand(async ({ db }) => ({
      events: await db.select({ id: inbox.eventId, status: inbox.status }).from(inbox),
      proposals: await storedProposals(db),
      rows: await readBulk(db),
      report: await reportAnnouncement(db, id),
    }));
    expect(kept.events.map((event) => event.id).sort()).toEqual(said.map(eventIdOf).sort());
    expect(kept.events.every(({ status }) => status === 'handled')).toBe(true);
    expect([...numbers].sort()).toEqual(numbersUpTo(texts.length));
    expect(kept.proposals).toEqual(toldProposals(texts, numbers));
    const copies = chats.map((chat) => web.sent.to(chat).filter(({ text }) => text.includes(NOTICE)).length);
    // what was on its way is looked for in the chat before it is sent again
    expect(copies).toEqual(chats.map(() => 1));
    expect(kept.rows.map(({ chat, status }) => `${chat} ${status}`)).toEqual(chats.map((chat) => `${chat} sent`));
    expect(kept.report).toMatchObject({
      state: 'done',
      totals: { sent: RECIPIENTS, pending: 0, sending: 0, failed: 0 },
    });
    expect(kept.report.totals.possiblyDoubled).toBeLessThanOrEqual(ROUNDS.length);
    if (FULL) console.log(`${ROUNDS.length} kills: ${kept.report.totals.possiblyDoubled} possibly doubled`);
  });
});
