import { describe, expect, it } from 'vitest';
import type { Dialog, Flow } from '../../src/dialog/types.ts';
import { options, Talk } from './talk.ts';

function flow(run: (d: Dialog) => Promise<void>): Flow<null> {
  return { name: 'test', version: 1, run };
}

describe('turn on «back» and «cancel»', () => {
  const three = flow(async (d) => {
    const a = await d.choose('a', 'A?', options('x', 'y'));
    await d.say(`You said ${a}`);
    const b = await d.ask('b', 'B?');
    await d.ask('c', `C after ${a}, ${b}?`);
    await d.say('End');
  });

  it('goes back question by question, and forgets what was answered there', async () => {
    const talk = new Talk(three, null);
    await talk.start();
    await talk.press('x');
    await talk.text('first');
    expect(await talk.text('артка')).toEqual(['You said x', 'B?']);
    expect(await talk.text('0')).toEqual(['A? [x|y]']);
    expect(await talk.press('y')).toEqual(['You said y', 'B?']);
    expect(await talk.text('second')).toEqual(['C after y, second?']);
  });

  it('leaves the dialog from its first question', async () => {
    const talk = new Talk(three, null);
    await talk.start();
    await talk.press('x');
    await talk.text('0');
    expect(await talk.text('0')).toEqual([]);
    expect([talk.status, talk.saved]).toEqual(['left', null]);
  });

  it('tells with each question whether there is a way back', async () => {
    const talk = new Talk(
      flow(async (d) => {
        await d.ask('a', 'A?');
        await d.ask('b', 'B?');
        await d.effect('store', async () => null);
        await d.ask('c', 'C?');
      }),
      null,
    );
    const back = () => talk.last?.replies.at(-1)?.back === true;
    const ways: boolean[] = [];
    for (const text of ['', 'a1', 'b1']) {
      await (text === '' ? talk.start() : talk.text(text));
      ways.push(back());
    }
    expect(ways).toEqual([false, true, false]);
  });

  it('takes back the last file, then the question before', async () => {
    const talk = new Talk(
      flow(async (d) => {
        await d.ask('a', 'A?');
        const files = await d.attachments('files', 'Files?', { added: (count) => `${count} so far` });
        await d.say(files.map(({ id }) => id).join());
      }),
      null,
    );
    await talk.start();
    await talk.text('a1');
    await talk.photo(1);
    expect(await talk.photo(2)).toEqual(['2 so far [Done]']);
    expect(await talk.text('back')).toEqual(['1 so far [Done]']);
    await talk.photo(3);
    await talk.text('back');
    await talk.text('back');
    expect(await talk.text('back')).toEqual(['A?']);
    await talk.text('a2');
    await talk.photo(4);
    expect(await talk.press('Done')).toEqual(['4']);
  });

  it('does not go back past an effect', async () => {
    let stored = 0;
    const talk = new Talk(
      flow(async (d) => {
        await d.ask('a', 'A?');
        await d.effect('store', async () => ++stored);
        await d.ask('b', 'B?');
        await d.ask('c', 'C?');
      }),
      null,
    );
    await talk.start();
    await talk.text('a1');
    expect(await talk.text('back')).toEqual(['NOTHING BACK', 'B?']);
    await talk.text('b1');
    expect(await talk.text('back')).toEqual(['B?']);
    expect(await talk.text('back')).toEqual(['NOTHING BACK', 'B?']);
    expect(stored).toBe(1);
  });

  it('goes back past a remembered value, which is then made anew', async () => {
    const made: string[] = [];
    const talk = new Talk(
      flow(async (d) => {
        const a = await d.ask('a', 'A?');
        const draft = await d.remember('draft', () => {
          made.push(a);
          return { text: a.toUpperCase() };
        });
        await d.ask('b', `${draft.text}?`);
      }),
      null,
    );
    await talk.start();
    expect(await talk.text('one')).toEqual(['ONE?']);
    expect(await talk.resume()).toEqual(['ONE?']);
    expect(await talk.text('back')).toEqual(['A?']);
    expect(await talk.text('two')).toEqual(['TWO?']);
    expect(made).toEqual(['one', 'two']);
  });

  it.each(['отмена', 'токтот', 'стоп', 'cancel', '/cancel'])('ends the dialog on «%s»', async (text) => {
    const talk = new Talk(three, null);
    await talk.start();
    await talk.press('x');
    expect(await talk.text(text)).toEqual(['CANCELED']);
    expect(talk.status).toBe('canceled');
    expect(talk.saved).toBeNull();
  });

  it('takes a control word inside a sentence for words', async () => {
    const talk = new Talk(three, null);
    await talk.start();
    await talk.press('x');
    expect(await talk.text('стоп белгиси керек')).toEqual(['C after x, стоп белгиси керек?']);
  });
});
