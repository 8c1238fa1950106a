import type { SimulatorChannel } from '../../src/channels/simulator/channel.ts';
import { bold, type Text } from '../../src/core/text.ts';
import type { InboundEvent, OutboundContent } from '../../src/messaging/contract.ts';

const VILLAGES = ['Мантыш', 'Кызыл-Дөбө', 'Кара-Мойнок', 'Орток', 'Ак-Талаа'];

/** The far side of the simulator, in place of the bot: answers through `send` what tests can tell apart. */
export function answeringBot(channel: SimulatorChannel) {
  const events: InboundEvent[] = [];
  const answer = async (event: InboundEvent) => {
    const message = channel.read(event.payload);
    const say = (content: OutboundContent) =>
      channel.send({ channel: 'simulator', account: event.account, id: event.chatId }, content);
    if (message === null) return;
    const { content } = message;
    if (content.kind === 'pick' && content.data === 'card:next') {
      await say({
        text: 'Дагы айылдар',
        options: [{ data: 'card:orto', label: 'Орток' }],
        replaces: message.messageId ?? '',
      });
    } else if (content.kind === 'pick') await say({ text: ['Тандалды: ', bold(content.data)] });
    else if (content.kind === 'media') await say({ text: `Файл келди: ${content.media.kind}` });
    else if (content.kind === 'location') await say({ text: 'Жайгашкан жери кошулду' });
    else if (content.kind === 'text' && /салам/i.test(content.text)) {
      await say({
        text: 'Саламатсызбы! Айылыңызга эмне керек? Бир билдирүү кылып жазыңыз же үн жибериңиз.',
      });
      await say({
        text: 'Кайсы айылдансыз?',
        options: VILLAGES.map((label, index) => ({
          data: `card:v${index}`,
          label,
        })),
      });
    } else if (content.kind === 'text') await say(card(content.text));
  };
  return {
    events,
    receive: async (batch: InboundEvent[]) => {
      events.push(...batch);
      for (const event of batch) await answer(event);
    },
  };
}

function card(words: string): OutboundContent {
  const text: Text = [
    bold('Текшерип көрүңүз:'),
    `\n«${words}»\n\nАйыл: `,
    bold('Мантыш'),
    '\nБагыты: ',
    bold('Таза суу'),
  ];
  const labels = ['Жөнөтүү', 'Айылды өзгөртүү', 'Багытын өзгөртүү', 'Сүрөт кошуу', 'Оңдоо', 'Жокко чыгаруу'];
  return {
    text,
    compact: true,
    options: labels.map((label, index) => ({
      data: index === 1 ? 'card:next' : `card:${index}`,
      label,
    })),
  };
}
