### Groups and channels that announcements for a village go to.

## In a group or a channel
group-ask-village = Which village's announcements should come here?
group-linked = Done. Announcements for { $village } will come here from now on. Nothing said here is kept.
group-is-linked = Announcements for { $village } come here.
group-anonymous = We cannot see who wrote this. Somebody of the staff with the right should press the button below.
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
