import { translator } from '../../src/core/texts.ts';
import type { Phone } from './phones.ts';
import type { Story } from './story.ts';

const t = translator('ky');

/** Doubles are joined; two that were joined by mistake are parted again. */
export async function doublesMeet(story: Story): Promise<void> {
  const { book } = story;
  const [officer, admin] = [story.of('Данияр'), story.of('Айнура')];
  book.chapter('Doubles');

  book.write('### Found by the bot');
  await officer.says('/inbox 17');
  await officer.taps(t('btn-more'));
  await officer.taps(t('btn-merge'));
  await officer.taps('KS-2026-0016');
  await officer.taps(t('btn-merge'));
  await story.notices();

  book.write('### Found by the officer, in another language');
  await book.aside(() => opens(officer, 18));
  await officer.taps(t('btn-merge'));
  await officer.says('16');
  await officer.taps(t('btn-merge'));
  await story.notices();

  book.write('### Joined by mistake, and parted');
  await book.aside(() => opens(admin, 11));
  await admin.taps(t('btn-merge'));
  await admin.says('26');
  await admin.taps(t('btn-merge'));
  await story.notices();
  await admin.taps(t('btn-more'));
  await admin.taps(t('btn-unmerge'));
  await admin.taps(t('btn-unmerge'));
  await story.notices();
}

async function opens(officer: Phone, number: number): Promise<void> {
  await officer.says(`/inbox ${number}`);
  await officer.taps(t('btn-more'));
}
