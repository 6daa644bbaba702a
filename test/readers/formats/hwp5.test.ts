import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { readHwp } from '../../../src/readers/formats/hwp.ts';
import type { ReadDocument } from '../../../src/readers/readers.ts';
import {
  anchor,
  compoundFile,
  control,
  counted,
  hwp5,
  joined,
  list,
  paragraph,
  record,
  utf16,
  type Hwp5Parts,
} from './documents.ts';

async function read(parts: Hwp5Parts): Promise<ReadDocument> {
  const result = await readHwp(hwp5(parts));
  assert(!('problem' in result), JSON.stringify(result));
  return result;
}

async function linesOf(section: Uint8Array): Promise<string[]> {
  const { text } = await read({ sections: [section] });
  return text.split('\n').filter(line => line !== '');
}

async function problemOf(bytes: Uint8Array): Promise<string | null> {
  const result = await readHwp(bytes);
  return 'problem' in result ? result.problem : null;
}

describe('HWP 5', () => {
  it('reads paragraphs of compressed and of plain sections', async () => {
    const sections = [paragraph(0, '첫 문단'), paragraph(0, '둘째 구역')];
    for (const flags of [0, 1]) {
      const { text } = await read({ flags, sections });
      assert.equal(text, '첫 문단\n\n둘째 구역\n\n');
    }
  });

  it('says section and paragraph, blank ones counted', async () => {
    const { places } = await read({
      sections: [paragraph(0, '하나'), joined([paragraph(0, ''), paragraph(0, '둘')])],
    });
    assert.deepEqual(places, [
      { start: 0, location: { kind: 'section', section: 1, paragraph: 1 } },
      { start: 4, location: { kind: 'section', section: 2, paragraph: 2 } },
    ]);
  });

  it('keeps tabs, line breaks, hyphens and fixed blanks', async () => {
    assert.deepEqual(await linesOf(paragraph(0, `가${anchor(9, '    ')}나\n다\u0018라\u001e마\u001f바`)), [
      '가\t나',
      '다-라 마 바',
    ]);
  });

  it('joins a word that a mark runs through, and not one that a form is filled in', async () => {
    const linked = `제${anchor(3, '%hlk')}3조${anchor(4, '\thlk')}의`;
    assert.deepEqual(await linesOf(paragraph(0, linked)), ['제3조의']);
    const filled = `성명${anchor(3, '%clk')}홍길동${anchor(4, '\tclk')}귀하`;
    assert.deepEqual(await linesOf(paragraph(0, filled)), ['성명 홍길동 귀하']);
  });

  it('reads a table by rows, its caption first', async () => {
    const table = joined([
      paragraph(0, anchor(11, 'tbl ')),
      control(1, 'tbl '),
      list(2),
      paragraph(2, `표 ${anchor(18, 'atno')} 예산`),
      control(3, 'atno', new Uint8Array([4, 0, 0, 0, 7, 0, 0, 0])),
      record(77, 2, new Uint8Array(20)),
      ...[0, 1].flatMap(row =>
        [0, 1].flatMap(column => [list(2, column, row), paragraph(2, `${row}행 ${column}열`)]),
      ),
    ]);
    const { text, blocks } = await read({ sections: [table] });
    assert.equal(text, '표 7 예산\n\n0행 0열\t0행 1열\n1행 0열\t1행 1열\n\n');
    assert.deepEqual(
      blocks.map(({ kind }) => kind),
      ['paragraph', 'table'],
    );
  });

  it('reads notes, headers, text boxes and hidden comments after the text that they hang on', async () => {
    const section = joined([
      paragraph(
        0,
        `본문${anchor(17, 'fn  ')}이다${anchor(16, 'head')}${anchor(15, 'tcmt')}${anchor(11, 'gso ')}`,
      ),
      ...['fn  ', 'head', 'tcmt'].flatMap(name => [
        control(1, name),
        list(2),
        paragraph(2, `${name.trim()} 안`),
      ]),
      control(1, 'gso '),
      record(76, 2, new Uint8Array(100)),
      list(3),
      paragraph(3, '글상자'),
    ]);
    assert.deepEqual(await linesOf(section), ['본문이다', 'fn 안', 'head 안', 'tcmt 안', '글상자']);
  });

  it('puts what is anchored before the text before it', async () => {
    const section = joined([
      paragraph(0, `${anchor(11, 'gso ')}본문`),
      control(1, 'gso '),
      record(76, 2, new Uint8Array(100)),
      list(3),
      paragraph(3, '제목 상자'),
    ]);
    assert.deepEqual(await linesOf(section), ['제목 상자', '본문']);
  });

  it('reads equations, ruby and overlapping letters where they stand', async () => {
    const section = joined([
      paragraph(0, `식${anchor(11, 'eqed')}과 ${anchor(23, 'tdut')}이다${anchor(23, 'tcps')}`),
      control(1, 'eqed'),
      record(88, 2, joined([new Uint8Array(4), counted('a over b')])),
      control(1, 'tdut', joined([counted('본말'), counted('덧말')])),
      control(1, 'tcps', counted('가나')),
    ]);
    assert.deepEqual(await linesOf(section), ['식 a over b 과 본말 (덧말) 이다 가나']);
  });

  it('reads text art and what forms say, and descriptions that are not Hangul’s own', async () => {
    const form =
      'CommonSet:set:30:Name:wstring:4:단추 1 ButtonSet:set:20:Caption:wstring:5:동의 함 Value:int:0 ';
    const described = (text: string): Uint8Array => joined([new Uint8Array(40), counted(text)]);
    const section = joined([
      paragraph(0, `글${anchor(11, 'gso ')}${anchor(11, 'form')}${anchor(11, 'gso ')}`),
      control(1, 'gso ', described('그림입니다.')),
      record(90, 2, joined([new Uint8Array(32), counted('글맵시\r\n둘째')])),
      control(1, 'form'),
      record(91, 2, joined([new Uint8Array(12), utf16(form)])),
      control(1, 'gso ', described('웃는 사람들의 사진')),
    ]);
    assert.deepEqual(await linesOf(section), ['글', '글맵시', '둘째', '동의 함', '웃는 사람들의 사진']);
  });

  it('reads a list without a control: memos', async () => {
    const section = joined([paragraph(0, '본문'), list(1), paragraph(1, '메모의 글')]);
    assert.deepEqual(await linesOf(section), ['본문', '메모의 글']);
  });

  it('takes outline shapes and styles for headings, long ones not', async () => {
    const shape = (properties: number): Uint8Array => {
      const data = new Uint8Array(54);
      new DataView(data.buffer).setUint32(0, properties, true);
      return record(25, 1, data);
    };
    const docInfo = joined([
      shape(0),
      shape((1 << 23) | (1 << 25)),
      record(26, 1, joined([counted('바탕글'), counted('Normal')])),
      record(26, 1, joined([counted('개요 1'), counted('Outline 1')])),
    ]);
    const { blocks, title } = await read({
      docInfo,
      sections: [
        joined([
          paragraph(0, '제1장', 0, 1),
          paragraph(0, '제1절', 1, 0),
          paragraph(0, '글'),
          paragraph(0, '긴 글 '.repeat(80), 0, 1),
        ]),
      ],
    });
    assert.deepEqual(
      blocks.map(({ headings }) => headings),
      [
        ['제1장', '제1절'],
        ['제1장', '제1절'],
      ],
    );
    assert.equal(title, '제1장');
  });

  it('writes the numbers of paragraphs', async () => {
    const level = (shape: number, format: string): Uint8Array =>
      joined([
        new Uint8Array([shape << 5, shape >> 3, ...Array.from({ length: 10 }, () => 0)]),
        counted(format),
      ]);
    const formats = [level(0, '제^1조'), level(8, '^2.'), ...Array.from({ length: 5 }, () => level(0, ''))];
    const shape = (of: number): Uint8Array => {
      const data = new Uint8Array(54);
      const view = new DataView(data.buffer);
      view.setUint32(0, (2 << 23) | (of << 25), true);
      view.setUint16(30, 1, true);
      return record(25, 1, data);
    };
    const { text } = await read({
      docInfo: joined([record(23, 1, joined(formats)), shape(0), shape(1)]),
      sections: [joined([paragraph(0, '(목적)', 0), paragraph(0, '정의', 1), paragraph(0, '(적용)', 0)])],
    });
    assert.equal(text, '제1조 (목적)\n\n가. 정의\n\n제2조 (적용)\n\n');
  });

  it('writes bullets before paragraphs', async () => {
    const shape = new Uint8Array(54);
    const view = new DataView(shape.buffer);
    view.setUint32(0, 3 << 23, true);
    view.setUint16(30, 1, true);
    const bullet = record(24, 1, joined([new Uint8Array(12), utf16('■'), new Uint8Array(11)]));
    const docInfo = joined([bullet, record(25, 1, shape)]);
    const { text } = await read({ docInfo, sections: [paragraph(0, '항목', 0)] });
    assert.equal(text, '■ 항목\n\n');
  });

  it('gives the properties as fields, keywords apart', async () => {
    const value = (type: number, data: Uint8Array): Uint8Array =>
      joined([new Uint8Array([type, 0, 0, 0]), data, new Uint8Array((4 - (data.length % 4)) % 4)]);
    const text = (of: string): Uint8Array =>
      value(31, joined([new Uint8Array([of.length + 1, 0, 0, 0]), utf16(`${of}\0`)]));
    // 2026-01-02T00:00:00Z in hundreds of nanoseconds since 1601.
    const time = new Uint8Array(8);
    new DataView(time.buffer).setBigUint64(
      0,
      (BigInt(Date.UTC(2026, 0, 2)) + 11_644_473_600_000n) * 10_000n,
      true,
    );
    const values = [
      [2, text('예산 보고')],
      [4, text('홍길동')],
      [5, text('예산, 회계')],
      [12, value(64, time)],
    ] as const;
    const {
      text: whole,
      fields,
      title,
      keywords,
    } = await read({
      sections: [paragraph(0, '본문')],
      streams: { '\u0005HwpSummaryInformation': propertySet(values) },
    });
    assert.equal(title, '예산 보고');
    assert.deepEqual(keywords, ['예산', '회계']);
    assert.equal(
      whole.slice(0, fields),
      '제목: 예산 보고\n지은이: 홍길동\n만든 날짜: 2026-01-02\n찾아볼 말: 예산, 회계\n',
    );
  });

  it('says why a document is not read', async () => {
    const sections = [paragraph(0, '비밀')];
    assert.equal(await problemOf(hwp5({ flags: 1 | (1 << 1), sections })), 'encrypted');
    assert.equal(await problemOf(hwp5({ flags: 1 | (1 << 8), sections })), 'encrypted');
    assert.equal(await problemOf(hwp5({ flags: 1 | (1 << 2), sections })), 'distribution');
    assert.equal(await problemOf(hwp5({ flags: 1 | (1 << 4), sections })), 'drm');
    assert.equal(await problemOf(compoundFile({ WordDocument: new Uint8Array(100) })), 'damaged');
    assert.equal(await problemOf(new TextEncoder().encode('그냥 글')), 'damaged');
    assert.equal(
      await problemOf(new TextEncoder().encode('\u009b DRMONE  This Document is encrypted')),
      'drm',
    );
    assert.equal(await problemOf(new Uint8Array()), 'empty');
  });

  it('reads what comes before the damage of a section', async () => {
    const packed = deflateSync(
      joined(Array.from({ length: 400 }, (_, i) => paragraph(0, `문단 ${i * 7919}`))),
    );
    const streams = { 'BodyText/Section0': packed.slice(0, Math.floor(packed.length * 0.8)) };
    const { text } = await read({ sections: [], streams });
    assert.match(text, /^문단 0\n\n문단 7919\n/u);
    assert(!text.includes(`문단 ${399 * 7919}`));
  });

  it('falls back to the preview where no section is left, and says so', async () => {
    const result = await readHwp(hwp5({ sections: [], streams: { PrvText: utf16('미리 보기') } }));
    assert(!('problem' in result));
    assert.equal(result.text, '미리 보기\n\n');
    assert.equal(result.remark?.reason, 'partlyUnreadable');
    assert(result.isCut);
  });

  it('finds sections without a directory, large and small, and says so', async () => {
    const large = joined(Array.from({ length: 900 }, (_, i) => paragraph(0, `긴 문단 ${(i * 7919) % 9973}`)));
    const small = paragraph(0, '짧은 문서');
    for (const [flags, section, words] of [
      [1, large, '긴 문단 7919'],
      [1, small, '짧은 문서'],
      [0, large, '긴 문단 7919'],
      [0, small, '짧은 문서'],
    ] as const) {
      const bytes = Buffer.from(hwp5({ flags, sections: [section] }));
      const folder = (bytes.readUInt32LE(48) + 1) * 512;
      // Directory and tables are gone.
      bytes.fill(0, folder, folder + 1024);
      bytes.fill(0xff, 76, 512);
      const result = await readHwp(bytes);
      assert(!('problem' in result), JSON.stringify(result));
      assert(result.text.includes(words), result.text.slice(0, 100));
      assert.equal(result.remark?.reason, 'partlyUnreadable');
    }
  });

  it('refuses a section that unpacks to more than is read of one', async () => {
    assert.equal(await problemOf(hwp5({ sections: [new Uint8Array(65 * 1024 * 1024)] })), 'unpacksTooLarge');
  }).timeout(60_000);

  it('loses no text to nesting deeper than any document has', async () => {
    const levels = Array.from({ length: 500 }, (_, level) => [
      paragraph(2 * level, `깊이${level}`),
      control(2 * level + 1, 'gso '),
    ]);
    const { text } = await read({ sections: [joined(levels.flat())] });
    for (let level = 0; level < 500; level++) assert(text.includes(`깊이${level}`), String(level));
  });

  it('ends in text or a reason, whatever bytes are changed', async () => {
    const file = hwp5({
      flags: 0,
      sections: [
        joined([paragraph(0, `표${anchor(11, 'tbl ')}`), control(1, 'tbl '), list(2), paragraph(2, '칸')]),
      ],
    });
    const changes = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(changes, async edits => {
        const bytes = file.slice();
        for (const [at, byte] of edits) bytes[at] = byte;
        const result = await readHwp(bytes);
        assert('problem' in result || typeof result.text === 'string');
      }),
    );
  });
});

/** A property set with one section of values, by their numbers ([MS-OLEPS]). */
function propertySet(values: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  const head = new Uint8Array(48 + 8 + 8 * values.length);
  const view = new DataView(head.buffer);
  view.setUint32(44, 48, true);
  view.setUint32(52, values.length, true);
  let at = 8 + 8 * values.length;
  for (const [i, [id, data]] of values.entries()) {
    view.setUint32(56 + 8 * i, id, true);
    view.setUint32(60 + 8 * i, at, true);
    at += data.length;
  }
  return joined([head, ...values.map(([, data]) => data)]);
}
