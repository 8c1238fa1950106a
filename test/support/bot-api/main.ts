/**
 * The Bot API on its own: `node --import tsx test/support/bot-api/main.ts --port 0`. Prints one line of JSON with its
 * root and token, then takes a line of JSON per deed on stdin and answers with one on stdout:
 * `{"person":7,"does":"sends","with":["Суу жок"]}`, `{"person":7,"does":"taps","with":["Мантыш"]}`,
 * `{"person":7,"does":"hears","with":["номери"]}`. Ends with its stdin.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type BotApi, startBotApi } from './bot-api.ts';
import type { Message } from './world.ts';

interface Deed {
  readonly person: number;
  readonly does: 'sends' | 'taps' | 'hears' | 'received' | 'blocks' | 'unblocks';
  readonly with?: readonly string[];
}

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, token: { type: 'string' } } });
const api = await startBotApi({ port: Number(values.port), ...(values.token && { token: values.token }) });
console.log(JSON.stringify({ root: api.root, token: api.token }));

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await perform(api, JSON.parse(line)).catch((error: Error) => ({ error: error.message }));
  console.log(JSON.stringify(answer ?? null));
}
await api.close();

async function perform(to: BotApi, deed: Deed): Promise<unknown> {
  const person = to.user(deed.person);
  const [first = ''] = deed.with ?? [];
  switch (deed.does) {
    case 'sends':
      return person.sends(first);
    case 'taps':
      return person.taps(first);
    case 'hears':
      return seen(await person.hears(first));
    case 'received':
      return person.received().map(seen);
    case 'blocks':
      return person.blocks();
    case 'unblocks':
      return person.unblocks();
  }
}

function seen({ id, text, buttons }: Message): object {
  return { id, text, buttons };
}
