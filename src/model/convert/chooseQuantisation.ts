/**
 * The choice of `auto`: it depends on a rule and on fidelity alone, so that a checkpoint becomes the same model on
 * every machine.
 */
import type { Fidelity } from '../modelFolder.ts';
import type { Quantisation } from './quantise.ts';

/**
 * Candidates, all a quarter of float32's size, in order of the work they need: 7-bit weights are multiplied as integers
 * on any processor without a sum that saturates, weight-only ones as floats. (The choice used to be measured: two
 * machines disagreed, and had different vectors for the same text.)
 */
const CANDIDATES: readonly Quantisation[] = ['s7', 'u8', 'w8'];
/** Fidelity that is enough; weight-only 8 bits keep more than .999 of any model seen. */
const GOOD_ENOUGH = { cosine: 0.995, top100: 0.93 };

export interface QuantisationChoice {
  readonly quantisation: Quantisation;
  readonly fidelity: Fidelity;
}

/** The first candidate that is good enough, or else the most faithful. Measures as few as possible. */
export async function chooseQuantisation(
  measure: (candidate: Quantisation, nth: number) => Promise<Fidelity>,
  candidates: readonly Quantisation[] = CANDIDATES,
): Promise<QuantisationChoice> {
  let best: QuantisationChoice | null = null;
  for (const [nth, quantisation] of candidates.entries()) {
    const choice = { quantisation, fidelity: await measure(quantisation, nth) };
    const { cosine, top100 } = choice.fidelity;
    if (cosine >= GOOD_ENOUGH.cosine && top100 >= GOOD_ENOUGH.top100) return choice;
    if (best === null || cosine > best.fidelity.cosine) best = choice;
  }
  return best!;
}

/** Maximum number of candidates that are measured. */
export const MOST_CANDIDATES = CANDIDATES.length;
