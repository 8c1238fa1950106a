/** Of all documents. Has every Kyrgyz letter in one face: of many others a word processor takes Ө, Ү and Ң from elsewhere. */
export const FONT = 'PT Serif';
/** Where it is not installed: has them too on Windows and macOS. */
const INSTEAD = 'Times New Roman';

/** The list of fonts of a document (`word/fontTable.xml`), which tells what may stand in for ours. */
export function fontTable(): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:font w:name="${FONT}"><w:altName w:val="${INSTEAD}"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`;
}
