/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { type Locale, type TextKey, translator } from '../core/texts.ts';
import { assetUrl } from './assets.ts';

/** A page of one sentence. */
export function plainPage(locale: Locale, text: TextKey & ('sim-off' | 'sim-forbidden' | 'wa-closed')) {
  return (
    <PlainPage locale={locale} title="Sunush">
      <p>{translator(locale)(text)}</p>
    </PlainPage>
  );
}

/** A page of a few lines; `refreshSeconds`: it renews itself so often. */
export function PlainPage(props: {
  readonly locale: Locale;
  readonly title: string;
  readonly refreshSeconds?: number;
  readonly children: Child;
}) {
  const { locale, title, refreshSeconds, children } = props;
  return (
    <>
      {html`<!doctype html>`}
      <html lang={locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          {refreshSeconds === undefined ? null : <meta http-equiv="refresh" content={String(refreshSeconds)} />}
          <link rel="icon" href={assetUrl('icon.svg')} />
          <link rel="stylesheet" href={assetUrl('simulator.css')} />
          <title>{title}</title>
        </head>
        <body class="plain">
          <main>
            <h1>{title}</h1>
            {children}
          </main>
        </body>
      </html>
    </>
  );
}
