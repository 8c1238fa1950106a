import { Agent } from 'node:http';
import { Markup, Scenes, session, Telegraf } from 'telegraf';
import type { Store } from './store.ts';
import { BUTTONS, card, receipt, SAYS, villageIn } from './words.ts';

type Session = Scenes.WizardSession<Scenes.WizardSessionData>;
type Ctx = Scenes.WizardContext;

interface Talk {
  text: string;
  language: string;
  village: string;
}

/** The textbook bot of telegraf: a WizardScene, its session in PostgreSQL. */
export async function runTelegrafBot(token: string, apiRoot: string, store: Store, ready: () => void): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  // telegraf takes the agent away, and with it keep-alive, where the root begins with 'http://' in small letters
  const bot = new Telegraf<Ctx>(token, { telegram: { apiRoot: apiRoot.replace('http:', 'HTTP:'), agent } });
  bot.use(session({ store: await sessionsIn(store) }));
  bot.use(new Scenes.Stage<Ctx>([proposalScene(store)]).middleware());
  bot.on('text', (ctx) => ctx.scene.enter('proposal', { text: ctx.message.text }));
  bot.catch((error) => console.error(error));
  await bot.launch(ready);
}

function proposalScene(store: Store): Scenes.WizardScene<Ctx> {
  const ask = async (ctx: Ctx, prompt: string, question: keyof typeof BUTTONS) => {
    await ctx.reply(
      prompt,
      Markup.inlineKeyboard(BUTTONS[question].map(([label, data]) => [Markup.button.callback(label, data)])),
    );
    ctx.wizard.next();
  };
  const tapped = async (ctx: Ctx) => {
    if (ctx.callbackQuery === undefined || !('data' in ctx.callbackQuery)) return null;
    await ctx.answerCbQuery();
    return ctx.callbackQuery.data;
  };
  const talkOf = (ctx: Ctx) => ctx.wizard.state as Talk; // what `enter` was given, filled by the steps
  return new Scenes.WizardScene<Ctx>(
    'proposal',
    (ctx) => ask(ctx, SAYS.language, 'language'),
    async (ctx) => {
      talkOf(ctx).language = (await tapped(ctx)) ?? 'ky';
      await ask(ctx, SAYS.consent, 'consent');
    },
    async (ctx) => {
      if ((await tapped(ctx)) !== 'agree') return ctx.scene.leave();
      const talk = talkOf(ctx);
      talk.village = villageIn(talk.text);
      return ask(ctx, card(talk.text, talk.village), 'card');
    },
    async (ctx) => {
      if ((await tapped(ctx)) !== 'send') return ctx.scene.leave();
      const { language, village, text } = talkOf(ctx);
      const id = await store.insertProposal({ chatId: ctx.chat?.id ?? 0, language, village, text });
      await ctx.reply(receipt(id));
      return ask(ctx, SAYS.sex, 'sex');
    },
    async (ctx) => {
      await tapped(ctx);
      await ask(ctx, SAYS.age, 'age');
    },
    async (ctx) => {
      await tapped(ctx);
      await ctx.reply(SAYS.thanks);
      return ctx.scene.leave();
    },
  );
}

async function sessionsIn({ sql }: Store) {
  await sql`create table if not exists sessions (key text primary key, value text not null)`;
  return {
    async get(key: string): Promise<Session | undefined> {
      const [row] = await sql<{ value: string }[]>`select value from sessions where key = ${key}`;
      return row && (JSON.parse(row.value) as Session);
    },
    set: (key: string, value: Session) => sql`
      insert into sessions (key, value) values (${key}, ${JSON.stringify(value)})
      on conflict (key) do update set value = excluded.value`,
    delete: (key: string) => sql`delete from sessions where key = ${key}`,
  };
}
