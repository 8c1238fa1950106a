import { createServer, type Socket } from 'node:net';
import { lines, type OwnerLine, type Role } from './owner-lines.ts';

export interface Desk {
  /** Answers visitors on this socket path from now on. */
  listen(path: string): Promise<void>;
  /** Lets guests in. */
  open(): void;
  /** Takes no more guests and resolves once there are none, or after so many milliseconds. */
  emptied(withinMs: number): Promise<void>;
  release(): Promise<void>;
}

/** The owner's side: tells every visitor what this process is and when it lets guests in. */
export function openDesk(role: Role): Desk {
  let state: OwnerLine['state'] = 'opening';
  const visitors = new Map<Socket, { guest: boolean }>();
  const waiting = new Set<Socket>();
  let onLeave = () => {};
  const say = (socket: Socket, line: OwnerLine) => void socket.write(`${JSON.stringify(line)}\n`);
  const answer = (socket: Socket) => {
    // Who was told that the database is open counts as a guest from then on.
    if (state === 'open') visitors.set(socket, { guest: true });
    say(socket, { role, state });
  };
  const server = createServer((socket) => {
    visitors.set(socket, { guest: false });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      visitors.delete(socket);
      waiting.delete(socket);
      onLeave();
    });
    lines(socket, (asked) => {
      if (asked === 'start') return say(socket, { role, state });
      if (state === 'opening') waiting.add(socket);
      answer(socket);
    });
  });
  const guestCount = () => [...visitors.values()].filter((visitor) => visitor.guest).length;
  return {
    listen: (path: string) =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(path, resolve);
      }),
    open() {
      state = 'open';
      for (const socket of waiting) answer(socket);
      waiting.clear();
    },
    async emptied(withinMs: number) {
      state = 'closing';
      if (guestCount() === 0) return;
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(withinMs) ? setTimeout(resolve, withinMs) : undefined;
        onLeave = () => {
          if (guestCount() > 0) return;
          clearTimeout(timer);
          resolve();
        };
      });
    },
    release: () =>
      new Promise<void>((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        for (const socket of visitors.keys()) socket.destroy();
      }),
  };
}
