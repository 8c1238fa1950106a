import { expect } from 'vitest';
import type { FakePerson } from '../support/bot-api/person.ts';
import type { Button, Message } from '../support/bot-api/world.ts';
import type { Book } from './book.ts';

/** A busy machine may take its time; the story is the same. */
export const PATIENCE = { timeout: 60_000, interval: 10 };

/** What a phone needs of the world around it. */
export interface Surroundings {
  readonly book: Book;
  /** A person takes their time. */
  act(): void;
  /** Every turn is over, every reply has arrived. */
  settled(): Promise<void>;
}

/** Somebody's phone. What they do waits for the answer. */
export class Phone {
  readonly name: string;
  /** What the bot wrote here of its own accord, oldest first. */
  readonly told: string[] = [];
  readonly #around: Surroundings;
  readonly #person: FakePerson;
  #written = 0;

  constructor(around: Surroundings, name: string, person: FakePerson) {
    this.#around = around;
    this.name = name;
    this.#person = person;
  }

  says(text: string, shown = text): Promise<string> {
    return this.#does(shown, () => this.#person.sends(text));
  }

  taps(label: string | RegExp): Promise<string> {
    return this.#does(`[${this.label(label)}]`, () => this.#person.taps(label));
  }

  /** The whole of a label. */
  label(label: string | RegExp): string {
    return this.#button(label)?.text ?? String(label);
  }

  /** Presses a button that was shown to somebody else, as a program that knows its data could. */
  forges(other: Phone, label: string | RegExp): Promise<string> {
    const button = other.#button(label);
    if (button === undefined) throw new Error(`${other.name} has no button ${String(label)}`);
    const under = this.#sent().at(-1)?.id ?? 0;
    return this.#does(`[${button.text}], as it stands on the phone of ${other.name}`, () =>
      this.#person.tapsData(button.data, under),
    );
  }

  /** The label of a button that the last message with buttons has. */
  offers(label: RegExp): boolean {
    const last = this.#sent().findLast(({ buttons }) => buttons.length > 0);
    return last?.buttons.flat().some(({ text }) => label.test(text)) === true;
  }

  /** The bytes of a file with that name, once it has arrived. */
  async file(name: string): Promise<Buffer> {
    const find = () => this.#sent().find(({ file }) => file?.name === name)?.file;
    await expect.poll(find, PATIENCE).toBeDefined();
    await this.#around.settled();
    this.writeDown();
    return find()?.bytes ?? Buffer.alloc(0);
  }

  /** Writes down what came since the last time; returns it. */
  writeDown(): Message[] {
    const fresh = this.#sent().slice(this.#written);
    this.#written += fresh.length;
    for (const message of fresh) this.#around.book.quote(this.name, message);
    return fresh;
  }

  /** The same for what came unasked. */
  hears(): void {
    this.told.push(...this.writeDown().map(({ text }) => text));
  }

  /** All that the bot ever wrote here. */
  heard(): string[] {
    return this.#sent().map(({ text }) => text);
  }

  #button(label: string | RegExp): Button | undefined {
    const fits = ({ text }: Button) => (typeof label === 'string' ? text === label : label.test(text));
    return this.#person
      .received()
      .toReversed()
      .flatMap(({ buttons }) => buttons.flat())
      .find(fits);
  }

  #sent(): Message[] {
    return this.#person.chat.happenings.filter(({ kind }) => kind === 'sent').map(({ message }) => message);
  }

  async #does(shown: string, act: () => unknown): Promise<string> {
    const before = this.#sent().length;
    this.#around.act();
    this.#around.book.write(`**${this.name}:** ${shown}`);
    act();
    await expect.poll(() => this.#sent().length, PATIENCE).toBeGreaterThan(before);
    await this.#around.settled();
    return this.writeDown()
      .map(({ text }) => text)
      .join('\n');
  }
}
