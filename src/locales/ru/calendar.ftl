### What the law wants each year; staff are reminded of it.

calendar-reminder =
    Напоминаем. { $text }
    Последний день: { $date }
btn-calendar-draft = Подготовить объявление
