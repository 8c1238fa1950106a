### Who works in the okmotu and the working group.

## Joining
staff-joined = Добро пожаловать! Айылный аймак { $municipality }, ваша роль: { $role }.
staff-already = Вы здесь уже работаете. Ваша роль: { $role }.
staff-code-wrong = Код неверен или его срок истёк. Попросите новый у администратора.
staff-code-wrong-pause = Код неверен или его срок истёк. Попробуйте ещё раз через { $minutes } мин.
staff-code-pause = Сейчас коды не принимаются. Попробуйте ещё раз через { $minutes } мин.
staff-can-admin = Для работы напишите: «новые предложения», «бумага», «собрание», «план», «объявление», «таблица», «статистика». Чтобы пригласить сотрудника, напишите «сотрудники».
staff-can-officer = Для работы напишите: «новые предложения», «бумага», «собрание», «план», «объявление», «таблица», «статистика».
staff-can-working-group = Для работы напишите: «новые предложения», «бумага», «собрание», «план», «объявление», «таблица», «статистика».
staff-can-deputy = Для просмотра напишите: «новые предложения», «план», «объявление», «таблица», «статистика».

## Roles
role-admin = администратор
role-officer = сотрудник айыл окмоту
role-working-group = член рабочей группы
role-deputy = депутат

## List
staff-list = Сотрудников: { $count }
staff-line = { $name } — { $role }
staff-no-name = Без имени
staff-list-invited = Приглашены, но ещё не вошли:
staff-which = Выберите из списка или пригласите сотрудника.
staff-since = В работе с: { $date }
staff-until = Код действует до: { $date }
mydata-staff = Ваша роль в работе: { $role }. Имя в списке: { $name }

## Changes
staff-ask-role = Выберите роль.
staff-ask-name = Напишите имя и фамилию. Если не знаете, пропустите.
staff-name-long = Имя слишком длинное. Можно до { $max } знаков.
staff-invite = Код приглашения: { $code }. Роль: { $role }. Действует 48 часов, больше никому не передавайте.
staff-invite-words = Пусть напишет боту: «сотрудник { $code }»
staff-role-changed = Готово. Новая роль: { $role }.
staff-remove-ask = Исключить сотрудника: { $name }? Права закончатся сразу.
staff-removed = Сотрудник исключён.
staff-revoke-ask = Отозвать это приглашение?
staff-revoked = Приглашение отозвано.
staff-last-admin = Это последний администратор. Сначала назначьте администратором кого-то ещё.
staff-gone = Этого сотрудника или приглашения больше нет.

## Buttons
btn-staff-invite = Пригласить сотрудника
btn-staff-role = Изменить роль
btn-staff-remove = Исключить
btn-staff-remove-yes = Да, исключить
btn-staff-revoke = Отозвать приглашение
btn-staff-revoke-yes = Да, отозвать
btn-staff-keep = Нет, оставить
btn-office-inbox = Новые предложения
btn-office-register = Бумажное предложение
btn-office-meeting = Собрание
btn-office-plan = План
btn-office-export = Таблица
btn-office-stats = Статистика
btn-office-staff = Сотрудники
