/**
 * Ranks only the passages that pass the filter, while reading the text of few: unverified ones are ranked
 * along and verified when they are among the best. Those that fail are removed, until all of the best have
 * passed.
 *
 * The result is the same as if all were verified first: the score's constants depend on the best of each
 * channel, so these are verified before; afterwards, removing a passage changes no other's score.
 */
import type { Segment } from '../../index/segment/segment.ts';
import type { Scorer } from '../../index/scoring/scorer.ts';
import type { Channel } from '../../domain/channel.ts';
import { rank, type Ranking, type RankSettings } from './fusion.ts';
import type { EncodedQuery } from '../query/encodedQuery.ts';
import type { PassageFilter } from '../filter/passageFilter.ts';

/**
 * Number of passages verified together where only the best of a channel is needed: a single one would often
 * have to be replaced.
 */
const FEW = 8;

/** `total` counts unverified passages that nobody had to look at. Rejects with `DamagedError`. */
export async function rankFiltered(
  scorer: Scorer,
  segments: readonly Segment[],
  query: Pick<EncodedQuery, 'semantic' | 'lexical' | 'rewritten'>,
  settings: Omit<RankSettings, 'wanted' | 'rewritten'>,
  wanted: PassageFilter | null,
): Promise<Ranking> {
  const { semantic, lexical, rewritten } = query;
  const ask = (channel: Channel, k: number): Promise<Ranking> =>
    rank(scorer, segments, semantic, lexical, {
      ...settings,
      channel,
      k,
      rewritten,
      wanted: wanted === null ? undefined : segment => wanted.flags(segment),
    });
  const { channel, k } = settings;
  if (wanted === null) return ask(channel, k);
  // Constants that are given depend on no maximum here.
  if (channel === 'hybrid' && settings.constants === undefined)
    for (const one of ['semantic', 'lexical'] as const)
      await settled(depth => ask(one, depth), 1, FEW, wanted);
  return settled(depth => ask(channel, depth), k, k, wanted);
}

/** Ranks until the `k` best are verified; after failures it asks for more, so that the next ones are known by then. */
async function settled(
  ask: (depth: number) => Promise<Ranking>,
  k: number,
  first: number,
  wanted: PassageFilter,
): Promise<Ranking> {
  for (let depth = first; ;) {
    const ranking = await ask(depth);
    const { hits } = ranking;
    const out = await wanted.settle(hits);
    const best = hits.slice(0, k);
    if (best.every(({ segment, passage }) => wanted.flags(segment)[passage] !== 0))
      return { ...ranking, hits: best };
    const share = (hits.length - out) / hits.length;
    depth = Math.ceil(Math.min(8 * depth, share === 0 ? Infinity : (1.5 * k) / share + FEW));
  }
}
