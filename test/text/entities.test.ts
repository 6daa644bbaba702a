import assert from 'node:assert/strict';
import { entityText } from '../../src/text/entities.ts';
import { plainTextOfMarkdown, withoutEntities } from '../../src/text/plainText.ts';

describe('references to characters', () => {
  for (const [reference, wanted] of [
    ['&amp;', '&'],
    ['&nbsp;', '\u00a0'],
    ['&yuml;', 'ÿ'],
    ['&eacute;', 'é'],
    ['&omega;', 'ω'],
    ['&Alpha;', 'Α'],
    ['&sigmaf;', 'ς'],
    ['&colon;', ':'],
    ['&#8209;', '\u2011'],
    ['&#x1F382;', '🎂'],
    ['&#0;', '\ufffd'],
    ['&#xD800;', '\ufffd'],
    ['&#9999999;', '\ufffd'],
    ['&nothing;', null],
  ] as const)
    it(`${reference} is ${JSON.stringify(wanted)}`, () => assert.equal(entityText(reference), wanted));

  it('are characters of the plain text, at the place of the reference', () => {
    const source = '**R&amp;D** 비용&hellip; &quot;좋다&quot;';
    const { text, starts } = plainTextOfMarkdown(source);
    assert.equal(text, 'R&D 비용… "좋다"');
    assert.equal(source.slice(starts[1], starts[2]), '&amp;');
  });
  it('are none in code, and where they stand for nothing', () => {
    for (const source of ['`&amp;`', '```\n&amp;\n```', '&unknown; &; a&b; &#;'])
      assert.equal(withoutEntities(source), source);
    assert.equal(plainTextOfMarkdown('`a &lt; b` &lt;').text, 'a &lt; b <');
  });
});
