import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../src/messaging/contract.ts';
import { expireDialogs } from '../../src/messaging/expiry.ts';
import { listParked, type NewEvent, recoverEvents, retryParked, storeEvents } from '../../src/messaging/inbox.ts';
import type { StoredReply } from '../../src/messaging/replies.ts';
import { dialogs, inbox, replies } from '../../src/messaging/tables.ts';
import { type TurnHandler, type TurnInput, TurnRunner } from '../../src/messaging/turn-runner.ts';
import { databaseKind, truncateAll, useDatabase } from '../support/database.ts';
import { silentLog } from '../support/log.ts';

const database = useDatabase();
beforeEach(() => truncateAll(database.db));

const textOf = ({ message }: TurnInput) => (message?.content.kind === 'text' ? message.content.text : '(expired)');

/** Answers with all that the person ever said; what it does beside that is told by the words. */
class Listener implements TurnHandler {
  inProgress = 0;
  mostInProgress = 0;
  readonly handled: string[] = [];
  broken = true;

  async look() {
    return null;
  }

  async finish() {}

  async handle(turn: TurnInput) {
    const text = textOf(turn);
    this.inProgress++;
    this.mostInProgress = Math.max(this.mostInProgress, this.inProgress);
    try {
      await turn.tx.execute(sql`select 1`);
      if (text === 'poison' && this.broken) {
        await turn.tx.insert(replies).values({ channel: 'telegram', account: '1', chatId: 'half', content: { text } });
        throw new Error('it cannot be handled');
      }
      if (text === 'bad sql' && this.broken) await turn.tx.execute(sql`select 1/0`);
      const said = [...((turn.memory.said as string[] | undefined) ?? []), text];
      this.handled.push(`${turn.key.chatId} ${text}`);
      return { saved: turn.saved, memory: { said }, expiresAt: turn.expiresAt, replies: [{ text: said.join(' ') }] };
    } finally {
      this.inProgress--;
    }
  }

  apology() {
    return { text: 'sorry' };
  }
}

function aRunner(handler: TurnHandler) {
  const given: StoredReply[] = [];
  const runner = new TurnRunner({
    db: database.db,
    handler,
    read: (_, payload) => payload as InboundMessage | null,
    onReplies: (found) => given.push(...found),
    log: silentLog,
    parallel: databaseKind() === 'embedded' ? 1 : 3,
  });
  const take = async (...events: NewEvent[]) => {
    runner.wake(await storeEvents(database.db, events));
    await runner.idle();
  };
  const said = (chat: string) => given.filter(({ to }) => to.id === chat).map(({ content }) => content.text);
  return { runner, take, said };
}

let events = 0;
function message(chatId: string, text: string): NewEvent {
  const payload = { messageId: '1', edited: false, group: false, content: { kind: 'text', text } };
  return { channel: 'telegram', account: '1', eventId: String(++events), chatId, personId: chatId, payload };
}

describe('TurnRunner', () => {
  it('takes the messages of a person in their order, and those of others beside them', async () => {
    const { take, said } = aRunner(new Listener());
    await take(...['a', 'b', 'c'].flatMap((word) => [message('7', word), message('8', word.toUpperCase())]));
    expect(said('7')).toEqual(['a', 'a b', 'a b c']);
    expect(said('8')).toEqual(['A', 'A B', 'A B C']);
  });

  it('keeps that order when several processes take part', async () => {
    const words = Array.from({ length: 30 }, (_, at) => String(at));
    const [one, two] = [aRunner(new Listener()), aRunner(new Listener())];
    const woken = await storeEvents(
      database.db,
      words.map((word) => message('7', word)),
    );
    one.runner.wake(woken);
    two.runner.wake(woken);
    await Promise.all([one.runner.idle(), two.runner.idle()]);
    const [dialog] = await database.db.select().from(dialogs);
    expect(dialog?.memory).toEqual({ said: words });
    expect(await database.db.$count(replies)).toBe(30);
  });

  it('forgets the words of what is handled, and keeps that it was', async () => {
    const { take } = aRunner(new Listener());
    await take(message('7', 'Айгүл'));
    const [row] = await database.db.select().from(inbox);
    expect(row).toMatchObject({ status: 'handled', payload: null });
    expect(row?.handledAt).toBeInstanceOf(Date);
  });

  it('keeps nothing half: what fails is parked with one apology, its neighbours are answered', async () => {
    const listener = new Listener();
    const { take, said } = aRunner(listener);
    await take(
      message('7', 'well'),
      message('8', 'poison'),
      message('8', 'after'),
      message('9', 'bad sql'),
      message('6', 'well'),
    );
    expect(said('7')).toEqual(['well']);
    expect(said('6')).toEqual(['well']);
    expect(said('8')).toEqual(['sorry', 'after']);
    expect(said('9')).toEqual(['sorry']);
    expect(await database.db.select().from(replies).where(eq(replies.chatId, 'half'))).toEqual([]);
    const parked = await listParked(database.db);
    expect(parked.map(({ chatId, error }) => [chatId, error?.split(':')[0]])).toEqual([
      ['8', 'Error'],
      ['9', 'Error'],
    ]);
  });

  it('parks only what failed, also when another process settles that in the meantime', async () => {
    let settled: Promise<unknown> = Promise.resolve();
    const runner = new TurnRunner({
      db: database.db,
      handler: new Listener(),
      read: (_, payload) => payload as InboundMessage | null,
      onReplies: () => {},
      log: silentLog,
      parallel: 1,
      onTurn: ({ ok }) => {
        if (!ok) settled = database.sql`update inbox set status = 'parked' where event_id = ${first.eventId}`.execute();
      },
    });
    const [first, second] = [message('8', 'poison'), message('8', 'after')];
    const [woken] = [await storeEvents(database.db, [first]), await storeEvents(database.db, [second])];
    runner.wake(woken);
    await runner.idle();
    await settled;
    const rows = await database.db.select().from(inbox).orderBy(inbox.id);
    expect(rows.map(({ status }) => status)).toEqual(['parked', 'new']);
  });

  it('takes what was parked at the second try, after what came meanwhile', async () => {
    const listener = new Listener();
    const { runner, take, said } = aRunner(listener);
    await take(message('8', 'poison'), message('8', 'after'));
    listener.broken = false;
    runner.wake(await retryParked(database.db, 'all'));
    await runner.idle();
    expect(said('8')).toEqual(['sorry', 'after', 'after poison']);
    expect(await listParked(database.db)).toEqual([]);
  });

  it('passes over what nobody can read', async () => {
    const { take, said } = aRunner(new Listener());
    await take({ ...message('7', ''), payload: null });
    expect(said('7')).toEqual([]);
    expect((await database.db.select().from(inbox))[0]?.status).toBe('handled');
  });

  it('ends a stop with the turns that run, and leaves the others for the next start', async () => {
    const { runner } = aRunner(new Listener());
    runner.wake(
      await storeEvents(
        database.db,
        Array.from({ length: 200 }, (_, at) => message(`many-${at}`, 'x')),
      ),
    );
    await runner.stop();
    const left = await database.db.$count(inbox, eq(inbox.status, 'new'));
    const answered = await database.db.$count(replies);
    expect(left + answered).toBe(200);
    const next = aRunner(new Listener());
    next.runner.wake((await recoverEvents(database.db, { accounts: [], orphans: true })).waiting);
    await next.runner.idle();
    expect(await database.db.$count(replies)).toBe(200);
  });

  it('forgets the address of a chat of which nothing is remembered any more', async () => {
    const forgetful = {
      look: async () => null,
      finish: async () => {},
      handle: async (turn: TurnInput) => ({
        saved: null,
        memory: textOf(turn) === 'forget' ? {} : { a: 1 },
        expiresAt: null,
        replies: [],
      }),
      apology: () => ({ text: 'sorry' }),
    };
    const { take } = aRunner(forgetful);
    await take(message('7', 'hello'), message('8', 'hello'), message('7', 'forget'));
    expect((await database.db.select().from(dialogs)).map(({ chatId }) => chatId)).toEqual(['8']);
    const chats = (await database.db.select().from(inbox).orderBy(inbox.id)).map(({ chatId }) => chatId);
    expect(chats).toEqual(['', '8', '']);
    await take(message('7', 'again'));
    expect(await database.db.$count(dialogs)).toBe(2);
  });
});

describe('expireDialogs', () => {
  it('tells each dialog that is over its time once, in its order among the messages', async () => {
    const { runner, take, said } = aRunner(new Listener());
    await take(message('7', 'a'), message('8', 'a'));
    const saved = { flow: 'x', version: 1, id: 'a', args: null, state: null, question: null, timeoutMs: null };
    const at = new Date('2026-11-22T00:00:00Z');
    await database.db.update(dialogs).set({ saved, expiresAt: at }).where(eq(dialogs.chatId, '7'));
    expect(await expireDialogs(database.db, new Date(at.getTime() - 1))).toEqual([]);
    const [woken, again] = [await expireDialogs(database.db, at), await expireDialogs(database.db, at)];
    expect([woken.length, again.length]).toEqual([1, 0]);
    runner.wake(woken);
    await runner.idle();
    expect(said('7')).toEqual(['a', 'a (expired)']);
    expect(said('8')).toEqual(['a']);
  });
});
