/** The manifest: which segments and which log make up the index. Written last, replaced as a whole. */
import { blobOf } from '../blobStore.ts';
import { joined } from '../segment/byteSink.ts';
import { DamagedError, SectionFile, writeSections } from '../segment/sections.ts';

export const MANIFEST = 'manifest';

export interface Manifest {
  /** Grows by one with every manifest; names of new blobs carry it. */
  readonly generation: number;
  /** What the vectors were made with (DESIGN §6): another fingerprint is another index. */
  readonly fingerprint: string;
  /** Oldest first: later segments overrule earlier ones. */
  readonly segments: readonly string[];
  readonly log: string;
  /** Blobs of retired vectors, oldest first. */
  readonly retired: readonly string[];
}

/** True for the name of a segment, a log or retired vectors. */
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
