import { sql } from 'drizzle-orm';
import type { Database } from '../../src/core/context.ts';

export interface StoredProposal {
  readonly number: string;
  readonly text: string;
}

/** What is kept, in the order of the numbers. */
export async function storedProposals(db: Database): Promise<StoredProposal[]> {
  const rows = await db.execute<{ number: string; text: string }>(
    sql`select number, text from proposals order by sequence`,
  );
  return rows.map(({ number, text }) => ({ number, text }));
}

/** The same as what residents were told: text by text, with numbers from 1 without gaps. */
export function toldProposals(texts: readonly string[], numbers: readonly string[]): StoredProposal[] {
  const told = texts.map((text, at) => ({ number: numbers[at] ?? '', text }));
  return told.sort((a, b) => (a.number < b.number ? -1 : 1));
}

/** `KS-2026-0001` to `KS-2026-00nn`. */
export function numbersUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `KS-2026-${String(at + 1).padStart(4, '0')}`);
}

/** Different needs that all speak of Mantysh, so that no village is asked for. */
export function needs(count: number): string[] {
  return Array.from({ length: count }, (_, at) => need(at + 1));
}

/** The need of one street: no two of them are similar. */
export function need(street: number): string {
  return `Мантышта ${street}-көчөнүн жолу бузулган, оңдоп бергиле`;
}
