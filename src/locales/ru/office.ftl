### For the okmotu and the working group.

## Rights
no-right = У вас нет на это права. Если нужно, обратитесь к администратору.
ask-office = По какому айылному аймаку?

## Languages, as one speaks of them
spoken-ky = кыргызский
spoken-ru = русский
spoken-en = английский
