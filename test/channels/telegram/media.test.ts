import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchFile } from '../../../src/channels/telegram/media.ts';
import type { MediaRef } from '../../../src/messaging/contract.ts';
import { ApiError } from '../../support/bot-api/api-error.ts';
import { eventually } from '../eventually.ts';
import { type TelegramStage, telegramStage } from './stage.ts';

const MB = 1024 * 1024;

describe(fetchFile.name, () => {
  let stage: TelegramStage;
  beforeEach(async () => {
    stage = await telegramStage();
    await stage.start();
  });
  afterEach(() => stage.close());

  const media = (): MediaRef[] =>
    stage.inbox.flatMap((event) => {
      const content = stage.channel.read(event.payload)?.content;
      return content?.kind === 'media' ? [content.media] : [];
    });

  async function received(): Promise<MediaRef> {
    await eventually(() => media().length).toBe(1);
    return media()[0] as MediaRef;
  }

  const fetched = async (ref: string) => buffer(await stage.channel.fetch(ref));

  it('brings the bytes of a photo as they were sent', async () => {
    const bytes = Uint8Array.from({ length: 3 * MB }, (_, index) => index % 251);
    stage.api.user(7).sendsPhoto(bytes, { caption: 'Көпүрө' });
    const photo = await received();
    expect(photo).toMatchObject({ kind: 'photo', size: 3 * MB });
    expect((await fetched(photo.ref)).equals(bytes)).toBe(true);
  });

  it('brings a voice message', async () => {
    stage.api.user(7).sendsVoice(Buffer.from('OggS…'));
    const voice = await received();
    expect(voice).toMatchObject({ kind: 'voice', mime: 'audio/ogg' });
    expect((await fetched(voice.ref)).toString()).toBe('OggS…');
  });

  it('hands over an album as messages of one album', async () => {
    for (const content of ['a', 'b']) stage.api.user(7).sendsPhoto(Buffer.from(content), { albumId: '99' });
    await eventually(() => media().length).toBe(2);
    expect(stage.inbox.map((event) => stage.channel.read(event.payload)?.content)).toMatchObject([
      { albumId: '99' },
      { albumId: '99' },
    ]);
  });

  it('rejects a file that Telegram itself finds too large', async () => {
    stage.api.user(7).sendsDocument(Buffer.from('x'), { claimedSize: 21 * MB });
    await expect(stage.channel.fetch((await received()).ref)).rejects.toMatchObject({ reason: 'rejected' });
  });

  it('stops at the cap when a file is larger than it was said to be', async () => {
    stage.api.user(7).sendsDocument(Buffer.alloc(21 * MB), { claimedSize: 10 });
    const { ref } = await received();
    const size = fetched(ref).then((bytes) => bytes.byteLength);
    await expect(size).rejects.toMatchObject({ name: 'SendError', reason: 'rejected' });
  });

  it('says that a file is gone', async () => {
    await expect(stage.channel.fetch('never-seen')).rejects.toMatchObject({ reason: 'gone' });
    stage.api.user(7).sendsDocument(Buffer.from('x'));
    const { ref } = await received();
    for (const file of stage.api.world.files.values()) file.gone = true;
    await expect(stage.channel.fetch(ref)).rejects.toMatchObject({ reason: 'gone' });
  });

  it('never ends short without an error when the connection breaks', async () => {
    stage.api.user(7).sendsDocument(Buffer.alloc(MB, 7));
    const { ref } = await received();
    stage.api.fails({ method: 'file', cut: 'after' });
    await expect(fetched(ref)).rejects.toMatchObject({ name: 'SendError', reason: 'unreachable' });
    expect((await fetched(ref)).byteLength).toBe(MB);
  });

  it('says trouble of the server in words of the sender', async () => {
    stage.api.fails({ method: 'getFile', error: new ApiError(502, 'Bad Gateway') });
    await expect(stage.channel.fetch('x')).rejects.toMatchObject({ name: 'SendError', reason: 'unreachable' });
  });
});
