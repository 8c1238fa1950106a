import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/core/text.ts';
import { inbox } from '../../src/messaging/tables.ts';
import { textEvent, useTalk } from '../support/talk.ts';

const world = useTalk({ messagesPerMinute: 20 });

describe('a thousand messages of one person', () => {
  it('are answered with one polite sentence, slow down nobody else, and are all taken in', async () => {
    const flood = world.as('ky-flood');
    const other = world.as('ky-calm');
    const events = Array.from({ length: 1000 }, (_, at) => textEvent(flood.id, `суу ${at}`));
    let over = false;
    const flooding = world.talk.receives(...events).finally(() => {
      over = true;
    });
    const answered = new Promise<string>((resolve) => {
      world.talk.channel.subscribe(({ person, from, text }) => {
        if (from === 'bot' && person === other.id) resolve(plain(text));
      });
    });
    void other.says('Мантышта таза суу жок');
    expect(await answered).toContain('Тилди тандаңыз');
    expect(over).toBe(false);
    await flooding;
    const polite = 'Билдирүүлөр көп болуп кетти, бир аз күтүңүз. 1 мүнөттөн кийин улантыңыз.';
    expect(flood.heard.filter((text) => text === polite)).toHaveLength(1);
    expect(flood.heard.at(-1)).toBe(polite);
    const rows = await world.database.db.select().from(inbox).where(eq(inbox.chatId, flood.id));
    expect(rows.map(({ status }) => status)).toEqual(events.map(() => 'handled'));
  });

  it('are forgiven after a minute', async () => {
    world.talk.clock.pass(60_000);
    expect(await world.as('ky-flood').says('1')).toEqual([expect.stringContaining('сунуш боту')]);
  });
});
