/** Tells whether an encoding with a given name can be read. */
import iconv from 'iconv-lite';
import { encodingNamed, type Encoding } from './names.ts';

/** The encoding with this name, in any naming scheme; null where we cannot read it. */
export function knownEncoding(name: string): Encoding | null {
  const encoding = encodingNamed(name);
  const other = /^other:(.*)$/u.exec(encoding ?? '')?.[1];
  return other === undefined || iconv.encodingExists(other) ? encoding : null;
}
