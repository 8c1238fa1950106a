import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { translator } from '../../src/core/texts.ts';
import { settleSends } from '../../src/deliveries/settle-sends.ts';
import { tapInGroup } from '../../src/hearings/tap-in-group.ts';
import { askAuthor } from '../../src/proposals/ask-author.ts';
import { proposalQuestions, proposals } from '../../src/proposals/tables.ts';
import { residents } from '../../src/residents/tables.ts';
import { as, asStaffOf, givenStaff } from '../support/given.ts';
import { lastStored } from '../support/last-stored.ts';
import { useTalk } from '../support/talk.ts';
import { HearingStage } from './hearing-stage.ts';

const world = useTalk();
const stage = new HearingStage(world);
const t = translator('ky');
const COME = t('will-come');

describe('the number of an option of a notice', () => {
  it.each([
    ['1', 'coming'],
    ['1️⃣', 'coming'],
    ['№1', 'coming'],
    ['2', 'not_coming'],
    ['2)', 'not_coming'],
    ['Келем', 'coming'],
  ])('is understood with nothing open: %s', async (typed, intent) => {
    const hearing = await stage.planned();
    const person = await stage.neighbour(`types-${typed.length}-${typed.codePointAt(0)}-${intent.length}`);
    await stage.notify(person, hearing);
    await person.says(typed);
    expect(await stage.intentOf(person, hearing)).toBe(intent);
    await stage.clear();
  });

  it('is understood once the words of the notice are gone, and may be thought over', async () => {
    const hearing = await stage.planned();
    const person = await stage.neighbour('thinks');
    await stage.notify(person, hearing);
    await settleSends(stage.ctx);
    expect(await person.says('1')).toEqual([COME]);
    expect((await person.says('2')).join()).toContain('Суроо');
    expect(await stage.intentOf(person, hearing)).toBe('not_coming');
  });

  it('counts before the menu that was shown earlier, and after the menu that was shown later', async () => {
    const hearing = await stage.planned();
    const person = await stage.neighbour('menus');
    await person.says('00');
    await stage.notify(person, hearing);
    expect(await person.says('1')).toEqual([COME]);
    await person.says('00');
    expect(await person.says('4')).toEqual([expect.stringContaining('Тилди тандаңыз')]);
    await person.says('0');
    expect(await person.says('2')).toEqual([expect.stringContaining('сунуш жок')]);
    expect(await stage.intentOf(person, hearing)).toBe('coming');
  });

  it('belongs to the menu where the notice has no such option', async () => {
    const hearing = await stage.planned();
    const person = await stage.neighbour('beyond');
    await person.says('00');
    await stage.notify(person, hearing);
    expect(await person.says('5')).toEqual([expect.stringContaining('Кайсы айылдансыз?')]);
  });

  it('answers the question that is open', async () => {
    const hearing = await stage.planned();
    const person = await stage.neighbour('asked');
    await person.says('айыл');
    await stage.notify(person, hearing);
    expect(await person.says('2')).toEqual([expect.stringContaining('Кызыл-Дөбө')]);
    expect(await stage.intentOf(person, hearing)).toBeNull();
  });

  it('is nothing any more once the person has spoken of something else', async () => {
    const hearing = await stage.planned();
    const person = await stage.neighbour('elsewhere');
    await stage.notify(person, hearing);
    await person.says('тил');
    await person.says('1');
    expect(await person.says('1')).toEqual([expect.stringContaining('Түшүнбөй калдык')]);
    expect(await stage.intentOf(person, hearing)).toBeNull();
  });

  it('reads the label of a button that is no word elsewhere', async () => {
    const hearing = await stage.planned({ draftMediaId: await stage.file() });
    const person = await stage.neighbour('reads');
    await stage.notify(person, hearing);
    expect(await person.says('долбоорду окуу')).toEqual([expect.stringContaining('(')]);
  });

  it('reads the label of whatever was shown under it', async () => {
    const hearing = await stage.planned();
    const person = await stage.neighbour('tapped');
    const { id: residentId } = await stage.residentOf(person);
    await tapInGroup(as(stage.ctx, residentId), { residentId, hearingId: hearing.id, act: 'cannot' });
    await world.talk.settled();
    expect(await person.says(t('btn-hearing-ask'))).toEqual([expect.stringContaining(t('hearing-ask'))]);
    await stage.clear();
  });

  it('answers what staff asked where that came after the notice', async () => {
    const hearing = await stage.planned();
    const person = world.as('author');
    await person.registers();
    await stage.notify(person, hearing);
    const officer = await givenStaff(stage.ctx, await stage.karaSuu(), 'admin');
    const { id: proposalId } = await lastStored(world.database.db);
    await askAuthor(asStaffOf(stage.ctx, officer), { proposalId, question: 'Канча үй?' });
    await world.talk.settled();
    await person.says('2');
    expect(await stage.intentOf(person, hearing)).toBeNull();
  });

  it('leads whoever has still to consent there, whatever staff asked before', async () => {
    const { db } = world.database;
    const person = world.as('unagreed');
    await person.registers();
    const officer = await givenStaff(stage.ctx, await stage.karaSuu(), 'admin');
    const { id: proposalId, residentId } = await lastStored(db);
    await askAuthor(asStaffOf(stage.ctx, officer), { proposalId, question: 'Канча үй?' });
    await world.talk.settled();
    const { id } = await stage.residentOf(person);
    expect(residentId).toBe(id);
    await db.update(residents).set({ consentAt: null }).where(eq(residents.id, id));
    const consentDueAt = new Date('2026-12-01T00:00:00Z');
    await db.update(proposals).set({ consentDueAt }).where(eq(proposals.id, proposalId));
    expect((await person.says('1')).join()).toContain('Кыргызча');
    const [asked] = await db.select().from(proposalQuestions).where(eq(proposalQuestions.proposalId, proposalId));
    expect(asked?.answer).toBeNull();
  });
});
