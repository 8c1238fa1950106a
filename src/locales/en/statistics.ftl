### Who takes part: figures for the office, and what a person may say for them.

## A mark that a person may give
mydata-vulnerable = You marked that you need support
vulnerable-ask = If your health, income or family calls for support, you may mark it. It only counts in a sum, without your name.
vulnerable-on = Thank you, marked. To take it back, write “my data”.
vulnerable-off = Done, the mark is gone.
btn-support-mark = I need support
btn-support-unmark = Remove the mark

## Figures
stats-head = Statistics: { $municipality }
stats-as-of = Counted at: { $time }
stats-counting = The statistics are being counted. Ask again in a minute or two.
stats-proposals = Proposals received: { $count }
stats-people = Authors: { $authors }, supporters: { $supporters }
stats-women-reached = ✅ Women among authors: { $percent } %, goal { $goal } %. Told their sex: { $known }.
stats-women-below = ⚠️ Women among authors: { $percent } %, goal { $goal } %. Told their sex: { $known }.
stats-women-unknown = Women among authors: not known yet, goal { $goal } %.
stats-met-women-reached = ✅ Women at meetings: { $percent } %, goal { $goal } %.
stats-met-women-below = ⚠️ Women at meetings: { $percent } %, goal { $goal } %.
stats-met-women-unknown = Women at meetings: not known yet, goal { $goal } %.
stats-meetings = Meetings: { $meetings }, people: { $people }
stats-villages-none = Villages without proposals: { $villages }
stats-vulnerable = Authors who need support: { $count }
stats-which = What shall we show in full?
stats-part = { $name }: { $proposals } proposals, { $authors } authors, { $supporters } supporters
stats-part-met = { $name }: { $meetings } meetings, { $people } people, women: { $women }
stats-none = none yet
stats-twice = Whoever wrote in several places counts in each. Merged proposals count, hidden and withdrawn ones do not.
stats-unsaid = not said
stats-no-channel = no chat
stats-source-chat = by chat
stats-source-group = from a group
stats-source-paper = on paper
stats-source-import = from a file
stats-title-sex = By sex:
stats-title-age = By age:
stats-title-channel = Through which chat:
stats-title-source = Where they came from:
stats-title-meetings = Meetings:
btn-stats-village = By village
btn-stats-sector = By sector
btn-stats-people = Sex and age
btn-stats-month = By month
btn-stats-way = Where from
