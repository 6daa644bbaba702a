/** The displayed form of a cell's number (ECMA-376 part 1, 18.8.30 and 18.8.31), as in Korean Excel. */
import { SSF } from '@e965/xlsx';

/** Formats that have a number instead of a code and that Korean Excel shows in its own way. */
const KOREAN: ReadonlyMap<number, string> = new Map([
  [14, 'yyyy-mm-dd'],
  [22, 'yyyy-mm-dd h:mm'],
  ...[27, 36, 50, 57].map(id => [id, 'yyyy"年" mm"月" dd"日"'] as const),
  ...[28, 29, 51, 54, 58].map(id => [id, 'mm-dd'] as const),
  [30, 'mm-dd-yy'],
  [31, 'yyyy"년" mm"월" dd"일"'],
  [32, 'h"시" mm"분"'],
  [33, 'h"시" mm"분" ss"초"'],
  ...[34, 35, 52, 53, 55, 56].map(id => [id, 'yyyy-mm-dd'] as const),
  [41, '#,##0;-#,##0;-'],
  [42, '"₩"#,##0;-"₩"#,##0;-'],
  [43, '#,##0.00;-#,##0.00;-'],
  [44, '"₩"#,##0.00;-"₩"#,##0.00;-'],
]);

/** Excel itself allows no longer code. */
const MAX_CODE = 255;
const WEEKDAYS = ['일', '월', '화', '수', '목', '금', '토'];
const KOREAN_LOCALE = /\[\$[^\]]*-(?:[0-9a-f]{4})?412\]|\[\$-ko-KR[^\]]*\]/iu;
/** Date formats that only a locale describes (system formats). */
const SYSTEM_DATE = /\[\$-F(800|400)\]/iu;

export interface NumberFormat {
  /** The code from the file; '' where `id` alone determines the format. */
  readonly code: string;
  readonly id: number;
}

/** `value` as text in a format; the plain number where the format is invalid. */
export function formatNumber(value: number, format: NumberFormat, isDate1904: boolean): string {
  const code = codeOf(format);
  // The short way for most cells of most sheets.
  if (
    (code === 'General' || (code === null && format.id === 0)) &&
    Number.isInteger(value) &&
    Math.abs(value) < 1e11
  )
    return String(value);
  try {
    if (code === null)
      return general(SSF.format(format.id, value, { date1904: isDate1904 }) as string, value);
    const prepared = prepare(code, value, isDate1904);
    return general(SSF.format(prepared, value, { date1904: isDate1904 }) as string, value);
  } catch {
    return String(value);
  }
}

/** Null means the library's own format of that number. */
function codeOf({ code, id }: NumberFormat): string | null {
  if (code === '') return KOREAN.get(id) ?? null;
  if (code.length > MAX_CODE) return 'General';
  const system = SYSTEM_DATE.exec(code)?.[1];
  if (system !== undefined) return system === '800' ? 'yyyy"년" m"월" d"일"' : 'AM/PM h:mm:ss';
  return code;
}

/** Replaces what the library does not know: Korean weekdays, Korean AM/PM, and numbers in other digits. */
function prepare(code: string, value: number, isDate1904: boolean): string {
  const isKorean = KOREAN_LOCALE.test(code);
  // A locale without a currency sign; the library would write a dollar.
  let prepared = code.replace(/\[DBNum\d\]|\[\$-[^\]]*\]/giu, '');
  // Excel takes letters of other scripts literally, while the library takes them for a broken format.
  prepared = outsideQuotes(prepared, part => part.replace(/[^\0-\x7f]+/gu, letters => `"${letters}"`));
  if (/a{3,4}/iu.test(prepared)) {
    const days = Math.floor(value) + (isDate1904 ? 1462 : 0);
    const weekday = WEEKDAYS[(((days - 1) % 7) + 7) % 7]!;
    prepared = outsideQuotes(prepared, part =>
      part.replace(/a{3,4}/giu, letters => `"${weekday}${letters.length === 4 ? '요일' : ''}"`),
    );
  }
  if (/AM\/PM/iu.test(prepared) && isKorean) {
    const isMorning = ((value % 1) + 1) % 1 < 0.5;
    const hours = isMorning ? '"오전"' : '"오후"';
    // AM/PM stays in the code, invisibly, so that hours count to twelve.
    prepared = outsideQuotes(prepared, part => part.replace(/AM\/PM/giu, `${hours}${HIDDEN}AM/PM`));
  }
  return prepared;
}

/** Marks the library's output for `AM/PM`, so that it can be removed. */
const HIDDEN = '"\u0001"';

function general(formatted: string, value: number): string {
  const text = formatted
    // oxlint-disable-next-line no-control-regex -- the mark of `HIDDEN`
    .replace(/\u0001(?:AM|PM)/giu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  // An empty format (`;;;`) hides a number in Excel; we show it, so that nothing is lost.
  return text === '' ? String(value) : text;
}

/** Changes only text that is neither quoted nor in brackets. */
function outsideQuotes(code: string, replace: (part: string) => string): string {
  return code.replace(/"[^"]*"|\\.|\[[^\]]*\]|[^"\\[]+/gu, part =>
    /^["\\[]/u.test(part) ? part : replace(part),
  );
}
