/** What is said of one system on one set. */
import type { BeirSet } from '../../src/evaluation/beir.ts';
import { figuresOf, METRICS, type Figures } from '../../src/evaluation/metrics.ts';
import type { Rankings } from './peers.ts';

/** Of a peer, whose rankings are numbers of documents. */
export function peerFigures(set: BeirSet, rankings: Rankings): Figures {
  return figuresOf(
    set.queries.map((query, i) => ({
      ranked: rankings[i]!.map(number => set.documents[number]!.id),
      grades: set.judgements.get(query.id)!,
    })),
  );
}

export interface SetFigures {
  readonly documents: number;
  readonly queries: number;
  /** Of how many documents these are, where not all were asked for: not the set's figures. */
  readonly limitedFrom: number | null;
  /** By channel of Malmoi. */
  readonly channels: Readonly<Record<string, Figures>>;
  readonly peers: Readonly<Record<string, Figures>>;
}

/** .9144 */
export function decimals(value: number): string {
  return value.toFixed(4).replace(/^0/, '');
}

const WIDTH = 22;

export function tableOf(
  name: string,
  { documents, queries, limitedFrom, channels, peers }: SetFigures,
): string {
  const partial = limitedFrom === null ? '' : `  !! PARTIAL: ${documents} of ${limitedFrom} documents`;
  const row = (system: string, figures: Figures): string =>
    `  ${system.padEnd(WIDTH)}${METRICS.map(metric => decimals(figures[metric]).padStart(11)).join('')}`;
  return [
    `${name}: ${documents} documents, ${queries} queries${partial}`,
    `  ${''.padEnd(WIDTH)}${METRICS.map(metric => metric.padStart(11)).join('')}`,
    ...Object.entries(channels).map(([channel, figures]) => row(`malmoi ${channel}`, figures)),
    ...Object.entries(peers).map(([peer, figures]) => row(peer, figures)),
  ].join('\n');
}

/** Each system's mean over the sets, where every set has it: a set counts once, however many queries it has. */
export function meanOf(sets: readonly SetFigures[]): SetFigures {
  const over = (of: (set: SetFigures) => Readonly<Record<string, Figures>>): Record<string, Figures> => {
    const names = Object.keys(of(sets[0]!)).filter(name => sets.every(set => of(set)[name] !== undefined));
    return Object.fromEntries(
      names.map(name => {
        const mean = (metric: (typeof METRICS)[number]): number =>
          sets.reduce((sum, set) => sum + of(set)[name]![metric], 0) / sets.length;
        return [name, Object.fromEntries(METRICS.map(metric => [metric, mean(metric)])) as Figures];
      }),
    );
  };
  const sum = (of: (set: SetFigures) => number): number => sets.reduce((total, set) => total + of(set), 0);
  const isPartial = sets.some(({ limitedFrom }) => limitedFrom !== null);
  return {
    documents: sum(set => set.documents),
    queries: sum(set => set.queries),
    limitedFrom: isPartial ? sum(set => set.limitedFrom ?? set.documents) : null,
    channels: over(set => set.channels),
    peers: over(set => set.peers),
  };
}
