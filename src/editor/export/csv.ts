/** Comma-separated values (RFC 4180) that no spreadsheet takes for formulas. Pure. */

/** Spreadsheets run such a text: it has a sign at the beginning, also behind blanks that it strips. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** With a byte order mark: without one Excel reads UTF-8 as the code page of the country. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map(row => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(value: string | number): string {
  // A number is none of somebody else's text.
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n']/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
