import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentKeys, readConfig } from '../src/config.ts';
import { AppError } from '../src/core/errors.ts';

const TOKEN = `123456789:${'A'.repeat(35)}`;
const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('readConfig', () => {
  it('needs nothing, and opens the simulator to this machine while there is no real channel', () => {
    expect(readConfig({}, false)).toMatchObject({
      dataDir: './data',
      databaseUrl: undefined,
      telegram: null,
      simulator: 'local',
      web: { host: '127.0.0.1', port: 8080 },
      timeZone: 'Asia/Bishkek',
    });
    expect(readConfig({ TELEGRAM_BOT_TOKEN: TOKEN }, false)).toMatchObject({
      simulator: 'off',
      telegram: { mode: { kind: 'polling' } },
    });
  });

  it('names every problem at once and no value, since it may be a secret', () => {
    const read = () =>
      readConfig(
        {
          PORT: '99999',
          TELEGRAM_BOT_TOKEN: 'secret-token',
          DATABASE_URL: 'mysql://user:hunter2@host/db',
          TIME_ZONE: 'Mars',
        },
        false,
      );
    expect(read).toThrow(AppError);
    try {
      read();
    } catch (error) {
      const { message } = error as AppError;
      for (const name of ['PORT', 'TELEGRAM_BOT_TOKEN', 'DATABASE_URL', 'TIME_ZONE']) expect(message).toContain(name);
      for (const secret of ['secret-token', 'hunter2']) expect(message).not.toContain(secret);
    }
  });

  it('wants a secret with a webhook', () => {
    const webhook = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://sunush.example/' };
    expect(() => readConfig(webhook, false)).toThrow(/TELEGRAM_WEBHOOK_SECRET/);
    const secret = 'x'.repeat(16);
    expect(readConfig({ ...webhook, TELEGRAM_WEBHOOK_SECRET: secret }, false).telegram?.mode).toEqual({
      kind: 'webhook',
      url: 'https://sunush.example',
      secret,
    });
  });

  it('has WhatsApp off until it is asked for, and then paced for a number that is in use', () => {
    const settings = { WHATSAPP_DAILY_CAP: '7', WHATSAPP_PAIR_PHONE: '+996555123456' };
    expect(readConfig(settings, false).whatsapp).toBeNull();
    const on = { WHATSAPP_ENABLED: 'true' };
    expect(readConfig(on, false)).toMatchObject({
      simulator: 'off',
      whatsapp: {
        chromiumPath: undefined,
        pairPhone: undefined,
        minGapMs: 8_000,
        maxGapMs: 20_000,
        hourlyCap: 60,
        dailyCap: 250,
        warmUpDays: 14,
        quietHours: { from: '21:00', to: '08:00', timeZone: 'Asia/Bishkek' },
      },
    });
    const set = { ...on, ...settings, WHATSAPP_QUIET_HOURS: 'off', WHATSAPP_WARM_UP_DAYS: '0' };
    expect(readConfig(set, false).whatsapp).toMatchObject({
      dailyCap: 7,
      pairPhone: '996555123456',
      quietHours: null,
      warmUpDays: 0,
    });
  });

  it.each([
    ['WHATSAPP_ENABLED', 'yes'],
    ['WHATSAPP_PAIR_PHONE', '0555 123456'],
    ['WHATSAPP_QUIET_HOURS', '21-8'],
    ['WHATSAPP_QUIET_HOURS', '21:00-24:00'],
    ['WHATSAPP_DAILY_CAP', '0'],
    ['WHATSAPP_MAX_GAP_MS', '7999'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value }, false)).toThrow(new RegExp(`has 1 problem.*\n  ${name}: `));
  });

  it('takes an empty variable for none', () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: '', DATABASE_URL: '' }, false)).toMatchObject({
      telegram: null,
      databaseUrl: undefined,
    });
  });
});

describe('environmentKeys', () => {
  it.each(environmentKeys.map(({ name }) => name))('%s stands in the example file and in the README', (name) => {
    expect(textOf('../.env.example')).toContain(`${name}=`);
    expect(textOf('../README.md')).toContain(`\`${name}\``);
  });
});
