### Kyrgyz. Always «сиз»; no ending straight after a placeable: the ending goes on a word of ours.

## First meeting
choose-language = Саламатсызбы! Тилди тандаңыз.
language-ky = Кыргызча
language-ru = Русский
language-en = English
language-set = Болду, эми кыргызча жазабыз.
welcome = Саламатсызбы! Бул — { $municipality } айыл аймагынын сунуш боту. Айылыңызга эмне керек экенин ушул жерге жазыңыз.
welcome-any = Саламатсызбы! Бул — айыл аймактарынын сунуш боту. Айылыңызга эмне керек экенин ушул жерге жазыңыз.
hello = Саламатсызбы! Айылыңызга эмне керек экенин жазыңыз же төмөнкүдөн тандаңыз.
thanks-reply = Сизге да рахмат! Дагы сунушуңуз болсо, ушул жерге жазыңыз.
consent-question = Сунушуңузду жана чаттагы дарегиңизди сактоого макулсузбу?
consent-no = Түшүндүк, эч нерсе сакталган жок. Сунушту айыл өкмөтүнө кагазга жазып берсеңиз да болот.
ask-village = Кайсы айылдансыз?
village-set = Болду. Айылыңыз: { $village }.
village-unknown = Мындай айыл тизмеде жок. Төмөнкүдөн тандаңыз.

## A proposal
ask-proposal = Айылыңызга эмне керек? Бир билдирүү кылып жазыңыз же үн жибериңиз. Сүрөт кошсоңуз да болот.
too-short = Бир аз кененирээк жазып бериңизчи: эмне керек, кайсы жерде?
voice-got = Үнүңүз сакталды, кызматкер угуп чыгат. Кыскача жазып да койсоңуз, тезирээк каралат.
card-check = Текшерип көрүңүз:
card-text = «{ $text }»
card-voice = Үн билдирүү
card-no-text = Текст жазылган жок
card-village = Айыл: { $village }
card-sector = Багыты: { $sector }
card-files = Сүрөт, файл: { $count }
card-location = Жайгашкан жери кошулду
card-send = Жөнөтөлүбү?
card-no = Эмнесин өзгөртөбүз? Төмөнкүдөн тандаңыз.
ask-card-village = Сунуш кайсы айыл жөнүндө?
ask-sector = Сунуш эмне жөнүндө? Багытын тандаңыз.
sector-unknown = Мындай багыт тизмеде жок. Төмөнкүдөн тандаңыз.
ask-photo = Сүрөт же файл жибериңиз. Бүткөндө «Болду» деңиз.
photo-added = Кошулду. Сүрөт, файл: { $count }.
words-added = Сунушуңузга кошулду.
not-added = Бул файл кошулган жок. Кайра жиберип коюңуз.
files-full = Эң көбү { $max } файл кошууга болот.
ask-new-text = Сунушуңуздун жаңы текстин жазыңыз.
words-only = Муну сөз менен жазып бериңизчи.
split-offer = Бир билдирүүдө бир нече сунуш бар окшойт. Өз-өзүнчө жөнөтөлүбү?
split-part = Сунуш { $n } / { $count }
split-done = Рахмат, сунуштарыңыз катталды. Номерлери: { $numbers }. Жаңылык болсо, ушул жерге жазабыз.
split-done-quiet = Рахмат, сунуштарыңыз катталды. Номерлери: { $numbers }. Абалын «Менин сунуштарым» деп жазып көрө аласыз.
split-none = Эч нерсе жөнөтүлгөн жок.
thanks-number = Рахмат, сунушуңуз катталды. Номери: { $number }. Жаңылык болсо, ушул жерге жазабыз.
thanks-number-quiet = Рахмат, сунушуңуз катталды. Номери: { $number }. Абалын «Менин сунуштарым» деп жазып көрө аласыз.
ask-sex = Дагы эки суроо, жооп бербесеңиз да болот. Аялдардын, жаштардын жана карыялардын үнү эске алынсын деп сурайбыз. Сиз:
ask-age = Жашыңыз канчада?
thanks = Рахмат!

## Own proposals
my-empty = Сизде азырынча сунуш жок.
my-list = Сиздин сунуштарыңыз: { $count }. Кайсынысын ачалы?
my-option = { $number } · { $status }
# In place of its status, of a proposal that the office has hidden: nothing becomes of it.
my-set-aside = Каралбайт
my-item-set-aside = Кечиресиз, бул сунуш каралбайт. Сурооңуз болсо, айыл өкмөтүнө барып сүйлөшүңүз.
my-item-date = Жөнөтүлгөн күнү: { $date }
my-item-answer = Жооп: { $answer }
my-changed = Текст оңдолду. Сунуштун номери: { $number }.
withdraw = { $number } сунушуңузду кайтарып аласызбы?
withdrawn = { $number } сунушуңуз кайтарып алынды.
withdraw-kept = Макул, сунушуңуз ордунда калды.
edit-closed = Бул сунуш каралып жатат, текстин эми өзгөртүүгө болбойт. Кошумчаңыз болсо, жаңы сунуш кылып жазыңыз.
edit-over = Бул сунушту эми өзгөртүүгө болбойт. Абалы: { $status }. Кошумчаңыз болсо, жаңы сунуш кылып жазыңыз.
withdraw-closed = Бул сунушту эми кайтарып алууга болбойт. Абалы: { $status }.

## Statuses; the ids are those of the program
status-received = Катталды
status-in_review = Каралууда
status-planned = Планга кирди
status-funded = Каражат бөлүндү
status-done = Аткарылды
status-declined = Планга кирген жок
status-merged = Бириктирилди
status-withdrawn = Кайтарып алынды

## Notices
stop-ask = Билдирүүлөрдү токтотолубу?
stop-done = Болду, кулактандыруу жөнөтпөйбүз. Өз сунуштарыңызга жооп келе берет.
stop-all-done = Болду, эми кулактандыруу да, жооп да жөнөтпөйбүз. Сунуштарыңыздын абалын «Менин сунуштарым» деп жазып көрө аласыз.
stop-kept = Макул, билдирүүлөр келе берет.
notices-on = Макул, билдирүүлөр кайра келет.

## Personal data
mydata-head = Сиз жөнүндө сакталган маалымат:
mydata-none = Сиз жөнүндө эч нерсе сакталган эмес.
mydata-name = Чаттагы атыңыз: { $name }
mydata-address = Чаттагы дарегиңиз: { $channel }, { $address }
mydata-language = Тилиңиз: { $language }
mydata-village = Айылыңыз: { $village }
mydata-sex = Жынысы: { $sex }
mydata-age = Жашыңыз: { $age }
mydata-consent = Макулдук берген күнүңүз: { $date }
mydata-proposals = Сунуштарыңыздын саны: { $count }
mydata-files = Сүрөт, файл: { $count }
mydata-announcements-on = Кулактандыруулар: келип турат
mydata-announcements-off = Кулактандыруулар: токтотулган
mydata-answers-on = Сунуштарыңызга жооптор: келип турат
mydata-answers-off = Сунуштарыңызга жооптор: токтотулган
mydata-not-said = айтылган жок
mydata-hint = Баарын өчүрүү үчүн «маалыматымды өчүр» деп жазыңыз.
forget-ask = Атыңыз, дарегиңиз жана жазышуубуз өчүрүлөт. Сунуштарыңыз атыңызсыз калат. Өчүрөлүбү?
forget-done = Маалыматыңыз өчүрүлдү. Камдык көчүрмөлөрдөн өчө турган күнү: { $date }. Кайра жазгыңыз келсе, «салам» деп жазыңыз.
forget-kept = Макул, эч нерсе өчүрүлгөн жок.

## Trouble
error = Кечиресиз, бизде ката кетти. Бир аздан кийин кайра жазып көрүңүз.
rate-limit = Билдирүүлөр көп болуп кетти, бир аз күтүңүз. { $minutes } мүнөттөн кийин улантыңыз.
file-too-large = Файл өтө чоң. Эң көбү { $max } МБ болсун.
file-lost = Файлыңызды ача албадык. Башка сүрөт же үн жиберип көрүңүз.
text-too-long = Текст өтө узун, эң көбү { $max } белги. Кыскартып же файл кылып жибериңиз.
words-too-long = Текст узун болуп калды, эң көбү { $max } белги.
not-readable = Муну окуй албайбыз. Сөз менен жазыңыз же үн, сүрөт жибериңиз.
not-own-contact = Бул башка бирөөнүн номери экен, аны сактаган жокпуз. Айылыңызга эмне керек экенин жазыңыз.
dialog-expired = Сунушуңуз жөнөтүлбөй калган, текстин сактап койдук. Улантасызбы?
draft-deleted = Өчүрүлдү, эч нерсе жөнөтүлгөн жок.
question-expired = Көптөн бери жооп болбоду, ошондуктан токтоттук. Каалаган убакта кайра жазыңыз.
old-button = Бул баскыч эскирип калды. Төмөнкү суроого жооп бериңиз.
old-button-menu = Бул баскыч эскирип калды. Төмөнкүдөн тандаңыз.
not-understood = Түшүнбөй калдык. Төмөнкүдөн тандаңыз же сунушуңузду толугураак жазыңыз.
not-understood-question = Түшүнбөй калдык. Төмөнкү суроого жооп бериңиз.
canceled = Токтоттук, эч нерсе жөнөтүлгөн жок.
stopped = Токтоттук.
form-changed = Суроолор бир аз жаңырды, жазганыңыз сакталып турат. Төмөнкүдөн улантыңыз.
nothing-back = Бул жерден артка кайтууга болбойт.
numbered-hint = Номерин жазыңыз.
numbered-hint-group = Ушул билдирүүгө жооп кылып номерин же сөзүн жазыңыз.
numbered-back = 0 – артка
numbered-menu = 00 – меню
numbered-more = Калганын көрүү: «дагы» же +.

## Menu and help
menu = Төмөнкүдөн тандаңыз же айылыңызга эмне керек экенин жазыңыз.
menu-kept = Жаза баштаганыңыз сакталып турат. Төмөнкүдөн тандаңыз.
help = Айылыңызга эмне керек экенин жөн эле жазыңыз же үн жибериңиз. Номерин айтып, айыл өкмөтүнө жеткиребиз.
help-words =
    Мындай сөздөрдү да жазса болот:
    «сунуш» — сунуш жазуу
    «менин сунуштарым» — абалы, жообу
    «угуу» — коомдук угуулар
    «тил» — тилди өзгөртүү
    «айыл» — айылды өзгөртүү
    «токтот» — билдирүүлөрдү токтотуу
    «кошуу» — башка чатыңызды кошуу
    «маалыматым» — сиз жөнүндө эмне сакталган
    «маалыматымды өчүр» — баарын өчүрүү

## Buttons
btn-yes = Ооба
btn-no = Жок
btn-skip = Өткөрүп жиберүү
btn-done = Болду
btn-cancel = Жокко чыгаруу
btn-send = Жөнөтүү
btn-edit-text = Текстти оңдоо
btn-change-village = Айылды өзгөртүү
btn-change-sector = Багытты өзгөртүү
btn-add-photo = Сүрөт кошуу
btn-agree = Макулмун
btn-read-full = Толук окуу
btn-split = Өз-өзүнчө
btn-together = Бирге
btn-woman = Аял
btn-man = Эркек
btn-prefer-not = Айтпай эле коёюн
btn-age-14 = 14–28
btn-age-29 = 29–54
btn-age-55 = 55 жана улуу
btn-write-proposal = Сунуш жазуу
btn-my = Менин сунуштарым
btn-language = Тилди өзгөртүү
btn-village = Айылым
btn-stop = Билдирүүлөрдү токтотуу
btn-stop-yes = Ооба, токтотулсун
btn-stop-no = Жок, келе берсин
btn-stop-answers = Жооптор да келбесин
btn-notices-on = Билдирүүлөрдү кайра алуу
btn-mydata = Менин маалыматым
btn-forget-yes = Ооба, өчүрүлсүн
btn-forget-no = Жок, калсын
btn-withdraw = Кайтарып алуу
btn-withdraw-yes = Ооба, кайтарып алам
btn-withdraw-no = Жок
btn-to-list = Тизмеге кайтуу
btn-continue = Улантуу
btn-start-over = Башынан баштоо
btn-delete = Өчүрүү

## Command list of the chat
cmd-propose = Сунуш жазуу
cmd-my = Менин сунуштарым
cmd-language = Тилди өзгөртүү
cmd-village = Айылды өзгөртүү
cmd-stop = Билдирүүлөрдү токтотуу
cmd-mydata = Мен жөнүндө эмне сакталган
cmd-forget = Маалыматымды өчүрүү
cmd-help = Жардам

## Tables; the ids are those of the program
column-number = Номери
column-submitted_at = Жөнөтүлгөн убактысы
column-channel = Каналы
column-village = Айыл
column-sector = Багыты
column-text = Сунуштун тексти
column-status = Абалы
column-supporters = Колдогондор
column-sex = Жынысы
column-age_band = Жашы
column-language = Тили
column-attachments = Тиркелген файлдар
column-answer = Жооп
column-merged_into = Кайсы сунушка кошулду
column-source = Кайдан келди
sex-woman = Аял
sex-man = Эркек
age-14-28 = 14–28 жаш
age-29-54 = 29–54 жаш
age-55 = 55 жаш жана улуу
channel-telegram = Telegram
channel-whatsapp = WhatsApp
channel-simulator = Симулятор
channel-terminal = Терминал

## Simulator page
sim-title = Сунуш: сынап көрүү
sim-intro = Бул — телефондогу чаттын үлгүсү, тургундар ойдон чыгарылган. Эмне жазсаңыз да болот.
sim-residents = Тургундар
sim-chat-with = Чат: { $name }
sim-bot = Сунуш боту
sim-placeholder = Билдирүү
sim-send = Жөнөтүү
sim-attach = Файл тиркөө
sim-photo = Сүрөт
sim-voice = Үн
sim-location = Жайгашкан жери
sim-record = Үн жаздыруу
sim-record-stop = Жаздырууну токтотуу
sim-edit = Оңдоо
sim-edit-cancel = Оңдобой коюу
sim-edited = оңдолду
sim-style = Жооп берүү түрү
sim-style-buttons = Баскычтар
sim-style-numbers = Номерлер
sim-language = Барактын тили
sim-connecting = Туташып жатат…
sim-offline = Байланыш үзүлдү, кайра туташып жатат…
sim-empty = «Салам» деп жазыңыз же эмне керек экенин айтыңыз.
sim-sent = Жөнөтүлдү
sim-delivered = Жеткирилди
sim-not-sent = Жөнөтүлгөн жок. Кайра аракет кылыңыз.
sim-too-large = Файл өтө чоң.
sim-you = Сиз
sim-skip = Чатка өтүү
sim-forbidden = Бул барак ушул компьютерден гана ачылат.
sim-off = Сунуш боту иштеп жатат. Симулятор өчүк.
sim-aigul = Айгүл
sim-aigul-about = 34 жашта, Мантыш
sim-bakyt = Бакыт байке
sim-bakyt-about = 61 жашта, Кызыл-Дөбө
sim-gulnara = Гүлнара эже
sim-gulnara-about = 57 жашта, Орток
sim-timur = Тимур
sim-timur-about = 22 жашта, орусча жазат
sim-emma = Эмма
sim-emma-about = Ыктыярчы, англисче жазат
