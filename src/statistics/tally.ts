import type { AgeBand, Sex } from '../residents/tables.ts';
import type { Count, Dimension, Part } from './report.ts';
import { DIMENSIONS } from './report.ts';

/** Where a proposal belongs. Null: not said, or, of the channel, none. */
export type Place = Readonly<Record<Exclude<Dimension, 'sex' | 'ageBand'>, string | null>>;

/** Somebody behind a proposal. `id` null: known by this one proposal only (on paper, or imported). */
export interface Person {
  readonly id: number | null;
  readonly sex: Sex | null;
  readonly ageBand: AgeBand | null;
  readonly vulnerable: boolean;
}

export const PEOPLE = ['women', 'men', 'sexUnsaid', 'age14', 'age29', 'age55', 'ageUnsaid'] as const;
/** Authors by sex and by age band. */
export type People = Readonly<Record<(typeof PEOPLE)[number], number>>;

/** A set of numbers that takes a bit for each up to the highest: a million residents are 125 kB, fifty times over. */
class Marks {
  #bits = new Uint8Array(64);

  /** False: it is there already. */
  add(id: number): boolean {
    const at = id >> 3;
    const bit = 1 << (id & 7);
    if (at >= this.#bits.length) this.#grow(at + 1);
    const before = this.#bits[at] ?? 0;
    this.#bits[at] = before | bit;
    return (before & bit) === 0;
  }

  #grow(atLeast: number): void {
    const bits = new Uint8Array(Math.max(atLeast, this.#bits.length * 2));
    bits.set(this.#bits);
    this.#bits = bits;
  }
}

/** Proposals of one kind and who is behind them, each person once. */
class Group {
  proposals = 0;
  authors = 0;
  supporters = 0;
  vulnerable = 0;
  readonly people = { women: 0, men: 0, sexUnsaid: 0, age14: 0, age29: 0, age55: 0, ageUnsaid: 0 };
  readonly #authors = new Marks();
  readonly #supporters = new Marks();

  addProposal(author: Person | null): void {
    this.proposals += 1;
    if (author === null || (author.id !== null && !this.#authors.add(author.id))) return;
    this.authors += 1;
    this.people[SEX[author.sex ?? 'unsaid']] += 1;
    this.people[AGE[author.ageBand ?? 'unsaid']] += 1;
    if (author.vulnerable) this.vulnerable += 1;
  }

  addSupport(supporterId: number): void {
    if (this.#supporters.add(supporterId)) this.supporters += 1;
  }

  get count(): Count {
    return { proposals: this.proposals, authors: this.authors, supporters: this.supporters };
  }
}

const SEX = { woman: 'women', man: 'men', unsaid: 'sexUnsaid' } as const;
const AGE = { '14-28': 'age14', '29-54': 'age29', '55+': 'age55', unsaid: 'ageUnsaid' } as const;

/** Counts proposals and the people behind them, in any order. */
export class Tally {
  readonly #all = new Group();
  readonly #groups = new Map<Dimension, Map<string | null, Group>>(DIMENSIONS.map((name) => [name, new Map()]));

  /** `author` null: erased since, nobody's proposal any more. */
  addProposal(place: Place, author: Person | null): void {
    this.#all.addProposal(author);
    for (const group of this.#groupsOf(place, author)) group.addProposal(author);
  }

  /** Somebody supports a proposal of that place. By sex and age band it is the supporter who counts. */
  addSupport(place: Place, supporter: Person & { readonly id: number }): void {
    this.#all.addSupport(supporter.id);
    for (const group of this.#groupsOf(place, supporter)) group.addSupport(supporter.id);
  }

  get total(): Count {
    return this.#all.count;
  }

  get people(): People {
    return this.#all.people;
  }

  get vulnerable(): number {
    return this.#all.vulnerable;
  }

  /** The parts of a dimension that occur, those of `order` first and there even when empty; the rest by their keys, «not said» last. */
  parts(dimension: Dimension, order: readonly string[] = []): Part[] {
    const groups = this.#groups.get(dimension) ?? new Map<string | null, Group>();
    const others = [...groups.keys()].filter((key) => key !== null && !order.includes(key)).sort();
    const keys = [...order, ...others, ...(groups.has(null) ? [null] : [])];
    return keys.map((key) => ({ key, ...(groups.get(key)?.count ?? NOTHING) }));
  }

  /** Authors of a village's proposals by sex and age band. */
  peopleOf(villageId: string): People {
    return (this.#groups.get('village')?.get(villageId) ?? new Group()).people;
  }

  *#groupsOf(place: Place, person: Person | null): Iterable<Group> {
    const keys = { ...place, sex: person?.sex ?? null, ageBand: person?.ageBand ?? null };
    for (const [name, groups] of this.#groups) {
      const key = keys[name];
      let group = groups.get(key);
      if (group === undefined) {
        group = new Group();
        groups.set(key, group);
      }
      yield group;
    }
  }
}

const NOTHING: Count = { proposals: 0, authors: 0, supporters: 0 };
