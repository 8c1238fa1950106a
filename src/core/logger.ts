import pino from 'pino';
import pretty from 'pino-pretty';
import { causesOf, explain } from './errors.ts';

export type Logger = pino.Logger;

// Bot tokens also stand inside URLs ("/bot123:abc/getMe"), where a word border would miss them.
const TOKEN = /(?<!\d)\d{8,10}(?::|%3A)[\w-]{35}/gi;
// A password inside a database URL.
const PASSWORD = /(\w+:\/\/[^:/@\s"]+:)[^@\s"]+@/g;
// Phone numbers as people write them: + or 0, then 9 to 14 digits with spaces, dots, brackets or dashes between.
const PHONE = /(?<![\w.:-])(?:\+|00?)\d(?:[\s().-]{0,2}\d){8,13}(?![\w-])/g;
// WhatsApp's id of a person, with the device or without; an old group has its founder's number in its own.
const WHATSAPP_ID = /(?<!\d)\d{7,15}(?:(?::\d+)?@(?:c\.us|lid|s\.whatsapp\.net)|-\d+@g\.us)/g;

/** Hides tokens, passwords and phone numbers in a text, wherever in it they stand. */
export function mask(text: string): string {
  return text
    .replace(TOKEN, '[token]')
    .replace(PASSWORD, '$1[password]@')
    .replace(WHATSAPP_ID, '[phone]')
    .replace(PHONE, '[phone]');
}

/** A JSON log on stderr; every line passes `mask` last, so error texts and URLs are covered too. */
export function createLogger(options: {
  level: string;
  pretty?: boolean;
  destination?: pino.DestinationStream;
}): Logger {
  const stderr = () =>
    options.pretty ? pretty({ destination: 2, sync: true }) : pino.destination({ dest: 2, sync: true });
  const destination = options.destination ?? stderr();
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['phone', '*.phone', 'text', '*.text', 'payload', '*.payload', 'token', '*.token'],
        censor: '[hidden]',
      },
      serializers: { err: readable, cause: readable },
      hooks: { streamWrite: mask },
    },
    destination,
  );
}

/** What the log tells of an error: its own fields never, since a database puts the values of the row into them. */
function readable(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const [frames = [], ...deeper] = causesOf(error).map(({ stack = '' }) => stack.match(/^ {4}at .*$/gm) ?? []);
  const code = causesOf(error).flatMap((one) => ('code' in one && typeof one.code === 'string' ? [one.code] : []));
  return {
    type: error.name,
    message: explain(error),
    ...(code[0] === undefined ? {} : { code: code[0] }),
    stack: [...frames, ...deeper.flat().slice(0, 5)].join('\n'),
  };
}
