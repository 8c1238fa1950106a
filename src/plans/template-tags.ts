/** Plans are official documents in one of these. */
export const PLAN_LANGUAGES = ['ky', 'ru'] as const;
export type PlanLanguage = (typeof PLAN_LANGUAGES)[number];

export function isPlanLanguage(value: string): value is PlanLanguage {
  return PLAN_LANGUAGES.some((one) => one === value);
}

/** A tag of a template, in the language of those who edit it. */
interface Tag {
  /** Of the field in `PlanDocument`. */
  readonly field: string;
  readonly ky: string;
  readonly ru: string;
  /** A block that is repeated; these stand in it, beside all that stand around it. */
  readonly tags?: readonly Tag[];
}

/** Everything that a template may show. Words only: a tag of another name is a mistake of the template. */
export const TAGS: readonly Tag[] = [
  { field: 'aimak', ky: 'аймак', ru: 'аймак' },
  { field: 'year', ky: 'жыл', ru: 'год' },
  { field: 'approvedOn', ky: 'бекитилген_күнү', ru: 'дата_утверждения' },
  { field: 'approvedBy', ky: 'бекиткен', ru: 'кем_утверждено' },
  { field: 'documentNumber', ky: 'документтин_номери', ru: 'номер_документа' },
  { field: 'heardOn', ky: 'угулган_күнү', ru: 'дата_обсуждения' },
  { field: 'totalCost', ky: 'бардык_баасы', ru: 'общая_стоимость' },
  {
    field: 'lines',
    ky: 'багыттар',
    ru: 'направления',
    tags: [
      { field: 'item', ky: 'пункт', ru: 'пункт' },
      { field: 'direction', ky: 'багыт', ru: 'направление' },
      { field: 'issue', ky: 'жмм', ru: 'вмз' },
      { field: 'problem', ky: 'көйгөй', ru: 'проблема' },
      {
        field: 'villages',
        ky: 'айылдар',
        ru: 'сёла',
        tags: [
          { field: 'village', ky: 'айыл', ru: 'село' },
          { field: 'villageProblem', ky: 'айылдын_көйгөйү', ru: 'проблема_села' },
        ],
      },
      { field: 'beneficiaries', ky: 'бенефициарлар', ru: 'получатели' },
      { field: 'people', ky: 'адамдар_саны', ru: 'всего_человек' },
      { field: 'women', ky: 'аялдар_саны', ru: 'женщин' },
      { field: 'men', ky: 'эркектер_саны', ru: 'мужчин' },
      {
        field: 'activities',
        ky: 'иш_чаралар',
        ru: 'мероприятия',
        tags: [
          { field: 'activityItem', ky: 'иш_чаранын_номери', ru: 'номер_мероприятия' },
          { field: 'activity', ky: 'иш_чара', ru: 'мероприятие' },
          { field: 'term', ky: 'мөөнөтү', ru: 'срок' },
          { field: 'responsible', ky: 'жооптуу', ru: 'ответственный' },
          { field: 'funding', ky: 'каржылоо', ru: 'финансирование' },
        ],
      },
      {
        field: 'sources',
        ky: 'булактар',
        ru: 'источники',
        tags: [
          { field: 'source', ky: 'булак', ru: 'источник' },
          { field: 'amount', ky: 'сумма', ru: 'сумма' },
        ],
      },
      { field: 'cost', ky: 'баасы', ru: 'стоимость' },
      { field: 'numbers', ky: 'сунуштар', ru: 'предложения' },
    ],
  },
  {
    field: 'annex',
    ky: 'тиркеме',
    ru: 'приложение',
    tags: [
      { field: 'number', ky: 'сунуштун_номери', ru: 'номер_предложения' },
      { field: 'annexItem', ky: 'сунуштун_пункту', ru: 'пункт_предложения' },
      { field: 'annexVillage', ky: 'сунуштун_айылы', ru: 'село_предложения' },
      { field: 'text', ky: 'текст', ru: 'текст' },
      { field: 'supporters', ky: 'колдогондор', ru: 'поддержали' },
    ],
  },
];

/** The block without which a template holds no plan. */
export function linesTag(language: PlanLanguage): string {
  return TAGS.find(({ field }) => field === 'lines')?.[language] ?? '';
}

/** A document's values by field: words, and lists of such for the blocks. */
export interface Fields {
  readonly [field: string]: string | readonly Fields[];
}

/** The values by the names that stand in a template of this language. */
export function underTags(fields: Fields, language: PlanLanguage, tags: readonly Tag[] = TAGS): Fields {
  return Object.fromEntries(
    tags.map((tag) => {
      const value = fields[tag.field] ?? '';
      const inner = typeof value === 'string' ? value : value.map((one) => underTags(one, language, tag.tags ?? []));
      return [tag[language], inner];
    }),
  );
}

/** All tags as a person reads them: `{аймак}`, and blocks as `{#багыттар} … {/багыттар}` with what stands in them. */
export function describeTags(language: PlanLanguage, tags: readonly Tag[] = TAGS): string {
  return tags
    .map((tag) =>
      tag.tags === undefined
        ? `{${tag[language]}}`
        : `{#${tag[language]}} ${describeTags(language, tag.tags)} {/${tag[language]}}`,
    )
    .join(' ');
}
