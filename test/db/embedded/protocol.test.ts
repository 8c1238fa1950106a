import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrontendStream, SessionStatus, statementChange } from '../../../src/db/embedded/protocol.ts';

const startup = (code: number, rest = '') => {
  const body = Buffer.from(rest);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.writeUInt32BE(code, 4);
  return Buffer.concat([head, body]);
};
const message = (type: string, body: Buffer | string = '') => {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32BE(4 + bytes.length, 1);
  return Buffer.concat([head, bytes]);
};
const hello = startup(196608, 'user\0postgres\0\0');

/** Cuts bytes at these places, in turn. */
function cut(bytes: Buffer, sizes: number[]): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return parts;
}
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

describe('FrontendStream', () => {
  it('finds the same messages however the bytes were split on the way', () => {
    const queries = fc.array(fc.string({ maxLength: 60 }), { maxLength: 8 });
    fc.assert(
      fc.property(queries, sizes, (texts, splits) => {
        const sent = [hello, ...texts.map((text) => message('Q', `${text}\0`))];
        const stream = new FrontendStream();
        const found = cut(Buffer.concat([startup(80877103), ...sent, message('X')]), splits).flatMap((part) =>
          stream.push(part),
        );
        expect(found[0]).toEqual({ kind: 'encryption' });
        expect(found.at(-1)).toEqual({ kind: 'terminate' });
        const messages = found.flatMap((one) => (one.kind === 'message' ? [one.bytes] : []));
        expect(Buffer.concat(messages).equals(Buffer.concat(sent))).toBe(true);
        expect(messages).toHaveLength(sent.length);
      }),
    );
  });

  it.each([
    ['a request for TLS', 80877103, 'encryption'],
    ['a request for GSS encryption', 80877104, 'encryption'],
    ['a request to cancel', 80877102, 'cancel'],
  ])('knows %s', (_, code, kind) => {
    expect(new FrontendStream().push(startup(code))).toEqual([{ kind }]);
  });

  it('takes a message of 64 MB in small parts without copying it over and over', () => {
    const stream = new FrontendStream();
    stream.push(hello);
    const large = message('Q', Buffer.alloc(64 * 1024 * 1024, 'x'));
    const startedAt = performance.now();
    const found = cut(large, [4096]).flatMap((part) => stream.push(part));
    expect(found).toHaveLength(1);
    // Joined at each part it would copy half a terabyte.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('refuses a length that no message has', () => {
    expect(() => new FrontendStream().push(Buffer.alloc(8))).toThrow(RangeError);
    const stream = new FrontendStream();
    stream.push(hello);
    expect(() => stream.push(Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff]))).toThrow(RangeError);
  });
});

describe('SessionStatus', () => {
  it('tells the last status however the answer was split', () => {
    const rows = Buffer.from('Z\0\0\0\u0005I in the middle of a row');
    fc.assert(
      fc.property(fc.constantFrom('I', 'T', 'E'), sizes, (last, splits) => {
        const status = new SessionStatus();
        const answer = Buffer.concat([
          message('D', rows),
          message('1'),
          message('Z', 'I'),
          message('D', rows),
          message('Z', last),
        ]);
        for (const part of cut(answer, splits)) status.push(part);
        expect(status.last).toBe(last);
      }),
    );
  });

  it('knows no status before the session is ready', () => {
    const status = new SessionStatus();
    status.push(message('1'));
    expect(status.last).toBe('');
  });
});

describe('statementChange', () => {
  it.each([
    ['a named statement that is made', message('P', 'one\0select 1\0\0\0'), { change: 'made', name: 'one' }],
    ['a named statement that is closed', message('C', 'Sone\0'), { change: 'closed', name: 'one' }],
    ['the unnamed statement', message('P', '\0select 1\0\0\0'), null],
    ['a portal', message('C', 'Pone\0'), null],
    ['a query', message('Q', 'select 1\0'), null],
  ])('reads %s', (_, bytes, change) => {
    expect(statementChange(bytes)).toEqual(change);
  });
});
