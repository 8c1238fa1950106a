import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../support/talk.ts';
import { useAnnouncing } from './announce-stage.ts';

const stage = useAnnouncing();
let aigul: Person;
let olga: Person;
let emma: Person;

beforeAll(async () => {
  aigul = await stage.resident('ky-aigul', { village: 'mantysh', language: 'ky', name: 'Айгүл' });
  olga = await stage.resident('ru-olga', { village: 'mantysh', language: 'ru', name: 'Ольга' });
  emma = await stage.resident('en-emma', { village: 'ortok', language: 'en', name: 'Эмма' });
});

describe('announce, in other languages,', () => {
  it('speaks Russian', async () => {
    const russian = await stage.member('ru-officer', 'officer', 'ru');
    await russian.plays(`
      > объявление
      О чём объявляем? [Слушания|Документ утверждён|Другое объявление|Тексты сообщений]
      > [Слушания]
      Что обсуждают на слушаниях? [Проект программы развития|Проект бюджета|Исполнение бюджета|План совместных действий|Другой вопрос]
      > [План совместных действий]
      Напишите тему слушаний одним предложением.
      > Что построим в 2027 году
      Написать и на другом языке? Если нет, остальные прочтут по-русски. [Кыргызча|English|Пропустить]
      > [Пропустить]
      Когда будут слушания? Выберите день или напишите его со временем, например: 06.12 10:00 [2 декабря, среда|3 декабря, четверг|4 декабря, пятница|5 декабря, суббота]
      > 12.01.2027 в 10.30
      В каком селе будут слушания? [Мантыш|Кызыл-Добо|Кара-Мойнок|Орток|Ак-Талаа]
      > кызыл-добо
      В каком месте? Например: клуб, школа.
      > Школа
      Объявление о слушаниях
      План совместных действий
      Тема: Что построим в 2027 году
      Когда: 12 января 2027 года, 10:30
      Где: село Кызыл-Добо, Школа
      Кому: всем

      Получателей: 3. Симулятор: 3
      Например: Айгүл (Мантыш); Ольга (Мантыш); Эмма (Орток)

      Когда:
      • объявление – сразу
      • дней до слушаний: 7 – 5 января 2027 года, 10:30
      • дней до слушаний: 1 – 11 января 2027 года, 10:30
      • часов до слушаний: 2 – 12 января 2027 года, 08:30

      Обратите внимание:
      • Нет темы: по-кыргызски – 1 чел., по-английски – 1 чел., прочтут по-русски. [Отправить|Просмотр|Отправить себе|Изменить|Отмена|К списку]
      > [Изменить]
      Что изменить? Выберите ниже. [Тема|Дата и время|Место|Повестка|Проект|Приём предложений|Контакт|Кто созывает|Вид слушаний|Текст|Файлы|Кому|Напоминания|Время отправки|К карточке]
      > [Напоминания]
      За сколько напомнить о слушаниях? Сейчас: дней до слушаний: 7, дней до слушаний: 1, часов до слушаний: 2. Если иначе, напишите так: 7 дней, 1 день, 2 часа. [дней до слушаний: 7, дней до слушаний: 1, часов до слушаний: 2|Без напоминаний]
      > 3 дня, 1 час
      Объявление о слушаниях
      План совместных действий
      Тема: Что построим в 2027 году
      Когда: 12 января 2027 года, 10:30
      Где: село Кызыл-Добо, Школа
      Кому: всем

      Получателей: 3. Симулятор: 3
      Например: Айгүл (Мантыш); Ольга (Мантыш); Эмма (Орток)

      Когда:
      • объявление – сразу
      • дней до слушаний: 3 – 9 января 2027 года, 10:30
      • часов до слушаний: 1 – 12 января 2027 года, 09:30

      Обратите внимание:
      • Нет темы: по-кыргызски – 1 чел., по-английски – 1 чел., прочтут по-русски. [Отправить|Просмотр|Отправить себе|Изменить|Отмена|К списку]
      > [Изменить]
      Что изменить? Выберите ниже. [Тема|Дата и время|Место|Повестка|Проект|Приём предложений|Контакт|Кто созывает|Вид слушаний|Текст|Файлы|Кому|Напоминания|Время отправки|К карточке]
      > [Кому]
      Кому отправить? [Сёла|Языки|Каналы|Группы|Всем]
      > [Сёла]
      В какие сёла? Можно выбрать несколько. [Мантыш|Кызыл-Добо|Кара-Мойнок|Орток|Ак-Талаа|Все сёла]
      > мантыш, кызыл-добо
      Объявление о слушаниях
      План совместных действий
      Тема: Что построим в 2027 году
      Когда: 12 января 2027 года, 10:30
      Где: село Кызыл-Добо, Школа
      Кому: Мантыш, Кызыл-Добо

      Получателей: 2. Симулятор: 2
      Например: Айгүл (Мантыш); Ольга (Мантыш)

      Когда:
      • объявление – сразу
      • дней до слушаний: 3 – 9 января 2027 года, 10:30
      • часов до слушаний: 1 – 12 января 2027 года, 09:30

      Обратите внимание:
      • Нет темы: по-кыргызски – 1 чел., прочтут по-русски. [Отправить|Просмотр|Отправить себе|Изменить|Отмена|К списку]
      > [Просмотр]
      Кыргызча
      КООМДУК УГУУ
      Биргелешкен аракеттер планы
      Что построим в 2027 году
      Күнү: 2027-жылдын 12-январы, саат 10:30
      Жери: Кызыл-Дөбө айылы, Школа
      Келесизби?
      [Келем] [Келе албайм]
      Русский
      ОБЩЕСТВЕННЫЕ СЛУШАНИЯ
      План совместных действий
      Что построим в 2027 году
      Когда: 12 января 2027 года, 10:30
      Где: село Кызыл-Добо, Школа
      Придёте?
      [Приду] [Не смогу]
      English
      PUBLIC HEARING
      Joint Action Plan
      Что построим в 2027 году
      When: 12 January 2027, 10:30
      Where: Kyzyl-Dobo, Школа
      Will you come?
      [I will come] [I cannot come]
      Объявление о слушаниях
      План совместных действий
      Тема: Что построим в 2027 году
      Когда: 12 января 2027 года, 10:30
      Где: село Кызыл-Добо, Школа
      Кому: Мантыш, Кызыл-Добо

      Получателей: 2. Симулятор: 2
      Например: Айгүл (Мантыш); Ольга (Мантыш)

      Когда:
      • объявление – сразу
      • дней до слушаний: 3 – 9 января 2027 года, 10:30
      • часов до слушаний: 1 – 12 января 2027 года, 09:30

      Обратите внимание:
      • Нет темы: по-кыргызски – 1 чел., прочтут по-русски. [Отправить|Просмотр|Отправить себе|Изменить|Отмена|К списку]
    `);
    expect((await russian.taps('Отправить'))[0]).toBe('Хорошо, отправим. О ходе рассылки напишем сюда.');
    await stage.runs();
    await stage.hears(russian, /Рассылка закончена/);
    await russian.plays(`
      > [Открыть объявление]
      Что построим в 2027 году
      Состояние: отправляется
      Когда: 12 января 2027 года, 10:30
      Где: село Кызыл-Добо, Школа

      объявление · 22 ноября, воскресенье, 10:02 · закончено
      Всего: 2 · Отправлено: 2

      дней до слушаний: 3 · 9 января 2027 года, 10:30 · ждёт

      часов до слушаний: 1 · 12 января 2027 года, 09:30 · ждёт [Пауза|Остановить|Посмотреть снова|Кому дошло|Список файлом|Открыть слушания|К списку]
      > [Кому дошло]
      По чему посмотреть? [По сёлам|По языкам|По каналам]
      > [По языкам]
      Кыргызча · Отправлено: 1
      Русский · Отправлено: 1
      Что построим в 2027 году
      Состояние: отправляется
      Когда: 12 января 2027 года, 10:30
      Где: село Кызыл-Добо, Школа

      объявление · 22 ноября, воскресенье, 10:02 · закончено
      Всего: 2 · Отправлено: 2

      дней до слушаний: 3 · 9 января 2027 года, 10:30 · ждёт

      часов до слушаний: 1 · 12 января 2027 года, 09:30 · ждёт [Пауза|Остановить|Посмотреть снова|Кому дошло|Список файлом|Открыть слушания|К списку]
    `);
    expect(olga.heard.at(-1)).toBe(
      [
        'ОБЩЕСТВЕННЫЕ СЛУШАНИЯ',
        'План совместных действий',
        'Что построим в 2027 году',
        'Когда: 12 января 2027 года, 10:30',
        'Где: село Кызыл-Добо, Школа',
        'Придёте? [Приду|Не смогу]',
      ].join('\n'),
    );
    expect(emma.heard).toEqual([]);
  });

  it('speaks English', async () => {
    const english = await stage.member('en-officer', 'officer', 'en');
    await english.plays(`
      > /announce
      Announcements: 1. Which one do you open? [New announcement|12.01 · Что построим в 2027 году · being sent|Texts of notices]
      > [New announcement]
      What do we announce? [Hearing|Document approved|Other notice|Earlier ones|Texts of notices]
      > [Other notice]
      Write the text of the announcement.
      > There is no water in Ortok tomorrow
      Write it in another language too? If not, the others read it in English. [Кыргызча|Русский|Skip]
      > [Кыргызча]
      Write it in Kyrgyz.
      > Эртең Орток айылында суу болбойт
      Write it in another language too? If not, the others read it in Kyrgyz. [Русский|Skip]
      > [Skip]
      Announcement
      “There is no water in Ortok tomorrow”
      To: everybody

      Recipients: 3. Simulator: 3
      For example: Айгүл (Mantysh); Ольга (Mantysh); Эмма (Ortok)

      When:
      • notice – at once

      Please note:
      • No text: Russian (1); they read Kyrgyz. [Send|Preview|Send to myself|Change|Cancel|Back to list]
      > [Change]
      What shall we change? Choose below. [Text|Files|To whom|Time of sending|Back to the card]
      > [To whom]
      To whom shall it go? [Villages|Languages|Channels|Groups|Everybody]
      > [Languages]
      To readers of which language? You may choose several. [Кыргызча|Русский|English|All languages]
      > [English]
      To readers of which language? You may choose several. [Кыргызча|Русский|✓ English|All languages|Done]
      > [Кыргызча]
      To readers of which language? You may choose several. [✓ Кыргызча|Русский|✓ English|All languages|Done]
      > [Done]
      Announcement
      “There is no water in Ortok tomorrow”
      To: Kyrgyz, English

      Recipients: 2. Simulator: 2
      For example: Айгүл (Mantysh); Эмма (Ortok)

      When:
      • notice – at once [Send|Preview|Send to myself|Change|Cancel|Back to list]
      > [Preview]
      Кыргызча
      Эртең Орток айылында суу болбойт
      Русский
      Эртең Орток айылында суу болбойт
      English
      There is no water in Ortok tomorrow
      Announcement
      “There is no water in Ortok tomorrow”
      To: Kyrgyz, English

      Recipients: 2. Simulator: 2
      For example: Айгүл (Mantysh); Эмма (Ortok)

      When:
      • notice – at once [Send|Preview|Send to myself|Change|Cancel|Back to list]
    `);
    expect((await english.taps('Send'))[0]).toBe('All right, it will be sent. We write here how it goes.');
    await stage.runs();
    await stage.hears(english, /Sending is finished/);
    await english.plays(`
      > [Open the announcement]
      There is no water in Ortok tomorrow
      State: sent

      notice · Sunday 22 November at 10:05 · finished
      All: 2 · Sent: 2 [Look again|Who got it|List as a file|Back to list]
      > [Who got it]
      By what would you like to see it? [By village|By language|By channel]
      > [By channel]
      Simulator · Sent: 2
      There is no water in Ortok tomorrow
      State: sent

      notice · Sunday 22 November at 10:05 · finished
      All: 2 · Sent: 2 [Look again|Who got it|List as a file|Back to list]
    `);
    expect(emma.heard.at(-1)).toBe('There is no water in Ortok tomorrow');
    expect(aigul.heard.at(-1)).toBe('Эртең Орток айылында суу болбойт');
    expect(olga.heard.at(-1)).not.toContain('Ортокто');
  });
});
