import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Headers of every answer: no script, style or request but our own, no framing, no guessing of types. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('Content-Security-Policy', CSP);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()');
};

/**
 * Lets pass only what a browser on this very machine asks: the socket comes from loopback, the Host is a loopback
 * name (another name would be DNS rebinding) and no proxy stands between. All else gets `refused` with 403.
 */
export function loopbackOnly(refused: (c: Context) => Response | Promise<Response>): MiddlewareHandler {
  return async (c, next) => {
    const local = isLoopback(getConnInfo(c).remote.address ?? '') && isLoopbackHost(c.req.header('host') ?? '');
    const proxied = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
      (name) => c.req.header(name) !== undefined,
    );
    if (!local || proxied) return refused(c);
    return next();
  };
}

/** Refuses (403) a POST that another site's page sent. Browsers tell by `Sec-Fetch-Site`, where they do not, by `Origin`. */
export const sameOrigin: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  const site = c.req.header('sec-fetch-site');
  const own = site === undefined ? hostOf(c.req.header('origin')) === c.req.header('host') : site === 'same-origin';
  return own ? next() : c.text('cross-origin request', 403);
};

function hostOf(origin: string | undefined): string | null {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null;
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain);
}

function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host);
}
