### Files of proposals, and the talk in which somebody asks for one.

## In the files
column-author = Автор предложения
column-contact = Контакт
column-hidden_at = Скрыто
export-voice = [голос] { $words }
export-sheet-proposals = Предложения
export-sheet-totals = Направления и сёла
export-sheet-participation = Участие
export-sum = Всего
export-authors = Авторы предложений
export-women = Женщины
export-men = Мужчины
export-unsaid-sex = Пол не указан
export-unsaid-age = Возраст не указан
export-meetings = Собрания
export-meeting-people = Пришли на собрания
export-meeting-women = Из них женщины
export-note-filters = Выбрано: { $filters }
export-note-needs = Объединённые и отозванные предложения здесь не посчитаны.
export-note-received = Объединённые предложения посчитаны тоже, отозванные нет.
export-note-once = Один человек считается один раз в каждом селе и один раз в строке «{ $sum }».
export-note-cut = Очень длинные тексты здесь поместились не целиком, целиком они в файле «Документ».
export-note-withheld = «{ $mark }»: меньше пяти человек, или число, по которому такое малое можно вычислить.
export-doc-title = { $municipality }: предложения жителей
export-doc-made = Составлено: { $date }. Предложений: { $count }.
export-doc-date = Дата
export-doc-author = Автор: { $author }

## What is chosen
export-filter-all = все предложения
export-filter-status = Статус: { $status }
export-filter-channel = Канал: { $channel }
export-filter-language = Язык: { $language }
export-filter-year = Год: { $year }
export-filter-from = Начиная с даты: { $date }
export-filter-to = По дату: { $date }

## The talk
export-card =
    Файл с предложениями.
    Выбрано: { $filters }
    Предложений: { $count }
btn-export-go = Продолжить
btn-export-village = По селу
btn-export-sector = По направлению
btn-export-status = По статусу
btn-export-date = По году
btn-export-all = Выбрать все
export-ask-village = Предложения какого села?
export-ask-sector = Предложения по какому направлению?
export-ask-status = Предложения с каким статусом?
export-ask-date = Выберите год или напишите, с какого дня начать. Например: { $example }
export-date-wrong = Напишите день так: { $example }
export-none = Таких предложений нет.
export-none-change = Таких предложений нет. Попробуйте выбрать другие.
export-ask-format =
    Какой нужен файл?
    Таблица: { $table }, документ для печати: { $document }, простая таблица: { $plain }.
btn-export-xlsx = Таблица
btn-export-docx = Документ
btn-export-csv = Простая таблица
btn-export-json = Для программ
export-ask-names = Добавить имена и контакты авторов? Это личные данные, такой файл нельзя передавать другим.
btn-export-names = С именами
btn-export-nameless = Без имён
export-check =
    Проверьте:
    Выбрано: { $filters }
    Предложений: { $count }
    Файл: { $format }
export-check-names = Имена и контакты войдут.
export-check-nameless = Имена и контакты не войдут.
btn-export-start = Подготовить файл
btn-export-change = Выбрать другое
export-started = Начали, предложений: { $count }. Файл придёт сюда.
export-busy = Ваш прошлый файл ещё не готов. Попросите снова, когда он придёт.
export-progress = Файл готовится: записано { $done } из { $total } предложений.
export-ready = Файл готов. Предложений: { $count }.
export-ready-names = Файл готов. Предложений: { $count }. В нём есть имена людей, не передавайте его другим.
export-too-large = Файл получился слишком большим, чат его не пропустит. Выберите меньше предложений и попросите снова.
export-too-many = В документ входит не больше { $max } предложений, выбрано { $count }. Возьмите таблицу или выберите меньше.
export-failed = Файл подготовить не получилось. Попросите ещё раз чуть позже.
