import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import { timeIn } from '../../core/zoned.ts';
import { SendError } from '../../messaging/contract.ts';
import type { LinkState } from '../../messaging/link-states.ts';
import { ChildLink } from './child-link.ts';
import { findChromium } from './chromium.ts';
import type { ChildEvent, Verb, Verbs } from './ipc.ts';
import { memoryOf, type Profile } from './profile.ts';
import { after, afterConnection, type Ending, isLinked, isUnlinked, lateness, type Step } from './states.ts';
import type { StatusFile } from './status-file.ts';
import type { WhatsAppTiming } from './timing.ts';

export interface SupervisorOptions {
  readonly profile: Profile;
  readonly status: StatusFile;
  readonly chromium: string | undefined;
  readonly pairPhone: string | undefined;
  readonly timeZone: string;
  readonly timing: WhatsAppTiming;
  readonly log: Logger;
  /** What concerns more than the state: messages, acks, that it is ready. */
  readonly onEvent: (event: ChildEvent) => void;
}

/** When few write, and what they write is read a minute later. */
const QUIET_HOUR = '04';
/** A page is given up after as many times as long as it has for one answer; a single freeze does not end it. */
const MOST_SILENCE = 2;
const REMEMBERED_RESTARTS = 20;
/** A planned end waits so long for what is being sent. */
const SENDS_MS = 10_000;

/**
 * Keeps one browser linked to WhatsApp: starts its process, watches it, and starts it anew when it does not answer, is
 * not ready in time, or ends. What the library tells is taken as a hint, and asked for again.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  #link: ChildLink | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopping = new AbortController();
  /** Ends the life of the present child; says why. */
  #endLife: (end: Ending) => void = () => {};
  /** When there last was a new QR or pairing code, by the monotonic clock, as all here. */
  #codeAtMs = 0;
  #startedAtMs = 0;
  #enteredAtMs = 0;
  #askedAtMs = 0;
  /** The library is on its way to being ready by itself, or has been helped along. */
  #underWay = false;
  /** Whose page has not answered the watchdog yet. */
  #asked: ChildLink | null = null;
  /** The watchdog has had no answer since. */
  #silentSinceMs: number | null = null;
  #failures = 0;
  #endedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#options.status.get().state;
  }

  /** When a browser last ended unasked, or had to be ended, by the monotonic clock. */
  get endedAtMs(): number {
    return this.#endedAtMs;
  }

  /** Of the browser and its process, in bytes. */
  async memory(): Promise<number> {
    const pid = this.#link?.pid;
    return pid === undefined ? 0 : memoryOf(pid);
  }

  start(): void {
    this.#stopping = new AbortController();
    this.#running = this.#live(this.#stopping.signal);
  }

  /** Ends the browser in order. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#endLife({ why: 'stopped', act: 'restart' });
    await this.#running;
    this.#enter('stopped');
  }

  /** Asks the child. @throws {SendError} `unreachable` while there is none, or it does not answer */
  ask<V extends Verb>(verb: V, args: Verbs[V]['args'], ms = this.#options.timing.callMs): Promise<Verbs[V]['result']> {
    if (this.#link === null) return Promise.reject(new SendError('unreachable', 'WhatsApp is not running'));
    return this.#link.ask(verb, args, ms);
  }

  /** One child after the other, until it is stopped or halted. */
  async #live(signal: AbortSignal): Promise<void> {
    const { log, status, timing } = this.#options;
    while (!signal.aborted) {
      const ending = await this.#oneLife(signal).catch((thrown: unknown): Ending => {
        log.error({ err: toError(thrown) }, 'WhatsApp’s browser could not be looked after');
        return { why: toError(thrown).message, act: 'restart' };
      });
      if (signal.aborted) return;
      if (ending.act === 'halt') {
        this.#enter('blocked', ending.why);
        log.error({ reason: ending.why }, 'WhatsApp refuses the number; it stays off until the next start');
        return;
      }
      status.set({ restartedAt: [...status.get().restartedAt, new Date()].slice(-REMEMBERED_RESTARTS) });
      if (ending.act === 'relink') {
        log.error('the number was unlinked on the phone; it has to be linked again');
        if (await this.#forgetLink()) continue;
      }
      if (performance.now() - this.#startedAtMs > timing.calmMs && ending.wasReady) this.#failures = 0;
      const pauseMs = ending.planned ? 0 : this.#nextPauseMs();
      if (this.state !== 'failed') this.#enter('restarting', ending.why);
      log.warn({ reason: ending.why, pauseMs }, 'WhatsApp’s browser is started anew');
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** False: the profile is there still, and would be refused at once. */
  async #forgetLink(): Promise<boolean> {
    const { profile, log } = this.#options;
    try {
      await profile.remove();
      return true;
    } catch (thrown) {
      log.error({ err: toError(thrown) }, 'the folder of the lost link could not be removed');
      return false;
    }
  }

  /** Growing, and not in step with anything else. */
  #nextPauseMs(): number {
    const { firstPauseMs, longestPauseMs } = this.#options.timing;
    const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures++);
    return ms * (0.8 + 0.4 * Math.random());
  }

  async #oneLife(signal: AbortSignal): Promise<Ending> {
    const { profile, timing, log } = this.#options;
    let link: ChildLink;
    try {
      const chromium = await findChromium(this.#options.chromium);
      profile.prepare();
      await profile.free();
      if (signal.aborted) return { why: 'stopped', act: 'restart' };
      link = this.#spawn(chromium);
    } catch (thrown) {
      const { message } = toError(thrown);
      if (this.state !== 'failed') log.error(message);
      this.#enter('failed', message);
      return { why: message, act: 'restart' };
    }
    const over = new Promise<Ending>((resolve) => {
      this.#endLife = resolve;
    });
    this.#begin();
    this.#link = link;
    void link.ended.then(() => this.#endLife({ why: 'the process ended', act: 'restart' }));
    const failed = (thrown: unknown) => log.error({ err: toError(thrown) }, 'WhatsApp could not be watched');
    const watch = setInterval(() => void this.#watch(link).catch(failed), timing.tickMs);
    const ending = await over;
    clearInterval(watch);
    this.#endedAtMs = performance.now();
    const wasReady = isLinked(this.state);
    this.#link = null;
    // from now on nothing can be sent, though the old one may take its time to end
    if (wasReady && ending.act === 'restart' && !signal.aborted) this.#enter('restarting', ending.why);
    if (ending.act === 'relink' || !wasReady) await link.kill();
    // a stop of the program has waited for the sends already
    else if (signal.aborted) await link.stop(timing.exitMs, 0);
    else await link.stop(timing.stopMs, ending.planned ? SENDS_MS : 0);
    return { ...ending, wasReady };
  }

  /** @throws where the system has no room for another process */
  #spawn(chromium: string): ChildLink {
    const { profile, pairPhone, timing } = this.#options;
    const link = new ChildLink(
      {
        profileDir: profile.browserDir,
        chromium,
        pairPhone: pairPhone ?? null,
        noSandbox: process.getuid?.() === 0,
        callMs: timing.callMs,
        protocolTimeoutMs: timing.longestSendMs,
      },
      (event) => this.#happened(link, event),
    );
    return link;
  }

  #begin(): void {
    this.#startedAtMs = performance.now();
    this.#enteredAtMs = this.#startedAtMs; // also where the file says so already
    this.#underWay = false;
    this.#silentSinceMs = null;
    this.#enter('starting');
  }

  #enter(state: LinkState, trouble: string | null = null): void {
    const { status, log } = this.#options;
    const before = status.get();
    if (before.state === state && before.trouble === trouble) return;
    this.#enteredAtMs = performance.now();
    if (state === 'syncing' && isLinked(before.state)) this.#underWay = false; // the page has lost the library
    const codes = isUnlinked(state) ? {} : { qr: null, pairingCode: null };
    const was = before.state === 'ready' ? { readyAt: new Date() } : {};
    status.set({ state, since: new Date(), trouble, ...codes, ...was });
    log.info({ state }, 'WhatsApp');
  }

  #happened(link: ChildLink, event: ChildEvent): void {
    const { status, onEvent } = this.#options;
    if (link !== this.#link) {
      if (event.event === 'acks') onEvent(event); // of what it still sent before it ended
      return;
    }
    if (event.event === 'authenticated') this.#underWay = true;
    this.#take(after(this.state, event), 'reason' in event ? event.reason : null);
    if (event.event === 'qr' || event.event === 'code') {
      this.#codeAtMs = performance.now();
      status.set(event.event === 'qr' ? { qr: event.value } : { pairingCode: event.value });
    }
    if (event.event === 'ready') {
      const number = event.me.replace(/\D.*$/, '');
      const { linkedAt, number: before } = status.get();
      const now = new Date();
      const other = before !== null && before !== number ? { notBefore: now } : {};
      status.set({ number, linkedAt: before === number ? (linkedAt ?? now) : now, ...other });
    }
    onEvent(event);
  }

  #take({ state, act }: Step, reason: string | null): void {
    if (state !== this.state) this.#enter(state, reason);
    if (act !== undefined) this.#endLife({ why: reason ?? state, act });
  }

  /** What the library did not tell. */
  async #watch(link: ChildLink): Promise<void> {
    const { timing } = this.#options;
    const now = performance.now();
    const inStateMs = now - this.#enteredAtMs;
    const { state } = this;
    const late = lateness(state, { inStateMs, codeAgeMs: now - this.#codeAtMs }, timing);
    if (late !== null) {
      // nobody has come yet to link it: no reason to let them wait
      return this.#endLife({ why: late, act: 'restart', ...(isUnlinked(state) && { planned: true }) });
    }
    if (this.#asked === link || (state === 'ready' && now - this.#askedAtMs < timing.watchMs)) return;
    this.#askedAtMs = now;
    this.#asked = link; // of one freeze no two questions tell
    const connection = await link.ask('connection', null, timing.answerMs).catch(() => undefined);
    if (link !== this.#link) return;
    this.#asked = null;
    if (connection === undefined) return this.#missed(state);
    this.#silentSinceMs = null;
    const connected = connection.state === 'CONNECTED';
    this.#take(afterConnection(this.state, connection), connected ? null : connection.state);
    if (this.state === 'ready') await this.#refresh(link);
    else if (this.state === 'syncing' && connected) await this.#helpAlong(link);
  }

  /** By time, not by number: a page that is being loaded refuses many questions within a moment. */
  #missed(state: LinkState): void {
    // before there is a page it cannot answer; the deadline of the start stands for that
    if (state === 'starting') return;
    this.#silentSinceMs ??= this.#askedAtMs;
    const givenUpAtMs = this.#silentSinceMs + MOST_SILENCE * this.#options.timing.answerMs;
    if (performance.now() >= givenUpAtMs) this.#endLife({ why: 'the page does not answer', act: 'restart' });
  }

  /** Connected and not ready: the page has told so before anybody listened, or hangs. */
  async #helpAlong(link: ChildLink): Promise<void> {
    const { timing } = this.#options;
    // where the library is at it already, a second time beside it would say ready before anybody listens
    if (this.#underWay || performance.now() - this.#enteredAtMs < timing.rescueMs) return;
    this.#underWay = true;
    const helped = await link.ask('rescue', null, timing.callMs).catch(() => true);
    if (!helped && link === this.#link) this.#underWay = false;
  }

  /** A browser that has grown too much, or has run for a day, is started anew while nobody minds. */
  async #refresh(link: ChildLink): Promise<void> {
    const { timing, timeZone } = this.#options;
    const ranMs = performance.now() - this.#startedAtMs;
    const due = ranMs > timing.freshMs && timeIn(new Date(), timeZone).startsWith(QUIET_HOUR);
    // one that is always so large would be away as long as it is there
    const grown = !due && ranMs > timing.calmMs && (await this.memory()) > timing.mostBytes;
    if (link !== this.#link || (!due && !grown)) return;
    this.#endLife({ why: due ? 'once a day' : 'the browser has grown too much', act: 'restart', planned: true });
  }
}
