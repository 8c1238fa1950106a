import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import { LINK_STATES } from '../../messaging/link-states.ts';

const DAY_MS = 24 * 3_600_000;

const instant = z.coerce.date().nullable().default(null);

/** How WhatsApp stands, as it is kept beside the profile: for other commands, and for the next start. */
const WhatsAppStatus = z.object({
  /** Of the process that runs it. */
  pid: z.number(),
  state: z.enum(LINK_STATES),
  since: z.coerce.date(),
  /** Why it is not ready, in words for the operator. */
  trouble: z.string().nullable().default(null),
  /** What the phone's camera reads; null while there is nothing to link. */
  qr: z.string().nullable().default(null),
  /** What is typed on the phone instead. */
  pairingCode: z.string().nullable().default(null),
  /** Our own number, digits; null: never linked. */
  number: z.string().nullable().default(null),
  linkedAt: instant,
  /** When this number took the place of another one; null: it is the first. */
  notBefore: instant,
  lastInboundAt: instant,
  lastAckAt: instant,
  /** What people wrote before is in the inbox. */
  readUpTo: instant,
  /** When messages could last go. */
  readyAt: instant,
  /** The last ones, for whoever looks why it does not hold. */
  restartedAt: z.array(z.coerce.date()).default([]),
  /** What staff have been told last of a link that does not hold; null: that it works, or nothing. */
  told: z.enum(['trouble', 'lost']).nullable().default(null),
});
export type WhatsAppStatus = z.output<typeof WhatsAppStatus>;

const NEW: WhatsAppStatus = WhatsAppStatus.parse({ pid: process.pid, state: 'stopped', since: new Date() });

/**
 * Reads and writes the status; a file that cannot be read is as good as none, one that cannot be written is tried again
 * with the next change.
 */
export class StatusFile {
  readonly #dir: string;
  readonly #path: string;
  #status: WhatsAppStatus;
  #dueTimer: NodeJS.Timeout | null = null;
  readonly #log: Logger;
  #failed = false;

  constructor(dir: string, log: Logger) {
    this.#dir = dir;
    this.#log = log;
    this.#path = join(dir, 'status.json');
    this.#status = { ...(readStatus(dir) ?? NEW), pid: process.pid };
  }

  /** From now on it is this process that runs it: goes on from what the one before has left. */
  take(): void {
    const left = readStatus(this.#dir) ?? this.#status;
    // one that was killed may have left that it is ready
    const was = left.state === 'ready' ? { readyAt: new Date() } : {};
    const now = { pid: process.pid, state: 'starting', since: new Date(), trouble: null } as const;
    this.#status = { ...left, ...was, ...now, qr: null, pairingCode: null };
    this.#put();
  }

  get(): WhatsAppStatus {
    return this.#status;
  }

  set(change: Partial<WhatsAppStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.write();
  }

  /** The same for what changes with every message: written within the second. */
  note(change: Partial<WhatsAppStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#dueTimer ??= setTimeout(() => this.write(), 1_000).unref();
  }

  /** Unless another process has taken it over: then what that one writes is right. */
  write(): void {
    if (this.#dueTimer) clearTimeout(this.#dueTimer);
    this.#dueTimer = null;
    const there = readStatus(this.#dir);
    if (there === null || there.pid === process.pid) this.#put();
  }

  /** A reader never sees half of it. */
  #put(): void {
    const next = `${this.#path}.${process.pid}`;
    try {
      mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
      writeFileSync(next, JSON.stringify(this.#status, null, 2), { mode: 0o600 });
      renameSync(next, this.#path);
      this.#failed = false;
    } catch (thrown) {
      // this comes every few seconds, and the program runs on without the file
      if (!this.#failed) this.#log.error({ err: toError(thrown) }, 'the status of WhatsApp cannot be written');
      this.#failed = true;
    }
  }
}

/** Null: WhatsApp was never on here. */
export function readStatus(dir: string): WhatsAppStatus | null {
  try {
    return WhatsAppStatus.safeParse(JSON.parse(readFileSync(join(dir, 'status.json'), 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Days since the number was first linked; null: it never was. */
export function ageDays({ linkedAt }: Pick<WhatsAppStatus, 'linkedAt'>, at: Date): number | null {
  return linkedAt === null ? null : (at.getTime() - linkedAt.getTime()) / DAY_MS;
}
