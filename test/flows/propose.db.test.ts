import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { proposals } from '../../src/proposals/tables.ts';
import { lastStored } from '../support/last-stored.ts';
import { latinWords, type Person, useTalk } from '../support/talk.ts';

const world = useTalk();
const BUTTONS = '[Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]';
const RECEIPT = 'Рахмат, сунушуңуз катталды. Номери: KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.';

let person: Person;
beforeAll(async () => {
  person = world.as('ky-resident');
  await person.registers();
});

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
    expect(await lastStored(world.database.db)).toMatchObject({
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
    expect(await lastStored(world.database.db)).toMatchObject({ villageId: 'kara-moinok', sectorId: 'school' });
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
    expect(await lastStored(world.database.db)).toMatchObject({ villageId: 'ortok', sectorId: 'culture' });
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
    expect(await lastStored(world.database.db)).toMatchObject({ villageId: 'ak-talaa', sectorId: 'sport' });
  });

  it('sends on a yes in more words, and on a no asks what to change', async () => {
    await person.plays(`
      > Ортокто көпүрө бузулган, өтө албай жатабыз
      Текшерип көрүңүз:
      «Ортокто көпүрө бузулган, өтө албай жатабыз»
      Айыл: Орток
      Багыты: Жолдор, көпүрөлөр
      Жөнөтөлүбү? ${BUTTONS}
      > жок
      Эмнесин өзгөртөбүз? Төмөнкүдөн тандаңыз.
      Текшерип көрүңүз:
      «Ортокто көпүрө бузулган, өтө албай жатабыз»
      Айыл: Орток
      Багыты: Жолдор, көпүрөлөр
      Жөнөтөлүбү? ${BUTTONS}
      > ой жок, Мантыш
      Текшерип көрүңүз:
      «Ортокто көпүрө бузулган, өтө албай жатабыз»
      Айыл: Мантыш
      Багыты: Жолдор, көпүрөлөр
      Жөнөтөлүбү? ${BUTTONS}
      > ооба, жөнөтүңүз
      ${RECEIPT}
    `);
    expect(await lastStored(world.database.db)).toMatchObject({
      villageId: 'mantysh',
      text: 'Ортокто көпүрө бузулган, өтө албай жатабыз',
    });
  });

  it.each([
    ['айыл', 'Сунуш кайсы айыл жөнүндө?'],
    ['багыты', 'Сунуш эмне жөнүндө?'],
    ['сурот', 'Сүрөт же файл жибериңиз.'],
    ['текст', 'Сунушуңуздун жаңы текстин жазыңыз.'],
  ])('knows what «%s» on the card is to change', async (typed, asked) => {
    await person.says('Мектептин жолу оңдолсун');
    expect(await person.says(typed)).toEqual([expect.stringContaining(asked)]);
    await person.says('отмена');
  });

  it.each(['өзүнчө', 'ооба'])('sends needs apart on «%s»', async (typed) => {
    await person.says('1. Жол оңдоо керек 2. Мектепке жылытуу керек');
    expect(await person.says(typed)).toEqual([expect.stringContaining('Сунуш 1 / 2')]);
    await person.says('отмена');
  });

  it('opens with the announcement that there is a proposal', async () => {
    expect(await person.says('Сунушум бар')).toEqual([expect.stringContaining('Айылыңызга эмне керек?')]);
    await person.says('отмена');
  });

  it('keeps words that begin with a no as words', async () => {
    const chat = person.chat.length;
    await person.says('Мектептин жолу оңдолсун');
    await person.says('нет воды');
    await person.says('отмена');
    expect(JSON.stringify(person.chat.slice(chat))).toContain('Мектептин жолу оңдолсун\\nнет воды');
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
    expect(await lastStored(world.database.db)).toMatchObject({ sectorId: 'roads', text: 'Жолду оңдоо керек' });
  });

  it('tells the number of what was sent before the person stopped', async () => {
    await person.says('1. Мантышта таза суу жок. 2. Мектепке жылыткыч керек.');
    await person.taps('Өз-өзүнчө');
    await person.taps('Жөнөтүү');
    expect(await person.says('стоп')).toEqual([expect.stringMatching(/сунушуңуз катталды\. Номери: KS-\d{4}-\d{4}\./)]);
  });

  it('asks it of lines that speak of different sectors', async () => {
    expect(await person.says('Ортокто көчөдө суу чыкпайт\nМектептин чатыры агат')).toEqual([
      'Бир билдирүүдө бир нече сунуш бар окшойт. Өз-өзүнчө жөнөтөлүбү? [Өз-өзүнчө|Бирге]',
    ]);
    await person.says('токтот');
  });

  it('does not ask it of one need in two lines', async () => {
    expect(await person.says('Мектептин чатыры агат\nоңдоп бериңиздер')).toEqual([
      expect.stringContaining('«Мектептин чатыры агат\nоңдоп бериңиздер»'),
    ]);
    await person.says('токтот');
  });

  it('keeps several needs together where the person wants it', async () => {
    await person.says('1. Мантышта таза суу жок. 2. Мектепке жылыткыч керек. 3. Жолду оңдоо керек');
    expect(await person.taps('Бирге')).toEqual([expect.stringContaining('3. Жолду оңдоо керек»')]);
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
    expect(await lastStored(world.database.db)).toMatchObject({
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
    expect(await lastStored(world.database.db)).toMatchObject({
      villageId: 'ak-talaa',
      text: 'Ак-Талаада көчөдө жарык жок',
    });
  });

  it('stay as they are when somebody works on the proposal already', async () => {
    await person.says('Ортокто көчөдө жарык жок экен');
    await person.taps('Жөнөтүү');
    const { id } = await lastStored(world.database.db);
    await world.database.db.update(proposals).set({ status: 'in_review' }).where(eq(proposals.id, id));
    await person.plays(`
      > (edit экен) Ортокто көчөдө жарык жок, свет да жок
      Бул сунуш каралып жатат, текстин эми өзгөртүүгө болбойт. Кошумчаңыз болсо, жаңы сунуш кылып жазыңыз.
    `);
    expect(await lastStored(world.database.db)).toMatchObject({ text: 'Ортокто көчөдө жарык жок экен' });
  });
});

it('says no Latin word in Kyrgyz', () => {
  for (const id of ['ky-resident', 'ky-edits']) expect(latinWords(world.as(id))).toEqual([]);
});
