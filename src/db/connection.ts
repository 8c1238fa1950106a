import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { AppError, toError } from '../core/errors.ts';

/** Where a database answers: a server by its URL, or the embedded one by its socket. */
export type Target = { readonly url: string } | { readonly socketPath: string };

export interface ConnectOptions {
  readonly max: number;
  /** Called in the tick in which a connection is lost. */
  readonly onClose?: () => void;
}

/** How long the first answer of a server may take. */
export const CONNECT_WITHIN_S = 10;
const IDLE_IN_TRANSACTION_MS = 30_000;
/** How this process's connections are called on a server, so that others of the program can be told from them. */
export const PROCESS_NAME = `sunush ${randomBytes(6).toString('hex')}`;

/** Opens a pool that never gives up a connection by itself; it connects at the first statement. */
export function connectTo(target: Target, options: ConnectOptions): postgres.Sql {
  const common = {
    max: options.max,
    // A connection that is replaced in the middle of a transaction would run its rest outside of it.
    max_lifetime: null,
    idle_timeout: 0,
    connect_timeout: CONNECT_WITHIN_S,
    onnotice: () => {},
    types: jsonTypes,
    ...(options.onClose && { onclose: options.onClose }),
  };
  if ('socketPath' in target) {
    return postgres({
      ...common,
      path: target.socketPath,
      username: 'postgres',
      database: 'postgres',
    });
  }
  return postgres(target.url, {
    ...common,
    connection: {
      application_name: PROCESS_NAME,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    },
  });
}

// drizzle parses a JSON column that comes as a string, which would parse a JSON *string* twice: that one stays as it
// stands in the database. Writing is drizzle's: it passes its own JSON text through.
const parseJson = (text: string): unknown => {
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' ? text : value;
};
const jsonTypes = {
  json: {
    to: 114,
    from: [114],
    serialize: (text: string) => text,
    parse: parseJson,
  },
  jsonb: {
    to: 3802,
    from: [3802],
    serialize: (text: string) => text,
    parse: parseJson,
  },
};

/** The server's address for people: no user, no password. */
export function addressOf(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl);
    if (!/^postgres(ql)?:$/.test(url.protocol)) throw new TypeError('another protocol');
    return `${url.host || 'localhost'}${url.pathname}`;
  } catch (cause) {
    throw new AppError('config', 'DATABASE_URL is not of the form postgres://user:password@host:port/database.', {
      cause,
    });
  }
}

/** One sentence for whatever kept the first connection to a server from being made. */
export function unreachable(databaseUrl: string, cause: unknown): AppError {
  const error = toError(cause);
  const code = 'code' in error ? String(error.code) : '';
  const why = /^[0-9A-Z]{5}$/.test(code)
    ? `refuses us: ${error.message}`
    : `does not answer (${code || error.message})`;
  return new AppError('database-unreachable', `The database server at ${addressOf(databaseUrl)} ${why}.`, { cause });
}
