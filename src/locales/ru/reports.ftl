### Who got an announcement: a table, a row a recipient.

report-sheet-recipients = Получатели
report-column-send = Рассылка
report-column-reason = Причина
report-column-settled_at = Когда
report-column-possibly_doubled = Возможно, дважды
report-column-ack = Доставка
report-column-name = Имя
report-column-address = Адрес
report-yes = да

## States
report-status-pending = Ожидает
report-status-sending = Отправляется
report-status-sent = Отправлено
report-status-failed = Не отправлено
report-status-skipped = Пропущено
report-status-canceled = Отменено

## Why it did not arrive
report-reason-unreachable = не было связи
report-reason-blocked = заблокировал бота
report-reason-gone = такого чата нет
report-reason-moved = чат переехал
report-reason-rejected = служба чата не приняла
report-reason-misconfigured = бот настроен неверно
report-reason-opted_out = отказался от уведомлений
report-reason-by_group = получает через группу
report-reason-stale = слишком поздно

## How far it got
report-ack-server = принято
report-ack-delivered = доставлено
report-ack-read = прочитано
