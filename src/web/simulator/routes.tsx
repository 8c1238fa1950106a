/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie } from 'hono/cookie';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import { translator } from '../../core/texts.ts';
import type { SimulatedChats, SimulatedEvent } from '../../messaging/simulated-chat.ts';
import { pageLocale, rememberLocale } from '../language.ts';
import type { Drawing } from './bubble.tsx';
import { FilesForm, formFields, PickForm, PlaceForm, TextForm } from './forms.ts';
import { SimulatorPage } from './page.tsx';
import type { Look } from './people.ts';
import { streamChanges } from './stream.tsx';

export interface SimulatorRoutesOptions {
  readonly chats: SimulatedChats;
  readonly timeZone: string;
  readonly log: Logger;
  /** Ends the streams. */
  readonly stopping: AbortSignal;
}

const UPLOAD_LIMIT = 32 * 1024 * 1024; // above the bot's own cap of 20 MB, so that its answer can be seen
const INLINE = /^(?:image\/(?:png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;

/** The page of the simulator, its stream, its forms and its files, all below `/simulator`. */
export function simulatorRoutes({ chats, timeZone, log, stopping }: SimulatorRoutesOptions): Hono {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
  });
  const drawingFor = (c: Context): Drawing => ({
    t: translator(pageLocale(c)),
    time: (at) => clock.format(at),
  });

  /** Hands an event to the bot. Without script the page is shown anew, with it nothing: the stream brings the bubble. */
  const say = async (c: Context, event: SimulatedEvent | null) => {
    const person = c.req.param('person') ?? '';
    if (!chats.people.some(({ id }) => id === person)) return c.notFound();
    try {
      if (event !== null) await chats.say(person, event);
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid') return c.text(error.message, 400);
      log.error({ err: error }, 'an event of the simulator was not stored');
      return c.text('not stored', 503);
    }
    return c.req.header('hx-request') === undefined ? c.redirect(`/simulator?with=${person}`, 303) : c.body(null, 204);
  };

  const app = new Hono().basePath('/simulator');
  app.get('/', (c) => {
    const asked = c.req.query('with');
    const current = (chats.people.find(({ id }) => id === asked) ?? chats.people[0])?.id ?? '';
    const rev = Math.max(0, ...chats.changesAfter(0).map((message) => message.rev));
    c.header('Cache-Control', 'no-store');
    rememberLocale(c);
    return c.html(
      <SimulatorPage
        chats={chats}
        locale={pageLocale(c)}
        drawing={drawingFor(c)}
        current={current}
        looks={looks(c, chats)}
        rev={rev}
      />,
    );
  });
  app.get('/stream', (c) => streamChanges(c, { chats, drawing: drawingFor(c), stopping }));
  app.get('/files/:id', (c) => sendFile(c, chats.findFile(c.req.param('id'))));

  app.use(
    '/:person/:what',
    bodyLimit({
      maxSize: UPLOAD_LIMIT,
      onError: (c) => c.text('too large', 413),
    }),
  );
  app.post('/:person/text', async (c) => {
    const form = TextForm.safeParse(await formFields(c));
    return form.success ? say(c, form.data) : c.text('bad form', 400);
  });
  app.post('/:person/pick', async (c) => {
    const form = PickForm.safeParse(await formFields(c));
    return form.success ? say(c, form.data) : c.text('bad form', 400);
  });
  app.post('/:person/place', async (c) => {
    const form = PlaceForm.safeParse(await formFields(c));
    return form.success ? say(c, { kind: 'location', ...form.data }) : c.text('bad form', 400);
  });
  app.post('/:person/files', async (c) => {
    const form = await FilesForm.safeParseAsync(await formFields(c));
    return form.success ? say(c, form.data) : c.text('bad form', 400);
  });
  return app;
}

function looks(c: Context, chats: SimulatedChats): Record<string, Look> {
  const chosen = chats.people.flatMap(({ id }) => {
    const look = getCookie(c, `look-${id}`);
    return look === 'buttons' || look === 'numbers' ? [[id, look] as const] : [];
  });
  return Object.fromEntries(chosen);
}

/** Shows pictures and sound in the page; whatever else is only downloaded, so that no upload runs as a page of ours. */
async function sendFile(c: Context, file: ReturnType<SimulatedChats['findFile']>) {
  const info = file === null ? null : await stat(file.path).catch(() => null);
  if (file === null || info === null) return c.notFound();
  const mime = file.mime.split(';')[0]?.trim().toLowerCase() ?? '';
  const inline = INLINE.test(mime);
  const name = encodeURIComponent(file.name);
  const body = Readable.toWeb(createReadStream(file.path));
  return new Response(body as ReadableStream<Uint8Array>, {
    headers: {
      'Content-Type': inline ? mime : 'application/octet-stream',
      'Content-Length': String(info.size),
      'Content-Disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      'Cache-Control': 'private, no-store',
    },
  });
}
