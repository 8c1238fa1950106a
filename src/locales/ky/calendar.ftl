### What the law wants each year; staff are reminded of it.

calendar-reminder =
    Эске салабыз. { $text }
    Акыркы күнү: { $date }
btn-calendar-draft = Кулактандыруу даярдоо
