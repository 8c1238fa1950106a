### What staff do with proposals, and what people hear of it.

## News for the author and the supporters
st-review = Your proposal is being reviewed. Number: { $number }.
st-planned = Good news: your proposal is in the plan. Number: { $number }.
st-declined = This time your proposal is not in the plan. Number: { $number }. Reason: { $answer }
st-funded = Money was set aside for your proposal: { $amount } soms. Number: { $number }. Source: { $source }.
st-funded-plain = Money was set aside for your proposal. Number: { $number }.
st-done = Your proposal is done! Number: { $number }. Thank you for taking part.
st-supporter = News of a proposal you support. Number: { $number }. Status: { $status }.
st-supporter-answer = A proposal you support was answered. Number: { $number }.
notice-answer = The okmotu's answer: “{ $answer }”
officer-answer =
    The okmotu's answer, proposal { $number }:
    “{ $answer }”
answer-funded = Money set aside: { $amount } soms. Source: { $source }.

## A question to the author
officer-question =
    A question from the okmotu on proposal { $number }:
    “{ $question }”
    Please answer here.
answer-thanks = Thank you, your answer has reached the okmotu. Proposal { $number }, question: “{ $question }”
answer-which = If it answers another question, choose it:
answer-which-line = { $number }: “{ $question }”
answer-changed = Your answer is corrected.
answer-closed = This question is answered already.
question-waits = The okmotu asks: “{ $question }”
question-answered =
    The author's answer, proposal { $number }:
    “{ $answer }”
question-answered-files = The author answered with a voice message or a file. Proposal: { $number }.
question-reopened = The last message was no answer to this question. Proposal { $number }: the question is still open.
sender-blocked = Sorry, proposals from you are not taken any more. If you have a question, please ask the okmotu.

## The card
inbox-number = Proposal { $number } · { $status }
inbox-number-new = New proposal { $number }
inbox-hidden = Hidden: shown to nobody
inbox-transcript = Written down from the voice message: “{ $text }”
inbox-supporters = Supporters: { $count }
inbox-from = Came by: { $source }
inbox-from-paper = paper
inbox-from-import = a table
inbox-from-group = { $channel }, group
inbox-author = Author: { $name }
inbox-author-unnamed = name unknown
inbox-author-none = The author has no chat
inbox-author-group = Anonymous, from the group
inbox-consent-due = Waiting for the author’s consent. Last day: { $date }
inbox-sector-due = sector not told yet
inbox-author-unagreed = Nothing is written to the author before they agree
inbox-author-stopped = The author wants no messages
inbox-author-unreachable = Messages do not reach the author
inbox-author-blocked = The author is blocked
inbox-spot = Place on the map: { $place }
inbox-files = Photos, files: { $count }
inbox-files-pending = Files still on their way: { $count }
inbox-files-gone = Files that could not be kept: { $count }
inbox-answer = Answer: “{ $answer }”
inbox-question = Question: “{ $question }”
inbox-question-answer = The author's answer: “{ $answer }”
inbox-question-files = The author answered with a voice message or a file
inbox-question-open = The author has not answered yet
inbox-merged-into = Merged into: { $number }
inbox-merged = Merged into it: { $numbers }
inbox-file = { $number }: file { $n } / { $count }
inbox-opened-other = { $name } has this card open too.
inbox-someone = A colleague
inbox-left = In the queue: { $count }
inbox-left-more = In the queue: { $count } and more
inbox-empty = There are no more such proposals.
inbox-not-found = There is no proposal with that number.
inbox-choose = Choose below, or write the whole number of a proposal.
inbox-words-only = No files can be sent while a card is open.
inbox-typed = “{ $text }” What shall we do with it?
inbox-more = What else?

## What was done
inbox-changed = The card has changed meanwhile; nothing was sent. Please look at the new one.
inbox-in-review = Taken into review; the author will be told.
inbox-status-set = The status is now: { $status }.
inbox-answered = The answer is on its way.
inbox-kept-answer = The answer is kept on the card.
inbox-asked = The question is on its way to the author. The answer will come here.
inbox-tagged = Done, changed.
inbox-transcribed = Done, the words of the voice message are kept.
inbox-done-hide = Hidden: kept, but not shown.
inbox-done-hide-merged = The proposals that were joined to it stand alone again.
inbox-done-show = Shown again.
inbox-block-sure = No more proposals will be taken from this person. Block them?
inbox-done-block = The author is blocked.
inbox-done-unblock = The author is not blocked any more.
inbox-kept = All right, nothing has changed.

## Answering
inbox-ask-status = Choose the new status.
inbox-ask-amount = How many soms were set aside?
inbox-amount-wrong = Please write the sum as a number, such as 150 000.
inbox-ask-source = Where does the money come from? For example: local budget.
inbox-ask-answer = Choose an answer, or write your own.
inbox-ask-reason = Choose a reason, or write your own.
inbox-ask-own = Write the answer.
inbox-ask-question = What shall we ask the author?
inbox-ask-transcript = Write down what the voice message says.
inbox-preview = This is what the author gets, language: { $language }.
inbox-preview-nobody = The author will not be told; the answer stays on the card:
inbox-preview-own = Your words go as they are, without translation.
inbox-preview-templates = Everybody gets it in their own language.
inbox-preview-supporters = Supporters are told too: { $count }

## Filters
filter-now = Filter now: { $filter }. What shall we change?
filter-none = new proposals
filter-new = New ones
filter-in_review = In review
filter-open = Not settled yet
filter-all = All
filter-hidden = Hidden ones
filter-voice = with a voice message
filter-words = words “{ $words }”
filter-ask-state = Which proposals shall we show?
filter-ask-words = Write a number, or a word of the text.
filter-any-village = All villages
filter-any-sector = All sectors

## Sentences to answer with
templates-status = For which status shall we change the answers?
templates-own = Answers for the status: { $status }. Which one shall we open?
templates-default = Ready-made answers are in use, status: { $status }. Once you add your own, only those are offered.
templates-open = What shall we do with it?
templates-ky = Write the sentence in Kyrgyz.
templates-ru = Write the same sentence in Russian. If you skip it, the Kyrgyz one is sent.
templates-en = Write the same sentence in English. If you skip it, the Kyrgyz one is sent.
templates-saved = The sentence is saved.
templates-removed = The sentence is removed.
templates-gone = This sentence has been removed already.
templates-full = There are too many sentences; the most is { $most }.
template-received-1 = Thank you for the proposal; the working group will look into it.
template-received-2 = Thank you, we will discuss your proposal at the next meeting.
template-review-1 = Our specialists will come and look at it on the spot.
template-review-2 = We are working out how much money is needed.
template-planned-1 = We will write here when the work begins.
template-funded-1 = The work begins soon; we will write here how it goes.
template-done-1 = Please look how it turned out, and tell us what you think.
template-declined-1 = There is no money in the budget now; we will look at it again next year.
template-declined-2 = The okmotu cannot settle this itself; we passed it on to those who can.
template-declined-3 = This work is in another plan already and will be done there.

## Buttons
btn-open-card = Open the card
btn-take = Take into review
btn-ask-author = Ask the author
btn-answer = Answer
btn-change-status = Change status
btn-transcribe = Write down the voice
btn-more = More
btn-next = Next
btn-filter = Filter
btn-who = Who sent it
btn-hide = Hide
btn-show = Show again
btn-block = Block the author
btn-unblock = Unblock
btn-to-card = Back to the card
btn-own-words = My own words
btn-no-answer = Without an answer
btn-as-answer = Send as the answer
btn-as-question = Ask the author this
btn-search = Search
btn-filter-village = Village
btn-filter-sector = Sector
btn-filter-state = Status
btn-filter-voice = With voice
btn-filter-any = With voice or not
btn-filter-clear = Clear the filter
btn-from-start = From the beginning
btn-templates = Answer templates
btn-add-template = Add a template
btn-change-template = Change
btn-remove-template = Remove
btn-was-proposal = A new proposal
