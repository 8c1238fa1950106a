/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { html } from 'hono/html';
import { type Locale, type TextKey, translator } from '../core/texts.ts';
import { assetUrl } from './assets.ts';

/** A page of one sentence. */
export function plainPage(locale: Locale, text: TextKey & ('sim-off' | 'sim-forbidden')) {
  return (
    <>
      {html`<!doctype html>`}
      <html lang={locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href={assetUrl('icon.svg')} />
          <link rel="stylesheet" href={assetUrl('simulator.css')} />
          <title>Sunush</title>
        </head>
        <body class="plain">
          <main>
            <h1>Sunush</h1>
            <p>{translator(locale)(text)}</p>
          </main>
        </body>
      </html>
    </>
  );
}
