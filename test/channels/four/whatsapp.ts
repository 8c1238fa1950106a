import { setTimeout as delay } from 'node:timers/promises';
import { isLinked } from '../../../src/messaging/link.ts';
import { WHATSAPP_AT_ONCE } from '../../support/whatsapp-pace.ts';
import { startWhatsAppWeb, type WhatsAppWeb } from '../../support/whatsapp-web/web.ts';
import { type Phone, type Platform, readList } from './phone.ts';

const NAME = 'Айгүл';

/** The real whatsapp-web.js in a real browser, at the stand-in of WhatsApp Web. */
export async function whatsappPlatform(): Promise<Platform> {
  const web = await startWhatsAppWeb();
  const phones = new Map<number, Phone>();
  return {
    name: 'whatsapp',
    env: { ...WHATSAPP_AT_ONCE, WHATSAPP_CHROMIUM_PATH: web.launcher, SIMULATOR: 'off' },
    async open({ channel }) {
      await web.phone.scanQr();
      while (!isLinked(channel)) await delay(20);
    },
    phone(at) {
      const phone = phones.get(at) ?? whatsappPhone(web, `99655530${String(at).padStart(4, '0')}`);
      phones.set(at, phone);
      return phone;
    },
    close: () => web.close(),
  };
}

function whatsappPhone(web: WhatsAppWeb, number: string): Phone {
  const person = web.phone.person(number, { name: NAME });
  const own: { id: string; text: string }[] = [];
  const messages = () => web.sent.to(person.id).map(({ text }) => readList(withoutMarks(text)));
  return {
    id: person.id,
    name: NAME,
    says(text) {
      own.push({ id: person.writes(text), text });
    },
    chooses(label) {
      const list = messages().findLast(({ options }) => options.includes(label));
      if (list === undefined) throw new Error(`nobody was shown '${label}'`);
      person.writes(list.numbers.get(label) ?? '');
    },
    turnsPage: () => person.writes('+'),
    sends: {
      photo: (bytes, caption) => person.sendsPhoto(bytes, caption, { mimetype: 'image/png' }),
      voice: (bytes) => person.sendsVoice(bytes),
      place: (latitude, longitude) => person.sendsLocation(latitude, longitude),
      edit(before, text) {
        const message = own.findLast((one) => one.text.includes(before));
        if (message === undefined) throw new Error(`nobody wrote '${before}'`);
        person.edits(message.id, text);
        message.text = text;
      },
    },
    heard: messages,
  };
}

/** What is bold stands in stars; a star that somebody wrote is followed by a space of no width. */
function withoutMarks(text: string): string {
  return text.replace(/\*(?!\u200B)/g, '').replaceAll('\u200B', '');
}
