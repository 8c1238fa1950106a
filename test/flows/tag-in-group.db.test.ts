import { describe, expect, it } from 'vitest';
import { translator } from '../../src/core/texts.ts';
import { useVillageGroup } from './village-group.ts';

const village = useVillageGroup();
const t = translator('ky');

describe('an answer of the tag', () => {
  it('by an officer makes a proposal of the message, by its author', async () => {
    const person = village.stranger();
    let id = 0;
    await village.inGroup(() => {
      id = person.sends('Мектептин чатыры агып атат', { chat: village.chat });
    });
    const [answer] = await village.inGroup(() => village.officer.sends('#сунуш', { chat: village.chat, replyTo: id }));
    const stored = await village.last();
    expect(answer).toContain(stored.number);
    expect(village.chat.messages().at(-1)?.replyTo).toBe(id);
    expect(stored).toMatchObject({ text: 'Мектептин чатыры агып атат', enteredBy: 'staff:1', source: 'group' });
    expect(stored.residentId).toBe((await village.residentOf(person))?.id);
    expect(village.officer.received().filter(({ text }) => text.includes(stored.number))).toEqual([]);
  });

  it('by an officer makes one of a forwarded message too, which is none by the tag in it', async () => {
    const person = village.stranger();
    const forwarded = { text: '#сунуш Мектептин чатыры агып атат', forward_origin: {} };
    let id = 0;
    expect(await village.inGroup(() => (id = person.sendsRaw(forwarded, { chat: village.chat })))).toEqual([]);
    await village.inGroup(() => village.officer.sends('#сунуш', { chat: village.chat, replyTo: id }));
    expect(await village.last()).toMatchObject({ text: 'Мектептин чатыры агып атат', enteredBy: 'staff:1' });
  });

  it('by its author counts too, by anybody else it does not', async () => {
    const person = village.stranger();
    let id = 0;
    await village.inGroup(() => {
      id = person.sends('Мектептин чатыры агып атат', { chat: village.chat });
    });
    const before = await village.count();
    for (const who of [village.stranger(), village.stage.api.user(502), village.stage.api.user(503)])
      expect(await village.inGroup(() => who.sends('#сунуш', { chat: village.chat, replyTo: id }))).toEqual([]);
    expect(await village.count()).toBe(before);
    expect(await village.inGroup(() => person.sends('сунуш:', { chat: village.chat, replyTo: id }))).toHaveLength(1);
    expect(await village.last()).toMatchObject({ text: 'Мектептин чатыры агып атат', enteredBy: null });
  });

  it('by an officer to a place alone is answered with what is missing', async () => {
    const id = village.stranger().sendsLocation(42, 75, { chat: village.chat });
    const before = await village.count();
    const tag = () => village.officer.sends('/propose', { chat: village.chat, replyTo: id });
    for (const act of [tag, tag])
      expect(await village.inGroup(act)).toEqual([t('group-says-nothing', { tag: '/propose' })]);
    expect(await village.count()).toBe(before);
  });

  it('in the name of the group is told, once a day, that it does not show whose it is', async () => {
    const id = village.stranger().sends('Мектептин чатыры агып атат', { chat: village.chat });
    const before = await village.count();
    const tag = () => village.officer.sends('/propose', { chat: village.chat, replyTo: id, anonymous: true });
    expect(await village.inGroup(tag)).toEqual([t('group-tag-anonymous')]);
    expect(await village.inGroup(tag)).toEqual([]);
    village.stage.clock.pass(24 * 60 * 60 * 1000);
    expect(await village.inGroup(tag)).toHaveLength(1);
    expect(await village.count()).toBe(before);
  });

  it('with words of its own is a proposal of whoever wrote it, and the other message is not stored', async () => {
    const person = village.stranger();
    let id = 0;
    await village.inGroup(() => {
      id = person.sends('Мектептин чатыры агып атат', { chat: village.chat });
    });
    await village.inGroup(() =>
      village.officer.sends('#сунуш Клубга жаңы эшик керек', { chat: village.chat, replyTo: id }),
    );
    expect((await village.last()).text).toBe('Клубга жаңы эшик керек');
    expect(await village.residentOf(person)).toBeNull();
  });

  it('to the bot is a proposal where it has words, else it is told how', async () => {
    const person = village.stranger();
    const own = village.chat.messages().find(({ fromId }) => fromId === null)?.id ?? 0;
    expect(await village.inGroup(() => person.sends('#сунуш', { chat: village.chat, replyTo: own }))).toEqual([
      t('group-how', { tag: '/propose' }),
    ]);
    const [answer] = await village.inGroup(() =>
      person.sends('сунуш: көчөдө жарык жок', { chat: village.chat, replyTo: own }),
    );
    expect(answer).toContain((await village.last()).number);
  });
});
