import { desc, eq, like, sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { plain } from '../../src/core/text.ts';
import { expireDialogs } from '../../src/messaging/expiry.ts';
import { listParked, retryParked, storeEvents } from '../../src/messaging/inbox.ts';
import { dialogs, inbox, media, replies } from '../../src/messaging/tables.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { latinWords, textEvent, useTalk } from '../support/talk.ts';

const world = useTalk();
const DAY_MS = 24 * 60 * 60 * 1000;
const APOLOGY = 'Кечиресиз, бизде ката кетти. Бир аздан кийин кайра жазып көрүңүз.';
const EXPIRED = 'Сунушуңуз жөнөтүлбөй калган, текстин сактап койдук. Улантасызбы? [Улантуу|Башынан баштоо|Өчүрүү]';

async function withDraft(id: string) {
  const person = world.as(id);
  await person.registers();
  await person.says('Ортокто көчөдө жарык жок');
  return person;
}

const newest = async (id: string, count: number) => world.as(id).heard.slice(-count);

describe('a draft that is left alone', () => {
  it('is kept when its time is over, and goes on where it was', async () => {
    const person = await withDraft('ky-continues');
    world.talk.clock.pass(6 * DAY_MS);
    await world.talk.sweep();
    expect(person.heard.at(-1)).toContain('Текшерип көрүңүз:');
    world.talk.clock.pass(2 * DAY_MS);
    await world.talk.sweep();
    await world.talk.sweep();
    expect(await newest('ky-continues', 1)).toEqual([EXPIRED]);
    expect(person.heard.filter((text) => text === EXPIRED)).toHaveLength(1);
    expect(await person.taps('Улантуу')).toEqual([expect.stringContaining('«Ортокто көчөдө жарык жок»')]);
    expect(await person.taps('Жөнөтүү')).toEqual([expect.stringContaining('катталды')]);
  });

  it('waits for its answer as long as it takes', async () => {
    const person = await withDraft('ky-waits');
    for (let week = 0; week < 10; week++) {
      world.talk.clock.pass(8 * DAY_MS);
      await world.talk.sweep();
    }
    expect(person.heard.filter((text) => text === EXPIRED)).toHaveLength(1);
    expect(await person.says('улантуу')).toEqual([expect.stringContaining('«Ортокто көчөдө жарык жок»')]);
  });

  it('can be begun anew, or deleted', async () => {
    const person = await withDraft('ky-anew');
    world.talk.clock.pass(8 * DAY_MS);
    await world.talk.sweep();
    expect(await person.taps('Башынан баштоо')).toEqual([expect.stringContaining('Айылыңызга эмне керек?')]);
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    world.talk.clock.pass(8 * DAY_MS);
    await world.talk.sweep();
    expect(await person.says('3')).toEqual(['Өчүрүлдү, эч нерсе жөнөтүлгөн жок.']);
  });

  it('comes back after another proposal that is begun in its place', async () => {
    const person = await withDraft('ky-between');
    world.talk.clock.pass(8 * DAY_MS);
    await world.talk.sweep();
    expect(await person.says('Мантышта таза суу жок')).toEqual([expect.stringContaining('«Мантышта таза суу жок»')]);
    const said = await person.taps('Жөнөтүү');
    expect(said).toEqual([expect.stringContaining('катталды'), expect.stringContaining('«Ортокто көчөдө жарык жок»')]);
  });

  it('is not asked about while the person answers', async () => {
    const person = await withDraft('ky-active');
    world.talk.clock.pass(6 * DAY_MS);
    await person.taps('Айылды өзгөртүү');
    world.talk.clock.pass(2 * DAY_MS);
    await world.talk.sweep();
    expect(person.heard.at(-1)).toContain('Сунуш кайсы айыл жөнүндө?');
  });

  it('is not asked about when the person wrote just before', async () => {
    const person = await withDraft('ky-just-before');
    world.talk.clock.pass(8 * DAY_MS);
    const written = await storeEvents(world.database.db, [textEvent('ky-just-before', 'Мектепке чырак керек')]);
    const overdue = await expireDialogs(world.database.db, world.talk.clock.now());
    expect(overdue.map(({ chatId }) => chatId)).toContain('ky-just-before');
    world.talk.app.runner.wake([...written, ...overdue]);
    await world.talk.settled();
    expect(person.heard.at(-1)).toContain('Мектепке чырак керек»');
    expect(person.heard).not.toContain(EXPIRED);
  });

  it('that holds nothing yet ends with a word', async () => {
    const person = world.as('ky-empty');
    await person.registers();
    await person.says('/propose');
    world.talk.clock.pass(8 * DAY_MS);
    await world.talk.sweep();
    expect(person.heard.at(-1)).toBe('Көптөн бери жооп болбоду, ошондуктан токтоттук. Каалаган убакта кайра жазыңыз.');
  });
});

describe('messages that come together', () => {
  it('of one person are taken in their order, none lost', async () => {
    const person = await withDraft('ky-fast');
    await person.does(
      { kind: 'text', text: 'Экинчи чырак да керек' },
      { kind: 'text', text: 'Үчүнчү чырак да керек' },
      { kind: 'text', text: 'Төртүнчү чырак да керек' },
    );
    expect(person.heard.at(-1)).toContain(
      '«Ортокто көчөдө жарык жок\nЭкинчи чырак да керек\nҮчүнчү чырак да керек\nТөртүнчү чырак да керек»',
    );
    await person.does({ kind: 'text', text: 'жөнөт' }, { kind: 'text', text: 'Мантышта таза суу жок' });
    expect(person.heard.slice(-2)).toEqual([
      expect.stringContaining('катталды'),
      expect.stringContaining('«Мантышта таза суу жок»'),
    ]);
  });

  it('of many people are all answered', async () => {
    const people = Array.from({ length: 20 }, (_, at) => world.as(`ky-crowd-${at}`));
    const said = await Promise.all(people.map((person) => person.says('Мантышта таза суу жок')));
    for (const answers of said) expect(answers).toEqual([expect.stringContaining('Тилди тандаңыз')]);
  });

  it('the same event twice is answered once', async () => {
    const person = await withDraft('ky-twice');
    const event = textEvent('ky-twice', 'жөнөт');
    const before = person.heard.length;
    await world.talk.receives(event, event);
    await world.talk.receives(event);
    expect(person.heard.slice(before)).toEqual([expect.stringContaining('катталды')]);
  });

  it('an edit that comes before its message, and a button before its question, do no harm', async () => {
    const person = await withDraft('ky-order');
    const before = person.heard.length;
    const late = textEvent('ky-order', 'Мантышта таза суу жок');
    const edit = { ...late.payload, content: { kind: 'edit', text: 'Мантышта таза суу такыр жок' } };
    await world.talk.receives({ ...late, eventId: 'edit', payload: edit }, late);
    expect(person.heard.slice(before).at(-1)).toContain('«Ортокто көчөдө жарык жок\nМантышта таза суу жок»');
  });
});

describe('a message that cannot be handled', () => {
  afterEach(() => world.database.db.execute(sql`alter table proposals drop constraint if exists poison`));

  it('is parked with one apology, keeps its words, and is taken at the second try', async () => {
    const person = await withDraft('ky-poison');
    await world.database.db.execute(
      sql`alter table proposals add constraint poison check (text not like '%көчөдө жарык%') not valid`,
    );
    expect(await person.taps('Жөнөтүү')).toEqual([APOLOGY]);
    expect(await person.says('салам')).toEqual([
      expect.stringContaining('Түшүнбөй калдык'),
      expect.stringContaining('«Ортокто көчөдө жарык жок»'),
    ]);
    const [parked, ...others] = await listParked(world.database.db);
    expect(others).toEqual([]);
    expect(parked).toMatchObject({ chatId: 'ky-poison', error: expect.stringContaining('poison') });
    await world.database.db.execute(sql`alter table proposals drop constraint poison`);
    world.talk.app.runner.wake(await retryParked(world.database.db, 'all'));
    await world.talk.settled();
    expect(person.heard.at(-1)).toContain('катталды');
    expect(await listParked(world.database.db)).toEqual([]);
  });

  it('harms no other message of the same moment', async () => {
    const poisoned = await withDraft('ky-poisoned');
    const well = await withDraft('ky-well');
    await well.says('Дагы чырак керек бизге');
    await well.taps('Жокко чыгаруу');
    await well.says('Мантышта таза суу жок');
    await world.database.db.execute(
      sql`alter table proposals add constraint poison check (text not like '%көчөдө жарык%') not valid`,
    );
    const [apology, receipt] = await Promise.all([poisoned.taps('Жөнөтүү'), well.taps('Жөнөтүү')]);
    expect(apology).toEqual([APOLOGY]);
    expect(receipt).toEqual([expect.stringContaining('катталды')]);
    await world.database.db.update(inbox).set({ status: 'handled' }).where(eq(inbox.status, 'parked'));
  });

  it('of a shape that nobody knows is put aside without a word', async () => {
    const before = world.as('ky-shape').heard.length;
    await world.talk.receives({ ...textEvent('ky-shape', ''), payload: { nonsense: [null] } });
    expect(world.as('ky-shape').heard).toHaveLength(before);
  });
});

/** What comes over Telegram and not over the simulator; the answers wait in the table, since nobody sends there. */
describe('things that are no words', () => {
  const from = { id: 5, is_bot: false, first_name: 'Айбек' };
  const chat = { id: 5, type: 'private' };
  let update = 1;
  const answers = async (message: Record<string, unknown>) => {
    await world.database.db.delete(replies);
    update++;
    await world.talk.receives({
      channel: 'telegram',
      account: '1',
      eventId: String(update),
      chatId: '5',
      personId: '5',
      payload: { update_id: update, message: { message_id: update, date: 1, chat, from, ...message } },
    });
    const rows = await world.database.db
      .select()
      .from(replies)
      .where(eq(replies.channel, 'telegram'))
      .orderBy(replies.id);
    return rows.map(({ content }) => plain(content.text));
  };

  it("are answered with what can be read, and a stranger's number is not kept", async () => {
    await answers({ text: 'Салам' });
    await answers({ text: '1' });
    const unreadable = 'Муну окуй албайбыз. Сөз менен жазыңыз же үн, сүрөт жибериңиз.';
    for (const message of [
      { sticker: { file_id: 'a', file_unique_id: 'b' } },
      { poll: { id: '1', question: '?' } },
      { dice: { emoji: '🎲', value: 3 } },
      { game: { title: 'x' } },
    ])
      expect(await answers(message)).toContain(unreadable);
    expect(await answers({ contact: { phone_number: '+996700111222', first_name: 'Асан' } })).toEqual([
      'Бул башка бирөөнүн номери экен, аны сактаган жокпуз. Айылыңызга эмне керек экенин жазыңыз.',
    ]);
    expect(await answers({ document: { file_id: 'a', file_unique_id: 'b', file_size: 21 * 1024 * 1024 } })).toEqual([
      'Файл өтө чоң. Эң көбү 20 МБ болсун.',
    ]);
    expect(await world.database.db.select().from(media).where(eq(media.chatId, '5'))).toEqual([]);
    expect(await answers({ text: 'Ортокто көчөдө жарык жок', forward_date: 1 })).toEqual([
      expect.stringContaining('Макулсузбу?'),
    ]);
  });

  it('are answered with silence in a group', async () => {
    expect(await answers({ text: 'Ортокто көчөдө жарык жок', chat: { id: -5, type: 'group' } })).toEqual([]);
  });

  it('a person who blocked the bot hears nothing', async () => {
    expect(await answers({ message_id: undefined, left_chat_member: from })).toEqual([]);
  });
});

it('says no Latin word in Kyrgyz', async () => {
  const rows = await world.database.db
    .select({ id: dialogs.chatId })
    .from(dialogs)
    .where(like(dialogs.chatId, 'ky-%'))
    .orderBy(desc(dialogs.id));
  expect(rows.length).toBeGreaterThan(10);
  for (const { id } of rows) expect(latinWords(world.as(id))).toEqual([]);
  expect(await world.database.db.$count(proposals)).toBeGreaterThan(10);
});
