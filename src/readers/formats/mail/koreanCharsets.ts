/**
 * Korean charsets of e-mail. The parser decodes with `TextDecoder`, which loses the extended syllables of CP949 without
 * an error and does not know ISO-2022-KR. So it is given a single-byte charset instead, from which the bytes can be
 * recovered.
 */
import iconv from 'iconv-lite';
import { decodeIso2022Kr } from '../../encodings/iso2022kr.ts';

/** All its 256 characters differ, and nobody writes Korean mail in it. */
const STAND_IN = 'ibm866';
const NAMES = 'euc-kr|ks_c_5601-1987|ks_c_5601|ksc5601|cp949|ms949|windows-949|x-windows-949|uhc|iso-2022-kr';
const PARAMETER = new RegExp(String.raw`(charset\s*=\s*"?)(?:${NAMES})(?="|;|\s|$)`, 'giu');
const ENCODED_WORD = new RegExp(String.raw`=\?(?:${NAMES})(?:\*[\w-]+)?\?([BQ])\?`, 'giu');

/** Raw mail with the stand-in in place of Korean charsets. `isMarked`: whether there was one. */
export function markKorean(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly isMarked: boolean } {
  const raw = withUtf8Headers(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString(
    'latin1',
  );
  const marked = raw.replace(PARAMETER, `$1${STAND_IN}`).replace(ENCODED_WORD, `=?${STAND_IN}?$1?`);
  return { bytes: Buffer.from(marked, 'latin1'), isMarked: marked !== raw };
}

/** Recovers the Korean from text that the parser decoded. */
export function unmarkKorean(text: string): string {
  if (text.includes('\u000e')) return decodeIso2022Kr(iconv.encode(text, STAND_IN));
  return text.replace(/[^\0-\x7f]+(?:[\x40-\x7e][^\0-\x7f]+)*[\x41-\x5a\x61-\x7a]?/gu, run => {
    const bytes = iconv.encode(run, STAND_IN);
    if (iconv.decode(bytes, STAND_IN) !== run) return run;
    const korean = iconv.decode(bytes, 'cp949');
    return korean.includes('\ufffd') ? run : korean;
  });
}

/** Encodes headers with raw bytes of CP949, which no standard allows but many programs wrote. */
function withUtf8Headers(bytes: Buffer): Buffer {
  const ends = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')].filter(at => at !== -1);
  const end = Math.min(bytes.length, ...ends);
  const head = bytes.subarray(0, end);
  if (!new TextDecoder('utf-8').decode(head).includes('\ufffd')) return bytes;
  return Buffer.concat([Buffer.from(iconv.decode(head, 'cp949'), 'utf8'), bytes.subarray(end)]);
}
