import { describe, expect, it } from 'vitest';
import type { Dialog, Flow } from '../../src/dialog/types.ts';
import { options, Talk } from './talk.ts';

function flow(version: number, run: (d: Dialog) => Promise<void>): Flow<null> {
  return { name: 'test', version, run };
}

const two = flow(1, async (d) => {
  const village = await d.choose('village', 'Village?', options('ortok', 'dobo'));
  const text = await d.ask('text', 'Text?');
  await d.ask('age', `${village}, ${text}. Age?`);
});

async function atAge(): Promise<Talk> {
  const talk = new Talk(two, null);
  await talk.start();
  await talk.press('ortok');
  await talk.text('A bridge');
  return talk;
}

describe('turn after the form has changed', () => {
  it('takes the message where the same question is open', async () => {
    const talk = await atAge();
    talk.flow = flow(2, async (d) => {
      await d.say('Welcome to the new form');
      const text = await d.ask('text', 'Text?');
      const village = await d.choose('village', 'Which village?', options('dobo', 'ortok', 'mantysh'));
      const age = await d.ask('age', 'How old?');
      await d.ask('sex', `${text}, ${village}, ${age}. Sex?`);
    });
    expect(await talk.text('41')).toEqual(['A bridge, ortok, 41. Sex?']);
    expect(talk.saved).toMatchObject({ version: 2, question: 'sex' });
  });

  it('asks a question that is new first, and reads nothing as its answer', async () => {
    const talk = await atAge();
    talk.flow = flow(2, async (d) => {
      await d.choose('village', 'Village?', options('ortok', 'dobo'));
      const name = await d.ask('name', 'Name?');
      const text = await d.ask('text', 'Text?');
      await d.ask('age', `${name}: ${text}. Age?`);
      await d.say('End');
    });
    expect(await talk.text('41')).toEqual(['FORM CHANGED', 'Name?']);
    expect(await talk.text('Asan')).toEqual(['Asan: A bridge. Age?']);
    expect(await talk.text('41')).toEqual(['End']);
  });

  it('says what stands between a new answer and an old one that follows', async () => {
    const talk = await atAge();
    talk.flow = flow(2, async (d) => {
      await d.ask('name', 'Name?');
      await d.say('Thanks for the name');
      await d.ask('text', 'Text?');
      await d.ask('age', 'Age?');
    });
    await talk.resume();
    expect(await talk.text('Asan')).toEqual(['Thanks for the name', 'Age?']);
  });

  it('asks again what no longer fits, and goes on with the rest', async () => {
    const talk = await atAge();
    talk.flow = flow(2, async (d) => {
      const village = await d.choose('village', 'Village?', options('mantysh', 'dobo'));
      const text = await d.ask('text', 'Text?');
      await d.ask('age', `${village}, ${text}. Age?`);
    });
    expect(await talk.text('41')).toEqual(['FORM CHANGED', 'Village? [mantysh|dobo]']);
    expect(await talk.text('dobo')).toEqual(['dobo, A bridge. Age?']);
  });

  it('takes words for the option they name where options are offered now', async () => {
    const talk = new Talk(
      flow(1, async (d) => {
        await d.ask('village', 'Village?');
        await d.ask('age', 'Age?');
      }),
      null,
    );
    await talk.start();
    await talk.text('Ortok');
    talk.flow = flow(2, async (d) => {
      const village = await d.choose('village', 'Village?', options('ortok', 'dobo'));
      await d.ask('age', `${village}. Age?`);
    });
    expect(await talk.resume()).toEqual(['ortok. Age?']);
  });

  it('shows the open question when there is no message, with a word only where it is another one', async () => {
    const talk = await atAge();
    talk.flow = { ...two, version: 2 };
    expect(await talk.resume()).toEqual(['ortok, A bridge. Age?']);
    talk.flow = flow(3, async (d) => void (await d.ask('name', 'Name?')));
    expect(await talk.resume()).toEqual(['FORM CHANGED', 'Name?']);
  });

  it('keeps answers by their occurrence in a loop', async () => {
    const run = (asked: string) => async (d: Dialog) => {
      const items: string[] = [];
      for (;;) {
        const text = await d.ask('item', `${asked} ${items.length}?`);
        if (text === 'end') break;
        items.push(text);
      }
      await d.ask('more', items.join());
    };
    const talk = new Talk(flow(1, run('Item')), null);
    await talk.start();
    for (const text of ['one', 'two', 'three']) await talk.text(text);
    talk.flow = flow(2, run('Thing'));
    expect(await talk.text('four')).toEqual(['Thing 4?']);
    expect(await talk.text('end')).toEqual(['one,two,three,four']);
  });

  it.each([true, false])(
    'never runs an effect twice, nor makes anew what it has used (editable: %s)',
    async (editable) => {
      const log: string[] = [];
      const run = (first: boolean) => async (d: Dialog) => {
        if (first) await d.ask('name', 'Name?');
        const text = await d.ask('text', 'Text?');
        const code = await d.remember('code', () => `code ${log.push('code')}`);
        const number = await d.effect('store', async () => log.push(text), { editable });
        await d.ask('age', `${code}, number ${number}. Age?`);
        await d.say('End');
      };
      const talk = new Talk(flow(1, run(false)), null);
      await talk.start();
      expect(await talk.text('A bridge')).toEqual(['code 1, number 2. Age?']);
      talk.flow = flow(2, run(true));
      expect(await talk.text('41')).toEqual(['FORM CHANGED', 'Name?']);
      expect(await talk.text('Asan')).toEqual(['code 1, number 2. Age?']);
      expect(log).toEqual(['code', 'A bridge']);
    },
  );

  it('makes anew what was remembered after a question that has to be asked', async () => {
    const run = (first: boolean) => async (d: Dialog) => {
      const name = first ? await d.ask('name', 'Name?') : 'nobody';
      const draft = await d.remember('draft', () => `draft of ${name}`);
      await d.ask('age', `${draft}. Age?`);
    };
    const talk = new Talk(flow(1, run(false)), null);
    await talk.start();
    talk.flow = flow(2, run(true));
    await talk.resume();
    expect(await talk.text('Asan')).toEqual(['draft of Asan. Age?']);
  });

  it('tells of a button from before by the question that is open', async () => {
    const v1 = flow(1, async (d) => void (await d.choose('village', 'Village?', options('ortok', 'dobo'))));
    const talk = new Talk(v1, null);
    await talk.start();
    const [ortok, dobo] = [talk.data('ortok'), talk.data('dobo')];
    const { saved } = talk;
    talk.flow = flow(2, async (d) => {
      const village = await d.choose('village', 'Which?', options('ortok', 'mantysh'));
      await d.ask('text', `${village}: what?`);
    });
    expect(await talk.pick(ortok)).toEqual(['ortok: what?']);
    talk.saved = saved;
    expect(await talk.pick(dobo)).toEqual(['OLD BUTTON', 'Which? [ortok|mantysh]']);
    talk.saved = saved;
    expect(await talk.pick('zzzz:village:ortok')).toEqual(['OLD BUTTON', 'Which? [ortok|mantysh]']);
  });

  it('ends where the answers suffice, and leaves the message to others', async () => {
    const talk = await atAge();
    talk.flow = flow(2, async (d) => {
      const text = await d.ask('text', 'Text?');
      await d.say(`${text}, noted`);
    });
    expect(await talk.text('41')).toEqual(['A bridge, noted']);
    expect(talk.last).toMatchObject({ status: 'done', applied: false });
  });

  it('takes an edit of an answer from before', async () => {
    const talk = new Talk(two, null);
    await talk.start();
    await talk.press('ortok');
    await talk.text('A brige', '11');
    talk.flow = { ...two, version: 2 };
    expect(await talk.edit('11', 'A bridge')).toEqual(['ortok, A bridge. Age?']);
  });

  it.each([
    [
      'a question more',
      async (d: Dialog) => {
        await d.ask('name', 'Name?');
        await two.run(d, null, undefined);
      },
      ['FORM CHANGED', 'Name?'],
    ],
    [
      'an effect more',
      async (d: Dialog) => {
        await d.choose('village', 'Village?', options('ortok', 'dobo'));
        await d.effect('note', async () => 1);
        const text = await d.ask('text', 'Text?');
        const age = await d.ask('age', 'Age?');
        await d.ask('end', `${text} ${age}`);
      },
      ['A bridge 41'],
    ],
    [
      'a stricter parser',
      async (d: Dialog) => {
        await d.choose('village', 'Village?', options('ortok', 'dobo'));
        await d.ask('text', 'Text?', { parse: () => ({ refuse: null }) });
      },
      ['FORM CHANGED', 'Text?'],
    ],
  ])('does the same when nobody has raised the version: %s', async (_name, run, replies) => {
    const talk = await atAge();
    talk.flow = flow(1, run);
    expect(await talk.text('41')).toEqual(replies);
  });

  it('keeps what was chosen from a list that is another one by now', async () => {
    const village: Flow<string[]> = {
      name: 'test',
      version: 1,
      async run(d, kit) {
        const chosen = await d.choose('village', 'Village?', options(...kit));
        await d.ask('text', `${chosen}: what?`);
        await d.ask('age', `${chosen}: age?`);
      },
    };
    const talk = new Talk(village, ['ortok', 'dobo']);
    await talk.start();
    await talk.text('2');
    talk.kit = ['ortok'];
    expect(await talk.text('A bridge')).toEqual(['dobo: age?']);
  });
});
