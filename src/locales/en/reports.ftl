### Who got an announcement: a table, a row a recipient.

report-sheet-recipients = Recipients
report-column-send = Send
report-column-reason = Reason
report-column-settled_at = When
report-column-possibly_doubled = Possibly twice
report-column-ack = Receipt
report-column-name = Name
report-column-address = Address
report-yes = yes

## States
report-status-pending = Waiting
report-status-sending = Being sent
report-status-sent = Sent
report-status-failed = Failed
report-status-skipped = Skipped
report-status-canceled = Canceled

## Why it did not arrive
report-reason-unreachable = no connection
report-reason-blocked = blocked the bot
report-reason-gone = there is no such chat
report-reason-moved = the chat has moved
report-reason-rejected = the chat service refused it
report-reason-misconfigured = the bot is not set up right
report-reason-opted_out = stopped announcements
report-reason-by_group = reached by a group
report-reason-stale = it came too late

## How far it got
report-ack-server = accepted
report-ack-delivered = delivered
report-ack-read = read
