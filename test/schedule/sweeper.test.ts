import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../src/core/logger.ts';
import { Sweeper, type SweepJob } from '../../src/schedule/sweeper.ts';
import { silentLog } from '../support/log.ts';

let sweeper: Sweeper | undefined;
afterEach(() => sweeper?.stop());

function start(jobs: SweepJob[], log = silentLog): Sweeper {
  sweeper = new Sweeper({ jobs, timeZone: 'Asia/Bishkek', log });
  sweeper.start();
  return sweeper;
}

describe('Sweeper', () => {
  it('runs each job at the start, for what fell due while nobody ran, and then every time it is due', async () => {
    let runs = 0;
    start([{ name: 'count', pattern: '* * * * * *', run: async () => void runs++ }]);
    expect(runs).toBe(1);
    await vi.waitUntil(() => runs >= 3, { timeout: 60_000, interval: 20 });
  });

  it('goes on after a job that failed, and logs it', async () => {
    const lines: string[] = [];
    const log = createLogger({ level: 'error', destination: { write: (line: string) => void lines.push(line) } });
    let runs = 0;
    const run = () => Promise.reject(new Error(`failure ${++runs}`));
    start([{ name: 'fails', pattern: '* * * * * *', run }], log);
    await vi.waitUntil(() => runs >= 2, { timeout: 60_000, interval: 20 });
    expect(lines.join()).toContain('failure 1');
    expect(lines.join()).toContain('"job":"fails"');
  });

  it('waits at its stop for the job that runs, and starts none after it', async () => {
    let release = () => {};
    let over = false;
    let runs = 0;
    const run = async () => {
      runs++;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      over = true;
    };
    const stopping = start([{ name: 'long', pattern: '* * * * * *', run }]).stop();
    release();
    await stopping;
    expect(over).toBe(true);
    expect(runs).toBe(1);
  });
});
