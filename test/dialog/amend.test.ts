import { describe, expect, it } from 'vitest';
import type { Dialog, Flow, Input, MediaItem, Parsed } from '../../src/dialog/types.ts';
import { options, photo, Talk } from './talk.ts';

function flow(run: (d: Dialog) => Promise<void>): Flow<null> {
  return { name: 'test', version: 1, run };
}

interface Words {
  readonly text: string;
  readonly files: readonly MediaItem[];
}

/** Words, files, or files with words. */
function words(input: Input): Parsed<Words> {
  if (input.kind === 'media') return { value: { text: input.text, files: input.media } };
  return input.kind === 'text' && input.text.length > 2
    ? { value: { text: input.text, files: [] } }
    : { refuse: 'Too short' };
}

/** A card over words and files, changed until it is sent. */
function card(log: unknown[] = []): Flow<null> {
  return flow(async (d) => {
    await d.say('Hello');
    let draft = await d.ask<Words>('text', 'What is needed?', { parse: words });
    let suggested = await d.remember('village', () => `village of ${draft.text || 'nothing'}`);
    for (;;) {
      const act = await d.choose<{ files: readonly MediaItem[] }>(
        'card',
        `${draft.text} + ${draft.files.length}, ${suggested}`,
        options('send', 'village', 'photo'),
        { other: (input) => (input.kind === 'media' ? { value: { files: input.media } } : { refuse: null }) },
      );
      if (typeof act !== 'string') draft = { ...draft, files: [...draft.files, ...act.files] };
      else if (act === 'send') break;
      else if (act === 'village') suggested = await d.ask('name', 'Village?');
      else draft = { ...draft, files: [...draft.files, ...(await d.attachments('files', 'Photos?', { max: 2 }))] };
    }
    await d.effect('submit', async () => log.push([draft.text, draft.files.map(({ id }) => id), suggested]));
    await d.ask('age', 'Stored. How old are you?');
  });
}

describe('turn on an edited message', () => {
  it('replaces the answer and makes anew what was remembered of it', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    expect(await talk.text('A brige', '11')).toEqual(['A brige + 0, village of A brige [send|village|photo]']);
    expect(await talk.edit('11', 'A bridge')).toEqual(['A bridge + 0, village of A bridge [send|village|photo]']);
    expect(talk.last?.applied).toBe(true);
  });

  it('feeds the answers after it again', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    await talk.text('A brige', '11');
    await talk.press('village');
    await talk.text('Ortok', '12');
    expect(await talk.edit('11', 'A bridge')).toEqual(['A bridge + 0, Ortok [send|village|photo]']);
    expect(await talk.edit('12', 'Mantysh')).toEqual(['A bridge + 0, Mantysh [send|village|photo]']);
  });

  it('shows the open question again when an answer before it changes', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    await talk.text('A brige', '11');
    await talk.press('village');
    expect(await talk.edit('11', 'A bridge')).toEqual(['Village?']);
    expect(await talk.text('Ortok')).toEqual(['A bridge + 0, Ortok [send|village|photo]']);
  });

  it('makes the buttons under what was shown before old ones', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    await talk.text('A brige', '11');
    const old = talk.data('send');
    await talk.edit('11', 'A bridge');
    expect((await talk.pick(old))[0]).toBe('OLD BUTTON');
  });

  it('says why where the new words are no answer, and keeps the old ones', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    await talk.text('A bridge', '11');
    const { saved } = talk;
    const question = 'A bridge + 0, village of A bridge [send|village|photo]';
    expect(await talk.edit('11', 'A')).toEqual(['Too short', question]);
    expect(await talk.edit('11', '0')).toEqual(['NOT UNDERSTOOD', question]);
    expect(talk.saved).toEqual(saved);
    await talk.press('send');
    expect(talk.saved?.question).toBe('age');
  });

  it('does not touch what an effect has used already', async () => {
    const log: unknown[] = [];
    const talk = new Talk(card(log), null);
    await talk.start();
    await talk.text('A bridge', '11');
    await talk.press('send');
    const { saved } = talk;
    expect(await talk.edit('11', 'A road')).toEqual([]);
    expect(talk.last?.applied).toBe(false);
    expect(talk.saved).toEqual(saved);
    expect(log).toEqual([['A bridge', [], 'village of A bridge']]);
  });

  it('goes past an effect that does not rest on the answer, and does not run it again', async () => {
    const log: string[] = [];
    const talk = new Talk(
      flow(async (d) => {
        const text = await d.ask('text', 'Text?');
        const name = await d.ask('name', 'Name?');
        const id = await d.effect('register', async () => log.push(name), { editable: true });
        const draft = await d.remember('draft', () => `draft of ${text}`);
        await d.ask('more', `${draft} by ${id}. More?`);
      }),
      null,
    );
    await talk.start();
    await talk.text('A brige', '11');
    expect(await talk.text('Asan')).toEqual(['draft of A brige by 1. More?']);
    expect(await talk.edit('11', 'A bridge')).toEqual(['draft of A bridge by 1. More?']);
    expect(await talk.text('back')).toEqual(['NOTHING BACK', 'draft of A bridge by 1. More?']);
    expect(log).toEqual(['Asan']);
  });

  it('has no use for the edit of a message that is no answer', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    expect(await talk.edit('999', 'A bridge')).toEqual([]);
    expect(talk.last?.applied).toBe(false);
    expect(await talk.text('A bridge')).toHaveLength(1);
  });

  it('changes an option that was typed', async () => {
    const talk = new Talk(
      flow(async (d) => {
        const a = await d.choose('a', 'A?', options('x', 'y'));
        await d.ask('b', `${a}?`);
      }),
      null,
    );
    await talk.start();
    await talk.text('1', '11');
    expect(await talk.edit('11', '2')).toEqual(['y?']);
  });
});

describe('turn on the parts of an album', () => {
  it('takes them as one answer with one reply where files are asked for', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    await talk.text('A bridge');
    await talk.press('photo');
    expect(await talk.photo(1, { albumId: 'x' })).toEqual(['Photos? [Done]']);
    expect((await talk.photo(2, { albumId: 'x' }))[0]).toBe('A bridge + 2, village of A bridge [send|village|photo]');
    expect(await talk.photo(3, { albumId: 'x' })).toEqual([]);
    expect(await talk.resume()).toEqual(['A bridge + 3, village of A bridge [send|village|photo]']);
  });

  it('joins a part that comes when the dialog is at another question, and loses no file after it', async () => {
    const talk = new Talk(
      flow(async (d) => {
        const files = await d.attachments('files', 'Files?', { max: 3 });
        await d.ask('b', `${files.map(({ id }) => id).join()}?`);
      }),
      null,
    );
    await talk.start();
    await talk.photo(1, { albumId: 'x' });
    await talk.photo(2);
    expect(await talk.photo(3)).toEqual(['1,2,3?']);
    expect(await talk.photo(4, { albumId: 'x' })).toEqual([]);
    expect(await talk.resume()).toEqual(['1,4,2,3?']);
  });

  it('takes them as one answer where words or files are', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    expect(await talk.photo(1, { albumId: 'x', text: 'A bridge' })).toEqual([
      'A bridge + 1, village of A bridge [send|village|photo]',
    ]);
    const shown = talk.data('send');
    expect(await talk.photo(2, { albumId: 'x' })).toEqual([]);
    expect(await talk.photo(3, { albumId: 'x' })).toEqual([]);
    expect(await talk.resume()).toEqual(['A bridge + 3, village of A bridge [send|village|photo]']);
    expect(talk.data('send')).toBe(shown);
  });

  it('takes them as one answer where they are no option', async () => {
    const log: unknown[] = [];
    const talk = new Talk(card(log), null);
    await talk.start();
    await talk.text('A bridge');
    expect((await talk.photo(1, { albumId: 'x' }))[0]).toContain('A bridge + 1');
    expect(await talk.photo(2, { albumId: 'x' })).toEqual([]);
    await talk.photo(3);
    await talk.press('send');
    expect(log).toEqual([['A bridge', [1, 2, 3], 'village of A bridge']]);
  });

  it('shows anew what the words under a late part have changed', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    await talk.photo(1, { albumId: 'x' });
    expect(await talk.photo(2, { albumId: 'x', text: 'A bridge' })).toEqual([
      'A bridge + 2, village of A bridge [send|village|photo]',
    ]);
  });

  it('changes the words of that part alone when one is edited', async () => {
    const talk = new Talk(card(), null);
    await talk.start();
    await talk.photo(1, { albumId: 'x', text: 'A brige', messageId: '11' });
    await talk.photo(2, { albumId: 'x', messageId: '12' });
    const edit = photo(1, { albumId: 'x', text: 'A bridge', messageId: '11' });
    expect(await talk.give(edit, { edited: true })).toEqual(['A bridge + 2, village of A bridge [send|village|photo]']);
  });

  it('leaves to others what comes after the effect', async () => {
    const log: unknown[] = [];
    const talk = new Talk(card(log), null);
    await talk.start();
    await talk.photo(1, { albumId: 'x', text: 'A bridge' });
    await talk.press('send');
    expect(await talk.photo(2, { albumId: 'x' })).toEqual([]);
    expect(talk.last).toMatchObject({ applied: false, status: 'waiting' });
    expect(await talk.resume()).toEqual(['Stored. How old are you?']);
    expect(log).toHaveLength(1);
  });
});
