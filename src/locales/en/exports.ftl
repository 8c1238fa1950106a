### Files of proposals, and the talk in which somebody asks for one.

## In the files
column-author = Author
column-contact = Contact
column-hidden_at = Hidden at
export-voice = [voice] { $words }
export-sheet-proposals = Proposals
export-sheet-totals = Sectors and villages
export-sheet-participation = Participation
export-sum = All
export-authors = Authors
export-women = Women
export-men = Men
export-unsaid-sex = Sex not said
export-unsaid-age = Age not said
export-meetings = Meetings
export-meeting-people = People at meetings
export-meeting-women = Women among them
export-note-filters = Chosen: { $filters }
export-note-needs = Merged and withdrawn proposals are not counted here.
export-note-received = Merged proposals are counted too, withdrawn ones are not.
export-note-once = A person counts once in each village and once in the row “{ $sum }”.
export-note-cut = Very long texts do not fit here whole; the file “Document” has them whole.
export-note-withheld = “{ $mark }”: fewer than five people, or a number from which such a small one could be worked out.
export-doc-title = { $municipality }: proposals of residents
export-doc-made = Made on { $date }. Proposals: { $count }.
export-doc-date = Date
export-doc-author = Author: { $author }

## What is chosen
export-filter-all = all proposals
export-filter-status = Status: { $status }
export-filter-channel = Channel: { $channel }
export-filter-language = Language: { $language }
export-filter-year = Year: { $year }
export-filter-from = From: { $date }
export-filter-to = Until: { $date }

## The talk
export-card =
    A file of proposals.
    Chosen: { $filters }
    Proposals: { $count }
btn-export-go = Continue
btn-export-village = By village
btn-export-sector = By sector
btn-export-status = By status
btn-export-date = By year
btn-export-all = Choose all
export-ask-village = Proposals of which village?
export-ask-sector = Proposals of which sector?
export-ask-status = Proposals with which status?
export-ask-date = Choose a year, or write the day to begin with. For example: { $example }
export-date-wrong = Write the day like this: { $example }
export-none = There are no such proposals.
export-none-change = There are no such proposals. Try choosing others.
export-ask-format =
    Which file do you need?
    Spreadsheet: { $table }, document to print: { $document }, plain table: { $plain }.
btn-export-xlsx = Spreadsheet
btn-export-docx = Document
btn-export-csv = Plain table
btn-export-json = For programs
export-ask-names = Add the names and contacts of the authors? They are personal data; such a file must not be passed on.
btn-export-names = With names
btn-export-nameless = Without names
export-check =
    Please check:
    Chosen: { $filters }
    Proposals: { $count }
    File: { $format }
export-check-names = Names and contacts are included.
export-check-nameless = Names and contacts are left out.
btn-export-start = Make the file
btn-export-change = Choose others
export-started = Started, { $count } proposals. The file will come here.
export-busy = Your last file is not ready yet. Ask again once it is here.
export-progress = The file is being made: { $done } of { $total } proposals written.
export-ready = The file is ready: { $count } proposals.
export-ready-names = The file is ready: { $count } proposals. It holds people's names; do not pass it on.
export-too-large = The file became too large for the chat. Choose fewer proposals and ask again.
export-too-many = A document holds at most { $max } proposals; you chose { $count }. Take a spreadsheet or choose fewer.
export-failed = The file could not be made. Please ask again a little later.
