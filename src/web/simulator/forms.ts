import type { Context } from 'hono';
import { z } from 'zod';
import type { SimulatedEvent, UploadedFile } from '../../messaging/simulated-chat.ts';

/** The fields of a posted form, each as a list. */
export async function formFields(c: Context): Promise<Record<string, (string | File)[]>> {
  const form = await c.req.formData().catch(() => new FormData());
  return Object.fromEntries([...new Set(form.keys())].map((key) => [key, form.getAll(key)]));
}

const one = z.tuple([z.string()]).transform(([value]) => value);

/** The field to write in: a new message, an edit of an own one, or null when nothing was written. */
export const TextForm = z
  .object({ text: one, edits: one.optional() })
  .transform(({ text, edits }): SimulatedEvent | null => {
    if (text.trim() === '') return null;
    return edits === undefined || edits === '' ? { kind: 'text', text } : { kind: 'edit', messageId: edits, text };
  });

/** A button: the message that it stands below, a space, its data. */
export const PickForm = z
  .object({ choice: one.pipe(z.string().regex(/^\S+ ./su)) })
  .transform(({ choice }): SimulatedEvent => {
    const [messageId = ''] = choice.split(' ', 1);
    return {
      kind: 'pick',
      messageId,
      data: choice.slice(messageId.length + 1),
    };
  });

export const PlaceForm = z.object({
  latitude: one.transform(Number).pipe(z.number().min(-90).max(90)),
  longitude: one.transform(Number).pipe(z.number().min(-180).max(180)),
});

/** Files with words; inputs that were left empty come as files without a name and do not count. */
export const FilesForm = z
  .object({ file: z.array(z.file()), caption: one.optional() })
  .transform(async ({ file: files, caption }): Promise<SimulatedEvent | null> => {
    const chosen = files.filter(({ name, size }) => name !== '' && size > 0);
    if (chosen.length === 0) return null;
    return {
      kind: 'files',
      files: await Promise.all(chosen.map(toUpload)),
      caption: caption ?? '',
    };
  });

async function toUpload(file: File): Promise<UploadedFile> {
  const mime = file.type === '' ? 'application/octet-stream' : file.type;
  return {
    kind: kindOf(mime),
    bytes: new Uint8Array(await file.arrayBuffer()),
    mime,
    name: file.name,
  };
}

function kindOf(mime: string): UploadedFile['kind'] {
  if (mime.startsWith('image/') && mime !== 'image/svg+xml') return 'photo';
  if (mime.startsWith('audio/')) return 'voice';
  return mime.startsWith('video/') ? 'video' : 'document';
}
