### Public hearings.

hearing-kind-sedp_draft = Проект программы развития
hearing-kind-budget_draft = Проект бюджета
hearing-kind-budget_execution = Исполнение бюджета
hearing-kind-jap = План совместных действий
hearing-kind-other = Другой вопрос
btn-come = Приду
btn-cannot-come = Не смогу
btn-read-draft = Читать проект
