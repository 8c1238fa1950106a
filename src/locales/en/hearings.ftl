### Public hearings.

## Kinds; the ids are those of the program
hearing-kind-sedp_draft = Draft development programme
hearing-kind-budget_draft = Draft budget
hearing-kind-budget_execution = Budget execution
hearing-kind-jap = Joint Action Plan
hearing-kind-other = Other matter

## What is coming
hearings-which = Hearings of which aiyl aimak?
hearings-none = No hearing is planned yet.
hearings-list = Public hearings. Which one to open?
hearing-line = { $day }, { $time } · { $village }, { $place } · { $kind }: “{ $topic }”
hearing-line-canceled = { $line } · will not take place
hearing-line-held = { $line } · has taken place
hearing-line-unannounced = { $line } · not announced yet
hearing-unannounced = It is not announced yet, so residents do not see it.
hearing-head = PUBLIC HEARING
hearing-topic = “{ $topic }”
hearing-when = When: { $day }, { $time }
hearing-where = Where: { $village }, { $place }
hearing-convener = Convened by: { $convener }
hearing-agenda = Agenda: { $agenda }
hearing-draft-url = Draft: { $url }
hearing-until = Questions and proposals are taken until: { $day }, { $time }
hearing-contact = Contact: { $contact }
hearing-you-coming = You said: “I will come”.
hearing-you-not_coming = You said: “I cannot come”.
hearing-own-question = Your question: “{ $question }”
hearing-own-files = Your question: a voice message or photo
hearing-own-answer = Answer: “{ $answer }”
hearing-off = This hearing will not take place. Reason: { $reason }
hearing-begun = The time of the hearing has come. Its result will be shown here.
hearing-result = The hearing took place. Attended: { $total }, of them women: { $women }.
hearing-result-people = The hearing took place. Attended: { $total }.
hearing-result-link = Result: { $link }
hearing-file-draft = The draft of the hearing
hearing-file-minutes = The minutes of the hearing

## To come or not to come
will-come = Thank you! If you change your mind, choose “I cannot come”.
cannot-come = All right. If you have a question or proposal, write it here; we will bring it to the hearing.
cannot-come-noted = All right. If you change your mind, choose “I will come”.
hearing-about = Public hearing: { $kind }, { $date }
hearing-ask-apart = If you have a question or proposal, choose below and write it; we will bring it to the hearing.
hearing-draft-apart = To read the draft, choose below.
hearing-ask = Write your question or proposal; a voice message or photo will do too. We will bring it to the hearing.
question-received = Thank you, we will bring it to the hearing. The answer will come here.
hearing-question-changed = Your question is changed.
hearing-question-late = This question has been answered already. Send what you want to add as a new question.
hearing-over = This hearing is over.
hearing-closed = Questions and proposals to this hearing are no longer taken.
hearing-called-off = This hearing will not take place.
hearing-not-asked = All right, nothing was sent.
hearing-gone = There is no such hearing.
hearing-draft-read = Read the draft here: { $url }
hearing-draft-soon = The file of the draft has not arrived yet. Try again a little later.
hearing-draft-none = The draft of this hearing is not here.

## Answers to questions
hearing-answer = The okmotu's answer. Public hearing: { $kind }, { $date }

## Personal data
mydata-intents = Hearings you said you will or cannot come to: { $count }
mydata-questions = Questions to hearings: { $count }

## The office: who comes
hearing-intents = Coming: { $coming }, not coming: { $away }
hearing-open-questions = Questions without an answer: { $count }
hearing-people-none = Nobody has said yet whether they come.
hearing-people-part = { $name }: coming { $coming }, not coming { $away }
hearing-people-villages = By village:
hearing-people-sexes = By sex:
hearing-people-ages = By age:
hearing-people-public = This may be shown to others. Small numbers are hidden by “–”, so that nobody is recognised.

## The office: questions
hearing-question-item = From: { $village }, { $date }
hearing-question-file = File of the question { $n } / { $count }
hearing-file-question = Question
hearing-question-pending = A file is still on its way.
hearing-question-gone = A file was lost.
hearing-unheard-erased = Whoever asked was erased; the answer will not reach them.
hearing-unheard-stopped = Whoever asked wants no answers; it will not reach them.
hearing-unheard-unreachable = Messages do not reach whoever asked.
hearing-questions-none = No question waits for an answer.
hearing-ask-answer = Write the answer. Whoever asked will read these words.
hearing-preview = This is what they get, language: { $language }.
hearing-answer-nobody = The answer reaches nobody; it is kept here.
hearing-answered = The answer is on its way.
hearing-answer-kept = The answer is kept, but it reaches nobody.
hearing-answered-before = Somebody else has answered this question.

## The office: what became of it
hearing-ask-minutes = Send a file or photo of the minutes, or write a link.
hearing-link-wrong = This does not look like a link. Write the whole address, or send a file.
hearing-minutes-yes = Minutes: added
hearing-recorded = Recorded.
hearing-not-recorded = Not recorded.
hearing-changed = Somebody else has changed this hearing. Please look again.

## The office: another day or place, or none
hearing-move-day = Write the new day, for example: “20.04”.
hearing-day-wrong = There seems to be no such day. Write “20.04” or “20.04.2027”.
hearing-day-past = This day is past. Write a day that is to come.
hearing-move-time = At what time does it begin? For example: “10:00”.
hearing-time-wrong = Write the time in numbers, for example: “10:00”.
hearing-time-past = This time is past. Write the day and the time again.
hearing-move-village = In which village?
hearing-move-place = Where in the village? For example: “Club”.
hearing-move-check = Before: { $before }
hearing-move-now = Now: { $after }
hearing-move-sure = Everybody who got the notice will be told. Change it?
hearing-place = { $day }, { $time }, { $village }, { $place }
hearing-move-same = Nothing has changed.
hearing-move-done = Changed. People who will be told: { $count }.
hearing-cancel-ask = Why will it not take place? Write briefly: everybody who got the notice will read these words.
hearing-cancel-sure = The hearing will not take place, because: “{ $reason }”. Everybody who got the notice will be told. Do it?
hearing-cancel-done = The hearing is canceled. People who will be told: { $count }.

## Buttons
btn-hearings = Public hearings
btn-come = I will come
btn-cannot-come = I cannot come
btn-read-draft = Read the draft
btn-hearing-ask = Ask or propose
btn-hearing-people = Who comes
btn-hearing-public = For publishing
btn-hearing-questions = Questions
btn-hearing-record = Record who came
btn-hearing-move = Change day or place
btn-hearing-cancel = Cancel the hearing
btn-hearing-cancel-yes = Yes, cancel it
btn-hearing-change-yes = Yes, change it
btn-same-day = The same day
btn-same-time = The same time
btn-same-place = The same place
btn-to-hearing = Back to the hearing
cmd-hearings = Public hearings
