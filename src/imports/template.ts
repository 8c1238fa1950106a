import { stringify } from 'csv-stringify/sync';
import PizZip from 'pizzip';
import { LOCALES, type Locale, translator } from '../core/texts.ts';
import type { Municipality } from '../places/places.ts';
import { AGE_BANDS, SEXES } from '../residents/tables.ts';
import { headingOf, IMPORT_COLUMNS, type ImportColumn } from './columns.ts';

/** Rows below the headings that offer lists to choose from. */
const OFFERED_ROWS = 2_000;
const WIDTHS: Readonly<Record<ImportColumn, number>> = {
  text: 70,
  village: 20,
  sector: 34,
  date: 14,
  sex: 10,
  age_band: 22,
  language: 14,
};

/** An empty table to fill in, as CSV: headings alone, with the byte order mark that Excel asks for. */
export function csvTemplate(locale: Locale): Buffer {
  return Buffer.from(stringify([IMPORT_COLUMNS.map((id) => headingOf(id, locale))], { bom: true }));
}

/**
 * The same as a workbook: villages, sectors, sex, age and language are chosen from lists, dates are dates, and a
 * second sheet holds the lists. Nothing in it is imported as it is.
 */
export function xlsxTemplate(municipality: Municipality, locale: Locale): Buffer {
  const lists = listsOf(municipality, locale);
  const zip = new PizZip();
  for (const [path, content] of Object.entries(PARTS)) zip.file(path, XML + content);
  zip.file('xl/workbook.xml', XML + workbook(translator(locale)('import-sheet'), translator(locale)('import-lists')));
  zip.file('xl/worksheets/sheet1.xml', XML + tableSheet(lists, locale));
  zip.file('xl/worksheets/sheet2.xml', XML + listSheet(lists, locale));
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

type Lists = Readonly<Partial<Record<ImportColumn, readonly string[]>>>;

function listsOf({ villages, sectors }: Municipality, locale: Locale): Lists {
  const t = translator(locale);
  return {
    village: villages.map(({ names }) => names[locale]),
    sector: sectors.map(({ labels }) => labels[locale]),
    sex: SEXES.map((sex) => t(`sex-${sex}`)),
    age_band: AGE_BANDS.map((band) => t(band === '55+' ? 'age-55' : `age-${band}`)),
    language: LOCALES.map((language) => t(`language-${language}`)),
  };
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Cells by number: 0 plain, 1 heading, 2 wrapped text, 3 date. Each names its font, which has every Kyrgyz letter. */
const CELLS = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>',
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>',
];
// https://ecma-international.org/publications-and-standards/standards/ecma-376/
const PARTS = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${CELLS.length}">${CELLS.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
};

/** Prints on A4 lying, as wide as the page, with the lines of the table; its headings come again on each page. */
const FITTED = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>';
const LANDSCAPE =
  '<printOptions gridLines="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';

function workbook(table: string, lists: string): string {
  const titles = `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${escaped(`'${table}'!$1:$1`)}</definedName></definedNames>`;
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${escaped(table)}" sheetId="1" r:id="rId1"/><sheet name="${escaped(lists)}" sheetId="2" r:id="rId2"/></sheets>${titles}</workbook>`;
}

function tableSheet(lists: Lists, locale: Locale): string {
  const widths = IMPORT_COLUMNS.map((id, at) => {
    const style = id === 'date' ? 3 : 2;
    return `<col min="${at + 1}" max="${at + 1}" width="${WIDTHS[id]}" style="${style}" customWidth="1"/>`;
  });
  const headings = IMPORT_COLUMNS.map((id, at) => cell(at, 1, headingOf(id, locale), 1));
  const offered = Object.keys(lists).length;
  const validations = IMPORT_COLUMNS.flatMap((id, at) => {
    const list = lists[id];
    if (list === undefined) return [];
    const range = `${letter(at)}2:${letter(at)}${OFFERED_ROWS + 1}`;
    const from = `'${translator(locale)('import-lists')}'!$${letter(at)}$2:$${letter(at)}$${list.length + 1}`;
    // other spellings may be typed too: a list that refuses them would be pasted over
    return [
      `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${range}"><formula1>${escaped(from)}</formula1></dataValidation>`,
    ];
  });
  return `<worksheet xmlns="${MAIN}">${FITTED}<sheetViews><sheetView workbookViewId="0" tabSelected="1"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${headings.join('')}</row></sheetData><dataValidations count="${offered}">${validations.join('')}</dataValidations>${LANDSCAPE}</worksheet>`;
}

/** Each list below its heading, in the column that it belongs to. The text column stays free, so nothing is imported. */
function listSheet(lists: Lists, locale: Locale): string {
  const most = Math.max(...Object.values(lists).map((list) => list.length));
  const rows = Array.from({ length: most + 1 }, (_, index) => {
    const cells = IMPORT_COLUMNS.flatMap((id, at) => {
      const list = lists[id];
      const value = list === undefined ? undefined : [headingOf(id, locale), ...list][index];
      return value === undefined ? [] : [cell(at, index + 1, value, index === 0 ? 1 : 0)];
    });
    return `<row r="${index + 1}">${cells.join('')}</row>`;
  });
  const widths = IMPORT_COLUMNS.map(
    (id, at) => `<col min="${at + 1}" max="${at + 1}" width="${id === 'text' ? 4 : WIDTHS[id]}" customWidth="1"/>`,
  );
  return `<worksheet xmlns="${MAIN}">${FITTED}<cols>${widths.join('')}</cols><sheetData>${rows.join('')}</sheetData>${LANDSCAPE}</worksheet>`;
}

function cell(column: number, row: number, value: string, style: number): string {
  return `<c r="${letter(column)}${row}" s="${style}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
}

function letter(column: number): string {
  return String.fromCharCode(65 + column);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
