### Public hearings.

hearing-kind-sedp_draft = Draft development programme
hearing-kind-budget_draft = Draft budget
hearing-kind-budget_execution = Budget execution
hearing-kind-jap = Joint Action Plan
hearing-kind-other = Other matter
btn-come = I will come
btn-cannot-come = I cannot come
btn-read-draft = Read the draft
