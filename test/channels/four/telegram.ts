import { startBotApi } from '../../support/bot-api/bot-api.ts';
import type { FakePerson } from '../../support/bot-api/person.ts';
import type { Heard, Phone, Platform } from './phone.ts';

const NAME = 'Айгүл';

/** Telegram over HTTP, by long polling. */
export async function telegramPlatform(): Promise<Platform> {
  const api = await startBotApi();
  const phones = new Map<number, Phone>();
  return {
    name: 'telegram',
    env: { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SIMULATOR: 'off' },
    open: async () => {},
    phone(at) {
      const phone = phones.get(at) ?? telegramPhone(api.user(7000 + at, { first_name: NAME }));
      phones.set(at, phone);
      return phone;
    },
    close: () => api.close(),
  };
}

/** Below a page of buttons stand two more, with the page that they lead to. */
const NEXT = /»$/;
const PAGING = /^\d+\/\d+ »$|^« \d+\/\d+$/;

function telegramPhone(person: FakePerson): Phone {
  const own: { id: number; text: string }[] = [];
  return {
    id: String(person.id),
    name: NAME,
    says(text) {
      own.push({ id: person.sends(text), text });
    },
    chooses: (label) => person.taps(label),
    turnsPage: () => person.taps(NEXT),
    sends: {
      photo: (bytes, caption) => person.sendsPhoto(bytes, { caption }),
      voice: (bytes) => person.sendsVoice(bytes),
      place: (latitude, longitude) => person.sendsLocation(latitude, longitude),
      edit(before, text) {
        const message = own.findLast((one) => one.text.includes(before));
        if (message === undefined) throw new Error(`nobody wrote '${before}'`);
        person.edits(message.id, text);
        message.text = text;
      },
    },
    heard: () =>
      person.received().map(({ text, buttons }): Heard => {
        const labels = buttons.flat().map((button) => button.text);
        return {
          text: text.trim(),
          options: labels.filter((label) => !PAGING.test(label)),
          more: labels.some((label) => PAGING.test(label)),
        };
      }),
  };
}
