/** The kernel in TypeScript. It runs where WebAssembly has no SIMD, and is the reference for the WebAssembly one. */
import { PlainMemory } from './plainMemory.ts';
import type { ScoreKernel } from './scoreKernel.ts';

const { fround } = Math;

export function plainKernel(): ScoreKernel {
  const memory = new PlainMemory();
  return {
    kind: 'plain',
    memory: wanted => memory.grow(wanted),
    ...accumulation(memory),
    ...maxima(memory),
    ...collection(memory),
    ...fusedCollection(memory),
    ...location(memory),
  };
}

/** The functions add postings to scores, each function for one channel. */
function accumulation(memory: PlainMemory): Pick<ScoreKernel, 'addImpacts' | 'addSaturated' | 'maskScores'> {
  return {
    addImpacts: (docs, impacts, count, weight, scores) => {
      const { u8, u16, u32 } = memory;
      const [d, s] = [docs >> 1, scores >> 2];
      for (let i = 0; i < count; i++) u32[s + u16[d + i]!]! += u8[impacts + i]! * weight;
    },
    addSaturated: (docs, counts, count, weight, headingWeight, metadataWeight, norms, scores) => {
      const { u8, u16, f32 } = memory;
      const [d, n, s] = [docs >> 1, norms >> 2, scores >> 2];
      const [w, h, m] = [fround(weight), fround(headingWeight), fround(metadataWeight)];
      for (let i = 0; i < count; i++) {
        const doc = u16[d + i]!;
        const all = u8[counts + i]!;
        const inBoth = fround((all & 15) + fround(h * ((all >> 4) & 3)));
        const frequency = fround(inBoth + fround(m * (all >> 6)));
        const saturated = fround(frequency / fround(frequency + f32[n + doc]!));
        f32[s + doc] = fround(f32[s + doc]! + fround(w * saturated));
      }
    },
    maskScores: (scores, live, count) => {
      const { u8, u32 } = memory;
      for (let i = 0; i < count; i++) if (u8[live + i] === 0) u32[(scores >> 2) + i] = 0;
    },
  };
}

function maxima(memory: PlainMemory): Pick<ScoreKernel, 'blockMaxima' | 'fusedMaxima'> {
  return {
    blockMaxima: (values, count, found) => {
      const { i32 } = memory;
      const [v, m] = [values >> 2, found >> 2];
      let all = 0;
      for (let block = 0; block < count; block += 64) {
        let most = i32[v + block]!;
        for (let i = block; i < block + 64; i++) if (i32[v + i]! > most) most = i32[v + i]!;
        i32[m + (block >> 6)] = most;
        if (most > all) all = most;
      }
      return all;
    },
    fusedMaxima: (semantic, lexical, semanticFactor, lexicalFactor, count, found) => {
      const { f32 } = memory;
      const fused = fusing(memory, semantic, lexical, semanticFactor, lexicalFactor);
      for (let block = 0; block < count >> 6; block++) f32[(found >> 2) + block] = fused(block);
    },
  };
}

/** The functions find the scores of one channel that reach a floor. */
function collection(memory: PlainMemory): Pick<ScoreKernel, 'collect' | 'countFrom'> {
  return {
    collect: (values, blocks, count, floor, found) => {
      const { u32, i32 } = memory;
      let n = found >> 2;
      for (let i = 0; i < count; i++) {
        if (i32[(blocks >> 2) + (i >> 6)]! < floor || i32[(values >> 2) + i]! < floor) continue;
        u32[n++] = i;
        i32[n++] = i32[(values >> 2) + i]!;
      }
      return (n - (found >> 2)) / 2;
    },
    countFrom: (values, blocks, count, floor) => {
      const { i32 } = memory;
      let n = 0;
      for (let i = 0; i < count; i++)
        if (i32[(blocks >> 2) + (i >> 6)]! >= floor && i32[(values >> 2) + i]! >= floor) n++;
      return n;
    },
  };
}

/** The functions find the fused scores that reach a floor. */
function fusedCollection(memory: PlainMemory): Pick<ScoreKernel, 'collectFused' | 'countFused'> {
  return {
    collectFused: (semantic, lexical, semanticFactor, lexicalFactor, blocks, count, floor, found) => {
      const { u32, f32 } = memory;
      const fused = fusing(memory, semantic, lexical, semanticFactor, lexicalFactor);
      const least = fround(floor);
      let n = found >> 2;
      for (let i = 0; i < count; i++) {
        if (f32[(blocks >> 2) + (i >> 6)]! < least || fused(i) < least) continue;
        u32[n++] = i;
        f32[n++] = fused(i);
      }
      return (n - (found >> 2)) / 2;
    },
    countFused: (semantic, lexical, semanticFactor, lexicalFactor, blocks, count, floor) => {
      const { f32 } = memory;
      const fused = fusing(memory, semantic, lexical, semanticFactor, lexicalFactor);
      const least = fround(floor);
      let n = 0;
      for (let i = 0; i < count; i++) if (f32[(blocks >> 2) + (i >> 6)]! >= least && fused(i) >= least) n++;
      return n;
    },
  };
}

function location(memory: PlainMemory): Pick<ScoreKernel, 'locate'> {
  return {
    locate: (lists, count, passages, wanted, positions) => {
      const { u16, u32, i32 } = memory;
      const [t, p] = [lists >> 2, positions >> 2];
      for (let l = 0; l < count; l++) {
        const docs = u32[t + 2 * l]! >> 1;
        const length = u32[t + 2 * l + 1]!;
        for (let i = 0; i < wanted; i++) {
          const passage = u32[(passages >> 2) + i]!;
          let low = 0;
          for (let high = length; low < high;) {
            const middle = (low + high) >> 1;
            if (u16[docs + middle]! < passage) low = middle + 1;
            else high = middle;
          }
          i32[p + l * wanted + i] = low < length && u16[docs + low] === passage ? low : -1;
        }
      }
    },
  };
}

/** The fused score of a passage or block, from those of its channels. */
function fusing(
  { i32, f32 }: PlainMemory,
  semantic: number,
  lexical: number,
  semanticFactor: number,
  lexicalFactor: number,
): (i: number) => number {
  const [s, l] = [semantic >> 2, lexical >> 2];
  const [a, b] = [fround(semanticFactor), fround(lexicalFactor)];
  return i => fround(fround(fround(i32[s + i]!) * a) + fround(f32[l + i]! * b));
}
