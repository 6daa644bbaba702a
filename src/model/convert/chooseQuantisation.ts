/** What `auto` takes: by rule and fidelity alone, so that a checkpoint becomes the same model on every machine. */
import type { Fidelity } from '../modelFolder.ts';
import type { Quantisation } from './quantise.ts';

/**
 * All are a quarter of float32's size. In order of the work they need: 7-bit weights are multiplied as integers on any
 * processor without a sum that saturates, weight-only ones as floats. (Which is faster used to be measured: two
 * machines disagreed, and had different vectors for the same text.)
 */
const CANDIDATES: readonly Quantisation[] = ['s7', 'u8', 'w8'];
/** Enough; weight-only 8 bits keep more than .999 of any model seen. */
const GOOD_ENOUGH = { cosine: 0.995, top100: 0.93 };

export interface QuantisationChoice {
  readonly quantisation: Quantisation;
  readonly fidelity: Fidelity;
}

/** The first that is good enough; where none is, the most faithful. Measures no more than it must. */
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

/** How many are measured at most. */
export const MOST_CANDIDATES = CANDIDATES.length;
