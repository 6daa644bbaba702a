/**
 * `npm run eval -- tune-share FOLDER STORE` and `tune-heading FOLDER STORE`: one setting of the hybrid's ranking,
 * measured on the encoded sets; a set is reported with what is chosen on the others.
 */
import { evaluate, type Trial as Tried } from '../../src/evaluation/evaluate.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { BM25 } from '../../src/search/ranking/bm25.ts';
import type { EncodedSets } from './encodedSets.ts';
import { report, type Trial } from './leaveOneOut.ts';

interface Axis {
  readonly name: string;
  readonly values: readonly number[];
  readonly channelOf: (value: number) => Channel;
  readonly trialOf: (value: number) => Tried;
}

/** The semantic channel's weight. */
export const SHARE: Axis = {
  name: 'share',
  values: [0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 1],
  channelOf: value => (value === 0 ? 'lexical' : value === 1 ? 'semantic' : 'hybrid'),
  trialOf: share => ({ share }),
};

/** How many times a word in a heading counts, beside a model that reads the headings, too. */
export const HEADING: Axis = {
  name: 'heading',
  values: [0, 0.5, 1, 2, 3, 4],
  channelOf: () => 'hybrid',
  trialOf: headingWeight => ({ bm25: { ...BM25, headingWeight } }),
};

export async function tuneRanking({ sets, ports }: EncodedSets, axis: Axis): Promise<void> {
  console.log(`${axis.name.padEnd(9)}${sets.map(({ name }) => name.padStart(12)).join('')}        mean`);
  const trials: Trial<number | null>[] = [];
  // null: all as the product has it.
  for (const setting of [null, ...axis.values]) {
    const channel = setting === null ? 'hybrid' : axis.channelOf(setting);
    const tried = setting === null ? {} : axis.trialOf(setting);
    const ndcg: number[] = [];
    for (const set of sets) ndcg.push((await evaluate(set, channel, ports, 0, tried))['ndcg@10']);
    const mean = ndcg.reduce((sum, value) => sum + value, 0) / ndcg.length;
    console.log(
      `${said(setting).padEnd(9)}${[...ndcg, mean].map(value => value.toFixed(4).padStart(12)).join('')}`,
    );
    // As good as each other: what the product has.
    trials.push({ setting, ndcg, cost: sets.map(() => (setting === null ? 0 : 1)) });
  }
  report(
    sets.map(({ name }) => name),
    trials,
    trials[0]!,
    value => `${axis.name} ${said(value)}`,
  );
}

function said(value: number | null): string {
  return value === null ? 'own' : String(value);
}
