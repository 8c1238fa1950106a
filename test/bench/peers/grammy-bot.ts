import {
  type Conversation,
  type ConversationData,
  type ConversationFlavor,
  conversations,
  createConversation,
  type VersionedState,
} from '@grammyjs/conversations';
import { PsqlAdapter } from '@grammyjs/storage-psql';
import { Bot, type Context, InlineKeyboard } from 'grammy';
import { pollSideBySide } from './poll.ts';
import type { Store } from './store.ts';
import { BUTTONS, card, receipt, SAYS, villageIn } from './words.ts';

type Outside = ConversationFlavor<Context>;

/** The textbook bot of grammY: `conversations()` with its psql storage. */
export async function runGrammyBot(token: string, apiRoot: string, store: Store, ready: () => void): Promise<void> {
  const client = {
    query: async (text: string, values: string[] = []) => ({
      rows: await store.sql.unsafe(text, values, { prepare: true }),
    }),
  };
  const table = await PsqlAdapter.create({ tableName: 'conversations', client });
  const storage = {
    read: async (key: string) => (await table.read(key)) as VersionedState<ConversationData> | undefined,
    write: (key: string, state: VersionedState<ConversationData>) => table.write(key, state),
    delete: (key: string) => table.delete(key),
  };
  const bot = new Bot<Outside>(token, { client: { apiRoot } });
  bot.use(conversations<Outside, Context>({ storage }));
  bot.use(createConversation(proposal(store), 'proposal'));
  bot.on('message:text', (ctx) => ctx.conversation.enter('proposal', ctx.message.text));
  await bot.init();
  ready();
  await pollSideBySide(bot);
}

function proposal(store: Store) {
  return async (conversation: Conversation<Outside, Context>, ctx: Context, text: string) => {
    const choose = async (prompt: string, question: keyof typeof BUTTONS) => {
      const keyboard = InlineKeyboard.from(
        BUTTONS[question].map(([label, data]) => [InlineKeyboard.text(label, data)]),
      );
      await ctx.reply(prompt, { reply_markup: keyboard });
      const tap = await conversation.waitFor('callback_query:data');
      await tap.answerCallbackQuery();
      return tap.callbackQuery.data;
    };
    const language = await choose(SAYS.language, 'language');
    if ((await choose(SAYS.consent, 'consent')) !== 'agree') return;
    const village = villageIn(text);
    if ((await choose(card(text, village), 'card')) !== 'send') return;
    const chatId = ctx.chat?.id ?? 0;
    const id = await conversation.external(() => store.insertProposal({ chatId, language, village, text }));
    await ctx.reply(receipt(id));
    await choose(SAYS.sex, 'sex');
    await choose(SAYS.age, 'age');
    await ctx.reply(SAYS.thanks);
  };
}
