import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { DEFAULT_LOCALE, isLocale, type Locale } from '../core/texts.ts';

const COOKIE = 'lang';

/** The language of the page: as just chosen by `?lang=`, as chosen before, else Kyrgyz. */
export function pageLocale(c: Context): Locale {
  const asked = [c.req.query('lang'), getCookie(c, COOKIE)];
  return asked.find((language): language is Locale => language !== undefined && isLocale(language)) ?? DEFAULT_LOCALE;
}

/** Keeps the language of this page for the next ones, a year. */
export function rememberLocale(c: Context): void {
  if (c.req.query('lang') === undefined) return;
  setCookie(c, COOKIE, pageLocale(c), { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: 365 * 24 * 3600 });
}
