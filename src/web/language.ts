import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { DEFAULT_LOCALE, isLocale, type Locale } from '../core/texts.ts';

const COOKIE = 'lang';

/** The language of the page: as just chosen by `?lang=`, as chosen before, else Kyrgyz. Remembers a choice for a year. */
export function pageLocale(c: Context): Locale {
  const chosen = c.req.query('lang') ?? '';
  if (isLocale(chosen)) {
    if (getCookie(c, COOKIE) !== chosen)
      setCookie(c, COOKIE, chosen, {
        path: '/',
        sameSite: 'Lax',
        maxAge: 365 * 24 * 3600,
      });
    return chosen;
  }
  const kept = getCookie(c, COOKIE) ?? '';
  return isLocale(kept) ? kept : DEFAULT_LOCALE;
}
