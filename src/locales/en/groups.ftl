### Groups and channels that announcements for a village go to.

## In a group or a channel
group-ask-village = Which village's announcements should come here?
group-linked = Done. Announcements for { $village } will come here from now on.
group-linked-by-choice = This place is linked to { $village }. Announcements come here when staff choose it.
group-keeps-nothing = Nothing said here is kept.
group-write-here = A proposal can be written right here: { $tag } there is no light in our street. The bot answers with the number at once.
group-reads = The bot reads only messages with “{ $tag }” in them or beginning with “proposal:”, and what is written to it. If staff answer somebody’s message with { $tag }, that becomes a proposal too. Nothing else is kept.
group-reads-both = The bot reads only messages with “{ $tag }” or “{ $hashtag }” in them and what is written to it. If staff answer somebody’s message with { $tag }, that becomes a proposal too. Nothing else is kept.
group-hashtag-hidden = The bot sees “{ $hashtag }”, and messages beginning with “proposal:”, only where it is an administrator.
group-how = Write a proposal like this: { $tag } there is no light in our street
group-says-nothing = This message does not say what is needed. Its author should put it in words: { $tag } there is no light in our street
group-flood = That is many proposals in a row; this one is not registered. Write it and any others in { $minutes } min.
group-receipt = Registered: { $number }. To add to it, write to us in private: { $link }
group-receipt-bare = Registered: { $number }.
group-is-linked = Announcements for { $village } come here.
group-anonymous = We cannot see who wrote this. Somebody of the staff with the right should press the button below.
group-tag-anonymous = We cannot see who wrote this. To have it registered as a proposal, answer in your own name.
group-unlinked = Done; announcements no longer come here.
group-unchanged = Nothing has changed.
group-lost = The bot was removed from the group or channel “{ $title }”. Announcements for { $village } do not reach it now.
btn-group-link = Choose the village
btn-group-change = Change the village
btn-group-unlink = Remove from the list

## All of them
groups-list = Groups and channels that announcements come to: { $count }
groups-none = There is no group or channel yet that announcements come to.
groups-line = { $title } — { $village }
groups-line-lost = { $title } — { $village } (the bot is not there)
groups-no-title = no name
groups-which = To remove a group from the list, choose it.
groups-how = To add a group, add the bot to it and write { $command } there.
groups-how-channel = For a channel, make the bot an administrator, write { $command } in it and press the button that appears yourself.
groups-unlink-ask = { $group }. Remove it from the list?
groups-unlinked = { $group }. Announcements no longer go there.
btn-office-link = Groups

## To the author of a proposal from a group, alone
group-consent-due = Your proposal from the group is registered: { $number }. So that we may write to you about it, we need your consent. Without it within { $days } days the proposal stays without your name.
group-sector-due = Your proposal from the group is registered: { $number }. Please choose what it is about.
group-consent-ask = Your proposal from the group: { $numbers }. So that we may write to you about it, we need your consent.
group-consent-no = All right, nothing was kept about you. The proposal stays without your name: { $numbers }.
group-complete = Thank you, your proposal is complete: { $numbers }. We will write here when there is news.
group-later = All right, you can complete it later. Your proposal is registered.
btn-group-complete = Complete it
