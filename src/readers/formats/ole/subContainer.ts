/** Makes a file of its own out of a storage of a compound file. */
import * as cfb from 'cfb';
import type { Ole } from './ole.ts';

/** The streams of `storage`, put into a new container in memory. */
export function subContainer(ole: Ole, storage: string): Uint8Array {
  const container = cfb.utils.cfb_new();
  for (const path of ole.paths) {
    if (!path.startsWith(`${storage}/`)) continue;
    const name = ole.nameOf(path).slice(storage.length + 1);
    cfb.utils.cfb_add(container, `/${name}`, ole.stream(path)!);
  }
  return cfb.write(container, { type: 'buffer' }) as Buffer;
}
