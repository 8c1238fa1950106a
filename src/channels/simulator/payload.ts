import { z } from 'zod';
import { cleanText } from '../../core/text.ts';
import type { InboundContent, InboundMessage } from '../../messaging/contract.ts';

const Payload = z.object({
  messageId: z.string(),
  sentAt: z.iso.datetime(),
  name: z.string().nullable(),
  language: z.string().nullable(),
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('edit'), text: z.string() }),
    z.object({ kind: z.literal('pick'), data: z.string() }),
    z.object({
      kind: z.literal('location'),
      latitude: z.number(),
      longitude: z.number(),
    }),
    z.object({
      kind: z.literal('media'),
      mediaKind: z.enum(['photo', 'voice', 'audio', 'video', 'document']),
      ref: z.string(),
      mime: z.string(),
      fileName: z.string(),
      size: z.number(),
      caption: z.string(),
      albumId: z.string().nullable(),
    }),
  ]),
});

/** An event of the simulator as the inbox keeps it. */
export type SimulatorPayload = z.infer<typeof Payload>;

function toContent(content: SimulatorPayload['content']): InboundContent {
  switch (content.kind) {
    case 'text':
    case 'edit':
      return { kind: 'text', text: cleanText(content.text) };
    case 'media': {
      const { mediaKind: kind, ref, mime, size } = content;
      const fileName = cleanText(content.fileName);
      const media = {
        kind,
        ref,
        uniqueRef: ref,
        mime,
        fileName: fileName === '' ? null : fileName,
        size,
      };
      return {
        kind: 'media',
        media,
        caption: cleanText(content.caption),
        albumId: content.albumId,
      };
    }
    default:
      return content;
  }
}

/** Reads a stored payload; null where it is none of the simulator's. */
export function readPayload(payload: unknown): InboundMessage | null {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return null;
  const { messageId, sentAt, name, language, content } = parsed.data;
  return {
    messageId,
    edited: content.kind === 'edit',
    sentAt: new Date(sentAt),
    group: false,
    personName: name === null ? null : cleanText(name),
    languageCode: language,
    content: toContent(content),
  };
}
