### Who takes part: figures for the office, and what a person may say for them.

## A mark that a person may give
mydata-vulnerable = Вы отметили, что нуждаетесь в поддержке
vulnerable-ask = Если по здоровью, доходу или семье вам нужна поддержка, можно это отметить. Отметка идёт только в общий счёт, без имени.
vulnerable-on = Спасибо, отметили. Захотите убрать, это можно сделать здесь же.
vulnerable-off = Готово, отметка убрана.
btn-support-mark = Нуждаюсь в поддержке
btn-support-unmark = Убрать отметку
