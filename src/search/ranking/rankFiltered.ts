/**
 * The ranking among the wanted passages only, though a text is read of few of them: those in doubt are ranked along,
 * and looked at when they are among the best. What is not wanted is taken out, until all of the best are.
 *
 * The answer is that of looking at all of them first: the score's constants are made of the best of each channel, so
 * these are settled before; a passage that is taken out changes no other's score then.
 */
import type { Segment } from '../../index/segment/segment.ts';
import type { Scorer } from '../../index/scoring/scorer.ts';
import type { Channel } from '../../domain/channel.ts';
import { rank, type Ranking, type RankSettings } from './fusion.ts';
import type { EncodedQuery } from '../query/encodedQuery.ts';
import type { PassageFilter } from '../filter/passageFilter.ts';

/** Looked at together when only the best of a channel is asked for: one alone would often have to be replaced. */
const FEW = 8;

/** `total` counts those in doubt that nobody had to look at. Rejects with `DamagedError`. */
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

/** Asks until the `k` best are wanted for sure; deeper when some were not, so that the next ones are known by then. */
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
