/** Fewer terms of a query's vector, and which of several such settings to take. Pure. */
import type { SparseVector } from '../../src/index/sparseVector.ts';

export interface Trimming {
  /** Lighter terms are left out. */
  readonly minWeight: number;
  /** So many of the heaviest are kept. */
  readonly top: number;
}

/** Of two with the same weight the one of the lower dimension is kept. */
export function trimmed(vector: SparseVector, { minWeight, top }: Trimming): SparseVector {
  const { dimensions, weights, places } = vector;
  const kept = Array.from(weights.keys())
    .filter(i => weights[i]! >= minWeight)
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, top)
    .sort((a, b) => a - b);
  return {
    dimensions: Uint32Array.from(kept, i => dimensions[i]!),
    weights: Float32Array.from(kept, i => weights[i]!),
    places: Uint16Array.from(kept, i => places[i]!),
  };
}

/** What a setting gave on each set, in the sets' order. */
export interface Trial {
  readonly trimming: Trimming;
  readonly ndcg: readonly number[];
  /** Terms of a query on the average. */
  readonly terms: readonly number[];
}

/** Worth less than the time that fewer terms save. */
const TOLERANCE = 0.0005;

/** On these sets: the fewest terms of all settings that are within `TOLERANCE` of the best mean. */
export function choice(trials: readonly Trial[], sets: readonly number[]): Trial {
  const mean = (values: readonly number[]): number =>
    sets.reduce((sum, set) => sum + values[set]!, 0) / sets.length;
  const best = Math.max(...trials.map(({ ndcg }) => mean(ndcg)));
  return trials
    .filter(({ ndcg }) => mean(ndcg) >= best - TOLERANCE)
    .reduce((least, trial) => (mean(trial.terms) < mean(least.terms) ? trial : least));
}

export interface LeftOut {
  readonly set: number;
  readonly chosen: Trimming;
  readonly before: number;
  readonly after: number;
}

/** Each set with what is chosen on the others; `before`: with the first trial's setting. */
export function leaveOneOut(trials: readonly Trial[], sets: number): LeftOut[] {
  const all = Array.from({ length: sets }, (_, i) => i);
  return all.map(set => {
    const chosen = choice(
      trials,
      all.filter(other => other !== set),
    );
    return { set, chosen: chosen.trimming, before: trials[0]!.ndcg[set]!, after: chosen.ndcg[set]! };
  });
}
