### Groups and channels that announcements for a village go to.

## In a group or a channel
group-ask-village = Объявления какого села присылать сюда?
group-linked = Готово. Теперь сюда будут приходить объявления для села { $village }. То, что говорят здесь, не хранится.
group-is-linked = Сюда приходят объявления для села { $village }.
group-anonymous = Нам не видно, кто это написал. Пусть сотрудник, у которого есть право, нажмёт кнопку ниже.
group-unlinked = Готово, объявления сюда больше не приходят.
group-unchanged = Ничего не изменилось.
group-lost = Бота удалили из группы или канала «{ $title }». Объявления для села { $village } туда сейчас не приходят.
btn-group-link = Выбрать село
btn-group-change = Изменить село
btn-group-unlink = Убрать из списка

## All of them
groups-list = Группы и каналы, куда приходят объявления: { $count }
groups-none = Групп и каналов, куда приходят объявления, пока нет.
groups-line = { $title } — село { $village }
groups-line-lost = { $title } — село { $village } (бота там нет)
groups-no-title = без названия
groups-which = Чтобы убрать группу из списка, выберите её.
groups-how = Чтобы добавить группу, добавьте туда бота и напишите там { $command }.
groups-how-channel = Если это канал, сделайте бота администратором, напишите в канале { $command } и сами нажмите кнопку, которая появится.
groups-unlink-ask = { $group }. Убрать из списка?
groups-unlinked = { $group }. Объявления туда больше не приходят.
btn-office-link = Группы
