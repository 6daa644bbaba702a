/**
 * `npm run eval -- tune-query FOLDER STORE`: how many terms of a query's vector are worth their time. Every setting
 * of a grid is measured on the encoded sets; a set is reported with what is chosen on the others.
 */
import { evaluate } from '../../src/evaluation/evaluate.ts';
import type { SparseVector } from '../../src/index/sparseVector.ts';
import type { EncodedSets } from './encodedSets.ts';
import { report, type Trial } from './leaveOneOut.ts';
import { trimmed, type Trimming } from './trimming.ts';

const MIN_WEIGHTS = [0, 0.05, 0.1, 0.2, 0.3];
const TOPS = [Infinity, 64, 32, 16, 8];
/** The first one is the product's. */
const GRID: readonly Trimming[] = MIN_WEIGHTS.flatMap(minWeight => TOPS.map(top => ({ minWeight, top })));

export async function tuneQuery({ sets, ports }: EncodedSets): Promise<void> {
  // Every query is encoded, and every list read, before anything is timed.
  for (const set of sets) await evaluate(set, 'hybrid', ports, 0);
  const trials: Trial<Trimming>[] = [];
  for (const setting of GRID) {
    const ndcg: number[] = [];
    const cost: number[] = [];
    let line = said(setting).padEnd(34);
    for (const set of sets) {
      let count = 0;
      let queries = 0;
      const encodeQuery = async (text: string): Promise<SparseVector> => {
        const vector = trimmed(await ports.encodeQuery(text), setting);
        count += vector.dimensions.length;
        queries++;
        return vector;
      };
      const found = await evaluate(set, 'hybrid', { ...ports, encodeQuery }, 0);
      ndcg.push(found['ndcg@10']);
      cost.push(count / Math.max(1, queries));
      const { p50, p95 } = found.latency_ms;
      line += `  ${set.name} ${found['ndcg@10'].toFixed(4)} ${cost.at(-1)!.toFixed(1).padStart(5)} terms ${p50.toFixed(1)} / ${p95.toFixed(1)} ms`;
    }
    console.log(line);
    trials.push({ setting, ndcg, cost });
  }
  report(
    sets.map(({ name }) => name),
    trials,
    trials[0]!,
    said,
  );
}

function said({ minWeight, top }: Trimming): string {
  return `min_weight ${minWeight}, top ${top}`;
}
