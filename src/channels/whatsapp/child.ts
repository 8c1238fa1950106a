import { toError } from '../../core/errors.ts';
import { toFailure } from './errors.ts';
import type { Answer, ChildEvent, ChildOptions, Request, Verbs } from './ipc.ts';
import { Library } from './library.ts';

// The process that drives the browser. The library's failures end it, and it alone: the parent starts another.

// none of these is for a browser
for (const secret of ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET', 'DATABASE_URL']) delete process.env[secret];

let library: Library | null = null;

function tell(event: ChildEvent): void {
  process.send?.(event);
  if (event.event === 'failed') end(1);
}

/** The browser does not outlive us, whatever state it is in. */
function end(code: number): void {
  const pid = library?.browserPid;
  if (pid != null) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended already
    }
  }
  // what was told must leave the process first
  setTimeout(() => process.exit(code), 20);
}

process.on('disconnect', () => end(0)); // the parent is gone
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined); // the parent decides
for (const kind of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(kind, (thrown: unknown) => {
    tell({ event: 'failed', reason: toError(thrown).message });
  });
}

process.once('message', (options: ChildOptions) => {
  process.on('message', (request: Request) => void answer(request));
  void open(options);
});

async function open(options: ChildOptions): Promise<void> {
  try {
    library = await Library.create(options, tell);
    await library.open();
  } catch (thrown) {
    tell({ event: 'failed', reason: toError(thrown).message });
  }
}

async function answer(request: Request): Promise<void> {
  const { id, verb } = request;
  try {
    if (library === null) throw new Error('the browser is not there yet');
    process.send?.({ id, result: await run(library, request) } satisfies Answer);
    if (verb === 'stop') end(0);
  } catch (thrown) {
    process.send?.({ id, failure: toFailure(thrown, { mayHaveArrived: verb === 'send' }) } satisfies Answer);
    if (verb === 'stop') end(1);
  }
}

/** Request and verb belong together by the type of `Request`, which the compiler cannot follow through the call. */
function run({ verbs }: Library, { verb, args }: Request): Promise<Verbs[Request['verb']]['result']> {
  const call = verbs[verb] as (args: Request['args']) => Promise<Verbs[Request['verb']]['result']>;
  return call(args);
}
