import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { AppError, toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { SimulatedChats } from '../messaging/simulated-chat.ts';
import { assetRoutes } from './assets.ts';
import { loopbackOnly, sameOrigin, securityHeaders } from './guard.ts';
import { pageLocale, rememberLocale } from './language.ts';
import { plainPage } from './plain-page.tsx';
import { simulatorRoutes } from './simulator/routes.tsx';
import { type WhatsAppLink, whatsAppPage } from './whatsapp-page.tsx';

export interface WebOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly simulator: SimulatedChats | null;
  readonly simulatorMode: 'off' | 'local' | 'public';
  /** Whether a proxy lets the world in: then what comes from this very machine proves nothing. */
  readonly proxied: boolean;
  /** Zone of the times that pages show. */
  readonly timeZone: string;
  readonly readiness: () => Promise<{ ready: boolean; body: object }>;
  /** In the text format of Prometheus. */
  readonly metrics: () => Promise<string>;
  /** How the link to WhatsApp stands; null where it is off. */
  readonly whatsapp: (() => WhatsAppLink) | null;
  /** Answers Telegram; null while updates are polled. */
  readonly telegramWebhook: ((request: Request) => Promise<Response>) | null;
  readonly log: Logger;
}

export interface Web {
  /** Begins to listen. @throws {AppError} `config` when the port cannot be had */
  start(): Promise<{ url: string }>;
  /** Ends streams and open connections; resolves when the port is free. */
  stop(): Promise<void>;
  readonly app: Hono;
}

/** The web server: health, metrics, Telegram's webhook and the simulator's page. */
export function createWeb(options: WebOptions): Web {
  const stopping = new AbortController();
  const app = createApp(options, stopping.signal);
  let server: Server | null = null;
  return {
    app,
    async start() {
      server = createServer(app);
      return { url: `http://${await listen(server, options)}` };
    },
    async stop() {
      stopping.abort();
      const open = server;
      server = null;
      if (open === null) return;
      const closed = new Promise<void>((resolve) => open.close(() => resolve()));
      const idle = setInterval(() => open.closeIdleConnections(), 20); // browsers keep answered connections open
      const late = setTimeout(() => open.closeAllConnections(), 2000);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}

function createApp(options: WebOptions, stopping: AbortSignal): Hono {
  const { simulator, simulatorMode: mode, telegramWebhook: webhook, log } = options;
  const app = new Hono();
  app.use(securityHeaders);
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, 'a page failed');
    return c.text('error', 500);
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const { ready, body } = await options.readiness();
    return c.json(body, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await options.metrics(), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  );
  if (webhook !== null) {
    app.post('/telegram/webhook', (c) => webhook(c.req.raw));
    app.all('/telegram/webhook', (c) => c.text('POST only', 405, { Allow: 'POST' }));
  }
  app.route('/', assetRoutes());
  if (options.whatsapp !== null) {
    const { whatsapp } = options;
    app.use(
      '/whatsapp',
      loopbackOnly((c) => c.html(plainPage(pageLocale(c), 'sim-forbidden'), 403)),
    );
    app.get('/whatsapp', (c) => {
      if (options.proxied) return c.html(plainPage(pageLocale(c), 'wa-closed'), 403);
      rememberLocale(c);
      c.header('Cache-Control', 'no-store');
      return c.html(whatsAppPage(pageLocale(c), whatsapp()));
    });
  }
  if (simulator === null || mode === 'off') {
    app.get('/', (c) => c.html(plainPage(pageLocale(c), 'sim-off')));
    return app;
  }
  app.get('/', (c) => c.redirect('/simulator'));
  const local = loopbackOnly((c) => c.html(plainPage(pageLocale(c), 'sim-forbidden'), 403));
  for (const path of ['/simulator', '/simulator/*']) {
    if (mode === 'local') app.use(path, local);
    app.use(path, sameOrigin);
  }
  app.route(
    '/',
    simulatorRoutes({
      chats: simulator,
      timeZone: options.timeZone,
      log,
      stopping,
    }),
  );
  return app;
}

/** The adaptor's type also covers HTTP/2; without options it makes a plain HTTP server. */
function createServer(app: Hono): Server {
  return createAdaptorServer({ fetch: app.fetch }) as Server;
}

async function listen(server: Server, { host, port }: WebOptions): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toListenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const bound = address !== null && typeof address === 'object' ? address.port : port;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${name}:${bound}`;
}

function toListenError(thrown: unknown, host: string, port: number): AppError {
  const cause = toError(thrown);
  const code = 'code' in cause ? cause.code : null;
  const where = `port ${port} on ${host}`;
  if (code === 'EADDRINUSE')
    return new AppError('config', `${where} is taken by another program: set PORT to a free one`, { cause });
  if (code === 'EACCES')
    return new AppError('config', `${where} may not be opened by this user: set PORT above 1023`, { cause });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new AppError('config', `HOST ${host} is no address of this machine`, { cause });
  }
  return new AppError('config', `cannot listen on ${where}: ${cause.message}`, {
    cause,
  });
}
