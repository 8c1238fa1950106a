import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { ChannelAddress, ChannelName } from './contract.ts';
import type { Outgoing } from './outgoing.ts';
import { replies } from './tables.ts';

/** A reply that is committed and not yet sent. */
export type StoredReply = Outgoing;

/** Replies of an account that may go now, oldest first, without those in `known`. */
export async function listWaitingReplies(
  db: Database,
  args: {
    channel: ChannelName;
    account: string;
    known: readonly number[];
    limit: number;
  },
): Promise<StoredReply[]> {
  const rows = await db
    .select()
    .from(replies)
    .where(
      and(
        eq(replies.channel, args.channel),
        eq(replies.account, args.account),
        sql`(${replies.notBefore} is null or ${replies.notBefore} <= now())`,
        sql`${replies.id} <> all(${sql.param([...args.known])}::bigint[])`,
        // an older one of the same chat that has to wait holds back the later ones
        sql`not exists (select 1 from replies earlier where earlier.channel = ${replies.channel} and earlier.account = ${replies.account}
          and earlier.chat_id = ${replies.chatId} and earlier.id < ${replies.id} and earlier.not_before > now())`,
      ),
    )
    .orderBy(asc(replies.id))
    .limit(args.limit);
  return rows.map(({ id, channel, account, chatId, content, attempts }) => ({
    id,
    to: { channel, account, id: chatId },
    content,
    attempts,
  }));
}

const deleteRows = statement()`delete from replies where id = any(${'ids'}::bigint[])`;

export async function deleteReplies(db: Database, ids: readonly number[]): Promise<void> {
  await deleteRows(db, { ids });
}

/** Puts a reply off by the database's clock and counts the attempt. */
export async function postponeReply(db: Database, id: number, ms: number): Promise<void> {
  await db
    .update(replies)
    .set({
      attempts: sql`${replies.attempts} + 1`,
      notBefore: sql`now() + ${ms} * interval '1 ms'`,
    })
    .where(eq(replies.id, id));
}

/** A group became a supergroup: what waits for the old chat goes to the new one. */
export async function moveReplies(db: Database, from: ChannelAddress, toId: string): Promise<void> {
  await db
    .update(replies)
    .set({ chatId: toId })
    .where(and(eq(replies.channel, from.channel), eq(replies.account, from.account), eq(replies.chatId, from.id)));
}
