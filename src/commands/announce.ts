import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { createAnnouncement } from '../announcements/create-announcement.ts';
import { AnnouncementRefusedError } from '../announcements/errors.ts';
import { type Examined, examine } from '../announcements/examine.ts';
import { prepareAnnouncement, releaseAnnouncement } from '../announcements/release-announcement.ts';
import { pacesOf } from '../configured-channels.ts';
import type { Context } from '../core/context.ts';
import { databaseNow } from '../db/database-now.ts';
import { inTransaction } from '../db/transaction.ts';
import { createHearing } from '../hearings/create-hearing.ts';
import type { Paces } from '../messaging/pace.ts';
import type { Municipality } from '../places/places.ts';
import { type AnnouncementFile, type Known, parseAnnouncementFile, proposalsUntil } from './announce-file.ts';
import { AnnouncementFileError, readJsonFile } from './announce-json.ts';
import { readKnown } from './announce-known.ts';
import { findFiles, type KeptFiles, keepFiles } from './announce-media.ts';
import { describeMistake, inOrder } from './announce-mistakes.ts';
import { describePlan, describeProblem } from './announce-words.ts';
import { chooseMunicipality, tell, withDatabase } from './with-database.ts';

export function addAnnounce(program: Command): void {
  program
    .command('announce')
    .description(
      'Prepares an announcement from a JSON file, or releases it: all of it, or with every mistake named nothing.',
    )
    .argument('<file>', 'files that it names lie beside it')
    .option('--municipality <code>', 'where there are several')
    .option('--json', 'its number, for programs')
    .action(async (path: string, options: { municipality?: string; json?: true }) => {
      const raw = await readJsonFile(path);
      await withDatabase(async (world) => {
        const { municipality } = await chooseMunicipality(world, options.municipality);
        const mediaDir = join(world.config.dataDir, 'media');
        const stored = await announceFile(world.ctx, {
          path,
          raw,
          municipality,
          mediaDir,
          paces: pacesOf(world.config),
        });
        if (options.json) process.stdout.write(`${JSON.stringify({ id: stored.id })}\n`);
        for (const line of describeStored(stored, municipality)) tell(line);
      });
    });
}

/** An announcement that came from a file. */
export interface StoredAnnouncement {
  readonly id: number;
  readonly released: boolean;
  /** It was to be released, and the municipality wants a second person to do so. */
  readonly needsSecond: boolean;
  readonly at: Date | null;
  readonly examined: Examined;
}

export interface FileToAnnounce {
  readonly path: string;
  /** What JSON gave. */
  readonly raw: unknown;
  readonly municipality: Municipality;
  readonly mediaDir: string;
  /** How fast the channels that are on may send. */
  readonly paces: Paces;
}

/**
 * Stores what a file says, with its hearing and its files, and releases or prepares it: all or nothing.
 * @throws {AnnouncementFileError} with every mistake, or with everything that keeps it from being sent
 */
export async function announceFile(ctx: Context, o: FileToAnnounce): Promise<StoredAnnouncement> {
  const { path, raw, municipality, mediaDir } = o;
  const known = await readKnown(ctx, municipality);
  const { file, mistakes } = parseAnnouncementFile(raw, known);
  const found = await findFiles(raw, dirname(path));
  const all = inOrder([...mistakes, ...found.mistakes]).map(describeMistake);
  if (file === null || all.length > 0) throw refused(path, all);
  const kept = await keepFiles(ctx.db, mediaDir, [...found.files.values()]);
  try {
    return await inTransaction(ctx.db, (tx) => store({ ...ctx, tx }, { ...o, file, known, kept }));
  } catch (thrown) {
    await kept.undo();
    if (!(thrown instanceof AnnouncementRefusedError)) throw thrown;
    throw refused(path, thrown.problems.map(describeProblem), thrown);
  }
}

function refused(path: string, lines: readonly string[], cause?: unknown): AnnouncementFileError {
  const message = [`${path}: nothing was announced.`, ...lines.map((line) => `  ${line}`)].join('\n');
  return new AnnouncementFileError(message, { cause });
}

type Parts = FileToAnnounce & { readonly file: AnnouncementFile; readonly known: Known; readonly kept: KeptFiles };

async function store(ctx: Context & Required<Pick<Context, 'tx'>>, o: Parts): Promise<StoredAnnouncement> {
  const { file, kept, municipality, mediaDir, paces } = o;
  const { tx } = ctx;
  const municipalityId = municipality.id;
  await kept.settle(tx);
  const hearing = file.hearing === undefined ? null : await createHearing(ctx, hearingOf(file.hearing, o));
  const { approval = null } = file;
  const announcement = await createAnnouncement(ctx, {
    municipalityId,
    kind: file.kind,
    hearingId: hearing?.id ?? null,
    approval: approval === null ? null : approvalOf(approval, kept),
    texts: file.text ?? null,
    audience: file.audience,
    ladder: file.ladder,
    at: file.at ?? null,
    mediaIds: file.attachments.map((name) => kept.idOf(name)),
  });
  const { id, at } = announcement;
  const examined = await examine(tx, announcement, { now: await databaseNow(ctx), mediaDir, paces });
  if (examined.problems.length > 0) throw new AnnouncementRefusedError(examined.problems);
  const needsSecond = file.release && municipality.settings.releaseNeedsSecondPerson;
  const released = file.release && !needsSecond;
  await (released ? releaseAnnouncement : prepareAnnouncement)(ctx, { announcementId: id, mediaDir });
  return { id, at, released, needsSecond, examined };
}

function hearingOf(hearing: NonNullable<AnnouncementFile['hearing']>, { municipality, known, kept, file }: Parts) {
  const { place, draft, proposalsUntil: _, ...fields } = hearing;
  return {
    ...fields,
    municipalityId: municipality.id,
    villageId: place.village,
    building: place.building,
    draftMediaId: draft?.file === undefined ? null : kept.idOf(draft.file),
    draftUrl: draft?.url ?? null,
    proposalsUntil: proposalsUntil(file, known),
  };
}

function approvalOf({ file, ...fields }: NonNullable<AnnouncementFile['approval']>, kept: KeptFiles) {
  return { ...fields, mediaId: file === undefined ? null : kept.idOf(file) };
}

/** What was done with it, and what the operator should know. */
export function describeStored(stored: StoredAnnouncement, { code, timeZone }: Municipality): string[] {
  const { id, at, released, needsSecond, examined } = stored;
  const done = released
    ? `Announcement ${id} is released.`
    : needsSecond
      ? `Announcement ${id} is prepared, not released: ${code} wants a second person to release it.`
      : `Announcement ${id} is prepared. To send it: announcements release ${id}`;
  return [done, ...describePlan(examined, { at, timeZone, released })];
}
