/**
 * `npm run bench` prints speed, memory and the quality of suggestions, in about half an hour on two cores;
 * `npm run bench -- engine suggest` runs parts of it, `--short` measures once and briefly.
 */

import { FULL, type Pace, SHORT } from './pace.ts';
import { announce } from './parts/announce.ts';
import { audience } from './parts/audience.ts';
import { bots } from './parts/bots.ts';
import { claims } from './parts/claims.ts';
import { engine } from './parts/engine.ts';
import { exports } from './parts/export.ts';
import { failover } from './parts/failover.ts';
import { imports } from './parts/import.ts';
import { office } from './parts/office.ts';
import { scale } from './parts/scale.ts';
import { similar } from './parts/similar.ts';
import { start } from './parts/start.ts';
import { suggest } from './parts/suggest.ts';
import { whatsapp } from './parts/whatsapp.ts';

const PARTS: Readonly<Record<string, (pace: Pace) => Promise<void>>> = {
  suggest,
  similar,
  audience,
  announce,
  claims,
  failover,
  engine,
  bots,
  start,
  export: exports,
  import: imports,
  scale,
  office,
  whatsapp,
};

const words = process.argv.slice(2);
const pace = words.includes('--short') ? SHORT : FULL;
const asked = words.filter((word) => word !== '--short');
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are: ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
console.log(`# Sunush bench, Node ${process.versions.node}, ${new Date().toISOString()}`);
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length === 0 || asked.includes(name)) await part(pace);
}
