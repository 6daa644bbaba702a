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

export function fuse(
  semantic: usize,
  lexical: usize,
  semanticFactor: f32,
  lexicalFactor: f32,
  fused: usize,
  maxima: usize,
  count: i32,
): void {
  const s = f32x4.splat(semanticFactor);
  const l = f32x4.splat(lexicalFactor);
  for (let block = 0; block < count; block += 64) {
    let largest = f32x4.splat(0);
    for (let i = block; i < block + 64; i += 4) {
      const at = (<usize>i) << 2;
      const sum = f32x4.add(
        f32x4.mul(f32x4.convert_i32x4_s(v128.load(semantic + at)), s),
        f32x4.mul(v128.load(lexical + at), l),
      );
      v128.store(fused + at, sum);
      largest = f32x4.max(largest, sum);
    }
    const first = max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
    const second = max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3));
    store<f32>(maxima + ((<usize>(block >> 6)) << 2), max(first, second));
  }
}

export function largest(values: usize, count: i32): i32 {
  let most = i32x4.splat(0);
  for (let i = 0; i < count; i += 4) most = i32x4.max_s(most, v128.load(values + ((<usize>i) << 2)));
  const first = max(i32x4.extract_lane(most, 0), i32x4.extract_lane(most, 1));
  return max(first, max(i32x4.extract_lane(most, 2), i32x4.extract_lane(most, 3)));
}

export function collect(values: usize, count: i32, floor: i32, found: usize): i32 {
  const below = i32x4.splat(floor - 1);
  let n = 0;
  for (let i = 0; i < count; i += 16) {
    const at = values + ((<usize>i) << 2);
    const any = v128.or(
      v128.or(i32x4.gt_s(v128.load(at), below), i32x4.gt_s(v128.load(at, 16), below)),
      v128.or(i32x4.gt_s(v128.load(at, 32), below), i32x4.gt_s(v128.load(at, 48), below)),
    );
    if (!v128.any_true(any)) continue;
    for (let j = i; j < i + 16; j++)
      if (load<i32>(values + ((<usize>j) << 2)) >= floor) {
        store<u32>(found + ((<usize>n) << 2), j);
        n++;
      }
  }
  return n;
}

export function countFrom(values: usize, count: i32, floor: i32): i32 {
  const below = i32x4.splat(floor - 1);
  let counts = i32x4.splat(0);
  // A lane that is above is -1.
  for (let i = 0; i < count; i += 4)
    counts = i32x4.sub(counts, i32x4.gt_s(v128.load(values + ((<usize>i) << 2)), below));
  return (
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  );
}
