import assert from 'node:assert/strict';
import { readPdf } from '../../../src/readers/formats/pdf.ts';
import { withoutBombs } from '../../../src/readers/formats/pdf/prepare/bombs.ts';
import { FIRST_EXTRA, form, pdf, streamObject } from './pdfFile.ts';

const FORM = FIRST_EXTRA;

function says(text: string, y: number): string {
  return `BT /F1 10 Tf 1 0 0 1 50 ${y} Tm (${text}) Tj ET`;
}

/** A page that draws the first of these drawings, and says something itself. */
async function textOf(extra: readonly string[], forms: Readonly<Record<string, number>>): Promise<string> {
  const page = `${says('page', 700)} /A Do`;
  const result = await readPdf(pdf({ pages: [page], forms, extra }));
  assert.ok('text' in result, JSON.stringify(result));
  return result.text.replace(/\s+/gu, ' ').trim();
}

describe('drawings in a PDF', function () {
  this.timeout(20_000);

  it('are read where they draw others, each time that they are drawn', async () => {
    const inner = form(says('inner', 500));
    const outer = form(`${says('outer', 600)} /A Do 1 0 0 1 0 -50 cm /A Do`, { A: FORM + 1 });
    assert.equal(await textOf([outer, inner], { A: FORM }), 'page outer inner inner');
  });
  it('that draw themselves, twice each time, are read once', async () => {
    for (const isPacked of [false, true]) {
      const own = form(`${says('own', 600)} /A Do /A Do`, { A: FORM }, isPacked);
      assert.equal(await textOf([own], { A: FORM }), 'page own');
    }
  });
  it('that draw one another in a circle are read once', async () => {
    const [a, b] = [
      form(`${says('first', 600)} /B Do`, { B: FORM + 1 }),
      form(`${says('second', 500)} /A Do`, { A: FORM }),
    ];
    assert.equal(await textOf([a, b], { A: FORM }), 'page first second');
  });
  it('are found by resources that are objects of their own, or of whoever draws them', async () => {
    const own = `${says('own', 600)} /A Do /#41 Do`;
    const resources = `<< /Font << /F1 3 0 R >> /XObject ${FORM + 2} 0 R >>`;
    const apart = [form(own, `${FORM + 1} 0 R`), resources, `<< /A ${FORM} 0 R >>`];
    assert.equal(await textOf(apart, { A: FORM }), 'page own');
    assert.equal(await textOf([form(own, null)], { A: FORM }), 'page own');
  });
  it('of an object that was left open belong to it as well', async () => {
    // The first object is cut off within its dictionary, and goes on with the second.
    const second = form(`${says('own', 600)} /A Do`, { A: FORM });
    const open = `<< /Length 10 /Filt\0\0\0 endobj ${FORM + 9} 0 obj\n${second}`;
    assert.equal(await textOf([open], { A: FORM }), 'page own');
  });
  it('that each draw the next ten times are read up to a limit', async () => {
    const last = 12;
    const forms = Array.from({ length: last }, (_, i) =>
      form(`${says(`level${i}`, 600 - 20 * i)} ${'/N Do '.repeat(10)}`, { N: FORM + i + 1 }),
    );
    const text = await textOf([...forms, form(says('end', 100))], { A: FORM });
    assert.match(text, /^page level0/u);
  });
  it('whose resources are packed together with other objects are followed through them', () => {
    const number = FORM + 50;
    const table = `${number} 0 `;
    const objects = `${table}<< /Font << /F1 3 0 R >> /XObject << /A ${FORM} 0 R >> >>`;
    const packed = streamObject(`/Type /ObjStm /N 1 /First ${table.length}`, Buffer.from(objects), true);
    const own = form('/A Do /B Do', `${number} 0 R`);
    const prepared = Buffer.from(withoutBombs(pdf({ pages: ['q Q'], extra: [own, packed] })));
    assert.ok(prepared.includes('\n      /B Do\nendstream'), prepared.toString('latin1'));
  });
});
