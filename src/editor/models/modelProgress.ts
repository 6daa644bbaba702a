/** The progress of a model that is being installed, or of a change of models. Pure. */
import type { ModelJob, ModelJobStep } from '../../domain/engineStatus.ts';

/**
 * Share of the whole that each step takes, in percent and in order; measured on one model, and good enough for a bar.
 */
const SHARES: Readonly<Record<ModelJob['kind'], Readonly<Partial<Record<ModelJobStep, number>>>>> = {
  download: { download: 70, copy: 5, fidelity: 15, weights: 8, checksums: 2 },
  import: { unpack: 15, copy: 15, fidelity: 45, weights: 20, checksums: 5 },
};

/** Progress within the step, or of a change of models, 0..1. */
export function stepShare({ done, total }: { readonly done: number; readonly total: number }): number {
  return total <= 0 ? 0 : Math.min(1, Math.max(0, done / total));
}

/** Progress over all steps, 0..1. A step that is left out counts as done. */
export function jobShare(job: ModelJob): number {
  let before = 0;
  for (const [step, share] of Object.entries(SHARES[job.kind])) {
    if (step === job.step) return (before + share * stepShare(job)) / 100;
    before += share;
  }
  return 0;
}

export function percent(share: number): number {
  // 0.29 * 100 is a hair below 29.
  return Math.floor(share * 100 + 1e-9);
}
