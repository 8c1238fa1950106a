import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plain } from '../../src/core/text.ts';
import type {
  Channel,
  ChannelAddress,
  InboundContent,
  InboundEvent,
  OutboundContent,
} from '../../src/messaging/contract.ts';
import { eventually } from './eventually.ts';

/** One channel with one person at the other end, as the shared suite drives it. */
export interface ChannelStage {
  readonly channel: Channel;
  /** The person's private chat; the bot may write to it. */
  readonly address: ChannelAddress;
  /** The person sends a text. */
  says(text: string): Promise<void>;
  /** The person taps the button, or answers with its number where options are a numbered list. */
  taps(label: string): Promise<void>;
  /** The bot's messages as the person sees them now, options included, oldest first. */
  seen(): Promise<readonly string[]>;
  /** An address of this channel that nobody has; null where every address exists. */
  readonly nowhere: ChannelAddress | null;
  /** The person blocks the bot; null where nobody can. */
  readonly blocks: (() => Promise<void>) | null;
  close(): Promise<void>;
}

/** What every channel promises. `refusals`: the platform confirms by itself, so a failed `receive` is not repeated. */
export function describeChannel(
  name: string,
  stage: () => Promise<ChannelStage>,
  traits: { redelivers: boolean },
): void {
  describe(`${name} as a channel`, () => {
    let here: ChannelStage;
    let inbox: InboundEvent[];
    // an event may come twice, live and read back; it is stored once
    const receive = async (events: InboundEvent[]) => {
      for (const event of events) {
        if (!inbox.some(({ eventId }) => eventId === event.eventId)) inbox.push(event);
      }
    };

    beforeEach(async () => {
      inbox = [];
      here = await stage();
    });
    afterEach(async () => {
      await here.channel.stop();
      await here.close();
    });

    const contents = (): (InboundContent | undefined)[] =>
      inbox.map((event) => here.channel.read(event.payload)?.content);
    const send = (content: OutboundContent) => here.channel.send(here.address, content);

    it('hands over what a person says, in order, with the keys of its dialog', async () => {
      await here.channel.start(receive);
      await here.says('Суу жок');
      await here.says('Жол бузулду');
      await eventually(contents).toEqual([
        { kind: 'text', text: 'Суу жок' },
        { kind: 'text', text: 'Жол бузулду' },
      ]);
      const [first, second] = inbox;
      expect(first).toMatchObject({
        channel: here.channel.name,
        account: here.channel.account,
        chatId: here.address.id,
      });
      expect(second?.personId).toBe(first?.personId);
      expect(second?.eventId).not.toBe(first?.eventId);
    });

    it('keeps a payload readable after it was stored as JSON', async () => {
      await here.channel.start(receive);
      await here.says('Мектепке спортзал');
      await eventually(() => inbox.length).toBe(1);
      const stored: unknown = JSON.parse(JSON.stringify(inbox[0]?.payload));
      expect(here.channel.read(stored)).toEqual(here.channel.read(inbox[0]?.payload));
    });

    it.each([[null], [''], [42], [[]], [{}], [{ message: null }], [{ message: { text: 7 } }], [{ kind: 'nothing' }]])(
      'reads %j without throwing',
      (payload) => {
        expect(() => here.channel.read(payload)).not.toThrow();
      },
    );

    it('sends each message under an id of its own', async () => {
      await here.channel.start(receive);
      await here.says('салам');
      await eventually(() => inbox.length).toBe(1);
      const first = await send({ text: 'Биринчи' });
      const second = await send({ text: 'Экинчи' });
      expect(second.externalId).not.toBe(first.externalId);
      await eventually(async () => (await here.seen()).map((text) => text.trim())).toEqual(['Биринчи', 'Экинчи']);
    });

    it('shows what residents wrote letter by letter, never as markup', async () => {
      await here.channel.start(receive);
      await here.says('салам');
      await eventually(() => inbox.length).toBe(1);
      const text = ['<b>Суу</b> & "жол" ', { bold: '<i>*_~`' }];
      await send({ text });
      await eventually(async () => (await here.seen()).join('\n')).toContain('<b>Суу</b> & "жол"');
      expect((await here.seen()).join('\n')).toContain('<i>');
      expect(plain(text)).toContain('<b>Суу</b>');
    });

    it('offers options and brings back the choice', async () => {
      await here.channel.start(receive);
      await here.says('салам');
      await eventually(() => inbox.length).toBe(1);
      const options = [
        { data: 'a1:village:mantysh', label: 'Мантыш' },
        { data: 'a1:village:ortok', label: 'Орток' },
      ];
      await send({ text: 'Кайсы айыл?', options });
      await eventually(async () => (await here.seen()).join('\n')).toContain('Орток');
      await here.taps('Орток');
      await eventually(() => inbox.length).toBe(2);
      const answer = contents()[1];
      expect(answer?.kind === 'pick' ? answer.data : answer).toEqual(
        answer?.kind === 'pick' ? options[1]?.data : { kind: 'text', text: '2' },
      );
    });

    it('still sends after it has stopped receiving', async () => {
      await here.channel.start(receive);
      await here.says('салам');
      await eventually(() => inbox.length).toBe(1);
      await here.channel.stop();
      await send({ text: 'Кабыл алынды' });
      await eventually(async () => (await here.seen()).join('\n')).toContain('Кабыл алынды');
    });

    it('hands over after a new start what was said while it was stopped', async () => {
      await here.channel.start(receive);
      await here.says('биринчи');
      await eventually(() => inbox.length).toBe(1);
      await here.channel.stop();
      await here.says('экинчи');
      await here.channel.start(receive);
      const texts = () => contents().map((content) => (content?.kind === 'text' ? content.text : content?.kind));
      await eventually(texts).toContain('экинчи');
      expect(new Set(inbox.map((event) => event.eventId)).size).toBe(2);
    });

    // a platform that hands a message over once only has nothing to bring again
    const each = traits.redelivers ? it : null;
    each?.('brings a message again, under the same id, until it is stored', async () => {
      const tried: string[] = [];
      await here.channel.start(async (events) => {
        tried.push(...events.map((event) => event.eventId));
        if (tried.length < 3) throw new Error('the database is away');
      });
      await here.says('Суу жок');
      await eventually(() => tried.length).toBeGreaterThanOrEqual(3);
      expect(new Set(tried).size).toBe(1);
    });

    it('says of an address that nobody has that it is gone', async () => {
      if (here.nowhere === null) return;
      await expect(here.channel.send(here.nowhere, { text: 'x' })).rejects.toMatchObject({
        name: 'SendError',
        reason: 'gone',
      });
    });

    it('says of a person who blocked the bot that they did', async () => {
      if (here.blocks === null) return;
      await here.channel.start(receive);
      await here.says('салам');
      await eventually(() => inbox.length).toBe(1);
      await here.blocks();
      await expect(send({ text: 'x' })).rejects.toMatchObject({ name: 'SendError', reason: 'blocked' });
      await eventually(() => contents().at(-1)).toEqual({ kind: 'blocked' });
    });
  });
}
