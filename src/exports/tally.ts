import type { ProposalRow } from '../proposals/list-proposals.ts';

/** Counts of one sector in one village. */
export interface Sum {
  proposals: number;
  supporters: number;
}

/** Adds up needs as they pass by: what it keeps grows with sectors and villages, not with proposals. */
export class Tally {
  /** Sector by village; the key of a sector is `<municipality>:<id>`. */
  readonly sums = new Map<string, Map<string, Sum>>();
  readonly #countAll: boolean;

  /** Withdrawn and merged ones are needs only where somebody asks for these alone: `countAll`. */
  constructor({ countAll }: { countAll: boolean }) {
    this.#countAll = countAll;
  }

  add(rows: readonly Pick<ProposalRow, 'municipalityId' | 'sectorId' | 'villageId' | 'status' | 'supporters'>[]): void {
    for (const { municipalityId, sectorId, villageId, status, supporters } of rows) {
      if (!this.#countAll && (status === 'withdrawn' || status === 'merged')) continue;
      const sector = inMap(this.sums, `${municipalityId}:${sectorId}`, () => new Map<string, Sum>());
      const sum = inMap(sector, villageId, () => ({ proposals: 0, supporters: 0 }));
      sum.proposals++;
      sum.supporters += supporters;
    }
  }
}

function inMap<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
