/** Which passages a query lets in, before anything is ranked: the best k of them are the best k there are. */
import type { FileHead } from '../index/records.ts';
import type { Segment } from '../index/segment.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import type { LiteralCondition, ParsedQuery } from './language/parsedQuery.ts';
import { meaningFlags } from './meaningFlags.ts';
import type { PhraseFlags, PhrasePlace } from './phraseFlags.ts';
import { taggedFiles } from './taggedFiles.ts';

export interface Conditions {
  /** Which files are looked at; null for all. */
  readonly files: ((head: FileHead) => boolean) | null;
  readonly literals: readonly LiteralCondition[];
  readonly headings: readonly LiteralCondition[];
  /** Meanings to keep out. */
  readonly awayFrom: readonly SparseVector[];
}

export function conditionsOf(
  { literals, headings, tags }: Pick<ParsedQuery, 'literals' | 'headings' | 'tags'>,
  files: Conditions['files'],
  awayFrom: Conditions['awayFrom'] = [],
): Conditions {
  return { files: both(files, taggedFiles(tags)), literals, headings, awayFrom };
}

function both(one: Conditions['files'], other: Conditions['files']): Conditions['files'] {
  if (one === null || other === null) return one ?? other;
  return head => one(head) && other(head);
}

/** Flags (u8) of each segment's passages; null where every passage is let in. Rejects with `DamagedError`. */
export async function wantedPassages(
  segments: readonly Segment[],
  { files, literals, headings, awayFrom }: Conditions,
  phrases: PhraseFlags,
): Promise<ReadonlyMap<Segment, Uint8Array> | null> {
  if (files === null && literals.length + headings.length + awayFrom.length === 0) return null;
  const away = await Promise.all(awayFrom.map(vector => meaningFlags(segments, vector)));
  const wanted = segments.map(async segment => {
    const flags = files === null ? new Uint8Array(segment.passageCount).fill(1) : passagesOf(segment, files);
    const filter = async (conditions: readonly LiteralCondition[], place: PhrasePlace): Promise<void> => {
      for (const { text, negative } of conditions)
        keep(flags, await phrases.of(segment, text, place), negative ? 0 : 1);
    };
    await filter(literals, 'everywhere');
    await filter(headings, 'headings');
    for (const about of away) keep(flags, about.get(segment)!, 0);
    return [segment, flags] as const;
  });
  return new Map(await Promise.all(wanted));
}

function keep(flags: Uint8Array, found: Uint8Array, wanted: 0 | 1): void {
  for (let p = 0; p < flags.length; p++) if (found[p] !== wanted) flags[p] = 0;
}

/** Flags of the passages whose file passes the test. */
function passagesOf(segment: Segment, test: (head: FileHead) => boolean): Uint8Array {
  const flags = new Uint8Array(segment.passageCount);
  for (let file = 0; file < segment.fileCount; file++) {
    const { first, end } = segment.passagesOf(file);
    if (first < end && test(segment.file(file))) flags.fill(1, first, end);
  }
  return flags;
}
