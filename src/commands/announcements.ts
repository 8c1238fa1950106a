import { type Command, Option } from 'commander';
import { cancelAnnouncement } from '../announcements/cancel-announcement.ts';
import { examine } from '../announcements/examine.ts';
import { pauseAnnouncement, resumeAnnouncement } from '../announcements/pause-announcement.ts';
import { listAnnouncements } from '../announcements/queries.ts';
import { releaseAnnouncement } from '../announcements/release-announcement.ts';
import { ANNOUNCEMENT_STATES, type AnnouncementState } from '../announcements/tables.ts';
import { titleOf } from '../announcements/title.ts';
import { isoWithOffset } from '../core/dates.ts';
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../core/texts.ts';
import { databaseNow } from '../db/database-now.ts';
import { listHearings } from '../hearings/queries.ts';
import { describePlan } from './announce-words.ts';
import { type Common, onAnnouncement, parseId } from './announcements-choice.ts';
import { type ReportOptions, report } from './announcements-report.ts';
import { printView, viewToJson } from './announcements-show.ts';
import { readView } from './announcements-view.ts';
import { type CommandWorld, chooseMunicipality, tell, withDatabase } from './with-database.ts';

export function addAnnouncements(program: Command): void {
  const announcements = program
    .command('announcements')
    .description('Notices to residents: which there are, what they say, and what became of them.');
  const command = (usage: string, words: string) =>
    announcements.command(usage).description(words).option('--municipality <code>', 'where there are several');
  addReading(command);
  addSteering(command);
}

type Make = (usage: string, words: string) => Command;

function addReading(command: Make): void {
  command('list', 'One line an announcement, the latest first.')
    .addOption(new Option('--state <states...>').choices([...ANNOUNCEMENT_STATES]))
    .option('--json', 'for programs')
    .addOption(language('of titles'))
    .action((o: Common & { state?: AnnouncementState[]; json?: true; language: Locale }) =>
      withDatabase((world) => list(world, o)),
    );
  withId(command('show', 'What it says in each language, to whom, and when.'))
    .option('--json', 'for programs')
    .addOption(language('of names'))
    .action((id: number, o: Common & { json?: true; language: Locale }) =>
      onAnnouncement(id, o, async (at) => {
        const view = await readView(at);
        process.stdout.write(o.json ? `${JSON.stringify(viewToJson(view))}\n` : printView(view, o.language));
      }),
    );
  withId(command('report', 'What became of it: by send, village, language and channel.'))
    .option('--json', 'for programs')
    .option('--out <file>', 'a table with a row for everybody in its audience')
    .addOption(new Option('--format <format>', 'of --out; default: by its name, else csv').choices(['csv', 'xlsx']))
    .option('--names', 'with names and addresses in --out; it is written down who asked for them')
    .addOption(language('of headings and names'))
    .action((id: number, o: Common & ReportOptions) => onAnnouncement(id, o, (at) => report(at, o)));
}

function addSteering(command: Make): void {
  withId(command('release', 'Sends it from now on, as its ladder says.')).action((id: number, o: Common) =>
    onAnnouncement(id, o, async ({ world: { ctx }, announcement, municipality: { timeZone }, mediaDir, paces }) => {
      const now = await databaseNow(ctx);
      const { at } = await releaseAnnouncement(ctx, { announcementId: id, mediaDir });
      tell(`Announcement ${id} is released.`);
      const examined = await examine(ctx.db, announcement, { now, mediaDir, paces });
      for (const line of describePlan(examined, { at, timeZone, released: true })) tell(line);
    }),
  );
  const steer = [
    ['pause', 'Holds it back, also in the middle of a send.', pauseAnnouncement, 'is paused'],
    ['resume', 'Lets it go on.', resumeAnnouncement, 'goes on'],
    ['cancel', 'Ends it for good: nothing that waits goes out.', cancelAnnouncement, 'is canceled'],
  ] as const;
  for (const [name, words, verb, done] of steer) {
    withId(command(name, words)).action((id: number, o: Common) =>
      onAnnouncement(id, o, async ({ world }) => {
        await verb(world.ctx, { announcementId: id });
        tell(`Announcement ${id} ${done}.`);
      }),
    );
  }
}

function withId(command: Command): Command {
  return command.argument('<id>', 'as `announcements list` shows it', parseId);
}

function language(of: string): Option {
  return new Option('--language <language>', of).choices([...LOCALES]).default(DEFAULT_LOCALE);
}

async function list(
  world: CommandWorld,
  o: Common & { state?: AnnouncementState[]; json?: true; language: Locale },
): Promise<void> {
  const { municipality } = await chooseMunicipality(world, o.municipality);
  const { db } = world.ctx;
  const municipalityId = municipality.id;
  const states = o.state === undefined ? {} : { states: o.state };
  const found = await listAnnouncements(db, { municipalityId, ...states });
  const hearings = new Map((await listHearings(db, { municipalityId, from: new Date(0) })).map((one) => [one.id, one]));
  const time = (at: Date) => isoWithOffset(at, municipality.timeZone);
  const rows = found.map((one) => {
    const hearing = hearings.get(one.hearingId ?? 0) ?? null;
    return {
      id: one.id,
      state: one.state,
      kind: one.kind,
      title: titleOf(one, hearing, o.language),
      hearing: hearing === null ? null : { id: hearing.id, startsAt: time(hearing.startsAt) },
      createdBy: one.createdBy,
      createdAt: time(one.createdAt),
    };
  });
  if (o.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else {
    for (const { id, state, kind, title, hearing, createdBy, createdAt } of rows)
      process.stdout.write(`${[id, state, kind, title, hearing?.startsAt ?? '', createdAt, createdBy].join('\t')}\n`);
  }
  tell(`${rows.length} announcement(s).`);
}
