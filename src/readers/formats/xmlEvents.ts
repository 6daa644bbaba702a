/** XML as a row of events. Not a validator: what is broken is read as far as it makes sense. */
import iconv from 'iconv-lite';
import { SaxesParser } from 'saxes';

export interface XmlHandlers {
  /** `name` without its prefix; attributes as they are written, with theirs. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

/** Text given to the parser at once. */
const STEP = 256 * 1024;

/** Elements within one another: the parser keeps all that are open. */
const MAX_DEPTH = 10_000;

/** No document is nested as deeply; what is costs memory without end. */
export class NestedTooDeeplyError extends Error {
  override readonly name = 'NestedTooDeeplyError';
}

/**
 * Throws `NestedTooDeeplyError`. Entities that a document type defines are not expanded: there is no entity bomb. `isDone` ends the reading early
 * (the document's text has reached its limit).
 */
export function readXml(
  bytes: Uint8Array,
  { open, close, text }: XmlHandlers,
  isDone: () => boolean = () => false,
): void {
  const source = decodeXml(bytes);
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  let depth = 0;
  parser.on('opentag', tag => {
    if (++depth > MAX_DEPTH) throw new NestedTooDeeplyError();
    open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', tag => {
    depth--;
    close(localName(tag.name));
  });
  parser.on('text', text);
  parser.on('cdata', text);
  // The parser goes on after an error; without a listener it would throw.
  parser.on('error', () => {});
  for (let at = 0; at < source.length && !isDone(); at += STEP) parser.write(source.slice(at, at + STEP));
  parser.close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** By the byte order mark, zero bytes or the declaration; UTF-8 else. */
export function decodeXml(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (first === 0x3c && second === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0 && second === 0x3c) return new TextDecoder('utf-16be').decode(bytes);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
  const declared = /^[^>]*encoding\s*=\s*["']([\w-]+)/u.exec(head)?.[1];
  // TextDecoder('euc-kr') loses syllables outside KS X 1001 without an error; iconv-lite knows them.
  return declared !== undefined && isKorean(declared)
    ? iconv.decode(bytes, 'cp949')
    : new TextDecoder('utf-8').decode(bytes);
}

function isKorean(encoding: string): boolean {
  return /^(?:euc-?kr|ks_c_5601.*|ksc5601|cp949|ms949|windows-949)$/iu.test(encoding);
}
