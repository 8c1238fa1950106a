### What staff do with proposals, and what people hear of it.

## News for the author and the supporters
st-review = Ваше предложение рассматривают. Номер: { $number }.
st-planned = Хорошая новость: ваше предложение вошло в план. Номер: { $number }.
st-declined = На этот раз предложение не вошло в план. Номер: { $number }. Причина: { $answer }
st-funded = На ваше предложение выделены средства: { $amount } сом. Номер: { $number }. Источник: { $source }.
st-funded-plain = На ваше предложение выделены средства. Номер: { $number }.
st-done = Ваше предложение выполнено! Номер: { $number }. Спасибо за участие.
st-supporter = Новость о предложении, которое вы поддержали. Номер: { $number }. Статус: { $status }.
st-supporter-answer = На предложение, которое вы поддержали, пришёл ответ. Номер: { $number }.
notice-answer = Ответ айыл окмоту: «{ $answer }»
officer-answer =
    Ответ айыл окмоту, предложение { $number }:
    «{ $answer }»
answer-funded = Выделены средства: { $amount } сом. Источник: { $source }.

## A question to the author
officer-question =
    Вопрос от айыл окмоту, предложение { $number }:
    «{ $question }»
    Ответьте здесь.
answer-thanks = Спасибо, ваш ответ дошёл до айыл окмоту. Предложение { $number }, вопрос: «{ $question }»
answer-which = Если это ответ на другой вопрос, выберите его:
answer-which-line = { $number }: «{ $question }»
answer-changed = Ваш ответ исправлен.
answer-closed = На этот вопрос уже есть ответ.
question-waits = Вопрос айыл окмоту: «{ $question }»
question-answered =
    Ответ автора, предложение { $number }:
    «{ $answer }»
question-answered-files = Автор ответил голосовым или файлом. Предложение: { $number }.
question-reopened = Прошлое сообщение было ответом не на этот вопрос. Предложение { $number }: вопрос остаётся без ответа.
sender-blocked = Извините, предложения от вас больше не принимаются. Если есть вопросы, обратитесь в айыл окмоту.

## The card
inbox-number = Предложение { $number } · { $status }
inbox-number-new = Новое предложение { $number }
inbox-hidden = Скрыто: никому не показывается
inbox-transcript = Записано с голоса: «{ $text }»
inbox-supporters = Поддержали: { $count }
inbox-from = Источник: { $source }
inbox-from-paper = бумага
inbox-from-import = таблица
inbox-from-group = { $channel }, группа
inbox-author = Автор: { $name }
inbox-author-unnamed = имя неизвестно
inbox-author-none = У автора нет чата
inbox-author-group = Автор неизвестен, из группы
inbox-consent-due = Ждём согласия автора. Последний день: { $date }
inbox-sector-due = направление ещё не указано
inbox-author-unagreed = Пока автор не дал согласия, ему ничего не пишем
inbox-author-stopped = Автор не хочет получать сообщения
inbox-author-unreachable = Сообщения до автора не доходят
inbox-author-blocked = Автор заблокирован
inbox-spot = Место на карте: { $place }
inbox-files = Фото, файлы: { $count }
inbox-files-pending = Файлы ещё загружаются: { $count }
inbox-files-gone = Файлы не сохранились: { $count }
inbox-answer = Ответ: «{ $answer }»
inbox-question = Вопрос: «{ $question }»
inbox-question-answer = Ответ автора: «{ $answer }»
inbox-question-files = Автор ответил голосовым или файлом
inbox-question-open = Автор ещё не ответил
inbox-merged-into = Вошло в предложение: { $number }
inbox-merged = В него вошли: { $numbers }
inbox-file = { $number }: файл { $n } / { $count }
inbox-opened-other = Эту карточку сейчас открыл(а) и { $name }.
inbox-someone = другой сотрудник
inbox-left = В очереди: { $count }
inbox-left-more = В очереди: { $count } и больше
inbox-empty = Таких предложений больше нет.
inbox-not-found = Предложения с таким номером нет.
inbox-choose = Выберите ниже или напишите полный номер предложения.
inbox-words-only = Пока открыта карточка, файлы отправлять нельзя.
inbox-typed = «{ $text }» Что с этим сделать?
inbox-more = Что ещё сделать?

## What was done
inbox-changed = Карточка за это время изменилась, ничего не отправлено. Посмотрите новую.
inbox-in-review = Взято на рассмотрение, автору отправим сообщение.
inbox-status-set = Статус изменён: { $status }.
inbox-answered = Ответ отправляется.
inbox-kept-answer = Ответ сохранён в карточке.
inbox-asked = Вопрос отправляется автору. Ответ придёт сюда.
inbox-tagged = Готово, изменено.
inbox-transcribed = Готово, текст голосового сохранён.
inbox-done-hide = Скрыто: хранится, но не показывается.
inbox-done-hide-merged = Предложения, которые вошли в него, снова рассматривают отдельно.
inbox-done-show = Снова показывается.
inbox-block-sure = От этого человека больше не будут приниматься предложения. Заблокировать?
inbox-done-block = Автор заблокирован.
inbox-done-unblock = Автор разблокирован.
inbox-kept = Хорошо, ничего не изменилось.

## Answering
inbox-ask-status = Выберите новый статус.
inbox-ask-amount = Сколько сомов выделено?
inbox-amount-wrong = Напишите сумму числом, например: 150 000.
inbox-ask-source = Какой источник средств? Например: местный бюджет.
inbox-ask-answer = Выберите ответ или напишите свой.
inbox-ask-reason = Выберите причину или напишите свою.
inbox-ask-own = Напишите ответ.
inbox-ask-question = Что спросить у автора?
inbox-ask-transcript = Напишите, что сказано в голосовом.
inbox-preview = Автору уйдёт такое сообщение, язык: { $language }.
inbox-preview-nobody = Автору сообщение не придёт, ответ останется в карточке:
inbox-preview-own = Ваши слова уйдут как есть, без перевода.
inbox-preview-templates = Каждый получит на своём языке.
inbox-preview-supporters = Поддержавшие тоже получат новость: { $count }

## Filters
filter-now = Сейчас фильтр: { $filter }. Что изменить?
filter-none = новые предложения
filter-new = Новые
filter-in_review = На рассмотрении
filter-open = Незавершённые
filter-all = Все
filter-hidden = Скрытые
filter-voice = с голосовым
filter-words = слова «{ $words }»
filter-ask-state = Какие предложения показать?
filter-ask-words = Напишите номер или слово из текста.
filter-any-village = Все сёла
filter-any-sector = Все направления

## Sentences to answer with
templates-status = Ответы для какого статуса изменить?
templates-own = Шаблоны ответов, статус: { $status }. Какой открыть?
templates-default = Сейчас действуют готовые шаблоны, статус: { $status }. Если добавите свои, останутся только они.
templates-open = Что с ним сделать?
templates-ky = Напишите шаблон по-кыргызски.
templates-ru = Напишите тот же шаблон по-русски. Если пропустите, уйдёт кыргызский.
templates-en = Напишите тот же шаблон по-английски. Если пропустите, уйдёт кыргызский.
templates-saved = Шаблон сохранён.
templates-removed = Шаблон удалён.
templates-gone = Этот шаблон уже удалён.
templates-full = Шаблонов слишком много, можно до { $most }.
template-received-1 = Спасибо за предложение, рабочая группа его рассмотрит.
template-received-2 = Спасибо, обсудим ваше предложение на ближайшем собрании.
template-review-1 = Наши специалисты приедут и посмотрят на месте.
template-review-2 = Считаем, сколько нужно средств.
template-planned-1 = Когда начнутся работы, напишем сюда.
template-funded-1 = Работы скоро начнутся, о ходе напишем сюда.
template-done-1 = Посмотрите, как получилось, и напишите своё мнение.
template-declined-1 = В бюджете сейчас нет средств, вернёмся к этому в следующем году.
template-declined-2 = Айыл окмоту не может решить этот вопрос, мы передали его по назначению.
template-declined-3 = Эта работа уже есть в другом плане, её сделают по нему.

## Buttons
btn-open-card = Открыть карточку
btn-take = Взять на рассмотрение
btn-ask-author = Задать вопрос
btn-answer = Ответить
btn-change-status = Изменить статус
btn-transcribe = Расшифровать голосовое
btn-more = Ещё
btn-next = Далее
btn-filter = Фильтр
btn-who = Кто автор
btn-hide = Скрыть
btn-show = Показать снова
btn-block = Заблокировать автора
btn-unblock = Разблокировать
btn-to-card = К карточке
btn-own-words = Напишу сам(а)
btn-no-answer = Без ответа
btn-as-answer = Отправить как ответ
btn-as-question = Вопрос автору
btn-search = Искать
btn-filter-village = Село
btn-filter-sector = Направление
btn-filter-state = Статус
btn-filter-voice = С голосовым
btn-filter-any = С голосовым и без
btn-filter-clear = Сбросить фильтр
btn-from-start = Смотреть сначала
btn-templates = Шаблоны ответов
btn-add-template = Добавить шаблон
btn-change-template = Изменить
btn-remove-template = Убрать
btn-was-proposal = Это новое предложение
