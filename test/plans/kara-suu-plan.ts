import { readFileSync } from 'node:fs';
import type { PlaceNames } from '../../src/plans/plan-document.ts';
import type { PlanLine, PlanView } from '../../src/plans/queries.ts';
import type { LineActivity, LineFunding } from '../../src/plans/tables.ts';

const catalogue = JSON.parse(
  readFileSync(new URL('../../src/places/catalogues/kara-suu.json', import.meta.url), 'utf8'),
);

/** The places of the Kara-Suu catalogue, as far as a document needs them. */
export const karaSuu = {
  municipality: () => catalogue.municipality,
  village: (id: string) => catalogue.villages.find((village: { id: string }) => village.id === id) ?? null,
} as unknown as PlaceNames;

interface Issue {
  readonly sectorId: string;
  readonly issueNumber: number | null;
  readonly direction: string;
  readonly villages: readonly (readonly [villageId: string, problem: string])[];
  readonly people: readonly [total: number, women: number, men: number];
  readonly activities: readonly (readonly [activity: string, term: string, responsible: string])[];
  readonly cost: number;
  readonly fundings: readonly (readonly [source: string, amount: number])[];
  readonly proposals: number;
}

/** What the villages of Kara-Suu named first in 2018–2021, in Kyrgyz. */
const ISSUES: readonly Issue[] = [
  {
    sectorId: 'roads',
    issueNumber: 6,
    direction: 'Ички жолдор жана көпүрөлөр',
    villages: [
      ['mantysh', 'Көчөлөрдө чуңкур көп, жазында өтүү кыйын; мектепке барчу көпүрөнүн тактайлары чирип калган'],
      ['ortok', 'Борбордук көчөгө шагыл төгүлгөн эмес, жамгырда машина өтпөйт'],
    ],
    people: [5910, 3068, 2842],
    activities: [
      ['Ички жолдорго шагыл төгүү, тегиздөө', '2027-жылдын май–июнь айлары', 'Айыл өкмөтүнүн жер адиси'],
      ['Көпүрөнү оңдоо', '2027-жылдын августу', 'Айыл өкмөтүнүн башчысы'],
    ],
    cost: 1_718_000,
    fundings: [
      ['Жергиликтүү бюджет', 718_000],
      ['Республикалык бюджет', 1_000_000],
    ],
    proposals: 3,
  },
  {
    sectorId: 'water',
    issueNumber: 4,
    direction: 'Ичүүчү таза суу',
    villages: [
      ['kara-moinok', 'Суу түтүктөрү эскирген, үч күндө бир келет'],
      ['ak-talaa', 'Колонкалардын жарымы иштебейт'],
    ],
    people: [2400, 1230, 1170],
    activities: [['Суу түтүгүн алмаштыруу, башкы насосту оңдоо', '2027-жыл', 'АСКБ «Таза суу»']],
    cost: 4_300_000,
    fundings: [
      ['Донордук долбоор', 3_500_000],
      ['Жергиликтүү бюджет', 500_000],
      ['Калктын салымы', 300_000],
    ],
    proposals: 2,
  },
  {
    sectorId: 'culture',
    issueNumber: 18,
    direction: 'Маданият үйү, маданият',
    villages: [['mantysh', 'Клубдун залы оңдоону талап кылат, үндөткүч аппарат жок']],
    people: [1900, 980, 920],
    activities: [['Клубдун залын оңдоо', '2027-жылдын сентябры', 'Маданият үйүнүн башчысы']],
    cost: 1_150_000,
    fundings: [['Жергиликтүү бюджет', 1_150_000]],
    proposals: 1,
  },
  {
    sectorId: 'lighting',
    issueNumber: 7,
    direction: 'Көчө жарыгы',
    villages: [
      ['kyzyl-dobo', 'Түнкүсүн көчө караңгы, балдар мектептен караңгыда кайтат'],
      ['mantysh', 'Үч көчөдө чырак жок'],
    ],
    people: [1500, 770, 730],
    activities: [['Күн энергиясы менен иштеген 40 чырак орнотуу', '2027-жылдын октябры', 'Айыл өкмөтү']],
    cost: 380_000,
    fundings: [['Жергиликтүү бюджет', 380_000]],
    proposals: 2,
  },
  {
    sectorId: 'waste',
    issueNumber: 11,
    direction: 'Таштанды жана тазалык',
    villages: [['ortok', 'Таштанды төгүүчү жай белгиленген эмес, арыктар булганган']],
    people: [7037, 3475, 3562],
    activities: [['Таштанды полигонун тосуу, контейнер коюу', '2027-жыл', 'Айыл өкмөтү, жамаат']],
    cost: 900_000,
    fundings: [['Жергиликтүү бюджет', 900_000]],
    proposals: 1,
  },
  {
    sectorId: 'school',
    issueNumber: 2,
    direction: 'Мектеп, билим алуу шарты',
    villages: [
      ['kyzyl-dobo', 'Мектептин полуна линолеум төшөлгөн эмес, кышында муздак'],
      ['kara-moinok', 'Мектептин чатырынан тамчы агат'],
    ],
    people: [800, 390, 410],
    activities: [['Полго линолеум төшөө', '2027-жылдын июль айы', 'Мектептин директору']],
    cost: 640_000,
    fundings: [
      ['Жергиликтүү бюджет', 340_000],
      ['Кайрымдуулук фонду', 300_000],
    ],
    proposals: 2,
  },
  {
    sectorId: 'library',
    issueNumber: 14,
    direction: 'Китепкана',
    villages: [['mantysh', 'Китеп фонду эскирген, компьютер жана интернет жок']],
    people: [1200, 640, 560],
    activities: [['Жаңы китептерди сатып алуу', '2027-жыл', 'Китепканачы']],
    cost: 150_000,
    fundings: [['Жергиликтүү бюджет', 150_000]],
    proposals: 1,
  },
  {
    sectorId: 'preschool',
    issueNumber: 2,
    direction: 'Бала бакча',
    villages: [['ak-talaa', 'Бала бакча жок, 60тан ашык бала үйдө отурат']],
    people: [260, 130, 130],
    activities: [['Эски имаратты бала бакчага ылайыктоо, эмерек алуу', '2027–2028-жылдар', 'Айыл өкмөтү']],
    cost: 2_600_000,
    fundings: [['Республикалык бюджет', 2_600_000]],
    proposals: 1,
  },
  {
    sectorId: 'sport',
    issueNumber: 10,
    direction: 'Спорт жана жаштар',
    villages: [['mantysh', 'Кичи футбол аянтчасынын тосмосу жок']],
    people: [900, 350, 550],
    activities: [['Аянтчаны тосуу, жарык коюу', '2027-жылдын июну', 'Жаштар комитети']],
    cost: 420_000,
    fundings: [
      ['Айыл жаштары', 120_000],
      ['Жергиликтүү бюджет', 300_000],
    ],
    proposals: 1,
  },
  {
    sectorId: 'electricity',
    issueNumber: null,
    direction: 'Электр жарыгы',
    villages: [['mantysh', 'Чыңалуу төмөн, кечинде жарык өчөт; зымдар эскирген']],
    people: [2100, 1080, 1020],
    activities: [['Электр мамыларын жана зымдарын алмаштыруу', '2027-жыл', 'РЭС менен биргеликте айыл өкмөтү']],
    cost: 1_200_000,
    fundings: [['Республикалык бюджет', 1_200_000]],
    proposals: 1,
  },
  {
    sectorId: 'health',
    issueNumber: null,
    direction: 'Саламаттык сактоо',
    villages: [['ortok', 'ФАПта жылытуу жок, дарыгер жумасына бир гана келет']],
    people: [1300, 690, 610],
    activities: [['ФАПтын жылытуусун оңдоо', '2027-жылдын сентябрына чейин', 'ФАПтын башчысы']],
    cost: 310_000,
    fundings: [['Жергиликтүү бюджет', 310_000]],
    proposals: 2,
  },
];

/** A plan of the eleven; its proposals say what the villages say, and one says what looks like markup. */
export function karaSuuPlan(set: Partial<PlanView> = {}): PlanView {
  let number = 0;
  const lines = ISSUES.map((issue, index): PlanLine => {
    const [beneficiaries, women, men] = issue.people;
    return {
      id: index + 1,
      position: index + 1,
      sectorId: issue.sectorId,
      direction: issue.direction,
      issueNumber: issue.issueNumber,
      problem: '',
      villages: issue.villages.map(([villageId, problem]) => ({ villageId, problem })),
      beneficiaries,
      women,
      men,
      activities: issue.activities.map(
        ([activity, term, responsible]): LineActivity => ({ activity, term, responsible }),
      ),
      cost: issue.cost,
      fundings: issue.fundings.map(([source, amount]): LineFunding => ({ source, amount })),
      proposals: Array.from({ length: issue.proposals }, (_, at) => {
        const [villageId, problem] = issue.villages[at % issue.villages.length] ?? ['mantysh', ''];
        number += 1;
        return {
          id: number,
          number: `KS-2026-${String(number).padStart(4, '0')}`,
          villageId,
          text: number === 2 ? 'Текст <b>калың</b> & {айыл} </w:t>\nэкинчи сап' : `${problem}. Оңдоп берсеңиздер.`,
          status: 'in_review',
          supporterCount: number * 3,
        };
      }),
    };
  });
  return {
    id: 1,
    municipalityId: 1,
    year: 2027,
    status: 'draft',
    heardOn: null,
    approvedOn: null,
    approvedBy: null,
    documentNumber: null,
    revision: 1,
    lines,
    ...set,
  };
}
