### Who takes part: figures for the office, and what a person may say for them.

## A mark that a person may give
mydata-vulnerable = You marked that you need support
vulnerable-ask = If your health, income or family calls for support, you may mark it. It only counts in a sum, without your name.
vulnerable-on = Thank you, marked. You can take it back here.
vulnerable-off = Done, the mark is gone.
btn-support-mark = I need support
btn-support-unmark = Remove the mark
