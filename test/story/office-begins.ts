import { expect } from 'vitest';
import { capitalized } from '../../src/core/text.ts';
import { translator } from '../../src/core/texts.ts';
import { importTable } from '../../src/imports/import-file.ts';
import { readTable } from '../../src/imports/read-table.ts';
import { inviteStaff } from '../../src/staff/invite-staff.ts';
import type { Role } from '../../src/staff/rights.ts';
import { dateCell, workbook } from '../support/workbook.ts';
import type { Story } from './story.ts';

const t = translator('ky');

/** The operator lets the first one in, who invites the others. */
export async function officeJoins(story: Story): Promise<void> {
  const { book, operator, municipality } = story;
  book.chapter('The okmotu joins');
  book.write(
    'The operator prints a code for the administrator, who invites an officer and somebody of the working group.',
  );
  const first = { municipalityId: municipality.id, role: 'admin', name: 'Айнура' } as const;
  await joins(story, first.name, (await inviteStaff(operator, first)).code);
  await joins(story, 'Данияр', await invites(story, 'Данияр', 'officer'));
  book.write('**Мээрим** is invited in the same way.');
  await book.aside(
    async () => joins(story, 'Мээрим', await invites(story, 'Мээрим', 'working-group')),
    ({ text }) => text.startsWith('Кош келиңиз!'),
  );
}

/** Returns the code. */
async function invites(story: Story, name: string, role: Role): Promise<string> {
  const admin = story.of('Айнура');
  await admin.says('/staff');
  await admin.taps(t('btn-staff-invite'));
  await admin.taps(capitalized(t(`role-${role}`)));
  return /staff_(\w+)/.exec(await admin.says(name))?.[1] ?? '';
}

async function joins(story: Story, name: string, code: string): Promise<void> {
  expect(code).toHaveLength(10);
  story.book.hide(code, 'CODE');
  story.book.hide(`${code.slice(0, 5)}-${code.slice(5)}`, 'CODE');
  const phone = story.meets(name);
  await phone.says(`/staff ${code}`);
  await phone.taps('Кыргызча');
}

/** What came on paper, and what the head of a village had typed into a table. */
export async function paperAndSpreadsheet(story: Story): Promise<void> {
  story.book.chapter('A paper, and a spreadsheet');
  story.passDays(1);
  await paper(story);
  await spreadsheet(story);
}

async function paper(story: Story): Promise<void> {
  const officer = story.of('Данияр');
  await officer.says('/register');
  await officer.says('Ортокто ФАПтын жылытуусу иштебейт, кышында муздак');
  await officer.taps('Орток');
  await officer.taps('Медицина, ФАП');
  await officer.says('аял 67');
  await officer.taps(t('btn-paper-save'));
  await officer.taps(t('btn-done'));
}

/** As people fill it in: a title above, headings in their own words, days as text or as dates. */
const TABLE = workbook([
  ['Айыл башчысынын тизмеси'],
  ['Айыл', 'Сунуш', 'Күнү', 'Жынысы', 'Жашы'],
  ['Мантыш', 'Көпүрөнүн тактайы чирип калды', '18.11.2026', 'эркек', '61'],
  ['Ак-Талаа', 'Бала бакча жок, балдар үйдө отурат', '18.11.2026', 'аял', '34'],
  ['Кара-Мойнок', 'Клубга үн күчөткүч керек', dateCell(46345), 'аял', 22],
  ['Орток', 'Көчөлөрдө чырак жок', dateCell(46345), null, null],
]);

async function spreadsheet(story: Story): Promise<void> {
  const { book, operator, municipality } = story;
  const imports = async () => (await importTable(operator, await readTable(TABLE), { municipality })).result;
  const first = await imports();
  expect(first).toMatchObject({ added: 4, present: 0 });
  const again = await imports();
  expect(again).toEqual({ added: 0, present: 4, numbers: null });
  book.write(
    `The operator imports the table that the head of a village has filled in: ${first?.added} proposals, ` +
      `${first?.numbers?.first} to ${first?.numbers?.last}. The same file once more: ${again?.added} added, ` +
      `${again?.present} were there.`,
  );
}
