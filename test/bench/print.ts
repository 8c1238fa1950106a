import { loadNow } from './machine.ts';

/** Prints what is measured next, and how busy the machine is just now. */
export function heading(text: string): void {
  console.log(`\n## ${text} (${loadNow()})`);
}

/** Prints lines of words aligned in columns; the first line names them. */
export function table(lines: readonly (readonly string[])[]): void {
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
  }
}

/** `12.3 (11.0-14.1)`: the median, the least and the most. */
export function spread(values: readonly number[], digits = 0): string {
  const sorted = values.toSorted((a, b) => a - b);
  const show = (value: number | undefined) => (value ?? Number.NaN).toFixed(digits);
  if (sorted.length === 1) return show(sorted[0]);
  return `${show(median(sorted))} (${show(sorted[0])}-${show(sorted.at(-1))})`;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that this share of the others (0 to 1) does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
