/** Whether an encoding of a name can be read. */
import iconv from 'iconv-lite';
import { encodingNamed, type Encoding } from './names.ts';

/** The encoding of that name, whoever's name it is; null: none that we can read. */
export function knownEncoding(name: string): Encoding | null {
  const encoding = encodingNamed(name);
  const other = /^other:(.*)$/u.exec(encoding ?? '')?.[1];
  return other === undefined || iconv.encodingExists(other) ? encoding : null;
}
