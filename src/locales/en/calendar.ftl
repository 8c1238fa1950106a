### What the law wants each year; staff are reminded of it.

calendar-reminder =
    A reminder. { $text }
    Last day: { $date }
btn-calendar-draft = Prepare the notice
