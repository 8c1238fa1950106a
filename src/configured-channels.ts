import { join } from 'node:path';
import { createSimulatorChannel, type SimulatorChannel } from './channels/simulator/channel.ts';
import { createTelegramChannel, type TelegramChannel } from './channels/telegram/channel.ts';
import { telegramPace } from './channels/telegram/pace.ts';
import { readTerminal } from './channels/terminal/channel.ts';
import { createWhatsAppChannel, type WhatsAppChannel, type WhatsAppOptions } from './channels/whatsapp/channel.ts';
import { whatsappPace } from './channels/whatsapp/pace.ts';
import { readMessage } from './channels/whatsapp/read.ts';
import { ageDays, readStatus } from './channels/whatsapp/status-file.ts';
import type { Config, TelegramConfig } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Logger } from './core/logger.ts';
import { DEFAULT_LOCALE, LOCALES, translator } from './core/texts.ts';
import type { Aging, Channel, ChannelName } from './messaging/contract.ts';
import type { Pace, Paces } from './messaging/pace.ts';

interface ChannelOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  /** Instead of the channels of the configuration. */
  readonly channels?: readonly Channel[];
  /** Shows each new code by which the number of WhatsApp can be linked. */
  readonly onLinkCode?: NonNullable<WhatsAppOptions['onCode']>;
}

/** https://core.telegram.org/bots/faq#broadcasting-to-users */
const FREE_PER_SECOND = 30;

/** The channels that the configuration asks for; none where the caller brings its own. */
export function configuredChannels(
  { config, clock, log, channels, onLinkCode }: ChannelOptions,
  stored: Pick<WhatsAppOptions, 'lastStoredAt' | 'listUnread'>,
): {
  simulator: SimulatorChannel | null;
  telegram: TelegramChannel | null;
  whatsapp: WhatsAppChannel | null;
} {
  if (channels) return { simulator: null, telegram: null, whatsapp: null };
  const simulator =
    config.simulator === 'off' ? null : createSimulatorChannel({ dir: join(config.dataDir, 'simulator'), clock });
  const telegram = config.telegram === null ? null : createTelegram(config.telegram, log);
  const { whatsapp: settings, dataDir, timeZone } = config;
  const whatsapp =
    settings &&
    createWhatsAppChannel({
      dataDir,
      chromium: settings.chromiumPath,
      pairPhone: settings.pairPhone,
      timeZone,
      log,
      ...stored,
      ...(onLinkCode && { onCode: onLinkCode }),
    });
  return { simulator, telegram, whatsapp };
}

function createTelegram({ token, apiRoot, mode, bulkPerSecond }: TelegramConfig, log: Logger): TelegramChannel {
  const names = [
    'propose',
    'my',
    'hearings',
    'language',
    'village',
    'stop',
    'mydata',
    'join',
    'forget',
    'help',
  ] as const;
  const listIn = (locale: (typeof LOCALES)[number]) =>
    names.map((command) => ({ command, description: translator(locale)(`cmd-${command}`) }));
  const commands = [
    { language: null, commands: listIn(DEFAULT_LOCALE) },
    ...LOCALES.map((language) => ({ language, commands: listIn(language) })),
  ];
  const paidBroadcast = bulkPerSecond > FREE_PER_SECOND;
  return createTelegramChannel({ token, apiRoot, mode: webhookPath(mode), paidBroadcast, log, commands });
}

/** Telegram calls the address as given; without a path it is our own route. */
function webhookPath(mode: TelegramConfig['mode']): TelegramConfig['mode'] {
  if (mode.kind === 'polling' || new URL(mode.url).pathname !== '/') return mode;
  return { ...mode, url: `${mode.url}/telegram/webhook` };
}

/** How fast a channel may send; null: as fast as it takes messages. */
export function paceOf(channel: Channel, { telegram, whatsapp }: Config): Pace | null {
  if (channel.name === 'telegram' && telegram) return telegramPace(telegram.bulkPerSecond);
  if (channel.name === 'whatsapp' && whatsapp) {
    return whatsappPace(whatsapp, (at) => (hasAge(channel) ? channel.ageDays(at) : null));
  }
  return null;
}

/**
 * How fast the channels that are on may send, also those that another process runs: of these, what is not in the
 * configuration is read from what they leave on the disk.
 */
export function pacesOf(config: Config, channels: readonly Channel[] = []): Paces {
  const { telegram, whatsapp, dataDir } = config;
  const here = channels.find(({ name }) => name === 'whatsapp');
  const readAge = (at = new Date()) => {
    const status = readStatus(join(dataDir, 'whatsapp'));
    return status && ageDays(status, at);
  };
  const whatsappIs = whatsapp && ((here && paceOf(here, config)) ?? whatsappPace(whatsapp, readAge));
  return {
    ...(telegram && { telegram: telegramPace(telegram.bulkPerSecond) }),
    ...(whatsappIs && { whatsapp: whatsappIs }),
  };
}

function hasAge(channel: Channel): channel is Channel & Aging {
  return 'ageDays' in channel;
}

/** Whether residents can write from outside: then what is said in the simulator and the terminal is a test. */
export function hasRealChannel({ telegram, whatsapp }: Pick<Config, 'telegram' | 'whatsapp'>): boolean {
  return telegram !== null || whatsapp !== null;
}

/** How payloads are read. Those of channels that are off now may still wait in the inbox: every reader is needed. */
export function channelReaders(
  { config, clock, log }: ChannelOptions,
  channels: readonly Channel[],
): Record<ChannelName, Channel['read']> {
  const running = new Map(channels.map((channel) => [channel.name, channel]));
  const reader = (name: ChannelName, otherwise: () => Channel): Channel['read'] => {
    const channel = running.get(name) ?? otherwise();
    return (payload) => channel.read(payload);
  };
  return {
    telegram: reader('telegram', () =>
      createTelegramChannel({
        token: '0:none',
        apiRoot: 'http://localhost',
        mode: { kind: 'polling' },
        log,
        commands: [],
      }),
    ),
    simulator: reader('simulator', () => createSimulatorChannel({ dir: join(config.dataDir, 'simulator'), clock })),
    terminal: readTerminal,
    whatsapp: readMessage,
  };
}
