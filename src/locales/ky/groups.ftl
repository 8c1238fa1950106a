### Groups and channels that announcements for a village go to.

## In a group or a channel
group-ask-village = Бул жерге кайсы айылдын кулактандыруулары келсин?
group-linked = Болду. Эми { $village } айылынын кулактандыруулары ушул жерге келет. Бул жерде айтылган сөздөр сакталбайт.
group-is-linked = Бул жерге { $village } айылынын кулактандыруулары келет.
group-anonymous = Муну ким жазганы бизге көрүнбөйт. Укугу бар кызматкер төмөнкү баскычты бассын.
group-unlinked = Болду, кулактандыруулар мындан ары бул жерге келбейт.
group-unchanged = Эч нерсе өзгөргөн жок.
group-lost = Бот «{ $title }» деген группадан же каналдан чыгарылды. { $village } айылынын кулактандыруулары ал жакка азыр барбайт.
btn-group-link = Айылды тандоо
btn-group-change = Айылды өзгөртүү
btn-group-unlink = Тизмеден чыгаруу

## All of them
groups-list = Кулактандыруулар келүүчү группалар жана каналдар: { $count }
groups-none = Кулактандыруулар келүүчү группа же канал азырынча жок.
groups-line = { $title } — { $village } айылы
groups-line-lost = { $title } — { $village } айылы (бот ал жакта жок)
groups-no-title = аты белгисиз
groups-which = Тизмеден чыгаруу үчүн группаны тандаңыз.
groups-how = Группа кошуу үчүн ботту ошол группага кошуңуз, анан ал жакка { $command } деп жазыңыз.
groups-how-channel = Канал болсо, ботту администратор кылыңыз, анан каналга { $command } деп жазып, чыккан баскычты өзүңүз басыңыз.
groups-unlink-ask = { $group }. Тизмеден чыгарылсынбы?
groups-unlinked = { $group }. Кулактандыруулар ал жакка мындан ары барбайт.
btn-office-link = Группалар
