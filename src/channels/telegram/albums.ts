import { taggedText } from '../../core/proposal-tag.ts';
import type { InboundEvent } from '../../messaging/contract.ts';
import { isForwarded, isGroup, type TelegramSelf, toEvent, toKeptEvent } from './inbound.ts';
import { parseUpdate, type TelegramMessage } from './payload.ts';

/** Telegram brings the parts of an album as updates of their own, within a second or two and in any order. */
const PASSES_MS = 60_000;
/** How long a part waits for the tagged one. Until then it is talk, of which nothing may go further. */
const HOLDS_MS = 10_000;

interface Album {
  untilMs: number;
  tagged: boolean;
  /** Parts that came before the tagged one, by event: they follow it, each time that it comes. */
  readonly held: Map<string, InboundEvent>;
}

/**
 * What of updates is to be stored. Of an album in a group one part has the caption, and with it the tag of a proposal:
 * those of the same author that have none go with it. What waits is in memory alone, and lost when the program ends.
 */
export class Albums {
  readonly #nowMs: () => number;
  readonly #albums = new Map<string, Album>();

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Updates that could not be stored may come again: the same comes of them. */
  events(updates: readonly unknown[], self: TelegramSelf): InboundEvent[] {
    for (const [key, { untilMs }] of this.#albums) if (untilMs <= this.#nowMs()) this.#albums.delete(key);
    return updates.flatMap((update) => {
      const { message } = parseUpdate(update);
      if (message !== undefined && isPart(message)) return this.#part(message, toKeptEvent(update, self));
      const event = toEvent(update, self);
      if (event === null) return [];
      return message !== undefined && isTagged(message) ? [event, ...this.#tagged(message, event)] : event;
    });
  }

  #part(message: TelegramMessage, event: InboundEvent): InboundEvent[] {
    const { tagged, held } = this.#albumOf(message, event);
    if (held.has(event.eventId)) return [];
    if (tagged) return [event];
    held.set(event.eventId, event);
    return [];
  }

  #tagged(message: TelegramMessage, event: InboundEvent): Iterable<InboundEvent> {
    const album = this.#albumOf(message, event);
    album.tagged = true;
    album.untilMs = this.#nowMs() + PASSES_MS;
    return album.held.values();
  }

  #albumOf({ media_group_id: id }: TelegramMessage, { chatId, personId }: InboundEvent): Album {
    const key = JSON.stringify([chatId, personId, id]);
    const known = this.#albums.get(key);
    if (known !== undefined) return known;
    const album: Album = { untilMs: this.#nowMs() + HOLDS_MS, tagged: false, held: new Map() };
    this.#albums.set(key, album);
    return album;
  }
}

function isPart(message: TelegramMessage): boolean {
  return isOfAlbum(message) && !isForwarded(message) && (message.caption ?? '') === '';
}

function isTagged(message: TelegramMessage): boolean {
  return isOfAlbum(message) && taggedText(message.caption ?? '') !== null;
}

function isOfAlbum(message: TelegramMessage): boolean {
  return isGroup(message) && message.media_group_id !== undefined;
}
