### Public hearings.

## Kinds; the ids are those of the program
hearing-kind-sedp_draft = Өнүктүрүү программасынын долбоору
hearing-kind-budget_draft = Бюджеттин долбоору
hearing-kind-budget_execution = Бюджеттин аткарылышы
hearing-kind-jap = Биргелешкен аракеттер планы
hearing-kind-other = Башка маселе

## What is coming
hearings-which = Кайсы айыл аймагынын угуулары?
hearings-none = Азырынча белгиленген угуу жок.
hearings-list = Коомдук угуулар. Кайсынысын ачалы?
hearing-line = { $day }, саат { $time } · { $village } айылы, { $place } · { $kind }: «{ $topic }»
hearing-line-canceled = { $line } · болбойт
hearing-line-held = { $line } · өттү
hearing-line-unannounced = { $line } · билдирүү жөнөтүлө элек
hearing-unannounced = Билдирүү жөнөтүлө элек, ошондуктан тургундарга көрүнбөйт.
hearing-head = КООМДУК УГУУ
hearing-topic = «{ $topic }»
hearing-when = Күнү: { $day }, саат { $time }
hearing-where = Жери: { $village } айылы, { $place }
hearing-convener = Чакырат: { $convener }
hearing-agenda = Күн тартиби: { $agenda }
hearing-draft-url = Долбоор: { $url }
hearing-until = Суроо, сунуш жазууга акыркы мөөнөт: { $day }, саат { $time }
hearing-contact = Байланыш: { $contact }
hearing-you-coming = Сиз «Келем» дедиңиз.
hearing-you-not_coming = Сиз «Келе албайм» дедиңиз.
hearing-own-question = Сурооңуз: «{ $question }»
hearing-own-files = Сурооңуз: үн же сүрөт
hearing-own-answer = Жооп: «{ $answer }»
hearing-off = Бул угуу болбойт. Себеби: { $reason }
hearing-begun = Угуунун убактысы келди. Жыйынтыгы кийин ушул жерден көрүнөт.
hearing-result = Коомдук угуу өттү. Катышты: { $total } адам, анын ичинен { $women } аял.
hearing-result-people = Коомдук угуу өттү. Катышты: { $total } адам.
hearing-result-link = Жыйынтыгы: { $link }
hearing-file-draft = Угуунун долбоору
hearing-file-minutes = Угуунун протоколу

## To come or not to come
will-come = Рахмат, күтөбүз! Оюңуз өзгөрсө, «Келе албайм» дегенди тандаңыз.
cannot-come = Түшүндүк. Сурооңуз же сунушуңуз болсо, ушул жерге жазыңыз, угууга жеткиребиз.
cannot-come-noted = Түшүндүк. Оюңуз өзгөрсө, «Келем» дегенди тандаңыз.
hearing-about = Коомдук угуу: { $kind }, { $date }
hearing-ask-apart = Сурооңуз же сунушуңуз болсо, төмөндөн тандап жазыңыз, угууга жеткиребиз.
hearing-draft-apart = Долбоорду окуу үчүн төмөндөн тандаңыз.
hearing-ask = Сурооңузду же сунушуңузду жазыңыз, үн же сүрөт жиберсеңиз да болот. Угууга жеткиребиз.
question-received = Рахмат, сурооңузду угууга жеткиребиз. Жообун ушул жерге жазабыз.
hearing-question-changed = Сурооңуз оңдолду.
hearing-question-late = Бул суроого жооп берилип калган. Кошумчаңыз болсо, жаңы суроо кылып жазыңыз.
hearing-over = Бул угуу өтүп кетти.
hearing-closed = Бул угууга суроо, сунуш алуу бүттү.
hearing-called-off = Бул угуу болбойт.
hearing-not-asked = Макул, эч нерсе жөнөтүлгөн жок.
hearing-gone = Мындай угуу табылган жок.
hearing-draft-read = Долбоорду ушул жерден окуңуз: { $url }
hearing-draft-soon = Долбоордун файлы али келе элек. Бир аздан кийин кайра тандап көрүңүз.
hearing-draft-none = Бул угуунун долбоору ушул жерде жок.

## Answers to questions
hearing-answer = Айыл өкмөтүнүн жообу. Коомдук угуу: { $kind }, { $date }

## Personal data
mydata-intents = Угууга келем же келе албайм дегениңиз: { $count }
mydata-questions = Угууга жазган сурооңуз: { $count }

## The office: who comes
hearing-intents = Келем дегендер: { $coming }, келе албайм дегендер: { $away }
hearing-open-questions = Жооп күткөн суроолор: { $count }
hearing-people-none = Келем же келе албайм деп азырынча эч ким жаза элек.
hearing-people-part = { $name }: келет { $coming }, келе албайт { $away }
hearing-people-villages = Айыл боюнча:
hearing-people-sexes = Жынысы боюнча:
hearing-people-ages = Жашы боюнча:
hearing-people-public = Муну башкаларга көрсөтсөңүз болот. Аз сандар «–» менен жашырылды, ким экени билинбесин.

## The office: questions
hearing-question-item = Кайдан: { $village }, { $date }
hearing-question-file = Суроого кошулган файл { $n } / { $count }
hearing-file-question = Суроо
hearing-question-pending = Кошулган файл али келе элек.
hearing-question-gone = Кошулган файл жоголгон.
hearing-unheard-erased = Суроо берген адам маалыматын өчүрткөн, жооп ага жетпейт.
hearing-unheard-stopped = Суроо берген адам жооп келбесин деген, жооп ага жетпейт.
hearing-unheard-unreachable = Суроо берген адамга билдирүү жетпей жатат.
hearing-questions-none = Жооп күткөн суроо жок.
hearing-ask-answer = Жообуңузду жазыңыз. Суроо берген адам ушул сөздөрдү окуйт.
hearing-preview = Суроо берген адамга ушундай барат, тили: { $language }.
hearing-answer-nobody = Жооп адамга жетпейт, ушул жерде сакталат.
hearing-answered = Жооп жөнөтүлдү.
hearing-answer-kept = Жооп сакталды, бирок адамга жетпейт.
hearing-answered-before = Бул суроого башка кызматкер жооп берип койгон.

## The office: what became of it
hearing-ask-minutes = Протоколдун файлын же сүрөтүн жибериңиз. Шилтемесин жазсаңыз да болот.
hearing-link-wrong = Бул шилтемеге окшобойт. Толук дарегин жазыңыз же файл жибериңиз.
hearing-minutes-yes = Протоколу: кошулду
hearing-recorded = Жазылды.
hearing-not-recorded = Жазылган жок.
hearing-changed = Бул угууну башка кызматкер өзгөртүп койгон. Кайра карап чыгыңыз.

## The office: another day or place, or none
hearing-move-day = Жаңы күнүн жазыңыз, мисалы: «20.04».
hearing-day-wrong = Мындай күн жок окшойт. «20.04» же «20.04.2027» деп жазыңыз.
hearing-day-past = Бул күн өтүп кеткен. Алдыдагы күндү жазыңыз.
hearing-move-time = Башталышы саат канчада? Мисалы: «10:00».
hearing-time-wrong = Убактысын сан менен жазыңыз, мисалы: «10:00».
hearing-time-past = Бул убакыт өтүп кеткен. Күнүн, саатын кайра жазыңыз.
hearing-move-village = Кайсы айылда болот?
hearing-move-place = Айылдын кайсы жеринде? Мисалы: «Клуб».
hearing-move-check = Мурда: { $before }
hearing-move-now = Эми: { $after }
hearing-move-sure = Билдирүү алгандардын баары муну билет. Өзгөртөлүбү?
hearing-place = { $day }, саат { $time }, { $village } айылы, { $place }
hearing-move-same = Эч нерсе өзгөргөн жок.
hearing-move-done = Өзгөрдү. Кабар жөнөтүлө турган адамдар: { $count }.
hearing-cancel-ask = Эмне үчүн болбойт? Кыскача жазыңыз, билдирүү алгандар ушул сөздөрдү окуйт.
hearing-cancel-sure = Угуу болбойт, себеби: «{ $reason }». Билдирүү алгандардын баары муну билет. Ушундай болсунбу?
hearing-cancel-done = Угуу болбойт деп белгиленди. Кабар жөнөтүлө турган адамдар: { $count }.

## Buttons
btn-hearings = Коомдук угуулар
btn-come = Келем
btn-cannot-come = Келе албайм
btn-read-draft = Долбоорду окуу
btn-hearing-ask = Суроо, сунуш жазуу
btn-hearing-people = Кимдер келет
btn-hearing-public = Жарыялоо үчүн
btn-hearing-questions = Суроолор
btn-hearing-record = Катышкандарды жазуу
btn-hearing-move = Күнүн, жерин өзгөртүү
btn-hearing-cancel = Угуу болбойт
btn-hearing-cancel-yes = Ооба, болбойт
btn-hearing-change-yes = Ооба, өзгөртүлсүн
btn-same-day = Ошол эле күн
btn-same-time = Ошол эле убакыт
btn-same-place = Ошол эле жер
btn-to-hearing = Угууга кайтуу
cmd-hearings = Коомдук угуулар
