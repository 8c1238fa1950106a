import pino from 'pino';
import pretty from 'pino-pretty';

export type Logger = pino.Logger;

// Bot tokens also stand inside URLs ("/bot123:abc/getMe"), where a word border would miss them.
const TOKEN = /(?<!\d)\d{8,10}(?::|%3A)[\w-]{35}/gi;
// A password inside a database URL.
const PASSWORD = /(\w+:\/\/[^:/@\s"]+:)[^@\s"]+@/g;
// Phone numbers as people write them: + or 0, then 9 to 14 digits with spaces, dots, brackets or dashes between.
const PHONE = /(?<![\w.:-])(?:\+|00?)\d(?:[\s().-]{0,2}\d){8,13}(?![\w-])/g;

/** Hides tokens, passwords and phone numbers in a text, wherever in it they stand. */
export function mask(text: string): string {
  return text.replace(TOKEN, '[token]').replace(PASSWORD, '$1[password]@').replace(PHONE, '[phone]');
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
      hooks: { streamWrite: mask },
    },
    destination,
  );
}
