/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import encodeQR from 'qr';
import { LOCALES, type Locale, type TextKey, type Translate, translator } from '../core/texts.ts';
import type { LinkState } from '../messaging/link-states.ts';
import { PlainPage } from './plain-page.tsx';

/** What the page needs to know of the link to WhatsApp. */
export interface WhatsAppLink {
  readonly state: LinkState;
  /** What the phone's camera reads, while there is something to link. */
  readonly qr: string | null;
  readonly pairingCode: string | null;
  /** Our own number, digits. */
  readonly number: string | null;
  readonly trouble: string | null;
}

const REFRESH_SECONDS = 5;

const SENTENCES: Record<WhatsAppLink['state'], TextKey & `wa-${string}`> = {
  stopped: 'wa-stopped',
  starting: 'wa-starting',
  qr: 'wa-link',
  pairing: 'wa-link',
  syncing: 'wa-syncing',
  ready: 'wa-ready',
  degraded: 'wa-degraded',
  restarting: 'wa-restarting',
  logged_out: 'wa-restarting',
  blocked: 'wa-blocked',
  failed: 'wa-failed',
};

/** How the link stands, and how a phone is linked; it renews itself. */
export function whatsAppPage(locale: Locale, link: WhatsAppLink) {
  const t = translator(locale);
  return (
    <PlainPage locale={locale} title={t('channel-whatsapp')} refreshSeconds={REFRESH_SECONDS}>
      <p>{t(SENTENCES[link.state], { number: link.number ?? '' })}</p>
      {link.state === 'failed' && link.trouble !== null ? <p>{link.trouble}</p> : null}
      <Code link={link} t={t} />
      <nav>
        {LOCALES.map((other) => (
          <a href={`?lang=${other}`} lang={other} {...(other === locale ? { 'aria-current': 'true' } : {})}>
            {other}
          </a>
        ))}
      </nav>
    </PlainPage>
  );
}

function Code({ link, t }: { link: WhatsAppLink; t: Translate }) {
  if (link.state === 'qr' && link.qr !== null) {
    return (
      <>
        <Steps t={t} last={t('wa-step-scan')} />
        <div class="qr" role="img" aria-label={t('wa-qr')}>
          {raw(encodeQR(link.qr, 'svg'))}
        </div>
      </>
    );
  }
  if (link.state === 'pairing' && link.pairingCode !== null) {
    return (
      <>
        <Steps t={t} last={t('wa-step-code')} />
        <p class="code">{link.pairingCode}</p>
      </>
    );
  }
  return null;
}

function Steps({ t, last }: { t: Translate; last: string }) {
  return (
    <ol>
      <li>{t('wa-step-phone')}</li>
      <li>{t('wa-step-devices')}</li>
      <li>{last}</li>
    </ol>
  );
}
