/** Files embedded in a PowerPoint 97-2003 file: compressed storages in its stream (MS-PPT 2.10.34). */
import type { EmbeddedFiles } from '../embedded.ts';
import { unwrapOle } from '../ole/unwrapOle.ts';
import { looksLikeOle } from '../ole/ole.ts';
import { inflateWithin } from '../zip/inflate.ts';
import type { UnpackBudget } from '../zip/unpackBudget.ts';
import { topRecords } from './persist.ts';

const STORAGE = 4113;
const [ZLIB_HEADER, SIZE] = [2, 4];

export function addOleObjects(files: EmbeddedFiles, stream: Buffer, budget: UnpackBudget): void {
  let number = 0;
  for (const { type, instance, start, end } of topRecords(stream)) {
    if (type !== STORAGE) continue;
    const data = stream.subarray(start, end);
    const bytes = instance === 1 ? inflateWithin(data.subarray(SIZE + ZLIB_HEADER), budget) : data;
    const file = looksLikeOle(bytes) ? unwrapOle(`oleObject${++number}`, bytes) : null;
    if (file !== null) files.add(file.name, file.bytes);
  }
}
