import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loseChat } from './announcements/lose-chat.ts';
import { pauseOnErrors } from './announcements/pause-announcement.ts';
import type { TelegramChannel } from './channels/telegram/channel.ts';
import type { WhatsAppChannel } from './channels/whatsapp/channel.ts';
import { ACCOUNT } from './channels/whatsapp/inbound.ts';
import { type Config, isProxied } from './config.ts';
import { channelReaders, configuredChannels, hasRealChannel, paceOf, pacesOf } from './configured-channels.ts';
import type { Clock } from './core/clock.ts';
import type { Context } from './core/context.ts';
import type { Logger } from './core/logger.ts';
import type { OpenDatabase } from './db/open.ts';
import { databaseReadiness } from './db/readiness.ts';
import { followAddress } from './deliveries/change-address.ts';
import { deliverySources } from './deliveries/delivery-source.ts';
import { readDeliveryFigures } from './deliveries/figures.ts';
import { isDelivered } from './deliveries/is-delivered.ts';
import { listUnread } from './deliveries/list-unread.ts';
import { AckNotes } from './deliveries/note-acks.ts';
import { noticesWritten } from './deliveries/send-notice.ts';
import { Router } from './flows/router.ts';
import { Account, type AccountOptions } from './messaging/account.ts';
import { listenForAcks } from './messaging/acks.ts';
import type { Channel, ChannelAddress, ChannelName, InboundEvent } from './messaging/contract.ts';
import { readFigures } from './messaging/figures.ts';
import { lastStoredAt, recoverEvents, storeEvents } from './messaging/inbox.ts';
import { Pacer } from './messaging/pacer.ts';
import { piecesOn } from './messaging/pieces.ts';
import type { StoredReply } from './messaging/replies.ts';
import { TurnRunner } from './messaging/turn-runner.ts';
import { ensureDefaultCatalogue } from './places/load-catalogue.ts';
import { PlacesCache } from './places/places.ts';
import { Sweeper } from './schedule/sweeper.ts';
import { telegramGroupLink, telegramJoinLink, telegramPrivateLink, whatsAppPrivateLink } from './staff/join-link.ts';
import { sweepJobs } from './sweep-jobs.ts';
import { createMetrics } from './web/metrics.ts';
import { createWeb, type Web } from './web/server.ts';

/** How long a process may be silent before another one sends in its place. */
const LEASE_MS = 6_000;
const MESSAGES_PER_MINUTE = 60;
const WHATSAPP = { channel: 'whatsapp', account: ACCOUNT } as const;
/** Transactions of turns: what waits meanwhile shares the next one, which costs less than two with half of it each. */
const TURNS_AT_ONCE = 1;
/** Replies on the wire at once; they are not bound by the 30 a second of announcements. */
const PARALLEL_SENDS = 30;
/** Of everything else at least so many, and as many as begin within so long: a platform takes its time to answer. */
const PARALLEL_DELIVERIES = 20;
const ANSWERED_WITHIN_S = 0.5;

export interface AppOptions {
  readonly config: Config;
  readonly open: OpenDatabase;
  readonly clock: Clock;
  readonly log: Logger;
  /** Instead of the channels of the configuration: the terminal's chat brings its own. */
  readonly channels?: readonly Channel[];
  readonly messagesPerMinute?: number;
  readonly onLinkCode?: NonNullable<Parameters<typeof configuredChannels>[0]['onLinkCode']>;
}

/** Everything joined and running; the one place that knows all the parts. */
export interface App {
  readonly places: PlacesCache;
  readonly web: Web | null;
  readonly runner: TurnRunner;
  readonly accounts: readonly Account[];
  /** Receives, answers and sends. Resolves once every channel has tried to begin. */
  start(): Promise<{ url: string | null }>;
  /** In order: receiving ends, turns finish, replies go out, the lease is given back. The database stays open. */
  stop(): Promise<void>;
}

export async function createApp(options: AppOptions): Promise<App> {
  const { config, open, clock, log } = options;
  const { db } = open;
  const system: Context = { db, clock, log, actor: { type: 'system', job: 'start' } };
  await ensureDefaultCatalogue(system, { timeZone: config.timeZone });
  const places = new PlacesCache();
  const { simulator, telegram, whatsapp } = configuredChannels(options, {
    lastStoredAt: () => lastStoredAt(db, WHATSAPP),
    listUnread: (most) => listUnread(db, WHATSAPP, most),
  });
  const channels = options.channels ?? [simulator, telegram, whatsapp].filter((channel) => channel !== null);
  const readers = channelReaders(options, channels);
  const metrics = createMetrics(
    async () => ({ ...(await readFigures(db)), ...(await readDeliveryFigures(db)) }),
    whatsapp && (async () => ({ state: whatsapp.status.state, bytes: await whatsapp.memory() })),
  );
  const holder = randomUUID();

  const mediaDir = join(config.dataDir, 'media');
  const router = new Router({
    db,
    mediaDir,
    paces: pacesOf(config, channels),
    places,
    clock,
    log,
    testSeries: ({ channel }) => hasRealChannel(config) && (channel === 'simulator' || channel === 'terminal'),
    joinLink: (code) => (telegram?.username == null ? null : telegramJoinLink(telegram.username, code)),
    groupLink: () => (telegram?.username == null ? null : telegramGroupLink(telegram.username)),
    privateLink: ({ channel }, payload) => privateLink({ telegram, whatsapp }, channel, payload),
    joinChatLinks: ({ channel }, code) =>
      (['telegram', 'whatsapp'] as const).flatMap((other) => {
        const words = other === 'telegram' ? `join_${code}` : `join ${code}`;
        const link = other === channel ? null : privateLink({ telegram, whatsapp }, other, words);
        return link === null ? [] : [link];
      }),
    messagesPerMinute: options.messagesPerMinute ?? MESSAGES_PER_MINUTE,
  });
  const runner = new TurnRunner({
    db,
    handler: router,
    read: (key, payload) => readers[key.channel](payload),
    onReplies: (replies) => deliver(replies),
    log,
    parallel: TURNS_AT_ONCE,
    onTurn: metrics.turn,
  });
  const receive = async (events: InboundEvent[]) => runner.wake(await storeEvents(db, events));
  const accounts = channels.map((channel) =>
    createAccount({ channel, options, holder, receive, onSend: (send) => metrics.send(channel.name, send) }),
  );

  let noticesSeen = noticesWritten();
  function deliver(replies: readonly StoredReply[]): void {
    for (const account of accounts) account.add(replies);
    if (noticesWritten() !== noticesSeen) {
      noticesSeen = noticesWritten();
      for (const account of accounts) account.look();
    }
    const foreign = new Set(
      replies.filter(({ to }) => !accounts.some((account) => account.sendsFor(to))).map(({ to }) => to.channel),
    );
    for (const channel of foreign) void open.notify('sunush_replies', channel).catch(() => undefined);
  }

  const stopping = new AbortController();
  const sweeper = new Sweeper({
    jobs: sweepJobs({ options, router, runner, accounts, whatsapp, mediaDir, stopping: stopping.signal }),
    timeZone: config.timeZone,
    log,
  });
  const web = options.channels
    ? null
    : createWeb({
        host: config.web.host,
        port: config.web.port,
        simulator,
        simulatorMode: config.simulator,
        proxied: isProxied(config),
        timeZone: config.timeZone,
        readiness: () => readiness(open, accounts, { telegram, whatsapp }),
        whatsapp: whatsapp && (() => whatsapp.status),
        metrics: () => metrics.text(),
        telegramWebhook:
          config.telegram?.mode.kind === 'webhook' && telegram ? (request) => telegram.handleWebhook(request) : null,
        log,
      });

  return {
    places,
    web,
    runner,
    accounts,
    async start() {
      // first, since it fails where its port is taken: such a start must not count as an attempt at what waits
      const url = (await web?.start())?.url ?? null;
      // a short command comes and goes: what it finds of others is none of its business
      const { waiting, parked } = await recoverEvents(db, {
        accounts: channels.map(({ name, account }) => ({ channel: name, account })),
        orphans: !options.channels,
      });
      await open.listen('sunush_replies', () => {
        for (const account of accounts) account.look();
      });
      for (const account of accounts) await account.start();
      runner.wake(waiting);
      for (const key of parked) await runner.tell(key, (dialog) => router.apology(dialog));
      sweeper.start();
      return { url };
    },
    async stop() {
      stopping.abort();
      await sweeper.stop();
      for (const account of accounts) await account.stopReceiving();
      await web?.stop();
      await runner.stop();
      for (const account of accounts) await account.stop();
    },
  };
}

/** WhatsApp has no payloads: there the words themselves are understood. */
function privateLink(
  { telegram, whatsapp }: Pick<ReturnType<typeof configuredChannels>, 'telegram' | 'whatsapp'>,
  channel: ChannelName,
  payload: string,
): string | null {
  const number = whatsapp?.status.number ?? null;
  if (channel === 'whatsapp') return number === null ? null : whatsAppPrivateLink(number, payload);
  if (channel !== 'telegram' || telegram?.username == null) return null;
  return telegramPrivateLink(telegram.username, payload);
}

interface AccountParts {
  readonly channel: Channel;
  readonly options: AppOptions;
  readonly holder: string;
  readonly receive: (events: InboundEvent[]) => Promise<void>;
  readonly onSend: NonNullable<AccountOptions['onSend']>;
}

function createAccount({ channel, options, holder, receive, onSend }: AccountParts): Account {
  const { open, clock, log, config } = options;
  const { db } = open;
  const ctx: Context = { db, clock, log, actor: { type: 'system', job: 'sender' } };
  const pace = paceOf(channel, config);
  const pacer = new Pacer(pace, { clock });
  const of = { channel: channel.name, account: channel.account };
  const acks = new AckNotes({ db, of, log });
  listenForAcks(channel, (told) => acks.note(told));
  const onUnreachable: AccountOptions['onUnreachable'] = (address, reason) => loseChat(ctx, address, reason);
  return new Account({
    db,
    channel,
    holder,
    ttlMs: LEASE_MS,
    // the folder of an embedded database has one start, and that is we: whoever held the lease is dead
    force: open.kind === 'embedded' && channel.name !== 'terminal',
    receive,
    receiveAlways: channel.name === 'telegram' && config.telegram?.mode.kind === 'webhook',
    parallel: PARALLEL_SENDS,
    laterParallel: Math.max(PARALLEL_DELIVERIES, (pace?.perSecond ?? 0) * ANSWERED_WITHIN_S),
    pacer,
    laterSources: deliverySources({
      ctx,
      of,
      pacer,
      pieces: piecesOn(channel),
      acks,
      onUnreachable,
      onManyErrors: (sendId) => pauseOnErrors(ctx, sendId),
      ...(pace?.errors ? { errors: pace.errors } : {}),
    }),
    log,
    onUnreachable,
    onMoved: (address: ChannelAddress, toId: string) => followAddress(ctx, address, toId),
    onSend,
    isSent: (externalId) => isDelivered(db, of, externalId),
  });
}

async function readiness(
  open: OpenDatabase,
  accounts: readonly Account[],
  { telegram, whatsapp }: { telegram: TelegramChannel | null; whatsapp: WhatsAppChannel | null },
) {
  const channels = Object.fromEntries(
    accounts.map(({ channel, holds }) => [
      channel.name,
      {
        account: channel.account,
        sender: holds ? 'here' : 'elsewhere',
        ...(channel === telegram ? { state: telegram.state } : {}),
        ...(channel === whatsapp ? whatsAppReadiness(whatsapp) : {}),
      },
    ]),
  );
  const database = await databaseReadiness(open.sql);
  return { ready: database === 'ready', body: { database, channels } };
}

/** No number and no code: the page is for whoever can reach the port. */
function whatsAppReadiness({ status }: WhatsAppChannel) {
  const { state, since, lastInboundAt, lastAckAt, restartedAt } = status;
  return { state, since, lastInboundAt, lastAckAt, lastRestartAt: restartedAt.at(-1) ?? null };
}
