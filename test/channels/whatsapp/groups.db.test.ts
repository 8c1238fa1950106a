import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAnnouncement } from '../../../src/announcements/create-announcement.ts';
import { releaseAnnouncement } from '../../../src/announcements/release-announcement.ts';
import { reportAnnouncement } from '../../../src/announcements/report.ts';
import { runAnnouncements } from '../../../src/announcements/run-announcements.ts';
import { type Locale, translator } from '../../../src/core/texts.ts';
import { deliveries } from '../../../src/deliveries/tables.ts';
import { hearingIntents } from '../../../src/hearings/tables.ts';
import { inbox } from '../../../src/messaging/tables.ts';
import { eraseUnagreed } from '../../../src/privacy/erase-unagreed.ts';
import { proposals } from '../../../src/proposals/tables.ts';
import { useDatabase } from '../../support/database.ts';
import { givenHearing } from '../../support/given.ts';
import { everything } from '../../support/talk.ts';
import type { Group } from '../../support/whatsapp-web/group.ts';
import type { Person } from '../../support/whatsapp-web/person.ts';
import { WhatsAppGroups } from './group-stage.ts';

const database = useDatabase();
const t = translator('ky');
const PHOTO = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.from('көпүрө')]);
const DAY_MS = 24 * 60 * 60 * 1000;
const LINK = 'https://wa.me/996700000000?text=my';
/** One browser for all; a group of its own in each test. */
let stage: WhatsAppGroups;
let officer: Person;
let group: Group;

beforeAll(async () => {
  stage = await WhatsAppGroups.start(database);
  officer = await stage.member('officer');
});
afterAll(() => stage.stop());
beforeEach(() => {
  group = stage.group('Мантыш айылы', [officer]);
});

const inGroup = (work: () => unknown) => stage.reads(group, work);
const link = (village = 'mantysh') => inGroup(() => officer.writesIn(group, `/link ${village}`));
const count = () => database.db.$count(proposals);

describe('linking a WhatsApp group', () => {
  it('asks nothing where the village is named, and says what is read there', async () => {
    const [done, ...more] = await link();
    expect(done).toContain(t('group-linked', { village: 'Мантыш' }));
    expect(done).toContain(t('group-reads', { tag: '#сунуш' }));
    expect(more).toEqual([]);
  });

  it('knows the officer by whichever id the group names them', async () => {
    const colleague = await stage.member('admin', { lid: '880000' });
    colleague.info.speaksAs = 'lid';
    const [question] = await stage.hears(group, () => colleague.writesIn(group, '/link'));
    const quoted = question?.id ?? '';
    const [done] = await inGroup(() => colleague.writesIn(group, 'мантыш', { quoted }));
    expect(done).toContain(t('group-linked', { village: 'Мантыш' }));
  });

  it('asks by numbers, and takes the number or the name that answers its message', async () => {
    const [question] = await stage.hears(group, () => officer.writesIn(group, '/link'));
    expect(question?.text).toContain('\n2. Кызыл-Дөбө\n');
    expect(question?.text).toContain(t('numbered-hint-group'));
    const quoted = question?.id ?? '';
    expect(await inGroup(() => officer.writesIn(group, '2'))).toEqual([]);
    expect(await inGroup(() => stage.someone().writesIn(group, '2', { quoted }))).toEqual([]);
    const [done] = await inGroup(() => officer.writesIn(group, '2', { quoted }));
    expect(done).toContain(t('group-linked', { village: 'Кызыл-Дөбө' }));
    // nobody is asked any more
    expect(await inGroup(() => officer.writesIn(group, '3', { quoted }))).toEqual([]);
    const [linked] = await stage.hears(group, () => officer.writesIn(group, '/link'));
    const [again] = await stage.hears(group, () => officer.writesIn(group, '1', { quoted: linked?.id ?? '' }));
    const [changed] = await inGroup(() => officer.writesIn(group, 'орток', { quoted: again?.id ?? '' }));
    expect(changed).toContain(t('group-linked', { village: 'Орток' }));
  });
});

describe('a tagged message in a linked WhatsApp group', () => {
  it.each([
    ['ky', '#сунуш Баарыбыз үчүн жакшы иш кылалычы', 'Баарыбыз үчүн жакшы иш кылалычы'],
    ['ru', 'Просим сделать для нас хорошее дело #предложение', 'Просим сделать для нас хорошее дело'],
    ['en', '#proposal We need something good for our people', 'We need something good for our people'],
  ] satisfies [Locale, string, string][])(
    'becomes a proposal of its author, who is asked alone: %s',
    async (language, said, text) => {
      await link('ortok');
      const person = stage.someone();
      const says = translator(language);
      let id = '';
      const asked = stage.reads(person, async () => {
        const [receipt, ...more] = await stage.hears(group, () => {
          id = person.writesIn(group, said);
        });
        const { number } = await stage.lastProposal();
        expect(receipt?.text).toBe(says('group-receipt', { number, link: LINK }));
        expect(receipt?.quotedId).toBe(id);
        expect(more).toEqual([]);
      });
      const [first, ...others] = await asked;
      const { number, ...stored } = await stage.lastProposal();
      expect(stored).toMatchObject({ text, language, source: 'group', channel: 'whatsapp', villageId: 'ortok' });
      expect(stored).toMatchObject({ sectorDue: true, residentId: (await stage.residentOf(person))?.id });
      expect(first).toContain(says('group-consent-due', { number, days: 7 }));
      expect(first).toContain(`1. ${says('btn-group-complete')}`);
      expect(others).toEqual([]);
    },
  );

  it('is completed by numbers in the chat with the bot alone', async () => {
    await link('ortok');
    const person = stage.someone();
    await inGroup(() => person.writesIn(group, '#сунуш Баарыбыз үчүн жакшы иш кылалычы'));
    const { number: numbers, residentId } = await stage.lastProposal();
    const says = (text: string) => stage.reads(person, () => person.writes(text));
    expect((await says('1')).join('\n')).toContain('1. Кыргызча');
    expect((await says('1')).join('\n')).toMatch(new RegExp(`${numbers}[^]*1\\. ${t('btn-agree')}`));
    expect((await says('1')).join('\n')).toContain(t('ask-sector'));
    expect((await says('таза суу')).join('\n')).toContain(t('group-complete', { numbers }));
    expect(await stage.lastProposal()).toMatchObject({ residentId, sectorId: 'water', sectorDue: false });
    expect(await stage.residentOf(person)).toMatchObject({ id: residentId, consentAt: expect.any(Date) });
    // what the link says there
    await says('0');
    expect((await says('my')).join('\n')).toContain(numbers);
  });

  it('begins the same by what the link in the receipt says', async () => {
    await link();
    const person = stage.someone();
    await inGroup(() => person.writesIn(group, '#сунуш Көчөдө жарык жок'));
    expect((await stage.reads(person, () => person.writes('my'))).join('\n')).toContain('1. Кыргызча');
  });

  it('asks whoever never answers once only, and erases them after the days', async () => {
    await link();
    const person = stage.someone({ lid: '880055' });
    const asked = await stage.reads(person, async () => {
      await inGroup(() => person.writesIn(group, '#сунуш Көчөдө жарык жок'));
      await inGroup(() => person.sendsPhoto(PHOTO, '#сунуш Көпүрө бузулуп калды, жол жок', { chat: group }));
    });
    expect(asked).toHaveLength(1);
    const { id, number } = await stage.lastProposal();
    expect(await stage.filesOf({ id })).toEqual([PHOTO]);
    stage.clock.pass(7 * DAY_MS);
    await eraseUnagreed(stage.context);
    expect(await stage.lastProposal()).toMatchObject({
      id,
      number,
      residentId: null,
      messageRef: expect.stringMatching(/^sha256:/),
    });
    expect(await stage.residentOf(person)).toBeNull();
    const kept = await everything({ db: database.db });
    expect(kept).not.toContain(person.id);
    expect(kept).not.toContain('880055');
  });

  it('is of the resident who is known by the other id, both ways round', async () => {
    await link();
    const byNumber = await stage.villager('ortok', { lid: '880001' });
    const home = byNumber.id;
    byNumber.info.speaksAs = 'lid';
    await inGroup(() => byNumber.writesIn(group, '#сунуш Көчөдө жарык жок'));
    const known = await stage.residentOf(byNumber, home);
    expect(known).not.toBeNull();
    expect(await stage.lastProposal()).toMatchObject({ residentId: known?.id, consentDueAt: null });
    const byLid = await stage.villager('ortok', { lid: '880002', speaksAs: 'lid' });
    byLid.info.speaksAs = 'number';
    await inGroup(() => byLid.writesIn(group, '#сунуш Мектептин чатыры агып атат'));
    const other = await stage.residentOf(byLid, '880002@lid');
    expect(await stage.lastProposal()).toMatchObject({ residentId: other?.id, consentDueAt: null });
    expect(await stage.residentOf(byLid)).toBeNull();
  });

  it('follows its edit without a word', async () => {
    await link();
    const person = stage.someone();
    let id = '';
    await inGroup(() => (id = person.writesIn(group, '#сунуш Көчөдө жарык жок')));
    const { number } = await stage.lastProposal();
    expect(await inGroup(() => person.edits(id, '#сунуш Көчөдө жарык жок, үч столб керек'))).toEqual([]);
    expect(await stage.lastProposal()).toMatchObject({ number, text: 'Көчөдө жарык жок, үч столб керек' });
  });

  it('brings its photo', async () => {
    await link();
    const person = stage.someone();
    await inGroup(() => person.sendsPhoto(PHOTO, '#сунуш Көпүрө бузулуп калды', { chat: group }));
    expect(await stage.filesOf(await stage.lastProposal())).toEqual([PHOTO]);
  });
});

describe('an answer of the tag in a WhatsApp group', () => {
  it('by an officer makes one proposal of the message, whoever tags it too', async () => {
    await link();
    const person = stage.someone();
    const colleague = await stage.member('admin', { lid: '880010', speaksAs: 'lid' });
    const before = await count();
    let quoted = '';
    expect(await inGroup(() => (quoted = person.writesIn(group, 'Мектептин чатыры агып атат')))).toEqual([]);
    const answers = await stage.hears(group, () => {
      officer.writesIn(group, '#сунуш', { quoted });
      colleague.writesIn(group, '#сунуш', { quoted });
      person.writesIn(group, '#сунуш', { quoted });
    });
    expect(answers.map(({ quotedId }) => quotedId)).toEqual([quoted]);
    expect(await count()).toBe(before + 1);
    const stored = await stage.lastProposal();
    expect(stored).toMatchObject({ text: 'Мектептин чатыры агып атат', enteredBy: expect.stringMatching(/^staff:/) });
    expect(stored.messageRef).toBe(`whatsapp:bot:${group.id}:${quoted.split('_', 3).join('_')}`);
    expect(stored.residentId).toBe((await stage.residentOf(person))?.id);
  });

  it('by an officer makes one of a forwarded message too, which is none by the tag in it', async () => {
    await link();
    const more = { isForwarded: true };
    let quoted = '';
    const forwards = () => (quoted = stage.someone().writesIn(group, '#сунуш Көчөдө уламыш жарык жок', { more }));
    expect(await inGroup(forwards)).toEqual([]);
    expect(await everything({ db: database.db })).not.toContain('уламыш');
    expect(await inGroup(() => officer.writesIn(group, '#сунуш', { quoted }))).toHaveLength(1);
    expect(await stage.lastProposal()).toMatchObject({ text: 'Көчөдө уламыш жарык жок' });
  });

  it('to a message that was tagged by its author adds nothing', async () => {
    await link();
    let quoted = '';
    await inGroup(() => (quoted = stage.someone().writesIn(group, '#сунуш Көчөдө жарык жок')));
    const before = await count();
    expect(await inGroup(() => officer.writesIn(group, '#сунуш', { quoted }))).toEqual([]);
    expect(await count()).toBe(before);
  });

  it('finds the author and the message also where the answer names them by another id', async () => {
    await link();
    const person = await stage.villager('ortok', { lid: '880020' });
    const home = person.id;
    person.info.speaksAs = 'lid';
    let quoted = '';
    await inGroup(() => (quoted = person.writesIn(group, 'Мектептин чатыры агып атат')));
    const more = { quotedParticipant: home };
    expect(await inGroup(() => officer.writesIn(group, '#сунуш', { quoted, more }))).toHaveLength(1);
    const stored = await stage.lastProposal();
    expect(stored.messageRef).toContain(quoted.split('_')[2]);
    expect(stored.residentId).toBe((await stage.residentOf(person, home))?.id);
    // the author's own, by the other id
    const own = person.writesIn(group, 'Клубга эшик керек');
    expect(await inGroup(() => person.writesIn(group, '#сунуш', { quoted: own, more }))).toHaveLength(1);
    expect(await stage.lastProposal()).toMatchObject({ text: 'Клубга эшик керек', enteredBy: null });
  });

  it('takes the photo of the message', async () => {
    await link();
    const quoted = stage.someone().sendsPhoto(PHOTO, 'Көпүрө ушундай', { chat: group });
    await inGroup(() => officer.writesIn(group, '#сунуш', { quoted }));
    const stored = await stage.lastProposal();
    expect(stored.text).toBe('Көпүрө ушундай');
    expect(await stage.filesOf(stored)).toEqual([PHOTO]);
  });

  it('by a villager to somebody else is no proposal', async () => {
    await link();
    const quoted = stage.someone().writesIn(group, 'Мектептин чатыры агып атат');
    const before = await count();
    expect(await inGroup(() => stage.someone().writesIn(group, '#сунуш', { quoted }))).toEqual([]);
    expect(await count()).toBe(before);
  });
});

describe('all else that is said in a WhatsApp group', () => {
  it('is stored nowhere, in no table', async () => {
    await link();
    const person = stage.someone({ lid: '880030' });
    const [own] = stage.web.sent.to(group.id);
    let talk = '';
    await inGroup(() => {
      talk = person.writesIn(group, 'Маектешүү: кечээ суу болгон жок');
      person.writesIn(group, 'Маектешүү: сунуш жакшы экен', { quoted: talk });
      person.sendsPhoto(Buffer.from('x'), 'Маектешүү сүрөтү', { chat: group });
      person.sendsDocument(Buffer.from('x'), 'Маектешүү.pdf', { chat: group });
      person.sendsVoice(Buffer.from('x'), { chat: group });
      person.sendsLocation(42, 75, 'Маектешүү', { chat: group });
      person.sendsPoll('Маектешүү?', ['ооба', 'жок'], { chat: group });
      person.edits(talk, 'Маектешүү: кечээ суу болду');
    });
    const other = stage.someone();
    expect(await inGroup(() => other.writesIn(group, '#сунуш Көчөдө жарык жок', { quoted: talk }))).toHaveLength(1);
    expect(await inGroup(() => other.writesIn(group, '#сунуш', { quoted: talk }))).toEqual([]);
    // what is said to the bot reaches it, and nothing of it stays
    expect(await inGroup(() => other.writesIn(group, 'Маектешүү: рахмат', { quoted: own?.id ?? '' }))).toEqual([]);
    const kept = await everything({ db: database.db });
    expect(kept).not.toContain('Маектешүү');
    expect(kept).not.toContain(person.id);
    expect(kept).not.toContain('880030');
    expect(await stage.residentOf(person)).toBeNull();
    expect(await database.db.$count(inbox, eq(inbox.status, 'parked'))).toBe(0);
  });
});

describe('a WhatsApp group that the bot is put out of', () => {
  it('is lost, which staff are told, and takes proposals again once the bot is back', async () => {
    await link();
    const [told] = await stage.reads(officer, () => group.removesBot());
    expect(told).toContain(t('group-lost', { title: 'Мантыш айылы', village: 'Мантыш' }));
    group.addsBot();
    await stage.settled();
    const person = stage.someone();
    expect(await inGroup(() => person.writesIn(group, '#сунуш Көчөдө жарык жок'))).toHaveLength(1);
    expect(await stage.lastProposal()).toMatchObject({ villageId: 'mantysh', text: 'Көчөдө жарык жок' });
  });
});

describe('an announcement for a village with a linked WhatsApp group', () => {
  it('is one message in the group, and none to its residents on WhatsApp', async () => {
    await link('ak-talaa');
    const residents = [await stage.villager('ak-talaa'), await stage.villager('ak-talaa')];
    const neighbour = await stage.villager('kara-moinok');
    const { id: municipalityId } = await stage.municipality();
    const ctx = stage.context;
    const { id: announcementId } = await createAnnouncement(ctx, {
      municipalityId,
      kind: 'other',
      texts: { ky: 'Эртең суу болбойт' },
      ladder: ['now'],
      audience: { villages: ['ak-talaa', 'kara-moinok'] },
    });
    const { dataDir: mediaDir } = stage;
    const said = await inGroup(async () => {
      await releaseAnnouncement(ctx, { announcementId, mediaDir });
      // the program may be at it already
      await runAnnouncements({ ctx, mediaDir });
      await expect.poll(() => database.db.$count(deliveries, eq(deliveries.bulk, true))).toBeGreaterThan(0);
    });
    expect(said).toEqual([expect.stringContaining('Эртең суу болбойт')]);
    for (const { id } of residents) expect(stage.web.sent.to(id)).toEqual([]);
    expect(stage.web.sent.to(neighbour.id)).toHaveLength(1);
    expect((await reportAnnouncement(ctx.db, announcementId)).sends).toMatchObject([
      { totals: { sent: 2, skipped: 2 }, reasons: { by_group: 2 } },
    ]);
  });
});

describe('the notice of a hearing in a WhatsApp group', () => {
  it('is answered by a number or a word in reply to it, for whoever is known; the group hears nothing', async () => {
    await link();
    const person = await stage.villager('mantysh', { lid: '880040' });
    const ctx = stage.context;
    const municipality = await stage.municipality();
    const hearing = await givenHearing(ctx, municipality);
    const { dataDir: mediaDir } = stage;
    const { id: announcementId } = await createAnnouncement(ctx, {
      municipalityId: municipality.id,
      kind: 'hearing',
      hearingId: hearing.id,
      ladder: ['now'],
      audience: { groups: [`whatsapp:${group.id}`], villages: ['mantysh'] },
    });
    const [notice] = await stage.hears(group, async () => {
      await releaseAnnouncement(ctx, { announcementId, mediaDir });
      await runAnnouncements({ ctx, mediaDir });
    });
    expect(notice?.text).toContain(`1. ${t('btn-come')}\n2. ${t('btn-cannot-come')}\n\n${t('numbered-hint-group')}`);
    const quoted = notice?.id ?? '';
    const intent = async () => (await database.db.select().from(hearingIntents)).map((row) => row.intent);
    expect(await inGroup(() => stage.someone().writesIn(group, '1', { quoted }))).toEqual([]);
    expect(await intent()).toEqual([]);
    const apart = await stage.reads(person, async () => {
      person.info.speaksAs = 'lid';
      expect(await inGroup(() => person.writesIn(group, '1', { quoted }))).toEqual([]);
      person.info.speaksAs = 'number';
    });
    expect(apart).toEqual([expect.stringContaining(t('btn-cannot-come'))]);
    expect(await intent()).toEqual(['coming']);
    await inGroup(() => person.writesIn(group, 'келе албайм', { quoted }));
    expect(await intent()).toEqual(['not_coming']);
  });
});
