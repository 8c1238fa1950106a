import { createServer, type Socket } from 'node:net';
import {
  closeStatementMessage,
  endsRun,
  FrontendStream,
  rollbackMessage,
  SessionStatus,
  statementChange,
  syncMessage,
} from './protocol.ts';

/** The one session that all connections share: PGlite's raw protocol. */
export interface Session {
  execProtocolRawStream(message: Uint8Array, options: { onRawData: (data: Uint8Array) => void }): Promise<void>;
}

export interface ServerOptions {
  readonly session: Session;
  readonly path: string;
  /** A connection that is silent for so long while it holds the session is closed. */
  readonly silentMs: number;
  readonly onSilent: () => void;
  /** The session threw: it cannot be trusted any more. */
  readonly onFatal: (cause: unknown) => void;
}

interface Connection {
  readonly socket: Socket;
  readonly stream: FrontendStream;
  readonly statements: Set<string>;
  pending: Buffer[];
  pendingBytes: number;
  closed: boolean;
  queued: boolean;
  silence: NodeJS.Timeout | undefined;
}

const ENOUGH_PENDING = 4 * 1024 * 1024;

/**
 * Serves one session to many connections on a Unix socket. A connection has the session from its first message until
 * the session is idle again; the others queue. What a vanished connection left open is rolled back.
 */
export async function serveSession(options: ServerOptions): Promise<{ close(): Promise<void> }> {
  const { session, onFatal } = options;
  const connections = new Set<Connection>();
  const queue: Connection[] = [];
  const status = new SessionStatus();
  let holder: Connection | null = null;
  let running = false;

  const server = createServer((socket) => {
    const connection: Connection = {
      socket,
      stream: new FrontendStream(),
      statements: new Set(),
      pending: [],
      pendingBytes: 0,
      closed: false,
      queued: false,
      silence: undefined,
    };
    connections.add(connection);
    socket.on('data', (chunk: Buffer) => receive(connection, chunk));
    socket.on('drain', () => {
      if (connection.pending.length > 0) enqueue(connection);
      wake();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => leave(connection));
  });

  function receive(connection: Connection, chunk: Buffer): void {
    try {
      for (const message of connection.stream.push(chunk)) {
        if (message.kind === 'encryption') connection.socket.write('N');
        else if (message.kind === 'message') {
          connection.pending.push(message.bytes);
          connection.pendingBytes += message.bytes.length;
        } else {
          connection.socket.end();
          return;
        }
      }
    } catch {
      connection.socket.destroy();
      return;
    }
    if (connection.pendingBytes > ENOUGH_PENDING) connection.socket.pause();
    if (connection.pending.length > 0 && !connection.socket.writableNeedDrain) enqueue(connection);
    wake();
  }

  function leave(connection: Connection): void {
    clearTimeout(connection.silence);
    connection.closed = true;
    connection.pending = [];
    if (connection !== holder && connection.statements.size > 0) enqueue(connection);
    if (connection !== holder && connection.statements.size === 0) connections.delete(connection);
    wake();
  }

  function enqueue(connection: Connection): void {
    if (connection === holder || connection.queued) return;
    connection.queued = true;
    queue.push(connection);
  }

  function wake(): void {
    if (running) return;
    running = true;
    serve().catch(onFatal);
  }

  async function serve(): Promise<void> {
    for (;;) {
      holder ??= nextInQueue();
      if (holder === null || !(await advance(holder))) break;
    }
    running = false;
  }

  function nextInQueue(): Connection | null {
    const next = queue.shift() ?? null;
    if (next) next.queued = false;
    return next;
  }

  /** Does what the holder of the session asks for next; false when the holder has to be waited for. */
  async function advance(connection: Connection): Promise<boolean> {
    clearTimeout(connection.silence);
    if (connection.closed) {
      await cleanUpAfter(connection);
      connections.delete(connection);
      holder = null;
      return true;
    }
    if (connection.pending.length > 0 && !connection.socket.writableNeedDrain) {
      await run(connection, takeRun(connection));
      if (status.last === 'I') handOn(connection);
      return true;
    }
    if (status.last === 'I') {
      holder = null;
      return true;
    }
    connection.silence = setTimeout(() => {
      options.onSilent();
      connection.socket.destroy();
    }, options.silentMs);
    return false;
  }

  function handOn(connection: Connection): void {
    holder = null;
    if (connection.closed || (connection.pending.length > 0 && !connection.socket.writableNeedDrain))
      enqueue(connection);
  }

  function takeRun(connection: Connection): Buffer {
    const end = connection.pending.findIndex(endsRun);
    const messages = connection.pending.splice(0, end < 0 ? connection.pending.length : end + 1);
    for (const message of messages) {
      connection.pendingBytes -= message.length;
      const statement = statementChange(message);
      if (statement?.change === 'made') connection.statements.add(statement.name);
      else if (statement) connection.statements.delete(statement.name);
    }
    if (connection.pendingBytes <= ENOUGH_PENDING) connection.socket.resume();
    return messages.length === 1 && messages[0] ? messages[0] : Buffer.concat(messages);
  }

  async function run(connection: Connection | null, bytes: Buffer): Promise<void> {
    status.forget();
    await session.execProtocolRawStream(bytes, {
      onRawData: (data) => {
        status.push(data);
        // The data lies in the session's own memory: it is copied before the next call overwrites it.
        if (connection && !connection.closed) connection.socket.write(Buffer.from(data));
      },
    });
  }

  /** Rolls back before any Sync, which would commit a statement whose client did not live to ask for that. */
  async function cleanUpAfter(connection: Connection): Promise<void> {
    await run(null, rollbackMessage);
    await run(null, syncMessage);
    if (status.last !== 'I') await run(null, rollbackMessage);
    if (status.last !== 'I') throw new Error('the session did not become idle after a connection was lost');
    if (connection.statements.size === 0) return;
    await run(null, Buffer.concat([...[...connection.statements].map(closeStatementMessage), syncMessage]));
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.path, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.socket.destroy();
      }),
  };
}
