/**
 * The inner loops of scoring, in AssemblyScript (https://www.assemblyscript.org): compiled to WebAssembly with
 * SIMD by the build. `../plainKernel.ts` is its twin and the description of what each function does; a test
 * compares both bit for bit. All pointers are byte addresses in linear memory; counts are elements.
 */

export function addImpacts(docs: usize, impacts: usize, count: i32, weight: u32, scores: usize): void {
  const whole = count & ~3;
  let i = 0;
  for (; i < whole; i += 4) {
    const four = load<u64>(docs + ((<usize>i) << 1));
    const values = load<u32>(impacts + <usize>i);
    const a = scores + ((<usize>(four & 0xffff)) << 2);
    const b = scores + ((<usize>((four >> 16) & 0xffff)) << 2);
    const c = scores + ((<usize>((four >> 32) & 0xffff)) << 2);
    const d = scores + ((<usize>(four >> 48)) << 2);
    store<u32>(a, load<u32>(a) + (values & 255) * weight);
    store<u32>(b, load<u32>(b) + ((values >> 8) & 255) * weight);
    store<u32>(c, load<u32>(c) + ((values >> 16) & 255) * weight);
    store<u32>(d, load<u32>(d) + (values >> 24) * weight);
  }
  for (; i < count; i++) {
    const a = scores + ((<usize>load<u16>(docs + ((<usize>i) << 1))) << 2);
    store<u32>(a, load<u32>(a) + <u32>load<u8>(impacts + <usize>i) * weight);
  }
}

export function addSaturated(
  docs: usize,
  counts: usize,
  count: i32,
  weight: f32,
  headingWeight: f32,
  norms: usize,
  scores: usize,
): void {
  for (let i = 0; i < count; i++) {
    const at = (<usize>load<u16>(docs + ((<usize>i) << 1))) << 2;
    const both = <u32>load<u8>(counts + <usize>i);
    const frequency = <f32>(both & 15) + headingWeight * <f32>(both >> 4);
    const saturated = frequency / (frequency + load<f32>(norms + at));
    store<f32>(scores + at, load<f32>(scores + at) + weight * saturated);
  }
}

export function silence(scores: usize, live: usize, count: i32): void {
  for (let i = 0; i < count; i++)
    if (load<u8>(live + <usize>i) == 0) store<u32>(scores + ((<usize>i) << 2), 0);
}

export function blockMaxima(values: usize, count: i32, maxima: usize): void {
  for (let block = 0; block < count; block += 64) {
    const at = values + ((<usize>block) << 2);
    let a = v128.load(at);
    let b = v128.load(at, 16);
    for (let i = 32; i < 256; i += 32) {
      a = i32x4.max_s(a, v128.load(at + <usize>i));
      b = i32x4.max_s(b, v128.load(at + <usize>i, 16));
    }
    const most = i32x4.max_s(a, b);
    const first = max(i32x4.extract_lane(most, 0), i32x4.extract_lane(most, 1));
    const second = max(i32x4.extract_lane(most, 2), i32x4.extract_lane(most, 3));
    store<i32>(maxima + ((<usize>(block >> 6)) << 2), max(first, second));
  }
}

export function fusedMaxima(
  semantic: usize,
  lexical: usize,
  semanticFactor: f32,
  lexicalFactor: f32,
  count: i32,
  maxima: usize,
): void {
  const s = f32x4.splat(semanticFactor);
  const l = f32x4.splat(lexicalFactor);
  for (let block = 0; block < count; block += 64) {
    let largest = f32x4.splat(0);
    for (let i = block; i < block + 64; i += 4)
      largest = f32x4.max(largest, fusedFour(semantic, lexical, s, l, i));
    const first = max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
    const second = max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3));
    store<f32>(maxima + ((<usize>(block >> 6)) << 2), max(first, second));
  }
}

function fusedFour(semantic: usize, lexical: usize, s: v128, l: v128, i: i32): v128 {
  const at = (<usize>i) << 2;
  return f32x4.add(
    f32x4.mul(f32x4.convert_i32x4_s(v128.load(semantic + at)), s),
    f32x4.mul(v128.load(lexical + at), l),
  );
}

export function collect(values: usize, maxima: usize, count: i32, floor: i32, found: usize): i32 {
  let n: i32 = 0;
  for (let block = 0; block < count; block += 64) {
    if (load<i32>(maxima + ((<usize>(block >> 6)) << 2)) < floor) continue;
    for (let i = block; i < block + 64; i++) {
      const value = load<i32>(values + ((<usize>i) << 2));
      if (value < floor) continue;
      store<u32>(found + ((<usize>n) << 3), i);
      store<i32>(found + ((<usize>n) << 3), value, 4);
      n++;
    }
  }
  return n;
}

export function countFrom(values: usize, maxima: usize, count: i32, floor: i32): i32 {
  const below = i32x4.splat(floor - 1);
  let counts = i32x4.splat(0);
  for (let block = 0; block < count; block += 64) {
    if (load<i32>(maxima + ((<usize>(block >> 6)) << 2)) < floor) continue;
    const at = values + ((<usize>block) << 2);
    // A lane that is above is -1.
    for (let i = 0; i < 256; i += 16) counts = i32x4.sub(counts, i32x4.gt_s(v128.load(at + <usize>i), below));
  }
  return sumOf(counts);
}

export function collectFused(
  semantic: usize,
  lexical: usize,
  semanticFactor: f32,
  lexicalFactor: f32,
  maxima: usize,
  count: i32,
  floor: f32,
  found: usize,
): i32 {
  let n: i32 = 0;
  for (let block = 0; block < count; block += 64) {
    if (load<f32>(maxima + ((<usize>(block >> 6)) << 2)) < floor) continue;
    for (let i = block; i < block + 64; i++) {
      const at = (<usize>i) << 2;
      const value = <f32>load<i32>(semantic + at) * semanticFactor + load<f32>(lexical + at) * lexicalFactor;
      if (value < floor) continue;
      store<u32>(found + ((<usize>n) << 3), i);
      store<f32>(found + ((<usize>n) << 3), value, 4);
      n++;
    }
  }
  return n;
}

export function countFused(
  semantic: usize,
  lexical: usize,
  semanticFactor: f32,
  lexicalFactor: f32,
  maxima: usize,
  count: i32,
  floor: f32,
): i32 {
  const s = f32x4.splat(semanticFactor);
  const l = f32x4.splat(lexicalFactor);
  const least = f32x4.splat(floor);
  let counts = i32x4.splat(0);
  for (let block = 0; block < count; block += 64) {
    if (load<f32>(maxima + ((<usize>(block >> 6)) << 2)) < floor) continue;
    for (let i = block; i < block + 64; i += 4)
      counts = i32x4.sub(counts, f32x4.ge(fusedFour(semantic, lexical, s, l, i), least));
  }
  return sumOf(counts);
}

export function locate(docs: usize, count: i32, passages: usize, wanted: i32, positions: usize): void {
  for (let i = 0; i < wanted; i++) {
    const passage = load<u32>(passages + ((<usize>i) << 2));
    let first: i32 = 0;
    // The last posting that is not above the passage: always the same number of steps, none of them a guess.
    for (let length = count; length > 1;) {
      const half = length >> 1;
      first = select(first + half, first, <u32>load<u16>(docs + ((<usize>(first + half)) << 1)) <= passage);
      length -= half;
    }
    const isThere = count > 0 && <u32>load<u16>(docs + ((<usize>first) << 1)) == passage;
    store<i32>(positions + ((<usize>i) << 2), isThere ? first : -1);
  }
}

function sumOf(counts: v128): i32 {
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}
