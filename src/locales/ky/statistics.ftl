### Who takes part: figures for the office, and what a person may say for them.

## A mark that a person may give
mydata-vulnerable = Колдоого муктаж деп белгилегенсиз
vulnerable-ask = Ден соолугуңуз, кирешеңиз же үй-бүлө шартыңыз боюнча колдоого муктаж болсоңуз, белгилеп койсоңуз болот. Бул жалпы санакка гана кирет, атыңыз көрсөтүлбөйт.
vulnerable-on = Рахмат, белгиленди. Кааласаңыз, ушул жерден кайра алып саласыз.
vulnerable-off = Болду, белги алып салынды.
btn-support-mark = Колдоого муктажмын
btn-support-unmark = Белгини алып салуу
