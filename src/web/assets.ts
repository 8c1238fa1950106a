import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';

const require = createRequire(import.meta.url);
const own = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// One script: htmx begins as soon as the browser idles between two, and would miss an extension that comes later.
const FILES = {
  'icon.svg': [own('icon.svg')],
  'simulator.js': [
    require.resolve('htmx.org/dist/htmx.min.js'),
    require.resolve('htmx.org/dist/ext/hx-sse.min.js'),
    require.resolve('htmx.org/dist/ext/hx-upsert.min.js'),
    own('simulator/simulator.js'),
  ],
  'simulator.css': ['base', 'page', 'chat', 'bubble', 'composer'].map((name) => own(`simulator/styles/${name}.css`)),
};
const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};
export type AssetName = keyof typeof FILES;

const loaded = new Map(
  Object.entries(FILES).map(([name, paths]) => {
    const body = paths.map((path) => readFileSync(path, 'utf8')).join(name.endsWith('.js') ? '\n;\n' : '\n');
    const version = createHash('sha256').update(body).digest('base64url').slice(0, 12);
    return [name, { body, version, type: TYPES[extname(name)] ?? 'text/plain' }];
  }),
);

/** The address of a script or style sheet; it changes with the content, so browsers may keep it for ever. */
export function assetUrl(name: AssetName): string {
  return `/assets/${name}?v=${loaded.get(name)?.version ?? ''}`;
}

/** Serves scripts and style sheets from `/assets/`, nothing of the network. */
export function assetRoutes(): Hono {
  return new Hono().get('/assets/:name', (c) => {
    const asset = loaded.get(c.req.param('name'));
    if (asset === undefined) return c.notFound();
    const fresh = c.req.query('v') === asset.version;
    return c.body(asset.body, 200, {
      'Content-Type': `${asset.type}; charset=utf-8`,
      'Cache-Control': fresh ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  });
}
