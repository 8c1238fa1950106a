import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { translator } from '../../src/core/texts.ts';
import { dialogs } from '../../src/messaging/tables.ts';
import { useVillageGroup } from './village-group.ts';

const village = useVillageGroup();
const flood = translator('ky')('group-flood', { minutes: 10 });
const WINDOW_MS = 10 * 60 * 1000;

describe('somebody who tags very much in a group', () => {
  it('is told once that no more is taken, then hears nothing until ten minutes are over', async () => {
    const person = village.stranger();
    const before = await village.count();
    const tags = (count: number) => () => {
      for (let n = 0; n < count; n++) person.sends(`#сунуш ${n}-үйдө суу жок`, { chat: village.chat });
    };
    const answers = await village.inGroup(tags(20));
    expect(answers).toHaveLength(6);
    expect(answers.at(-1)).toBe(flood);
    expect(await village.count()).toBe(before + 5);
    const other = village.stranger();
    expect(await village.inGroup(() => other.sends('#сунуш Көчөдө жарык жок', { chat: village.chat }))).toHaveLength(1);
    village.stage.clock.pass(WINDOW_MS);
    const [again] = await village.inGroup(tags(1));
    expect(again).toContain((await village.last()).number);
  });

  it('is told so little too of what cannot be taken', async () => {
    const person = village.stranger();
    const tooLong = () => {
      for (let n = 0; n < 8; n++) person.sends(`#сунуш ${'суу жок '.repeat(500)}`, { chat: village.chat });
    };
    const answers = await village.inGroup(tooLong);
    expect(answers).toHaveLength(6);
    expect(answers.at(-1)).toBe(flood);
  });

  it('may correct what was taken as often as they like', async () => {
    const person = village.stranger();
    let id = 0;
    await village.inGroup(() => (id = person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat })));
    await village.inGroup(() => {
      for (let n = 0; n < 8; n++) person.edits(id, `#сунуш Көчөдө ${n} столб керек`, village.chat);
    });
    expect(await village.last()).toMatchObject({ text: 'Көчөдө 7 столб керек' });
  });

  it('leaves nothing of the talk behind once the time is over', async () => {
    const person = village.stranger();
    const kept = () => village.database.db.$count(dialogs, eq(dialogs.personId, String(person.id)));
    await village.inGroup(() => person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat }));
    expect(await kept()).toBe(1);
    village.stage.clock.pass(WINDOW_MS);
    await village.stage.sweep();
    expect(await kept()).toBe(0);
  });
});

describe('an officer', () => {
  it('tags what others said as often as there is something', async () => {
    const before = await village.count();
    const ids: number[] = [];
    await village.inGroup(() => {
      for (let n = 0; n < 8; n++) ids.push(village.stranger().sends(`${n}-үйдө суу жок`, { chat: village.chat }));
    });
    const tags = () => ids.forEach((replyTo) => void village.officer.sends('#сунуш', { chat: village.chat, replyTo }));
    expect(await village.inGroup(tags)).toHaveLength(8);
    expect(await village.count()).toBe(before + 8);
  });
});
