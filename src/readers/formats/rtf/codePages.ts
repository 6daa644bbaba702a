/** Tells which code page an RTF document is in: the document's, or that of a font's character set. */

/** Maps `\fcharset` to a code page (RTF 1.9.1, font table). */
const CHARSETS: ReadonlyMap<number, string> = new Map([
  [0, 'cp1252'],
  [77, 'macroman'],
  [128, 'cp932'],
  [129, 'cp949'],
  [130, 'johab'],
  [134, 'cp936'],
  [136, 'cp950'],
  [161, 'cp1253'],
  [162, 'cp1254'],
  [163, 'cp1258'],
  [177, 'cp1255'],
  [178, 'cp1256'],
  [186, 'cp1257'],
  [204, 'cp1251'],
  [222, 'cp874'],
  [238, 'cp1250'],
]);

export function codePageOfCharset(charset: number): string | null {
  return CHARSETS.get(charset) ?? null;
}

/** Whether the byte begins a character of two bytes in this code page. */
export function isLeadByte(byte: number, codePage: string): boolean {
  if (codePage === 'cp932') return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
  return /^(?:cp949|cp936|cp950|johab)$/u.test(codePage) && byte >= 0x81 && byte <= 0xfe;
}
