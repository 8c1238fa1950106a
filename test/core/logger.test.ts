import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/core/errors.ts';
import { createLogger, mask } from '../../src/core/logger.ts';

const token = '123456789:AAbbccddeeffgghhiijjkkllmmnnooppqqr';

/** A query that fails as drizzle and the database tell it: with the words of a resident among the values. */
function failedQuery(): Error {
  const cause = Object.assign(new Error('new row violates check constraint "poison"'), {
    code: '23514',
    detail: 'Failing row contains (7, Айгүлдүн сөзү).',
  });
  return new DrizzleQueryError('insert into proposals values ($1, $2)', [7, 'Айгүлдүн сөзү\nэкинчи сап'], cause);
}

function logged(fields: object): string {
  const lines: string[] = [];
  const log = createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
  log.error(fields, 'it failed');
  return lines.join('');
}

describe('createLogger', () => {
  it('tells what failed and why, and never the values of a query', () => {
    const line = logged({ err: new Error('a proposal could not be stored', { cause: failedQuery() }) });
    expect(line).toContain('a proposal could not be stored');
    expect(line).toContain('insert into proposals');
    expect(line).toContain('violates check constraint');
    expect(line).toContain('23514');
    expect(line).toContain('logger.test.ts');
    expect(line).not.toContain('Айгүл');
    expect(line).not.toContain('экинчи');
  });

  it('hides tokens, passwords and phone numbers in whatever is logged', () => {
    const err = new Error(`GET https://api.telegram.org/bot${token}/getMe of +996 700 11 22 33`);
    const line = logged({ err, url: `postgres://me:secret@host/db` });
    expect(line).not.toContain(token);
    expect(line).not.toContain('700 11');
    expect(line).not.toContain('secret');
  });

  it('hides texts and payloads by name', () => {
    expect(logged({ text: 'Айгүл', event: { payload: 'Айгүл' } })).not.toContain('Айгүл');
  });
});

describe('mask', () => {
  it.each([
    ['a number that is no phone', 'dialog 1234567890123 took 12 ms'],
    ['a date', '2026-11-22T10:00:00.000Z'],
    ['the number of a proposal', 'KS-2026-0001'],
  ])('leaves %s as it is', (_, text) => {
    expect(mask(text)).toBe(text);
  });
});

describe('mask, of an id of WhatsApp', () => {
  it.each([
    ['invalid wid: 996555000001@c.us', 'invalid wid: [phone]'],
    ['false_996555000001@c.us_3EB0AA', 'false_[phone]_3EB0AA'],
    ['to 7700123456789:12@s.whatsapp.net and 880020123@lid', 'to [phone] and [phone]'],
    ['996555000001-1600000000@g.us', '[phone]'], // of a group from before 2021: its founder's
    ['120363000000000001@g.us', '120363000000000001@g.us'],
  ])('%s is %s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});

describe('explain', () => {
  it('joins the messages of an error and its causes, each once', () => {
    const cause = new Error('reset');
    expect(explain(new Error('closed', { cause: new Error('reset', { cause }) }))).toBe('closed: reset');
  });
});
