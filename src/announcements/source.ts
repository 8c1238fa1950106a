import { join } from 'node:path';
import type { Database } from '../core/context.ts';
import type { OutboundFile } from '../messaging/contract.ts';
import { loadPlaces } from '../places/places.ts';
import { type Announcement, type AttachedFile, findItsHearing, listFiles } from './queries.ts';
import { readTemplates } from './templates.ts';
import type { NoticeSource } from './write-notice.ts';

/** Reads all that an announcement's words are made of, as it is now. `mediaDir`: where files of people lie. */
export async function readSource(db: Database, announcement: Announcement, mediaDir: string): Promise<NoticeSource> {
  const { municipalityId, approval, texts } = announcement;
  const places = await loadPlaces(db);
  return {
    hearing: await findItsHearing(db, announcement),
    approval,
    texts,
    files: (await listFiles(db, announcement)).flatMap((file) => toOutbound(file, mediaDir)),
    templates: await readTemplates(db, municipalityId),
    places,
    municipality: places.municipality(municipalityId),
  };
}

/** One that has not arrived is no file yet. */
function toOutbound({ path, fileName, mime, id }: AttachedFile, mediaDir: string): OutboundFile[] {
  if (path === null) return [];
  return [{ path: join(mediaDir, path), name: fileName ?? `${id}`, mime: mime ?? 'application/octet-stream' }];
}
