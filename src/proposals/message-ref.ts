import { type SQL, sql } from 'drizzle-orm';
import { proposals } from './tables.ts';

/** Tells the same message again, and nothing of who wrote it: WhatsApp's ids of messages hold numbers. */
function hashed(ref: SQL): SQL<string> {
  return sql`'sha256:' || encode(sha256(convert_to(${ref}, 'UTF8')), 'hex')`;
}

/** What is left of the message that a proposal came in once its author is erased: of a group's, that it was taken. */
export const ERASED_REF = sql<string | null>`
  case when ${proposals.source} = 'group' then ${hashed(sql`${proposals.messageRef}`)} end`;

/** Whether a proposal came in this message of a group, also where its author has been erased since. */
export function cameIn(messageRef: string): SQL {
  return sql`${proposals.source} = 'group' and ${proposals.messageRef} in (${messageRef}, ${hashed(sql`${messageRef}::text`)})`;
}
