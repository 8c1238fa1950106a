### What residents read in announcements. A line whose value is not there is left out. The office may write its own.

## Hearings
notice-hearing =
    ОБЩЕСТВЕННЫЕ СЛУШАНИЯ
    { $kind }
    { $topic }
    Когда: { $date }, { $time }
    Где: село { $village }, { $place }
    Созывает: { $convener }
    Повестка: { $agenda }
    Проект: { $link }
    Предложения принимаем до: { $until }
    Контакт: { $contact }
    Придёте?
notice-hearing-later =
    Напоминаем о слушаниях: { $date }, { $time }. Место: село { $village }, { $place }.
    Тема: { $topic }
notice-hearing-tomorrow = Завтра слушания: { $time }. Место: село { $village }, { $place }. Тема: { $topic }.
notice-hearing-today = Сегодня в { $time } начнутся слушания. Место: село { $village }, { $place }. Приходите, ждём!
notice-hearing-moved = Внимание: время или место слушаний изменилось. Было: { $old }. Теперь: { $date }, { $time }, село { $village }, { $place }.
notice-hearing-canceled =
    Слушания { $date } не состоятся. Тема: { $topic }.
    Причина: { $reason }
notice-hearing-when = Когда: { $date }, { $time }. Где: село { $village }, { $place }.

## Approvals
notice-approved =
    Утверждён документ: { $plan }.
    Кем: { $body }, { $date }, № { $number }
    Из ваших предложений вошло: { $taken }
approved-jap = План совместных действий
approved-sedp = Программа развития
approved-budget = Бюджет

## Staff hear of it
announcement-progress-waiting = Рассылка началась, адресов: { $total }.
announcement-progress = Отправляется: { $sent } / { $total }. Не отправлено: { $failed }.
announcement-report =
    Рассылка закончена. Отправлено: { $sent }, не отправлено: { $failed }, пропущено: { $skipped }, отменено: { $canceled }.
    Возможно, дважды: { $doubled }.
announcement-late = Опоздало и не отправлено: { $rungs }.
announcement-paused-errors = Из-за многих ошибок рассылка остановлена: отправлено { $sent }, ждут { $pending }. Проверьте связь, затем продолжите.
btn-announcement-open = Открыть объявление

## Sends of a ladder
rung-now = объявление
rung-days = дней до слушаний: { $count }
rung-hours = часов до слушаний: { $count }
rung-minutes = минут до слушаний: { $count }
rung-moved = о переносе
rung-again = с новым временем
rung-canceled = об отмене
