/** What the load is told: so many residents at a time, each talk by somebody new, until `forMs` after the first `warmUp` answers. */
export interface Order {
  readonly talk: 'proposal' | 'echo';
  readonly residents: number;
  readonly warmUp: number;
  readonly forMs: number;
  /** Of the bot, whose processor time is read at both ends; and of the database server, or null. */
  readonly botPid: number;
  readonly serverPid: number | null;
}

/** What it saw between the two ends, but for `talks`, which counts them all. */
export interface Seen {
  /** Messages and taps that were answered. */
  readonly updates: number;
  readonly elapsedMs: number;
  /** From a message or a tap to its answer. */
  readonly latenciesMs: readonly number[];
  readonly botCpuMs: number;
  readonly serverCpuMs: number;
  /** Of the load itself: near `elapsedMs` it is what holds everything up. */
  readonly loadCpuMs: number;
  /** Conversations that came to their end, warm-up included. */
  readonly talks: number;
  /** Calls of the bot over all, by method. */
  readonly calls: Readonly<Record<string, number>>;
}
