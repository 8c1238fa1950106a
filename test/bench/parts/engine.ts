import { answerTo, savedAt } from '../../dialog/form.ts';
import { heading, spread, table } from '../print.ts';

const ROUNDS = 3;
const ROUND_MS = 700;

/** Turns a second of the pure dialog, with its state through JSON, by the question that is answered. */
export async function engine(): Promise<void> {
  heading('engine: turns of one dialog, no database');
  const lines = [['question', 'turns/s', 'turns/s of CPU', 'state bytes']];
  for (const question of [1, 5, 10, 20]) {
    const { flow, saved } = await savedAt(question);
    const rates: number[] = [];
    const cpuRates: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const startedAt = performance.now();
      const before = process.cpuUsage();
      let turns = 0;
      for (; performance.now() < startedAt + ROUND_MS; turns += 1) await answerTo(flow, saved);
      if (round === 0) continue; // it warms up
      const { user, system } = process.cpuUsage(before);
      rates.push((turns * 1000) / (performance.now() - startedAt));
      cpuRates.push((turns * 1e6) / (user + system));
    }
    lines.push([String(question), spread(rates), spread(cpuRates), String(Buffer.byteLength(JSON.stringify(saved)))]);
  }
  table(lines);
}
