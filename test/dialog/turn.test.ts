import { describe, expect, it } from 'vitest';
import type { Dialog, Flow } from '../../src/dialog/types.ts';
import { options, photo, Talk } from './talk.ts';

function flow(run: (d: Dialog) => Promise<void>, version = 1): Flow<null> {
  return { name: 'test', version, run };
}

const villages = [
  { id: 'mantysh', label: 'Мантыш' },
  { id: 'dobo', label: 'Кызыл-Дөбө', spellings: ['Кызылдобо'] },
  { id: 'ortok', label: 'Орток' },
];

/** Village, words, files, a yes; then stored and thanked for. */
function proposal(log: unknown[] = []): Flow<null> {
  return flow(async (d) => {
    await d.say('Welcome');
    const village = await d.choose('village', 'Village?', villages);
    const text = await d.ask('text', 'What is needed?');
    const files = await d.attachments('files', 'Photos?', {
      max: 3,
      optional: true,
      added: (count) => `Photo ${count}. More?`,
    });
    if (!(await d.confirm('send', `${village}: ${text} (${files.length}). Send?`))) return d.say('Not sent');
    const number = await d.effect('submit', async () => log.push({ village, text, files: files.length }));
    await d.say(`Number ${number}`);
    const sex = await d.choose('sex', 'Sex?', options('woman', 'man'), {
      optional: true,
    });
    return d.say(`Thanks, ${sex}`);
  });
}

describe('turn', () => {
  it('walks a flow to its end and says nothing twice', async () => {
    const log: unknown[] = [];
    const talk = new Talk(proposal(log), null);
    expect(await talk.start()).toEqual(['Welcome', 'Village? [Мантыш|Кызыл-Дөбө|Орток]']);
    expect(await talk.press('ortok')).toEqual(['What is needed?']);
    expect(await talk.text('A bridge')).toEqual(['Photos? [Skip]']);
    expect(await talk.photo(7)).toEqual(['Photo 1. More? [Done]']);
    expect(await talk.press('Done')).toEqual(['ortok: A bridge (1). Send? [Yes|No]']);
    expect(await talk.text('ооба')).toEqual(['Number 1', 'Sex? [woman|man|Skip]']);
    expect(await talk.press('woman')).toEqual(['Thanks, woman']);
    expect(talk.status).toBe('done');
    expect(talk.saved).toBeNull();
    expect(log).toEqual([{ village: 'ortok', text: 'A bridge', files: 1 }]);
  });

  it('feeds the message that opened the dialog to the first question, after what is said before it', async () => {
    const talk = new Talk(proposal(), null);
    expect(await talk.start({ kind: 'text', text: '3' })).toEqual(['Welcome', 'What is needed?']);
    expect(await talk.start({ kind: 'text', text: 'hello?' })).toEqual([
      'NOT UNDERSTOOD',
      'Welcome',
      'Village? [Мантыш|Кызыл-Дөбө|Орток]',
    ]);
  });

  it('shows the open question again when there is no message', async () => {
    const talk = new Talk(proposal(), null);
    await talk.start();
    expect(await talk.resume()).toEqual(['Village? [Мантыш|Кызыл-Дөбө|Орток]']);
    await talk.press('ortok');
    expect(await talk.resume()).toEqual(['What is needed?']);
  });

  it('keeps an expired dialog so that it can go on', async () => {
    const talk = new Talk(proposal(), null);
    await talk.start();
    await talk.press('ortok');
    expect(await talk.give(null, { expired: true })).toEqual([]);
    expect(talk.status).toBe('expired');
    expect(await talk.resume()).toEqual(['What is needed?']);
  });

  it('tells how long the open question waits', async () => {
    const talk = new Talk(
      flow(async (d) => {
        await d.ask('a', 'A?', { timeoutMs: 5000 });
        await d.ask('b', 'B?');
      }),
      null,
    );
    await talk.start();
    expect(talk.saved).toMatchObject({ question: 'a', timeoutMs: 5000 });
    await talk.text('x1');
    expect(talk.saved).toMatchObject({ question: 'b', timeoutMs: null });
  });

  it('gives the flow the arguments it was started with in every turn', async () => {
    const seen: unknown[] = [];
    const greet: Flow<null, { village: string }> = {
      name: 'greet',
      version: 1,
      async run(d, _kit, args) {
        seen.push(args);
        await d.ask('a', 'A?');
      },
    };
    const talk = new Talk(greet, null);
    await talk.start(null, { args: { village: 'ortok' } });
    await talk.text('x1');
    expect(seen).toEqual([{ village: 'ortok' }, { village: 'ortok' }]);
  });

  it('refuses a dialog of another flow', async () => {
    const talk = new Talk(proposal(), null);
    await talk.start();
    talk.flow = { ...proposal(), name: 'other' };
    await expect(talk.text('x')).rejects.toThrow("a dialog of flow 'test' was given to flow 'other'");
  });

  describe('an answer that is none', () => {
    it('says why, asks again, and leaves the state as long as it was', async () => {
      const talk = new Talk(
        flow(async (d) => {
          const age = await d.ask('age', 'Age?', {
            parse: (input) =>
              input.kind === 'text' && /^\d+$/.test(input.text)
                ? { value: Number(input.text) }
                : { refuse: 'A number' },
          });
          await d.ask('next', `${age + 1}?`);
        }),
        null,
      );
      await talk.start();
      expect(await talk.text('old')).toEqual(['A number', 'Age?']);
      const size = JSON.stringify(talk.saved).length;
      for (let i = 0; i < 20; i++) await talk.text('older', '555');
      expect(JSON.stringify(talk.saved).length).toBe(size);
      expect(await talk.text('41')).toEqual(['42?']);
    });

    it.each([
      ['a sticker', { kind: 'unsupported' as const }],
      ['a place', { kind: 'location' as const, latitude: 41.9, longitude: 75.7 }],
      ['a photo', photo(1)],
      ['an empty text', { kind: 'text' as const, text: '   ' }],
    ])('is %s where words are asked for', async (_name, input) => {
      const talk = new Talk(
        flow(async (d) => void (await d.ask('a', 'A?'))),
        null,
      );
      await talk.start();
      expect(await talk.give(input)).toEqual(['NOT UNDERSTOOD', 'A?']);
    });

    it('is said once for all parts of an album', async () => {
      const talk = new Talk(
        flow(async (d) => void (await d.ask('a', 'A?'))),
        null,
      );
      await talk.start();
      expect(await talk.photo(1, { albumId: 'x' })).toEqual(['NOT UNDERSTOOD', 'A?']);
      expect(await talk.photo(2, { albumId: 'x' })).toEqual([]);
      expect(await talk.photo(3, { albumId: 'y' })).toEqual(['NOT UNDERSTOOD', 'A?']);
      await talk.text('words');
      expect(talk.status).toBe('done');
    });

    it('is forgotten with the next answer', async () => {
      const talk = new Talk(proposal(), null);
      await talk.start();
      await talk.text('nowhere', '77');
      await talk.text('Орток');
      expect(await talk.edit('77', 'A bridge')).toEqual([]);
      expect(talk.last?.applied).toBe(false);
    });

    it('is taken when it is edited into one', async () => {
      const talk = new Talk(proposal(), null);
      await talk.start();
      await talk.text('nowhere', '77');
      expect(await talk.edit('77', 'Орток')).toEqual(['What is needed?']);
      expect(talk.last?.applied).toBe(true);
    });
  });
});
