/**
 * A document in the form in which the server keeps it for its readers: JSON, compressed, as one stored field.
 *
 * The server gives such a field away as it is. Reading parts of `_source` costs it more than the search itself, for it
 * parses and rewrites the whole document (measured at 20,000 passages: 140-180 ms of processor time a search of 32
 * documents, of which 20-50 are the search).
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import { TeamFault } from './client/teamFault.ts';

/** Name of the field. */
export const KEPT = 'kept';

/** Bytes of one document, and of all in one answer, when they are unpacked: a small answer may hold a large one. */
const MOST_BYTES = 2 * 1024 ** 2;
const MOST_BYTES_TOGETHER = 64 * 1024 ** 2;

/** Asks for nothing but what `KeptReader` needs. */
export const KEPT_ONLY = { _source: false, stored_fields: [KEPT] } as const;

const Fields = v.object({ [KEPT]: v.pipe(v.array(v.string()), v.length(1)) });

export function keep(document: object): string {
  return deflateRawSync(JSON.stringify(document)).toString('base64');
}

/** Reads the documents of one answer. */
export class KeptReader {
  #bytes = 0;

  /** `fields` as the server gives them; null where they are no such document. Throws `TeamFault` for too much. */
  read(fields: unknown): unknown {
    const found = v.safeParse(Fields, fields);
    if (!found.success) return null;
    let text: Buffer;
    try {
      text = inflateRawSync(Buffer.from(found.output[KEPT][0]!, 'base64'), { maxOutputLength: MOST_BYTES });
    } catch {
      return null;
    }
    this.#bytes += text.length;
    if (this.#bytes > MOST_BYTES_TOGETHER) throw new TeamFault('malformed', 'documents of an answer');
    try {
      return JSON.parse(text.toString()) as unknown;
    } catch {
      return null;
    }
  }
}
