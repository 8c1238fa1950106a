import { afterAll, beforeAll } from 'vitest';
import type { Channel } from '../../../src/messaging/contract.ts';
import { describeChannel } from '../contract.ts';
import { chatOf, type WhatsAppStage, whatsAppStage } from './stage.ts';

let here: WhatsAppStage;
let people = 0;

beforeAll(async () => {
  here = await whatsAppStage();
  await here.link();
});
afterAll(() => here.close());

// one browser for all of them, and a new person each time
describeChannel(
  'whatsapp',
  async () => {
    const number = `99655510${String(++people).padStart(4, '0')}`;
    const person = here.web.phone.person(number, { name: 'Айгүл' });
    const address = chatOf(number);
    const { channel } = here;
    const seen = () => here.web.sent.to(address.id).map(({ text }) => text.replaceAll('\u200B', ''));
    return {
      channel: { ...bound(channel), name: channel.name, account: channel.account },
      address,
      says: async (text) => void person.writes(text),
      taps: async (label) => {
        const line = seen()
          .join('\n')
          .split('\n')
          .find((one) => one.endsWith(label));
        person.writes(/\d+/.exec(line ?? '')?.[0] ?? label);
      },
      seen: async () => seen(),
      nowhere: chatOf('996000000000'),
      blocks: null,
      close: async () => {},
    };
  },
  { redelivers: true },
);

/** Only what this person's chat brings: the browser is shared. */
function bound(channel: Channel): Pick<Channel, 'start' | 'read' | 'send' | 'stop'> {
  return {
    start: (receive) =>
      channel.start((events) => {
        const own = events.filter(({ chatId }) => chatId.includes(String(people).padStart(4, '0')));
        return own.length === 0 ? Promise.resolve() : receive(own);
      }),
    read: (payload) => channel.read(payload),
    send: (...args) => channel.send(...args),
    stop: () => channel.stop(),
  };
}
