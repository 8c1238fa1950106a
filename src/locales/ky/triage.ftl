### What staff do with proposals, and what people hear of it.

## News for the author and the supporters
st-review = Сунушуңуз каралып жатат. Номери: { $number }.
st-planned = Жакшы кабар: сунушуңуз планга кирди. Номери: { $number }.
st-declined = Сунушуңуз бул жолу планга кирген жок. Номери: { $number }. Себеби: { $answer }
st-funded = Сунушуңузга каражат бөлүндү: { $amount } сом. Номери: { $number }. Булагы: { $source }.
st-funded-plain = Сунушуңузга каражат бөлүндү. Номери: { $number }.
st-done = Сунушуңуз аткарылды! Номери: { $number }. Катышканыңыз үчүн рахмат.
st-supporter = Сиз колдогон сунуш боюнча кабар. Номери: { $number }. Абалы: { $status }.
st-supporter-answer = Сиз колдогон сунушка жооп келди. Номери: { $number }.
notice-answer = Айыл өкмөтүнүн жообу: «{ $answer }»
officer-answer =
    Айыл өкмөтүнүн жообу, сунуш { $number }:
    «{ $answer }»
answer-funded = Бөлүнгөн каражат: { $amount } сом. Булагы: { $source }.

## A question to the author
officer-question =
    Айыл өкмөтүнөн суроо, сунуш { $number }:
    «{ $question }»
    Жообуңузду ушул жерге жазыңыз.
answer-thanks = Рахмат, жообуңуз айыл өкмөтүнө жетти. Сунуш { $number }, суроо: «{ $question }»
answer-which = Башка суроонун жообу болсо, тандаңыз:
answer-which-line = { $number }: «{ $question }»
answer-changed = Жообуңуз оңдолду.
answer-closed = Бул суроого жооп берилген экен.
question-waits = Айыл өкмөтүнүн суроосу: «{ $question }»
question-answered =
    Автордун жообу, сунуш { $number }:
    «{ $answer }»
question-answered-files = Автор жоопту үн же файл кылып жиберди. Сунуш: { $number }.
question-reopened = Мурунку билдирүү бул суроонун жообу эмес экен. Сунуш { $number }: суроо жоопсуз турат.
sender-blocked = Кечиресиз, сизден сунуш кабыл алынбай калган. Сурооңуз болсо, айыл өкмөтүнө барып сүйлөшүңүз.

## The card
inbox-number = Сунуш { $number } · { $status }
inbox-number-new = Жаңы сунуш { $number }
inbox-hidden = Жашырылган: эч кимге көрүнбөйт
inbox-transcript = Үнүнөн жазылды: «{ $text }»
inbox-supporters = Колдогондор: { $count }
inbox-from = Булагы: { $source }
inbox-from-paper = кагаз
inbox-from-import = таблица
inbox-from-group = { $channel }, группа
inbox-author = Автору: { $name }
inbox-author-unnamed = аты белгисиз
inbox-author-none = Автордун чаты жок
inbox-author-group = Автору белгисиз, группадан
inbox-consent-due = Автордун макулдугун күтөбүз. Акыркы күнү: { $date }
inbox-sector-due = багыты айтыла элек
inbox-author-unagreed = Автор макул болмоюнча ага эч нерсе жазылбайт
inbox-author-stopped = Автор билдирүү алгысы келбейт
inbox-author-unreachable = Авторго билдирүү жетпейт
inbox-author-blocked = Автор бөгөттөлгөн
inbox-spot = Жайгашкан жери: { $place }
inbox-files = Сүрөт, файл: { $count }
inbox-files-pending = Жүктөлө элек файл: { $count }
inbox-files-gone = Сакталбай калган файл: { $count }
inbox-answer = Жооп: «{ $answer }»
inbox-question = Суроо: «{ $question }»
inbox-question-answer = Автордун жообу: «{ $answer }»
inbox-question-files = Автор үн же файл менен жооп берди
inbox-question-open = Автор жооп бере элек
inbox-merged-into = Кошулган сунушу: { $number }
inbox-merged = Ага кошулгандар: { $numbers }
inbox-file = { $number }: файл { $n } / { $count }
inbox-opened-other = Бул карточканы азыр { $name } да ачып турат.
inbox-someone = башка кызматкер
inbox-left = Кезекте: { $count }
inbox-left-more = Кезекте: { $count } жана андан көп
inbox-empty = Мындай сунуш калган жок.
inbox-not-found = Мындай номердеги сунуш табылган жок.
inbox-choose = Төмөнкүдөн тандаңыз же сунуштун толук номерин жазыңыз.
inbox-words-only = Карточка ачык турганда файл жиберүүгө болбойт.
inbox-typed = «{ $text }» Муну эмне кылалы?
inbox-more = Дагы эмне кылалы?

## What was done
inbox-changed = Карточка ушул арада өзгөрүптүр, эч нерсе жөнөтүлгөн жок. Жаңысын карап көрүңүз.
inbox-in-review = Кароого алынды, авторго кабар жөнөтүлөт.
inbox-status-set = Абалы өзгөрдү: { $status }.
inbox-answered = Жооп жөнөтүлөт.
inbox-kept-answer = Жооп карточкада сакталды.
inbox-asked = Суроо авторго жөнөтүлөт. Жообу ушул жерге келет.
inbox-tagged = Болду, өзгөрдү.
inbox-transcribed = Болду, үндөн жазылганы сакталды.
inbox-done-hide = Жашырылды: сакталып турат, бирок көрүнбөйт.
inbox-done-hide-merged = Ага кошулган сунуштар кайра өз алдынча каралат.
inbox-done-show = Кайра көрүнөт.
inbox-block-sure = Бул адамдан мындан ары сунуш кабыл алынбайт. Бөгөттөйбүзбү?
inbox-done-block = Автор бөгөттөлдү.
inbox-done-unblock = Автор бөгөттөн чыкты.
inbox-kept = Макул, эч нерсе өзгөргөн жок.

## Answering
inbox-ask-status = Жаңы абалын тандаңыз.
inbox-ask-amount = Канча сом бөлүндү?
inbox-amount-wrong = Сумманы сан менен жазыңыз, мисалы: 150 000.
inbox-ask-source = Каражаттын булагы кайсы? Мисалы: жергиликтүү бюджет.
inbox-ask-answer = Жоопту тандаңыз же өзүңүз жазыңыз.
inbox-ask-reason = Себебин тандаңыз же өзүңүз жазыңыз.
inbox-ask-own = Жоопту жазыңыз.
inbox-ask-question = Авторго эмне деп суроо беребиз?
inbox-ask-transcript = Үндө эмне айтылганын жазыңыз.
inbox-preview = Авторго ушундай жөнөтүлөт, тили: { $language }.
inbox-preview-nobody = Авторго кабар барбайт, жооп карточкада сакталат:
inbox-preview-own = Жазганыңыз которулбай, ошол бойдон барат.
inbox-preview-templates = Ар бир адам өз тилинде алат.
inbox-preview-supporters = Колдогондорго да кабар барат: { $count }

## Filters
filter-now = Азыркы фильтр: { $filter }. Эмнесин өзгөртөбүз?
filter-none = жаңы сунуштар
filter-new = Жаңылары
filter-in_review = Каралып жаткандар
filter-open = Бүтпөгөндөрү
filter-all = Бардыгы
filter-hidden = Жашырылгандар
filter-voice = үн билдирүү менен
filter-words = сөзү «{ $words }»
filter-ask-state = Кайсы сунуштарды көрөбүз?
filter-ask-words = Номерин же текстиндеги сөздү жазыңыз.
filter-any-village = Бардык айылдар
filter-any-sector = Бардык багыттар

## Sentences to answer with
templates-status = Кайсы абалдын жоопторун өзгөртөбүз?
templates-own = Жооп үлгүлөрү, абалы: { $status }. Кайсынысын ачалы?
templates-default = Азыр даяр үлгүлөр колдонулат, абалы: { $status }. Өзүңүздүкүн кошсоңуз, ошолор гана чыгат.
templates-open = Муну эмне кылалы?
templates-ky = Үлгүнү кыргызча жазыңыз.
templates-ru = Ушул эле үлгүнү орусча жазыңыз. Өткөрүп жиберсеңиз, кыргызчасы барат.
templates-en = Ушул эле үлгүнү англисче жазыңыз. Өткөрүп жиберсеңиз, кыргызчасы барат.
templates-saved = Үлгү сакталды.
templates-removed = Үлгү өчүрүлдү.
templates-gone = Бул үлгү өчүрүлгөн экен.
templates-full = Үлгүлөр көп болуп кетти, эң көбү { $most }.
template-received-1 = Сунушуңуз үчүн рахмат, аны жумушчу топ карап чыгат.
template-received-2 = Рахмат, сунушуңузду жакынкы жыйында талкуулайбыз.
template-review-1 = Адистерибиз барып, ордунан карап чыгат.
template-review-2 = Канча каражат керек экенин эсептеп жатабыз.
template-planned-1 = Иш качан башталарын ушул жерге жазабыз.
template-funded-1 = Жумуш жакында башталат, жүрүшүн ушул жерге жазабыз.
template-done-1 = Кандай болгонун карап, пикириңизди жазып коюңуз.
template-declined-1 = Бюджетте азыр каражат жок, кийинки жылы кайра карайбыз.
template-declined-2 = Бул маселени айыл өкмөтү чече албайт, тиешелүү мекемеге жеткирдик.
template-declined-3 = Бул иш башка планда бар экен, ошол боюнча жасалат.

## Buttons
btn-open-card = Карточканы ачуу
btn-take = Кароого алуу
btn-ask-author = Суроо берүү
btn-answer = Жооп берүү
btn-change-status = Абалын өзгөртүү
btn-transcribe = Үндү текст кылуу
btn-more = Дагы
btn-next = Кийинки
btn-filter = Фильтр
btn-who = Авторду көрүү
btn-hide = Жашыруу
btn-show = Кайра көрсөтүү
btn-block = Авторду бөгөттөө
btn-unblock = Бөгөттөн чыгаруу
btn-to-card = Карточкага кайтуу
btn-own-words = Өзүм жазам
btn-no-answer = Жоопсуз
btn-as-answer = Жооп кылып жөнөтүү
btn-as-question = Авторго суроо
btn-search = Издөө
btn-filter-village = Айыл
btn-filter-sector = Багыты
btn-filter-state = Абалы
btn-filter-voice = Үн менен
btn-filter-any = Үндүү же үнсүз
btn-filter-clear = Фильтрди тазалоо
btn-from-start = Башынан көрүү
btn-templates = Жооп үлгүлөрү
btn-add-template = Үлгү кошуу
btn-change-template = Өзгөртүү
btn-remove-template = Алып салуу
btn-was-proposal = Бул жаңы сунуш
