### For the okmotu and the working group.

## Rights
no-right = Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.
ask-office = Кайсы айыл аймагы боюнча?

## Languages, as one speaks of them
spoken-ky = кыргызча
spoken-ru = орусча
spoken-en = англисче
