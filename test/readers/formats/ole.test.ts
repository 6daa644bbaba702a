import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as cfb from 'cfb';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { utils, write } from '@e965/xlsx';
import { Ole } from '../../../src/readers/formats/ole/ole.ts';
import { blocksOf, docx, p, placeOf, readDocument, readResult } from './building.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/documents/${name}`, import.meta.url));

function compound(streams: Readonly<Record<string, Buffer>>): Buffer {
  const container = cfb.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) cfb.utils.cfb_add(container, name, content);
  return cfb.write(container, { type: 'buffer' }) as Buffer;
}

/** `styles`: of each paragraph its style, and whether it ends a row. */
function word97(text: string, styles: readonly (readonly [style: number, endsRow: boolean])[]): Buffer {
  const at = 1024;
  const page = 2048;
  const stream = Buffer.alloc(page + 512);
  stream.writeUInt16LE(0xa5ec, 0);
  stream.writeUInt32LE(text.length, 0x4c);
  stream.write(text, at, 'utf16le');
  const ends = [...text].flatMap((character, i) =>
    character === '\r' || character === '\u0007' ? [i + 1] : [],
  );
  stream[page + 511] = ends.length;
  [0, ...ends].forEach((end, i) => stream.writeUInt32LE(at + end * 2, page + i * 4));
  styles.forEach(([style, endsRow], i) => {
    const papx = 400 + i * 8;
    stream[page + (ends.length + 1) * 4 + i * 13] = papx / 2;
    stream[page + papx] = 3;
    stream.writeUInt16LE(style, page + papx + 1);
    if (endsRow) stream.set([0x17, 0x24, 1], page + papx + 3);
  });
  // The table of pieces: one piece, then the table of pages: one page.
  const table = Buffer.alloc(64);
  table[0] = 2;
  table.writeUInt32LE(16, 1);
  table.writeUInt32LE(text.length, 9);
  table.writeUInt32LE(at, 15);
  table.writeUInt32LE(at, 32);
  table.writeUInt32LE(at + text.length * 2, 36);
  table.writeUInt32LE(page / 512, 40);
  stream.writeUInt32LE(0, 0x1a2);
  stream.writeUInt32LE(21, 0x1a6);
  stream.writeUInt32LE(32, 0x102);
  stream.writeUInt32LE(12, 0x106);
  return compound({ WordDocument: stream, '0Table': table });
}

describe('Ole', () => {
  it('gives small and large streams, and those of storages, whatever the case', () => {
    const large = Buffer.alloc(20_000, '가');
    const ole = new Ole(compound({ small: Buffer.from('작은'), large, 'sub/Inner': Buffer.from('속') }));
    assert.equal(ole.stream('SMALL')?.toString(), '작은');
    assert.deepEqual(ole.stream('large'), large);
    assert.equal(ole.stream('sub/inner')?.toString(), '속');
    assert.equal(ole.stream('nothing'), null);
    assert.equal(ole.nameOf('sub/inner'), 'sub/Inner');
  });
  it('gives streams of every size as they were written', () => {
    const sizes = fc.constantFrom(0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 20_000);
    const names = fc.constantFrom('A', 'Body/Section0', 'Body/Section1', 'Deep/er/Stream', '\u0005Summary');
    fc.assert(
      fc.property(fc.dictionary(names, sizes, { minKeys: 1 }), streams => {
        const wanted = Object.entries(streams).map(
          ([name, size]) =>
            [name, Buffer.from(Uint8Array.from({ length: size }, (_, i) => i * 31 + size))] as const,
        );
        const ole = new Ole(compound(Object.fromEntries(wanted)));
        for (const [name, bytes] of wanted) assert.deepEqual(ole.stream(name), bytes, name);
      }),
      { numRuns: 60 },
    );
  });
  it('goes on with the sector behind where the table of sectors is damaged', () => {
    const large = Buffer.from(Uint8Array.from({ length: 60_000 }, (_, i) => i * 7 + (i >> 9)));
    const good = compound({ large, small: Buffer.from('작은') });
    const table = (good.readUInt32LE(76) + 1) * 512;
    for (const [name, value] of Object.entries({ circle: 0, zeros: 0, nonsense: 0x00ff_ff00 })) {
      const bytes = Buffer.from(good);
      for (let at = table + 40; at < table + 200; at += 4) bytes.writeUInt32LE(value, at);
      assert.deepEqual(new Ole(bytes).stream('large'), large, name);
    }
    const unlisted = Buffer.from(good);
    unlisted.writeUInt32LE(0x00ff_ff00, 76);
    assert.deepEqual(new Ole(unlisted).stream('large'), large);
  });
  it('ends where a chain of sectors runs in a circle', () => {
    const bytes = compound({ A: Buffer.alloc(20_000, 7) });
    const table = (bytes.readUInt32LE(76) + 1) * 512;
    for (let at = table; at < table + 512; at += 4) bytes.writeUInt32LE(0, at);
    const ole = new Ole(bytes);
    for (const path of ole.paths) assert.ok((ole.stream(path)?.length ?? 0) <= bytes.length);
  });
  it('finds streams by their names where their storage, or the directory, is lost', () => {
    const good = compound({
      'Body/Section0': Buffer.alloc(5_000, 9),
      'Body/Section1': Buffer.alloc(5_000, 8),
    });
    const folder = (good.readUInt32LE(48) + 1) * 512;
    const childless = Buffer.from(good);
    childless.writeUInt32LE(0xffffffff, folder + 76);
    assert.equal(new Ole(childless).stream('Section0')?.length, 5_000);
    const unfound = Buffer.from(good);
    unfound.writeUInt32LE(0x00ff_ff00, 48);
    const ole = new Ole(unfound);
    assert.equal(ole.stream('Body/Section0')?.length ?? ole.stream('Section0')?.length, 5_000);
    const rootless = Buffer.from(good);
    rootless.fill(0, folder, folder + 128);
    assert.equal(new Ole(rootless).stream('Section1')?.length, 5_000);
  });
  it('ends, and throws nothing but a RangeError, whatever the bytes', () => {
    const good = compound({ small: Buffer.from('작은'), large: Buffer.alloc(6_000) });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 20 }), flips => {
        const bytes = Buffer.from(good);
        for (const [at, value] of flips) bytes[at] = value;
        try {
          const ole = new Ole(bytes);
          for (const path of ole.paths) assert.ok(ole.stream(path)!.length <= bytes.length * 2);
        } catch (error) {
          assert.ok(error instanceof RangeError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('Word documents of before 2007', () => {
  it('have text, tables, notes, text boxes, links and properties', async () => {
    const document = await readDocument('a.doc', fixture('testWORD_various.doc'));
    const blocks = blocksOf(document);
    assert.ok(
      blocks.includes('table | Row 1 Col 1\tRow 1 Col 2\tRow 1 Col 3\nRow 2 Col 1\tRow 2 Col 2\tRow 2 Col 3'),
    );
    for (const text of [
      'This is a hyperlink (http://tika.apache.org/)',
      'ゾルゲと尾崎、淡々と最期',
      'Here is a text box',
    ])
      assert.ok(blocks.includes(`paragraph | ${text}`), text);
    assert.match(document.text, /This is a footnote\./u);
    assert.match(document.text.slice(0, document.fields), /creator: Michael McCandless\n/u);
  });
  it('have headings by their styles, and rows by their marks', async () => {
    const text = '제목\r본문\r칸\u0007\u0007\u0007끝\r';
    const styles = [
      [1, false],
      [0, false],
      [0, false],
      [0, false],
      [0, true],
      [0, false],
    ] as const;
    assert.deepEqual(blocksOf(await readDocument('a.doc', word97(text, styles))), [
      'paragraph > 제목 | 본문',
      'table > 제목 | 칸',
      'paragraph > 제목 | 끝',
    ]);
  });
  it('of Word 6 and 95 are read in the code page of their language', async () => {
    const text = iconv.encode('똠방각하\r둘째 줄\r', 'cp949');
    const stream = Buffer.alloc(1024 + text.length);
    stream.writeUInt16LE(0xa5dc, 0);
    stream.writeUInt16LE(0x412, 6);
    stream.writeUInt32LE(1024, 0x18);
    stream.writeUInt32LE(stream.length, 0x1c);
    stream.set(text, 1024);
    const document = await readDocument('a.doc', compound({ WordDocument: stream }));
    assert.deepEqual(blocksOf(document), ['paragraph | 똠방각하', 'paragraph | 둘째 줄']);
    assert.match((await readDocument('a.doc', fixture('testWORD6.doc'))).text, /quick brown fox/u);
  });
  it('of which the header says that they are encrypted are refused with that reason', async () => {
    const stream = Buffer.alloc(512);
    stream.writeUInt16LE(0xa5ec, 0);
    stream.writeUInt16LE(0x100, 0x0a);
    assert.deepEqual(await readResult('a.doc', compound({ WordDocument: stream })), {
      problem: 'encrypted',
      detail: 'FIB',
    });
  });
  it('under rights management, and encrypted ones of later versions, are refused with that reason', async () => {
    const part = Buffer.from('x');
    const drm = compound({ WordDocument: part, '\u0009DRMContent': part });
    assert.deepEqual(await readResult('a.doc', drm), { problem: 'drm', detail: 'DRMContent' });
    const encrypted = compound({ ENCRYPTEDPACKAGE: part, EncryptionInfo: part });
    for (const name of ['a.docx', 'a.xlsx', 'a.pptx'])
      assert.deepEqual(await readResult(name, encrypted), {
        problem: 'encrypted',
        detail: 'EncryptedPackage',
      });
  });
  it('are read for what they are, whatever their name', async () =>
    assert.equal(
      (await readDocument('a.docx', fixture('documentProperties.doc'))).title,
      'This is document title',
    ));
});

describe('presentations of before 2007', () => {
  it('have slides, titles and comments', async () => {
    const document = await readDocument('a.ppt', fixture('WithComments.ppt'));
    const [first, second] = blocksOf(document);
    assert.equal(first, 'paragraph > Test Slide | With a comment on it');
    assert.match(second!, /^paragraph > Test Slide \| Administrator: This is a test comment/u);
    assert.deepEqual(placeOf(document, 'With a comment'), { kind: 'slide', slide: 1 });
  });
  it('have notes with the slide that they belong to', async () => {
    const document = await readDocument('a.ppt', fixture('42474-1.ppt'));
    assert.deepEqual(placeOf(document, 'Notes-1'), { kind: 'slide', slide: 1 });
    assert.deepEqual(placeOf(document, 'Notes-2'), { kind: 'slide', slide: 2 });
  });
});

describe('workbooks of before 2007', () => {
  const book = (bookType: 'biff8' | 'xlsb'): Buffer => {
    const sheet = utils.aoa_to_sheet([
      ['성명', '가입일', '금액'],
      ['홍길동', 45_356, 1_234_567],
      [],
      [null, '따로'],
    ]);
    sheet['B2'].z = 'yyyy-mm-dd';
    sheet['C2'].z = '#,##0"원"';
    const workbook = utils.book_new();
    utils.book_append_sheet(workbook, sheet, '명단');
    return write(workbook, { type: 'buffer', bookType }) as Buffer;
  };
  for (const [bookType, name] of [
    ['biff8', 'a.xls'],
    ['xlsb', 'a.xlsb'],
  ] as const)
    it(`have sheets, cells as they are displayed, and places (${bookType})`, async () => {
      const document = await readDocument(name, book(bookType));
      assert.deepEqual(blocksOf(document), [
        'table > 명단 | 성명\t가입일\t금액\n홍길동\t2024-03-05\t1,234,567원',
        'table > 명단 | 따로',
      ]);
      assert.deepEqual(placeOf(document, '따로'), { kind: 'cell', sheet: '명단', cell: 'B4' });
    });
  it('with a password are refused with that reason', async () =>
    assert.deepEqual(await readResult('a.xls', fixture('xor-encryption-abc.xls')), {
      problem: 'encrypted',
      detail: 'FILEPASS',
    }));
});

describe('workbooks with the password that every Excel knows', () => {
  it('are read: nobody is asked for it', async () => {
    const old = await readDocument('a.xls', fixture('50833.xls'));
    assert.ok(blocksOf(old).includes('table > Sheet1 | test cell value'), old.text);
    const later = await readDocument('a.xlsx', fixture('protect.xlsx'));
    assert.deepEqual(later.places[0]?.location, { kind: 'cell', sheet: 'Лист1', cell: 'A1' });
    assert.match(later.text, /Office 2007/u);
  });
  it('are refused where they were damaged', async () => {
    const bytes = Buffer.from(fixture('50833.xls'));
    const filePass = bytes.indexOf(Buffer.of(0x2f, 0, 54, 0));
    bytes[filePass + 12]! ^= 1;
    assert.deepEqual(await readResult('a.xls', bytes), { problem: 'encrypted', detail: 'FILEPASS' });
  });
});

describe('objects in Office documents', () => {
  it('are read from the containers that they were dropped into', async () => {
    const inner = Buffer.from('안의 글', 'utf8');
    const label = Buffer.from('memo.txt\0', 'latin1');
    const path = Buffer.from('C:\\memo.txt\0', 'latin1');
    const size = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
    const native = Buffer.concat([
      size(0),
      Buffer.of(2, 0),
      label,
      path,
      size(3),
      size(path.length),
      path,
      size(inner.length),
      inner,
    ]);
    const rels =
      '<Relationships><Relationship Id="e" Type="x/oleObject" Target="embeddings/oleObject1.bin"/></Relationships>';
    const bytes = docx(p('겉'), {
      'word/_rels/document.xml.rels': rels,
      'word/embeddings/oleObject1.bin': compound({ '\u0001Ole10Native': native }),
    });
    assert.deepEqual(blocksOf(await readDocument('a.docx', bytes)), [
      'paragraph | 겉',
      'paragraph > memo.txt | 안의 글',
    ]);
  });
});
