/** Writes zips, also ones that no honest program writes. */
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/index/segment/crc32.ts';

export interface ZipMember {
  readonly name: string;
  readonly content?: Buffer;
  readonly deflate?: boolean;
  /** Unix mode, type included. */
  readonly mode?: number;
  readonly encrypted?: boolean;
  readonly crc?: number;
  /** Uncompressed size as it is said. */
  readonly size?: number;
  readonly method?: number;
}

export function zipOf(members: readonly ZipMember[]): Buffer {
  const [local, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, content = Buffer.alloc(0), deflate = false, mode = 0o100644, ...claims } of members) {
    const data = deflate ? deflateRawSync(content) : content;
    const bytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (claims.encrypted === true ? 1 : 0), 2);
    common.writeUInt16LE(claims.method ?? (deflate ? 8 : 0), 4);
    common.writeUInt32LE(claims.crc ?? crc32(content), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claims.size ?? content.length, 18);
    common.writeUInt16LE(bytes.length, 22);
    const header = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, bytes, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 3]);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), made, common, tail, bytes]));
    local.push(header);
    offset += header.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
