### Russian. «вы» with a small letter, no officialese; «село», not «аил».

## First meeting
choose-language = Здравствуйте! Выберите язык.
language-ky = Кыргызча
language-ru = Русский
language-en = English
language-set = Хорошо, теперь пишем по-русски.
welcome = Здравствуйте! Это бот предложений, айылный аймак { $municipality }. Напишите сюда, что нужно вашему селу.
welcome-any = Здравствуйте! Это бот предложений айылных аймаков. Напишите сюда, что нужно вашему селу.
hello = Здравствуйте! Напишите, что нужно вашему селу, или выберите ниже.
thanks-reply = И вам спасибо! Будет ещё предложение — напишите сюда.
consent-question = Согласны, чтобы мы сохранили предложение и ваш адрес в чате?
consent-no = Понятно, ничего не сохранили. Предложение можно отдать в айыл окмоту на бумаге.
ask-village = Из какого вы села?
village-set = Хорошо. Ваше село: { $village }.
village-unknown = Такого села в списке нет. Выберите ниже.

## A proposal
ask-proposal = Что нужно вашему селу? Напишите одним сообщением или пришлите голосовое. Можно добавить фото.
too-short = Напишите чуть подробнее: что нужно и где?
voice-got = Голосовое сохранено, сотрудник его прослушает. Если добавите пару слов текстом, рассмотрят быстрее.
card-check = Проверьте:
card-text = «{ $text }»
card-voice = Голосовое сообщение
card-no-text = Без текста
card-village = Село: { $village }
card-sector = Направление: { $sector }
card-files = Фото, файлы: { $count }
card-location = Место на карте добавлено
card-send = Отправить?
card-no = Что изменить? Выберите ниже.
ask-card-village = О каком селе это предложение?
ask-sector = О чём предложение? Выберите направление.
sector-unknown = Такого направления в списке нет. Выберите ниже.
ask-photo = Пришлите фото или файл. Когда закончите, выберите «Готово».
photo-added = Добавлено. Фото, файлы: { $count }.
words-added = Добавлено к предложению.
not-added = Этот файл не добавлен. Отправьте его ещё раз.
files-full = Можно добавить не больше { $max } файлов.
ask-new-text = Напишите новый текст предложения.
words-only = Напишите это, пожалуйста, словами.
split-offer = Похоже, здесь несколько предложений. Отправить по отдельности?
split-part = Предложение { $n } / { $count }
split-done = Спасибо, предложения записаны. Номера: { $numbers }. О новостях напишем сюда.
split-done-quiet = Спасибо, предложения записаны. Номера: { $numbers }. Что с ними стало, можно узнать словами «мои предложения».
split-none = Ничего не отправлено.
thanks-number = Спасибо, предложение записано. Номер: { $number }. О новостях напишем сюда.
thanks-number-quiet = Спасибо, предложение записано. Номер: { $number }. Что с ним стало, можно узнать словами «мои предложения».
ask-sex = Ещё два вопроса, отвечать необязательно. Спрашиваем, чтобы учесть голос женщин, молодёжи и старших. Вы:
ask-age = Сколько вам лет?
thanks = Спасибо!

## Own proposals
my-empty = У вас пока нет предложений.
my-list = Ваши предложения: { $count }. Какое открыть?
my-option = { $number } · { $status }
# In place of its status, of a proposal that the office has hidden: nothing becomes of it.
my-set-aside = Не рассматривается
my-item-set-aside = Извините, это предложение не рассматривается. Если есть вопросы, обратитесь в айыл окмоту.
my-item-date = Отправлено: { $date }
my-item-answer = Ответ: { $answer }
my-changed = Текст исправлен. Номер предложения: { $number }.
withdraw = Отозвать предложение { $number }?
withdrawn = Предложение { $number } отозвано.
withdraw-kept = Хорошо, предложение остаётся.
edit-closed = Предложение уже рассматривается, текст изменить нельзя. Если есть дополнение, отправьте его новым предложением.
edit-over = Это предложение уже нельзя изменить. Статус: { $status }. Если есть дополнение, отправьте его новым предложением.
withdraw-closed = Это предложение уже нельзя отозвать. Статус: { $status }.

## Statuses; the ids are those of the program
status-received = Получено
status-in_review = На рассмотрении
status-planned = Вошло в план
status-funded = Выделены средства
status-done = Выполнено
status-declined = Не вошло в план
status-merged = Объединено
status-withdrawn = Отозвано

## Notices
stop-ask = Остановить уведомления?
stop-done = Хорошо, объявлений больше не будет. Ответы на ваши предложения приходить будут.
stop-all-done = Хорошо, не будет ни объявлений, ни ответов. Статус своих предложений можно узнать, написав «мои предложения».
stop-kept = Хорошо, уведомления будут приходить.
notices-on = Хорошо, уведомления снова будут приходить.

## Personal data
mydata-head = Что мы о вас храним:
mydata-none = Мы ничего о вас не храним.
mydata-name = Имя в чате: { $name }
mydata-address = Адрес в чате: { $channel }, { $address }
mydata-language = Язык: { $language }
mydata-village = Село: { $village }
mydata-sex = Пол: { $sex }
mydata-age = Возраст: { $age }
mydata-consent = Дата согласия: { $date }
mydata-proposals = Ваших предложений: { $count }
mydata-files = Фото, файлы: { $count }
mydata-announcements-on = Объявления: приходят
mydata-announcements-off = Объявления: остановлены
mydata-answers-on = Ответы на предложения: приходят
mydata-answers-off = Ответы на предложения: остановлены
mydata-not-said = не сказано
mydata-hint = Чтобы удалить всё, напишите «удалить данные».
forget-ask = Имя, адрес и переписка будут удалены. Предложения останутся без имени. Удалить?
forget-done = Ваши данные удалены. Из резервных копий исчезнут: { $date }. Захотите вернуться, напишите «привет».
forget-kept = Хорошо, ничего не удалено.

## Trouble
error = Извините, у нас ошибка. Попробуйте написать ещё раз чуть позже.
rate-limit = Сообщений слишком много, подождите немного. Продолжите через { $minutes } мин.
file-too-large = Файл слишком большой. Можно не больше { $max } МБ.
file-lost = Ваш файл не открылся. Пришлите другое фото или голосовое.
text-too-long = Текст слишком длинный, можно до { $max } знаков. Сократите или пришлите файлом.
words-too-long = Текст слишком длинный, можно до { $max } знаков.
not-readable = Мы не можем это прочитать. Напишите словами или пришлите голосовое, фото.
not-own-contact = Это чужой номер, мы его не сохранили. Напишите, что нужно вашему селу.
dialog-expired = Предложение осталось неотправленным, текст мы сохранили. Продолжить?
draft-deleted = Удалено, ничего не отправлено.
question-expired = Ответа давно не было, поэтому мы остановились. Пишите снова в любое время.
old-button = Эта кнопка устарела. Ответьте на вопрос ниже.
old-button-menu = Эта кнопка устарела. Выберите ниже.
not-understood = Не поняли вас. Выберите ниже или напишите предложение подробнее.
not-understood-question = Не поняли вас. Ответьте на вопрос ниже.
canceled = Отменили, ничего не отправлено.
stopped = Хорошо, на этом закончим.
form-changed = Вопросы немного изменились, написанное сохранено. Продолжите отсюда.
nothing-back = Отсюда вернуться назад нельзя.
numbered-hint = Напишите номер.
numbered-hint-group = Ответьте на это сообщение номером или словами.
numbered-back = 0 – назад
numbered-menu = 00 – меню
numbered-more = Показать остальные: «ещё» или +.

## Menu and help
menu = Выберите ниже или напишите, что нужно вашему селу.
menu-kept = То, что вы начали, сохранено. Выберите ниже.
help = Просто напишите, что нужно вашему селу, или пришлите голосовое. Мы дадим номер и передадим в айыл окмоту.
help-words =
    Можно написать и такие слова:
    «предложение» — написать предложение
    «мои предложения» — статус и ответ
    «слушания» — общественные слушания
    «язык» — сменить язык
    «село» — сменить село
    «стоп» — остановить уведомления
    «соединить» — соединить с другим вашим чатом
    «мои данные» — что о вас хранится
    «удалить данные» — удалить всё

## Buttons
btn-yes = Да
btn-no = Нет
btn-skip = Пропустить
btn-done = Готово
btn-cancel = Отмена
btn-send = Отправить
btn-edit-text = Исправить текст
btn-change-village = Изменить село
btn-change-sector = Изменить направление
btn-add-photo = Добавить фото
btn-agree = Согласен
btn-read-full = Читать полностью
btn-split = По отдельности
btn-together = Вместе
btn-woman = Женщина
btn-man = Мужчина
btn-prefer-not = Не хочу говорить
btn-age-14 = 14–28
btn-age-29 = 29–54
btn-age-55 = 55 и старше
btn-write-proposal = Написать предложение
btn-my = Мои предложения
btn-language = Сменить язык
btn-village = Моё село
btn-stop = Остановить уведомления
btn-stop-yes = Да, остановить
btn-stop-no = Нет, пусть приходят
btn-stop-answers = Ответы тоже не нужны
btn-notices-on = Снова получать
btn-mydata = Мои данные
btn-forget-yes = Да, удалить
btn-forget-no = Нет, оставить
btn-withdraw = Отозвать
btn-withdraw-yes = Да, отозвать
btn-withdraw-no = Нет
btn-to-list = К списку
btn-continue = Продолжить
btn-start-over = Начать заново
btn-delete = Удалить

## Command list of the chat
cmd-propose = Написать предложение
cmd-my = Мои предложения
cmd-language = Сменить язык
cmd-village = Изменить село
cmd-stop = Остановить уведомления
cmd-mydata = Что обо мне хранится
cmd-forget = Удалить мои данные
cmd-help = Помощь

## Tables; the ids are those of the program
column-number = Номер
column-submitted_at = Отправлено
column-channel = Канал
column-village = Село
column-sector = Направление
column-text = Текст предложения
column-status = Статус
column-supporters = Поддержали
column-sex = Пол
column-age_band = Возраст
column-language = Язык
column-attachments = Вложения
column-answer = Ответ
column-merged_into = Объединено с
column-source = Источник
sex-woman = Женщина
sex-man = Мужчина
age-14-28 = 14–28 лет
age-29-54 = 29–54 года
age-55 = 55 лет и старше
channel-telegram = Telegram
channel-whatsapp = WhatsApp
channel-simulator = Симулятор
channel-terminal = Терминал

## Simulator page
sim-title = Сунуш: попробовать
sim-intro = Это образец чата в телефоне, жители вымышлены. Писать можно что угодно.
sim-residents = Жители
sim-chat-with = Чат: { $name }
sim-bot = Бот Сунуш
sim-placeholder = Сообщение
sim-send = Отправить
sim-attach = Прикрепить файл
sim-photo = Фото
sim-voice = Голосовое
sim-location = Место на карте
sim-record = Записать голос
sim-record-stop = Остановить запись
sim-edit = Исправить
sim-edit-cancel = Не исправлять
sim-edited = исправлено
sim-style = Вид ответов
sim-style-buttons = Кнопки
sim-style-numbers = Номера
sim-language = Язык страницы
sim-connecting = Соединяемся…
sim-offline = Связь прервалась, соединяемся снова…
sim-empty = Напишите «привет» или что нужно вашему селу.
sim-sent = Отправлено
sim-delivered = Доставлено
sim-not-sent = Не отправлено. Попробуйте ещё раз.
sim-too-large = Файл слишком большой.
sim-you = Вы
sim-skip = Перейти к чату
sim-forbidden = Эта страница открывается только с этого компьютера.
sim-off = Бот Сунуш работает. Симулятор выключен.
sim-aigul = Айгуль
sim-aigul-about = 34 года, Мантыш
sim-bakyt = Бакыт байке
sim-bakyt-about = 61 год, Кызыл-Добо
sim-gulnara = Гульнара эже
sim-gulnara-about = 57 лет, Орток
sim-timur = Тимур
sim-timur-about = 22 года, пишет по-русски
sim-emma = Эмма
sim-emma-about = Волонтёр, пишет по-английски
