### Who got an announcement: a table, a row a recipient.

report-sheet-recipients = Алуучулар
report-column-send = Кайсы билдирүү
report-column-reason = Себеби
report-column-settled_at = Качан
report-column-possibly_doubled = Эки жолу баргандыр
report-column-ack = Жеткени
report-column-name = Аты
report-column-address = Дареги
report-yes = ооба

## States
report-status-pending = Күтүлүүдө
report-status-sending = Жөнөтүлүүдө
report-status-sent = Жөнөтүлдү
report-status-failed = Жөнөтүлгөн жок
report-status-skipped = Өткөрүлдү
report-status-canceled = Токтотулду

## Why it did not arrive
report-reason-unreachable = байланыш болгон жок
report-reason-blocked = ботту бөгөттөгөн
report-reason-gone = мындай чат жок
report-reason-moved = чат башка жакка көчкөн
report-reason-rejected = чат кызматы кабыл алган жок
report-reason-misconfigured = боттун жөндөөсү туура эмес
report-reason-opted_out = билдирүүлөрдү токтоткон
report-reason-by_group = группа аркылуу алат
report-reason-stale = убактысы өтүп кеткен

## How far it got
report-ack-server = кабыл алынды
report-ack-delivered = жеткирилди
report-ack-read = окулду
