import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { WhatsAppLink } from '../../src/web/whatsapp-page.tsx';
import { type GivenWeb, givenWeb } from './given-web.ts';

let web: GivenWeb | undefined;
afterEach(async () => {
  await web?.close();
  web = undefined;
});

async function page(link: Partial<WhatsAppLink>, query = '?lang=ky'): Promise<string> {
  const whatsapp: WhatsAppLink = { state: 'ready', qr: null, pairingCode: null, number: null, trouble: null, ...link };
  web = await givenWeb({ whatsapp: () => whatsapp });
  const answer = await fetch(`${web.url}/whatsapp${query}`);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return answer.text();
}

describe('the page that links WhatsApp', () => {
  it('shows the picture for the camera, and how to get there, in Kyrgyz', async () => {
    const html = await page({ state: 'qr', qr: '2@abc,def,ghi' });
    expect(html).toContain('<svg');
    expect(html).toContain('Байланышкан түзмөктөр');
    expect(html).toContain('http-equiv="refresh"');
  });

  it('shows the code to type where the number is linked by one', async () => {
    expect(await page({ state: 'pairing', pairingCode: 'ABCD1234' }, '?lang=ru')).toContain('ABCD1234');
  });

  it('says that it works and by which number, and shows no code any more', async () => {
    const html = await page({ state: 'ready', number: '996700000000', qr: '2@old' }, '?lang=en');
    expect(html).toContain('+996700000000');
    expect(html).not.toContain('<svg');
  });

  it('says what keeps it from starting', async () => {
    expect(await page({ state: 'failed', trouble: 'Install one: <sudo>' })).toContain('Install one: &lt;sudo&gt;');
  });

  it('opens on this computer only', async () => {
    await page({});
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(new URL('/whatsapp', web?.url), { headers: { host: 'bot.example.kg' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end();
    });
    expect(status).toBe(403);
  });

  it('opens for nobody where a proxy lets the world in, which looks like this computer', async () => {
    web = await givenWeb({
      proxied: true,
      whatsapp: () => ({ state: 'qr', qr: '2@abc', pairingCode: null, number: null, trouble: null }),
    });
    const answer = await fetch(`${web.url}/whatsapp?lang=en`);
    expect(answer.status).toBe(403);
    const html = await answer.text();
    expect(html).not.toContain('<svg');
    expect(html).toContain('terminal');
  });

  it('is not there where WhatsApp is off', async () => {
    web = await givenWeb();
    expect((await fetch(`${web.url}/whatsapp`)).status).toBe(404);
  });
});
