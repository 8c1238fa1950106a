import type { Paragraph as DocxParagraph, Table as DocxTable } from 'docx';
import { FONT, fontTable } from '../core/fonts.ts';
import type { PlanLanguage } from './template-tags.ts';

/** Of an A4 page between its margins, in twentieths of a point. */
const TEXT_WIDTH = 9638;

const WORDS = {
  ky: {
    approve: 'БЕКИТЕМИН',
    chair: '{аймак} айылдык кеңешинин төрагасы',
    signature: '______________________________',
    date: '{бекитилген_күнү}',
    number: '№ {документтин_номери}',
    title: '{аймак} айыл өкмөтү менен жергиликтүү жамааттардын {жыл}-жылга',
    name: 'БИРГЕЛЕШКЕН АРАКЕТТЕР ПЛАНЫ',
    open: '{#багыттар}',
    close: '{/багыттар}',
    direction: '{пункт}. Багыты: {багыт}',
    issue: 'ЖММ: {жмм}',
    problem: 'Көйгөйдүн аталышы жана сүрөттөлүшү:',
    general: ['{#көйгөй}', '{көйгөй}', '{/көйгөй}'],
    villages: ['{#айылдар}', '{айыл} айылы: ', '{айылдын_көйгөйү}', '{/айылдар}'],
    people: ['Бенефициарлар: ', '{бенефициарлар}'],
    columns: ['№', 'Иш-чара', 'Мөөнөтү', 'Жооптуу', 'Каржылоо'],
    row: ['{#иш_чаралар}{иш_чаранын_номери}', '{иш_чара}', '{мөөнөтү}', '{жооптуу}', '{каржылоо}{/иш_чаралар}'],
    cost: ['Жалпы баасы', '{баасы}'],
    sum: ['Пландын жалпы баасы: ', '{бардык_баасы}'],
    annex: 'Тиркеме. Планга кирген сунуштар',
    annexColumns: ['Номери', 'Пункт', 'Айыл', 'Сунуштун тексти', 'Колдогондор'],
    annexRow: [
      '{#тиркеме}{сунуштун_номери}',
      '{сунуштун_пункту}',
      '{сунуштун_айылы}',
      '{текст}',
      '{колдогондор}{/тиркеме}',
    ],
  },
  ru: {
    approve: 'УТВЕРЖДАЮ',
    chair: 'Председатель айылного кенеша {аймак}',
    signature: '______________________________',
    date: '{дата_утверждения}',
    number: '№ {номер_документа}',
    title: 'Айыл окмоту {аймак} и местные сообщества',
    name: 'ПЛАН СОВМЕСТНЫХ ДЕЙСТВИЙ на {год} год',
    open: '{#направления}',
    close: '{/направления}',
    direction: '{пункт}. Направление: {направление}',
    issue: 'ВМЗ: {вмз}',
    problem: 'Название и описание проблемы:',
    general: ['{#проблема}', '{проблема}', '{/проблема}'],
    villages: ['{#сёла}', 'Село {село}: ', '{проблема_села}', '{/сёла}'],
    people: ['Получатели пользы: ', '{получатели}'],
    columns: ['№', 'Мероприятие', 'Срок', 'Ответственный', 'Финансирование'],
    row: [
      '{#мероприятия}{номер_мероприятия}',
      '{мероприятие}',
      '{срок}',
      '{ответственный}',
      '{финансирование}{/мероприятия}',
    ],
    cost: ['Общая стоимость', '{стоимость}'],
    sum: ['Общая стоимость плана: ', '{общая_стоимость}'],
    annex: 'Приложение. Предложения, вошедшие в план',
    annexColumns: ['Номер', 'Пункт', 'Село', 'Текст предложения', 'Поддержали'],
    annexRow: [
      '{#приложение}{номер_предложения}',
      '{пункт_предложения}',
      '{село_предложения}',
      '{текст}',
      '{поддержали}{/приложение}',
    ],
  },
} as const;

const made = new Map<PlanLanguage, Promise<Uint8Array>>();

/** The template that comes with the program, in the national layout; made once, when it is first wanted. */
export function defaultTemplate(language: PlanLanguage): Promise<Uint8Array> {
  const known = made.get(language) ?? make(language);
  made.set(language, known);
  return known;
}

async function make(language: PlanLanguage): Promise<Uint8Array> {
  const docx = await import('docx');
  const words = WORDS[language];
  const { AlignmentType, HeadingLevel } = docx;
  const line = (text: string, options: object = {}): DocxParagraph => new docx.Paragraph({ text, ...options });
  const labeled = (label: string, value: string, options: object = {}): DocxParagraph =>
    new docx.Paragraph({
      children: [new docx.TextRun({ text: label, bold: true }), new docx.TextRun(value)],
      ...options,
    });
  const right = { alignment: AlignmentType.LEFT, indent: { left: 5100 } };
  const centered = { alignment: AlignmentType.CENTER };
  const document = new docx.Document({
    styles: styles(),
    sections: [
      {
        properties: {
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 } },
        },
        footers: {
          default: new docx.Footer({
            children: [
              new docx.Paragraph({
                ...centered,
                children: [new docx.TextRun({ children: [docx.PageNumber.CURRENT] })],
              }),
            ],
          }),
        },
        children: [
          labeled(words.approve, '', right),
          line(words.chair, right),
          line(words.signature, right),
          line(words.date, right),
          line(words.number, { ...right, spacing: { after: 480 } }),
          line(words.title, { ...centered, keepNext: true }),
          line(words.name, { heading: HeadingLevel.TITLE, ...centered }),
          line(words.open),
          line(words.direction, { heading: HeadingLevel.HEADING_1 }),
          line(words.issue, { keepNext: true }),
          labeled(words.problem, '', { keepNext: true, spacing: { before: 120 } }),
          ...words.general.map((text) => line(text)),
          line(words.villages[0]),
          new docx.Paragraph({
            indent: { left: 400, hanging: 200 },
            children: [
              new docx.TextRun('– '),
              new docx.TextRun({ text: words.villages[1], bold: true }),
              new docx.TextRun(words.villages[2]),
            ],
          }),
          line(words.villages[3]),
          labeled(words.people[0], words.people[1], { keepNext: true, spacing: { before: 120, after: 120 } }),
          table(docx, words.columns, words.row, { widths: [500, 3138, 1500, 1900, 2600], last: words.cost }),
          line('', { spacing: { after: 120 } }),
          line(words.close),
          labeled(words.sum[0], words.sum[1], { spacing: { before: 240 } }),
          line(words.annex, { heading: HeadingLevel.HEADING_1, pageBreakBefore: true }),
          table(docx, words.annexColumns, words.annexRow, { widths: [1850, 850, 1450, 3688, 1800] }),
        ],
      },
    ],
  });
  const overrides = [{ path: 'word/fontTable.xml', data: fontTable() }];
  return new Uint8Array(await docx.Packer.toBuffer(document, false, overrides));
}

function styles() {
  return {
    default: {
      document: { run: { font: FONT, size: 22 }, paragraph: { spacing: { after: 60 } } },
      title: { run: { font: FONT, size: 28, bold: true, color: '000000' }, paragraph: { spacing: { after: 360 } } },
      heading1: {
        run: { font: FONT, size: 24, bold: true, color: '000000' },
        paragraph: { spacing: { before: 240, after: 60 }, keepNext: true },
      },
    },
  };
}

/**
 * A head that is repeated on each page and one row that is repeated for each item; no row is torn in two. `last`: a row
 * below them, of what they come to.
 */
function table(
  docx: typeof import('docx'),
  head: readonly string[],
  row: readonly string[],
  { widths, last }: { widths: readonly number[]; last?: readonly [label: string, value: string] },
): DocxTable {
  const cell = (text: string, index: number, isHead: boolean, columnSpan = 1) =>
    new docx.TableCell({
      columnSpan,
      width: {
        size: widths.slice(index, index + columnSpan).reduce((sum, one) => sum + one, 0),
        type: docx.WidthType.DXA,
      },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: [
        new docx.Paragraph({
          spacing: { after: 0 },
          children: [new docx.TextRun({ text, size: 20, bold: isHead })],
          keepNext: isHead,
        }),
      ],
    });
  return new docx.Table({
    width: { size: TEXT_WIDTH, type: docx.WidthType.DXA },
    columnWidths: [...widths],
    layout: docx.TableLayoutType.FIXED,
    rows: [
      new docx.TableRow({ tableHeader: true, cantSplit: true, children: head.map((text, i) => cell(text, i, true)) }),
      new docx.TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i, false)) }),
      ...(last === undefined
        ? []
        : [
            new docx.TableRow({
              cantSplit: true,
              children: [cell(last[0], 0, true, row.length - 1), cell(last[1], row.length - 1, true)],
            }),
          ]),
    ],
  });
}
