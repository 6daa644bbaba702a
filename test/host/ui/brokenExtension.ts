/** A copy of the extension whose reader of one format ends its thread: no known document does. */
import fs from 'node:fs';
import path from 'node:path';
import { repository } from '../paths.ts';

/** `output`: the beginning of the name of the reader's output (`esbuild.js`). Returns the copy's folder. */
export function extensionWithBrokenReader(folder: string, output: string): string {
  const copy = path.join(folder, 'extension');
  fs.mkdirSync(copy, { recursive: true });
  for (const name of fs.readdirSync(repository))
    if (name !== 'dist' && !name.startsWith('.'))
      fs.symlinkSync(path.join(repository, name), path.join(copy, name));
  // Copied, since a module finds its neighbours beside its real place.
  const isCode = (source: string): boolean => !source.endsWith('.map');
  fs.cpSync(path.join(repository, 'dist'), path.join(copy, 'dist'), { recursive: true, filter: isCode });
  const readers = path.join(copy, 'dist/readers');
  const broken = fs.readdirSync(readers).filter(name => name.startsWith(`${output}-`));
  if (broken.length !== 1) throw new Error(`${broken.length} outputs of ${output}`);
  fs.writeFileSync(path.join(readers, broken[0]!), 'process.exit(9);');
  return copy;
}
