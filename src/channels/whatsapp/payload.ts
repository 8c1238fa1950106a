import { z } from 'zod';

const Media = z.object({
  mime: z.string().nullable(),
  fileName: z.string().nullable(),
  size: z.number().nullable(),
  /** The same for the same file. */
  hash: z.string().nullable(),
});

const Location = z.object({ latitude: z.number(), longitude: z.number() });

const Quoted = z.object({
  id: z.string(),
  author: z.string(),
  /** As of the message itself. */
  alsoKnownAs: z.string().nullable().default(null),
  type: z.string(),
  text: z.string(),
  media: Media.nullable(),
  location: Location.nullable().default(null),
});

/**
 * A message as it is stored: what we need of whatsapp-web.js's model, under names of our own, since its names change
 * with WhatsApp's page.
 */
export const WhatsAppPayload = z.object({
  /** Serialized, such as `false_996700…@c.us_3EB0…`. */
  id: z.string(),
  chatId: z.string(),
  /** In a group: who wrote it. */
  author: z.string().nullable(),
  /** WhatsApp's word: `chat`, `image`, `ptt`, `location`, …, and our own `call`, `joined`, `left`, `unreadable`. */
  type: z.string(),
  /** The text, or what stands below a picture. */
  text: z.string(),
  /** Seconds since 1970, as the sender's phone has it. */
  at: z.number(),
  editedAtMs: z.number().nullable(),
  personName: z.string().nullable(),
  groupTitle: z.string().nullable(),
  media: Media.nullable(),
  location: Location.nullable(),
  /** On a contact's card. */
  phone: z.string().nullable(),
  viewOnce: z.boolean(),
  forwarded: z.boolean().default(false),
  /** The other id of the same person, where WhatsApp has told that it is: `…@lid` of a number, or its number. */
  alsoKnownAs: z.string().nullable(),
  /** The message that this one answers, where the answer needs it. */
  quoted: Quoted.nullable(),
  /** In a group: the id of the message of ours that this one answers. */
  answersUs: z.string().nullable().default(null),
});
export type WhatsAppPayload = z.output<typeof WhatsAppPayload>;
export type Quoted = z.output<typeof Quoted>;
export type WhatsAppMedia = z.output<typeof Media>;
