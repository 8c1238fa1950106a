### Public hearings.

## Kinds; the ids are those of the program
hearing-kind-sedp_draft = Проект программы развития
hearing-kind-budget_draft = Проект бюджета
hearing-kind-budget_execution = Исполнение бюджета
hearing-kind-jap = План совместных действий
hearing-kind-other = Другой вопрос

## What is coming
hearings-which = Слушания какого айылного аймака?
hearings-none = Слушания пока не назначены.
hearings-list = Общественные слушания. Какие открыть?
hearing-line = { $day }, { $time } · село { $village }, { $place } · { $kind }: «{ $topic }»
hearing-line-canceled = { $line } · не состоятся
hearing-line-held = { $line } · прошли
hearing-line-unannounced = { $line } · уведомление ещё не отправлено
hearing-unannounced = Уведомление ещё не отправлено, поэтому жители этого не видят.
hearing-head = ОБЩЕСТВЕННЫЕ СЛУШАНИЯ
hearing-topic = «{ $topic }»
hearing-when = Когда: { $day }, { $time }
hearing-where = Где: село { $village }, { $place }
hearing-convener = Созывает: { $convener }
hearing-agenda = Повестка дня: { $agenda }
hearing-draft-url = Проект: { $url }
hearing-until = Вопросы и предложения принимаем до: { $day }, { $time }
hearing-contact = Контакт: { $contact }
hearing-you-coming = Вы ответили: «Приду».
hearing-you-not_coming = Вы ответили: «Не смогу».
hearing-own-question = Ваш вопрос: «{ $question }»
hearing-own-files = Ваш вопрос: голосовое или фото
hearing-own-answer = Ответ: «{ $answer }»
hearing-off = Эти слушания не состоятся. Причина: { $reason }
hearing-begun = Время слушаний наступило. Итоги потом можно будет увидеть здесь.
hearing-result = Слушания прошли. Участвовали: { $total }, из них женщин: { $women }.
hearing-result-people = Слушания прошли. Участвовали: { $total }.
hearing-result-link = Итоги: { $link }
hearing-file-draft = Проект слушаний
hearing-file-minutes = Протокол слушаний

## To come or not to come
will-come = Спасибо, ждём! Если передумаете, выберите «Не смогу».
cannot-come = Понятно. Если есть вопрос или предложение, напишите сюда, передадим на слушания.
cannot-come-noted = Понятно. Если передумаете, выберите «Приду».
hearing-about = Общественные слушания: { $kind }, { $date }
hearing-ask-apart = Если есть вопрос или предложение, выберите ниже и напишите, передадим на слушания.
hearing-draft-apart = Чтобы прочитать проект, выберите ниже.
hearing-ask = Напишите вопрос или предложение, можно прислать голосовое или фото. Передадим на слушания.
question-received = Спасибо, передадим вопрос на слушания. Ответ напишем сюда.
hearing-question-changed = Вопрос исправлен.
hearing-question-late = На этот вопрос уже ответили. Если есть дополнение, напишите новый вопрос.
hearing-over = Эти слушания уже прошли.
hearing-closed = Вопросы и предложения к этим слушаниям больше не принимаются.
hearing-called-off = Эти слушания не состоятся.
hearing-not-asked = Хорошо, ничего не отправлено.
hearing-gone = Такие слушания не найдены.
hearing-draft-read = Проект можно прочитать здесь: { $url }
hearing-draft-soon = Файл проекта ещё не загружен. Попробуйте чуть позже.
hearing-draft-none = Проекта этих слушаний здесь нет.

## Answers to questions
hearing-answer = Ответ айыл окмоту. Общественные слушания: { $kind }, { $date }

## Personal data
mydata-intents = Ответы, придёте ли на слушания: { $count }
mydata-questions = Вопросы к слушаниям: { $count }

## The office: who comes
hearing-intents = Придут: { $coming }, не смогут: { $away }
hearing-open-questions = Вопросы без ответа: { $count }
hearing-people-none = Пока никто не ответил, придёт ли.
hearing-people-part = { $name }: придут { $coming }, не смогут { $away }
hearing-people-villages = По сёлам:
hearing-people-sexes = По полу:
hearing-people-ages = По возрасту:
hearing-people-public = Это можно показывать другим. Малые числа скрыты знаком «–», чтобы нельзя было узнать людей.

## The office: questions
hearing-question-item = Откуда: { $village }, { $date }
hearing-question-file = Файл к вопросу { $n } / { $count }
hearing-file-question = Вопрос
hearing-question-pending = Файл ещё загружается.
hearing-question-gone = Файл потерян.
hearing-unheard-erased = Автор вопроса удалил свои данные, ответ до него не дойдёт.
hearing-unheard-stopped = Автор вопроса отказался от ответов, ответ до него не дойдёт.
hearing-unheard-unreachable = Автору вопроса сообщения не доходят.
hearing-questions-none = Вопросов без ответа нет.
hearing-ask-answer = Напишите ответ. Автор вопроса прочитает именно эти слова.
hearing-preview = Автор вопроса получит это, язык: { $language }.
hearing-answer-nobody = Ответ до человека не дойдёт, он сохранится здесь.
hearing-answered = Ответ отправлен.
hearing-answer-kept = Ответ сохранён, но до человека не дойдёт.
hearing-answered-before = На этот вопрос уже ответил другой сотрудник.

## The office: what became of it
hearing-ask-minutes = Пришлите файл или фото протокола. Можно написать и ссылку.
hearing-link-wrong = Это не похоже на ссылку. Напишите полный адрес или пришлите файл.
hearing-minutes-yes = Протокол: добавлен
hearing-recorded = Записано.
hearing-not-recorded = Не записано.
hearing-changed = Эти слушания изменил другой сотрудник. Посмотрите ещё раз.

## The office: another day or place, or none
hearing-move-day = Напишите новый день, например: «20.04».
hearing-day-wrong = Такого дня, похоже, нет. Напишите «20.04» или «20.04.2027».
hearing-day-past = Этот день уже прошёл. Напишите день, который ещё впереди.
hearing-move-time = Во сколько начало? Например: «10:00».
hearing-time-wrong = Напишите время цифрами, например: «10:00».
hearing-time-past = Это время уже прошло. Напишите день и время снова.
hearing-move-village = В каком селе?
hearing-move-place = Где именно в селе? Например: «Клуб».
hearing-move-check = Было: { $before }
hearing-move-now = Теперь: { $after }
hearing-move-sure = Об этом узнают все, кто получил уведомление. Изменить?
hearing-place = { $day }, { $time }, село { $village }, { $place }
hearing-move-same = Ничего не изменилось.
hearing-move-done = Изменено. Сообщение получат: { $count }.
hearing-cancel-ask = Почему не состоятся? Напишите коротко: эти слова прочитают все, кто получил уведомление.
hearing-cancel-sure = Слушания не состоятся, причина: «{ $reason }». Об этом узнают все, кто получил уведомление. Так и сделать?
hearing-cancel-done = Слушания отменены. Сообщение получат: { $count }.

## Buttons
btn-hearings = Слушания
btn-come = Приду
btn-cannot-come = Не смогу
btn-read-draft = Читать проект
btn-hearing-ask = Вопрос, предложение
btn-hearing-people = Кто придёт
btn-hearing-public = Для публикации
btn-hearing-questions = Вопросы
btn-hearing-record = Записать участников
btn-hearing-move = Изменить время, место
btn-hearing-cancel = Не состоятся
btn-hearing-cancel-yes = Да, не состоятся
btn-hearing-change-yes = Да, изменить
btn-same-day = Тот же день
btn-same-time = То же время
btn-same-place = То же место
btn-to-hearing = К слушаниям
cmd-hearings = Общественные слушания
