/**
 * Decrypts workbooks that use Excel's default password: protecting the structure of a workbook sets it, and nobody is
 * asked for it (MS-OFFCRYPTO 2.3.4.7 and 2.3.6; MS-XLS 2.2.10).
 */
import { createDecipheriv, createHash } from 'node:crypto';
import { biffRecords } from '../xls/biff.ts';
import type { Ole } from './ole.ts';

const PASSWORD = Buffer.from('VelvetSweatshop', 'utf16le');
const BLOCK = 1024;
const [FILEPASS, BOUNDSHEET] = [0x2f, 0x85];
/** Records that are never encrypted. */
const PLAIN: ReadonlySet<number> = new Set([0x809, FILEPASS, 0x194, 0x195, 0xe1, 0x196, 0x138]);
/** Rounds of hashing: they make guesses expensive for an attacker and cost us a tenth of a second. */
const SPINS = 50_000;

const hash = (algorithm: 'md5' | 'sha1', ...parts: readonly Buffer[]): Buffer =>
  createHash(algorithm).update(Buffer.concat(parts)).digest();

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** The decrypted stream of a workbook; null where it has a password of its own. */
export function decryptedBiff(stream: Buffer): Buffer | null {
  const filePass = [...head(stream)].find(({ type }) => type === FILEPASS)?.parts[0];
  // RC4 in its first form; later forms and XOR are rare with this password.
  if (filePass === undefined || filePass.length < 54 || filePass.readUInt32LE(0) !== 0x10001) return null;
  const salt = filePass.subarray(6, 22);
  const digest = hash('md5', PASSWORD).subarray(0, 5);
  const base = hash('md5', ...Array.from({ length: 16 }, () => [digest, salt]).flat()).subarray(0, 5);
  const keyStream = (block: number): Buffer => rc4(hash('md5', base, long(block)), BLOCK);
  const check = xor(filePass.subarray(22, 54), keyStream(0));
  if (!hash('md5', check.subarray(0, 16)).equals(check.subarray(16, 32))) return null;
  const pads: Buffer[] = [];
  const plain = Buffer.from(stream);
  for (const { type, at } of rawRecords(stream)) {
    if (PLAIN.has(type)) continue;
    // The place of a sheet's beginning must be known before anything is decrypted.
    const first = at + 4 + (type === BOUNDSHEET ? 4 : 0);
    const end = Math.min(plain.length, at + 4 + stream.readUInt16LE(at + 2));
    for (let i = first; i < end; i++)
      plain[i]! ^= (pads[Math.floor(i / BLOCK)] ??= keyStream(Math.floor(i / BLOCK)))[i % BLOCK]!;
  }
  return plain;
}

function* head(stream: Buffer): ReturnType<typeof biffRecords> {
  let count = 0;
  for (const record of biffRecords(stream)) {
    if (count++ > 64) return;
    yield record;
  }
}

/** Records with continuations kept separate, since each has an unencrypted header. */
function* rawRecords(stream: Buffer): Generator<{ readonly type: number; readonly at: number }> {
  for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2))
    yield { type: stream.readUInt16LE(at), at };
}

function rc4(key: Buffer, length: number): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  const swap = (a: number, b: number): void => void ([state[a], state[b]] = [state[b]!, state[a]!]);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) & 255;
    swap(i, j);
  }
  const stream = Buffer.alloc(length);
  for (let n = 0, i = 0, j = 0; n < length; n++) {
    i = (i + 1) & 255;
    j = (j + state[i]!) & 255;
    swap(i, j);
    stream[n] = state[(state[i]! + state[j]!) & 255]!;
  }
  return stream;
}

function xor(bytes: Buffer, pad: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, i) => byte ^ pad[i]!));
}

/** The package in an encrypted container of Office 2007; null where it has a password of its own. */
export function decryptedPackage(ole: Ole): Buffer | null {
  const info = ole.stream('EncryptionInfo');
  const encrypted = ole.stream('EncryptedPackage');
  if (info === null || encrypted === null || encrypted.length < 24 || info.length < 60) return null;
  if (info.readUInt16LE(2) !== 2) return null;
  const verifier = 12 + info.readUInt32LE(8);
  const bits = info.readUInt32LE(28);
  if (info.length < verifier + 72 || ![128, 192, 256].includes(bits)) return null;
  const key = packageKey(info.subarray(verifier + 4, verifier + 20), bits / 8);
  const decrypt = (bytes: Buffer): Buffer => {
    const decipher = createDecipheriv(`aes-${bits}-ecb`, key, null).setAutoPadding(false);
    return Buffer.concat([
      decipher.update(bytes.subarray(0, bytes.length - (bytes.length % 16))),
      decipher.final(),
    ]);
  };
  const said = decrypt(info.subarray(verifier + 40, verifier + 72)).subarray(0, 20);
  if (!hash('sha1', decrypt(info.subarray(verifier + 20, verifier + 36))).equals(said)) return null;
  return decrypt(encrypted.subarray(8)).subarray(0, encrypted.readUInt32LE(0));
}

function packageKey(salt: Buffer, length: number): Buffer {
  let digest = hash('sha1', salt, PASSWORD);
  for (let i = 0; i < SPINS; i++) digest = hash('sha1', long(i), digest);
  digest = hash('sha1', digest, long(0));
  const padded = (fill: number): Buffer =>
    Buffer.from(Buffer.alloc(64, fill).map((byte, i) => byte ^ (digest[i] ?? 0)));
  return Buffer.concat([hash('sha1', padded(0x36)), hash('sha1', padded(0x5c))]).subarray(0, length);
}
