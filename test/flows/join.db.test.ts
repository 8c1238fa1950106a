import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { translator } from '../../src/core/texts.ts';
import { storeEvents } from '../../src/messaging/inbox.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { describeMyData } from '../../src/privacy/describe-my-data.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { findResidentByAddress, listAddresses } from '../../src/residents/queries.ts';
import { addresses, residents } from '../../src/residents/tables.ts';
import { findMemberships } from '../../src/staff/queries.ts';
import { startBotApi } from '../support/bot-api/bot-api.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenResident, givenStaff } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { everything, latinWords, type Person, TestClock, textEvent, useTalk } from '../support/talk.ts';

const world = useTalk();
const { as } = world;
const t = translator('ky');
const ofSimulator = (id: string) => ({ channel: 'simulator', account: 'local', id }) as const;

const registered = async (name: string): Promise<Person> => {
  const person = as(name);
  await person.registers();
  return person;
};

/** Asks for a code; returns it as it is shown. */
async function codeOf(person: Person, words = '/join'): Promise<string> {
  const said = (await person.says(words)).join('\n');
  const [code] = /\d{3} \d{3}/.exec(said) ?? [];
  if (code === undefined) throw new Error(`no code in: ${said}`);
  return code;
}

const residentOf = async (name: string) =>
  (await findResidentByAddress(world.database.db, ofSimulator(name)))?.id ?? null;

describe('join', () => {
  it('gives a code, joins the chat that types it and asks where notices go', async () => {
    const one = await registered('one');
    const other = await registered('other');
    const kept = await residentOf('one');
    expect((await one.says('кошуу')).map((text) => text.replace(/\d{3} \d{3}/, 'NNN NNN'))).toEqual([
      'Башка чатыңызга мына ушуну жазыңыз: «кошуу NNN NNN». Код 20 мүнөт жарактуу, аны эч кимге бербеңиз.',
    ]);
    const code = await codeOf(one);
    expect(await other.says(`кошуу ${code}`)).toEqual([
      `${t('join-ask', { channel: 'Симулятор' })} [Ооба, менин чатым|Жок]`,
    ]);
    expect(await residentOf('other')).not.toBe(kept);
    const before = one.heard.length;
    expect(await other.taps('Ооба, менин чатым')).toEqual([
      'Болду, эки чатыңыз бириктирилди. Сунуштарыңыз экөөндө тең көрүнөт.',
      'Билдирүүлөр кайсы чатка келсин? [Симулятор № 1|Симулятор (ушул)]',
    ]);
    expect(one.heard.slice(before)).toEqual([
      'Бул чат эми Симулятор чатыңыз менен бирге. Муну сиз кылбасаңыз, дароо айыл өкмөтүнө айтыңыз.',
    ]);
    expect(await other.taps('Симулятор № 1')).toEqual([
      'Болду, билдирүүлөр Симулятор № 1 чатыңызга келет. Өзгөртүү үчүн «кошуу» деп жазыңыз.',
    ]);
    expect(await residentOf('other')).toBe(kept);
    expect((await describeMyData(world.database.db, kept ?? 0)).noticesTo).toEqual(ofSimulator('one'));
    expect((await other.says('менин сунуштарым'))[0]).toContain('Сиздин сунуштарыңыз: 2.');
    for (const person of [one, other]) expect(latinWords(person)).toEqual([]);
    expect((await one.says('маалыматым'))[0]).toContain('Чаттагы дарегиңиз: Симулятор, other');
  });

  it('asks whoever has several chats which one notices go to, and gives one more code', async () => {
    const one = as('one');
    expect(await one.says('/join')).toEqual([
      'Билдирүүлөр азыр Симулятор (ушул) чатыңызга келет. Кайсы чатка келсин? [Симулятор (ушул)|Симулятор № 2|Дагы чат кошуу]',
    ]);
    await one.taps('Симулятор № 2');
    const kept = (await residentOf('one')) ?? 0;
    expect((await describeMyData(world.database.db, kept)).noticesTo).toEqual(ofSimulator('other'));
    await one.says('/join');
    expect((await one.taps('Дагы чат кошуу'))[0]).toMatch(/«кошуу \d{3} \d{3}»/);
  });

  it('takes numbers in place of buttons, in Russian', async () => {
    const one = await registered('ru-one');
    await one.says('русский');
    await one.says('язык');
    await one.says('2');
    const other = as('ru-other', 'numbers');
    const code = await codeOf(one, 'соединить');
    await other.says(`/join ${code}`);
    const asked = await other.says('2');
    expect(asked.join('\n')).toContain('Это ваш чат в Симулятор?');
    const joined = await other.says('1');
    expect(joined.join('\n')).toContain('В какой чат присылать уведомления?');
    expect((await other.says('2'))[0]).toContain('Готово, уведомления будут приходить в Симулятор (этот).');
    expect(await residentOf('ru-other')).toBe(await residentOf('ru-one'));
  });

  it('makes one of a stranger’s chat without asking for anything else', async () => {
    const one = await registered('known');
    const stranger = as('stranger');
    const code = await codeOf(one);
    await stranger.says(`/start join_${code.replace(' ', '')}`);
    expect((await stranger.taps('Кыргызча')).join('\n')).toContain(t('btn-join-yes'));
    await stranger.taps('Ооба, менин чатым');
    await stranger.taps('Симулятор (ушул)');
    expect(await residentOf('stranger')).toBe(await residentOf('known'));
    expect((await stranger.says('менин сунуштарым'))[0]).toContain('Сиздин сунуштарыңыз: 1.');
  });

  it('joins nothing where the person says no, and the code still counts', async () => {
    const one = await registered('no-one');
    const other = await registered('no-other');
    const code = await codeOf(one);
    await other.says(`/join ${code}`);
    expect(await other.says('жок')).toEqual([t('join-kept')]);
    expect(await residentOf('no-other')).not.toBe(await residentOf('no-one'));
    expect((await other.says(`/join ${code}`))[0]).toContain(t('btn-join-yes'));
  });

  it('asks for the end of a draft first, and keeps it; a code is given in its midst', async () => {
    const one = await registered('draft-one');
    const other = await registered('draft-other');
    await other.says('Мантышта суу жок, оңдоп бериңиздер');
    const code = await codeOf(one);
    const said = await other.says(`/join ${code}`);
    expect(said[0]).toBe(t('join-draft'));
    expect(said[1]).toContain('«Мантышта суу жок, оңдоп бериңиздер»');
    expect((await other.taps('Жөнөтүү'))[0]).toContain('катталды');
    await one.says('Мантышта көпүрө бузулуп калды');
    const [told, card] = await one.says('/join');
    expect(told).toMatch(/«кошуу \d{3} \d{3}»/);
    expect(card).toContain('«Мантышта көпүрө бузулуп калды»');
    expect((await one.taps('Жөнөтүү'))[0]).toContain('катталды');
  });

  it('lets the draft of whoever gave the code go on after the other chat was joined', async () => {
    const one = await registered('goes-on');
    const other = await registered('goes-on-other');
    const code = await codeOf(one);
    await one.says('Мантышта мектептин чатыры тешик');
    await other.says(`/join ${code}`);
    await other.taps('Ооба, менин чатым');
    expect((await one.taps('Жөнөтүү'))[0]).toContain('катталды');
    const residentId = (await residentOf('goes-on')) ?? 0;
    expect(await world.database.db.$count(proposals, eq(proposals.residentId, residentId))).toBe(3);
  });

  it.each([
    ['somebody whom nobody knows and who asks for a code', 'nobody', '/join', 'join-unknown'],
    ['a code with too few digits', 'one', '/join 12 34', 'join-unreadable'],
    ['a code that nobody was given', 'wrong', '/join 000000', 'join-wrong'],
  ] as const)('tells %s why not', async (_, name, text, key) => {
    const person = as(name);
    if (name !== 'one') {
      await person.says('салам');
      await person.taps('Кыргызча');
    }
    expect(await person.says(text)).toEqual([t(key)]);
  });

  it('tells that a code was given in this chat, in one that is joined already, is used or too old', async () => {
    const one = await registered('why-one');
    const other = await registered('why-other');
    const third = await registered('why-third');
    const code = await codeOf(one);
    expect(await one.says(`/join ${code}`)).toEqual([t('join-own')]);
    await other.says(`/join ${code}`);
    await other.taps('Ооба, менин чатым');
    await other.taps('Симулятор (ушул)');
    expect(await third.says(`/join ${code}`)).toEqual([t('join-used')]);
    await one.says('/join');
    const [fresh = ''] = /\d{3} \d{3}/.exec((await one.taps('Дагы чат кошуу')).join('')) ?? [];
    expect(await other.says(`/join ${fresh}`)).toEqual([t('join-same')]);
    world.talk.clock.pass(21 * 60_000);
    expect(await third.says(`/join ${fresh}`)).toEqual([t('join-expired')]);
    expect(await third.says('/join 111 111')).toEqual([`${t('join-wrong')} ${t('join-pause', { minutes: 1 })}`]);
    expect(await third.says('/join 111 111')).toEqual([t('join-pause', { minutes: 1 })]);
    expect(await third.says('/join 111 111')).toEqual([]);
  });

  it('checks a code again when the person has thought too long', async () => {
    const one = await registered('late-one');
    const other = await registered('late-other');
    await other.says(`/join ${await codeOf(one)}`);
    world.talk.clock.pass(30 * 60_000);
    expect(await other.taps('Ооба, менин чатым')).toEqual([t('join-expired')]);
    expect(await residentOf('late-other')).not.toBe(await residentOf('late-one'));
  });

  it('warns whoever works in the okmotu that their role goes along, and moves it', async () => {
    const one = await registered('office-one');
    const other = await registered('office-other');
    const municipality = (await loadPlaces(world.database.db)).municipalityByCode('KS');
    await givenStaff(testContext(world.database.db), municipality ?? { id: 0 }, 'officer', ofSimulator('office-other'));
    const [asked] = await other.says(`/join ${await codeOf(one)}`);
    expect(asked).toContain(t('join-ask-staff'));
    await other.taps('Ооба, менин чатым');
    expect((await one.says('/stats'))[0]).not.toBe(t('no-right'));
    expect((await findMemberships(world.database.db, [ofSimulator('office-one')])).size).toBe(1);
  });

  it('takes a need that begins like the word as a proposal', async () => {
    const one = await registered('need-one');
    expect((await one.says('Кошуу керек эки чырак Мантышта'))[0]).toContain('Текшерип көрүңүз');
  });

  it('keeps no code, and lets both chats be erased by one', async () => {
    const one = await registered('gone-one');
    const other = await registered('gone-other');
    const code = await codeOf(one);
    await other.says(`/join ${code}`);
    await other.taps('Ооба, менин чатым');
    await other.taps('Симулятор (ушул)');
    expect(await everything(world.database)).not.toMatch(new RegExp(`${code}|${code.replace(' ', '')}`));
    await one.says('маалыматымды өчүр');
    await one.taps('Ооба, өчүрүлсүн');
    expect(await residentOf('gone-one')).toBeNull();
    expect(await residentOf('gone-other')).toBeNull();
    expect(await everything(world.database)).not.toMatch(/gone-o/);
  });
});

describe('join of Telegram and the simulator, and of WhatsApp', () => {
  const database = useDatabase();

  it('leads by a link from the one to the other, and keeps the channels of what was proposed', async () => {
    const api = await startBotApi({});
    const env = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SIMULATOR: 'local', PORT: '0' };
    const config = readConfig({ ...env, DATA_DIR: database.dataDir }, false);
    const clock = new TestClock('2026-10-05T10:00:00+06:00');
    const app = await createApp({ config, open: database.open, clock, log: silentLog });
    const { url } = await app.start();
    try {
      const ctx = testContext(database.db, { clock });
      const aigul = await givenResident(ctx, { address: ofSimulator('aigul'), villageId: 'mantysh' });
      const [phone] = api.acquaintances([77]);
      if (phone === undefined) throw new Error('nobody there');
      const telegram = { channel: 'telegram', account: String(api.bot.id), id: '77' } as const;
      await givenResident(ctx, { address: telegram, villageId: 'mantysh' });
      app.runner.wake(await storeEvents(database.db, [textEvent('aigul', '/join')]));
      const link = /t\.me\/sunush_test_bot\?start=(join_\d{6})/;
      await expect.poll(async () => (await fetch(`${url}/simulator`)).text()).toMatch(link);
      const [, payload = ''] = link.exec(await (await fetch(`${url}/simulator`)).text()) ?? [];
      phone.sends(`/start ${payload}`);
      await phone.hears(/Бул сиздин Симулятор чатыңызбы/);
      phone.taps('Ооба, менин чатым');
      await phone.hears(/Билдирүүлөр кайсы чатка келсин/);
      phone.taps('Telegram');
      await phone.hears(/билдирүүлөр Telegram чатыңызга келет/);
      expect(await listAddresses(database.db, aigul.id)).toEqual([ofSimulator('aigul'), telegram]);
      expect((await describeMyData(database.db, aigul.id)).noticesTo).toEqual(telegram);
      expect(await database.db.$count(residents, sql`${residents.erasedAt} is not null`)).toBe(1);
      expect(await database.db.$count(addresses)).toBe(2);
    } finally {
      await app.stop();
      await api.close();
    }
  });
});
