import {
  defaultTemplate,
  MAX_TEMPLATE_LENGTH,
  NOTICE_FIELDS,
  NOTICE_NAMES,
  type NoticeName,
  readTemplates,
  setNoticeTemplate,
} from '../../announcements/templates.ts';
import { foldKey } from '../../core/folding.ts';
import { DEFAULT_LOCALE, LOCALES, type Locale, type Translate, translator } from '../../core/texts.ts';
import type { Dialog, Flow, Input, Parsed } from '../../dialog/types.ts';
import { NoRightError } from '../../staff/require-right.ts';
import { asStaff, type Kit, textsOf } from '../kit.ts';
import { OWN_WORDS, ownWords } from './free-words.ts';
import { enterOffice, entranceOf, type Office } from './office.ts';

export interface NoticesArgs {
  readonly office?: Office;
}

/** The sentences in which the office announces: looked at and changed, notice by notice and language by language. */
export const notices: Flow<Kit, NoticesArgs> = {
  name: 'notices',
  version: 1,
  async run(d, kit, args) {
    const right = 'announcements.release';
    const office = args.office ? entranceOf(kit, right)(args.office) : await enterOffice(d, kit, right);
    if (office === null) return;
    const t = textsOf(kit);
    const notice = await askNotice(d, t);
    if (notice === null) {
      const at = { municipalityId: office.municipalityId, screen: 'list' };
      return kit.next({ start: 'announce', args: { about: '', at } });
    }
    const language = await askLanguage(d, t, kit.locale ?? DEFAULT_LOCALE);
    await oneTemplate(d, { t, office, notice, language });
    kit.next({ start: 'notices', args: { office } satisfies NoticesArgs });
  },
};

async function askNotice(d: Dialog, t: Translate): Promise<NoticeName | null> {
  const options = NOTICE_NAMES.map((id) => ({ id, label: t(`announce-template-${id}`) }));
  const back = { id: 'back', label: t('btn-to-list') };
  const chosen = await d.choose('notice', t('announce-templates'), [...options, back]);
  return NOTICE_NAMES.find((id) => id === chosen) ?? null;
}

async function askLanguage(d: Dialog, t: Translate, first: Locale): Promise<Locale> {
  const locales = [first, ...LOCALES.filter((one) => one !== first)];
  const options = locales.map((id) => ({ id, label: t(`language-${id}`) }));
  const chosen = await d.choose('language', t('announce-ask-language'), options, { compact: true });
  return locales.find((one) => one === chosen) ?? first;
}

interface One {
  readonly t: Translate;
  readonly office: Office;
  readonly notice: NoticeName;
  readonly language: Locale;
}

async function oneTemplate(d: Dialog, one: One): Promise<void> {
  const { t, office, notice, language } = one;
  const { municipalityId } = office;
  const text = await d.remember('text', async (ctx) => {
    return (await readTemplates(ctx.tx ?? ctx.db, municipalityId))[language][notice];
  });
  const own = text !== defaultTemplate(notice, language);
  const options = [
    { id: 'change', label: t('btn-change-template') },
    ...(own ? [{ id: 'reset', label: t('btn-announce-template-reset') }] : []),
    { id: 'back', label: t('btn-to-list') },
  ];
  const shown = `${inWords(text, notice, t)}\n\n${t('announce-template-fields', { fields: fieldList(notice, t) })}`;
  const what = await d.choose('template', shown, options);
  if (what === 'back') return;
  const changed =
    what === 'reset'
      ? null
      : await d.ask(OWN_WORDS, t('announce-ask-template'), {
          parse: readTemplate(one, ownWords(t, MAX_TEMPLATE_LENGTH)),
        });
  const isSet = await d.effect('set', async (ctx) => {
    try {
      await setNoticeTemplate(asStaff(ctx, office.staffId), { municipalityId, notice, language, text: changed });
      return true;
    } catch (error) {
      if (error instanceof NoRightError) return false;
      throw error;
    }
  });
  await d.say(isSet ? t('templates-saved') : t('no-right'));
}

/** Words with fields in them; what a field is called in any of our languages is taken for it. */
function readTemplate({ t, notice }: One, parse: (input: Input) => Parsed<string>): (input: Input) => Parsed<string> {
  return (input) => {
    const parsed = parse(input);
    if (!('value' in parsed)) return parsed;
    const unknown = new Set<string>();
    const text = parsed.value.replace(FIELD, (whole, typed: string) => {
      const field = NOTICE_FIELDS[notice].find((one) => namesOf(one).includes(foldKey(typed)));
      if (field === undefined) unknown.add(whole);
      return field === undefined ? whole : `{${field}}`;
    });
    if (unknown.size === 0) return { value: text };
    const [names, fields] = [[...unknown].join(', '), fieldList(notice, t)];
    return { refuse: t('announce-template-unknown', { names, fields }) };
  };
}

const FIELD = /\{\s*([^{}]*?)\s*\}/g;

/** A template with its fields called as people of that language call them. */
function inWords(template: string, notice: NoticeName, t: Translate): string {
  return template.replace(FIELD, (whole, name: string) => {
    const field = NOTICE_FIELDS[notice].find((one) => one === name);
    return field === undefined ? whole : fieldName(field, t);
  });
}

function fieldList(notice: NoticeName, t: Translate): string {
  return NOTICE_FIELDS[notice].map((field) => fieldName(field, t)).join(', ');
}

type Field = (typeof NOTICE_FIELDS)[NoticeName][number];

function fieldName(field: Field, t: Translate): string {
  return `{${t(`announce-field-${field}`)}}`;
}

function namesOf(field: Field): string[] {
  return [field, ...LOCALES.map((locale) => fieldName(field, translator(locale)))].map(foldKey);
}
