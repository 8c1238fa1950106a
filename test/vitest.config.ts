import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

const databaseTests = ['test/**/*.db.test.{ts,tsx}'];

/** Tests without a database run once; those with one run on the embedded database and on PostgreSQL. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    // one more than the cores of a small machine: the crash rounds mostly wait
    maxWorkers: 3,
    // a worker keeps what it has read of the program from file to file: each file reading it anew took a third of all
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 30_000,
    // what a process on a busy machine will surely come to; a failure takes the whole minute
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: databaseTests,
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: databaseTests,
          globalSetup: ['test/global-setup/embedded.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: databaseTests,
          globalSetup: ['test/global-setup/postgres.ts'],
        },
      },
    ],
  },
});
