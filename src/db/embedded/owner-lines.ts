import type { Socket } from 'node:net';

/** What a process does with the database: `start` is the running program, `command` anything short. */
export type Role = 'start' | 'command';

/** What an owner tells a visitor, as one line of JSON; the visitor first sends its role as a line. */
export interface OwnerLine {
  readonly role: Role;
  readonly state: 'opening' | 'open' | 'closing';
}

/** Calls back for every whole line that a socket brings. */
export function lines(socket: Socket, onLine: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const whole = (rest + chunk).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) onLine(line);
  });
}
