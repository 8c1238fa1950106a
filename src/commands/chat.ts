import { createInterface } from 'node:readline';
import { intro, isCancel, outro, log as say, text } from '@clack/prompts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type App, createApp } from '../app.ts';
import { createTerminalChannel, type TerminalChannel } from '../channels/terminal/channel.ts';
import { AppError } from '../core/errors.ts';
import { tell, withDatabase } from './with-database.ts';

interface ChatOptions {
  as: string;
  style: 'buttons' | 'numbers';
}

export function addChat(program: Command): void {
  program
    .command('chat')
    .description('Talks to the bot in the terminal; piped, each line of stdin is one message.')
    .addOption(new Option('--as <name>', 'who writes').default('resident').argParser(parseName))
    .addOption(new Option('--style <style>', 'how options look').choices(['buttons', 'numbers']).default('numbers'))
    .action((options: ChatOptions) =>
      withDatabase(async ({ config, open, ctx, log }) => {
        const typed = process.stdin.isTTY === true && process.stdout.isTTY === true;
        const print = (reply: string) => (typed ? say.message(reply) : process.stdout.write(`${reply}\n\n`));
        const channel = createTerminalChannel({ name: options.as, style: options.style, print });
        const app = await createApp({
          config,
          open,
          clock: ctx.clock,
          log,
          channels: [channel],
          messagesPerMinute: 100_000,
        });
        await app.start();
        try {
          if (!app.accounts.every((account) => account.holds))
            throw new AppError(
              'already-running',
              `'${options.as}' is chatting elsewhere; try again in six seconds, or another --as.`,
            );
          await settled(app);
          await (typed ? fromKeyboard(app, channel) : fromPipe(app, channel));
        } finally {
          await app.stop();
        }
      }),
    );
}

async function fromPipe(app: App, channel: TerminalChannel): Promise<void> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    process.stdout.write(`> ${line}\n\n`);
    await channel.say(line);
    await settled(app);
  }
}

async function fromKeyboard(app: App, channel: TerminalChannel): Promise<void> {
  intro('Sunush');
  for (;;) {
    const line = await text({ message: '>' });
    if (isCancel(line)) break;
    if (line === undefined || line.trim() === '') continue;
    await channel.say(line);
    await settled(app);
  }
  outro('');
  tell('');
}

/** The turn is over and its replies are printed. */
async function settled(app: App): Promise<void> {
  await app.runner.idle();
  for (const account of app.accounts) await account.quiet();
}

function parseName(value: string): string {
  if (!/^[\w.@-]{1,40}$/.test(value)) throw new InvalidArgumentError('expected 1 to 40 letters, digits, _ . @ or -');
  return value;
}
