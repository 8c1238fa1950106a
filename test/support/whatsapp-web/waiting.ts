const PATIENCE_MS = 60_000;

/** Lets a test wait for what the page or the phone will do, without polling. */
export class Waiting {
  readonly #heard = new Set<() => void>();

  /** Something may have become true. */
  changed(): void {
    for (const check of [...this.#heard]) check();
  }

  /** Resolves with what `find` gives once it is not undefined. @throws {Error} naming `what` when it takes too long */
  until<T>(find: () => T | undefined, what: string, withinMs = PATIENCE_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#heard.delete(check);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#heard.delete(check);
        reject(new Error(`the WhatsApp Web of the tests: no ${what} within ${withinMs} ms`));
      }, withinMs);
      this.#heard.add(check);
      check();
    });
  }
}
