/**
 * `npm run eval -- tune-share FOLDER STORE`: the semantic channel's weight in the hybrid, measured on the encoded
 * sets; a set is reported with what is chosen on the others. `own` is the product's: by the question's length.
 */
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { EncodedSets } from './encodedSets.ts';
import { report, type Trial } from './leaveOneOut.ts';

/** What is tried for all questions alike; null is the product's own. */
const SHARES = [null, 0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 1];

export async function tuneShare({ sets, ports }: EncodedSets): Promise<void> {
  console.log(`share  ${sets.map(({ name }) => name.padStart(12)).join('')}        mean`);
  const trials: Trial<number | null>[] = [];
  for (const setting of SHARES) {
    const channel = setting === 0 ? 'lexical' : setting === 1 ? 'semantic' : 'hybrid';
    const ndcg: number[] = [];
    for (const set of sets)
      ndcg.push((await evaluate(set, channel, ports, 0, { share: setting ?? undefined }))['ndcg@10']);
    const mean = ndcg.reduce((sum, value) => sum + value, 0) / ndcg.length;
    console.log(
      `${said(setting).padEnd(7)}${[...ndcg, mean].map(value => value.toFixed(4).padStart(12)).join('')}`,
    );
    // As good as each other: what the product has.
    trials.push({ setting, ndcg, cost: sets.map(() => (setting === null ? 0 : 1)) });
  }
  report(
    sets.map(({ name }) => name),
    trials,
    trials[0]!,
    share => `share ${said(share)}`,
  );
}

function said(share: number | null): string {
  return share === null ? 'own' : share.toFixed(2);
}
