import type { SimulatorChannel } from '../../../src/channels/simulator/channel.ts';
import { plain } from '../../../src/core/text.ts';
import type { Channel } from '../../../src/messaging/contract.ts';
import type { SimulatedEvent } from '../../../src/messaging/simulated-chat.ts';
import type { Phone, Platform } from './phone.ts';

/** The simulator of the configuration, by the calls that its page makes. */
export async function simulatorPlatform(): Promise<Platform> {
  let channel: SimulatorChannel | null = null;
  const opened = () => {
    if (channel === null) throw new Error('the program has not started');
    return channel;
  };
  return {
    name: 'simulator',
    env: { SIMULATOR: 'local' },
    async open(account) {
      if (!isSimulator(account.channel)) throw new Error(`${account.channel.name} is no simulator`);
      channel = account.channel;
    },
    phone: (at) => simulatorPhone(opened(), `person-${at}`),
    close: async () => {},
  };
}

function simulatorPhone(channel: SimulatorChannel, id: string): Phone {
  const does = (event: SimulatedEvent) => channel.say(id, event);
  const heard = () => channel.transcript(id).filter(({ from }) => from === 'bot');
  return {
    id,
    name: null,
    says: (text) => does({ kind: 'text', text }),
    chooses(label) {
      const message = heard().findLast(({ options }) => options.some((option) => option.label === label));
      const data = message?.options.find((option) => option.label === label)?.data;
      if (message === undefined || data === undefined) throw new Error(`nobody was shown '${label}'`);
      return does({ kind: 'pick', data, messageId: message.id });
    },
    turnsPage: () => undefined,
    sends: {
      photo: (bytes, caption) =>
        does({ kind: 'files', files: [{ kind: 'photo', mime: 'image/png', name: 'photo.png', bytes }], caption }),
      voice: (bytes) =>
        does({ kind: 'files', files: [{ kind: 'voice', mime: 'audio/ogg', name: 'voice.ogg', bytes }], caption: '' }),
      place: (latitude, longitude) => does({ kind: 'location', latitude, longitude }),
      edit(before, text) {
        const own = channel.transcript(id).filter(({ from }) => from === 'person');
        const message = own.findLast((one) => plain(one.text).includes(before));
        if (message === undefined) throw new Error(`nobody wrote '${before}'`);
        return does({ kind: 'edit', messageId: message.id, text });
      },
    },
    heard: () =>
      heard().map(({ text, options }) => ({
        text: plain(text).trim(),
        options: options.map(({ label }) => label),
        more: false,
      })),
  };
}

function isSimulator(channel: Channel): channel is SimulatorChannel {
  return channel.name === 'simulator' && 'transcript' in channel;
}
