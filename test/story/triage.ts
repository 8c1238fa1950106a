import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import { translator } from '../../src/core/texts.ts';
import { proposals } from '../../src/proposals/tables.ts';
import type { Story } from './story.ts';

const t = translator('ky');

/** Two officers go through what has come. */
export async function officeWorks(story: Story): Promise<void> {
  story.book.chapter('The office works');
  await takesTheOldest(story);
  await putsTheTagRight(story);
  await asksTheAuthor(story);
  await nobodyElseCan(story);
  await answersInThreeLanguages(story);
  await declines(story);
  await hides(story);
}

async function takesTheOldest(story: Story): Promise<void> {
  story.book.write('### Taken into review');
  const officer = story.of('Данияр');
  await officer.says('жаңы сунуштар');
  await story.of('Айнура').says('/inbox');
  await officer.taps(t('btn-take'));
  await story.notices();
}

/** The words name the school, and mean the lamps on the way to it. */
async function putsTheTagRight(story: Story): Promise<void> {
  story.book.write('### A tag is put right');
  const officer = story.of('Данияр');
  await officer.says('/inbox 7');
  await officer.taps(t('btn-more'));
  await officer.taps(t('btn-change-sector'));
  await officer.taps('Көчө жарыгы');
}

async function asksTheAuthor(story: Story): Promise<void> {
  story.book.write('### A question, and its answer on the card');
  const admin = story.of('Айнура');
  await admin.says('/inbox 19');
  await admin.taps(t('btn-ask-author'));
  await admin.says('Кайсы көчөлөрдү биринчи оңдош керек?');
  await admin.taps(t('btn-send'));
  await story.notices();
  await story.of('Чынара').says('Борбордук көчөнү, мектептен көпүрөгө чейин');
  await story.notices();
  await admin.taps(t('btn-open-card'));
}

/** A button that the platform shows to one person can be pressed by another one who knows its data. */
async function nobodyElseCan(story: Story): Promise<void> {
  story.book.write('### Forged buttons');
  const before = await story.db.select().from(proposals).orderBy(proposals.id);
  const resident = story.of('Айгүл');
  expect(await resident.forges(story.of('Данияр'), t('btn-take'))).toBe(t('old-button-menu'));
  expect(await resident.forges(story.of('Айнура'), t('btn-open-card'))).toBe(t('no-right'));
  expect(await story.db.select().from(proposals).orderBy(proposals.id)).toEqual(before);
  const denied = await story.db.select().from(auditLog).where(eq(auditLog.action, 'right.denied'));
  expect(denied.map(({ after }) => after)).toEqual([{ right: 'proposals.read' }]);
}

/** The officer chooses a sentence of the office; everybody reads it in their own language. */
async function answersInThreeLanguages(story: Story): Promise<void> {
  const { book } = story;
  book.write('### Sentences of the office, in three languages');
  const officer = story.of('Данияр');
  const answers = async (number: number) => {
    await officer.says(`/inbox ${number}`);
    await officer.taps(t('btn-change-status'));
    await officer.taps(t('status-in_review'));
    await officer.taps(/^Адистерибиз барып/);
  };
  await answers(14);
  await officer.taps(t('btn-send'));
  await story.notices();
  for (const [number, author] of [
    [9, 'Сергей'],
    [15, 'Kanat'],
  ] as const) {
    book.write(`The same for the proposal of ${author}:`);
    await book.aside(
      () => answers(number),
      ({ text }) => text.startsWith('Авторго ушундай'),
    );
    // on the card the same sentence stands in the officer's language
    await book.aside(
      () => officer.taps(t('btn-send')),
      ({ buttons }) => buttons.length > 0,
    );
    await story.notices();
  }
}

async function declines(story: Story): Promise<void> {
  story.book.write('### One that the okmotu cannot decide');
  const admin = story.of('Айнура');
  await admin.says('/inbox 24');
  await admin.taps(t('btn-change-status'));
  await admin.taps(t('status-declined'));
  await admin.taps(/^Бул маселени айыл өкмөтү/);
  await admin.taps(t('btn-send'));
  await story.notices();
}

/** It tells its author nothing. */
async function hides(story: Story): Promise<void> {
  story.book.write('### One that is no proposal');
  const officer = story.of('Данияр');
  await officer.says('/inbox 28');
  await officer.taps(t('btn-more'));
  await officer.taps(t('btn-hide'));
  await story.notices();
}
