### For the okmotu and the working group.

## Rights
no-right = You do not have the right to do this. Ask the administrator if you need it.
ask-office = For which aiyl aimak?

## Languages, as one speaks of them
spoken-ky = Kyrgyz
spoken-ru = Russian
spoken-en = English
