import { and, asc, eq, isNull } from 'drizzle-orm';
import { expect } from 'vitest';
import { translator } from '../../src/core/texts.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { findMergedInto } from '../../src/proposals/queries.ts';
import { proposalSupports, proposals } from '../../src/proposals/tables.ts';
import { residents } from '../../src/residents/tables.ts';
import { planOf, YEAR } from './plan.ts';
import { RESIDENTS, type StoryResident } from './residents.ts';
import type { Story } from './story.ts';

/** Whose proposal is opened as well, since it went its own way. */
const OPENED: readonly string[] = ['Бакыт', 'Асан', 'Сергей', 'Салтанат', 'Игорь', 'Төлөгөн'];

/** What the thirty were told, each once and in their own language, and what their own list shows. */
export async function everybodyKnows(story: Story): Promise<void> {
  const { book } = story;
  book.chapter('What every author’s phone shows in the end');
  for (const resident of RESIDENTS) {
    const { name } = resident;
    const phone = story.of(name);
    book.write(`### ${name}`);
    book.write(phone.told.map((text) => `- ${text.replaceAll('\n', '  \n  ')}`).join('\n'));
    await book.aside(
      () => phone.says('/my'),
      () => true,
    );
    if (OPENED.includes(name)) await phone.taps(/KS-2026/);
    const final = await finalWords(story, resident);
    expect([name, phone.told.filter((text) => isFinal(text, resident))]).toEqual([name, final]);
    expect([name, new Set(phone.told).size]).toEqual([name, phone.told.length]);
    expect([name, foreignWords(phone.heard(), resident)]).toEqual([name, []]);
  }
  await everyNoticeArrivedOnce(story);
}

/** By what the database knows of the person's own proposals and of those that they support. */
async function finalWords(story: Story, { name, locale }: StoryResident): Promise<string[]> {
  const { db } = story;
  const t = translator(locale);
  const { lines } = await planOf(story);
  const plan = t('plan-name', { year: String(YEAR) });
  const item = (number: string) =>
    lines.find((line) => line.proposals.some((one) => one.number === number))?.position ?? 0;
  const own = await db
    .select({ id: proposals.id, number: proposals.number, status: proposals.status })
    .from(proposals)
    .innerJoin(residents, eq(residents.id, proposals.residentId))
    .where(and(eq(residents.name, name), isNull(proposals.hiddenAt)))
    .orderBy(asc(proposals.id));
  const supported = await db
    .select({ number: proposals.number })
    .from(proposalSupports)
    .innerJoin(residents, eq(residents.id, proposalSupports.residentId))
    .innerJoin(proposals, eq(proposals.id, proposalSupports.proposalId))
    .where(eq(residents.name, name));
  const ofOwn = own.map(async ({ id, ...itself }) => {
    const { number, status } = (await findMergedInto(db, id)) ?? itself;
    if (status === 'declined') return t('st-declined', { number, answer: t('template-declined-2') });
    expect([number, status]).toEqual([number, 'planned']);
    return t('plan-mine', { plan, number, line: item(number) });
  });
  return [
    ...(await Promise.all(ofOwn)),
    ...supported.map(({ number }) => t('plan-supported', { plan, number, line: item(number) })),
  ];
}

function isFinal(text: string, { locale }: StoryResident): boolean {
  const t = translator(locale);
  const declined = t('st-declined', { number: '', answer: '' }).slice(0, 20);
  return text.includes(t('plan-name', { year: String(YEAR) })) || text.startsWith(declined);
}

/** Latin words in a talk in Kyrgyz or Russian, Cyrillic ones in a talk in English. */
function foreignWords(heard: readonly string[], { locale }: StoryResident): string[] {
  const question = translator(locale)('choose-language');
  const script = locale === 'en' ? /\p{Script=Cyrillic}+/gu : /[a-z]+/gi;
  return heard
    .filter((text) => !text.includes(question))
    .flatMap((text) => text.replace(/KS-\d{4}-\d{4}/g, '').match(script) ?? []);
}

async function everyNoticeArrivedOnce(story: Story): Promise<void> {
  const rows = await story.db
    .select({ status: deliveries.status, doubled: deliveries.possiblyDoubled })
    .from(deliveries);
  expect(rows.filter(({ status, doubled }) => status !== 'sent' || doubled)).toEqual([]);
  expect(story.told).toBe(rows.length);
}
