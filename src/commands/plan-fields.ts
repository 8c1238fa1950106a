import { type Command, InvalidArgumentError } from 'commander';
import { AppError } from '../core/errors.ts';
import type { GivenFields } from '../plans/edit-line.ts';
import { parseActivities, parseBeneficiaries, parseFundings, parseSoms } from '../plans/parse-fields.ts';
import { LineFields } from '../plans/rules.ts';
import type { LineActivity, LineFunding } from '../plans/tables.ts';

/** What stands for no value: the parser of the command line takes null for an option without one. */
const NONE = 'none';
type None = typeof NONE;

/** What a line is made of, as options of a command. */
export interface FieldOptions {
  readonly direction?: string;
  readonly issue?: number | None;
  readonly problem?: string;
  readonly villageProblem?: readonly (readonly [villageId: string, problem: string])[];
  readonly beneficiaries?: ReturnType<typeof parseBeneficiaries>;
  readonly activity?: readonly LineActivity[];
  readonly cost?: number | None;
  readonly funding?: readonly LineFunding[];
}

/** An option that may stand several times. */
function gathered<T>(parse: (text: string) => T[] | null, expected: string) {
  return (text: string, before: readonly T[] = []): readonly T[] => {
    const more = parse(text);
    if (more === null) throw new InvalidArgumentError(`expected ${expected}.`);
    return [...before, ...more];
  };
}

function one<T>(parse: (text: string) => T | null, expected: string) {
  return (text: string): T => {
    const value = parse(text);
    if (value === null) throw new InvalidArgumentError(`expected ${expected}.`);
    return value;
  };
}

function orNone<T>(parse: (text: string) => T | null) {
  return (text: string): T | None | null => (text === NONE ? NONE : parse(text));
}

export function withFields(command: Command): Command {
  return command
    .option('--direction <words>', 'as the plan names it')
    .option('--issue <number>', 'local-importance issue, 1-22, or none', one(orNone(wholeNumber), 'a number or none'))
    .option('--problem <words>', 'of the whole municipality')
    .option(
      '--village-problem <id=words>',
      'of one village; may be repeated; no words take it out',
      gathered((text) => {
        const [, id, words] = /^([a-z0-9-]+)=(.*)$/s.exec(text) ?? [];
        return id === undefined || words === undefined ? null : [[id, words] as const];
      }, 'id=words'),
    )
    .option(
      '--beneficiaries <numbers>',
      'all, women, men: "800 390 410"',
      one(parseBeneficiaries, 'one to three numbers'),
    )
    .option('--activity <words>', '"activity; term; responsible"; may be repeated', gathered(parseActivities, 'words'))
    .option('--cost <soms>', 'or none', one(orNone(parseSoms), 'whole soms or none'))
    .option(
      '--funding <words>',
      '"source – soms"; may be repeated',
      gathered(parseFundings, '"source – soms", as in "Local budget – 380 000"'),
    );
}

/** Only what was given. @throws {AppError} `invalid`, naming what a line cannot hold */
export function fieldsOf(o: FieldOptions, villages: readonly Village[] = []): GivenFields {
  const given = {
    direction: o.direction,
    issueNumber: o.issue === NONE ? null : o.issue,
    problem: o.problem,
    villages: o.villageProblem === undefined ? undefined : changed(villages, o.villageProblem),
    beneficiaries: o.beneficiaries,
    activities: o.activity,
    cost: o.cost === NONE ? null : o.cost,
    fundings: o.funding,
  };
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const parsed = LineFields.partial().safeParse(fields);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new AppError('invalid', `the line cannot hold this: ${mistakes.join('; ')}`, { cause: parsed.error });
}

interface Village {
  readonly villageId: string;
  readonly problem: string;
}

/** Villages that are not named stay as they are. */
function changed(
  before: readonly Village[],
  named: readonly (readonly [villageId: string, problem: string])[],
): Village[] {
  const all = new Map(before.map(({ villageId, problem }) => [villageId, problem]));
  for (const [villageId, problem] of named) all.set(villageId, problem);
  return [...all].flatMap(([villageId, problem]) => (problem.trim() === '' ? [] : [{ villageId, problem }]));
}

/** A number as an argument. @throws {InvalidArgumentError} */
export function asNumber(text: string): number {
  return one(wholeNumber, 'a number')(text);
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
