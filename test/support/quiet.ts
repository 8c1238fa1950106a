import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from '../../src/messaging/account.ts';

/** Everything that may go now has been sent, also where a busy machine has let an account's lease lapse meanwhile. */
export async function quiet(accounts: readonly Account[]): Promise<void> {
  for (const account of accounts) {
    do {
      while (!account.holds) await delay(10);
      account.look();
      await account.quiet();
    } while (!account.holds);
  }
}
