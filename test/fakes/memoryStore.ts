/** A blob store in memory that can be told to fail. */
import { joined } from '../../src/index/segment/byteSink.ts';
import { blobOf, type BlobStore, type OpenBlob } from '../../src/index/blobStore.ts';

export class MemoryStore implements BlobStore {
  readonly blobs = new Map<string, Uint8Array>();
  /** Called before each change; throws to make it fail. */
  beforeChange: (operation: string, name: string) => void = () => undefined;

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.blobs.keys()]);
  }

  read(name: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.blobs.get(name)?.slice() ?? null);
  }

  async open(name: string): Promise<OpenBlob | null> {
    const bytes = await this.read(name);
    return bytes === null ? null : blobOf(bytes);
  }

  async write(name: string, ...parts: readonly Uint8Array[]): Promise<void> {
    await Promise.resolve();
    this.beforeChange('write', name);
    this.blobs.set(name, joined(parts).slice());
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    await Promise.resolve();
    this.beforeChange('append', name);
    const before = this.blobs.get(name) ?? new Uint8Array();
    const after = new Uint8Array(before.length + bytes.length);
    after.set(before);
    after.set(bytes, before.length);
    this.blobs.set(name, after);
  }

  async truncate(name: string, length: number): Promise<void> {
    await Promise.resolve();
    const bytes = this.blobs.get(name);
    if (bytes !== undefined) this.blobs.set(name, bytes.slice(0, length));
  }

  async remove(name: string): Promise<void> {
    await Promise.resolve();
    this.beforeChange('remove', name);
    this.blobs.delete(name);
  }
}
