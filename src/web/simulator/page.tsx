/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { html } from 'hono/html';
import { LOCALES, type Locale, type Translate } from '../../core/texts.ts';
import type { SimulatedChats, SimulatedPerson } from '../../messaging/simulated-chat.ts';
import { assetUrl } from '../assets.ts';
import type { Drawing } from './bubble.tsx';
import { Avatar, Chat } from './chat.tsx';
import { type Look, shownPerson } from './people.ts';

export interface PageProps {
  readonly chats: SimulatedChats;
  readonly locale: Locale;
  readonly drawing: Drawing;
  /** Whose chat is in front. */
  readonly current: string;
  readonly looks: Readonly<Record<string, Look>>;
  /** The last change that the drawn bubbles hold; the stream goes on from there. */
  readonly rev: number;
}

// A phone reconnects quickly; history snapshots and injected styles are not for this page.
const HTMX = JSON.stringify({
  sse: { reconnectDelay: 300, reconnectMaxDelay: 3000 },
  history: false,
  includeIndicatorCSS: false,
});

/** The whole page: residents at the side, their phones beside each other. */
export function SimulatorPage({ chats, locale, drawing, current, looks, rev }: PageProps) {
  const { t } = drawing;
  const others = chats.people.filter(({ id }) => id !== current);
  const rank = (id: string) => (id === current ? 1 : others.findIndex((other) => other.id === id) + 2);
  return (
    <>
      {html`<!doctype html>`}
      <html lang={locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
          <meta name="color-scheme" content="light dark" />
          <meta name="htmx-config" content={HTMX} />
          <link rel="icon" href={assetUrl('icon.svg')} />
          <link rel="stylesheet" href={assetUrl('simulator.css')} />
          <script src={assetUrl('simulator.js')} defer />
          <title>{t('sim-title')}</title>
        </head>
        <body>
          <a class="skip" href={`#chat-${current}`}>
            {t('sim-skip')}
          </a>
          <header class="bar">
            <img src={assetUrl('icon.svg')} alt="" width="32" height="32" />
            <h1>{t('sim-title')}</h1>
            <Languages locale={locale} current={current} t={t} />
          </header>
          <nav class="people" aria-label={t('sim-residents')}>
            <p class="intro">{t('sim-intro')}</p>
            <ul>
              {chats.people.map((person) => (
                <PersonLink person={person} current={current} t={t} />
              ))}
            </ul>
          </nav>
          <main>
            {chats.people.map((person) => (
              <Chat
                person={person}
                messages={chats.transcript(person.id)}
                look={looks[person.id] ?? shownPerson(person, t).look}
                rank={rank(person.id)}
                drawing={drawing}
              />
            ))}
          </main>
          <p
            class="status"
            role="status"
            data-offline={t('sim-offline')}
            data-not-sent={t('sim-not-sent')}
            data-too-large={t('sim-too-large')}
          />
          <div
            id="live"
            hx-swap="none"
            {...{
              'hx-sse:connect': `/simulator/stream?after=${rev}&lang=${locale}`,
            }}
          />
        </body>
      </html>
    </>
  );
}

function Languages({ locale, current, t }: { locale: Locale; current: string; t: Translate }) {
  const names = {
    ky: t('language-ky'),
    ru: t('language-ru'),
    en: t('language-en'),
  };
  return (
    <nav class="languages" aria-label={t('sim-language')}>
      {LOCALES.map((other) => (
        <a
          href={`/simulator?lang=${other}&with=${current}`}
          lang={other}
          hreflang={other}
          title={names[other]}
          {...(other === locale ? { 'aria-current': 'true' } : {})}
        >
          <span aria-hidden="true">{other}</span>
          <span class="sr">{names[other]}</span>
        </a>
      ))}
    </nav>
  );
}

function PersonLink({ person, current, t }: { person: SimulatedPerson; current: string; t: Translate }) {
  const { name, about } = shownPerson(person, t);
  return (
    <li>
      <a
        href={`/simulator?with=${person.id}`}
        data-open={person.id}
        {...(person.id === current ? { 'aria-current': 'true' } : {})}
      >
        <Avatar id={person.id} name={name} />
        <span class="label">
          <span class="name">{name}</span>
          <span class="about">{about}</span>
        </span>
        <span class="unread" hidden />
      </a>
    </li>
  );
}
