import { describeChannel } from '../contract.ts';
import { telegramStage } from './stage.ts';

describeChannel(
  'Telegram',
  async () => {
    const { api, channel, close } = await telegramStage();
    const person = api.user(77, { first_name: 'Айгүл', language_code: 'ky' });
    return {
      channel,
      address: { channel: 'telegram', account: channel.account, id: '77' },
      nowhere: { channel: 'telegram', account: channel.account, id: '4040' },
      says: async (text) => void person.sends(text),
      taps: async (label) => void person.taps(label),
      seen: async () =>
        person.received().map(({ text, buttons }) => [text, ...buttons.flat().map((b) => b.text)].join('\n')),
      blocks: async () => person.blocks(),
      close,
    };
  },
  { redelivers: true },
);
