/** A read-only store: another process may have the index open. */
import type { BlobStore, OpenBlob } from '../../index/blobStore.ts';

export class ReadOnlyStore implements BlobStore {
  readonly #store: BlobStore;

  constructor(store: BlobStore) {
    this.#store = store;
  }

  list(): Promise<readonly string[]> {
    return this.#store.list();
  }

  read(name: string): Promise<Uint8Array | null> {
    return this.#store.read(name);
  }

  open(name: string): Promise<OpenBlob | null> {
    return this.#store.open(name);
  }

  write(): Promise<void> {
    return Promise.reject(new Error('read only'));
  }

  append(): Promise<void> {
    return this.write();
  }

  truncate(): Promise<void> {
    return this.write();
  }

  remove(): Promise<void> {
    return this.write();
  }
}
