### Who takes part: figures for the office, and what a person may say for them.

## A mark that a person may give
mydata-vulnerable = Колдоого муктаж деп белгилегенсиз
vulnerable-ask = Ден соолугуңуз, кирешеңиз же үй-бүлө шартыңыз боюнча колдоого муктаж болсоңуз, белгилеп койсоңуз болот. Бул жалпы санакка гана кирет, атыңыз көрсөтүлбөйт.
vulnerable-on = Рахмат, белгиленди. Кайра алып салуу үчүн «маалыматым» деп жазыңыз.
vulnerable-off = Болду, белги алып салынды.
btn-support-mark = Колдоого муктажмын
btn-support-unmark = Белгини алып салуу

## Figures
stats-head = Статистика: { $municipality }
stats-as-of = Эсептелген убактысы: { $time }
stats-counting = Статистика азыр эсептелип жатат. Бир-эки мүнөттөн кийин кайра сураңыз.
stats-proposals = Келген сунуштар: { $count }
stats-people = Жазган адамдар: { $authors }, колдогондор: { $supporters }
stats-women-reached = ✅ Жазгандар арасында аялдар: { $percent } %, максат — { $goal } %. Жынысын айткандар: { $known }.
stats-women-below = ⚠️ Жазгандар арасында аялдар: { $percent } %, максат — { $goal } %. Жынысын айткандар: { $known }.
stats-women-unknown = Жазгандар арасында аялдар: азырынча белгисиз, максат — { $goal } %.
stats-met-women-reached = ✅ Жыйындарда аялдар: { $percent } %, максат — { $goal } %.
stats-met-women-below = ⚠️ Жыйындарда аялдар: { $percent } %, максат — { $goal } %.
stats-met-women-unknown = Жыйындарда аялдар: азырынча белгисиз, максат — { $goal } %.
stats-meetings = Жыйындар: { $meetings }, катышкандар: { $people } адам
stats-villages-none = Сунуш келе элек айылдар: { $villages }
stats-vulnerable = Колдоого муктаж жазгандар: { $count }
stats-which = Кайсынысын толук көрсөтөлү?
stats-part = { $name }: { $proposals } сунуш, { $authors } адам, колдогондор: { $supporters }
stats-part-met = { $name }: жыйындар — { $meetings }, катышкандар — { $people } адам, аялдар — { $women }
stats-none = азырынча жок
stats-twice = Бир нече жерде жазган адам ар биринде саналат. Бириктирилген сунуштар кирет, жашырылган жана кайтарып алынгандар кирбейт.
stats-unsaid = айтылган эмес
stats-no-channel = чатсыз
stats-source-chat = чаттан
stats-source-group = группадан
stats-source-paper = кагаздан
stats-source-import = файлдан
stats-title-sex = Жынысы боюнча:
stats-title-age = Жашы боюнча:
stats-title-channel = Кайсы чат аркылуу:
stats-title-source = Кайдан келген:
stats-title-meetings = Жыйындар:
btn-stats-village = Айылдар боюнча
btn-stats-sector = Багыттар боюнча
btn-stats-people = Жынысы, жашы
btn-stats-month = Айлар боюнча
btn-stats-way = Кайдан келген
