// Small lists that the page itself saves. Lists of people are read and written by the API.

/** One field, so that no spreadsheet runs it as a formula; a phone number is none. */
export function csvField(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvOf = (rows: (string | number | null | undefined)[][]) =>
  new Blob([rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('')], { type: 'text/csv;charset=utf-8' });
