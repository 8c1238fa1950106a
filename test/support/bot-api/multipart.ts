/** A part of a form: a field, or a file when it has a name of one. */
export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly body: Buffer;
}

/** The parts of a multipart/form-data body; empty when it is none. */
export function parseMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (!boundary) return [];
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const next = body.indexOf(delimiter, at + delimiter.length);
    if (next < 0) break;
    // Between two delimiters: line end, headers, empty line, content, line end.
    const part = body.subarray(at + delimiter.length + 2, next - 2);
    const head = part.indexOf('\r\n\r\n');
    const headers = part.subarray(0, head).toString('utf8');
    const name = /[; ]name="?([^";\r\n]+)"?/i.exec(headers)?.[1];
    if (head >= 0 && name) {
      const fileName = /filename="?([^"\r\n]+)"?/i.exec(headers)?.[1] ?? null;
      parts.push({ name, fileName, body: part.subarray(head + 4) });
    }
    at = next;
  }
  return parts;
}
