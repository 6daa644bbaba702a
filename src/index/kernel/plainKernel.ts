/** The kernel in TypeScript: used where WebAssembly has no SIMD, and what the WebAssembly one is compared with. */
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
    addSaturated: (docs, counts, count, weight, headingWeight, norms, scores) => {
      const [d, n, s] = [docs >> 1, norms >> 2, scores >> 2];
      const [w, h] = [fround(weight), fround(headingWeight)];
      for (let i = 0; i < count; i++) {
        const doc = u16[d + i]!;
        const both = u8[counts + i]!;
        const frequency = fround((both & 15) + fround(h * (both >> 4)));
        const saturated = fround(frequency / fround(frequency + f32[n + doc]!));
        f32[s + doc] = fround(f32[s + doc]! + fround(w * saturated));
      }
    },
    silence: (scores, live, count) => {
      for (let i = 0; i < count; i++) if (u8[live + i] === 0) u32[(scores >> 2) + i] = 0;
    },
    fuse: (semantic, lexical, semanticFactor, lexicalFactor, fused, maxima, count) => {
      const [s, l, f, m] = [semantic >> 2, lexical >> 2, fused >> 2, maxima >> 2];
      const [a, b] = [fround(semanticFactor), fround(lexicalFactor)];
      for (let block = 0; block < count; block += 64) {
        let largest = 0;
        for (let i = block; i < block + 64; i++) {
          const sum = fround(fround(fround(i32[s + i]!) * a) + fround(f32[l + i]! * b));
          f32[f + i] = sum;
          if (sum > largest) largest = sum;
        }
        f32[m + (block >> 6)] = largest;
      }
    },
    largest: (values, count) => {
      let most = 0;
      for (let i = values >> 2; i < (values >> 2) + count; i++) if (i32[i]! > most) most = i32[i]!;
      return most;
    },
    collect: (values, count, floor, found) => {
      let n = found >> 2;
      for (let i = 0; i < count; i++) if (i32[(values >> 2) + i]! >= floor) u32[n++] = i;
      return n - (found >> 2);
    },
    countFrom: (values, count, floor) => {
      let n = 0;
      for (let i = values >> 2; i < (values >> 2) + count; i++) if (i32[i]! >= floor) n++;
      return n;
    },
  };
}
