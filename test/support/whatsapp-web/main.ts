/**
 * WhatsApp Web on its own, to try the bot by hand: `node --import tsx test/support/whatsapp-web/main.ts`. Prints one
 * line of JSON with the path of the browser, to be given to the bot as `WHATSAPP_CHROMIUM_PATH`; then what the bot
 * sends, a line of JSON each. Takes a line of JSON per deed on stdin: `{"does":"scan"}` links the bot,
 * `{"does":"enter","with":["ABCD1234"]}` by pairing code, `{"person":"996555000001","does":"writes","with":["Салам"]}`,
 * `{"does":"unlink"}`, `{"does":"linkDown"}`, `{"does":"linkUp"}`. Ends with its stdin.
 */
import { createInterface } from 'node:readline';
import { startWhatsAppWeb, type WhatsAppWeb } from './web.ts';

interface Deed {
  readonly person?: string;
  readonly does: 'scan' | 'enter' | 'writes' | 'blocks' | 'unlink' | 'linkDown' | 'linkUp' | 'reload';
  readonly with?: readonly string[];
}

const web = await startWhatsAppWeb();
console.log(JSON.stringify({ browser: web.launcher }));
void tellSent();

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await perform(web, JSON.parse(line)).catch((error: Error) => ({ error: error.message }));
  console.log(JSON.stringify(answer ?? {}));
}
await web.close();
process.exit();

async function perform({ phone, trouble }: WhatsAppWeb, deed: Deed): Promise<unknown> {
  const [first = ''] = deed.with ?? [];
  const person = phone.person(deed.person ?? '996555000001');
  switch (deed.does) {
    case 'scan':
      return phone.scanQr();
    case 'enter':
      return phone.enterPairingCode(first);
    case 'writes':
      return { id: person.writes(first) };
    case 'blocks':
      return person.blocksBot();
    case 'unlink':
      return phone.unlink();
    case 'linkDown':
    case 'linkUp':
    case 'reload':
      return trouble[deed.does]();
  }
}

async function tellSent(): Promise<void> {
  for (;;) {
    const { media, ...sent } = await web.sent.next(2 ** 31 - 1);
    console.log(JSON.stringify({ sent: { ...sent, media: media && { ...media, bytes: media.bytes.length } } }));
  }
}
