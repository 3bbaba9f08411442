const HEAD_BYTES = 64 * 1024;

/** The columns a CSV file names in its first line, for choosing among them. The server reads the file itself. */
export async function csvColumns(file: File): Promise<string[]> {
  return columnsOf(await file.slice(0, HEAD_BYTES).text());
}

export function columnsOf(text: string): string[] {
  const line = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, 1)[0] ?? '';
  const separators = [',', ';', '\t', '|'];
  const count = (separator: string) => line.split(separator).length;
  const separator = separators.reduce((best, each) => (count(each) > count(best) ? each : best));
  const cells = line.match(new RegExp(`"(?:[^"]|"")*"|[^${separator === '|' ? '\\|' : separator}]+`, 'g')) ?? [];
  const names = cells.map((cell) => cell.trim().replace(/^"|"$/g, '').replaceAll('""', '"').trim());
  return [...new Set(names.filter(Boolean))];
}
