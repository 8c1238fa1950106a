### Who takes part: figures for the office, and what a person may say for them.

## A mark that a person may give
mydata-vulnerable = Вы отметили, что нуждаетесь в поддержке
vulnerable-ask = Если по здоровью, доходу или семье вам нужна поддержка, можно это отметить. Отметка идёт только в общий счёт, без имени.
vulnerable-on = Спасибо, отметили. Чтобы убрать отметку, напишите «мои данные».
vulnerable-off = Готово, отметка убрана.
btn-support-mark = Нуждаюсь в поддержке
btn-support-unmark = Убрать отметку

## Figures
stats-head = Статистика: { $municipality }
stats-as-of = Подсчитано: { $time }
stats-counting = Статистика сейчас считается. Спросите ещё раз через минуту-две.
stats-proposals = Получено предложений: { $count }
stats-people = Авторов: { $authors }, поддержавших: { $supporters }
stats-women-reached = ✅ Женщины среди авторов: { $percent } %, цель — { $goal } %. Назвали пол: { $known }.
stats-women-below = ⚠️ Женщины среди авторов: { $percent } %, цель — { $goal } %. Назвали пол: { $known }.
stats-women-unknown = Женщины среди авторов: пока неизвестно, цель — { $goal } %.
stats-met-women-reached = ✅ Женщины на собраниях: { $percent } %, цель — { $goal } %.
stats-met-women-below = ⚠️ Женщины на собраниях: { $percent } %, цель — { $goal } %.
stats-met-women-unknown = Женщины на собраниях: пока неизвестно, цель — { $goal } %.
stats-meetings = Собраний: { $meetings }, участников: { $people }
stats-villages-none = Сёла без предложений: { $villages }
stats-vulnerable = Авторов, которым нужна поддержка: { $count }
stats-which = Что показать подробнее?
stats-part = { $name }: предложений { $proposals }, авторов { $authors }, поддержавших { $supporters }
stats-part-met = { $name }: собраний { $meetings }, участников { $people }, женщин { $women }
stats-none = пока нет
stats-twice = Кто писал в нескольких местах, считается в каждом. Объединённые предложения входят, скрытые и отозванные — нет.
stats-unsaid = не сказано
stats-no-channel = без чата
stats-source-chat = из чата
stats-source-group = из группы
stats-source-paper = с бумаги
stats-source-import = из файла
stats-title-sex = По полу:
stats-title-age = По возрасту:
stats-title-channel = Через какой чат:
stats-title-source = Откуда пришли:
stats-title-meetings = Собрания:
btn-stats-village = По сёлам
btn-stats-sector = По направлениям
btn-stats-people = Пол и возраст
btn-stats-month = По месяцам
btn-stats-way = Откуда пришли
