/**
 * The manifest: the names of the segments and the log that make up the index. It is written last and replaced
 * as a whole.
 */
import { blobOf } from '../blobStore.ts';
import { joined } from '../segment/byteSink.ts';
import { DamagedError, SectionFile, writeSections } from '../segment/sections.ts';

export const MANIFEST = 'manifest';

export interface Manifest {
  /** Number of this manifest, counted up by one; names of new blobs carry it. */
  readonly generation: number;
  /** Identifies everything that the vectors depend on; another fingerprint is another index. */
  readonly fingerprint: string;
  /** Names of segments, oldest first; later segments override earlier ones. */
  readonly segments: readonly string[];
  readonly log: string;
  /** Names of the blobs of evicted vectors, oldest first; the file keeps the first version's word for them. */
  readonly retired: readonly string[];
}

/** True for the name of a segment, a log or a blob of evicted vectors. */
export function isIndexBlob(name: string): boolean {
  return /^(?:segment|log|retired)-/.test(name);
}

export function writeManifest(manifest: Manifest): Uint8Array {
  return joined(writeSections([['MANI', [new TextEncoder().encode(JSON.stringify(manifest))]]]));
}

/** Throws `DamagedError`. */
export async function readManifest(bytes: Uint8Array): Promise<Manifest> {
  const file = await SectionFile.open(blobOf(bytes));
  await file.verify();
  const section = file.sections.get('MANI');
  if (section === undefined) throw new DamagedError('no manifest in it');
  return JSON.parse(new TextDecoder().decode(section)) as Manifest;
}
