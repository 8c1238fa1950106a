### What residents read in announcements. A line whose value is not there is left out. The office may write its own.

## Hearings
notice-hearing =
    PUBLIC HEARING
    { $kind }
    { $topic }
    When: { $date }, { $time }
    Where: { $village }, { $place }
    Convened by: { $convener }
    Agenda: { $agenda }
    Draft: { $link }
    Proposals are taken until: { $until }
    Contact: { $contact }
    Will you come?
notice-hearing-later =
    A reminder of the hearing: { $date }, { $time }. Place: { $village }, { $place }.
    Subject: { $topic }
notice-hearing-tomorrow = The hearing is tomorrow at { $time }. Place: { $village }, { $place }. Subject: { $topic }.
notice-hearing-today = The hearing starts today at { $time }. Place: { $village }, { $place }. You are welcome!
notice-hearing-moved = Please note: the time or the place of the hearing has changed. Before: { $old }. Now: { $date }, { $time }, { $village }, { $place }.
notice-hearing-canceled =
    The hearing of { $date } will not take place. Subject: { $topic }.
    Reason: { $reason }
notice-hearing-when = When: { $date }, { $time }. Where: { $village }, { $place }.

## Approvals
notice-approved =
    Approved: { $plan }.
    By: { $body }, { $date }, No. { $number }
    Taken in from your proposals: { $taken }
approved-jap = Joint Action Plan
approved-sedp = Development programme
approved-budget = Budget

## Staff hear of it
announcement-progress-waiting = Sending has begun, addresses: { $total }.
announcement-progress = Sending: { $sent } / { $total }. Failed: { $failed }.
announcement-report =
    Sending is finished. Sent: { $sent }, failed: { $failed }, skipped: { $skipped }, canceled: { $canceled }.
    Possibly twice: { $doubled }.
announcement-late = Too late, and not sent: { $rungs }.
announcement-paused-errors = Too many errors, so sending is paused: { $sent } sent, { $pending } waiting. Check the connection, then go on.
btn-announcement-open = Open the announcement

## Sends of a ladder
rung-now = notice
rung-days = days before: { $count }
rung-hours = hours before: { $count }
rung-minutes = minutes before: { $count }
rung-moved = of the change
rung-again = with the new time
rung-canceled = of the cancellation
