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
  /** The server's processor time a search: of any, and for a million passages. */
  readonly searchMs: { readonly any: number; readonly million: number };
}

/**
 * 2026-11-30, two idle cores: 100,000 to 1,000,000 drawn passages (129 ms at 200,000, 988 at a million); the encoder's
 * speed on two idle cores (README.md of the benches). Real passages took 6.2 KB at 2,450.
 */
export const MEASURED: Measured = {
  bytes: 22_000,
  tokensPerSecond: 5_498,
  searchMs: { any: 20, million: 970 },
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
  /** The server's processor time a search, over all shards. */
  readonly searchMs: number;
  /** Cores that answer one search at a time in time, if its work is divided among them. */
  readonly cores: number;
}

/** Tokens of a passage. */
const TOKENS = 150;
/** A shard above it takes long to move and to recover. */
const SHARD_BYTES = 30e9;
/** Share of an index that searches come back to. */
const CACHED = 0.5;
const MANY_CORES = 64;
/** A core's milliseconds of a search that takes 300 by the clock at p95: so it was at 100,000 passages (65 and 101). */
const IN_TIME = 190;
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
  const tokens = passages * TOKENS;
  const hours = (perSecond: number): number => tokens / perSecond / 3_600;
  const searchMs = measured.searchMs.any + (measured.searchMs.million * passages) / 1e6;
  const cores = Math.ceil(searchMs / IN_TIME);
  return {
    passages,
    bytes,
    // A shard is searched by one thread.
    shards: Math.max(cores, Math.ceil(bytes / SHARD_BYTES)),
    cacheBytes: CACHED * bytes,
    diskBytes: 2 * bytes,
    twoCores: hours(measured.tokensPerSecond),
    manyCores: hours((measured.tokensPerSecond * MANY_CORES) / 2),
    gpu: hours((GPU_SHARE * GPU_FLOPS) / flopsPerToken()),
    searchMs,
    cores,
  };
}

export function lineOf({ passages, bytes, cacheBytes, shards, diskBytes, ...cost }: Cost): string {
  const gigabytes = (value: number): string => `${(value / 1e9).toPrecision(2)} GB`;
  const { twoCores, manyCores, gpu, searchMs, cores } = cost;
  return [
    `${passages.toExponential(0)} passages`,
    `index ${gigabytes(bytes)}, cache ${gigabytes(cacheBytes)}, ${shards} shards, disk with a replica ${gigabytes(diskBytes)}`,
    `hours to encode: 2 cores ${twoCores.toPrecision(2)}, 64 cores ${manyCores.toPrecision(2)}, one GPU ${gpu.toPrecision(2)}`,
    `a search: ${searchMs.toPrecision(2)} ms of the server's processors, ${cores} of them for 300 ms at p95`,
  ].join('; ');
}
