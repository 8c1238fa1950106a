### Files of proposals, and the talk in which somebody asks for one.

## In the files
column-author = Сунуштун автору
column-contact = Байланыш
column-hidden_at = Жашырылган
export-voice = [үн] { $words }
export-sheet-proposals = Сунуштар
export-sheet-totals = Багыттар жана айылдар
export-sheet-participation = Катышуу
export-sum = Бардыгы
export-authors = Сунуш бергендер
export-women = Аялдар
export-men = Эркектер
export-unsaid-sex = Жынысы айтылган эмес
export-unsaid-age = Жашы айтылган эмес
export-meetings = Жыйындар
export-meeting-people = Жыйынга келгендер
export-meeting-women = Алардын ичинен аялдар
export-note-filters = Тандалганы: { $filters }
export-note-needs = Бириктирилген жана кайтарып алынган сунуштар бул жерде саналган эмес.
export-note-received = Бириктирилген сунуштар да саналды, кайтарып алынгандары саналган жок.
export-note-once = Бир адам ар бир айылда жана «{ $sum }» деген сапта бир жолудан саналат.
export-note-cut = Өтө узун тексттер бул жерге толук батпайт, толугу «Документ» деген файлда.
export-note-withheld = «{ $mark }»: бештен аз адам, же ошол аз санды билдирип коё турган сан.
export-doc-title = { $municipality }: тургундардын сунуштары
export-doc-made = Түзүлгөн күнү: { $date }. Сунуштар: { $count }.
export-doc-date = Күнү
export-doc-author = Автору: { $author }

## What is chosen
export-filter-all = бардык сунуштар
export-filter-status = Абалы: { $status }
export-filter-channel = Каналы: { $channel }
export-filter-language = Тили: { $language }
export-filter-year = Жылы: { $year }
export-filter-from = Башталган күнү: { $date }
export-filter-to = Аяктаган күнү: { $date }

## The talk
export-card =
    Сунуштардын файлы.
    Тандалганы: { $filters }
    Сунуштар: { $count }
btn-export-go = Улантуу
btn-export-village = Айыл боюнча
btn-export-sector = Багыт боюнча
btn-export-status = Абалы боюнча
btn-export-date = Жылы боюнча
btn-export-all = Баарын тандоо
export-ask-village = Кайсы айылдын сунуштары?
export-ask-sector = Кайсы багыттагы сунуштар?
export-ask-status = Абалы кандай сунуштар?
export-ask-date = Жылын тандаңыз же кайсы күндөн баштап экенин жазыңыз. Мисалы: { $example }
export-date-wrong = Күндү мындай жазыңыз: { $example }
export-none = Мындай сунуш жок.
export-none-change = Мындай сунуш жок. Башкасын тандап көрүңүз.
export-ask-format =
    Кандай файл керек?
    Таблица: { $table }, басып чыгарууга документ: { $document }, жөнөкөй таблица: { $plain }.
btn-export-xlsx = Таблица
btn-export-docx = Документ
btn-export-csv = Жөнөкөй таблица
btn-export-json = Программа үчүн
export-ask-names = Сунуш бергендердин аты жана байланышы кошо чыксынбы? Бул жеке маалымат, файл башкаларга берилбейт.
btn-export-names = Аттары менен
btn-export-nameless = Атсыз
export-check =
    Текшерип көрүңүз:
    Тандалганы: { $filters }
    Сунуштар: { $count }
    Файлы: { $format }
export-check-names = Аты жана байланышы кошулат.
export-check-nameless = Аты жана байланышы кошулбайт.
btn-export-start = Файлды даярдоо
btn-export-change = Башкасын тандоо
export-started = Баштадык, { $count } сунуш. Файл ушул жерге келет.
export-busy = Мурунку файлыңыз даяр боло элек. Ал келгенден кийин кайра сураңыз.
export-progress = Файл даярдалып жатат: { $total } сунуштун ичинен { $done } жазылды.
export-ready = Файл даяр: { $count } сунуш.
export-ready-names = Файл даяр: { $count } сунуш. Анда адамдардын аты бар, башкаларга бербеңиз.
export-too-large = Файл өтө чоң болуп калды, чат аркылуу өтпөйт. Азыраак сунуш тандап, кайра сураңыз.
export-too-many = Документке эң көбү { $max } сунуш батат, сиз тандаганы { $count }. Таблица алыңыз же азыраак тандаңыз.
export-failed = Файлды даярдай албай койдук. Бир аздан кийин кайра сурап көрүңүз.
