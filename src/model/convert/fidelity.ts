/** Measures how much of a model quantisation keeps: its vectors against those of the same model in float32. */
import type { Fidelity } from '../modelFolder.ts';

const TOP = 100;

/** Both arguments are `[texts][dimensions]`. */
export function fidelityOf(
  exact: readonly Float32Array[],
  quantised: readonly Float32Array[],
): Omit<Fidelity, 'tokensPerSecond'> {
  const cosines = exact.map((vector, i) => cosine(vector, quantised[i]!));
  const overlaps = exact.map((vector, i) => overlap(vector, quantised[i]!));
  return { cosine: mean(cosines), worstCosine: Math.min(...cosines), top100: mean(overlaps) };
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  // Two vectors without a weight are the same vector.
  return aa === 0 && bb === 0 ? 1 : dot / (Math.sqrt(aa * bb) || 1);
}

function overlap(a: Float32Array, b: Float32Array): number {
  const strongest = strongestOf(a);
  const others = new Set(strongestOf(b));
  return strongest.length === 0 ? 1 : strongest.filter(i => others.has(i)).length / strongest.length;
}

function strongestOf(vector: Float32Array): readonly number[] {
  return Array.from(vector.keys())
    .filter(i => vector[i]! > 0)
    .sort((i, j) => vector[j]! - vector[i]!)
    .slice(0, TOP);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
