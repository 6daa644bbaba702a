/** Opens segments as blobs of the store. */
import type { BlobStore } from '../blobStore.ts';
import { DamagedError } from './sections.ts';
import { Segment } from './segment.ts';

/** Throws `DamagedError`, also where the blob is missing. */
export async function openSegment(store: BlobStore, name: string): Promise<Segment> {
  const blob = await store.open(name);
  if (blob === null) throw new DamagedError('missing');
  try {
    return await Segment.open(name, blob);
  } catch (error) {
    await blob.close();
    throw error;
  }
}

/** Describes the damage of a segment, or returns null. Reads all of it. */
export async function damageOf(segment: Segment): Promise<string | null> {
  try {
    await segment.verify();
    return null;
  } catch (error) {
    if (error instanceof DamagedError) return `${segment.name}: ${error.message}`;
    throw error;
  }
}
