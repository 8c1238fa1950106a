import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { media } from '../../src/messaging/tables.ts';
import { proposalAttachments, proposals } from '../../src/proposals/tables.ts';
import { latinWords, type Person, useTalk } from '../support/talk.ts';

const world = useTalk();
const BUTTONS = '[Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]';
const RECEIPT = 'Рахмат, сунушуңуз катталды. Номери: KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.';

let person: Person;
beforeAll(async () => {
  person = world.as('ky-resident');
  await person.registers();
});

/** The proposal that was stored last, with the kinds of its files. */
async function lastStored() {
  const { db } = world.database;
  const [proposal] = await db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
  if (proposal === undefined) throw new Error('nothing was stored');
  const files = await db
    .select({ kind: media.kind })
    .from(proposalAttachments)
    .innerJoin(media, eq(media.id, proposalAttachments.mediaId))
    .where(eq(proposalAttachments.proposalId, proposal.id))
    .orderBy(proposalAttachments.position);
  return { ...proposal, files: files.map(({ kind }) => kind) };
}

describe('propose', () => {
  it('takes two messages of a registered resident when the suggestion is right', async () => {
    const before = person.chat.length;
    await person.plays(`
      > Ортокто таза суу жок, түтүк жарылган
      Текшерип көрүңүз:
      «Ортокто таза суу жок, түтүк жарылган»
      Айыл: Орток
      Багыты: Таза суу
      Жөнөтөлүбү? ${BUTTONS}
      > 1
      ${RECEIPT}
    `);
    expect(person.chat.slice(before).filter(({ from }) => from === 'person')).toHaveLength(2);
    expect(await lastStored()).toMatchObject({
      villageId: 'ortok',
      sectorId: 'water',
      text: 'Ортокто таза суу жок, түтүк жарылган',
    });
  });

  it('takes four when the village is wrong, all but the words by taps', async () => {
    await person.plays(`
      > Мектептин чатыры тешик, оңдоп бериңиздер
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер»
      Айыл: Мантыш
      Багыты: Мектеп
      Жөнөтөлүбү? ${BUTTONS}
      > [Айылды өзгөртүү]
      Сунуш кайсы айыл жөнүндө? [Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > [Кара-Мойнок]
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер»
      Айыл: Кара-Мойнок
      Багыты: Мектеп
      Жөнөтөлүбү? ${BUTTONS}
      > [Жөнөтүү]
      ${RECEIPT}
    `);
    expect(await lastStored()).toMatchObject({ villageId: 'kara-moinok', sectorId: 'school' });
  });

  it('takes six when both are wrong', async () => {
    const before = person.chat.length;
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    await person.taps('Айылды өзгөртүү');
    await person.taps('Орток');
    const [sectors] = await person.taps('Багытты өзгөртүү');
    expect(sectors).toMatch(/\|Башка\]$/);
    await person.taps('Клуб, маданият');
    await person.taps('Жөнөтүү');
    expect(person.chat.slice(before).filter(({ from }) => from === 'person').length).toBeLessThanOrEqual(6);
    expect(await lastStored()).toMatchObject({ villageId: 'ortok', sectorId: 'culture' });
  });

  it('takes four when village and sector are typed on the card', async () => {
    await person.plays(`
      > Мектептин чатыры тешик, оңдоп бериңиздер
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер»
      Айыл: Мантыш
      Багыты: Мектеп
      Жөнөтөлүбү? ${BUTTONS}
      > ак талаа
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер»
      Айыл: Ак-Талаа
      Багыты: Мектеп
      Жөнөтөлүбү? ${BUTTONS}
      > спорт
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер»
      Айыл: Ак-Талаа
      Багыты: Спорт, жаштар
      Жөнөтөлүбү? ${BUTTONS}
      > жөнөт
      ${RECEIPT}
    `);
    expect(await lastStored()).toMatchObject({ villageId: 'ak-talaa', sectorId: 'sport' });
  });

  it('takes names with endings where it asks for village or sector', async () => {
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    await person.taps('Айылды өзгөртүү');
    expect(await person.says('Ортокто')).toEqual([expect.stringContaining('Айыл: Орток')]);
    await person.taps('Багытты өзгөртүү');
    expect(await person.says('суу')).toEqual([expect.stringContaining('Багыты: Таза суу')]);
    await person.taps('Багытты өзгөртүү');
    expect(await person.says('абракадабра')).toEqual([
      'Мындай багыт тизмеде жок. Төмөнкүдөн тандаңыз.',
      expect.stringContaining('Багытын тандаңыз'),
    ]);
    await person.says('токтот');
  });

  it('asks where to put needs that come in one message, and sends each on its own', async () => {
    await person.plays(`
      > 1. Мантышта таза суу жок. 2. Мектепке жылыткыч керек. 3. Жолду оңдоо керек
      Бир билдирүүдө бир нече сунуш бар окшойт. Өз-өзүнчө жөнөтөлүбү? [Өз-өзүнчө|Бирге]
      > [Өз-өзүнчө]
      Сунуш 1 / 3
      Текшерип көрүңүз:
      «Мантышта таза суу жок.»
      Айыл: Мантыш
      Багыты: Таза суу
      Жөнөтөлүбү? ${BUTTONS}
      > [Жөнөтүү]
      Сунуш 2 / 3
      Текшерип көрүңүз:
      «Мектепке жылыткыч керек.»
      Айыл: Мантыш
      Багыты: Мектеп
      Жөнөтөлүбү? ${BUTTONS}
      > [Жокко чыгаруу]
      Сунуш 3 / 3
      Текшерип көрүңүз:
      «Жолду оңдоо керек»
      Айыл: Мантыш
      Багыты: Жолдор, көпүрөлөр
      Жөнөтөлүбү? ${BUTTONS}
      > [Жөнөтүү]
      Рахмат, сунуштарыңыз катталды. Номерлери: KS-NUMBER, KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.
    `);
    expect(await lastStored()).toMatchObject({ sectorId: 'roads', text: 'Жолду оңдоо керек' });
  });

  it('keeps several needs together where the person wants it', async () => {
    await person.says('1. Мантышта таза суу жок. 2. Мектепке жылыткыч керек. 3. Жолду оңдоо керек');
    expect(await person.taps('Бирге')).toEqual([expect.stringContaining('3. Жолду оңдоо керек»')]);
    await person.taps('Жокко чыгаруу');
  });
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
    expect(await lastStored()).toMatchObject({ text: '', files: ['voice'] });
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
    expect(await lastStored()).toMatchObject({ text: '', files: ['photo'] });
  });

  it('an album is one proposal with one card', async () => {
    const said = await person.sendsPhoto('Ортокто көпүрөнүн абалы ушундай', 3);
    expect(said.filter((text) => text.includes('Текшерип'))).toHaveLength(1);
    expect((await person.says('салам')).at(-1)).toContain('Сүрөт, файл: 3');
    await person.taps('Жөнөтүү');
    expect(await lastStored()).toMatchObject({
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
    expect(await lastStored()).toMatchObject({ files: ['photo', 'voice', 'photo'], latitude: 42.2, longitude: 75.7 });
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

describe('the words of a draft', () => {
  it('are added to and changed, and back leads to the question before', async () => {
    await person.plays(`
      > Ортокто көчөдө жарык жок
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Жөнөтөлүбү? ${BUTTONS}
      > Мектептин жанына чырак керек
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок
      Мектептин жанына чырак керек»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Жөнөтөлүбү? ${BUTTONS}
      > [Текстти оңдоо]
      Сунушуңуздун жаңы текстин жазыңыз.
      > чырак
      Бир аз кененирээк жазып бериңизчи: эмне керек, кайсы жерде?
      Сунушуңуздун жаңы текстин жазыңыз.
      > Ортоктун көчөсүнө он чырак керек
      Текшерип көрүңүз:
      «Ортоктун көчөсүнө он чырак керек»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Жөнөтөлүбү? ${BUTTONS}
      > артка
      Сунушуңуздун жаңы текстин жазыңыз.
      > артка
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок
      Мектептин жанына чырак керек»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Жөнөтөлүбү? ${BUTTONS}
      > хватит
      Токтоттук, эч нерсе жөнөтүлгөн жок.
    `);
  });

  it('follow an edit of the message, before sending and after', async () => {
    await person.plays(`
      > Ортокто көчөдө жарык жок
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Жөнөтөлүбү? ${BUTTONS}
      > (edit жарык) Ак-Талаада көчөдө жарык жок
      Текшерип көрүңүз:
      «Ак-Талаада көчөдө жарык жок»
      Айыл: Ак-Талаа
      Багыты: Көчө жарыгы
      Жөнөтөлүбү? ${BUTTONS}
      > [Жөнөтүү]
      ${RECEIPT}
      > (edit жарык) Ак-Талаада көчөдө жарык таптакыр жок
      Текст оңдолду. Сунуштун номери: KS-NUMBER.
      > (edit таптакыр) жок
    `);
    expect(await lastStored()).toMatchObject({
      villageId: 'ak-talaa',
      text: 'Ак-Талаада көчөдө жарык таптакыр жок',
      firstText: 'Ак-Талаада көчөдө жарык жок',
    });
  });

  it('of a newcomer follow an edit too', async () => {
    const newcomer = world.as('ky-edits');
    await newcomer.says('Ортокто көчөдө жарык жок');
    await newcomer.taps('Кыргызча');
    await newcomer.taps('Макулмун');
    expect(await newcomer.edits('жарык', 'Ак-Талаада көчөдө жарык жок')).toEqual([
      expect.stringContaining('Айыл: Ак-Талаа'),
    ]);
    await newcomer.taps('Жөнөтүү');
    expect(await lastStored()).toMatchObject({ villageId: 'ak-talaa', text: 'Ак-Талаада көчөдө жарык жок' });
  });

  it('stay as they are when somebody works on the proposal already', async () => {
    await person.says('Ортокто көчөдө жарык жок экен');
    await person.taps('Жөнөтүү');
    const { id } = await lastStored();
    await world.database.db.update(proposals).set({ status: 'in_review' }).where(eq(proposals.id, id));
    await person.plays(`
      > (edit экен) Ортокто көчөдө жарык жок, свет да жок
      Бул сунуш каралып жатат, текстин эми өзгөртүүгө болбойт. Кошумчаңыз болсо, жаңы сунуш кылып жазыңыз.
    `);
    expect(await lastStored()).toMatchObject({ text: 'Ортокто көчөдө жарык жок экен' });
  });
});

it('says no Latin word in Kyrgyz', () => {
  for (const id of ['ky-resident', 'ky-edits']) expect(latinWords(world.as(id))).toEqual([]);
});
