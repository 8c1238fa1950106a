### Who works in the okmotu and the working group.

## Joining
staff-joined = Кош келиңиз! { $municipality } айыл аймагы боюнча ролуңуз: { $role }.
staff-already = Сиз бул жерде мурунтан эле иштейсиз. Ролуңуз: { $role }.
staff-code-wrong = Бул код туура эмес же мөөнөтү өткөн. Администратордон жаңы код сураңыз.
staff-code-wrong-pause = Бул код туура эмес же мөөнөтү өткөн. { $minutes } мүнөттөн кийин кайра жазып көрүңүз.
staff-code-pause = Азыр код кабыл алынбайт. { $minutes } мүнөттөн кийин кайра жазып көрүңүз.
staff-can-admin = Иштөө үчүн жазыңыз: «жаңы сунуштар», «кагаз сунуш», «жыйын», «план», «кулактандыруу», «таблица», «статистика». Кызматкер чакыруу үчүн «кызматкерлер» деңиз.
staff-can-officer = Иштөө үчүн жазыңыз: «жаңы сунуштар», «кагаз сунуш», «жыйын», «план», «кулактандыруу», «таблица», «статистика».
staff-can-working-group = Иштөө үчүн жазыңыз: «жаңы сунуштар», «кагаз сунуш», «жыйын», «план», «кулактандыруу», «таблица», «статистика».
staff-can-deputy = Көрүү үчүн жазыңыз: «жаңы сунуштар», «план», «кулактандыруу», «таблица», «статистика».

## Roles
role-admin = администратор
role-officer = айыл өкмөтүнүн кызматкери
role-working-group = жумушчу топтун мүчөсү
role-deputy = депутат

## List
staff-list = Кызматкерлер: { $count }
staff-line = { $name } — { $role }
staff-no-name = Аты жок
staff-list-invited = Чакырылгандар, али кире элек:
staff-which = Тизмеден тандаңыз же жаңы кызматкер чакырыңыз.
staff-since = Кошулган күнү: { $date }
staff-until = Коддун мөөнөтү: { $date }
mydata-staff = Кызматтагы ролуңуз: { $role }. Тизмедеги атыңыз: { $name }

## Changes
staff-ask-role = Ролун тандаңыз.
staff-ask-name = Аты-жөнүн жазыңыз. Билбесеңиз, өткөрүп жибериңиз.
staff-name-long = Аты өтө узун. Эң көбү { $max } белги болсун.
staff-invite = Чакыруу коду: { $code }. Ролу: { $role }. 48 саат жарактуу, башка эч кимге бербеңиз.
staff-invite-words = Ботко ушуну жазсын: «кызматкер { $code }»
staff-role-changed = Болду. Жаңы ролу: { $role }.
staff-remove-ask = { $name } деген кызматкер чыгарылсынбы? Анын укугу дароо токтойт.
staff-removed = Кызматкер чыгарылды.
staff-revoke-ask = Бул чакыруу жокко чыгарылсынбы?
staff-revoked = Чакыруу жокко чыгарылды.
staff-last-admin = Бул — акыркы администратор. Адегенде башка бирөөнү администратор кылыңыз.
staff-gone = Бул кызматкер же чакыруу эми жок.

## Buttons
btn-staff-invite = Кызматкер чакыруу
btn-staff-role = Ролун өзгөртүү
btn-staff-remove = Чыгаруу
btn-staff-remove-yes = Ооба, чыгарылсын
btn-staff-revoke = Чакырууну жокко чыгаруу
btn-staff-revoke-yes = Ооба, жокко чыгарылсын
btn-staff-keep = Жок, калсын
btn-office-inbox = Жаңы сунуштар
btn-office-register = Кагаз сунуш
btn-office-meeting = Жыйын
btn-office-plan = План
btn-office-export = Таблица
btn-office-stats = Статистика
btn-office-staff = Кызматкерлер
