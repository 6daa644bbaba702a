/** Adds the files that are embedded in a part of an Office document. */
import type { EmbeddedFiles } from '../embedded.ts';
import { unwrapOle } from '../ole/unwrapOle.ts';
import { looksLikeOle } from '../ole/ole.ts';
import type { OpcPackage } from './opcPackage.ts';

const EMBEDDED = ['package', 'oleObject', 'aFChunk'];

export function addEmbedded(files: EmbeddedFiles, opc: OpcPackage, part: string): void {
  for (const name of new Set(opc.partsOf(part, ...EMBEDDED))) {
    const bytes = opc.zip.read(name);
    if (bytes === null) continue;
    const file = looksLikeOle(bytes) ? unwrapOle(name, bytes) : { name, bytes };
    if (file !== null) files.add(file.name, file.bytes);
  }
}
