### Two chats of one person, joined by a code.

## The code
join-code = Write this in your other chat: “{ $words }”. The code counts for { $minutes } minutes; give it to nobody.
join-words = join { $code }
join-unknown = You have not written to us yet. First send a proposal, or take the code from your other chat.
join-unagreed = First agree to our keeping your proposal. Then try again.

## Typing it
join-ask = Is that { $channel } chat yours? Then the proposals of both chats are together, and cannot be parted again. If somebody else gave you the code, answer “no”.
join-ask-staff = Your role at work goes to that chat too.
join-kept = All right, the chats stay apart.
join-done = Done, your two chats are joined. Your proposals are seen in both.
join-told = This chat is now joined with your { $channel } chat. If it was not you, tell the okmotu at once.
join-unreadable = A code has six digits. To get one, write “join” in your other chat.
join-wrong = This code is wrong. Look at it in your other chat and write it again.
join-expired = This code has run out. Get a new one in your other chat.
join-used = This code has been used. Get a new one in your other chat.
join-pause = No code is taken now. Try again in { $minutes } min.
join-own = This code was given in this very chat. Write it in your other chat.
join-same = These chats are together already.
join-busy = A question is still open in your other chat. First answer it there, then write the code again.
join-draft = First finish what you began; it is kept. Then write the code again.

## Where notices go
join-where = To which chat shall notices come?
join-now = Notices come to { $channel } now. To which chat shall they come?
join-here = { $channel } (this one)
join-other = { $channel } ({ $n })
join-chosen = Done, notices come to { $channel }. To change that, write “join”.
mydata-notices = Chat for notices: { $channel }, { $address }

## Buttons
btn-join-yes = Yes, it is mine
btn-join-no = No
btn-join-code = Add a chat
cmd-join = Join with another chat of mine
