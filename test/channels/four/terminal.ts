import { createTerminalChannel, type TerminalChannel } from '../../../src/channels/terminal/channel.ts';
import { type Phone, type Platform, readList } from './phone.ts';

/** `sunush chat` with numbered lists, a window for each of so many people. No file goes through a terminal. */
export async function terminalPlatform(people: number): Promise<Platform> {
  const windows = Array.from({ length: people }, (_, at) => {
    const printed: string[] = [];
    const print = (text: string) => void printed.push(text);
    return { channel: createTerminalChannel({ name: `person-${at}`, style: 'numbers', print }), printed };
  });
  return {
    name: 'terminal',
    env: {},
    channels: windows.map(({ channel }) => channel),
    open: async () => {},
    phone(at) {
      const window = windows[at];
      if (window === undefined) throw new Error(`there is no window for person ${at}`);
      return terminalPhone(window);
    },
    close: async () => {},
  };
}

function terminalPhone({ channel, printed }: { channel: TerminalChannel; printed: readonly string[] }): Phone {
  const messages = () => printed.map(readList);
  return {
    id: channel.account,
    name: null,
    says: (text) => channel.say(text),
    chooses(label) {
      const list = messages().findLast(({ options }) => options.includes(label));
      if (list === undefined) throw new Error(`nobody was shown '${label}'`);
      return channel.say(list.numbers.get(label) ?? '');
    },
    turnsPage: () => channel.say('+'),
    sends: null,
    heard: messages,
  };
}
