import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/audit/tables.ts';
import { translator } from '../../src/core/texts.ts';
import { blockSender, unblockSender } from '../../src/proposals/block-sender.ts';
import { getCard } from '../../src/proposals/read-card.ts';
import { proposals } from '../../src/proposals/tables.ts';
import { testContext } from '../support/database.ts';
import { asStaffOf, givenStaff } from '../support/given.ts';
import { everything } from '../support/talk.ts';
import { useVillageGroup } from './village-group.ts';

const village = useVillageGroup();
const t = translator('ky');
const DAY_MS = 24 * 60 * 60 * 1000;

describe('the author of a proposal from a group', () => {
  it('is asked alone for language, consent and sector, whatever they write first', async () => {
    const person = village.stranger();
    await village.inGroup(() => person.sends('#сунуш Баарыбыз үчүн жакшы иш кылалычы', { chat: village.chat }));
    const { number: numbers } = await village.last();
    const before = await village.residentOf(person);
    expect(before).toMatchObject({ name: null, consentAt: null, villageId: 'kyzyl-dobo' });
    village.stage.api.acquaintances([person.id]);
    expect(await village.alone(person, () => person.sends('/start my'))).toEqual([expect.stringContaining('Кыргызча')]);
    const [asked, consent] = await village.alone(person, () => person.taps('Русский'));
    expect(asked).toBe(translator('ru')('group-consent-ask', { numbers }));
    expect(consent).toContain('Согласен');
    const [sector] = await village.alone(person, () => person.taps(/^Соглас/));
    expect(sector).toContain(translator('ru')('ask-sector'));
    const [done, sex] = await village.alone(person, () => person.taps('Питьевая вода'));
    expect(done).toBe(translator('ru')('group-complete', { numbers }));
    expect(sex).toContain(translator('ru')('ask-sex'));
    expect(await village.residentOf(person)).toMatchObject({
      id: before?.id,
      language: 'ru',
      consentVersion: expect.anything(),
    });
    expect((await village.residentOf(person))?.name).not.toBeNull();
    expect(await village.last()).toMatchObject({ sectorId: 'water', sectorDue: false });
    village.stage.clock.pass(8 * DAY_MS);
    await village.sweep();
    expect(await village.last()).toMatchObject({ residentId: before?.id, consentDueAt: null });
  });

  it('may leave it for later, and is asked again', async () => {
    const person = village.stranger();
    await village.inGroup(() => person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat }));
    await village.alone(person, () => person.sends('салам'));
    await village.alone(person, () => person.taps('Кыргызча'));
    expect(await village.alone(person, () => person.sends('токтот'))).toEqual([t('group-later')]);
    expect(await village.alone(person, () => person.sends('салам'))).toEqual([expect.stringContaining('Кыргызча')]);
  });

  it('consents as well by a proposal of their own, which goes first', async () => {
    const person = village.stranger();
    await village.inGroup(() => person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat }));
    const { number, residentId } = await village.last();
    const asked = await village.alone(person, () => person.sends('Клубга жаңы эшик керек'));
    expect(asked).toEqual([expect.stringContaining('Макулмун')]);
    await village.alone(person, () => person.taps('Макулмун'));
    await village.alone(person, () => person.taps('Жөнөтүү'));
    village.stage.clock.pass(8 * DAY_MS);
    await village.sweep();
    const [kept] = await village.database.db.select().from(proposals).where(eq(proposals.number, number));
    expect(kept).toMatchObject({ residentId, consentDueAt: null });
  });

  it('who refuses is erased at once, and the words stay', async () => {
    const person = village.stranger();
    let messageId = 0;
    await village.inGroup(() => (messageId = person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat })));
    const { number, id } = await village.last();
    await village.alone(person, () => person.sends('салам'));
    await village.alone(person, () => person.taps('Кыргызча'));
    expect(await village.alone(person, () => person.taps(t('btn-no')))).toEqual([
      t('group-consent-no', { numbers: number }),
    ]);
    expect(await village.residentOf(person)).toBeNull();
    const [row] = await village.database.db.select().from(proposals).where(eq(proposals.id, id));
    expect(row).toMatchObject({ residentId: null, text: 'Көчөдө жарык жок' });
    expect(await everything({ db: village.database.db })).not.toContain(String(person.id));
    const stored = await village.count();
    const edited = '#сунуш Көчөдө жарык жок.';
    expect(await village.inGroup(() => person.edits(messageId, edited, village.chat))).toEqual([`~ ${edited}`]);
    expect([await village.count(), await village.residentOf(person)]).toEqual([stored, null]);
  });

  it('is erased when the days have passed without a consent, not before', async () => {
    const person = village.stranger();
    await village.inGroup(() =>
      person.sendsPhoto(Buffer.from('x'), { chat: village.chat, caption: '#сунуш Көчөдө жарык жок' }),
    );
    const { id, number } = await village.last();
    const municipality = await village.stage.municipality();
    const card = () => getCard(village.database.db, { proposalId: id, municipalityId: municipality.id });
    expect(await card()).toMatchObject({
      source: 'group',
      consentDueAt: expect.any(String),
      author: { blocked: false },
    });
    village.stage.clock.pass(7 * DAY_MS - 60_000);
    await village.sweep();
    expect((await card()).author).not.toBeNull();
    village.stage.clock.pass(2 * 60_000);
    await village.sweep();
    expect(await card()).toMatchObject({ number, text: 'Көчөдө жарык жок', author: null, consentDueAt: null });
    expect(await village.residentOf(person)).toBeNull();
    expect(await everything({ db: village.database.db })).not.toContain(String(person.id));
    const done = await village.database.db.select().from(auditLog).where(eq(auditLog.action, 'proposal.erase-author'));
    expect(done.map(({ subject }) => subject)).toContain(`proposal:${id}`);
  });

  it('of the staff is erased from the proposal alone', async () => {
    const colleague = await village.stage.member(506, 'officer');
    await village.inGroup(() => colleague.sends('#сунуш Көчөдө жарык жок', { chat: village.chat }));
    const { id, number } = await village.last();
    expect(colleague.received().map(({ text }) => text)).toContain(t('group-consent-due', { number, days: 7 }));
    village.stage.clock.pass(8 * DAY_MS);
    await village.sweep();
    const [row] = await village.database.db.select().from(proposals).where(eq(proposals.id, id));
    expect(row?.residentId).toBeNull();
    expect(await village.residentOf(colleague)).not.toBeNull();
  });

  it('who was erased stays so when somebody else of the staff tags the message too', async () => {
    const person = village.stranger();
    let messageId = 0;
    await village.inGroup(() => (messageId = person.sends('Мектептин чатыры агып атат', { chat: village.chat })));
    const tag = (by: typeof person) => () => by.sends('/propose', { chat: village.chat, replyTo: messageId });
    await village.inGroup(tag(village.officer));
    const { id } = await village.last();
    village.stage.clock.pass(8 * DAY_MS);
    await village.sweep();
    const colleague = await village.stage.member(508, 'officer');
    expect(await village.inGroup(tag(colleague))).toEqual([]);
    expect((await village.last()).id).toBe(id);
    expect(await village.residentOf(person)).toBeNull();
  });

  it('whom staff have blocked stays so until they are unblocked, and is erased then', async () => {
    const person = village.stranger();
    await village.inGroup(() => person.sends('#сунуш Баары акмак, ит болгон', { chat: village.chat }));
    const { id, municipalityId } = await village.last();
    const ctx = { ...testContext(village.database.db), clock: village.stage.clock };
    const office = asStaffOf(ctx, await givenStaff(ctx, { id: municipalityId }, 'admin'));
    await blockSender(office, { proposalId: id });
    village.stage.clock.pass(8 * DAY_MS);
    await village.sweep();
    expect(await village.inGroup(() => person.sends('#сунуш Дагы акмак', { chat: village.chat }))).toEqual([]);
    expect((await village.last()).id).toBe(id);
    expect(await getCard(village.database.db, { proposalId: id, municipalityId })).toMatchObject({
      consentDueAt: null,
      author: { blocked: true },
    });
    await unblockSender(office, { proposalId: id });
    await village.sweep();
    expect(await village.residentOf(person)).toBeNull();
  });

  it('may be forgotten before they have consented', async () => {
    const person = village.stranger();
    let messageId = 0;
    await village.inGroup(() => (messageId = person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat })));
    const { id } = await village.last();
    await village.alone(person, () => person.sends('/forget'));
    await village.alone(person, () => person.taps(/Ооба|өчүр/i));
    expect(await village.residentOf(person)).toBeNull();
    const [row] = await village.database.db.select().from(proposals).where(eq(proposals.id, id));
    expect(row).toMatchObject({ residentId: null, consentDueAt: null, text: 'Көчөдө жарык жок' });
    const edited = '#сунуш Көчөдө жарык жок!';
    expect(await village.inGroup(() => person.edits(messageId, edited, village.chat))).toEqual([`~ ${edited}`]);
    expect((await village.last()).id).toBe(id);
    expect(await village.residentOf(person)).toBeNull();
  });
});

describe('the card of a proposal from a group', () => {
  const card = async () => {
    const { number } = await village.last();
    return (await village.alone(village.officer, () => village.officer.sends(`/inbox ${number}`))).join('\n');
  };

  it('says where it comes from, what nobody has told, and until when the author may consent', async () => {
    const person = village.stranger();
    await village.inGroup(() => person.sends('#сунуш Баарыбыз үчүн жакшы иш кылалычы', { chat: village.chat }));
    const shown = await card();
    expect(shown).toContain('Telegram, группа');
    expect(shown).toContain(`Кызыл-Дөбө · ${t('inbox-sector-due')} ·`);
    expect(shown).toContain(t('inbox-author-unagreed'));
    expect(shown).toMatch(/Автордун макулдугун күтөбүз. Акыркы күнү: 2026-жылдын \d+-\p{L}+/u);
  });

  it('says that nobody knows its author once that is so', async () => {
    const person = village.stranger();
    await village.inGroup(() => person.sends('#сунуш Көчөдө жарык жок', { chat: village.chat }));
    village.stage.clock.pass(8 * DAY_MS);
    await village.sweep();
    const shown = await card();
    expect(shown).toContain(t('inbox-author-group'));
    expect(shown).not.toContain('макулдугун');
  });
});
