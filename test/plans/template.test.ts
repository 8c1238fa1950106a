import PizZip from 'pizzip';
import { beforeAll, describe, expect, it } from 'vitest';
import { translator } from '../../src/core/texts.ts';
import { checkTemplate } from '../../src/plans/check-template.ts';
import { defaultTemplate } from '../../src/plans/default-template.ts';
import { planFields } from '../../src/plans/plan-document.ts';
import { renderPlan } from '../../src/plans/render-plan.ts';
import { PLAN_LANGUAGES, type PlanLanguage } from '../../src/plans/template-tags.ts';
import { describeProblems } from '../../src/plans/template-words.ts';
import { karaSuu, karaSuuPlan } from './kara-suu-plan.ts';

const BODY = 'word/document.xml';
let templates: Record<PlanLanguage, Uint8Array>;
beforeAll(async () => {
  templates = { ky: await defaultTemplate('ky'), ru: await defaultTemplate('ru') };
});

/** The Kyrgyz template with its parts changed. */
function changed(parts: Readonly<Record<string, (xml: string) => string>>): Uint8Array {
  const zip = new PizZip(Buffer.from(templates.ky));
  for (const [name, change] of Object.entries(parts)) zip.file(name, change(zip.file(name)?.asText() ?? ''));
  return zip.generate({ type: 'uint8array', compression: 'DEFLATE' });
}

const inBody = (from: string, to: string) => changed({ [BODY]: (xml) => xml.replace(from, to) });

/** The words of a document, a line a paragraph. */
function wordsOf(docx: Uint8Array): string {
  const xml = new PizZip(Buffer.from(docx)).file(BODY)?.asText() ?? '';
  const lines = xml.split('</w:p>').map((paragraph) => {
    const runs = [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|(<w:br\/>)/g)];
    return runs.map(([, words, br]) => (br === undefined ? words : '⏎')).join('');
  });
  return lines.join('\n');
}

describe('renderPlan', () => {
  it('fills the national layout in Kyrgyz', () => {
    const words = wordsOf(renderPlan(templates.ky, planFields(karaSuuPlan(), karaSuu, 'ky'), 'ky'));
    expect(words).toContain(
      'БЕКИТЕМИН\nКара-Суу айылдык кеңешинин төрагасы\n______________________________\n20__-жылдын «__» ______________\n',
    );
    expect(words).toContain(
      'Кара-Суу айыл өкмөтү менен жергиликтүү жамааттардын 2027-жылга\nБИРГЕЛЕШКЕН АРАКЕТТЕР ПЛАНЫ\n',
    );
    expect(words).toContain(
      [
        '1. Багыты: Ички жолдор жана көпүрөлөр',
        'ЖММ: 6) Калктуу конуштардагы муниципалдык жолдордун иштешин камсыз кылуу',
        'Көйгөйдүн аталышы жана сүрөттөлүшү:',
        '– Мантыш айылы: Көчөлөрдө чуңкур көп, жазында өтүү кыйын; мектепке барчу көпүрөнүн тактайлары чирип калган',
        '– Орток айылы: Борбордук көчөгө шагыл төгүлгөн эмес, жамгырда машина өтпөйт',
        'Бенефициарлар: 5\u00A0910 адам (анын ичинен 3\u00A0068 аял, 2\u00A0842 эркек)',
        '№',
        'Иш-чара',
        'Мөөнөтү',
        'Жооптуу',
        'Каржылоо',
        '1',
        'Ички жолдорго шагыл төгүү, тегиздөө',
        '2027-жылдын май–июнь айлары',
        'Айыл өкмөтүнүн жер адиси',
        'Жергиликтүү бюджет\u00A0– 718\u00A0000\u00A0сом⏎Республикалык бюджет\u00A0– 1\u00A0000\u00A0000\u00A0сом',
        '2',
        'Көпүрөнү оңдоо',
        '2027-жылдын августу',
        'Айыл өкмөтүнүн башчысы',
        '',
        'Жалпы баасы',
        '1\u00A0718\u00A0000\u00A0сом',
        '',
        '2. Багыты: Ичүүчү таза суу',
      ].join('\n'),
    );
    expect(words).toContain('Пландын жалпы баасы: 13\u00A0768\u00A0000\u00A0сом');
    expect(words).toContain('KS-2026-0017\n11\nОрток\n');
    expect(words).not.toMatch(/undefined|\{#|\{пункт\}/);
  });

  it('fills the Russian one, with the approval', () => {
    const plan = karaSuuPlan({ status: 'approved', approvedOn: '2026-12-12', documentNumber: '17/3' });
    const words = wordsOf(renderPlan(templates.ru, planFields(plan, karaSuu, 'ru'), 'ru'));
    expect(words).toContain('УТВЕРЖДАЮ\nПредседатель айылного кенеша Кара-Суу\n');
    expect(words).toContain('12 декабря 2026 года\n№ 17/3\n');
    expect(words).toContain('ПЛАН СОВМЕСТНЫХ ДЕЙСТВИЙ на 2027 год');
    expect(words).toContain('– Село Кызыл-Добо: ');
    expect(words).toContain('Получатели пользы: 5\u00A0910 чел. (из них 3\u00A0068 женщин, 2\u00A0842 мужчин)');
  });

  it('leaves what looks like markup or a tag as the words they are', () => {
    const docx = renderPlan(templates.ky, planFields(karaSuuPlan(), karaSuu, 'ky'), 'ky');
    expect(wordsOf(docx)).toContain('Текст &lt;b&gt;калың&lt;/b&gt; &amp; {айыл} &lt;/w:t&gt;⏎экинчи сап');
  });

  it('drops characters that no document may hold', () => {
    const [line] = karaSuuPlan().lines;
    if (line === undefined) throw new Error('the sample has no line');
    const plan = karaSuuPlan({ lines: [{ ...line, direction: 'Таза\u0000\u0008 суу' }] });
    const words = wordsOf(renderPlan(templates.ky, planFields(plan, karaSuu, 'ky'), 'ky'));
    expect(words).toContain('1. Багыты: Таза суу\n');
  });

  it('names a village without a general problem, and a plan without lines', () => {
    const words = wordsOf(renderPlan(templates.ky, planFields(karaSuuPlan({ lines: [] }), karaSuu, 'ky'), 'ky'));
    expect(words).toContain('БИРГЕЛЕШКЕН АРАКЕТТЕР ПЛАНЫ\nПландын жалпы баасы: 0\u00A0сом');
  });
});

describe('planFields', () => {
  it('lists proposals in the annex by number, a voice without words too, and no hidden one', () => {
    const [first, second] = karaSuuPlan().lines;
    const [proposal] = first?.proposals ?? [];
    if (first === undefined || second === undefined || proposal === undefined) throw new Error('the sample is empty');
    const numbered = (id: number, text: string | null) => ({ ...proposal, id, number: `KS-2026-000${id}`, text });
    const lines = [
      { ...first, proposals: [numbered(2, 'Жол'), numbered(4, '')] },
      { ...second, proposals: [numbered(1, 'Суу'), numbered(3, null)] },
    ];
    const { annex } = planFields(karaSuuPlan({ lines }), karaSuu, 'ky');
    expect(annex).toMatchObject([
      { number: 'KS-2026-0001', annexItem: '2', text: 'Суу' },
      { number: 'KS-2026-0002', annexItem: '1', text: 'Жол' },
      { number: 'KS-2026-0004', annexItem: '1', text: '[үн же сүрөт]' },
    ]);
  });

  it('ends a very long annex with how many are left', () => {
    const [line] = karaSuuPlan().lines;
    const [proposal] = line?.proposals ?? [];
    if (line === undefined || proposal === undefined) throw new Error('the sample has no proposal');
    const proposals = Array.from({ length: 2_345 }, (_, id) => ({ ...proposal, id }));
    const { annex } = planFields(karaSuuPlan({ lines: [{ ...line, proposals }] }), karaSuu, 'ky');
    expect(annex).toHaveLength(2_001);
    expect(annex?.at(-1)).toEqual({ number: '…', text: 'Дагы 345 сунуш' });
  });
});

describe('checkTemplate', () => {
  it.each(PLAN_LANGUAGES)('names a font that may stand in for its own in %s', (language) => {
    const fonts = new PizZip(Buffer.from(templates[language])).file('word/fontTable.xml')?.asText();
    expect(fonts).toContain('<w:font w:name="PT Serif"><w:altName w:val="Times New Roman"/>');
  });

  it.each(PLAN_LANGUAGES)('finds nothing wrong with the first template in %s', (language) => {
    expect(checkTemplate(templates[language], language)).toEqual([]);
  });

  it('takes tags that a keyboard composed or that have spaces in them, and blocks used as conditions', () => {
    const body = (xml: string) =>
      xml
        .replace('{айылдын_көйгөйү}', '{ айылдын_ко\u0438\u0306го\u0438\u0306у }')
        .replace('{жмм}', '{#жмм}{жмм}{/жмм}');
    expect(checkTemplate(changed({ [BODY]: body }), 'ky')).toEqual([{ kind: 'unknown', tag: '{айылдын_койгойу}' }]);
    const composed = (xml: string) => xml.replaceAll('көйгөй', 'көи\u0306гөи\u0306').replace('{багыт}', '{ багыт }');
    expect(checkTemplate(changed({ [BODY]: composed }), 'ky')).toEqual([]);
  });

  it.each([
    ['a tag that is not there', ['{багыт}', '{багыы}'], [{ kind: 'unknown', tag: '{багыы}' }]],
    [
      'a known tag outside of its block, and the block',
      ['{жыл}', '{иш_чара}'],
      [{ kind: 'misplaced', tag: '{#иш_чаралар} {иш_чара} {/иш_чаралар}' }],
    ],
    ['a tag in English', ['{аймак}', '{constructor}'], [{ kind: 'unknown', tag: '{constructor}' }]],
    ['a brace that is not closed', ['{багыт}', '{багыт'], [{ kind: 'unclosed', tag: '{багыт' }]],
    ['a brace that is not opened', ['{багыт}', 'багыт}'], [{ kind: 'unopened', tag: 'багыт}' }]],
    [
      'braces that stand twice',
      ['{бенефициарлар}', '{{бенефициарлар}}'],
      [
        { kind: 'doubled', tag: '{{бене…' },
        { kind: 'doubled', tag: '…рлар}}' },
      ],
    ],
    ['a block that is not closed', ['{/айылдар}', ''], [{ kind: 'unclosed-block', tag: '{#айылдар}' }]],
    ['a block that is not opened', ['{#айылдар}', ''], [{ kind: 'unopened-block', tag: '{/айылдар}' }]],
    ['blocks that cross', ['{/айылдар}', '{/көйгөй}'], [{ kind: 'crossed-block', tag: '{#айылдар} … {/көйгөй}' }]],
    ['raw markup', ['{багыт}', '{@багыт}'], [{ kind: 'markup' }]],
  ] as const)('names %s', (_, [from, to], expected) => {
    expect(checkTemplate(inBody(from, to), 'ky')).toMatchObject(expected);
  });

  it('names every mistake of a template, not the first one', () => {
    const body = (xml: string) =>
      xml.replace('{багыт}', '{багыы}').replace('{жмм}', '{жмм').replace('{жыл}', '{жылы}').replace('{/айылдар}', '');
    const problems = checkTemplate(changed({ [BODY]: body }), 'ky');
    expect(problems.map(({ kind, tag }) => `${kind} ${tag}`.trim()).sort()).toEqual([
      'unclosed {жмм',
      'unclosed-block {#айылдар}',
      'unknown {багыы}',
      'unknown {жылы}',
    ]);
    expect(describeProblems(problems, translator('ky'))).toContain('Мындай белги жок: {жылы}');
  });

  it('names a tag by its own letters where another one is not closed before it', () => {
    const body = (xml: string) => xml.replace('{жыл}', '{жыл').replace('{пункт}', 'пункт}');
    expect(checkTemplate(changed({ [BODY]: body }), 'ky')).toEqual([
      { kind: 'unclosed', tag: '{жыл' },
      { kind: 'unopened', tag: 'пункт}' },
    ]);
  });

  it('takes a tag that a word processor begins with a capital', () => {
    const template = inBody('{аймак}', '{Аймак}');
    expect(checkTemplate(template, 'ky')).toEqual([]);
    const words = wordsOf(renderPlan(template, planFields(karaSuuPlan(), karaSuu, 'ky'), 'ky'));
    expect(words).toContain('Кара-Суу айылдык кеңешинин төрагасы');
  });

  it('wants the block of lines', () => {
    const bare = changed({ [BODY]: (xml) => xml.replace(/<w:body>.*<w:sectPr/s, '<w:body><w:sectPr') });
    expect(checkTemplate(bare, 'ky')).toMatchObject([{ kind: 'no-lines' }]);
  });

  it.each([
    ['words', () => Buffer.from('План'), 'not-word'],
    ['nothing', () => new Uint8Array(0), 'not-word'],
    ['half a file', () => templates.ky.slice(0, 4000), 'not-word'],
    ['another archive', () => new PizZip().file('a.txt', 'a').generate({ type: 'uint8array' }), 'not-word'],
    [
      'a workbook called a document',
      () =>
        changed({
          '[Content_Types].xml': (xml) => xml.replaceAll('wordprocessingml.document.main', 'spreadsheetml.sheet.main'),
        }),
      'not-word',
    ],
    ['macros', () => changed({ 'word/vbaProject.bin': () => 'x' }), 'macros'],
    [
      'a document that says it has macros',
      () =>
        changed({
          '[Content_Types].xml': (xml) =>
            xml.replace(
              'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
              'application/vnd.ms-word.document.macroEnabled.main+xml',
            ),
        }),
      'macros',
    ],
    ['entities', () => inBody('<w:document', '<!DOCTYPE x [<!ENTITY a "b">]><w:document'), 'not-word'],
    [
      'a template that is fetched from elsewhere',
      () =>
        changed({
          'word/_rels/settings.xml.rels': () =>
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>',
        }),
      'linked',
    ],
    ['more than 5 MB', () => new Uint8Array(5 * 1024 * 1024 + 1), 'too-large'],
    ['broken XML', () => inBody('</w:body>', '</w:bod>'), 'not-word'],
  ] as const)('refuses %s', (_, bytes, kind) => {
    expect(checkTemplate(bytes(), 'ky')).toMatchObject([{ kind }]);
  });

  it('is not unpacked further than a template may come to, whatever the archive says about its size', () => {
    const bomb = Buffer.from(changed({ 'word/media/x.xml': () => ' '.repeat(21 * 1024 * 1024) }));
    expect(bomb.length).toBeLessThan(100_000);
    expect(checkTemplate(bomb, 'ky')).toMatchObject([{ kind: 'too-large' }]);
    const name = Buffer.from('word/media/x.xml');
    for (let at = bomb.indexOf(name); at !== -1; at = bomb.indexOf(name, at + 1)) {
      const isCentral = bomb.readUInt32LE(at - 46) === 0x02014b50;
      bomb.writeUInt32LE(10, isCentral ? at - 46 + 24 : at - 30 + 22);
    }
    expect(checkTemplate(bomb, 'ky')).toMatchObject([{ kind: 'not-word' }]);
  });
});
