import { describe, expect, it } from 'vitest';
import { proposals } from '../../src/proposals/tables.ts';
import { residents } from '../../src/residents/tables.ts';
import { everything, latinWords, useTalk } from '../support/talk.ts';

const world = useTalk();
const { as } = world;

describe('the first talk', () => {
  it('leads from the first hello to a number in Kyrgyz', () =>
    as('ky-first').plays(`
      > Салам
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > [Кыргызча]
      Саламатсызбы! Бул — Кара-Суу айыл аймагынын сунуш боту. Айылыңызга эмне керек экенин ушул жерге жазыңыз.
      > Мектептин чатыры тешик, оңдоп бериңиздер
      Кайсы айылдансыз? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > мантыш
      Сунушуңузду жана чаттагы дарегиңизди сактайбыз. Атыңызды айыл өкмөтү гана көрөт, башкаларга сунуш атыңызсыз көрүнөт. Макулсузбу? [Макулмун|Толук окуу|Жок]
      > макул
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер»
      Айыл: Мантыш
      Багыты: Мектеп
      Жөнөтөлүбү? [Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]
      > 1
      Рахмат, сунушуңуз катталды. Номери: KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.
      Дагы эки суроо, жооп бербесеңиз да болот. Аялдардын, жаштардын жана карыялардын үнү эске алынсын деп сурайбыз. Сиз: [Аял|Эркек|Айтпай эле коёюн]
      > [Аял]
      Жашыңыз канчада? [14–28|29–54|55 жана улуу|Айтпай эле коёюн]
      > 3
      Рахмат!
    `));

  it('leads from the first hello to a number in Russian', () =>
    as('ru-first').plays(`
      > Здравствуйте!
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > русский
      Здравствуйте! Это бот предложений, айылный аймак Кара-Суу. Напишите сюда, что нужно вашему селу.
      > В Ортоке нет уличного освещения
      Мы сохраним предложение и ваш адрес в чате. Имя видит только айыл окмоту, остальным предложение видно без имени. Согласны? [Согласен|Читать полностью|Нет]
      > да
      Проверьте:
      «В Ортоке нет уличного освещения»
      Село: Орток
      Направление: Уличное освещение
      Отправить? [Отправить|Изменить село|Изменить направление|Добавить фото|Исправить текст|Отмена]
      > отправить
      Спасибо, предложение записано. Номер: KS-NUMBER. О новостях напишем сюда.
      Ещё два вопроса, отвечать необязательно. Спрашиваем, чтобы учесть голос женщин, молодёжи и старших. Вы: [Женщина|Мужчина|Не хочу говорить]
      > нет
      Сколько вам лет? [14–28|29–54|55 и старше|Не хочу говорить]
      > пропустить
      Спасибо!
    `));

  it('leads from the first hello to a number in English', () =>
    as('en-first').plays(`
      > Hello
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > 3️⃣
      Hello! This is the proposal bot of Kara-Suu aiyl aimak. Write here what your village needs.
      > The school in Mantysh needs a new roof
      We will keep your proposal and your chat address. Only the okmotu sees your name; others see the proposal without it. Do you agree? [I agree|Read in full|No]
      > [I agree]
      Please check:
      “The school in Mantysh needs a new roof”
      Village: Mantysh
      Sector: School
      Send it? [Send|Change village|Change sector|Add photo|Edit text|Cancel]
      > ok
      Thank you, your proposal is registered. Number: KS-NUMBER. We will write here when there is news.
      Two more questions, you may skip them. We ask so that women, young and older people are heard. You are: [Woman|Man|Prefer not to say]
      > Man
      How old are you? [14–28|29–54|55 and over|Prefer not to say]
      > 29-54
      Thank you!
    `));

  it('keeps the need of somebody who begins with it', () =>
    as('ky-need').plays(`
      > Кызыл-Добонун жолуна шагыл керек, машина өтпөйт
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > [Кыргызча]
      Сунушуңузду жана чаттагы дарегиңизди сактайбыз. Атыңызды айыл өкмөтү гана көрөт, башкаларга сунуш атыңызсыз көрүнөт. Макулсузбу? [Макулмун|Толук окуу|Жок]
      > [Макулмун]
      Текшерип көрүңүз:
      «Кызыл-Добонун жолуна шагыл керек, машина өтпөйт»
      Айыл: Кызыл-Дөбө
      Багыты: Жолдор, көпүрөлөр
      Жөнөтөлүбү? [Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]
      > [Жөнөтүү]
      Рахмат, сунушуңуз катталды. Номери: KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.
      Дагы эки суроо, жооп бербесеңиз да болот. Аялдардын, жаштардын жана карыялардын үнү эске алынсын деп сурайбыз. Сиз: [Аял|Эркек|Айтпай эле коёюн]
    `));

  it('does not ask for the village that a deep link names', () =>
    as('ky-link').plays(`
      > /start ortok
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language. [Кыргызча|Русский|English]
      > [Кыргызча]
      Саламатсызбы! Бул — Кара-Суу айыл аймагынын сунуш боту. Айылыңызга эмне керек экенин ушул жерге жазыңыз.
      > Мектепке жылыткыч керек эле
      Сунушуңузду жана чаттагы дарегиңизди сактайбыз. Атыңызды айыл өкмөтү гана көрөт, башкаларга сунуш атыңызсыз көрүнөт. Макулсузбу? [Макулмун|Толук окуу|Жок]
      > [Макулмун]
      Текшерип көрүңүз:
      «Мектепке жылыткыч керек эле»
      Айыл: Орток
      Багыты: Мектеп
      Жөнөтөлүбү? [Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]
    `));

  it.each([
    ['the text of a link on WhatsApp', 'Салам! Ортоктон'],
    ['a greeting and a name', 'Саламатсызбы, кызыл добо'],
    ['a name alone', 'Ак талаа'],
    ['the id of a link alone', 'mantysh'],
    ['the word for a proposal and a name', 'Сунуш мантыш'],
  ])('does not ask for the village that comes with %s', async (_, words) => {
    const person = as(`ky-link-${words.length}`);
    expect(await person.says(words)).toEqual([expect.stringContaining('Тилди тандаңыз')]);
    expect(await person.taps('Кыргызча')).toEqual([expect.stringContaining('сунуш боту')]);
    expect(await person.says('Мектепке жылыткыч керек эле')).toEqual([expect.stringContaining('Макулсузбу?')]);
  });

  it('takes the name of a link for the village also while the language is asked', async () => {
    const person = as('ky-link-twice');
    await person.says('Салам');
    expect(await person.says('mantysh')).toEqual([expect.stringContaining('Тилди тандаңыз')]);
    await person.taps('Кыргызча');
    expect(await person.says('Мектепке жылыткыч керек эле')).toEqual([expect.stringContaining('Макулсузбу?')]);
  });

  it('does not take the text of a link for a proposal of somebody who is known', async () => {
    const person = as('ky-link-known');
    await person.registers();
    expect(await person.says('ak-talaa')).toEqual([expect.stringMatching(/^Саламатсызбы.*Айылым/s)]);
  });

  it.each([
    ['ky', 'ky-short', 'сунуш боту'],
    ['кыргыз тили', 'ky-long', 'сунуш боту'],
    ['орусча', 'ru-short', 'бот предложений'],
    ['на русском языке', 'ru-long', 'бот предложений'],
    ['en', 'en-short', 'proposal bot'],
  ])('takes «%s» for a language', async (typed, id, welcome) => {
    const person = as(id);
    await person.says('/start');
    expect(await person.says(typed)).toEqual([expect.stringContaining(welcome)]);
  });

  it.each(['/help', 'что это?', 'бул эмне'])(
    'asks for the language first where «%s» is the first word',
    async (said) => {
      expect(await as(`asks-${said.length}`).says(said)).toEqual([expect.stringContaining('Тилди тандаңыз')]);
    },
  );

  it.each([
    ['ky-34', '34', '29-54'],
    ['ky-60', 'мен 60 жаштамын', '55+'],
    ['ky-14', '14 жаш', '14-28'],
  ])('takes years for an age band: %s', async (id, said, band) => {
    const person = as(id);
    await person.says('Мантышта таза суу жок');
    await person.taps('Кыргызча');
    await person.taps('Макулмун');
    await person.taps('Жөнөтүү');
    await person.taps('Аял');
    expect(await person.says(said)).toEqual(['Рахмат!']);
    expect(JSON.stringify(await person.says('маалыматым'))).toContain(
      `Жашыңыз: ${band.replace('-', '–').replace('+', '')}`,
    );
  });

  it('says in all languages that the answer was no language', async () => {
    const person = as('all-languages');
    await person.says('салам');
    const [said = ''] = await person.says('татарча');
    expect(said).toMatch(/^Түшүнбөй калдык.*\nНе поняли вас.*\nWe did not understand/);
  });

  it('ignores a deep link that names nothing', async () => {
    const said = await as('ky-broken-link').says('/start ../../etc/passwd');
    expect(said).toEqual([expect.stringContaining('Тилди тандаңыз')]);
  });
});

describe('the consent', () => {
  it('loses no photo that comes just behind the words', async () => {
    const person = as('ky-photo');
    await person.says('Мектептин чатыры тешик, оңдоп бериңиздер');
    await person.taps('Кыргызча');
    await person.plays(`
      > (photo)
      Кошулду. Сүрөт, файл: 1.
      Кайсы айылдансыз? [Мантыш|Кызыл-Дөбө|Кара-Мойнок|Орток|Ак-Талаа]
      > [Орток]
      Сунушуңузду жана чаттагы дарегиңизди сактайбыз. Атыңызды айыл өкмөтү гана көрөт, башкаларга сунуш атыңызсыз көрүнөт. Макулсузбу? [Макулмун|Толук окуу|Жок]
      > (voice)
      Кошулду. Сүрөт, файл: 2.
      Сунушуңузду жана чаттагы дарегиңизди сактайбыз. Атыңызды айыл өкмөтү гана көрөт, башкаларга сунуш атыңызсыз көрүнөт. Макулсузбу? [Макулмун|Толук окуу|Жок]
      > [Макулмун]
      Текшерип көрүңүз:
      «Мектептин чатыры тешик, оңдоп бериңиздер»
      Айыл: Орток
      Багыты: Мектеп
      Сүрөт, файл: 2
      Жөнөтөлүбү? [Жөнөтүү|Айылды өзгөртүү|Багытты өзгөртүү|Сүрөт кошуу|Текстти оңдоо|Жокко чыгаруу]
    `);
  });

  it('keeps nothing of a person who does not agree, in any table', async () => {
    const person = as('ky-refuses');
    await person.sendsPhoto('Ортокто көчөдө шакмардай жарык жок');
    await person.taps('Кыргызча');
    expect(await everything(world.database)).toMatch(/ky-refuses.*шакмардай|шакмардай.*ky-refuses/);
    await person.plays(`
      > [Жок]
      Түшүндүк, эч нерсе сакталган жок. Сунушту айыл өкмөтүнө кагазга жазып берсеңиз да болот.
    `);
    const left = await everything(world.database);
    expect(left).not.toContain('ky-refuses');
    expect(left).not.toContain('шакмардай');
  });

  it('asks somebody who refused again when they come again', async () => {
    const person = as('ky-refused-once');
    await person.says('Ортокто көчөдө жарык жок');
    await person.taps('Кыргызча');
    await person.says('жок');
    await person.says('Ортокко көпүрө салып бериңиздер');
    const [question] = await person.taps('Кыргызча');
    expect(question).toContain('[Макулмун|Толук окуу|Жок]');
    await person.taps('Макулмун');
    expect(await person.taps('Жөнөтүү')).toEqual([expect.stringMatching(/Номери: KS-2026-\d{4}\./), expect.anything()]);
  });

  it('shows the long text on demand and asks again', async () => {
    const person = as('ky-reads');
    await person.says('Ортокто көчөдө жарык жок');
    await person.taps('Кыргызча');
    const [long, question] = await person.taps('Толук окуу');
    expect(long).toContain('Жеке маалыматтарды иштетүүгө макулдук');
    expect(question).toBe('Сунушуңузду жана чаттагы дарегиңизди сактоого макулсузбу? [Макулмун|Жок]');
    await person.taps('Макулмун');
    const [resident] = await world.database.db.select().from(residents).orderBy(residents.id).limit(1);
    expect(resident?.consentVersion).toBeTruthy();
  });

  it('comes in the language that the person changes to before answering', async () => {
    const person = as('ru-changes');
    await person.says('Ортокто көчөдө жарык жок');
    await person.taps('Кыргызча');
    await person.says('/language');
    await person.plays(`
      > [Русский]
      Хорошо, теперь пишем по-русски.
      Мы сохраним предложение и ваш адрес в чате. Имя видит только айыл окмоту, остальным предложение видно без имени. Согласны? [Согласен|Читать полностью|Нет]
      > да
      Проверьте:
      «Ортокто көчөдө жарык жок»
      Село: Орток
      Направление: Уличное освещение
      Отправить? [Отправить|Изменить село|Изменить направление|Добавить фото|Исправить текст|Отмена]
    `);
  });
});

describe('the numbers', () => {
  it('have no gaps', async () => {
    const rows = await world.database.db.select().from(proposals).orderBy(proposals.sequence);
    expect(rows.length).toBe(9);
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, at) => `KS-2026-${String(at + 1).padStart(4, '0')}`));
  });
});

it('says no Latin word in Kyrgyz', () => {
  for (const id of ['ky-first', 'ky-need', 'ky-link', 'ky-refuses', 'ky-reads']) expect(latinWords(as(id))).toEqual([]);
});
