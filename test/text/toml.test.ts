import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fieldsOfToml } from '../../src/text/toml.ts';

const read = (source: string): Record<string, unknown> | null => {
  const fields = fieldsOfToml(source);
  return fields === null ? null : Object.fromEntries(fields);
};
const name = fc.string({
  unit: fc.constantFrom('a', 'b', 'T', '제', '목', '-', '_', '1'),
  minLength: 1,
  maxLength: 8,
});
/** Without line breaks and control characters, which TOML's basic strings escape. */
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter(each => !/\p{Cc}/u.test(each));
const quoted = (each: string): string => `"${each.replace(/[\\"]/g, String.raw`\$&`)}"`;

describe('TOML front matter', function () {
  this.timeout(60_000);

  it('gives strings back, whatever is in them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, text), { selector: ([n]) => n, minLength: 1 }), entries => {
        const source = entries.map(([key, value]) => `${key} = ${quoted(value)}`).join('\n');
        assert.deepEqual(read(source), Object.fromEntries(entries));
      }),
    );
  });

  it('gives lists of strings back, in one line or in several', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.constantFrom(' ', '\n  '), (items, blank) => {
        const list = items.map(item => `${blank}${quoted(item)},`).join('');
        assert.deepEqual(read(`tags = [${list}${blank}]\nafter = "x"`), { tags: items, after: 'x' });
      }),
    );
  });

  it('reads fields of tables, long strings, and values of other kinds as they are written', () => {
    const source = [
      '# front matter',
      'title = "회의록" # a comment',
      "path = 'C:\\notes'",
      'date = 2026-03-15 # a day',
      'draft = false',
      '"two words" = "x"',
      '[taxonomies]',
      'tags = ["업무", "예산"]',
      'text = """',
      'first',
      'second = "no field"',
      '"""',
      'last = 3',
    ];
    assert.deepEqual(read(source.join('\r\n')), {
      title: '회의록',
      path: String.raw`C:\notes`,
      date: '2026-03-15',
      draft: 'false',
      'two words': 'x',
      tags: ['업무', '예산'],
      text: '\nfirst\nsecond = "no field"\n',
      last: '3',
    });
  });

  it('is none where a line is something else', () => {
    for (const source of ['', '# only a comment', '본문이다', 'title: 회의록', 'a = "x"\n본문이다'])
      assert.equal(read(source), null, source);
  });
});
