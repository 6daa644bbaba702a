/** Decodes a web page by its byte order mark, its declared encoding, or by what the bytes look like. */
import iconv from 'iconv-lite';
import { decodeText, type Encoding } from '../../decode.ts';
import { ProblemError } from '../problem.ts';

interface HtmlText {
  readonly text: string;
  readonly encoding: string;
  readonly replaced: number;
}

/** Browsers look for a declaration in the first 1,024 bytes, but some pages have much before it. */
const HEAD = 65_536;
const DECLARED =
  /<meta[^>]{0,1000}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/iu;
/** Korean pages call CP949 by the names of its subsets. */
const CP949 = /^(?:euc-kr|ks_c_5601(?:-19\d\d)?|ksc5601|korean|windows-949|uhc|cp949|ms949|x-windows-949)$/iu;
/** A declared encoding is wrong where more than this share cannot be decoded. */
const MAX_BROKEN_SHARE = 0.01;

export function htmlText(bytes: Uint8Array, forced?: Encoding): HtmlText {
  const declared = forced === undefined ? declaredIn(bytes) : null;
  if (declared !== null) {
    const text = iconv.decode(Buffer.from(bytes), declared);
    const replaced = text.match(/\ufffd+/gu)?.length ?? 0;
    if (replaced <= text.length * MAX_BROKEN_SHARE) return { text, encoding: declared, replaced };
  }
  const decoded = decodeText(bytes, forced);
  if ('text' in decoded && decoded.replaced <= decoded.text.length * MAX_BROKEN_SHARE) return decoded;
  if ('problem' in decoded && decoded.problem === 'binary') throw new ProblemError('binary', 'no text');
  // Browsers take a page without a declaration for this encoding.
  return { text: iconv.decode(Buffer.from(bytes), 'windows-1252'), encoding: 'windows-1252', replaced: 0 };
}

/** Null where nothing is declared, or UTF-8, or an encoding that we do not know. */
function declaredIn(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1');
  const found = DECLARED.exec(head);
  const name = (found?.[1] ?? found?.[2] ?? '').toLowerCase();
  if (name === '' || /^utf-?(?:8|16)/u.test(name) || !iconv.encodingExists(name)) return null;
  return CP949.test(name) ? 'cp949' : name;
}
