### What residents read in announcements. A line whose value is not there is left out. The office may write its own.

## Hearings
notice-hearing =
    КООМДУК УГУУ
    { $kind }
    { $topic }
    Күнү: { $date }, саат { $time }
    Жери: { $village } айылы, { $place }
    Чакырган: { $convener }
    Каралат: { $agenda }
    Долбоор: { $link }
    Сунуштарды кабыл алуунун акыркы мөөнөтү: { $until }
    Байланыш: { $contact }
    Келесизби?
notice-hearing-later =
    Эске салабыз: коомдук угуу { $date }, саат { $time }. Жери: { $village } айылы, { $place }.
    Темасы: { $topic }
notice-hearing-tomorrow = Эртең коомдук угуу: саат { $time }. Жери: { $village } айылы, { $place }. Темасы: { $topic }.
notice-hearing-today = Бүгүн саат { $time } коомдук угуу башталат. Жери: { $village } айылы, { $place }. Келиңиз, күтөбүз!
notice-hearing-moved = Көңүл буруңуз: угуунун убактысы же орду өзгөрдү. Мурда: { $old }. Эми: { $date }, саат { $time }, { $village } айылы, { $place }.
notice-hearing-canceled =
    { $date } күнкү коомдук угуу болбойт. Темасы: { $topic }.
    Себеби: { $reason }
notice-hearing-when = Күнү: { $date }, саат { $time }. Жери: { $village } айылы, { $place }.

## Approvals
notice-approved =
    { $plan } бекитилди.
    Бекиткен: { $body }, { $date }, № { $number }
    Сиздердин сунуштардан кирди: { $taken }
approved-jap = Биргелешкен аракеттер планы
approved-sedp = Өнүктүрүү программасы
approved-budget = Бюджет

## Staff hear of it
announcement-progress-waiting = Жөнөтүү башталды: { $total } дарек.
announcement-progress = Жөнөтүлүүдө: { $sent } / { $total }. Жөнөтүлгөн жок: { $failed }.
announcement-report =
    Жөнөтүү бүттү. Жөнөтүлдү: { $sent }, жөнөтүлгөн жок: { $failed }, өткөрүлдү: { $skipped }, токтотулду: { $canceled }.
    Эки жолу баргандыр: { $doubled }.
announcement-late = Кечигип калып, жөнөтүлгөн жок: { $rungs }.
announcement-paused-errors = Көп ката болгондуктан жөнөтүү токтоп турат: { $sent } жөнөтүлдү, { $pending } күтүп турат. Байланышты текшерип, анан улантыңыз.
btn-announcement-open = Кулактандырууну ачуу

## Sends of a ladder
rung-now = билдирүү
rung-days = { $count } күн калганда
rung-hours = { $count } саат калганда
rung-minutes = { $count } мүнөт калганда
rung-moved = убактысы же орду өзгөргөнү
rung-again = жаңы убактысы
rung-canceled = болбой калганы
