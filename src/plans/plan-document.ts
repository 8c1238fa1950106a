import { formatDate } from '../core/dates.ts';
import type { Places } from '../places/places.ts';
import { LOCAL_ISSUES } from './local-issues.ts';
import type { PlanLine, PlanView } from './queries.ts';
import { fundingSum } from './rules.ts';
import type { Fields, PlanLanguage } from './template-tags.ts';

const WORDS = {
  ky: {
    blankDate: '20__-жылдын «__» ______________',
    blank: '____',
    soms: (amount: string) => `${amount}\u00A0сом`,
    more: (count: string) => `Дагы ${count} сунуш`,
    wordless: '[үн же сүрөт]',
    people: (total: string) => `${total} адам`,
    of: (women: string, men: string) => `анын ичинен ${women} аял, ${men} эркек`,
  },
  ru: {
    blankDate: '«__» ______________ 20__ года',
    blank: '____',
    soms: (amount: string) => `${amount}\u00A0сом`,
    more: (count: string) => `Ещё предложений: ${count}`,
    wordless: '[голос или фото]',
    people: (total: string) => `${total} чел.`,
    of: (women: string, men: string) => `из них ${women} женщин, ${men} мужчин`,
  },
} as const;

/** 1 150 000, with spaces that no line breaks at. */
export function grouped(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, '\u00A0');
}

/** Where the names of places come from: `Places`. */
export type PlaceNames = Pick<Places, 'municipality' | 'village'>;

/** A plan as the values of a document: words in the language, numbers as people write them, no names of residents. */
export function planFields(plan: PlanView, places: PlaceNames, language: PlanLanguage): Fields {
  const words = WORDS[language];
  const municipality = places.municipality(plan.municipalityId);
  const village = (id: string) => places.village(id)?.names[language] ?? id;
  const soms = (amount: number) => words.soms(grouped(amount));
  const costs = plan.lines.map(costOf);
  return {
    aimak: municipality.names[language],
    year: String(plan.year),
    approvedOn: day(plan.approvedOn, language) ?? words.blankDate,
    approvedBy: plan.approvedBy ?? words.blank,
    documentNumber: plan.documentNumber ?? words.blank,
    heardOn: day(plan.heardOn, language) ?? words.blankDate,
    totalCost: soms(costs.reduce((sum: number, cost) => sum + (cost ?? 0), 0)),
    lines: plan.lines.map((line) => lineFields(line, { language, village, soms })),
    annex: annexOf(plan, language, village),
  };
}

/** A document with more is slow to make and is read by nobody; the table of proposals has them all. */
const MOST_IN_ANNEX = 2_000;

/** By number, so that people find their own; hidden ones are not in it. */
function annexOf(plan: PlanView, language: PlanLanguage, village: (id: string) => string): Fields[] {
  const words = WORDS[language];
  const rows = plan.lines
    .flatMap(({ position, proposals }) => proposals.map((proposal) => ({ ...proposal, position })))
    .toSorted((a, b) => a.id - b.id)
    .flatMap(({ number, position, villageId, text, supporterCount }) =>
      text === null
        ? []
        : {
            number,
            annexItem: String(position),
            annexVillage: village(villageId),
            text: text === '' ? words.wordless : text,
            supporters: String(supporterCount),
          },
    );
  const more = rows.length - MOST_IN_ANNEX;
  if (more <= 0) return rows;
  return [...rows.slice(0, MOST_IN_ANNEX), { number: '…', text: words.more(grouped(more)) }];
}

interface Writing {
  readonly language: PlanLanguage;
  village(id: string): string;
  soms(amount: number): string;
}

function lineFields(line: PlanLine, { language, village, soms }: Writing): Fields {
  const sources = line.fundings.map(({ source, amount }) => ({ source, amount: soms(amount) }));
  const funding = sources.map(({ source, amount }) => `${source}\u00A0– ${amount}`).join('\n');
  // the table needs a row for the money even where nothing is planned yet
  const activities =
    line.activities.length > 0 ? line.activities : [{ activity: '—', term: '', responsible: '' } as const];
  const issue = line.issueNumber === null ? undefined : LOCAL_ISSUES[line.issueNumber - 1];
  const cost = costOf(line);
  return {
    item: String(line.position),
    direction: line.direction,
    issue: issue === undefined ? '—' : `${line.issueNumber}) ${issue[language]}`,
    problem: line.problem,
    villages: line.villages.map(({ villageId, problem }) => ({
      village: village(villageId),
      villageProblem: problem,
    })),
    beneficiaries: beneficiaries(line, language),
    people: count(line.beneficiaries),
    women: count(line.women),
    men: count(line.men),
    activities: activities.map(({ activity, term, responsible }, index) => ({
      activityItem: `${index + 1}`,
      activity,
      term,
      responsible,
      funding: index === 0 ? funding : '',
    })),
    sources,
    cost: cost === null ? '—' : soms(cost),
    numbers: line.proposals.map(({ number }) => number).join(', '),
  };
}

/** What a line costs; where nobody said, what its sources give. */
function costOf({ cost, fundings }: PlanLine): number | null {
  return cost ?? (fundings.length > 0 ? fundingSum(fundings) : null);
}

function beneficiaries(line: PlanLine, language: PlanLanguage): string {
  const { people, of } = WORDS[language];
  if (line.beneficiaries === null) return '—';
  const total = people(grouped(line.beneficiaries));
  if (line.women === null || line.men === null) return total;
  return `${total} (${of(grouped(line.women), grouped(line.men))})`;
}

function count(people: number | null): string {
  return people === null ? '—' : grouped(people);
}

function day(date: string | null, language: PlanLanguage): string | null {
  return date === null ? null : formatDate(new Date(`${date}T00:00:00Z`), language, 'UTC', 'long');
}
