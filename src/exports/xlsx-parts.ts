import type { Column } from './table-sink.ts';
import { columnName, DEFAULT_WIDTH, xlsxText } from './xlsx-cells.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A sheet that is written: what the workbook has to say of it. */
export interface SheetEntry {
  /** As its tab shows it; unique. */
  readonly title: string;
  readonly columnCount: number;
  /** With the headings. */
  readonly rowCount: number;
  readonly filter: boolean;
}

/** Every XML file is taken for a sheet unless it is named here: how many there will be is not known yet. */
export const CONTENT_TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;

export const PACKAGE_RELATIONS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const DATE = 164;
const ALIGNED = '<alignment vertical="top" wrapText="1"/>';
const LOOKS = [
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>',
  `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">${ALIGNED}</xf>`,
  `<xf numFmtId="${DATE}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf>`,
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment horizontal="right" vertical="top" indent="1"/></xf>',
  `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1">${ALIGNED}</xf>`,
  `<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">${ALIGNED}</xf>`,
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment horizontal="right" vertical="top" indent="1"/></xf>',
];

/** The places in `cellXfs` are those of `LOOK`. Calibri has every Kyrgyz letter, and so has what stands in for it. */
export const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="${DATE}" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF808080"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${LOOKS.length}">${LOOKS.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** What stands before the rows: frozen headings, widths, a page that takes all columns. */
export function sheetBeginning(columns: readonly Column[], first: boolean): string {
  const widths = columns.map(
    ({ width = DEFAULT_WIDTH }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView${first ? ' tabSelected="1"' : ''} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>`;
}

/** What stands behind them: the filter, and A4 across with as many pages as the rows need, each with its number. */
export function sheetEnding({ columnCount, rowCount, filter }: SheetEntry, footNote?: string): string {
  const middle = footNote === undefined ? '' : `&amp;C${xlsxText(footNote.replaceAll('&', '&&'))}`;
  const filtered = filter ? `<autoFilter ref="A1:${columnName(columnCount - 1)}${rowCount}"/>` : '';
  return `</sheetData>${filtered}<printOptions gridLines="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A${middle}&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`;
}

/** The headings of each sheet are repeated on every printed page. */
export function workbookXml(sheets: readonly SheetEntry[]): string {
  const tabs = sheets.map(
    ({ title }, at) => `<sheet name="${attribute(title)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const filters = sheets.flatMap(({ title, filter, columnCount, rowCount }, at) => {
    const range = `${quotedTitle(title)}!$A$1:$${columnName(columnCount - 1)}$${rowCount}`;
    return filter
      ? [`<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${range}</definedName>`]
      : [];
  });
  const repeated = sheets.map(
    ({ title }, at) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${quotedTitle(title)}!$1:$1</definedName>`,
  );
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets>${tabs.join('')}</sheets><definedNames>${filters.join('')}${repeated.join('')}</definedNames></workbook>`;
}

export function workbookRelations(sheets: readonly SheetEntry[]): string {
  const all = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`;
}

/** The name of a tab as Excel takes it: at most 31 letters, none of those that a reference is made of. */
export function tabTitle(title: string, part: number): string {
  const end = part === 1 ? '' : ` (${part})`;
  const clean = title.replace(/[[\]:*?/\\']/g, ' ').trim();
  return clean.slice(0, 31 - end.length).trim() + end;
}

function quotedTitle(title: string): string {
  return attribute(`'${title}'`);
}

function attribute(text: string): string {
  return xlsxText(text).replaceAll('"', '&quot;');
}
