/**
 * Models that are known to work here, as data: the facts that a person needs to choose one before any network is
 * touched.
 */
export interface KnownModel {
  /** `owner/name` on the hub. */
  readonly id: string;
  /** Branch that is resolved to a commit at download; the installed model records the commit. */
  readonly revision: string;
  /** SPDX identifier. */
  readonly license: string;
  /** Approximate bytes of the downloaded files; the hub's listing has the exact number. */
  readonly bytes: number;
  readonly languages: readonly string[];
  readonly dimensions: number;
  readonly maxTokens: number;
  readonly note: { readonly ko: string; readonly en: string };
}

/**
 * All models are symmetric: they have the same encoder for queries and passages. (Inference-free models, which look
 * query weights up in a table, are left out on purpose.)
 */
export const KNOWN_MODELS: readonly KnownModel[] = [
  {
    id: 'telepix/PIXIE-Splade-Preview',
    revision: 'main',
    license: 'Apache-2.0',
    bytes: 302_000_000,
    languages: ['ko'],
    dimensions: 50_000,
    maxTokens: 8192,
    note: {
      ko: '한국어 전용. 내장 모델보다 크고 느리며, 만든 곳의 평가에서 정확합니다.',
      en: 'Korean only. Larger and slower than the embedded model; accurate by its makers’ evaluation.',
    },
  },
  {
    id: 'telepix/PIXIE-Splade-v1.0',
    revision: 'main',
    license: 'Apache-2.0',
    bytes: 302_000_000,
    languages: ['ko', 'en'],
    dimensions: 50_000,
    maxTokens: 5632,
    note: {
      ko: '한국어와 영어. 항공·우주 분야의 글에 강합니다.',
      en: 'Korean and English. Strong on aerospace texts.',
    },
  },
  {
    id: 'telepix/PIXIE-Splade-v1.5',
    revision: 'main',
    license: 'Apache-2.0',
    bytes: 302_000_000,
    languages: ['ko', 'en'],
    dimensions: 50_000,
    maxTokens: 5632,
    note: {
      ko: '한국어와 영어. v1.0의 다음 판입니다.',
      en: 'Korean and English. The successor of v1.0.',
    },
  },
  {
    id: 'opensearch-project/opensearch-neural-sparse-encoding-v2-distill',
    revision: 'main',
    license: 'Apache-2.0',
    bytes: 269_000_000,
    languages: ['en'],
    dimensions: 30_522,
    maxTokens: 512,
    note: {
      ko: '영어 전용. 영어 문서만 있을 때 씁니다.',
      en: 'English only, for folders of English documents.',
    },
  },
  {
    id: 'naver/splade-cocondenser-ensembledistil',
    revision: 'main',
    license: 'CC-BY-NC-SA-4.0',
    bytes: 439_000_000,
    languages: ['en'],
    dimensions: 30_522,
    maxTokens: 512,
    note: {
      ko: '영어 전용. 상업적 이용은 허용되지 않습니다.',
      en: 'English only. Commercial use is not permitted.',
    },
  },
  {
    id: 'naver/splade-v3',
    revision: 'main',
    license: 'CC-BY-NC-SA-4.0',
    bytes: 439_000_000,
    languages: ['en'],
    dimensions: 30_522,
    maxTokens: 512,
    note: {
      ko: '영어 전용. 상업적 이용은 허용되지 않으며, 받기 전에 허브에서 이용 약관에 동의해야 할 수 있습니다.',
      en: 'English only. Commercial use is not permitted; the hub may ask you to accept its terms first.',
    },
  },
];

/** The id for a name that the user gives: a known id or its last part, in any case, or any `owner/name` of the hub. */
export function modelIdOf(name: string): string | null {
  const wanted = name.toLowerCase();
  const known = KNOWN_MODELS.find(({ id }) => [id, lastPart(id)].some(each => each.toLowerCase() === wanted));
  if (known !== undefined) return known.id;
  return /^\w[\w.-]{0,95}\/\w[\w.-]{0,95}$/.test(name) && !name.includes('..') ? name : null;
}

export function knownModel(id: string): KnownModel | null {
  return KNOWN_MODELS.find(model => model.id === id) ?? null;
}

/** The name of the model once installed: the `name` of `owner/name`. */
export function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
