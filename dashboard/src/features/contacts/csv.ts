// Only a look at the beginning of a CSV file, for choosing its columns. What counts is how the API reads it.

const LOOK_BYTES = 65_536;
const DELIMITERS = [',', ';', '\t', '|'];

export interface Beginning {
  header: string[];
  rows: string[][];
}

/** The header and the first rows. */
export async function beginning(file: File, most = 4): Promise<Beginning> {
  const text = await file.slice(0, LOOK_BYTES).text();
  const [header = [], ...rows] = records(text.replace(/^\uFEFF/, ''), most + 1);
  return { header: header.map((name) => name.trim()), rows };
}

/** The columns that the first line names, each once. */
export async function columnsOf(file: File): Promise<string[]> {
  return [...new Set((await beginning(file, 0)).header.filter(Boolean))];
}

/** Records of CSV: quotes, quotes in quotes, line breaks in quotes. */
export function records(text: string, most: number): string[][] {
  const delimiter = delimiterOf(text);
  const found: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  const end = () => {
    record.push(field);
    field = '';
    if (record.some((each) => each.trim() !== '')) found.push(record);
    record = [];
  };
  for (let at = 0; at < text.length && found.length < most; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === delimiter) {
      record.push(field);
      field = '';
    } else if (char === '\n') end();
    else if (char !== '\r') field += char;
  }
  if (found.length < most && (field !== '' || record.length > 0)) end();
  return found;
}

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** One field, so that no spreadsheet runs it as a formula; a phone number is none. */
export function csvField(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvOf = (rows: (string | number | null | undefined)[][]) =>
  new Blob([rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('')], { type: 'text/csv;charset=utf-8' });
