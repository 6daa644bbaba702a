import assert from 'node:assert/strict';
import { withoutFormulas } from '../../../src/readers/formats/xls/formulas.ts';
import { blocksOf, readDocument } from './building.ts';

function record(type: number, ...data: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(data.map(part => Buffer.from(part)));
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(body.length, 2);
  return Buffer.concat([head, body]);
}
function words(...values: readonly number[]): Buffer {
  return Buffer.from(Uint16Array.from(values).buffer);
}
function double(value: number): Buffer {
  return Buffer.from(Float64Array.of(value).buffer);
}

/** What says that the value is a text, which the next record has. */
const TEXT = [0, 0, 0, 0, 0, 0, 0xff, 0xff];
/** The formula `A1+1`. */
const SUM = Buffer.from([8, 0, 0x44, 0, 0xc0, 0, 0x1e, 1, 0, 0x03]);

function formula(column: number, value: Buffer | readonly number[], tokens: Buffer = SUM): Buffer {
  return record(0x406, words(0, column, 0), value, words(0), tokens);
}

/** A workbook of Excel 4. */
function workbook(...records: readonly Buffer[]): Buffer {
  return Buffer.concat([
    record(0x409, words(0x400, 0x10, 0)),
    record(0x42, words(1252)),
    record(0x203, words(0, 0, 0), double(7)),
    ...records,
    record(0x0a),
  ]);
}

async function cellsOf(file: Buffer): Promise<string> {
  return blocksOf(await readDocument('a.xls', file))
    .join('\n')
    .replace(/^.*\| /u, '');
}

describe('workbooks before Excel 97', function () {
  this.timeout(20_000);

  it('are read with the values of their formulas', async () => {
    const text = Buffer.concat([words(5), Buffer.from('Total')]);
    const file = workbook(
      formula(1, double(8)),
      formula(2, TEXT),
      record(0x207, text),
      formula(3, double(9)),
    );
    assert.equal(await cellsOf(file), '7\t8\tTotal\t9');
  });
  it('are read where a formula is cut off, of a cell, of several, or of a name', async () => {
    for (const cut of [
      record(0x406, words(0, 1, 0), double(8), words(0)),
      record(0x221, words(0, 0, 0)),
      record(0x218, [0, 0, 0]),
      formula(1, [9, 0, 0, 0, 0, 0, 0xff, 0xff]),
    ])
      assert.match(await cellsOf(workbook(cut, formula(3, double(9)))), /^7\t(?:.*\t)?9$/u);
  });
  it('lose nothing but their formulas', () => {
    const [label, number] = [
      record(0x204, words(0, 4, 0), words(1), [65]),
      record(0x203, words(0, 5, 0), double(1)),
    ];
    const file = workbook(label, formula(1, double(8)), number);
    const before = Buffer.from(file);
    const without = workbook(label, formula(1, double(8), Buffer.alloc(SUM.length)), number);
    assert.deepEqual(Buffer.from(withoutFormulas(file)), without);
    assert.deepEqual(file, before);
  });
  it('may be cut off anywhere', () => {
    const file = workbook(formula(1, double(8)), record(0x221, words(0, 0, 0)));
    for (let end = 0; end < file.length; end++)
      assert.equal(withoutFormulas(file.subarray(0, end)).length, end);
  });
});
