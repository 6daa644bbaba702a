/**
 * A document in the form in which the server keeps it for its readers: two stored fields, one with its features
 * (`packedFeatures.ts`) and one with what is shown, as compressed JSON.
 *
 * The server gives such fields away as they are. Reading parts of `_source` costs it more than the search itself, for it
 * parses and rewrites the whole document (measured at 20,000 passages: 140-180 ms of processor time a search of 32
 * documents, of which 20-50 are the search).
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import { TeamFault } from './client/teamFault.ts';

/** Names of the fields. */
export const KEPT = 'kept';
export const FEATURES = 'features';

/** Bytes of one document, and of all in one answer, when they are unpacked: a small answer may hold a large one. */
const MOST_BYTES = 2 * 1024 ** 2;
const MOST_BYTES_TOGETHER = 64 * 1024 ** 2;

/** Asks for nothing but what is kept. */
export const KEPT_ONLY = { _source: false, stored_fields: [FEATURES, KEPT] } as const;
/** For a score without a document. */
export const FEATURES_ONLY = { _source: false, stored_fields: [FEATURES] } as const;

const One = v.pipe(v.array(v.string()), v.length(1));
export const KeptFields = v.object({ [FEATURES]: One, [KEPT]: v.optional(One) });

export function keep(document: object): string {
  return deflateRawSync(JSON.stringify(document)).toString('base64');
}

/** Reads the documents of one answer. */
export class KeptReader {
  #bytes = 0;

  /** Null where it is nothing that `keep` made. Throws `TeamFault` for too much. */
  read(kept: string): unknown {
    let text: Buffer;
    try {
      text = inflateRawSync(Buffer.from(kept, 'base64'), { maxOutputLength: MOST_BYTES });
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
