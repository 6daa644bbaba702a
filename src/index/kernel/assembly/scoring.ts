/**
 * The inner loops of scoring, in AssemblyScript (https://www.assemblyscript.org): the build compiles them to
 * WebAssembly with SIMD. Its twin `../plainKernel.ts` describes what each function does; a test compares both
 * bit for bit. All pointers are byte addresses in linear memory; counts are elements.
 */

/*
 * Handles eight postings a step, gathering their sums into lanes and scattering them back: 0.75 ns a posting
 * instead of 1.2 one by one. Reading all eight before writing any is safe, because no passage is in a list
 * twice.
 */
export function addImpacts(docs: usize, impacts: usize, count: i32, weight: u32, scores: usize): void {
  const w = i32x4.splat(weight);
  const whole = count & ~7;
  const end = impacts + <usize>whole;
  let d = docs;
  for (let v = impacts; v < end; v += 8) {
    const values = v128.load_ext<u8>(v);
    const a = scores + ((<usize>load<u16>(d)) << 2);
    const b = scores + ((<usize>load<u16>(d, 2)) << 2);
    const c = scores + ((<usize>load<u16>(d, 4)) << 2);
    const e = scores + ((<usize>load<u16>(d, 6)) << 2);
    const first = i32x4.add(four(a, b, c, e), i32x4.mul(i32x4.extend_low_i16x8_u(values), w));
    const f = scores + ((<usize>load<u16>(d, 8)) << 2);
    const g = scores + ((<usize>load<u16>(d, 10)) << 2);
    const h = scores + ((<usize>load<u16>(d, 12)) << 2);
    const i = scores + ((<usize>load<u16>(d, 14)) << 2);
    const second = i32x4.add(four(f, g, h, i), i32x4.mul(i32x4.extend_high_i16x8_u(values), w));
    storeFour(a, b, c, e, first);
    storeFour(f, g, h, i, second);
    d += 16;
  }
  for (let i = whole; i < count; i++) {
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
  metadataWeight: f32,
  norms: usize,
  scores: usize,
): void {
  const w = f32x4.splat(weight);
  const heading = f32x4.splat(headingWeight);
  const metadata = f32x4.splat(metadataWeight);
  const low = i32x4.splat(15);
  const two = i32x4.splat(3);
  const whole = count & ~3;
  const end = counts + <usize>whole;
  let d = docs;
  for (let v = counts; v < end; v += 4) {
    const a = (<usize>load<u16>(d)) << 2;
    const b = (<usize>load<u16>(d, 2)) << 2;
    const c = (<usize>load<u16>(d, 4)) << 2;
    const e = (<usize>load<u16>(d, 6)) << 2;
    const all = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(v)));
    const inText = f32x4.convert_i32x4_s(v128.and(all, low));
    const inHeadings = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(all, 4), two));
    const inMetadata = f32x4.convert_i32x4_s(i32x4.shr_u(all, 6));
    const inBoth = f32x4.add(inText, f32x4.mul(heading, inHeadings));
    const frequency = f32x4.add(inBoth, f32x4.mul(metadata, inMetadata));
    const norm = four(norms + a, norms + b, norms + c, norms + e);
    const added = f32x4.mul(w, f32x4.div(frequency, f32x4.add(frequency, norm)));
    const sums = f32x4.add(four(scores + a, scores + b, scores + c, scores + e), added);
    storeFour(scores + a, scores + b, scores + c, scores + e, sums);
    d += 8;
  }
  for (let i = whole; i < count; i++) {
    const at = (<usize>load<u16>(docs + ((<usize>i) << 1))) << 2;
    const all = <u32>load<u8>(counts + <usize>i);
    const inBoth = <f32>(all & 15) + headingWeight * <f32>((all >> 4) & 3);
    const frequency = inBoth + metadataWeight * <f32>(all >> 6);
    const saturated = frequency / (frequency + load<f32>(norms + at));
    store<f32>(scores + at, load<f32>(scores + at) + weight * saturated);
  }
}

function four(a: usize, b: usize, c: usize, d: usize): v128 {
  let lanes = v128.load32_zero(a);
  lanes = v128.load_lane<u32>(b, lanes, 1);
  lanes = v128.load_lane<u32>(c, lanes, 2);
  return v128.load_lane<u32>(d, lanes, 3);
}

function storeFour(a: usize, b: usize, c: usize, d: usize, lanes: v128): void {
  v128.store_lane<u32>(a, lanes, 0);
  v128.store_lane<u32>(b, lanes, 1);
  v128.store_lane<u32>(c, lanes, 2);
  v128.store_lane<u32>(d, lanes, 3);
}

export function maskScores(scores: usize, live: usize, count: i32): void {
  for (let i = 0; i < count; i++)
    if (load<u8>(live + <usize>i) == 0) store<u32>(scores + ((<usize>i) << 2), 0);
}

export function blockMaxima(values: usize, count: i32, maxima: usize): i32 {
  let all: i32 = 0;
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
    const largest = max(first, second);
    store<i32>(maxima + ((<usize>(block >> 6)) << 2), largest);
    all = max(all, largest);
  }
  return all;
}

export function fusedMaxima(
  semantic: usize,
  lexical: usize,
  semanticFactor: f32,
  lexicalFactor: f32,
  count: i32,
  maxima: usize,
): void {
  const end = <usize>(count >> 4);
  for (let at: usize = 0; at < end; at += 4)
    store<f32>(
      maxima + at,
      <f32>load<i32>(semantic + at) * semanticFactor + load<f32>(lexical + at) * lexicalFactor,
    );
}

function fusedFour(semantic: usize, lexical: usize, s: v128, l: v128, at: usize): v128 {
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
    // A lane whose value is above the key is -1.
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
    const end = ((<usize>block) << 2) + 256;
    for (let at = end - 256; at < end; at += 16)
      counts = i32x4.sub(counts, f32x4.ge(fusedFour(semantic, lexical, s, l, at), least));
  }
  return sumOf(counts);
}

export function locate(lists: usize, count: i32, passages: usize, wanted: i32, positions: usize): void {
  for (let l = 0; l < count; l++) {
    const list = lists + ((<usize>l) << 3);
    const docs = <usize>load<u32>(list);
    const length = load<i32>(list, 4);
    for (let i = 0; i < wanted; i++) {
      store<i32>(positions, positionIn(docs, length, load<u32>(passages + ((<usize>i) << 2))));
      positions += 4;
    }
  }
}

/**
 * Finds the last posting that is not above the passage; the number of steps is always the same, without a
 * branch to mispredict.
 */
function positionIn(docs: usize, count: i32, passage: u32): i32 {
  if (count == 0) return -1;
  let first: i32 = 0;
  for (let length = count; length > 1;) {
    const half = length >> 1;
    first = select(first + half, first, <u32>load<u16>(docs + ((<usize>(first + half)) << 1)) <= passage);
    length -= half;
  }
  return <u32>load<u16>(docs + ((<usize>first) << 1)) == passage ? first : -1;
}

function sumOf(counts: v128): i32 {
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}
