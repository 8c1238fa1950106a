import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { proposals } from '../../src/proposals/tables.ts';
import { residents } from '../../src/residents/tables.ts';
import { latinWords, type Person, useTalk } from '../support/talk.ts';

const world = useTalk();
const MENU =
  '[Сунуш жазуу|Менин сунуштарым|Коомдук угуулар|Тилди өзгөртүү|Айылым|Менин маалыматым|Билдирүүлөрдү токтотуу]';
const HELLO = `Саламатсызбы! Айылыңызга эмне керек экенин жазыңыз же төмөнкүдөн тандаңыз. ${MENU}`;
const THANKS = `Сизге да рахмат! Дагы сунушуңуз болсо, ушул жерге жазыңыз. ${MENU}`;
const NOT_UNDERSTOOD = `Түшүнбөй калдык. Төмөнкүдөн тандаңыз же сунушуңузду толугураак жазыңыз. ${MENU}`;
const NOT_READABLE = `Муну окуй албайбыз. Сөз менен жазыңыз же үн, сүрөт жибериңиз. ${MENU}`;
const OLD = `Бул баскыч эскирип калды. Төмөнкүдөн тандаңыз. ${MENU}`;

let person: Person;
beforeAll(async () => {
  person = world.as('ky-resident');
  await person.registers();
});

const storedCount = () => world.database.db.$count(proposals);

describe('what is not a proposal', () => {
  it.each([
    ['a greeting', 'Саламатсызбы!', HELLO],
    ['a greeting again', 'ассалому алейкум', HELLO],
    ['a greeting in Russian', 'Добрый день', HELLO],
    ['thanks', 'чоң рахмат', THANKS],
    ['hands that thank', '🙏🙏', THANKS],
    ['one word', 'суу', NOT_UNDERSTOOD],
    ['a thumb', '👍', NOT_UNDERSTOOD],
    ['signs', '!!!', NOT_UNDERSTOOD],
    ['a number that is no option', '42', NOT_UNDERSTOOD],
    ['the name of a village', 'Кызыл добо', HELLO],
    ['a greeting and the name of a village', 'Салам Орток', HELLO],
    ['what the link of a poster says', 'mantysh', HELLO],
    ['an unknown command', '/abrakadabra', NOT_UNDERSTOOD],
    ['nothing', '', NOT_READABLE],
    ['spaces', '  \n\t ', NOT_READABLE],
    ['control characters', '\u0000\u0007\u001b', NOT_READABLE],
    ['a lone surrogate', '\ud83d', NOT_READABLE],
    ['marks of direction', '\u202e\u2066\u200f', NOT_READABLE],
  ])('%s is answered with the menu', async (_, said, answer) => {
    const before = await storedCount();
    expect(await person.says(said)).toEqual([answer]);
    expect(await storedCount()).toBe(before);
  });

  it.each(['көпүрө', 'Орток'])('becomes one when it is edited into a need: %s', async (said) => {
    await person.says(said);
    expect(await person.edits(said, 'Ортокко көпүрө салып бериңиздер')).toEqual([
      expect.stringContaining('«Ортокко көпүрө салып бериңиздер»'),
    ]);
    await person.says('токтот');
  });
});

describe('words that are strange', () => {
  it('are kept without what turns or breaks the text around them', async () => {
    const strange = 'Мектепке \u202eжылуу\u0000 керек \ud83d\u0007бизге';
    expect(await person.says(strange)).toEqual([expect.stringContaining('«Мектепке жылуу керек бизге»')]);
    await person.taps('Жокко чыгаруу');
  });

  it('of another script are taken as they stand', async () => {
    expect(await person.says('نحتاج إلى جسر جديد في القرية')).toEqual([
      expect.stringContaining('«نحتاج إلى جسر جديد في القرية»'),
    ]);
    await person.taps('Жокко чыгаруу');
  });

  it('that are too many are answered with how many may be', async () => {
    expect(await person.says('көпүрө керек '.repeat(8_000))).toEqual([
      expect.stringMatching(/^Текст өтө узун, эң көбү 10\s?000 белги/),
      expect.stringContaining('Айылыңызга эмне керек?'),
    ]);
    await person.says('токтот');
  });

  it('of the longest proposal are stored whole', async () => {
    const text = `${'көпүрө керек '.repeat(769)}`.slice(0, 9_999).trim();
    const [card] = await person.says(text);
    if (card?.includes('Өз-өзүнчө')) await person.taps('Бирге');
    await person.taps('Жөнөтүү');
    const stored = await world.database.db.select().from(proposals).where(eq(proposals.text, text));
    expect(stored).toHaveLength(1);
  });
});

describe('buttons', () => {
  it('that are old are named so, with the question that is open', async () => {
    await person.says('Ортокто көчөдө жарык жок');
    const old = person.button('Айылды өзгөртүү');
    await person.taps('Жокко чыгаруу');
    expect(await person.does(old)).toEqual([OLD]);
    expect(await person.does({ ...old })).toEqual([]);
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    expect(await person.does(old)).toEqual([
      'Бул баскыч эскирип калды. Төмөнкү суроого жооп бериңиз.',
      expect.stringContaining('«Мектептин чатыры тешик, оңдоп бериңиздер»'),
    ]);
    await person.taps('Жокко чыгаруу');
  });

  it.each([['nonsense'], ['a:b:c'], [''], ['x'.repeat(100)], ["'; drop table proposals; --"], ['\u0000']])(
    'that are forged are taken as old: %j',
    async (data) => {
      await person.says('салам');
      expect(await person.does({ kind: 'pick', data, messageId: 'none' })).toEqual([OLD]);
    },
  );

  it('pressed twice send one proposal and are answered once', async () => {
    await person.says('Ортокто көчөдө жарык жок экен');
    const before = await storedCount();
    const send = person.button('Жөнөтүү');
    expect(await person.does(send, { ...send }, { ...send })).toEqual([expect.stringContaining('катталды')]);
    expect(await storedCount()).toBe(before + 1);
  });

  it('of a form are known again after going back', async () => {
    await person.says('Ортокто көчөдө жарык жок экен');
    const village = person.button('Айылды өзгөртүү');
    await person.does(village);
    await person.says('артка');
    expect(await person.does(village)).not.toEqual([]);
    await person.says('токтот');
  });
});

describe('a draft', () => {
  const CARD = 'Текшерип көрүңүз:';
  it.each([
    ['/my', 'менин', 1],
    ['/mydata', 'Сиз жөнүндө сакталган маалымат:', 2],
    ['/help', 'Мындай сөздөрдү да жазса болот', 2],
    ['жардам', 'Мындай сөздөрдү да жазса болот', 2],
    ['/start', CARD, 1],
    ['/propose', CARD, 1],
  ])('is there again after %s', async (command, answer, count) => {
    await person.says('Ортокто көчөдө жарык жок');
    const said = await person.says(command);
    expect(said).toHaveLength(count);
    expect(said[0]?.toLowerCase()).toContain(answer === 'менин' ? 'сиздин сунуштарыңыз' : answer.toLowerCase());
    if (command === '/my') {
      await person.says('1');
      await person.says('токтот');
    }
    expect(person.heard.at(-1)).toContain(CARD);
    expect(person.heard.at(-1)).toContain('«Ортокто көчөдө жарык жок»');
    await person.taps('Жокко чыгаруу');
  });

  it('goes on in the language that is chosen meanwhile', async () => {
    const other = world.as('switches');
    await other.registers();
    await other.says('Ортокто көчөдө жарык жок');
    await other.says('/language');
    await other.plays(`
      > 2
      Хорошо, теперь пишем по-русски.
      Проверьте:
      «Ортокто көчөдө жарык жок»
      Село: Орток
      Направление: Уличное освещение
      Отправить? [Отправить|Изменить село|Изменить направление|Добавить фото|Исправить текст|Отмена]
      > [Отправить]
      Спасибо, предложение записано. Номер: KS-NUMBER. О новостях напишем сюда.
    `);
  });
});

describe('the questions after the first proposal', () => {
  const first = async (id: string) => {
    const newcomer = world.as(id);
    await newcomer.says('Мантышта көчөдө жарык жок');
    await newcomer.taps('Кыргызча');
    await newcomer.taps('Макулмун');
    await newcomer.taps('Жөнөтүү');
    return newcomer;
  };
  const told = async (text: string) => {
    const [row] = await world.database.db
      .select({ sex: residents.sex, ageBand: residents.ageBand })
      .from(proposals)
      .innerJoin(residents, eq(residents.id, proposals.residentId))
      .where(eq(proposals.text, text));
    return row;
  };

  it('keep what is said', async () => {
    const newcomer = await first('ky-says');
    await newcomer.taps('Аял');
    expect(await newcomer.taps('55 жана улуу')).toEqual(['Рахмат!']);
    await newcomer.says('Мектептин эшиги сынып калды, жаңысы керек');
    await newcomer.taps('Жөнөтүү');
    expect(await told('Мектептин эшиги сынып калды, жаңысы керек')).toEqual({ sex: 'woman', ageBand: '55+' });
  });

  it.each([
    ['another proposal', 'ky-ignores', 'Ортокто таза суу жок', 'Текшерип көрүңүз:'],
    ['thanks', 'ky-thanks', 'рахмат', 'Сизге да рахмат!'],
    ['a command', 'ky-command', 'менин сунуштарым', 'Сиздин сунуштарыңыз: 1'],
    ['a wish to stop', 'ky-stops', 'токтот', 'Рахмат!'],
  ])('are left by %s and never asked again', async (_, id, words, answer) => {
    const newcomer = await first(id);
    const [said] = await newcomer.says(words);
    expect(said).toContain(answer);
    if (!answer.startsWith('Текшерип')) await newcomer.says('Ортокто таза суу жок');
    expect(await newcomer.taps('Жөнөтүү')).toEqual([expect.stringContaining('катталды')]);
  });
});

it('says no Latin word in Kyrgyz', () => {
  for (const id of ['ky-resident', 'ky-says', 'ky-ignores', 'ky-thanks', 'ky-command', 'ky-stops'])
    expect(latinWords(world.as(id))).toEqual([]);
});
