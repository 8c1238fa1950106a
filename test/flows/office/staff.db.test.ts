import { userInfo } from 'node:os';
import { and, eq, like } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditLog } from '../../../src/audit/tables.ts';
import { translator } from '../../../src/core/texts.ts';
import { dialogs } from '../../../src/messaging/tables.ts';
import { loadPlaces, type Municipality } from '../../../src/places/places.ts';
import { changeRole } from '../../../src/staff/change-role.ts';
import { newCode, showCode } from '../../../src/staff/codes.ts';
import { inviteStaff } from '../../../src/staff/invite-staff.ts';
import { removeStaff } from '../../../src/staff/remove-staff.ts';
import type { Role } from '../../../src/staff/rights.ts';
import { staff, staffInvitations } from '../../../src/staff/tables.ts';
import type { Report } from '../../../src/statistics/report.ts';
import { startBotApi } from '../../support/bot-api/bot-api.ts';
import { testContext } from '../../support/database.ts';
import { givenStaff } from '../../support/given.ts';
import { runSunush } from '../../support/run-sunush.ts';
import { everything, useTalk } from '../../support/talk.ts';

const world = useTalk();
let municipality: Municipality;
beforeAll(async () => {
  const [first] = (await loadPlaces(world.database.db)).municipalities;
  if (first === undefined) throw new Error('no municipality');
  municipality = first;
});

const operator = () =>
  testContext(world.database.db, { actor: { type: 'operator', name: 'root' }, clock: world.talk.clock });
const codeFor = async (role: Role, name: string | null = null) =>
  (await inviteStaff(operator(), { municipalityId: municipality.id, role, name })).code;
/** Somebody of the staff at a chat of their own, who speaks Kyrgyz. */
const member = (role: Role, id: string, name: string) =>
  givenStaff(operator(), municipality, role, { channel: 'simulator', account: 'local', id }, { name });
const t = translator('ky');
const HOUR_MS = 3_600_000;

const audits = (action: string) =>
  world.database.db.select().from(auditLog).where(eq(auditLog.action, action)).orderBy(auditLog.id);

describe('staff', () => {
  it('lets a stranger join by a code, and asks for the language first', async () => {
    const code = await codeFor('officer', 'Айнура');
    await world.as('ainura').plays(`
      > /staff ${showCode(code).toLowerCase()}
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > [Кыргызча]
      Кош келиңиз! Кара-Суу айыл аймагы боюнча ролуңуз: айыл өкмөтүнүн кызматкери.
      Иштөө үчүн жазыңыз: «жаңы сунуштар», «кагаз сунуш», «жыйын», «план», «кулактандыруу», «таблица», «статистика».
      > кызматкерлер
      Кызматкерлер: 1
      Айнура — айыл өкмөтүнүн кызматкери
    `);
    const [used] = await world.database.db.select().from(staffInvitations);
    expect(used).toMatchObject({ name: null, usedAt: expect.any(Date) });
    expect(await everything(world.database)).not.toContain(code);
  });

  it('takes the code of a link, and words in Russian, from residents too', async () => {
    const resident = world.as('joins-by-link');
    await resident.registers();
    const linked = await resident.says(`/start staff_${await codeFor('deputy')}`);
    expect(linked[0]).toContain('ролуңуз: депутат');
    const other = world.as('joins-by-words');
    await other.registers();
    expect((await other.says(`Сотрудник ${await codeFor('working-group')}`))[0]).toContain('жумушчу топтун мүчөсү');
    expect((await other.says('/staff'))[0]).toContain('Кызматкерлер: ');
    expect(await resident.says('/staff')).toEqual([t('no-right')]);
  });

  it('keeps a draft that a code interrupts', async () => {
    const person = world.as('joins-in-a-draft');
    await person.registers();
    await person.says('Мантышта көпүрө бузулуп калды');
    const said = await person.says(`/staff ${await codeFor('officer')}`);
    expect(said[0]).toContain('Кош келиңиз');
    expect(said.at(-1)).toContain('көпүрө бузулуп калды');
  });

  it('refuses a code that was used, has run out, or is wrong, in one and the same sentence', async () => {
    const person = world.as('late');
    await person.registers();
    const used = await codeFor('officer');
    await world.as('quick').registers();
    await world.as('quick').says(`/staff ${used}`);
    const old = await codeFor('officer');
    expect(await person.says(`/staff ${used}`)).toEqual([t('staff-code-wrong')]);
    world.talk.clock.pass(48 * HOUR_MS);
    expect(await person.says(`/staff ${old}`)).toEqual([t('staff-code-wrong')]);
    expect(await world.as('stranger-without-a-code').says('/staff')).toEqual([t('no-right')]);
  });

  it('slows whoever guesses down, then falls silent, also after /forget', async () => {
    const guesser = world.as('guesser');
    await guesser.registers();
    const guess = () => guesser.says(`/staff ${showCode(newCode())}`);
    const good = await codeFor('admin');
    expect(await guess()).toEqual([t('staff-code-wrong')]);
    expect(await guesser.says('/staff abc')).toEqual([t('staff-code-wrong')]);
    expect(await guess()).toEqual([t('staff-code-wrong-pause', { minutes: 1 })]);
    expect(await guesser.says(`/staff ${good}`)).toEqual([t('staff-code-pause', { minutes: 1 })]);
    expect(await guesser.says(`/staff ${good}`)).toEqual([]);
    await guesser.says('/forget');
    await guesser.taps(t('btn-forget-yes'));
    await guesser.says('салам');
    await guesser.taps('Кыргызча');
    world.talk.clock.pass(HOUR_MS);
    expect(await guess()).toEqual([t('staff-code-wrong-pause', { minutes: 2 })]);
    for (const _ of [5, 6, 7, 8]) {
      world.talk.clock.pass(HOUR_MS);
      await guess();
    }
    world.talk.clock.pass(HOUR_MS);
    expect(await guess()).toEqual([]);
    world.talk.clock.pass(12 * HOUR_MS);
    expect(await guesser.says(`/staff ${good}`)).toEqual([]);
    world.talk.clock.pass(12 * HOUR_MS);
    expect((await guesser.says(`/staff ${good}`))[0]).toContain('Кош келиңиз');
    const refused = await audits('staff.code-refused');
    expect(refused.at(-1)).toMatchObject({ actor: 'system:chat', subject: 'stranger', after: { failed: 8 } });
    expect(JSON.stringify(refused)).not.toMatch(/[A-Z]{5}/);
  });

  it('lets an admin invite, change and remove', async () => {
    const admin = await member('admin', 'asel', 'Асел');
    await member('officer', 'bakyt', 'Бакыт');
    const asel = world.as('asel');
    await asel.says('/staff');
    await asel.taps('Кызматкер чакыруу');
    await asel.taps('Депутат');
    const [told = '', words = ''] = await asel.says('Гүлнара');
    const [code = ''] = /[A-Z0-9]{5}-[A-Z0-9]{5}/.exec(told) ?? [];
    expect(told).toBe(t('staff-invite', { code, role: 'депутат' }));
    expect(words).toBe(t('staff-invite-words', { code }));
    const rows = await world.database.db.select().from(dialogs).where(eq(dialogs.chatId, 'asel'));
    expect(JSON.stringify(rows)).not.toContain(code.replace('-', ''));
    await world.as('gulnara').says(`кызматкер ${code}`);
    expect((await world.as('gulnara').taps('Кыргызча'))[0]).toContain('депутат');
    expect((await asel.says('/staff'))[0]).toContain('Гүлнара — депутат');
    await asel.taps('Бакыт — айыл өкмөтүнүн кызматкери');
    await asel.taps(t('btn-staff-role'));
    expect(await asel.taps('Жумушчу топтун мүчөсү')).toEqual([
      t('staff-role-changed', { role: 'жумушчу топтун мүчөсү' }),
      expect.stringContaining('Бакыт — жумушчу топтун мүчөсү'),
    ]);
    await asel.taps('Бакыт — жумушчу топтун мүчөсү');
    await asel.taps(t('btn-staff-remove'));
    expect((await asel.taps(t('btn-staff-remove-yes')))[0]).toBe(t('staff-removed'));
    const by = and(eq(auditLog.actor, `staff:${admin.staffId}`), like(auditLog.action, 'staff.%'));
    const done = await world.database.db.select().from(auditLog).where(by).orderBy(auditLog.id);
    expect(done.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: 'staff.invite', before: null, after: { role: 'deputy' } },
      { action: 'staff.change-role', before: { role: 'officer' }, after: { role: 'working-group' } },
      { action: 'staff.remove', before: { role: 'working-group' }, after: { role: null } },
    ]);
  });

  it('takes an invitation back', async () => {
    await member('admin', 'takes-back', 'Нурлан');
    const code = await codeFor('officer', 'Чолпон');
    const admin = world.as('takes-back');
    await admin.says('/staff');
    await admin.taps('Чолпон — айыл өкмөтүнүн кызматкери');
    await admin.taps(t('btn-staff-revoke'));
    expect((await admin.taps(t('btn-staff-revoke-yes')))[0]).toBe(t('staff-revoked'));
    const late = world.as('taken-back');
    await late.registers();
    expect(await late.says(`/staff ${code}`)).toEqual([t('staff-code-wrong')]);
  });

  it('does not lose the last admin by the chat; the operator may', async () => {
    const others = await world.database.db.select().from(staff).where(eq(staff.role, 'admin'));
    for (const { id, removedAt } of others) {
      if (removedAt === null) await removeStaff(operator(), { municipalityId: municipality.id, staffId: id });
    }
    const { staffId } = await member('admin', 'last', 'Жалгыз');
    const last = world.as('last');
    await last.says('/staff');
    await last.taps('Жалгыз — администратор');
    await last.taps(t('btn-staff-remove'));
    expect((await last.taps(t('btn-staff-remove-yes')))[0]).toBe(t('staff-last-admin'));
    await last.taps('Жалгыз — администратор');
    await last.taps(t('btn-staff-role'));
    expect((await last.taps('Депутат'))[0]).toBe(t('staff-last-admin'));
    await changeRole(operator(), { municipalityId: municipality.id, staffId, role: 'deputy' });
    expect(await last.taps('Жалгыз — администратор')).toEqual([t('no-right')]);
  });

  it('ends the conversation of whoever is removed in the middle of it', async () => {
    const { staffId } = await member('admin', 'removed', 'Кеткен');
    await member('admin', 'stays', 'Калган');
    const removed = world.as('removed');
    await removed.says('/staff');
    await removed.taps('Калган — администратор');
    await removed.taps(t('btn-staff-remove'));
    await removeStaff(operator(), { municipalityId: municipality.id, staffId });
    expect(await removed.taps(t('btn-staff-remove-yes'))).toEqual([t('no-right')]);
    expect((await audits('right.denied')).at(-1)).toMatchObject({
      actor: `staff:${staffId}`,
      after: { right: 'staff.list' },
    });
    expect((await removed.says('салам'))[0]).toContain(t('hello'));
    expect(await removed.says('/staff')).toEqual([t('no-right')]);
    expect((await world.as('stays').says('/staff'))[0]).toContain('Калган — администратор');
  });

  it('forgets somebody of the staff in the conversations of colleagues, too', async () => {
    await member('officer', 'goes', 'Жибек Осмонова');
    await member('admin', 'lists', 'Тизмечи');
    const [goes, lists, opens] = [world.as('goes'), world.as('lists'), world.as('shares')];
    await member('officer', 'shares', 'Кезекчи');
    await world.as('sends').registers();
    await goes.says('/inbox');
    expect((await opens.says('/inbox')).join()).toContain('Жибек Осмонова');
    expect((await lists.says('/staff')).join()).toContain('Жибек Осмонова');
    await goes.says('/forget');
    await goes.taps('Ооба, өчүрүлсүн');
    expect(await everything(world.database.open)).not.toContain('Жибек');
    expect((await lists.says('1')).join()).not.toContain('Жибек');
  });

  it('begins the menu of staff with their work, of each role its own', async () => {
    await member('deputy', 'looks', 'Депутат');
    const menu = (await world.as('looks').says('меню')).at(-1);
    expect(menu).toContain('[Жаңы сунуштар|План|Кулактандыруу|Таблица|Статистика|Сунуш жазуу|');
    expect((await world.as('looks').says('жардам'))[0]).toContain(t('staff-can-deputy'));
    expect((await world.as('stays').says('меню')).at(-1)).toContain('Статистика|Группалар|Кызматкерлер|Сунуш жазуу');
    expect((await world.as('looks').taps('Статистика'))[0]).toContain('Статистика: Кара-Суу');
  });

  it('does nothing for a resident who presses buttons of the staff', async () => {
    await member('admin', 'shows', 'Көрсөткөн');
    await world.as('shows').says('/staff');
    const data =
      world
        .as('shows')
        .chat.at(-1)
        ?.options.map((option) => option.data) ?? [];
    const forger = world.as('forger');
    await forger.registers();
    const before = await world.database.db.select().from(staff);
    for (const forged of [...data, 'go:staff:x', 'go:stats:x']) {
      const said = await forger.does({ kind: 'pick', data: forged, messageId: 'forged' });
      expect(said.join()).not.toMatch(/Кызматкерлер|Статистика/);
    }
    expect(await world.database.db.select().from(staff)).toEqual(before);
  });
});

describe('sunush staff', () => {
  const run = (...args: string[]) => runSunush(['staff', ...args], world.database.env);

  it('invites with a link where Telegram is on, lists, changes and removes', async () => {
    const api = await startBotApi({ username: 'sunush_test_bot' });
    const telegram = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root };
    const invited = await runSunush(['staff', 'invite', '--role', 'officer', '--name', 'Терминал', '--json'], {
      ...world.database.env,
      ...telegram,
    });
    await api.close();
    const { code, link } = JSON.parse(invited.out) as { code: string; link: string };
    expect(link).toBe(`https://t.me/sunush_test_bot?start=staff_${code.replace('-', '')}`);
    expect((await run('list')).out).toMatch(/^invitation \d+\tofficer\tТерминал\tuntil /m);
    await world.as('by-operator').says(`/staff ${code}`);
    await world.as('by-operator').taps('Русский');
    const { members } = JSON.parse((await run('list', '--json')).out) as {
      members: { staffId: number; name: string; role: string }[];
    };
    const id = String(members.find(({ name }) => name === 'Терминал')?.staffId);
    expect(await run('change', id, '--role', 'deputy')).toMatchObject({ code: 0, err: 'Now deputy.\n' });
    expect(await run('remove', id)).toMatchObject({ code: 0, err: 'Removed.\n' });
    expect(await run('remove', id)).toMatchObject({ code: 1, err: `staff ${id}: not there, or removed\n` });
    expect((await audits('staff.remove')).at(-1)).toMatchObject({
      actor: `operator:${userInfo().username}`,
      subject: `staff:${id}`,
      before: { role: 'deputy' },
    });
  });
});

describe('stats', () => {
  it('tells who takes part in a few lines, and more by a button each', async () => {
    await member('officer', 'counts', 'Санаган');
    const officer = world.as('counts');
    const [figures = ''] = await officer.says('статистика');
    expect(figures).toMatch(/^Статистика: Кара-Суу\nЭсептелген убактысы: 2026-жылдын/);
    expect(figures).toMatch(/Келген сунуштар: \d+\nЖазган адамдар: \d+, колдогондор: 0/);
    expect(figures).toContain('Жазгандар арасында аялдар: азырынча белгисиз, максат — 30 %.');
    expect(figures).toContain('Сунуш келе элек айылдар: ');
    expect((await officer.taps(t('btn-stats-village')))[0]).toMatch(/^Мантыш: \d+ сунуш, \d+ адам/);
    for (const detail of ['sector', 'people', 'month', 'way'] as const) {
      expect((await officer.taps(t(`btn-stats-${detail}`)))[0]).toContain(' сунуш, ');
    }
    expect((await officer.says('салам'))[0]).toContain(t('hello'));
  });

  it('is printed by the command line, for programs and for the public', async () => {
    const run = (...args: string[]) => runSunush(['stats', ...args], world.database.env);
    const json = JSON.parse((await run('--json')).out) as Report;
    expect(json.total.proposals).toBe(json.by.village.reduce((sum, { proposals }) => sum + proposals, 0));
    const { out } = await run('--public', '--language', 'en', '--from', '2026-01-01');
    expect(out).toMatch(/^village\tproposals\tauthors\tsupporters\nMantysh\t/m);
    expect(out).not.toMatch(/\t[1-4](\t|\n)/);
    expect(await run('--to', '2026-02-30')).toMatchObject({ code: 2, out: '' });
  });

  it('is not for residents, and ends for whoever is removed', async () => {
    const { staffId } = await member('deputy', 'counted-out', 'Чыккан');
    await world.as('counted-out').says('/stats');
    await removeStaff(operator(), { municipalityId: municipality.id, staffId });
    expect(await world.as('counted-out').taps(t('btn-stats-sector'))).toEqual([t('no-right')]);
    expect(await world.as('forger').says('/stats')).toEqual([t('no-right')]);
  });
});
