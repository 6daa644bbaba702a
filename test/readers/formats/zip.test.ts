import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { UnpackBudget, UnpacksTooLargeError } from '../../../src/readers/formats/zip/unpackBudget.ts';
import { EncryptedPartError, NotAZipError, Zip } from '../../../src/readers/formats/zip/zip.ts';
import { zipped } from './building.ts';

const textOf = (zip: Zip, name: string): string => Buffer.from(zip.read(name) ?? []).toString();

/** Changes bytes at the first place of a signature. */
function patched(bytes: Uint8Array, signature: number, offset: number, ...values: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at + 4 < copy.length; at++)
    if (copy.readUInt32LE(at) === signature) {
      values.forEach((value, i) => (copy[at + offset + i] = value));
      return copy;
    }
  throw new Error('no such signature');
}

describe('Zip', () => {
  it('gives parts by their names, whatever the case', () => {
    const zip = new Zip(zipped({ 'a/b.xml': '본문', '[Content_Types].xml': 'x' }));
    assert.equal(textOf(zip, 'a/b.xml'), '본문');
    assert.equal(textOf(zip, 'A/B.XML'), '본문');
    assert.equal(zip.read('nothing'), null);
    assert.equal(zip.isCutOff, false);
  });

  it('stops at the size that a part may have, whatever it declares', () => {
    const bytes = zipped({ 'bomb.xml': new Uint8Array(3_000_000) });
    for (const lies of [bytes, patched(bytes, 0x02014b50, 24, 1, 0, 0, 0)])
      assert.throws(
        () => new Zip(lies, new UnpackBudget(1_000_000, 10_000_000)).read('bomb.xml'),
        UnpacksTooLargeError,
      );
  });
  it('stops at the size that all parts together may have', () => {
    const parts = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}`, new Uint8Array(400_000)]));
    const zip = new Zip(zipped(parts), new UnpackBudget(1_000_000, 1_000_000));
    zip.read('0');
    zip.read('1');
    assert.throws(() => zip.read('2'), UnpacksTooLargeError);
  });
  it('refuses a part that no text is packed as tightly as', () => {
    const zip = new Zip(zipped({ bomb: new Uint8Array(5_000_000) }));
    assert.throws(() => zip.read('bomb'), UnpacksTooLargeError);
  });
  it('refuses more entries than any document has', () => {
    const one = zipped({ a: '' });
    const central = Buffer.from(one).indexOf(Buffer.of(0x50, 0x4b, 1, 2));
    const entry = one.subarray(central, central + 47);
    const end = Buffer.from(one.subarray(-22));
    end.writeUInt32LE(entry.length * 70_000, 12);
    const many = Buffer.concat([
      one.subarray(0, central),
      ...Array.from({ length: 70_000 }, () => entry),
      end,
    ]);
    assert.throws(() => new Zip(many), UnpacksTooLargeError);
  });

  it('says that a part needs a password', () => {
    const secret = Buffer.from('\u0003\u0007 this is no XML');
    const bytes = patched(patched(zipped({ a: secret }), 0x04034b50, 6, 1), 0x02014b50, 8, 1);
    assert.throws(() => new Zip(bytes).read('a'), EncryptedPartError);
  });
  it('reads a file that was cut off as far as it goes', () => {
    const bytes = zipped({ 'first.xml': '하나', 'second.xml': '둘' });
    const zip = new Zip(bytes.subarray(0, bytes.length - 60));
    assert.equal(zip.isCutOff, true);
    assert.equal(textOf(zip, 'first.xml'), '하나');
  });
  it('reads cut off files whose sizes stand behind their data, and not the parts of a zip within', () => {
    const inner = zipped({ 'a.xml': '속' });
    const bytes = Buffer.from(zipped({ 'a.xml': '겉의 글', 'b.docx': inner }));
    // As programs write that do not know the size before they are done.
    bytes.writeUInt16LE(8, 6);
    bytes.writeUInt32LE(0, 18);
    const zip = new Zip(bytes.subarray(0, bytes.length - 22));
    assert.equal(textOf(zip, 'a.xml'), '겉의 글');
    assert.deepEqual([...zip.names], ['a.xml', 'b.docx']);
  });
  it('finds parts that a torn directory no longer lists', () => {
    const bytes = Buffer.from(zipped({ 'first.xml': '하나', 'second.xml': '둘' }));
    const second = bytes.indexOf(Buffer.of(0x50, 0x4b, 1, 2), bytes.indexOf(Buffer.of(0x50, 0x4b, 1, 2)) + 1);
    bytes[second] = 0;
    const zip = new Zip(bytes);
    assert.equal(textOf(zip, 'first.xml'), '하나');
    assert.equal(textOf(zip, 'second.xml'), '둘');
  });
  it('gives what stands before the place where a part is broken', () => {
    const text = Array.from({ length: 4_000 }, (_, i) => `줄 ${i * 7_919}`).join('\n');
    const packed = deflateRawSync(text).length;
    const bytes = zipped({ a: text });
    const cut = Buffer.from(bytes);
    cut.fill(0xff, packed - 2_000, packed);
    const read = textOf(new Zip(cut), 'a');
    assert.ok(read.length > 1_000, String(read.length));
    assert.equal(text.startsWith(read.slice(0, 1_000)), true);
    // To the byte, in a part that is smaller than any step.
    const short = zipped({ a: text.slice(0, 4_000) });
    const end = deflateRawSync(text.slice(0, 4_000)).length;
    const torn = Buffer.from(short);
    torn.fill(0xff, end - 200, end);
    assert.ok(textOf(new Zip(torn), 'a').length > 2_000);
  });
  it('finds its parts behind bytes that were put before them', () => {
    const bytes = Buffer.concat([Buffer.from('MZ some program'), zipped({ a: '값' })]);
    assert.equal(textOf(new Zip(bytes), 'a'), '값');
  });

  it('throws nothing but its own errors, whatever the bytes', () => {
    const good = zipped({ 'a.xml': '<a>본문</a>'.repeat(50), b: 'x' });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(good.length),
        (flips, length) => {
          const bytes = Buffer.from(good);
          for (const [at, value] of flips) bytes[at] = value;
          try {
            const zip = new Zip(bytes.subarray(0, length));
            for (const name of zip.names) zip.read(name);
          } catch (error) {
            const known = [NotAZipError, EncryptedPartError, UnpacksTooLargeError];
            assert.ok(
              known.some(kind => error instanceof kind),
              String(error),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
