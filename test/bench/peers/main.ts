/**
 * `main.ts grammy|telegraf|echo`: one of the bots that ours is measured against. Says `{}` once it polls.
 * `main.ts loop|throttler FIRST COUNT PER_SECOND`: sends to so many chats, then says what that took.
 */
const [which, ...numbers] = process.argv.slice(2);
const { TELEGRAM_BOT_TOKEN: token = '', TELEGRAM_API_ROOT: apiRoot = '', DATABASE_URL: databaseUrl = '' } = process.env;
const ready = () => console.log('{}');

if (which === 'echo') {
  const { runEchoBot } = await import('./echo-bot.ts');
  await runEchoBot(token, apiRoot, ready);
} else if (which === 'loop' || which === 'throttler') {
  const { broadcast } = await import('./broadcast.ts');
  const [first = 0, count = 0, perSecond = 30] = numbers.map(Number);
  const chats = Array.from({ length: count }, (_, at) => first + at);
  await broadcast(which, { token, apiRoot }, chats, perSecond);
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpuMs: (user + system) / 1_000 }));
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
