import { yearIn } from '../../core/dates.ts';
import type { Translate } from '../../core/texts.ts';
import { DEFAULT_LOCALE, type Locale } from '../../core/texts.ts';
import type { Dialog, Flow, Input, Parsed } from '../../dialog/types.ts';
import { exportedFilter } from '../../exports/export-proposals.ts';
import { filterWords } from '../../exports/filter-words.ts';
import { ExportBusyError } from '../../exports/note-export-job.ts';
import { type ExportFormat, MOST_IN_DOCUMENT, TooManyForDocumentError } from '../../exports/request.ts';
import { startExport } from '../../exports/start-export.ts';
import { countProposals, type ProposalFilter } from '../../proposals/list-proposals.ts';
import { PROPOSAL_STATUSES } from '../../proposals/rules.ts';
import { hasRight } from '../../staff/rights.ts';
import { asStaff, type Kit, type Opened, sectorOptions, textsOf, villageOptions } from '../kit.ts';
import { enterOffice, type Office } from './office.ts';

type Filter = ProposalFilter & { municipalityId: number };

interface Parts {
  readonly d: Dialog;
  readonly kit: Kit;
  readonly t: Translate;
  readonly locale: Locale;
  readonly office: Office;
}

/** A file of proposals: which, in what form, with names or without; it is made afterwards and comes to the chat. */
export const exportFlow: Flow<Kit, Opened> = {
  name: 'export',
  version: 1,
  async run(d, kit) {
    const office = await enterOffice(d, kit, 'exports.make');
    if (office === null) return;
    const parts: Parts = { d, kit, t: textsOf(kit), locale: kit.locale ?? DEFAULT_LOCALE, office };
    for (let filter: Filter = { municipalityId: office.municipalityId }; ; ) {
      const chosen = await chooseWhich(parts, filter);
      if (chosen === null) return d.say(parts.t('canceled'));
      filter = chosen.filter;
      const format = await chooseFormat(parts, chosen.count);
      const names = await askNames(parts);
      const act = await check(parts, { ...chosen, format, names });
      if (act === 'cancel') return d.say(parts.t('canceled'));
      if (act === 'start') return start(parts, { filter, format, names });
    }
  },
};

type Act = 'go' | keyof typeof CHOOSERS | 'all' | 'cancel';

/** Null: the person wants none. */
async function chooseWhich(parts: Parts, from: Filter): Promise<{ filter: Filter; count: number } | null> {
  const { d, t } = parts;
  for (let filter = from; ; ) {
    const shown = await look(parts, filter);
    const acts: Act[] = [
      ...(shown.count > 0 ? (['go'] as const) : []),
      'village',
      'sector',
      'status',
      'date',
      ...(Object.keys(filter).length > 1 ? (['all'] as const) : []),
      'cancel',
    ];
    const card = t('export-card', { filters: shown.filters, count: shown.count });
    const text = shown.count > 0 ? card : `${card}\n${t('export-none-change')}`;
    const options = acts.map((id) => ({ id, label: id === 'cancel' ? t('btn-cancel') : t(`btn-export-${id}`) }));
    const act = await d.choose('which', text, options);
    if (act === 'cancel') return null;
    if (act === 'go') return { filter, count: shown.count };
    if (act === 'all') filter = { municipalityId: filter.municipalityId };
    else filter = { ...filter, ...(await CHOOSERS[act as keyof typeof CHOOSERS](parts)) };
  }
}

/** What the filter comes to now. */
function look({ d, kit, t, locale }: Parts, filter: Filter): Promise<{ filters: string; count: number }> {
  return d.remember('look', async (ctx) => ({
    filters: filterWords(filter, kit.places, t, locale),
    count: await countProposals(ctx.tx ?? ctx.db, exportedFilter(filter, false)),
  }));
}

const CHOOSERS = {
  async village({ d, kit, t, locale, office }: Parts): Promise<Partial<Filter>> {
    const { villages } = kit.places.municipality(office.municipalityId);
    const options = await d.remember('villages', () => villageOptions(kit.places, locale, villages, []));
    return { villageId: await d.choose('village', t('export-ask-village'), options) };
  },
  async sector({ d, kit, t, locale, office }: Parts): Promise<Partial<Filter>> {
    const municipality = kit.places.municipality(office.municipalityId);
    const options = await d.remember('sectors', () => sectorOptions(municipality, locale, []));
    return { sectorId: await d.choose('sector', t('export-ask-sector'), options) };
  },
  async status({ d, t }: Parts): Promise<Partial<Filter>> {
    const options = PROPOSAL_STATUSES.map((status) => ({ id: status, label: t(`status-${status}`) }));
    const chosen = await d.choose('status', t('export-ask-status'), options);
    return { status: PROPOSAL_STATUSES.find((status) => status === chosen) };
  },
  async date({ d, kit, t, office }: Parts): Promise<Partial<Filter>> {
    const { timeZone } = kit.places.municipality(office.municipalityId);
    const year = await d.remember('year', (ctx) => yearIn(ctx.clock.now(), timeZone));
    const options = [year, year - 1, year - 2].map((one) => ({ id: String(one), label: String(one) }));
    const example = `01.05.${year}`;
    const prompt = t('export-ask-date', { example });
    const chosen = await d.choose<Since>('date', prompt, options, {
      other: since(t('export-date-wrong', { example })),
    });
    if (typeof chosen !== 'string') return { from: chosen.from, to: undefined };
    return { from: `${chosen}-01-01`, to: `${chosen}-12-31` };
  },
};

interface Since {
  readonly from: string;
}

/** Reads `1.5.2026`, `01.05.26` and `2026-05-01`. */
function since(refuse: string): (input: Input) => Parsed<Since> {
  return (input) => {
    const text = input.kind === 'text' ? input.text.trim() : '';
    const dotted = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\.?$/.exec(text);
    const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    const [year = '', month = '', day = ''] = iso ? iso.slice(1) : (dotted?.slice(1).reverse() ?? []);
    const from = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const real = new Date(`${from}T00:00:00Z`);
    const kept = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(from);
    return kept ? { value: { from } } : { refuse };
  };
}

const FORMATS: readonly ExportFormat[] = ['xlsx', 'docx', 'csv', 'json'];

async function chooseFormat({ d, t }: Parts, count: number): Promise<ExportFormat> {
  const prompt = t('export-ask-format', { table: 'XLSX', document: 'DOCX', plain: 'CSV' });
  const options = FORMATS.map((id) => ({ id, label: t(`btn-export-${id}`), spellings: [id] }));
  for (let question = prompt; ; ) {
    const chosen = await d.choose('format', question, options);
    const format = FORMATS.find((one) => one === chosen) ?? 'xlsx';
    if (format !== 'docx' || count <= MOST_IN_DOCUMENT) return format;
    question = `${t('export-too-many', { max: MOST_IN_DOCUMENT, count })}\n${prompt}`;
  }
}

/** Asked of those alone who may see names. */
async function askNames({ d, kit, t, office }: Parts): Promise<boolean> {
  const may = await d.remember('names-right', () =>
    kit.staff.some(({ staffId, role }) => staffId === office.staffId && hasRight(role, 'exports.names')),
  );
  if (!may) return false;
  const labels = { yes: t('btn-export-names'), no: t('btn-export-nameless') };
  return d.confirm('names', t('export-ask-names'), labels);
}

interface Checked {
  readonly filter: Filter;
  readonly count: number;
  readonly format: ExportFormat;
  readonly names: boolean;
}

/** Shows once more what will be in the file. */
async function check({ d, kit, t, locale }: Parts, { filter, count, format, names }: Checked): Promise<string> {
  const text = await d.remember('check', () => {
    const filters = filterWords(filter, kit.places, t, locale);
    const card = t('export-check', {
      filters,
      count,
      format: `${t(`btn-export-${format}`)} (${format.toUpperCase()})`,
    });
    return `${card}\n${t(names ? 'export-check-names' : 'export-check-nameless')}`;
  });
  return d.choose('check', text, [
    { id: 'start', label: t('btn-export-start') },
    { id: 'change', label: t('btn-export-change') },
    { id: 'cancel', label: t('btn-cancel') },
  ]);
}

async function start(
  { d, kit, t, locale, office }: Parts,
  request: { filter: Filter; format: ExportFormat; names: boolean },
): Promise<void> {
  const { channel, account, chatId, personId } = kit.key;
  const to = { channel, account, chatId, personId };
  const begun = await d.effect('start', async (ctx) => {
    try {
      return await startExport(asStaff(ctx, office.staffId), { request, to, language: locale });
    } catch (error) {
      if (error instanceof ExportBusyError) return 'busy';
      if (error instanceof TooManyForDocumentError) return 'too-many';
      throw error;
    }
  });
  if (begun === 'busy') return d.say(t('export-busy'));
  if (begun === 'too-many') return d.say(t('export-failed'));
  await d.say(t('export-started', { count: begun.count }));
}
