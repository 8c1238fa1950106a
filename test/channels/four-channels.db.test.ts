import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { truncateAll, useDatabase } from '../support/database.ts';
import type { Platform } from './four/phone.ts';
import { BYTES, type Played, playAll } from './four/play.ts';
import { simulatorPlatform } from './four/simulator.ts';
import type { StoredProposal } from './four/stored.ts';
import { TALKS } from './four/talks.ts';
import { telegramPlatform } from './four/telegram.ts';
import { terminalPlatform } from './four/terminal.ts';
import { whatsappPlatform } from './four/whatsapp.ts';

const PLATFORMS = [
  telegramPlatform,
  whatsappPlatform,
  simulatorPlatform,
  () => terminalPlatform(2 * TALKS.length),
] as const;
/** A longer list is shown in pages, which differ. */
const ONE_PAGE = 8;

describe('one talk on four channels', () => {
  const database = useDatabase();
  const platforms: Platform[] = [];
  /** By channel, in the order of the table. */
  const played = new Map<Platform['name'], (Played | null)[]>();

  beforeAll(async () => {
    for (const begin of PLATFORMS) {
      const platform = await begin();
      platforms.push(platform);
      // each begins with nothing, so that also the numbers are the same
      await truncateAll(database.db);
      played.set(platform.name, await playAll(platform, TALKS, database));
    }
  }, 900_000);
  afterAll(async () => {
    for (const platform of platforms) await platform.close();
  });

  /** How the talk went on those channels that can send what is in it. */
  function all(about: string): (Played & { channel: string })[] {
    const at = TALKS.findIndex((talk) => talk.about === about);
    return [...played].flatMap(([channel, talks]) => {
      const talk = talks[at];
      return talk ? [{ channel, ...talk }] : [];
    });
  }

  it.each(TALKS)('stores the same: $about', ({ about, media, stored }) => {
    const talks = all(about);
    expect(talks.map(({ channel }) => channel)).toEqual([
      'telegram',
      'whatsapp',
      'simulator',
      ...(media ? [] : ['terminal']),
    ]);
    for (const talk of talks) {
      expect(talk.stored.proposals.map(inShort), talk.channel).toEqual(stored);
      expect(talk.stored, talk.channel).toEqual(talks[0]?.stored);
      for (const { kind, bytes } of talk.stored.proposals.flatMap(({ files }) => files))
        expect(bytes.equals(BYTES[kind] ?? Buffer.alloc(0)), `${talk.channel}, ${kind}`).toBe(true);
    }
  });

  it.each(TALKS)('says the same sentences: $about', ({ about }) => {
    const [first, ...others] = all(about);
    const sentences = (talk: Played) => talk.said.map(({ deed, heard }) => [deed, ...heard.map(({ text }) => text)]);
    for (const talk of others) expect(sentences(talk), talk.channel).toEqual(first && sentences(first));
    expect(first && sentences(first).every((lines) => lines.length > 1)).toBe(true);
  });

  it.each(TALKS)('offers the same choices: $about', ({ about }) => {
    const [first, ...others] = all(about);
    const choices = (talk: Played) =>
      talk.said.flatMap(({ deed, heard }) =>
        heard.map(({ options, more }) => [deed, ...(more || options.length > ONE_PAGE ? ['a long list'] : options)]),
      );
    for (const talk of others) expect(choices(talk), talk.channel).toEqual(first && choices(first));
  });
});

function inShort({ village, sector, status, text, files, latitude, longitude }: StoredProposal): string {
  const with_ = [
    ...(files.length > 0 ? [files.map(({ kind }) => kind).join(' ')] : []),
    ...(latitude === null ? [] : [`at ${latitude} ${longitude}`]),
  ];
  return `${village} ${sector} ${status}${with_.length > 0 ? ` (${with_.join(', ')})` : ''}: ${text}`;
}
