import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { type ServerOptions, serveSession } from './server.ts';

/** What the thread is started with. */
export interface WorkerInput {
  readonly folder: string;
  readonly socketPath: string;
}

/** What the thread tells: it serves now, or it closed a connection that was silent in a transaction. */
export type WorkerNews = 'ready' | 'silent';

const SILENT_MS = 5_000;

const parent = parentPort;
if (!parent) throw new Error('worker.ts runs in a worker thread only');
const input: WorkerInput = workerData;
const tell = (news: WorkerNews) => parent.postMessage(news);

const session = await PGlite.create(input.folder, { extensions: { pg_trgm } });
const options: ServerOptions = {
  session,
  path: input.socketPath,
  silentMs: SILENT_MS,
  onSilent: () => tell('silent'),
  onFatal: (cause) =>
    setImmediate(() => {
      throw cause;
    }),
};
const server = await serveSession(options);
parent.once('message', async () => {
  await server.close();
  await session.close();
  process.exit(0);
});
tell('ready');
