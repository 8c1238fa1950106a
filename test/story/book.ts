import type { Message } from '../support/bot-api/world.ts';

/** Where all that is said is written down, as Markdown. */
export class Book {
  readonly #lines: string[] = [];
  readonly #secrets = new Map<string, string>();
  /** What is quoted while nothing is written down; null: all is written down. */
  #aside: (readonly [name: string, message: Message])[] | null = null;

  /** A paragraph of its own. */
  write(line: string): void {
    if (this.#aside === null) this.#lines.push(`${line}\n`);
  }

  chapter(title: string): void {
    this.write(`## ${title}`);
  }

  /** What a phone shows, its buttons in brackets. */
  quote(name: string, message: Message): void {
    this.#aside?.push([name, message]);
    const { text, buttons, file } = message;
    const labels = buttons.flat().map((button) => `[${button.text}]`);
    const lines = [
      ...text.split('\n'),
      ...(file === null ? [] : [`(${file.name})`]),
      ...(labels.length > 0 ? [labels.join(' ')] : []),
    ];
    this.write(lines.map((line, at) => `> ${at === 0 ? `→ ${name}: ` : ''}${line}`.trimEnd()).join('  \n'));
  }

  /** Leaves out what is said meanwhile, but for what `shows` picks of it. */
  async aside(work: () => Promise<unknown>, shows: (message: Message) => boolean = () => false): Promise<void> {
    const passed: (readonly [name: string, message: Message])[] = [];
    this.#aside = passed;
    await work();
    this.#aside = null;
    for (const [name, message] of passed) if (shows(message)) this.quote(name, message);
  }

  /** Something that is another one each time, and what stands for it. */
  hide(secret: string, shown: string): void {
    this.#secrets.set(secret, shown);
  }

  text(): string {
    let text = this.#lines.join('\n');
    for (const [secret, shown] of this.#secrets) text = text.replaceAll(secret, shown);
    return text;
  }
}
