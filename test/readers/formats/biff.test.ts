import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { BiffWorkbook } from '../../../src/readers/formats/xls/biffWorkbook.ts';

const record = (type: number, ...data: readonly (Buffer | readonly number[])[]): Buffer => {
  const body = Buffer.concat(data.map(part => (Buffer.isBuffer(part) ? part : Buffer.from(part))));
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
};
const words = (...values: readonly number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer);
const longs = (...values: readonly number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);
const double = (value: number): Buffer => Buffer.from(Float64Array.of(value).buffer);
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

const EOF = record(0x0a);
const begin = (kind: number, version = 0x600): Buffer =>
  record(0x809, words(version, kind), Buffer.alloc(12));
/** Globals with `records`, then one sheet with `cells`. */
const stream = (records: readonly Buffer[], cells: readonly Buffer[], version = 0x600): Buffer =>
  Buffer.concat([begin(5, version), ...records, EOF, begin(0x10, version), ...cells, EOF]);

function rowsOf(bytes: Buffer): string[][] {
  const [sheet] = new BiffWorkbook(bytes).sheets;
  return [...sheet!.cells.rows.values()].map(columns => [...columns.values()]);
}

describe('BiffWorkbook', () => {
  it('reads strings that go on in another width, with runs of fonts and what says how they are read', () => {
    const first = Buffer.concat([longs(3, 3), words(6), Buffer.of(1), wide('가나')]);
    // Four characters follow in one byte each; then a string with one run and an extension; then a plain one.
    const rest = Buffer.concat([
      Buffer.of(0),
      Buffer.from('abcd'),
      words(2),
      Buffer.of(1 | 4 | 8),
      words(1),
      longs(6),
      wide('다라'),
      longs(7),
      Buffer.alloc(6),
      words(1),
      Buffer.of(0),
      Buffer.from('z'),
    ]);
    const sst = Buffer.concat([record(0xfc, first), record(0x3c, rest)]);
    const cells = [0, 1, 2].map(i => record(0xfd, words(0, i, 0), longs(i)));
    assert.deepEqual(rowsOf(stream([sst], cells)), [['가나abcd', '다라', 'z']]);
  });

  it('reads numbers of every kind in the formats of their styles', () => {
    const xf = (format: number): Buffer => record(0xe0, words(0, format), Buffer.alloc(16));
    const format = record(0x41e, words(164, 6), Buffer.of(1), wide('#,##0원'));
    const globals = [format, xf(0), xf(164), xf(14)];
    const rk = (integer: number, flags: number): number => ((integer << 2) | flags) >>> 0;
    const cells = [
      record(0x27e, words(0, 0, 0), longs(rk(1_234, 2))),
      record(0x27e, words(0, 1, 0), longs(rk(1_234, 3))),
      record(0x203, words(0, 2, 1), double(5_000)),
      record(0x203, words(0, 3, 2), double(45_356)),
      record(0xbd, words(1, 0), words(0), longs(rk(7, 2)), words(0), longs(rk(8, 2)), words(1)),
    ];
    assert.deepEqual(rowsOf(stream(globals, cells)), [
      ['1234', '12.34', '5,000원', '2024-03-05'],
      ['7', '8'],
    ]);
  });

  it('reads results of formulas: numbers, texts, truth and errors', () => {
    const formula = (column: number, result: Buffer): Buffer =>
      record(0x06, words(0, column, 0), result, Buffer.alloc(8));
    const special = (kind: number, value: number): Buffer => Buffer.of(kind, 0, value, 0, 0, 0, 0xff, 0xff);
    const cells = [
      formula(0, double(2.5)),
      formula(1, special(0, 0)),
      record(0x4bc, Buffer.alloc(12)),
      record(0x207, words(2), Buffer.of(1), wide('결과')),
      formula(2, special(1, 1)),
      formula(3, special(2, 42)),
      formula(4, special(3, 0)),
    ];
    assert.deepEqual(rowsOf(stream([], cells)), [['2.5', '결과', 'TRUE', '#N/A']]);
  });

  it('reads workbooks of before Excel 97 in their code page', () => {
    const text = iconv.encode('똠방각하', 'cp949');
    const name = iconv.encode('명단', 'cp949');
    const globals = [
      record(0x42, words(949)),
      record(0x85, longs(0), words(0), Buffer.of(name.length), name),
    ];
    const bytes = stream(globals, [record(0x204, words(0, 0, 0), words(text.length), text)], 0x500);
    bytes.writeUInt32LE(bytes.indexOf(begin(0x10, 0x500)), begin(5).length + globals[0]!.length + 4);
    const { sheets } = new BiffWorkbook(bytes);
    assert.deepEqual(
      sheets.map(sheet => sheet.name),
      ['명단'],
    );
    assert.deepEqual(rowsOf(bytes), [['똠방각하']]);
  });

  it('takes the copy of cells in a chart for no cells', () => {
    const cell = (value: number): Buffer => record(0x203, words(0, 0, 0), double(value));
    assert.deepEqual(rowsOf(stream([], [cell(1), begin(0x20), cell(2), EOF])), [['1']]);
  });

  it('reads comments by their boxes, other boxes, links and names', () => {
    const object = (id: number): Buffer => record(0x5d, words(0x15, 18, 0x19, id), Buffer.alloc(14));
    const box = (text: string): Buffer =>
      Buffer.concat([
        record(0x1b6, Buffer.alloc(10), words(text.length), Buffer.alloc(6)),
        record(0x3c, Buffer.of(1), wide(text)),
        record(0x3c, Buffer.alloc(16)),
      ]);
    const note = record(0x1c, words(4, 1, 0, 7), words(1), Buffer.of(1), wide('김'));
    const url = wide('https://a.example\0');
    const link = record(
      0x1b8,
      Buffer.alloc(32),
      Buffer.from('e0c9ea79f9bace118c8200aa004ba90b', 'hex'),
      longs(url.length),
      url,
    );
    const name = record(0x18, Buffer.of(0, 0, 0, 2), Buffer.alloc(10), Buffer.of(1), wide('세율'));
    const { sheets, names } = new BiffWorkbook(
      stream([name], [object(7), box('메모'), object(8), box('상자'), note, link]),
    );
    assert.deepEqual(names, ['세율']);
    assert.deepEqual(sheets[0]!.comments, [{ row: 4, column: 1, author: '김', object: 7 }]);
    assert.deepEqual(
      [...sheets[0]!.boxes],
      [
        [7, '메모'],
        [8, '상자'],
      ],
    );
    assert.deepEqual([...sheets[0]!.links], ['https://a.example']);
  });
});
