import { type Command, Option } from 'commander';
import { AppError } from '../core/errors.ts';
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { addLine } from '../plans/add-line.ts';
import { approvePlan } from '../plans/approve-plan.ts';
import { createPlan } from '../plans/create-plan.ts';
import { editLine } from '../plans/edit-line.ts';
import { markHeard } from '../plans/mark-heard.ts';
import { moveLine, removeLine } from '../plans/order-lines.ts';
import { getPlan, listPlans } from '../plans/queries.ts';
import { FIRST_YEAR, LAST_YEAR } from '../plans/rules.ts';
import { findByNumbers, setLineProposals } from '../plans/set-line-proposals.ts';
import { suggestLines } from '../plans/suggest-lines.ts';
import { takeSuggestion } from '../plans/take-suggestion.ts';
import { describeTags, PLAN_LANGUAGES, type PlanLanguage } from '../plans/template-tags.ts';
import { type Chosen, type Common, chosen, dayOf, lineOf, onLine, planOf } from './plan-choice.ts';
import { asNumber, type FieldOptions, fieldsOf, withFields } from './plan-fields.ts';
import { exportPlan, handleTemplate, type TemplateOptions } from './plan-files.ts';
import { printPlan, printSuggestions } from './plan-print.ts';
import { tell } from './with-database.ts';

export function addPlan(program: Command): void {
  const plan = program
    .command('plan')
    .description('The Joint Action Plan of a year: lines, proposals, file, approval.');
  const command = (usage: string, words: string) =>
    plan.command(usage).description(words).option('--municipality <code>', 'where there are several');
  addReading(command);
  addLines(command);
  addDecisions(command);
  addFiles(command);
}

type Make = (usage: string, words: string) => Command;

function addReading(command: Make): void {
  command('create', 'Begins the plan of a year; where there is one, nothing changes.')
    .argument('<year>', '', asNumber)
    .action((year: number, options: Common) =>
      chosen(options, async ({ world, municipality }) => {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
          throw new AppError('invalid', `year ${year}: expected ${FIRST_YEAR} to ${LAST_YEAR}.`);
        }
        const { created } = await createPlan(world.ctx, { municipalityId: municipality.id, year });
        tell(created ? `The plan of ${year} is begun.` : `There is a plan of ${year} already.`);
      }),
    );
  command('show', 'The plan of a year; without one, which plans there are.')
    .argument('[year]', '', asNumber)
    .option('--version <number>', 'as it was heard or approved', asNumber)
    .option('--json', 'for programs')
    .addOption(new Option('--language <language>', 'of names').choices([...LOCALES]).default(DEFAULT_LOCALE))
    .action((year: number | undefined, o: Common & { version?: number; json?: true; language: Locale }) =>
      chosen(o, async ({ world, places, municipality }) => {
        if (year === undefined) {
          const plans = await listPlans(world.ctx.db, municipality.id);
          if (o.json) return out(`${JSON.stringify(plans)}\n`);
          out(plans.map((one) => `${one.year}\t${one.status}\n`).join(''));
          return tell(`${plans.length} plan(s).`);
        }
        const view = await planOf({ world, places, municipality }, year, o.version);
        out(o.json ? `${JSON.stringify(view)}\n` : printPlan(view, { places, municipality, language: o.language }));
      }),
    );
  command('suggest', 'What most people ask for that stands in no line yet, by sector and village.')
    .argument('<year>', '', asNumber)
    .option('--json', 'for programs')
    .action((year: number, o: Common & { json?: true }) =>
      chosen(o, async (at) => {
        const suggestions = await suggestLines(at.world.ctx.db, await planOf(at, year));
        out(o.json ? `${JSON.stringify(suggestions)}\n` : printSuggestions(suggestions));
      }),
    );
}

type AddOptions = Common & FieldOptions & { sector?: string; village?: string[]; to?: number; language: Locale };

function addLines(command: Make): void {
  withFields(command('add', 'Adds a line: of the open proposals of a sector, or, with --direction, of your own words.'))
    .argument('<year>', '', asNumber)
    .option('--sector <id>')
    .option('--village <id...>', 'only these villages of the sector')
    .option('--to <line>', 'into this line instead of a new one', asNumber)
    .addOption(new Option('--language <language>', 'of the new line').choices([...LOCALES]).default(DEFAULT_LOCALE))
    .action((year: number, o: AddOptions) => chosen(o, (at) => add(at, year, o)));
  withFields(command('edit', 'Changes fields of a line; what is not given stays.'))
    .argument('<year>', '', asNumber)
    .argument('<line>', '', asNumber)
    .action((year: number, item: number, o: Common & FieldOptions) =>
      onLine(o, year, item, async ({ world }, plan, line) => {
        const set = fieldsOf(o, line.villages);
        if (Object.keys(set).length === 0) throw new AppError('invalid', 'Give at least one field to change.');
        await editLine(world.ctx, { planId: plan.id, lineId: line.id, set });
        tell(`Line ${item} is changed.`);
      }),
    );
  command('move', 'Gives a line another number.')
    .argument('<year>', '', asNumber)
    .argument('<line>', '', asNumber)
    .argument('<to>', '', asNumber)
    .action((year: number, item: number, position: number, o: Common) =>
      onLine(o, year, item, async ({ world }, plan, line) => {
        const moved = await moveLine(world.ctx, { planId: plan.id, lineId: line.id, position });
        tell(`Line ${item} is line ${moved.position} now.`);
      }),
    );
  command('remove', 'Takes a line out; its proposals stay.')
    .argument('<year>', '', asNumber)
    .argument('<line>', '', asNumber)
    .action((year: number, item: number, o: Common) =>
      onLine(o, year, item, async ({ world }, plan, line) => {
        await removeLine(world.ctx, { planId: plan.id, lineId: line.id });
        tell(`Line ${item} is out of the plan.`);
      }),
    );
  command('assign', 'Puts proposals into a line, by their numbers; from another line of the plan they move.')
    .argument('<year>', '', asNumber)
    .argument('<line>', '', asNumber)
    .argument('<numbers...>', 'KS-2026-0042, or 42')
    .option('--remove', 'take them out instead')
    .action((year: number, item: number, numbers: string[], o: Common & { remove?: true }) =>
      onLine(o, year, item, async ({ world, municipality }, plan, line) => {
        const { ids, unknown } = await findByNumbers(world.ctx.db, municipality.id, numbers);
        if (unknown.length > 0) throw new AppError('invalid', `There is no proposal ${unknown.join(', ')}.`);
        const change = o.remove ? { remove: ids } : { add: ids };
        await setLineProposals(world.ctx, { planId: plan.id, lineId: line.id, ...change });
        tell(`${ids.length} proposal(s) ${o.remove ? 'out of' : 'in'} line ${item}.`);
      }),
    );
}

/** The line and its fields, or with anything wrong in them neither. */
async function add(at: Chosen, year: number, o: AddOptions): Promise<void> {
  const { world } = at;
  const plan = await planOf(at, year);
  if (o.direction !== undefined) {
    const fields = {
      ...fieldsOf(o),
      direction: o.direction,
      ...(o.sector === undefined ? {} : { sectorId: o.sector }),
    };
    await addLine(world.ctx, { planId: plan.id, fields });
    return tell(`Line ${plan.lines.length + 1} is added.`);
  }
  if (o.sector === undefined) throw new AppError('invalid', 'Give --sector, or --direction with the words of a line.');
  const joined = o.to === undefined ? undefined : lineOf(plan, o.to);
  const sectorId = o.sector;
  const taken = await withTransaction(world.ctx, async (tx) => {
    const ctx = { ...world.ctx, tx };
    const added = await takeSuggestion(ctx, {
      planId: plan.id,
      sectorId,
      language: o.language,
      ...(o.village === undefined ? {} : { villageIds: o.village }),
      ...(joined === undefined ? {} : { lineId: joined.id }),
    });
    const line = (await getPlan(tx, plan.id)).lines.find(({ id }) => id === added.lineId);
    const set = fieldsOf(o, line?.villages);
    if (Object.keys(set).length > 0) await editLine(ctx, { planId: plan.id, lineId: added.lineId, set });
    return added;
  });
  tell(`Line ${o.to ?? plan.lines.length + 1} has ${taken.proposals} proposal(s) more.`);
}

function addDecisions(command: Make): void {
  command('heard', 'Notes that a gathering heard the draft, and keeps what it heard as a version.')
    .argument('<year>', '', asNumber)
    .argument('<date>', 'YYYY-MM-DD')
    .action((year: number, date: string, o: Common) =>
      chosen(o, async (at) => {
        const { id } = await planOf(at, year);
        const { version } = await markHeard(at.world.ctx, { planId: id, heardOn: dayOf(date) });
        tell(`Version ${version} of the plan of ${year} is kept.`);
      }),
    );
  command('approve', 'Notes the approval, which is final: proposals become planned, their people are told.')
    .argument('<year>', '', asNumber)
    .requiredOption('--body <words>', 'who approved it')
    .requiredOption('--date <date>', 'YYYY-MM-DD')
    .requiredOption('--number <words>', 'of the resolution')
    .option('--json', 'what was planned and skipped, for programs')
    .action((year: number, o: Common & { body: string; date: string; number: string; json?: true }) =>
      chosen(o, async (at) => {
        const { id } = await planOf(at, year);
        const { body, number } = o;
        const done = await approvePlan(at.world.ctx, { planId: id, body, number, date: dayOf(o.date) });
        if (o.json) out(`${JSON.stringify(done)}\n`);
        if (done.already) return tell(`The plan of ${year} was approved before; nobody was told again.`);
        tell(`The plan of ${year} is approved: ${done.planned} proposal(s) planned, ${done.told} people told.`);
        for (const skipped of done.skipped) tell(`Not planned: ${skipped.number} (${skipped.why}).`);
      }),
    );
}

const documentLanguage = () =>
  new Option('--language <language>', 'of the document').choices([...PLAN_LANGUAGES]).default('ky');

function addFiles(command: Make): void {
  command('export', 'Writes the plan as a Word file.')
    .argument('<year>', '', asNumber)
    .requiredOption('--out <file>')
    .option('--version <number>', 'as it was heard or approved', asNumber)
    .addOption(documentLanguage())
    .action((year: number, o: Common & { out: string; version?: number; language: PlanLanguage }) =>
      chosen(o, async (at) => exportPlan(at, await planOf(at, year, o.version), o)),
    );
  command('template', 'The Word file that plans are printed by: loads FILE, or writes the one in use.')
    .argument('[file]')
    .option('--out <file>', 'write the template in use')
    .option('--reset', 'go back to the one that comes with the program')
    .addOption(documentLanguage())
    .addHelpText('after', () => `\n${PLAN_LANGUAGES.map((one) => `Tags, ${one}: ${describeTags(one)}`).join('\n\n')}`)
    .action((file: string | undefined, o: Common & TemplateOptions) => chosen(o, (at) => handleTemplate(at, file, o)));
}

function out(text: string): void {
  process.stdout.write(text);
}
