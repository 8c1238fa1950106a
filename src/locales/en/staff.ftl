### Who works in the okmotu and the working group.

## Joining
staff-joined = Welcome! Aiyl aimak { $municipality }, your role: { $role }.
staff-already = You work here already. Your role: { $role }.
staff-code-wrong = The code is wrong or has expired. Ask the administrator for a new one.
staff-code-wrong-pause = The code is wrong or has expired. Try again in { $minutes } min.
staff-code-pause = No codes are accepted just now. Try again in { $minutes } min.
staff-can-admin = To work, write: “inbox”, “paper proposal”, “meeting”, “plan”, “announcement”, “export”, “stats”. To invite staff, write “staff”.
staff-can-officer = To work, write: “inbox”, “paper proposal”, “meeting”, “plan”, “announcement”, “export”, “stats”.
staff-can-working-group = To work, write: “inbox”, “paper proposal”, “meeting”, “plan”, “announcement”, “export”, “stats”.
staff-can-deputy = To look, write: “inbox”, “plan”, “announcement”, “export”, “stats”.

## Roles
role-admin = administrator
role-officer = officer of the okmotu
role-working-group = member of the working group
role-deputy = deputy

## List
staff-list = Staff: { $count }
staff-line = { $name }: { $role }
staff-no-name = No name
staff-list-invited = Invited, not in yet:
staff-which = Choose from the list, or invite somebody.
staff-since = Joined: { $date }
staff-until = The code expires: { $date }
mydata-staff = Your role at work: { $role }. Name in the list: { $name }

## Changes
staff-ask-role = Choose the role.
staff-ask-name = Write the person's name. Skip it if you do not know.
staff-name-long = The name is too long. The most is { $max } characters.
staff-invite = Invite code: { $code }. Role: { $role }. Valid for 48 hours; give it to nobody else.
staff-invite-words = They write to the bot: “staff { $code }”
staff-role-changed = Done. The new role: { $role }.
staff-remove-ask = Remove { $name } from the staff? Their rights end at once.
staff-removed = The person was removed.
staff-revoke-ask = Take this invitation back?
staff-revoked = The invitation was taken back.
staff-last-admin = This is the last administrator. Make somebody else administrator first.
staff-gone = This person or invitation is gone.

## Buttons
btn-staff-invite = Invite staff
btn-staff-role = Change role
btn-staff-remove = Remove
btn-staff-remove-yes = Yes, remove
btn-staff-revoke = Take invitation back
btn-staff-revoke-yes = Yes, take it back
btn-staff-keep = No, keep
btn-office-inbox = Inbox
btn-office-register = Paper proposal
btn-office-meeting = Meeting
btn-office-plan = Plan
btn-office-export = Export
btn-office-stats = Statistics
btn-office-staff = Staff
