import PizZip from 'pizzip';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A cell as the XML of a sheet has it: words inline, numbers as they are, `xml` for anything else. */
export type TestCell = string | number | null | { readonly xml: (reference: string) => string };

/** A day in the way of spreadsheets: a number that only its style makes a date. */
export function dateCell(serial: number): TestCell {
  return { xml: (at) => `<c r="${at}" s="1"><v>${serial}</v></c>` };
}

/** A formula with the value that it had when the file was saved. */
export function formulaCell(formula: string, value: string): TestCell {
  return { xml: (at) => `<c r="${at}" t="str"><f>${formula}</f><v>${value}</v></c>` };
}

export interface WorkbookOptions {
  /** `B2:B4` */
  readonly merged?: readonly string[];
  /** More parts, by their paths. */
  readonly parts?: Readonly<Record<string, string | Buffer>>;
}

/** A real workbook of one sheet. */
export function workbook(rows: readonly (readonly TestCell[])[], options: WorkbookOptions = {}): Buffer {
  const lines = rows.map((cells, index) => {
    const row = index + 1;
    return `<row r="${row}">${cells.map((cell, at) => cellXml(cell, `${letter(at)}${row}`)).join('')}</row>`;
  });
  const merged = (options.merged ?? []).map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return packed(
    `<sheetData>${lines.join('')}</sheetData>${merged === '' ? '' : `<mergeCells>${merged}</mergeCells>`}`,
    options,
  );
}

/** The same from the XML inside the sheet. */
export function packed(sheet: string, { parts = {} }: WorkbookOptions = {}): Buffer {
  const zip = new PizZip();
  zip.file('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>');
  zip.file(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  zip.file(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  );
  zip.file('xl/styles.xml', `<styleSheet xmlns="${MAIN}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>`);
  zip.file('xl/worksheets/sheet1.xml', `<worksheet xmlns="${MAIN}">${sheet}</worksheet>`);
  for (const [path, content] of Object.entries(parts)) zip.file(path, content, { binary: typeof content !== 'string' });
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

function cellXml(cell: TestCell, at: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell !== 'string') return cell.xml(at);
  const text = cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function letter(column: number): string {
  return String.fromCharCode(65 + column);
}
