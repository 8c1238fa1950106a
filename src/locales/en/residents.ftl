### English. Plain and short, no idiom; okmotu, kenesh, aiyl aimak stay untranslated.

## First meeting
choose-language = Hello! Choose a language.
language-ky = Кыргызча
language-ru = Русский
language-en = English
language-set = All right, we will write in English.
welcome = Hello! This is the proposal bot of { $municipality } aiyl aimak. Write here what your village needs.
welcome-any = Hello! This is the proposal bot of several aiyl aimaks. Write here what your village needs.
hello = Hello! Write what your village needs, or choose below.
thanks-reply = Thank you too! If you have another proposal, write it here.
consent-question = Do you agree that we keep your proposal and your chat address?
consent-no = All right, nothing was kept. You can also hand it to the okmotu on paper.
ask-village = Which village are you from?
village-set = All right. Your village: { $village }.
village-unknown = This village is not in the list. Choose below.

## A proposal
ask-proposal = What does your village need? Write one message or send a voice message. You can add a photo.
too-short = Please write a little more: what is needed, and where?
voice-got = Your voice message is kept; staff will listen to it. A few written words make it quicker.
card-check = Please check:
card-text = “{ $text }”
card-voice = Voice message
card-no-text = No text
card-village = Village: { $village }
card-sector = Sector: { $sector }
card-files = Photos, files: { $count }
card-location = Location added
card-send = Send it?
card-no = What shall we change? Choose below.
ask-card-village = Which village is the proposal about?
ask-sector = What is the proposal about? Choose a sector.
sector-unknown = This sector is not in the list. Choose below.
ask-photo = Send a photo or a file. When you have finished, choose “Done”.
photo-added = Added. Photos, files: { $count }.
words-added = Added to your proposal.
not-added = This file was not added. Please send it again.
files-full = You can add at most { $max } files.
ask-new-text = Write the new text of your proposal.
words-only = Please write this in words.
split-offer = It looks like several proposals. Send them separately?
split-part = Proposal { $n } / { $count }
split-done = Thank you, your proposals are registered. Numbers: { $numbers }. We will write here when there is news.
split-done-quiet = Thank you, your proposals are registered. Numbers: { $numbers }. Write “my proposals” to see what became of them.
split-none = Nothing was sent.
thanks-number = Thank you, your proposal is registered. Number: { $number }. We will write here when there is news.
thanks-number-quiet = Thank you, your proposal is registered. Number: { $number }. Write “my proposals” to see what became of it.
ask-sex = Two more questions, you may skip them. We ask so that women, young and older people are heard. You are:
ask-age = How old are you?
thanks = Thank you!

## Own proposals
my-empty = You have no proposals yet.
my-list = Your proposals: { $count }. Which one shall we open?
my-option = { $number } · { $status }
# In place of its status, of a proposal that the office has hidden: nothing becomes of it.
my-set-aside = Not considered
my-item-set-aside = Sorry, this proposal is not being considered. If you have a question, please ask the okmotu.
my-item-date = Sent: { $date }
my-item-answer = Answer: { $answer }
my-changed = The text is corrected. Number of the proposal: { $number }.
withdraw = Withdraw proposal { $number }?
withdrawn = Proposal { $number } is withdrawn.
withdraw-kept = All right, your proposal stays.
edit-closed = The proposal is already in review, so its text is fixed. Send what you want to add as a new proposal.
edit-over = This proposal cannot be changed any more. Status: { $status }. Send what you want to add as a new proposal.
withdraw-closed = This proposal cannot be taken back any more. Status: { $status }.

## Statuses; the ids are those of the program
status-received = Received
status-in_review = In review
status-planned = In the plan
status-funded = Funded
status-done = Done
status-declined = Not in the plan
status-merged = Merged
status-withdrawn = Withdrawn

## Notices
stop-ask = Stop notices?
stop-done = All right, no more announcements. Answers to your own proposals still come.
stop-all-done = All right, no more announcements and no answers. Write “my” to see how your proposals stand.
stop-kept = All right, notices will come.
notices-on = All right, notices will come again.

## Personal data
mydata-head = What we keep about you:
mydata-none = We keep nothing about you.
mydata-name = Name in the chat: { $name }
mydata-address = Chat address: { $channel }, { $address }
mydata-language = Language: { $language }
mydata-village = Village: { $village }
mydata-sex = Sex: { $sex }
mydata-age = Age: { $age }
mydata-consent = Date of consent: { $date }
mydata-proposals = Your proposals: { $count }
mydata-files = Photos, files: { $count }
mydata-announcements-on = Announcements: on
mydata-announcements-off = Announcements: stopped
mydata-answers-on = Answers to your proposals: on
mydata-answers-off = Answers to your proposals: stopped
mydata-not-said = not said
mydata-hint = To erase everything, write “forget”.
forget-ask = Your name, address and our messages will be erased. Your proposals stay without a name. Erase?
forget-done = Your data is erased. Gone from backups: { $date }. To come back, write “hello”.
forget-kept = All right, nothing was erased.

## Trouble
error = Sorry, something went wrong on our side. Please write again a little later.
rate-limit = That is a lot of messages; please wait a little. Go on in { $minutes } min.
file-too-large = The file is too large. The most is { $max } MB.
file-lost = We could not open your file. Please send another photo or voice message.
text-too-long = The text is too long; the most is { $max } characters. Shorten it or send a file.
words-too-long = The text is too long; the most is { $max } characters.
not-readable = We cannot read this. Write it in words, or send a voice message or photo.
not-own-contact = This is somebody else's number, so we did not keep it. Write what your village needs.
dialog-expired = Your proposal was not sent; we kept the text. Continue?
draft-deleted = Deleted; nothing was sent.
question-expired = There was no answer for a long time, so we stopped. Write again whenever you like.
old-button = This button is old. Please answer the question below.
old-button-menu = This button is old. Choose below.
not-understood = We did not understand. Choose below, or write your proposal in more words.
not-understood-question = We did not understand. Please answer the question below.
canceled = Canceled; nothing was sent.
stopped = All right, stopped.
form-changed = The questions have changed a little; what you wrote is kept. Go on from here.
nothing-back = There is no way back from here.
numbered-hint = Type the number.
numbered-hint-group = Reply to this message with the number or the words.
numbered-back = 0 – back
numbered-menu = 00 – menu
numbered-more = To see the rest: “more” or +.

## Menu and help
menu = Choose below, or write what your village needs.
menu-kept = What you began is kept. Choose below.
help = Just write what your village needs, or send a voice message. We give it a number and pass it to the okmotu.
help-words =
    You can also write these words:
    “proposal” — write a proposal
    “my” — status and answer
    “hearings” — public hearings
    “language” — change the language
    “village” — change the village
    “stop” — stop notices
    “join” — join another chat of yours
    “my data” — what is kept about you
    “forget” — erase everything

## Buttons
btn-yes = Yes
btn-no = No
btn-skip = Skip
btn-done = Done
btn-cancel = Cancel
btn-send = Send
btn-edit-text = Edit text
btn-change-village = Change village
btn-change-sector = Change sector
btn-add-photo = Add photo
btn-agree = I agree
btn-read-full = Read in full
btn-split = Separately
btn-together = Together
btn-woman = Woman
btn-man = Man
btn-prefer-not = Prefer not to say
btn-age-14 = 14–28
btn-age-29 = 29–54
btn-age-55 = 55 and over
btn-write-proposal = Write a proposal
btn-my = My proposals
btn-language = Change language
btn-village = My village
btn-stop = Stop notices
btn-stop-yes = Yes, stop
btn-stop-no = No, keep them
btn-stop-answers = Stop answers too
btn-notices-on = Get notices again
btn-mydata = My data
btn-forget-yes = Yes, erase
btn-forget-no = No, keep
btn-withdraw = Withdraw
btn-withdraw-yes = Yes, withdraw
btn-withdraw-no = No
btn-to-list = Back to list
btn-continue = Continue
btn-start-over = Start over
btn-delete = Delete

## Command list of the chat
cmd-propose = Write a proposal
cmd-my = My proposals
cmd-language = Change the language
cmd-village = Change the village
cmd-stop = Stop notices
cmd-mydata = What is kept about me
cmd-forget = Delete my data
cmd-help = Help

## Tables; the ids are those of the program
column-number = Number
column-submitted_at = Submitted at
column-channel = Channel
column-village = Village
column-sector = Sector
column-text = Text
column-status = Status
column-supporters = Supporters
column-sex = Sex
column-age_band = Age band
column-language = Language
column-attachments = Attachments
column-answer = Answer
column-merged_into = Merged into
column-source = Source
sex-woman = Woman
sex-man = Man
age-14-28 = 14–28
age-29-54 = 29–54
age-55 = 55 and over
channel-telegram = Telegram
channel-whatsapp = WhatsApp
channel-simulator = Simulator
channel-terminal = Terminal

## Simulator page
sim-title = Sunush: try it
sim-intro = This is a sample of a phone chat; the residents are invented. Write whatever you like.
sim-residents = Residents
sim-chat-with = Chat: { $name }
sim-bot = Sunush bot
sim-placeholder = Message
sim-send = Send
sim-attach = Attach a file
sim-photo = Photo
sim-voice = Voice
sim-location = Location
sim-record = Record voice
sim-record-stop = Stop recording
sim-edit = Edit
sim-edit-cancel = Stop editing
sim-edited = edited
sim-style = Kind of answers
sim-style-buttons = Buttons
sim-style-numbers = Numbers
sim-language = Page language
sim-connecting = Connecting…
sim-offline = Connection lost, connecting again…
sim-empty = Write “hello” or what your village needs.
sim-sent = Sent
sim-delivered = Delivered
sim-not-sent = Not sent. Try again.
sim-too-large = The file is too large.
sim-you = You
sim-skip = Go to the chat
sim-forbidden = This page opens only on this computer.
sim-off = The Sunush bot is running. The simulator is off.
sim-aigul = Aigul
sim-aigul-about = 34, Mantysh
sim-bakyt = Bakyt baike
sim-bakyt-about = 61, Kyzyl-Dobo
sim-gulnara = Gulnara eje
sim-gulnara-about = 57, Ortok
sim-timur = Timur
sim-timur-about = 22, writes Russian
sim-emma = Emma
sim-emma-about = Volunteer, writes English
