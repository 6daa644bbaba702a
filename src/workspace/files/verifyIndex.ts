/** Verifies every checksum and invariant of an index as it is on disk. It changes nothing. */
import type { BlobStore } from '../../index/blobStore.ts';
import { MANIFEST, readManifest } from '../../index/log/manifest.ts';
import { PassageIndex } from '../../index/passageIndex.ts';
import { DamagedError } from '../../index/segment/sections.ts';
import { ReadOnlyStore } from './readOnlyStore.ts';

export interface VerifiedIndex {
  readonly files: number;
  readonly passages: number;
  readonly bytes: number;
  /** A line for each damage. */
  readonly damage: readonly string[];
}

/** Number of readings after which a missing blob counts as damage: an engine may remove one between two readings. */
const LOOKS = 5;

/** null where the folder holds no index, or one of another version of the format. */
export async function verifyIndex(folder: BlobStore): Promise<VerifiedIndex | null> {
  const store = new ReadOnlyStore(folder);
  for (let look = 1; ; look++) {
    const before = await store.read(MANIFEST);
    if (before === null && (await store.list()).length === 0) return null;
    const found = await lookAt(store, before);
    const after = await store.read(MANIFEST);
    if (found === null || found.damage.length === 0 || look === LOOKS || same(before, after)) return found;
  }
}

async function lookAt(store: BlobStore, bytes: Uint8Array | null): Promise<VerifiedIndex | null> {
  const nothing = { files: 0, passages: 0, bytes: 0 };
  if (bytes === null) return { ...nothing, damage: [`${MANIFEST}: missing`] };
  let index: PassageIndex;
  try {
    const { fingerprint } = await readManifest(bytes);
    index = await PassageIndex.open(store, fingerprint);
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    return error.version === null ? { ...nothing, damage: [`${MANIFEST}: ${error.message}`] } : null;
  }
  try {
    const damage = [...new Set([...index.damage, ...(await index.verify())])];
    return { files: index.fileCount, passages: index.passageCount, bytes: index.bytes, damage };
  } finally {
    await index.close();
  }
}

function same(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
