/** The description that an index on the server has of itself, and the fields of its documents. */
import * as v from 'valibot';
import { FEATURES, KEPT } from './keptDocument.ts';

/** Increased when documents or features come out differently. */
export const TEAM_FORMAT = 3;

const Text = v.pipe(v.string(), v.maxLength(200));
const Positive = v.pipe(v.number(), v.finite(), v.minValue(0));

const Meta = v.object({
  format: v.literal(TEAM_FORMAT),
  model: v.object({ name: Text, revision: Text, fingerprint: Text, quantisation: Text }),
  /** `indexFingerprint`: model and rules of passages; what a client must have to search by meaning. */
  fingerprint: Text,
  /** Average length of passages when the index was created; the weights of lexical features are based on it. */
  averageLength: Positive,
  /** The salt of the names of lexical features; null where the names are the terms themselves. */
  salt: v.nullable(Text),
});

export type IndexMeta = v.InferOutput<typeof Meta>;

/** Null where an index was not made by Malmoi, or by one of another format. */
export function readMeta(mapping: unknown): IndexMeta | null {
  const found = v.safeParse(v.object({ _meta: v.object({ malmoi: Meta }) }), mapping);
  return found.success ? found.output._meta.malmoi : null;
}

const KEYWORD = { type: 'keyword' };
const WEIGHTS = { type: 'rank_features' };
const STORED = { type: 'binary', store: true };

/** All other parts of a document are stored and not indexed. */
export function mappingOf(meta: IndexMeta): object {
  return {
    dynamic: false,
    // Readers take these from the kept document, and the postings need no copy.
    _source: { excludes: ['semantic', 'prose', 'beside', FEATURES, KEPT] },
    _meta: { malmoi: meta },
    properties: {
      // Documents that are no passages have these: `source` (`client/teamSources.ts`).
      record: KEYWORD,
      source: KEYWORD,
      path: KEYWORD,
      spelled: KEYWORD,
      // The keys (`nameKey`) of the file's name and of its folders' names.
      names: KEYWORD,
      folders: KEYWORD,
      extension: KEYWORD,
      tags: KEYWORD,
      hash: KEYWORD,
      fileHash: KEYWORD,
      modified: { type: 'double' },
      length: { type: 'double' },
      number: { type: 'integer' },
      semantic: WEIGHTS,
      prose: WEIGHTS,
      beside: WEIGHTS,
      [FEATURES]: STORED,
      [KEPT]: STORED,
    },
  };
}

export interface IndexLayout {
  readonly shards: number;
  readonly replicas: number;
}

export function settingsOf({ shards, replicas }: IndexLayout): object {
  return {
    number_of_shards: shards,
    number_of_replicas: replicas,
    refresh_interval: '5s',
    // Kept documents are compressed already, and the other codec takes longer to give them away.
    codec: 'default',
  };
}

/** `team-3f2a91c0-p2.96.192`: an index for each model and rules of passages. */
export function indexName(name: string, fingerprint: string): string {
  return `${name}-${fingerprint}-f${TEAM_FORMAT}`.toLowerCase();
}
