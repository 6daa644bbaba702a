/**
 * `npm run bench -- team-cost`: what a team's index of a size costs, computed from figures that were measured at smaller
 * sizes (README, chapter on teams). Nothing of the table itself is measured.
 */

/** Measured by `npm run bench -- team-scale` and `npm run bench -- --only encoder`. */
export interface Measured {
  /** Bytes of the index, a passage. */
  readonly bytes: number;
  /** Of the encoder, on two idle cores. */
  readonly tokensPerSecond: number;
}

/**
 * 2026-11-29: the index of 760 to 2,450 passages, before documents were kept in one field; the encoder on two idle cores
 * (README.md of the benches). How long searches take at these sizes is not known, so the table leaves it out.
 */
export const MEASURED: Measured = {
  bytes: 6_200,
  tokensPerSecond: 5_498,
};

export interface Cost {
  readonly passages: number;
  /** Of one copy of the index. */
  readonly bytes: number;
  readonly cacheBytes: number;
  readonly shards: number;
  /** With one replica. */
  readonly diskBytes: number;
  /** Hours to encode. */
  readonly twoCores: number;
  readonly manyCores: number;
  readonly gpu: number;
}

/** Tokens of a passage. */
const TOKENS = 150;
/** A shard above it takes long to move and to recover. */
const SHARD_BYTES = 30e9;
/** Share of an index that searches come back to. */
const CACHED = 0.5;
const MANY_CORES = 64;
/** The embedded model. */
const MODEL = { layers: 12, width: 384, inner: 1_536, dimensions: 30_000 };
/** A data-centre GPU of 2022: peak of dense half-precision products, and the share of it that small models reach. */
const GPU_FLOPS = 312e12;
const GPU_SHARE = 0.3;

/** Multiplications and additions for a token: matrices, attention over a passage, and the output's dimensions. */
export function flopsPerToken({ layers, width, inner, dimensions } = MODEL, length = TOKENS): number {
  const matrices = 4 * width * width + 2 * width * inner;
  const attention = 2 * length * width;
  return 2 * (layers * (matrices + attention) + width * dimensions);
}

export function costOf(passages: number, measured: Measured): Cost {
  const bytes = passages * measured.bytes;
  const shards = Math.max(1, Math.ceil(bytes / SHARD_BYTES));
  const tokens = passages * TOKENS;
  const hours = (perSecond: number): number => tokens / perSecond / 3_600;
  return {
    passages,
    bytes,
    shards,
    cacheBytes: CACHED * bytes,
    diskBytes: 2 * bytes,
    twoCores: hours(measured.tokensPerSecond),
    manyCores: hours((measured.tokensPerSecond * MANY_CORES) / 2),
    gpu: hours((GPU_SHARE * GPU_FLOPS) / flopsPerToken()),
  };
}

export function lineOf({ passages, bytes, cacheBytes, shards, diskBytes, ...cost }: Cost): string {
  const gigabytes = (value: number): string => `${(value / 1e9).toPrecision(2)} GB`;
  const { twoCores, manyCores, gpu } = cost;
  return [
    `${passages.toExponential(0)} passages`,
    `index ${gigabytes(bytes)}, cache ${gigabytes(cacheBytes)}, ${shards} shards, disk with a replica ${gigabytes(diskBytes)}`,
    `hours to encode: 2 cores ${twoCores.toPrecision(2)}, 64 cores ${manyCores.toPrecision(2)}, one GPU ${gpu.toPrecision(2)}`,
  ].join('; ');
}
