import { type Command, InvalidArgumentError } from 'commander';
import { listParked, retryParked } from '../messaging/inbox.ts';
import { tell, withDatabase } from './with-database.ts';

export function addParked(program: Command): void {
  const parked = program.command('parked').description('Messages that could not be handled. They keep the words.');
  parked
    .command('list')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const events = await withDatabase(({ ctx }) => listParked(ctx.db));
      if (options.json) process.stdout.write(`${JSON.stringify(events)}\n`);
      for (const { id, receivedAt, channel, chatId, error, payload } of options.json ? [] : events) {
        process.stdout.write(
          `${id}\t${receivedAt.toISOString()}\t${channel}:${chatId}\t${error ?? ''}\t${JSON.stringify(payload)}\n`,
        );
      }
      tell(events.length === 0 ? 'Nothing is parked.' : `${events.length} parked.`);
    });
  parked
    .command('retry')
    .description('Gives parked messages another try; a running start takes them within seconds.')
    .argument('[ids...]', 'all without', parseIds)
    .action(async (ids: number[] | undefined) => {
      const woken = await withDatabase(({ ctx }) =>
        retryParked(ctx.db, ids === undefined || ids.length === 0 ? 'all' : ids),
      );
      tell(`${woken.length} will be tried again.`);
    });
}

function parseIds(value: string, before: number[] = []): number[] {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('expected the number that parked list shows');
  return [...before, Number(value)];
}
