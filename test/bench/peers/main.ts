/** `main.ts grammy|telegraf|echo`: one of the bots that ours is measured against. Says `{}` once it polls. */
const [which] = process.argv.slice(2);
const { TELEGRAM_BOT_TOKEN: token = '', TELEGRAM_API_ROOT: apiRoot = '', DATABASE_URL: databaseUrl = '' } = process.env;
const ready = () => console.log('{}');

if (which === 'echo') {
  const { runEchoBot } = await import('./echo-bot.ts');
  await runEchoBot(token, apiRoot, ready);
} else {
  const { openStore } = await import('./store.ts');
  const store = await openStore(databaseUrl);
  if (which === 'grammy') {
    const { runGrammyBot } = await import('./grammy-bot.ts');
    await runGrammyBot(token, apiRoot, store, ready);
  } else {
    const { runTelegrafBot } = await import('./telegraf-bot.ts');
    await runTelegrafBot(token, apiRoot, store, ready);
  }
}
