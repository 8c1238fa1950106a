### Public hearings.

hearing-kind-sedp_draft = Өнүктүрүү программасынын долбоору
hearing-kind-budget_draft = Бюджеттин долбоору
hearing-kind-budget_execution = Бюджеттин аткарылышы
hearing-kind-jap = Биргелешкен аракеттер планы
hearing-kind-other = Башка маселе
btn-come = Келем
btn-cannot-come = Келе албайм
btn-read-draft = Долбоорду окуу
