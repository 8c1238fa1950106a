### For the okmotu and the working group.

## Rights
no-right = Буга укугуңуз жок. Керек болсо, администраторго айтыңыз.
ask-office = Кайсы айыл аймагы боюнча?
