/** Chats that take nothing for a while. */
export class ChatPauses {
  readonly #until = new Map<string, number>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  pause(chat: string, ms: number): void {
    if (ms > 0) this.#until.set(chat, Math.max(this.#nowMs() + ms, this.#until.get(chat) ?? 0));
  }

  list(): string[] {
    const now = this.#nowMs();
    for (const [chat, until] of this.#until) if (until <= now) this.#until.delete(chat);
    return [...this.#until.keys()];
  }
}
