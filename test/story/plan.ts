import { expect } from 'vitest';
import { translator } from '../../src/core/texts.ts';
import { editLine } from '../../src/plans/edit-line.ts';
import { foreignItems } from '../../src/plans/foreign-words.ts';
import { getPlan, listPlans, type PlanView } from '../../src/plans/queries.ts';
import { karaSuuPlan } from '../plans/kara-suu-plan.ts';
import type { Story } from './story.ts';

const t = translator('ky');

export const YEAR = 2027;

/** What the villages of Kara-Suu named first in 2018–2021, in that order. */
const ISSUES = karaSuuPlan().lines;

/** What was written in English, in the words of the plan. */
const ANEW = [
  [/^4\. /, 'Кара-Мойнок', 'Көчөлөр караңгы, чырак орнотуу керек'],
  [/^7\. /, 'Мантыш', 'Балдар үчүн китептери бар китепкана керек'],
] as const;

export async function planOf({ db, municipality }: Story): Promise<PlanView> {
  const [plan] = await listPlans(db, municipality.id);
  return getPlan(db, plan?.id ?? 0);
}

/** The working group makes a plan of what came; it tells nobody. */
export async function planIsMade(story: Story): Promise<void> {
  story.book.chapter('The plan');
  story.passDays(7);
  const before = story.told;
  await linesOfSuggestions(story);
  await factsOfOneLine(story);
  await factsOfTheOthers(story);
  await foreignWords(story);
  await story.notices();
  expect(story.told).toBe(before);
  const lines = (await planOf(story)).lines.map(({ sectorId, issueNumber }) => ({ sectorId, issueNumber }));
  expect(lines).toEqual(ISSUES.map(({ sectorId, issueNumber }) => ({ sectorId, issueNumber })));
}

async function linesOfSuggestions(story: Story): Promise<void> {
  const { book, municipality } = story;
  book.write('### Lines of what most people ask for');
  const member = story.of('Мээрим');
  await member.says('план');
  await member.taps(new RegExp(`^${YEAR}`));
  for (const [at, { sectorId }] of ISSUES.entries()) {
    const label = municipality.sectors.find(({ id }) => id === sectorId)?.labels.ky ?? '';
    const take = async () => {
      await member.taps(t('btn-plan-suggest'));
      await member.taps(new RegExp(`^${label} ·`));
      if (member.offers(new RegExp(t('btn-plan-all-villages')))) await member.taps(t('btn-plan-all-villages'));
      await member.taps(t('btn-plan-back'));
    };
    if (at === 1) book.write('The ten other lines come in the same way.');
    if (at === 0) await take();
    else await book.aside(take);
  }
}

/** What a working group writes into a line, in the form in which it is typed. */
async function factsOfOneLine(story: Story): Promise<void> {
  const { book } = story;
  book.write('### What the working group writes into a line');
  const member = story.of('Мээрим');
  await book.aside(() => member.taps(/^1\. /));
  const answers = [
    ['btn-plan-beneficiaries', '5910, аял 3068'],
    [
      'btn-plan-activities',
      'Ички жолдорго шагыл төгүү; 2027-жылдын май айы; жер адиси\nКөпүрөнү оңдоо; 2027-жылдын августу',
    ],
    ['btn-plan-cost', '1,718 млн сом'],
    ['btn-plan-fundings', 'Жергиликтүү бюджет – 718 000\nРеспубликалык бюджет – 1 млн'],
  ] as const;
  for (const [field, words] of answers) {
    const last = field === 'btn-plan-fundings';
    book.write(`**Мээрим:** [${t('btn-plan-edit')}], [${t(field)}]`);
    await book.aside(
      async () => {
        await member.taps(t('btn-plan-edit'));
        await member.taps(t(field));
      },
      ({ text }) => text !== t('plan-ask-field'),
    );
    book.write(`**Мээрим:** ${words.replace('\n', '  \n')}`);
    await book.aside(
      () => member.says(words),
      ({ text }) => last || text === t('plan-done-saved'),
    );
  }
}

/** The operator types the rest at the command line. */
async function factsOfTheOthers(story: Story): Promise<void> {
  const { book, operator } = story;
  const { id: planId, lines } = await planOf(story);
  for (const { id: lineId, sectorId } of lines.slice(1)) {
    const issue = ISSUES.find((one) => one.sectorId === sectorId);
    if (issue === undefined) throw new Error(`nobody named ${sectorId}`);
    const { beneficiaries: total, women, men, activities, cost, fundings } = issue;
    const set = {
      beneficiaries: { total, women, men },
      activities: [...activities],
      cost,
      fundings: [...fundings],
    };
    await editLine(operator, { planId, lineId, set });
  }
  book.write('The operator writes the facts of the ten others at the command line (`plan edit`).');
}

/** What the file says of itself, before anybody reads it aloud at a gathering. */
async function foreignWords(story: Story): Promise<void> {
  const { book } = story;
  book.write('### Words in Latin letters are written anew');
  const member = story.of('Мээрим');
  await book.aside(() => member.says(`/plan ${YEAR}`));
  await member.taps(t('btn-plan-more'));
  await member.taps(t('btn-plan-file'));
  book.write('**Мээрим:** [Кыргызча]');
  await book.aside(
    () => member.taps('Кыргызча'),
    ({ text }) => text === t('plan-file-soon'),
  );
  await member.file(`plan-${YEAR}-ky.docx`);
  for (const [item, village, words] of ANEW) {
    book.write(
      `**Мээрим:** [${member.label(item)}], [${t('btn-plan-edit')}], [${t('btn-plan-villages')}], [${village}]`,
    );
    await book.aside(async () => {
      for (const label of [item, t('btn-plan-edit'), t('btn-plan-villages'), village]) await member.taps(label);
    });
    book.write(`**Мээрим:** ${words}`);
    await book.aside(
      () => member.says(words),
      ({ text }) => text === t('plan-done-saved'),
    );
    await book.aside(() => member.taps(t('btn-plan-back')));
  }
  expect(foreignItems(await planOf(story))).toEqual([]);
}
