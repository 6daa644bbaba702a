/**
 * XML as events, for the parts of documents. Tolerant: what is not well-formed is passed over. No document type is
 * heeded: the five entities of XML and numeric ones are all there are, so there is nothing to expand.
 */
import iconv from 'iconv-lite';
import { SaxesParser } from 'saxes';

/** Documents bind prefixes as they like, or not at all; local names are enough to tell their elements. */
interface SaxesOptionsWithoutNamespaces {
  readonly xmlns?: false;
  readonly position?: boolean;
}

export type Attributes = Readonly<Record<string, string>>;

/** Names are local: without the prefix that a document chose for a namespace; `raw` has it. */
export interface XmlHandler {
  readonly open?: (name: string, attributes: Attributes, raw: string) => void;
  readonly close?: (name: string, raw: string) => void;
  readonly text?: (text: string) => void;
}

/** More levels than any document nests: the parser keeps all that are open. */
const MAX_DEPTH = 10_000;
/** What is this broken is no XML. */
const MAX_ERRORS = 100_000;
const CHUNK = 256 * 1024;

/** XML nested deeper than any document's. */
export class XmlTooDeepError extends Error {
  override readonly name = 'XmlTooDeepError';
}

/** Feeds `handler` with all of a part. `isDone` ends it early: there is room for no more text. */
export function parseXml(bytes: Uint8Array, handler: XmlHandler, isDone: () => boolean = () => false): void {
  const parser = new SaxesParser<SaxesOptionsWithoutNamespaces>({ position: false });
  const opened: string[] = [];
  let errors = 0;
  parser.on('error', () => errors++);
  parser.on('opentag', ({ name, attributes }) => {
    if (opened.push(name) > MAX_DEPTH) throw new XmlTooDeepError('nesting');
    handler.open?.(localName(name), attributes, name);
  });
  parser.on('closetag', ({ name }) => {
    opened.pop();
    handler.close?.(localName(name), name);
  });
  if (handler.text !== undefined) {
    parser.on('text', handler.text);
    parser.on('cdata', handler.text);
  }
  let isWhole = true;
  for (const chunk of decodedChunks(bytes)) {
    parser.write(chunk);
    isWhole = errors <= MAX_ERRORS && !isDone();
    if (!isWhole) break;
  }
  if (isWhole) parser.close();
  // Of a part that was cut off: whoever listens sees an end to each beginning.
  while (opened.length > 0) {
    const name = opened.pop()!;
    handler.close?.(localName(name), name);
  }
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The value of an attribute, whatever its prefix; '' where there is none. `name` may have a prefix that is asked for first. */
export function attribute(attributes: Attributes, name: string): string {
  const exact = attributes[name];
  if (exact !== undefined) return exact;
  const local = localName(name);
  for (const key in attributes) if (localName(key) === local) return attributes[key]!;
  return '';
}

/** `r:id` whatever the prefix of relationships is: never the plain `id` beside it. */
export function relationId(attributes: Attributes, name = 'id'): string {
  for (const key in attributes) if (key.includes(':') && localName(key) === name) return attributes[key]!;
  return '';
}

/** By its mark, else by its declaration, else UTF-8. Not all at once: a large part would stand in memory twice. */
function* decodedChunks(bytes: Uint8Array): Generator<string> {
  const decoder = decoderFor(bytes);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const chunk = decoder.write(bytes.subarray(at, at + CHUNK));
    if (chunk !== '') yield chunk;
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

interface ChunkDecoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

function decoderFor(bytes: Uint8Array): ChunkDecoder {
  const label = encodingOf(bytes);
  if (label !== 'utf-8' && !label.startsWith('utf-16') && iconv.encodingExists(label)) {
    const decoder = iconv.getDecoder(label);
    return { write: chunk => decoder.write(Buffer.from(chunk)), end: () => decoder.end() ?? '' };
  }
  const decoder = new TextDecoder(label.startsWith('utf-16') ? label : 'utf-8');
  return { write: chunk => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && c !== 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0 && d !== 0)) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/u.exec(head)?.[1]?.toLowerCase();
  if (declared === undefined || declared.startsWith('utf')) return 'utf-8';
  return /^(?:euc-kr|ks_c_5601|ksc5601|ks_c_5601-1987)$/u.test(declared) ? 'cp949' : declared;
}
