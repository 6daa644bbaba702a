/** Damage as disks, mail programs and attackers do it: to the bytes of a file, or to the parts of a zipped one. */
import { unzipSync, zipSync, type Zippable } from 'fflate';
import type { Random } from './random.ts';

/** Parts that a mutation unpacks: enough for any sample. */
const MAX_UNPACKED = 32 * 1024 * 1024;
const MAX_FLIPS = 16;
/** Values that lengths and counts go wrong with. */
const EXTREMES = [0, 1, 0x7f, 0x80, 0xff];

/** `bytes` stays as it is. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip && random.below(4) > 0) return mutatedParts(bytes, random) ?? mutatedBytes(bytes, random);
  return mutatedBytes(bytes, random);
}

function mutatedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === 0) return bytes;
  const times = 1 + random.below(3);
  let result = bytes;
  for (let i = 0; i < times; i++) result = random.pick(MUTATIONS)(result, random);
  return result;
}

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [flip, flip, overwrite, truncate, duplicate, zero, remove, splice];

function flip(bytes: Uint8Array, random: Random): Uint8Array {
  const result = Uint8Array.from(bytes);
  for (let i = 1 + random.below(MAX_FLIPS); i > 0; i--) {
    const at = random.below(Math.max(1, result.length));
    if (at < result.length) result[at]! ^= 1 << random.below(8);
  }
  return result;
}

function overwrite(bytes: Uint8Array, random: Random): Uint8Array {
  const result = Uint8Array.from(bytes);
  const { start, end } = range(result, random, 8);
  result.fill(random.pick(EXTREMES), start, end);
  return result;
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, random.below(bytes.length + 1));
}

function duplicate(bytes: Uint8Array, random: Random): Uint8Array {
  const { start, end } = range(bytes, random, 4_096);
  const piece = bytes.subarray(start, end);
  const times = 1 + random.below(8);
  return concat([bytes.subarray(0, end), ...Array.from({ length: times }, () => piece), bytes.subarray(end)]);
}

function zero(bytes: Uint8Array, random: Random): Uint8Array {
  const result = Uint8Array.from(bytes);
  const { start, end } = range(result, random, 1_024);
  return result.fill(0, start, end);
}

function remove(bytes: Uint8Array, random: Random): Uint8Array {
  const { start, end } = range(bytes, random, 1_024);
  return concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

/** A piece of the file in another place of it. */
function splice(bytes: Uint8Array, random: Random): Uint8Array {
  const { start, end } = range(bytes, random, 1_024);
  const at = random.below(bytes.length + 1);
  return concat([bytes.subarray(0, at), bytes.subarray(start, end), bytes.subarray(at)]);
}

function range(
  bytes: Uint8Array,
  random: Random,
  most: number,
): { readonly start: number; readonly end: number } {
  const start = random.below(bytes.length + 1);
  return { start, end: Math.min(bytes.length, start + 1 + random.below(most)) };
}

/** Null where the sample itself is broken. */
function mutatedParts(bytes: Uint8Array, random: Random): Uint8Array | null {
  let parts: Zippable;
  try {
    let size = 0;
    parts = unzipSync(bytes, { filter: ({ originalSize }) => (size += originalSize) <= MAX_UNPACKED });
  } catch {
    return null;
  }
  const names = Object.keys(parts);
  // Parts that are read: markup more often than pictures.
  const texts = names.filter(name => /\.(?:xml|rels|x?html?|opf|ncx|vml)$/iu.test(name));
  if (names.length === 0) return null;
  for (let i = 1 + random.below(3); i > 0; i--) {
    const name = random.pick(texts.length > 0 && random.below(8) > 0 ? texts : names);
    const part = parts[name] as Uint8Array;
    const choice = random.below(10);
    if (choice === 0) delete parts[name];
    else if (choice === 1) parts[name] = (parts[random.pick(names)] as Uint8Array | undefined) ?? part;
    else if (part !== undefined)
      parts[name] = choice < 5 ? mutatedMarkup(part, random) : mutatedBytes(part, random);
    if (Object.keys(parts).length === 0) return null;
  }
  return zipSync(parts, { level: 1 });
}

/** Elements taken out, doubled, left open or nested; numbers made huge. */
function mutatedMarkup(part: Uint8Array, random: Random): Uint8Array {
  const text = Buffer.from(part).toString('latin1');
  const tags = [...text.matchAll(/<[^<>]*>/gu)];
  if (tags.length === 0) return mutatedBytes(part, random);
  const { 0: tag, index } = random.pick(tags);
  const [before, after] = [text.slice(0, index), text.slice(index + tag.length)];
  const changed = random.pick([
    () => before + after,
    () => before + tag.repeat(1 + random.below(200)) + after,
    () =>
      before +
      tag.replace(
        /"[^"]*"/gu,
        `"${random.pick(['-1', '0', '4294967295', '1e308', '', '&#0;', '../../x'])}"`,
      ) +
      after,
    () => `${before}${tag}<![CDATA[${after.slice(0, 50)}${after}`,
    () =>
      before +
      tag.replace(/[\w:]+/u, random.pick(tags)[0].replace(/[<>/]/gu, '').split(/\s/u)[0] ?? 'x') +
      after,
  ])();
  return Buffer.from(changed, 'latin1');
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(pieces));
}
