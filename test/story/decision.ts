import PizZip from 'pizzip';
import { expect } from 'vitest';
import { translator } from '../../src/core/texts.ts';
import { planOf, YEAR } from './plan.ts';
import type { Story } from './story.ts';

const t = translator('ky');

/** A gathering hears the plan, the kenesh approves it, and it arrives as a file. */
export async function planIsApproved(story: Story): Promise<void> {
  story.book.write('### Heard, approved, printed');
  story.passDays(5);
  await isHeard(story);
  story.passDays(6);
  await approve(story);
  await print(story);
}

/** The working group may not approve it. */
async function isHeard(story: Story): Promise<void> {
  const { book } = story;
  const member = story.of('Мээрим');
  await member.says(`/plan ${YEAR}`);
  await member.taps(t('btn-plan-more'));
  expect(member.offers(new RegExp(`^${t('btn-plan-approve')}$`))).toBe(false);
  await member.taps(t('btn-plan-heard'));
  book.write('**Мээрим:** 04.12.2026');
  await book.aside(
    () => member.says('04.12.2026'),
    ({ text }) => !text.startsWith(String(YEAR)),
  );
}

async function approve(story: Story): Promise<void> {
  const { book } = story;
  const admin = story.of('Айнура');
  await book.aside(() => admin.says(`/plan ${YEAR}`));
  await admin.taps(t('btn-plan-more'));
  await admin.taps(t('btn-plan-approve'));
  await admin.taps(/айылдык кеңеши/);
  await admin.says('10.12.2026');
  await admin.says('17/3');
  expect(await story.of('Төлөгөн').forges(admin, t('btn-plan-approve-yes'))).toBe(t('old-button-menu'));
  expect(await planOf(story)).toMatchObject({ status: 'heard' });
  await admin.taps(t('btn-plan-approve-yes'));
  // what each of them reads stands in the last chapter
  await book.aside(() => story.notices());
}

async function print(story: Story): Promise<void> {
  const { book } = story;
  const admin = story.of('Айнура');
  await admin.taps(t('btn-plan-files'));
  await admin.taps(t('btn-plan-file'));
  book.write('**Айнура:** [Кыргызча]');
  await book.aside(
    () => admin.taps('Кыргызча'),
    ({ text }) => !text.includes('\n'),
  );
  const words = wordsOf(await admin.file(`plan-${YEAR}-ky.docx`));
  expect(words).toContain('БЕКИТЕМИН');
  for (const { direction, proposals } of (await planOf(story)).lines) {
    expect(words).toContain(direction);
    for (const { number } of proposals) expect(words).toContain(number);
  }
}

/** All that stands in a Word file. */
function wordsOf(file: Buffer): string {
  const xml = new PizZip(file).file('word/document.xml')?.asText() ?? '';
  return xml.replace(/<[^>]*>/g, '');
}
