/** The kernel in TypeScript. It runs where WebAssembly has no SIMD, and is the reference for the WebAssembly one. */
import type { ScoreKernel } from './scoreKernel.ts';

export function plainKernel(): ScoreKernel {
  let bytes = new ArrayBuffer(0);
  let u8 = new Uint8Array(bytes);
  let u16 = new Uint16Array(bytes);
  let u32 = new Uint32Array(bytes);
  let i32 = new Int32Array(bytes);
  let f32 = new Float32Array(bytes);
  const { fround } = Math;
  return {
    kind: 'plain',
    memory: wanted => {
      if (wanted > bytes.byteLength) {
        const larger = new ArrayBuffer(Math.ceil(wanted / 65_536) * 65_536);
        new Uint8Array(larger).set(u8);
        bytes = larger;
        u8 = new Uint8Array(bytes);
        u16 = new Uint16Array(bytes);
        u32 = new Uint32Array(bytes);
        i32 = new Int32Array(bytes);
        f32 = new Float32Array(bytes);
      }
      return bytes;
    },
    addImpacts: (docs, impacts, count, weight, scores) => {
      const [d, s] = [docs >> 1, scores >> 2];
      for (let i = 0; i < count; i++) u32[s + u16[d + i]!]! += u8[impacts + i]! * weight;
    },
    addSaturated: (docs, counts, count, weight, headingWeight, metadataWeight, norms, scores) => {
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
      for (let i = 0; i < count; i++) if (u8[live + i] === 0) u32[(scores >> 2) + i] = 0;
    },
    blockMaxima: (values, count, maxima) => {
      const [v, m] = [values >> 2, maxima >> 2];
      let all = 0;
      for (let block = 0; block < count; block += 64) {
        let most = i32[v + block]!;
        for (let i = block; i < block + 64; i++) if (i32[v + i]! > most) most = i32[v + i]!;
        i32[m + (block >> 6)] = most;
        if (most > all) all = most;
      }
      return all;
    },
    fusedMaxima: (semantic, lexical, semanticFactor, lexicalFactor, count, maxima) => {
      const fused = fusing(semantic, lexical, semanticFactor, lexicalFactor);
      for (let block = 0; block < count >> 6; block++) f32[(maxima >> 2) + block] = fused(block);
    },
    collect: (values, maxima, count, floor, found) => {
      let n = found >> 2;
      for (let i = 0; i < count; i++) {
        if (i32[(maxima >> 2) + (i >> 6)]! < floor || i32[(values >> 2) + i]! < floor) continue;
        u32[n++] = i;
        i32[n++] = i32[(values >> 2) + i]!;
      }
      return (n - (found >> 2)) / 2;
    },
    countFrom: (values, maxima, count, floor) => {
      let n = 0;
      for (let i = 0; i < count; i++)
        if (i32[(maxima >> 2) + (i >> 6)]! >= floor && i32[(values >> 2) + i]! >= floor) n++;
      return n;
    },
    collectFused: (semantic, lexical, semanticFactor, lexicalFactor, maxima, count, floor, found) => {
      const fused = fusing(semantic, lexical, semanticFactor, lexicalFactor);
      const least = fround(floor);
      let n = found >> 2;
      for (let i = 0; i < count; i++) {
        if (f32[(maxima >> 2) + (i >> 6)]! < least || fused(i) < least) continue;
        u32[n++] = i;
        f32[n++] = fused(i);
      }
      return (n - (found >> 2)) / 2;
    },
    countFused: (semantic, lexical, semanticFactor, lexicalFactor, maxima, count, floor) => {
      const fused = fusing(semantic, lexical, semanticFactor, lexicalFactor);
      const least = fround(floor);
      let n = 0;
      for (let i = 0; i < count; i++) if (f32[(maxima >> 2) + (i >> 6)]! >= least && fused(i) >= least) n++;
      return n;
    },
    locate: (lists, count, passages, wanted, positions) => {
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

  function fusing(semantic: number, lexical: number, semanticFactor: number, lexicalFactor: number) {
    const [s, l] = [semantic >> 2, lexical >> 2];
    const [a, b] = [fround(semanticFactor), fround(lexicalFactor)];
    return (i: number): number => fround(fround(fround(i32[s + i]!) * a) + fround(f32[l + i]! * b));
  }
}
