import { z } from 'zod';
import { isTimeZone } from './core/dates.ts';
import { AppError } from './core/errors.ts';

const port = z.coerce.number().int().min(0).max(65535);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const perSecond = z.coerce.number().int().min(1).max(1000);
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const CLOCK_TIME = '([01]\\d|2[0-3]):[0-5]\\d';

const Environment = z
  .object({
    DATA_DIR: z.string().min(1).default('./data').describe('Folder of the embedded database and the media.'),
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: 'expected postgres://user:password@host:port/name' })
      .optional()
      .describe('PostgreSQL 15 or newer; absent: the embedded database.'),
    TELEGRAM_BOT_TOKEN: z
      .string()
      .regex(/^\d{5,16}:[\w-]{20,}$/, 'expected the token as @BotFather gave it, such as 123456789:AA…')
      .optional()
      .describe('Absent: Telegram is off.'),
    TELEGRAM_API_ROOT: url.default('https://api.telegram.org').describe('Also a Bot API server of your own.'),
    TELEGRAM_WEBHOOK_URL: url.optional().describe('Where Telegram reaches /telegram/webhook; absent: long polling.'),
    TELEGRAM_WEBHOOK_SECRET: z
      .string()
      .regex(/^[\w-]{16,256}$/, 'expected 16 to 256 of A-Z a-z 0-9 _ -')
      .optional()
      .describe('Required with TELEGRAM_WEBHOOK_URL.'),
    TELEGRAM_BULK_PER_SECOND: perSecond
      .default(30) // https://core.telegram.org/bots/faq#broadcasting-to-users
      .describe('Announcements a second; above 30 needs paid broadcast.'),
    WHATSAPP_ENABLED: z
      .enum(['true', 'false'])
      .default('false')
      .describe('true: WhatsApp is on, through a browser of its own and a number of its own.'),
    WHATSAPP_CHROMIUM_PATH: z.string().min(1).optional().describe('The browser; absent: it is looked for.'),
    WHATSAPP_PAIR_PHONE: z
      .string()
      .regex(/^\+?[1-9]\d{6,14}$/, 'expected an international number of 7 to 15 digits, such as +996555123456')
      .transform((text) => text.replace('+', ''))
      .optional()
      .describe("The bot's own number, to link it by a code instead of a QR picture."),
    WHATSAPP_MIN_GAP_MS: whole(0, 3_600_000).default(8_000).describe('Least pause between two announcements.'),
    WHATSAPP_MAX_GAP_MS: whole(0, 3_600_000)
      .default(20_000) // WhatsApp publishes nothing: what people who run such bots agree upon
      .describe('Longest pause between two announcements; each is chosen anew.'),
    WHATSAPP_HOURLY_CAP: whole(1, 100_000)
      .default(60) // so that a day's share takes half a working day
      .describe('Announcements an hour at most.'),
    WHATSAPP_DAILY_CAP: whole(1, 1_000_000)
      .default(250) // what the official way gives a new business: https://developers.facebook.com/docs/whatsapp/messaging-limits
      .describe('Announcements within 24 hours at most.'),
    WHATSAPP_WARM_UP_DAYS: whole(0, 365)
      .default(14) // new numbers are watched: half of the 30 days in which the official way raises its limit
      .describe('Over so many days the caps of a new number grow from a tenth to the whole; 0: whole at once.'),
    WHATSAPP_QUIET_HOURS: z
      .string()
      .regex(new RegExp(`^(off|${CLOCK_TIME}-${CLOCK_TIME})$`), 'expected off, or two times such as 21:00-08:00')
      .default('21:00-08:00')
      .describe('When announcements wait, by the clock of TIME_ZONE; off: never.'),
    HOST: z.string().min(1).default('127.0.0.1').describe('Address the web server listens on.'),
    PORT: port.default(8080).describe('Port of the web server; 0: any free one.'),
    PUBLIC_URL: url.optional().describe('How people reach the web server from outside.'),
    SIMULATOR: z
      .enum(['off', 'local', 'public'])
      .optional()
      .describe('The chat in the browser; default: local while no real channel is configured, else off.'),
    TIME_ZONE: z
      .string()
      .refine(isTimeZone, 'expected an IANA time zone such as Asia/Bishkek')
      .default('Asia/Bishkek')
      .describe('Of a new municipality.'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info')
      .describe('How much is logged.'),
  })
  .refine((env) => env.TELEGRAM_WEBHOOK_URL === undefined || env.TELEGRAM_WEBHOOK_SECRET !== undefined, {
    path: ['TELEGRAM_WEBHOOK_SECRET'],
    error: 'expected with TELEGRAM_WEBHOOK_URL: 16 to 256 of A-Z a-z 0-9 _ -',
  })
  .refine((env) => env.WHATSAPP_MIN_GAP_MS <= env.WHATSAPP_MAX_GAP_MS, {
    path: ['WHATSAPP_MAX_GAP_MS'],
    error: 'expected no less than WHATSAPP_MIN_GAP_MS',
  });

/** How the program is set up. Read once, frozen, handed down; nothing else reads the environment. */
export interface Config {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly telegram: TelegramConfig | null;
  readonly whatsapp: WhatsAppConfig | null;
  readonly web: { readonly host: string; readonly port: number; readonly publicUrl: string | undefined };
  readonly simulator: 'off' | 'local' | 'public';
  readonly timeZone: string;
  readonly log: { readonly level: string; readonly pretty: boolean };
}

export interface TelegramConfig {
  readonly token: string;
  readonly apiRoot: string;
  readonly mode:
    | { readonly kind: 'polling' }
    | { readonly kind: 'webhook'; readonly url: string; readonly secret: string };
  readonly bulkPerSecond: number;
}

export interface WhatsAppConfig {
  /** Undefined: it is looked for. */
  readonly chromiumPath: string | undefined;
  /** Digits of the bot's own number; undefined: it is linked by a QR picture. */
  readonly pairPhone: string | undefined;
  readonly minGapMs: number;
  readonly maxGapMs: number;
  readonly hourlyCap: number;
  readonly dailyCap: number;
  readonly warmUpDays: number;
  /** Null: none. */
  readonly quietHours: { readonly from: string; readonly to: string; readonly timeZone: string } | null;
}

/** The environment variables, in the order of the documentation, each with its meaning. */
export const environmentKeys: readonly { readonly name: string; readonly meaning: string }[] = Object.entries(
  Environment.shape,
).map(([name, schema]) => ({ name, meaning: schema.description ?? '' }));

/** Of this process. @throws as `readConfig` */
export function readEnvironment(): Config {
  return readConfig(process.env, process.stderr.isTTY === true);
}

/** @throws {AppError} `config`, naming every problem at once; never a value, since it may be a secret */
export function readConfig(env: Readonly<Record<string, string | undefined>>, terminal: boolean): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = Environment.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new AppError('config', `The configuration has ${problems.length} problem(s):\n${problems.join('\n')}`);
  }
  const e = result.data;
  const telegram: TelegramConfig | null =
    e.TELEGRAM_BOT_TOKEN === undefined
      ? null
      : {
          token: e.TELEGRAM_BOT_TOKEN,
          apiRoot: e.TELEGRAM_API_ROOT,
          mode: telegramMode(e),
          bulkPerSecond: e.TELEGRAM_BULK_PER_SECOND,
        };
  const whatsapp = e.WHATSAPP_ENABLED === 'true' ? whatsappConfig(e) : null;
  return Object.freeze({
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    telegram,
    whatsapp,
    web: { host: e.HOST, port: e.PORT, publicUrl: e.PUBLIC_URL },
    simulator: e.SIMULATOR ?? (telegram === null && whatsapp === null ? 'local' : 'off'),
    timeZone: e.TIME_ZONE,
    log: { level: e.LOG_LEVEL, pretty: terminal },
  });
}

/** Whether a proxy stands before the web server, as far as the configuration tells. */
export function isProxied({ web, telegram }: Pick<Config, 'web' | 'telegram'>): boolean {
  return web.publicUrl !== undefined || telegram?.mode.kind === 'webhook';
}

/** Where the phone of WhatsApp is linked, in a browser on this computer; null: a proxy would show the page to the world. */
export function linkingPage(config: Pick<Config, 'web' | 'telegram'>): string | null {
  return isProxied(config) ? null : `http://127.0.0.1:${config.web.port}/whatsapp`;
}

function telegramMode(e: z.output<typeof Environment>): TelegramConfig['mode'] {
  if (e.TELEGRAM_WEBHOOK_URL === undefined || e.TELEGRAM_WEBHOOK_SECRET === undefined) return { kind: 'polling' };
  return { kind: 'webhook', url: e.TELEGRAM_WEBHOOK_URL, secret: e.TELEGRAM_WEBHOOK_SECRET };
}

function whatsappConfig(e: z.output<typeof Environment>): WhatsAppConfig {
  const [from = '', to = ''] = e.WHATSAPP_QUIET_HOURS.split('-');
  return {
    chromiumPath: e.WHATSAPP_CHROMIUM_PATH,
    pairPhone: e.WHATSAPP_PAIR_PHONE,
    minGapMs: e.WHATSAPP_MIN_GAP_MS,
    maxGapMs: e.WHATSAPP_MAX_GAP_MS,
    hourlyCap: e.WHATSAPP_HOURLY_CAP,
    dailyCap: e.WHATSAPP_DAILY_CAP,
    warmUpDays: e.WHATSAPP_WARM_UP_DAYS,
    quietHours: e.WHATSAPP_QUIET_HOURS === 'off' ? null : { from, to, timeZone: e.TIME_ZONE },
  };
}
