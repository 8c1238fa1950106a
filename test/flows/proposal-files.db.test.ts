import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { proposals } from '../../src/proposals/tables.ts';
import { lastStored } from '../support/last-stored.ts';
import { latinWords, type Person, useTalk } from '../support/talk.ts';

const world = useTalk();
const BUTTONS = '[Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]';
const RECEIPT = 'Рахмат, сунушуңуз катталды. Номери: KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

let person: Person;
beforeAll(async () => {
  person = world.as('ky-resident');
  await person.registers();
});

describe('files of a proposal', () => {
  it('a voice message alone is one', async () => {
    await person.plays(`
      > (voice)
      Үнүңүз сакталды, кызматкер угуп чыгат. Кыскача жазып да койсоңуз, тезирээк каралат.
      Текшерип көрүңүз:
      Үн билдирүү
      Айыл: Мантыш
      Багыты: Башка
      Сүрөт, файл: 1
      Жөнөтөлүбү? ${BUTTONS}
      > [Жөнөтүү]
      ${RECEIPT}
    `);
    expect(await lastStored(world.database.db)).toMatchObject({ text: '', files: ['voice'] });
  });

  it('a photo alone is asked for words, which may be left out', async () => {
    await person.plays(`
      > (photo)
      Бир аз кененирээк жазып бериңизчи: эмне керек, кайсы жерде? [Өткөрүп жиберүү]
      > көпүрө
      Түшүнбөй калдык. Төмөнкү суроого жооп бериңиз.
      Бир аз кененирээк жазып бериңизчи: эмне керек, кайсы жерде? [Өткөрүп жиберүү]
      > [Өткөрүп жиберүү]
      Текшерип көрүңүз:
      Текст жазылган жок
      Айыл: Мантыш
      Багыты: Башка
      Сүрөт, файл: 1
      Жөнөтөлүбү? ${BUTTONS}
      > [Жөнөтүү]
      ${RECEIPT}
    `);
    expect(await lastStored(world.database.db)).toMatchObject({ text: '', files: ['photo'] });
  });

  it('an album is one proposal with one card', async () => {
    const said = await person.sendsPhoto('Ортокто көпүрөнүн абалы ушундай', 3);
    expect(said.filter((text) => text.includes('Текшерип'))).toHaveLength(1);
    expect((await person.says('салам')).at(-1)).toContain('Сүрөт, файл: 3');
    await person.taps('Жөнөтүү');
    expect(await lastStored(world.database.db)).toMatchObject({
      text: 'Ортокто көпүрөнүн абалы ушундай',
      files: ['photo', 'photo', 'photo'],
    });
  });

  it('come in one after another on the card, and through its button', async () => {
    await person.says('Ортокто көчөдө жарык жок');
    expect(await person.sendsPhoto()).toEqual([expect.stringContaining('Сүрөт, файл: 1')]);
    expect(await person.sendsVoice()).toEqual([expect.stringContaining('Сүрөт, файл: 2')]);
    await person.plays(`
      > [Сүрөт кошуу]
      Сүрөт же файл жибериңиз. Бүткөндө «Болду» деңиз. [Өткөрүп жиберүү]
      > кийинчерээк жөнөтөм
      Түшүнбөй калдык. Төмөнкү суроого жооп бериңиз.
      Сүрөт же файл жибериңиз. Бүткөндө «Болду» деңиз. [Өткөрүп жиберүү]
      > (photo)
      Сүрөт же файл жибериңиз. Бүткөндө «Болду» деңиз. [Болду]
      > болду
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Сүрөт, файл: 3
      Жөнөтөлүбү? ${BUTTONS}
      > (place)
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Сүрөт, файл: 3
      Жайгашкан жери кошулду
      Жөнөтөлүбү? ${BUTTONS}
      > [Жөнөтүү]
      ${RECEIPT}
    `);
    expect(await lastStored(world.database.db)).toMatchObject({
      files: ['photo', 'voice', 'photo'],
      latitude: 42.2,
      longitude: 75.7,
    });
  });

  it('a place alone is asked for words', async () => {
    await person.plays(`
      > (place)
      Бир аз кененирээк жазып бериңизчи: эмне керек, кайсы жерде?
      > Ушул жерге көпүрө керек
      Текшерип көрүңүз:
      «Ушул жерге көпүрө керек»
      Айыл: Мантыш
      Багыты: Жолдор, көпүрөлөр
      Жайгашкан жери кошулду
      Жөнөтөлүбү? ${BUTTONS}
      > [Жокко чыгаруу]
      Токтоттук, эч нерсе жөнөтүлгөн жок.
    `);
  });

  it('are ten at most', async () => {
    await person.sendsPhoto('Ортокто көпүрөнүн абалы ушундай', 10);
    expect(await person.sendsPhoto()).toEqual([
      'Эң көбү 10 файл кошууга болот.',
      expect.stringContaining('Сүрөт, файл: 10'),
    ]);
    expect(person.heard.at(-1)).not.toContain('Сүрөт кошуу');
    await person.taps('Жокко чыгаруу');
  });
});

const refOf = (at: number) => `00000000-0000-4000-8000-00000000000${at}`;

// they are there: a file that cannot be fetched is told, whenever the worker comes to it
beforeAll(async () => {
  const dir = join(world.database.dataDir, 'simulator');
  await mkdir(dir, { recursive: true });
  for (const at of [1, 2, 3, 4, 5]) await writeFile(join(dir, refOf(at)), PNG);
});

/** A file as a platform hands it over that sends the parts of an album one by one. */
const part = (at: number, caption = '', albumId = 'album') => {
  const messageId = `album-${at}`;
  const file = { mediaKind: 'photo', ref: refOf(at), mime: 'image/png', fileName: '', size: 16 };
  const content = { kind: 'media', ...file, caption, albumId };
  const payload = { messageId, sentAt: '2026-11-22T04:00:00.000Z', name: null, language: null, content };
  const key = { channel: 'simulator', account: 'local', chatId: person.id, personId: person.id } as const;
  return { ...key, eventId: messageId, payload };
};

describe('a part of an album that comes late', () => {
  it('joins the card, then the proposal, and is told once somebody works on it', async () => {
    await world.talk.receives(part(1, 'Ортокто көпүрөнүн абалы ушундай'), part(2));
    await person.taps('Жөнөтүү');
    const { id, text } = await lastStored(world.database.db);
    await world.talk.receives(part(3));
    expect(person.heard.at(-1)).toBe('Кошулду. Сүрөт, файл: 3.');
    await world.talk.receives(part(4, 'Кечээ бузулду'));
    expect(await lastStored(world.database.db)).toMatchObject({
      id,
      text: `${text}\nКечээ бузулду`,
      files: ['photo', 'photo', 'photo', 'photo'],
    });
    await world.database.db.update(proposals).set({ status: 'in_review' }).where(eq(proposals.id, id));
    await world.talk.receives(part(5));
    expect(person.heard.at(-1)).toContain('Бул сунуш каралып жатат');
  });

  it('joins it also while the questions after the first proposal are open', async () => {
    const newcomer = world.as('ky-late');
    const of = (event: ReturnType<typeof part>) => ({
      ...event,
      eventId: `late-${event.eventId}`,
      chatId: newcomer.id,
      personId: newcomer.id,
    });
    await world.talk.receives(of(part(1, 'Ортокто көпүрөнүн абалы ушундай')));
    await newcomer.taps('Кыргызча');
    await newcomer.taps('Макулмун');
    await newcomer.taps('Жөнөтүү');
    await world.talk.receives(of(part(2)));
    expect(newcomer.heard.at(-1)).toBe('Кошулду. Сүрөт, файл: 2.');
    expect(await newcomer.taps('Аял')).toEqual([expect.stringContaining('Жашыңыз канчада?')]);
  });
});

it('tells of a file that came too late for its part of a message', async () => {
  const album = (at: number) => ({ ...part(at, '', 'apart'), eventId: `apart-${at}` });
  await person.says('1. Мантышта таза суу жок. 2. Жолду оңдоо керек');
  await person.taps('Өз-өзүнчө');
  await person.taps('Сүрөт кошуу');
  await world.talk.receives(album(1));
  await person.taps('Болду');
  expect((await person.taps('Жөнөтүү'))[0]).toContain('«Жолду оңдоо керек»');
  await world.talk.receives(album(2));
  expect(person.heard.at(-1)).toBe('Бул файл кошулган жок. Кайра жиберип коюңуз.');
  await person.taps('Жокко чыгаруу');
});

it('says no Latin word in Kyrgyz', () => {
  expect(latinWords(person)).toEqual([]);
});
