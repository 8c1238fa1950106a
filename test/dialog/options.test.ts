import { beforeEach, describe, expect, it } from 'vitest';
import { interpret, type Question } from '../../src/dialog/interpret.ts';
import type { Dialog, Flow } from '../../src/dialog/types.ts';
import { options, photo, Talk } from './talk.ts';

const villages = [
  { id: 'mantysh', label: 'Мантыш' },
  { id: 'dobo', label: 'Кызыл-Дөбө', spellings: ['Дөбө'] },
  { id: 'ortok', label: 'Орток' },
  { id: 'ak-talaa', label: 'Ак-Талаа' },
];

const question: Question = {
  name: 'village',
  prompt: 'Village?',
  options: villages,
  skip: 'Өткөрүү',
  done: null,
};

function flow(run: (d: Dialog) => Promise<void>): Flow<null> {
  return { name: 'test', version: 1, run };
}

describe('interpret', () => {
  it.each([
    ['the number', '2', 'dobo'],
    ['the number with a dot', '2.', 'dobo'],
    ['an emoji digit', '2️⃣', 'dobo'],
    ['the label', 'Кызыл-Дөбө', 'dobo'],
    ['the label in small letters, without a dash and ө', 'кызылдобо', 'dobo'],
    ['a spelling', 'добо', 'dobo'],
    ['a slip of the finger', 'Мантыщ', 'mantysh'],
    ['Latin letters', 'ak talaa', 'ak-talaa'],
    ['the first word of one label', 'кызыл', 'dobo'],
  ])('takes %s for an option', (_name, text, option) => {
    expect(interpret(question, { t: text, m: '5' })).toEqual({
      type: 'answered',
      answer: { o: option, m: '5' },
      given: { option },
    });
  });

  it.each([
    ['another day', '21-апрель, шейшемби'],
    ['another time', '20-апрель, саат 10:30'],
  ])('does not take %s for a slip of the finger', (_name, text) => {
    const days = ['20-апрель, шейшемби', '20-апрель, саат 10:00'].map((label, index) => ({ id: `d${index}`, label }));
    expect(interpret({ ...question, options: days }, { t: text })).toEqual({ type: 'refused', reason: null });
  });

  it.each([
    ['a number that is not offered', '9', { type: 'refused', reason: null }],
    ['another word', 'Бишкек', { type: 'refused', reason: null }],
    ['«артка»', 'артка', { type: 'back' }],
    ['0', '0', { type: 'back' }],
    ['«стоп»', 'Стоп!', { type: 'cancel' }],
    ['«отмена»', 'отмена', { type: 'cancel' }],
  ])('takes %s for what it is', (_name, text, verdict) => {
    expect(interpret(question, { t: text })).toEqual(verdict);
  });

  it.each([
    ['the label', 'өткөрүү'],
    ['the number after the options', '5'],
    ['the word', 'кийин'],
    ['a dash', '-'],
  ])('takes %s of skip where skipping is offered', (_name, text) => {
    expect(interpret(question, { t: text })).toMatchObject({
      given: { act: 'skip' },
    });
    expect(interpret({ ...question, skip: null }, { t: text })).toMatchObject({
      type: 'refused',
    });
  });

  it('prefers an option to a control word', () => {
    const counts = { ...question, options: options('0', 'no', 'skip', 'back') };
    expect(interpret(counts, { t: '0' })).toMatchObject({
      given: { option: '0' },
    });
    expect(interpret(counts, { t: 'no' })).toMatchObject({
      given: { option: 'no' },
    });
    expect(interpret(counts, { t: 'back' })).toMatchObject({
      given: { option: 'back' },
    });
  });

  it('prefers a label that is a number to the number of the line', () => {
    expect(interpret({ ...question, options: options('3', '2', '1') }, { t: '3' })).toMatchObject({
      given: { option: '3' },
    });
  });

  it('takes no spelling that is close to two options', () => {
    const near = { ...question, options: options('Жаны-Талаа', 'Жаны-Талап') };
    expect(interpret(near, { t: 'Жаны-Талаб' })).toEqual({
      type: 'refused',
      reason: null,
    });
  });

  it('takes no first word of two labels', () => {
    const similar = [
      { id: 'village', label: 'Изменить село' },
      { id: 'sector', label: 'Изменить направление' },
    ];
    const verdict = interpret({ ...question, options: similar }, { t: 'изменить' });
    expect(verdict).toEqual({ type: 'refused', reason: null });
  });

  it('takes no name that two options bear', () => {
    const alike = { ...question, options: [...villages, { id: 'ortok-2', label: 'Орток' }] };
    expect(interpret(alike, { t: 'орток' })).toEqual({ type: 'refused', reason: null });
  });

  it('hands a sticker to no parser', () => {
    const parse = () => ({ value: 'a sticker' });
    expect(interpret({ ...question, parse }, { p: [{ kind: 'unsupported' }] })).toEqual({
      type: 'refused',
      reason: null,
    });
  });

  it.each(['жок', 'нет', 'болду', 'кийин', '-'])('ends a list of files on «%s»', (text) => {
    const files = { ...question, options: [], filesOnly: true };
    expect(interpret(files, { t: text })).toMatchObject({ given: { act: 'skip' } });
    expect(interpret({ ...files, skip: null, done: 'Бүттү' }, { t: text })).toMatchObject({ given: { act: 'done' } });
  });

  it('hands on what is no option', () => {
    const parse = () => ({ value: 'other' });
    expect(interpret({ ...question, parse }, { t: 'Бишкек' })).toEqual({
      type: 'answered',
      answer: { t: 'Бишкек' },
      given: { value: 'other' },
    });
    expect(interpret({ ...question, parse }, { p: [photo(1)] })).toMatchObject({
      given: { value: 'other' },
    });
  });
});

describe('Dialog', () => {
  it('puts on a button what it opens, and takes its label for an answer', async () => {
    const opens = { id: 'come', label: 'Келем', opens: 'go:hearing:12.come' };
    const talk = new Talk(
      flow(async (d) => d.say(await d.choose('item', 'Угуу', [opens, ...options('list')]))),
      null,
    );
    await talk.start();
    expect([talk.data('Келем'), talk.data('list')]).toEqual(['go:hearing:12.come', 'd1a2:item:list']);
    expect(await talk.text('келем')).toEqual(['come']);
  });

  it('says the sentence of the question when the choice is not understood', async () => {
    const talk = new Talk(
      flow(
        async (d) =>
          void (await d.choose('v', 'V?', villages, {
            misunderstood: 'Which village?',
          })),
      ),
      null,
    );
    await talk.start();
    expect((await talk.text('Бишкек'))[0]).toBe('Which village?');
  });

  it.each([
    ['ооба', true],
    ['+', true],
    ['👍🏽', true],
    ['Макул', true],
    ['да', true],
    ['1', true],
    ['жок', false],
    ['нет', false],
    ['-', false],
    ['2', false],
  ])('confirms by words: %s', async (text, given) => {
    const seen: boolean[] = [];
    const talk = new Talk(
      flow(async (d) => void seen.push(await d.confirm('c', 'C?'))),
      null,
    );
    await talk.start();
    await talk.text(text);
    expect(seen).toEqual([given]);
  });

  it('gives null for what was skipped', async () => {
    const seen: unknown[] = [];
    const talk = new Talk(
      flow(async (d) => void seen.push(await d.ask('a', 'A?', { optional: true }))),
      null,
    );
    expect(await talk.start()).toEqual(['A? [Skip]']);
    await talk.press('Skip');
    await talk.start();
    await talk.text('-');
    await talk.start();
    await talk.text('words');
    expect(seen).toEqual([null, null, 'words']);
  });

  it('marks short options as compact', async () => {
    const talk = new Talk(
      flow(
        async (d) =>
          void (await d.choose('a', 'A?', options('x', 'y'), {
            compact: true,
          })),
      ),
      null,
    );
    await talk.start();
    expect(talk.last?.replies[0]?.compact).toBe(true);
  });

  it('shows another page in place of the message whose button was pressed, and changes nothing', async () => {
    const talk = new Talk(
      flow(async (d) => void (await d.choose('a', 'A?', options('x', 'y')))),
      null,
    );
    await talk.start();
    const { saved } = talk;
    expect(await talk.pick('d1a2:a:>2', '881')).toEqual(['A? [x|y] page 2']);
    expect(talk.last?.replies[0]).toMatchObject({ page: 2, replaces: '881' });
    expect(talk.saved).toEqual(saved);
    expect(await talk.pick('d1a2:b:>2', '881')).toEqual(['OLD BUTTON', 'A? [x|y]']);
  });

  describe('a long list', () => {
    const numbers = Array.from({ length: 19 }, (_, at) => `n${at + 1}`);
    const long = flow(async (d) => {
      const first = await d.choose('a', 'A?', options(...numbers));
      await d.choose('b', `B after ${first}?`, options(...numbers), { optional: true });
    });
    const page = () => talk.last?.replies.at(-1)?.page;
    let talk: Talk;
    beforeEach(async () => {
      talk = new Talk(long, null);
      await talk.start();
    });

    it.each(['дагы', 'ещё', 'more', '+', 'Дагы!'])('shows its next page on «%s»', async (word) => {
      expect(await talk.text(word)).toEqual([expect.stringContaining('A? [n1|')]);
      expect(page()).toBe(1);
      await talk.text(word);
      expect(page()).toBe(2);
    });

    it('stands open at the page that was shown last when an answer is not understood', async () => {
      await talk.text('+');
      expect((await talk.text('Бишкек'))[0]).toBe('NOT UNDERSTOOD');
      expect(page()).toBe(1);
      await talk.resume();
      expect(page()).toBe(1);
    });

    it('takes any number on any page, and begins the next list with its first', async () => {
      await talk.text('+');
      expect(await talk.text('3')).toEqual([expect.stringContaining('B after n3?')]);
      expect(page()).toBeUndefined();
      await talk.text('дагы');
      await talk.text('0');
      expect(page()).toBeUndefined();
      expect(await talk.text('18')).toEqual([expect.stringContaining('B after n18?')]);
    });

    it('takes an option of that name before the next page', () => {
      const named = { ...question, options: [...options(...numbers), { id: 'own', label: 'Дагы' }] };
      expect(interpret(named, { t: 'дагы' })).toMatchObject({ given: { option: 'own' } });
    });

    it('is no short one, of which nothing more is shown', () => {
      expect(interpret(question, { t: 'дагы' })).toEqual({ type: 'refused', reason: null });
    });
  });

  describe('an old or forged button', () => {
    const twice = flow(async (d) => {
      await d.say('Hello');
      for (;;) {
        const act = await d.choose('card', 'Card', options('send', 'change'));
        if (act === 'send') break;
        await d.ask('text', 'Text?');
      }
      await d.confirm('sure', 'Sure?');
    });

    it.each([
      ['of another question', 'd1a2:text:send'],
      ['of an earlier occurrence', 'd1a2:card:send'],
      ['of a later occurrence', 'd1a2:card~2:send'],
      ['of another dialog', 'zzzz:card~1:send'],
      ['of no option', 'd1a2:card~1:drop'],
      ['of a page of another question', 'd1a2:card:>1'],
      ['of skip, which is not offered', 'd1a2:card~1:.skip'],
      ['of nothing', 'rubbish'],
      ['of too many bytes', `d1a2:card~1:${'x'.repeat(80)}`],
      ['of a prototype', '__proto__:constructor:toString'],
    ])('is told so: %s', async (_name, data) => {
      const talk = new Talk(twice, null);
      await talk.start();
      await talk.press('change');
      await talk.text('new text');
      const { saved } = talk;
      expect(await talk.pick(data)).toEqual(['OLD BUTTON', 'Card [send|change]']);
      expect(talk.saved).toEqual(saved);
      expect(await talk.press('send')).toEqual(['Sure? [Yes|No]']);
    });

    it('is told so where words are asked for', async () => {
      const talk = new Talk(twice, null);
      await talk.start();
      const old = talk.data('send');
      await talk.press('change');
      expect(await talk.pick(old)).toEqual(['OLD BUTTON', 'Text?']);
    });

    it('stands under a card that was shown before a way back', async () => {
      const talk = new Talk(twice, null);
      await talk.start();
      await talk.press('change');
      await talk.text('new text');
      const old = talk.data('send');
      await talk.text('back');
      await talk.text('newer text');
      expect(await talk.pick(old)).toEqual(['OLD BUTTON', 'Card [send|change]']);
    });
  });
});
