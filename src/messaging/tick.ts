/** One timer that goes off at the earliest of the times it was set to. */
export class Tick {
  readonly #work: () => void;
  #set: { readonly timer: NodeJS.Timeout; readonly atMs: number } | null = null;

  constructor(work: () => void) {
    this.#work = work;
  }

  in(ms: number): void {
    const atMs = performance.now() + ms;
    if (this.#set !== null && this.#set.atMs <= atMs) return;
    this.clear();
    const timer = setTimeout(() => {
      this.#set = null;
      this.#work();
    }, ms);
    this.#set = { timer, atMs };
  }

  clear(): void {
    if (this.#set !== null) clearTimeout(this.#set.timer);
    this.#set = null;
  }
}
