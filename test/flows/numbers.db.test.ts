import { describe, expect, it } from 'vitest';
import { useTalk } from '../support/talk.ts';
import { HearingStage } from './hearing-stage.ts';

const world = useTalk();
const as = world.as;

describe('a talk without buttons', () => {
  it('pages a long list in Kyrgyz, and takes any number on any page', () =>
    as('ky-pages', 'numbers').plays(`
      > Салам
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language.

      1. Кыргызча
      2. Русский
      3. English

      Номерин жазыңыз. Напишите номер. Type the number.
      > 1️⃣
      Саламатсызбы! Бул — Кара-Суу айыл аймагынын сунуш боту. Айылыңызга эмне керек экенин ушул жерге жазыңыз.
      > Ортокто көчөдө жарык жок
      Сунушуңузду жана чаттагы дарегиңизди сактайбыз. Атыңызды айыл өкмөтү гана көрөт, башкаларга сунуш атыңызсыз көрүнөт. Макулсузбу?

      1. Макулмун
      2. Толук окуу
      3. Жок

      Номерин жазыңыз. 0 – артка, 00 – меню
      > 1.
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Жөнөтөлүбү?

      1. Жөнөтүү
      2. Айылды өзгөртүү
      3. Багытты өзгөртүү
      4. Сүрөт кошуу
      5. Текстти оңдоо
      6. Жокко чыгаруу

      Номерин жазыңыз. 00 – меню
      > №3
      Сунуш эмне жөнүндө? Багытын тандаңыз.

      1. Жолдор, көпүрөлөр
      2. Таза суу
      3. Сугат суу, жайыт, айыл чарба
      4. Таштанды, тазалык
      5. Электр, свет
      6. Мектеп
      7. Бала бакча
      8. Медицина, ФАП

      Калганын көрүү: «дагы» же +.
      Номерин жазыңыз. 0 – артка, 00 – меню
      > дагы
      Сунуш эмне жөнүндө? Багытын тандаңыз.

      9. Клуб, маданият
      10. Китепкана
      11. Спорт, жаштар
      12. Социалдык колдоо
      13. Ишкердик, жумуш орундары
      14. Жер, муниципалдык менчик
      15. Сел, кырсык
      16. Унаа, байланыш, интернет

      Калганын көрүү: «дагы» же +.
      Номерин жазыңыз. 0 – артка, 00 – меню
      > +
      Сунуш эмне жөнүндө? Багытын тандаңыз.

      17. Абаттандыруу, парк, көрүстөн
      18. Башка

      Калганын көрүү: «дагы» же +.
      Номерин жазыңыз. 0 – артка, 00 – меню
      > +
      Сунуш эмне жөнүндө? Багытын тандаңыз.

      1. Жолдор, көпүрөлөр
      2. Таза суу
      3. Сугат суу, жайыт, айыл чарба
      4. Таштанды, тазалык
      5. Электр, свет
      6. Мектеп
      7. Бала бакча
      8. Медицина, ФАП

      Калганын көрүү: «дагы» же +.
      Номерин жазыңыз. 0 – артка, 00 – меню
      > 0
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок»
      Айыл: Орток
      Багыты: Көчө жарыгы
      Жөнөтөлүбү?

      1. Жөнөтүү
      2. Айылды өзгөртүү
      3. Багытты өзгөртүү
      4. Сүрөт кошуу
      5. Текстти оңдоо
      6. Жокко чыгаруу

      Номерин жазыңыз. 00 – меню
      > 3
      Сунуш эмне жөнүндө? Багытын тандаңыз.

      1. Жолдор, көпүрөлөр
      2. Таза суу
      3. Сугат суу, жайыт, айыл чарба
      4. Таштанды, тазалык
      5. Электр, свет
      6. Мектеп
      7. Бала бакча
      8. Медицина, ФАП

      Калганын көрүү: «дагы» же +.
      Номерин жазыңыз. 0 – артка, 00 – меню
      > 🔟
      Текшерип көрүңүз:
      «Ортокто көчөдө жарык жок»
      Айыл: Орток
      Багыты: Китепкана
      Жөнөтөлүбү?

      1. Жөнөтүү
      2. Айылды өзгөртүү
      3. Багытты өзгөртүү
      4. Сүрөт кошуу
      5. Текстти оңдоо
      6. Жокко чыгаруу

      Номерин жазыңыз. 0 – артка, 00 – меню
      > 1
      Рахмат, сунушуңуз катталды. Номери: KS-NUMBER. Жаңылык болсо, ушул жерге жазабыз.
      Дагы эки суроо, жооп бербесеңиз да болот. Аялдардын, жаштардын жана карыялардын үнү эске алынсын деп сурайбыз. Сиз:

      1. Аял
      2. Эркек
      3. Айтпай эле коёюн

      Номерин жазыңыз. 00 – меню
    `));

  it('leads to the menu from the middle of a draft, and back', () =>
    as('ky-menu', 'numbers').plays(`
      > Салам
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language.

      1. Кыргызча
      2. Русский
      3. English

      Номерин жазыңыз. Напишите номер. Type the number.
      > 1
      Саламатсызбы! Бул — Кара-Суу айыл аймагынын сунуш боту. Айылыңызга эмне керек экенин ушул жерге жазыңыз.
      > Ортокто таза суу жок
      Сунушуңузду жана чаттагы дарегиңизди сактайбыз. Атыңызды айыл өкмөтү гана көрөт, башкаларга сунуш атыңызсыз көрүнөт. Макулсузбу?

      1. Макулмун
      2. Толук окуу
      3. Жок

      Номерин жазыңыз. 0 – артка, 00 – меню
      > 1)
      Текшерип көрүңүз:
      «Ортокто таза суу жок»
      Айыл: Орток
      Багыты: Таза суу
      Жөнөтөлүбү?

      1. Жөнөтүү
      2. Айылды өзгөртүү
      3. Багытты өзгөртүү
      4. Сүрөт кошуу
      5. Текстти оңдоо
      6. Жокко чыгаруу

      Номерин жазыңыз. 00 – меню
      > 00
      Жаза баштаганыңыз сакталып турат. Төмөнкүдөн тандаңыз.

      1. Сунуш жазуу
      2. Менин сунуштарым
      3. Коомдук угуулар
      4. Тилди өзгөртүү
      5. Айылым
      6. Менин маалыматым
      7. Билдирүүлөрдү токтотуу
      8. Улантуу

      Номерин жазыңыз. 0 – артка
      > 0
      Текшерип көрүңүз:
      «Ортокто таза суу жок»
      Айыл: Орток
      Багыты: Таза суу
      Жөнөтөлүбү?

      1. Жөнөтүү
      2. Айылды өзгөртүү
      3. Багытты өзгөртүү
      4. Сүрөт кошуу
      5. Текстти оңдоо
      6. Жокко чыгаруу

      Номерин жазыңыз. 00 – меню
      > меню
      Жаза баштаганыңыз сакталып турат. Төмөнкүдөн тандаңыз.

      1. Сунуш жазуу
      2. Менин сунуштарым
      3. Коомдук угуулар
      4. Тилди өзгөртүү
      5. Айылым
      6. Менин маалыматым
      7. Билдирүүлөрдү токтотуу
      8. Улантуу

      Номерин жазыңыз. 0 – артка
      > 8
      Текшерип көрүңүз:
      «Ортокто таза суу жок»
      Айыл: Орток
      Багыты: Таза суу
      Жөнөтөлүбү?

      1. Жөнөтүү
      2. Айылды өзгөртүү
      3. Багытты өзгөртүү
      4. Сүрөт кошуу
      5. Текстти оңдоо
      6. Жокко чыгаруу

      Номерин жазыңыз. 00 – меню
      > 00
      Жаза баштаганыңыз сакталып турат. Төмөнкүдөн тандаңыз.

      1. Сунуш жазуу
      2. Менин сунуштарым
      3. Коомдук угуулар
      4. Тилди өзгөртүү
      5. Айылым
      6. Менин маалыматым
      7. Билдирүүлөрдү токтотуу
      8. Улантуу

      Номерин жазыңыз. 0 – артка
      > 2
      Сизде азырынча сунуш жок.

      1. Сунуш жазуу

      Номерин жазыңыз. 00 – меню
      > 0
      Текшерип көрүңүз:
      «Ортокто таза суу жок»
      Айыл: Орток
      Багыты: Таза суу
      Жөнөтөлүбү?

      1. Жөнөтүү
      2. Айылды өзгөртүү
      3. Багытты өзгөртүү
      4. Сүрөт кошуу
      5. Текстти оңдоо
      6. Жокко чыгаруу

      Номерин жазыңыз. 00 – меню
    `));

  it('does the same in Russian', () =>
    as('ru-n', 'numbers').plays(`
      > Здравствуйте
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language.

      1. Кыргызча
      2. Русский
      3. English

      Номерин жазыңыз. Напишите номер. Type the number.
      > 2
      Здравствуйте! Это бот предложений, айылный аймак Кара-Суу. Напишите сюда, что нужно вашему селу.
      > В Ортоке нет уличного освещения
      Мы сохраним предложение и ваш адрес в чате. Имя видит только айыл окмоту, остальным предложение видно без имени. Согласны?

      1. Согласен
      2. Читать полностью
      3. Нет

      Напишите номер. 0 – назад, 00 – меню
      > 1
      Проверьте:
      «В Ортоке нет уличного освещения»
      Село: Орток
      Направление: Уличное освещение
      Отправить?

      1. Отправить
      2. Изменить село
      3. Изменить направление
      4. Добавить фото
      5. Исправить текст
      6. Отмена

      Напишите номер. 00 – меню
      > 3
      О чём предложение? Выберите направление.

      1. Дороги и мосты
      2. Питьевая вода
      3. Полив, пастбища, сельское хозяйство
      4. Мусор и чистота
      5. Электричество, свет
      6. Школа
      7. Детский сад
      8. Медицина, ФАП

      Показать остальные: «ещё» или +.
      Напишите номер. 0 – назад, 00 – меню
      > ещё
      О чём предложение? Выберите направление.

      9. Клуб, культура
      10. Библиотека
      11. Спорт и молодёжь
      12. Социальная поддержка
      13. Малый бизнес, рабочие места
      14. Земля, муниципальная собственность
      15. Сели, стихийные бедствия
      16. Транспорт, связь, интернет

      Показать остальные: «ещё» или +.
      Напишите номер. 0 – назад, 00 – меню
      > 0
      Проверьте:
      «В Ортоке нет уличного освещения»
      Село: Орток
      Направление: Уличное освещение
      Отправить?

      1. Отправить
      2. Изменить село
      3. Изменить направление
      4. Добавить фото
      5. Исправить текст
      6. Отмена

      Напишите номер. 00 – меню
      > 00
      То, что вы начали, сохранено. Выберите ниже.

      1. Написать предложение
      2. Мои предложения
      3. Слушания
      4. Сменить язык
      5. Моё село
      6. Мои данные
      7. Остановить уведомления
      8. Продолжить

      Напишите номер. 0 – назад
      > 8
      Проверьте:
      «В Ортоке нет уличного освещения»
      Село: Орток
      Направление: Уличное освещение
      Отправить?

      1. Отправить
      2. Изменить село
      3. Изменить направление
      4. Добавить фото
      5. Исправить текст
      6. Отмена

      Напишите номер. 00 – меню
    `));

  it('does the same in English', () =>
    as('en-n', 'numbers').plays(`
      > Hello
      Саламатсызбы! Тилди тандаңыз.
      Здравствуйте! Выберите язык.
      Hello! Choose a language.

      1. Кыргызча
      2. Русский
      3. English

      Номерин жазыңыз. Напишите номер. Type the number.
      > ③
      Hello! This is the proposal bot of Kara-Suu aiyl aimak. Write here what your village needs.
      > The school in Mantysh needs a new roof
      We will keep your proposal and your chat address. Only the okmotu sees your name; others see the proposal without it. Do you agree?

      1. I agree
      2. Read in full
      3. No

      Type the number. 0 – back, 00 – menu
      > 1)
      Please check:
      “The school in Mantysh needs a new roof”
      Village: Mantysh
      Sector: School
      Send it?

      1. Send
      2. Change village
      3. Change sector
      4. Add photo
      5. Edit text
      6. Cancel

      Type the number. 00 – menu
      > 3
      What is the proposal about? Choose a sector.

      1. Roads and bridges
      2. Drinking water
      3. Irrigation, pastures, farming
      4. Waste and cleanliness
      5. Street lighting
      6. Electricity
      7. Kindergarten
      8. Health care

      To see the rest: “more” or +.
      Type the number. 0 – back, 00 – menu
      > more
      What is the proposal about? Choose a sector.

      9. Village club, culture
      10. Library
      11. Sport and youth
      12. Social support
      13. Small business, jobs
      14. Land, municipal property
      15. Mudflows, disasters
      16. Transport, phone, internet

      To see the rest: “more” or +.
      Type the number. 0 – back, 00 – menu
      > 0
      Please check:
      “The school in Mantysh needs a new roof”
      Village: Mantysh
      Sector: School
      Send it?

      1. Send
      2. Change village
      3. Change sector
      4. Add photo
      5. Edit text
      6. Cancel

      Type the number. 00 – menu
      > 00
      What you began is kept. Choose below.

      1. Write a proposal
      2. My proposals
      3. Public hearings
      4. Change language
      5. My village
      6. My data
      7. Stop notices
      8. Continue

      Type the number. 0 – back
      > 1
      Please check:
      “The school in Mantysh needs a new roof”
      Village: Mantysh
      Sector: School
      Send it?

      1. Send
      2. Change village
      3. Change sector
      4. Add photo
      5. Edit text
      6. Cancel

      Type the number. 00 – menu
    `));

  it('begins with the language again on 0 and 00 where none is chosen yet', async () => {
    const person = as('no-language', 'numbers');
    const [question] = await person.says('Салам');
    for (const word of ['0', '00', 'меню']) expect(await person.says(word)).toEqual([question]);
  });

  it('shows the menu on 0 at the first question of anything, and in the menu itself', async () => {
    const person = as('at-first', 'numbers');
    await person.registers();
    for (const word of ['айыл', 'тил', 'менин сунуштарым', 'маалыматым', 'токтот']) {
      await person.says(word);
      expect(await person.says('0')).toEqual([expect.stringContaining('1. Сунуш жазуу')]);
      expect(await person.says('0')).toEqual([expect.stringContaining('1. Сунуш жазуу')]);
    }
  });

  it('says of 0 only where it leads to an earlier question', async () => {
    const person = as('hints', 'numbers');
    await person.registers();
    const said = [await person.says('айыл'), await person.says('00'), await person.says('Мантышта көчөдө жарык жок')];
    expect(said.map((texts) => texts.at(-1)?.split('\n').at(-1))).toEqual([
      'Номерин жазыңыз. 00 – меню',
      'Номерин жазыңыз.',
      'Номерин жазыңыз. 0 – артка, 00 – меню',
    ]);
  });

  it('shows the menu of staff in pages, of which any number counts', async () => {
    const stage = new HearingStage(world);
    await stage.colleague('officer', 'admin');
    const officer = as('officer', 'numbers');
    const [first = ''] = await officer.says('00');
    const [second = ''] = await officer.says('дагы');
    expect([first, second].map((text) => text.match(/^\d+(?=\. )/gm))).toEqual([
      ['1', '2', '3', '4', '5', '6', '7', '8'],
      ['9', '10', '11', '12', '13', '14', '15', '16'],
    ]);
    expect(await officer.says('7')).toEqual([expect.stringContaining('Статистика: Кара-Суу')]);
  });

  it('never lists more than nine at once', async () => {
    const person = as('short-lists', 'numbers');
    await person.registers();
    await person.says('Мантышта көчөдө жарык жок');
    await person.says('багытты өзгөртүү');
    for (let page = 0; page < 3; page++) await person.says('дагы');
    await person.says('00');
    for (const text of person.heard) {
      const listed = text.split('\n').filter((line) => /^\d+\. /.test(line));
      expect(listed.length).toBeLessThanOrEqual(9);
    }
  });
});
