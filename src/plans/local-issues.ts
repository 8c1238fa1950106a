import type { Names } from '../places/catalogue.ts';

/**
 * Local-importance issues (ЖММ; вопросы местного значения), in the order of the law on local self-government: the
 * first has the number 1. A sector is what a resident writes about; the issue is chosen by the working group.
 */
export const LOCAL_ISSUES: readonly Names[] = [
  {
    ky: 'Аймакты экономикалык өнүктүрүү, инвестиция жана гранттарды тартуу',
    ru: 'Экономическое развитие территории, привлечение инвестиций и грантов',
    en: 'Economic development, investments and grants',
  },
  {
    ky: 'Муниципалдык менчикти башкаруу',
    ru: 'Управление муниципальной собственностью',
    en: 'Managing municipal property',
  },
  {
    ky: 'Жергиликтүү бюджетти түзүү, бекитүү жана аткаруу',
    ru: 'Формирование, утверждение и исполнение местного бюджета',
    en: 'The local budget',
  },
  { ky: 'Калкты таза суу менен камсыз кылуу', ru: 'Снабжение населения питьевой водой', en: 'Drinking water' },
  {
    ky: 'Канализация жана агын сууларды тазалоо',
    ru: 'Канализация и очистка сточных вод',
    en: 'Sewerage and treatment of waste water',
  },
  {
    ky: 'Калктуу конуштардагы муниципалдык жолдордун иштешин камсыз кылуу',
    ru: 'Обеспечение функционирования муниципальных дорог в населённых пунктах',
    en: 'Municipal roads in settlements',
  },
  {
    ky: 'Жалпы пайдалануудагы жерлерди жарык кылуу',
    ru: 'Освещение мест общего пользования',
    en: 'Lighting of public places',
  },
  {
    ky: 'Көрүстөндөр жана сөөк коюу кызматтары',
    ru: 'Кладбища и ритуальные услуги',
    en: 'Cemeteries and funeral services',
  },
  {
    ky: 'Жалпы пайдалануудагы жерлерди көрктөндүрүү жана жашылдандыруу',
    ru: 'Благоустройство и озеленение мест общего пользования',
    en: 'Improvement and greening of public places',
  },
  {
    ky: 'Парктар, спорт жайлары жана эс алуу жерлери',
    ru: 'Парки, спортивные сооружения и места отдыха',
    en: 'Parks, sports facilities and leisure places',
  },
  {
    ky: 'Тиричилик таштандыларын чогултуу, чыгаруу жана жок кылуу',
    ru: 'Сбор, вывоз и утилизация бытовых отходов',
    en: 'Collection, removal and disposal of household waste',
  },
  { ky: 'Муниципалдык унаанын иштеши', ru: 'Работа муниципального транспорта', en: 'Municipal transport' },
  {
    ky: 'Жергиликтүү маанидеги маданият жана тарых эстеликтерин сактоо',
    ru: 'Охрана памятников культуры и истории местного значения',
    en: 'Local cultural and historical sites',
  },
  {
    ky: 'Муниципалдык китепканалардын иштеши',
    ru: 'Работа муниципальных библиотек',
    en: 'Municipal libraries',
  },
  {
    ky: 'Жерди пайдалануу жана курулуш эрежелери',
    ru: 'Правила землепользования и застройки',
    en: 'Rules of land use and building',
  },
  { ky: 'Жарнаманы жайгаштыруу', ru: 'Размещение рекламы', en: 'Advertising' },
  {
    ky: 'Коомдук тартипти сактоого көмөктөшүү',
    ru: 'Содействие охране общественного порядка',
    en: 'Helping public order',
  },
  {
    ky: 'Элдик көркөм чыгармачылыкты өнүктүрүү',
    ru: 'Развитие народного художественного творчества',
    en: 'Folk arts',
  },
  { ky: 'Калктын эс алуусуна шарт түзүү', ru: 'Создание условий для досуга населения', en: 'Leisure' },
  {
    ky: 'Балдар жана жаштар менен иштөө',
    ru: 'Работа с детьми и молодёжью',
    en: 'Work with children and youth',
  },
  {
    ky: 'Өзгөчө кырдаалдардын алдын алууга жана кесепеттерин жоюуга көмөктөшүү',
    ru: 'Содействие предупреждению и ликвидации последствий чрезвычайных ситуаций',
    en: 'Help in preventing and dealing with emergencies',
  },
  {
    ky: 'Үй-бүлөлүк зомбулуктун алдын алуу',
    ru: 'Предупреждение семейного насилия',
    en: 'Preventing domestic violence',
  },
];

/** The issue that lines of a sector mostly stand under; a proposal for the working group, which decides. */
const USUAL_ISSUE: Readonly<Record<string, number>> = {
  business: 1,
  farming: 1,
  school: 2,
  preschool: 2,
  property: 2,
  water: 4,
  roads: 6,
  lighting: 7,
  public_space: 9,
  sport: 10,
  waste: 11,
  transport: 12,
  library: 14,
  culture: 18,
  disaster: 21,
};

/** Null for sectors that are no local matter by law (health, electricity); villagers name them all the same. */
export function usualIssue(sectorId: string): number | null {
  return USUAL_ISSUE[sectorId] ?? null;
}
