import encodeQR from 'qr';

/** A QR code for a terminal, two rows of it a line; its colours are its own, so that it also shows on a light screen. */
export function terminalQr(text: string): string {
  const rows = encodeQR(text, 'raw');
  const lines: string[] = [];
  for (let row = 0; row < rows.length; row += 2) {
    const upper = rows[row] ?? [];
    const cells = upper.map((dark, column) => HALVES[Number(dark) + 2 * Number(rows[row + 1]?.[column] ?? false)]);
    lines.push(`\u001B[30;107m${cells.join('')}\u001B[0m`);
  }
  return lines.join('\n');
}

/** By the upper half, and twice the lower one. */
const HALVES = [' ', '▀', '▄', '█'];
