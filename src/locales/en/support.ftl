### Similar proposals, support, and proposals that are joined.

## Before a proposal is stored
similar = There are similar ones from { $village }. Support one, or send your own?
similar-item = { $number } · supporters: { $count }
similar-option = Support { $number }
similar-which = Which one do you support? Choose below.
supported = Thank you, your support is added. Proposal { $number }. Supporters: { $count }.
supported-files = Thank you, your support is added. Proposal { $number }, supporters: { $count }. Your own, with its photos or voice message, was not sent.
support-closed = This proposal cannot be supported just now. So we send your own.
btn-send-own = Send mine

## Supported ones among the own
my-list-supported = Proposals that you support: { $count }. Which one shall we open?
my-option-supported = Supported: { $number } · { $status }
my-item-supporters = Supporters: { $count }
my-item-merged = Merged into { $target } · { $status }
btn-withdraw-support = Withdraw support
support-withdrawn = Your support is withdrawn. Proposal { $number }. Supporters: { $count }.
mydata-supports = Proposals that you support: { $count }

## What is told of a merge
st-merged = Your proposal was joined to a similar one. New number: { $target }. Its supporters moved with it.
st-merged-status = Your proposal was joined to a similar one. New number: { $target }. Its status: { $status }.
st-merged-supporter = Proposal { $number }, which you support, was joined to a similar one. New number: { $target }. Your support moved with it.
st-unmerged = Your proposal is looked at on its own again. Its number is as before: { $number }. Its supporters stay with it.
st-unmerged-alone = Your proposal is looked at on its own again. Its number is as before: { $number }.
st-unmerged-supporter = A proposal that you support is looked at on its own again. Number: { $number }. Your support stays with it.
st-withdrawn-supporter = The author took back the proposal you supported. Number: { $number }. If you need it too, send your own.

## Merging, for staff
merge-offer = Which proposal shall it be joined to? Choose one, or type its number.
merge-none = No similar ones were found. Type the number of the proposal to join it to.
merge-unknown = No proposal with this number was found. Please type it again.
merge-sure = Proposal { $from } will be joined to proposal { $into }. Its author and supporters will be told. Join them?
merge-other-village = Please note: these proposals are from two villages.
merge-done = Joined. The number is now { $into }, supporters: { $count }.
merge-kept = All right, nothing was changed.
merge-refused-itself = A proposal cannot be joined to itself.
merge-refused-closed = The status of this proposal does not allow joining.
merge-refused-hidden = Nothing can be joined to a hidden proposal.
merge-refused-elsewhere = This proposal belongs to another aiyl aimak.
merge-refused-test = A trial proposal is not joined to a real one.
merge-refused-changed = Somebody has just changed this proposal. Please look again.
unmerge-sure = Proposal { $number } will be parted from proposal { $into }. Its author and supporters will be told. Part them?
unmerge-done = Parted. Proposal { $number } is looked at on its own again.
btn-merge = Join
btn-unmerge = Part
