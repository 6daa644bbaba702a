/** Passages as a server gives them: the features are read at once, and what is shown only where it is asked for. */
import * as v from 'valibot';
import { TeamFault } from '../client/teamFault.ts';
import { StoredDocument } from '../documents.ts';
import { FEATURES, KEPT, KeptFields, type KeptReader } from '../keptDocument.ts';
import { PackedFeatures } from '../packedFeatures.ts';

export interface OpenPassage {
  readonly features: PackedFeatures;
  readonly document: StoredDocument;
}

export class ServedPassage {
  readonly features: PackedFeatures;
  readonly #kept: string | undefined;
  readonly #reader: KeptReader;

  private constructor(features: PackedFeatures, kept: string | undefined, reader: KeptReader) {
    this.features = features;
    this.#kept = kept;
    this.#reader = reader;
  }

  /** `fields` of a hit as they came; null where they are no passage. */
  static of(fields: unknown, reader: KeptReader): ServedPassage | null {
    const found = v.safeParse(KeptFields, fields);
    if (!found.success) return null;
    const features = PackedFeatures.read(found.output[FEATURES][0]!);
    return features === null ? null : new ServedPassage(features, found.output[KEPT]?.[0], reader);
  }

  /** Null for a malformed one. Throws `TeamFault` where the answer unpacks to too much. */
  open(): OpenPassage | null {
    if (this.#kept === undefined) return null;
    const document = v.safeParse(StoredDocument, this.#reader.read(this.#kept));
    return document.success ? { features: this.features, document: document.output } : null;
  }
}

/** Opens all, and leaves out the malformed ones. Throws `TeamFault` where all are malformed. */
export function opened(passages: readonly ServedPassage[]): readonly OpenPassage[] {
  const found = passages.map(passage => passage.open()).filter(passage => passage !== null);
  if (found.length === 0 && passages.length > 0) throw new TeamFault('malformed', 'passages');
  return found;
}
